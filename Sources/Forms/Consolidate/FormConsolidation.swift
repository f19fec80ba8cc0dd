import Foundation

/// The consolidation of one form: a line for every unit, and the city's figures.
public struct FormConsolidation: Sendable {
  public var form: FormDefinition
  /// The annex that sets the targets; `nil` if the form has none.
  public var targetTable: TargetTable?
  /// The units that owe the form in the campaign's order, then those that report outside the list.
  public var units: [UnitFigures]
  /// Sums over all units of what is reported, totals derived from them. A field that nobody reported has no entry.
  public var totals: [FieldKey: Decimal]
  /// Forms that are there and count nowhere, as nobody can tell whose they are (D06).
  public var unattributed = 0

  /// How many of the owing units reported.
  public var reported: Int { owing.count { $0.isReported } }
  /// How many units owe the form.
  public var expected: Int { owing.count }
  public var missing: [ReportingUnit] { owing.filter { !$0.isReported }.map(\.unit) }
  public var isComplete: Bool { reported == expected }

  var owing: [UnitFigures] { units.filter { $0.standing == .owing } }

  /// What the units with a target completed together, in the target's unit; `nil` if none of them reported.
  public var completed: Decimal? {
    let parts = units.filter { $0.target != nil && $0.standing == .owing }.compactMap(\.completed)
    return parts.isEmpty ? nil : parts.reduce(0, +)
  }

  /// The inputs that count towards the target.
  var targetInputs: [FieldKey] {
    (targetTable?.fields ?? []).flatMap { form.inputs(behind: $0) }
  }
}
