import Foundation

/// The consolidation of one form: a line for every unit, and the city's figures.
public struct FormConsolidation: Sendable {
  public var form: FormDefinition
  /// The annex that sets the targets; `nil` if the form has none.
  public var targetTable: TargetTable?
  /// The units that owe the form in the campaign's order, then those that report outside the list; of an office whose
  /// units report, the units.
  public var units: [UnitFigures]
  /// The offices that are the sum of lines of ``units``, parents before their children; empty where no unit stands below
  /// another.
  public var offices: [OfficeFigures] = []
  /// How many units owe the form and how many of them are in, level by level from the top.
  public var levels: [Level] = []
  /// Sums over all units of what is reported, totals derived from them. A field that nobody reported has no entry.
  public var totals: [FieldKey: Decimal]
  /// What the lines of all units come to, where the form is a list.
  public var listSums: ListSums?
  /// Forms that are there and count nowhere, as nobody can tell whose they are (D06).
  public var unattributed = 0

  public struct Level: Hashable, Sendable {
    public var reported: Int
    public var expected: Int
  }

  /// How many of the owing units at the top reported: an office has when anything came from it or its units.
  public var reported: Int { owing.count { $0.isReported } }
  /// How many units at the top owe the form.
  public var expected: Int { owing.count }
  /// Every unit that owes the form and has not reported, at whatever level; an office from which nothing came, and not
  /// its units.
  public var missing: [ReportingUnit] {
    units.filter { $0.standing == .owing && !$0.isReported }.map(\.unit)
  }
  public var isComplete: Bool { missing.isEmpty }

  /// The units at the top, each by itself or as the sum of its units: who answers for a target.
  public var top: [UnitFigures] {
    guard !offices.isEmpty else { return units }
    var top: [UnitFigures] = []
    var next = 0
    for office in offices where office.depth == 0 {
      top += units[next..<office.lines.lowerBound] + [office.figures]
      next = office.lines.upperBound
    }
    return top + units[next...]
  }

  var owing: [UnitFigures] { top.filter { $0.standing == .owing } }

  /// What the units with a target completed together, in the target's unit; `nil` if none of them reported.
  public var completed: Decimal? {
    let parts = top.filter { $0.target != nil && $0.standing == .owing }.compactMap(\.completed)
    return parts.isEmpty ? nil : parts.reduce(0, +)
  }

  /// ``completed`` without the figures that stand on an open error.
  public var settled: Decimal? {
    let parts = top.filter { $0.target != nil && $0.standing == .owing }.compactMap(\.settled)
    return parts.isEmpty ? nil : parts.reduce(0, +)
  }

  /// Whether what the units completed together stands on an open error.
  public var isDisputed: Bool { top.contains { $0.target != nil && $0.isDisputed } }

  /// The figures of the form whose totals stand on an open error of some unit.
  public var disputed: Set<FieldKey> { units.reduce(into: []) { $0.formUnion($1.disputed) } }

  /// The units whose figures stand on an open error, whether these count towards a target or not.
  public var disputedUnits: [ReportingUnit] {
    units.filter { $0.isDisputed || !$0.disputed.isEmpty }.map(\.unit)
  }

  /// The sum of all targets.
  public var target: Int { top.compactMap(\.target).reduce(0) { $0 &+ $1 } }

  /// What the target counts: 场, 人次; 人 of a list's lines.
  package var targetUnit: String {
    if targetTable?.fields.contains(ListRules.countKey) == true { return form.list?.countMeasure.unit ?? "" }
    return targetInputs.first.flatMap { form.field($0)?.measure.baseUnit } ?? ""
  }

  /// The inputs that count towards the target.
  package var targetInputs: [FieldKey] {
    (targetTable?.fields ?? []).flatMap { form.inputs(behind: $0) }
  }
}

/// An office with units below it, in the consolidation of one form.
public struct OfficeFigures: Sendable {
  /// The sums of the lines; no submission of its own.
  public var figures: UnitFigures
  /// Its lines in ``FormConsolidation/units``, side by side.
  public var lines: Range<Int>
  /// 0 at the top.
  public var depth: Int
  /// How many of the lines that owe the form are in, and how many there are.
  public var reported: Int
  public var expected: Int
}
