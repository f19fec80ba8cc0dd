import Foundation

/// What a list's sentences say: how many lines, what they come to, by group and by unit.
extension ReportFigures {
  /// What the lines come to by the values of one column.
  struct Group {
    struct Value {
      /// Empty for lines whose value is blank or cannot be read.
      var name: String
      var lines: ReportAmount
      /// Of all lines, to a tenth of a percent; `nil` where either is in doubt.
      var share: Decimal?
      var sums: [Sum]
    }

    /// `困难类型`
    var name: String
    var values: [Value]
  }

  /// How many lines there are; `nil` for a form that is no list, or that nobody reported.
  var lines: ReportAmount? {
    guard definition.list != nil, !reportedUnits.isEmpty else { return nil }
    return linesOfUnits.map(\.lines).reduce(into: lineCount(0, inDoubt: 0)) { $0.add($1) }
  }

  /// The units that sent lines, in the campaign's order.
  var linesOfUnits: [(unit: UnitFigures, lines: ReportAmount)] {
    reportedUnits.map { ($0, lineCount($0.lines?.rows ?? 0, inDoubt: doubtfulLines(of: $0).count)) }
  }

  /// What the columns come to that are added up and are no part of another.
  var listSums: [Sum] {
    topTotals.compactMap { key in
      amount(of: definition.inputs(behind: key)).map {
        Sum(name: key.path.joined(separator: " "), total: $0, parts: [])
      }
    }
  }

  /// By the columns that the list is grouped by; a column of very many values is for the workbook.
  var groups: [Group] {
    guard let list = definition.list, !reportedUnits.isEmpty else { return [] }
    return list.groups.enumerated().compactMap { index, key in
      let values = form.groupValues(index)
      guard values.count <= Self.mostValues else { return nil }
      return Group(
        name: key.path.joined(separator: " "), values: self.values(values, index: index, column: key))
    }
  }

  /// What lines come to in two years, over the units that have both and no figure in doubt.
  struct ListYearChanges {
    struct Change {
      var name: String
      var isLines: Bool
      var previous: Decimal
      var current: Decimal
      var unit: String
    }

    var units: Int
    /// Units with both that are left out.
    var left: Int
    var changes: [Change]
  }

  /// `nil` for a form that is no list, without last year's, or where nobody can be compared.
  var listYear: ListYearChanges? {
    guard let list = definition.list else { return nil }
    let both = reportedUnits.compactMap { unit in
      form.listFigures(of: unit).flatMap { now in
        unit.previousLines.map { (unit: unit, now: now, before: $0) }
      }
    }
    let settled = both.filter { entry in
      doubtfulLines(of: entry.unit).isEmpty
        && !topTotals.contains { definition.inputs(behind: $0).contains(where: entry.unit.isDisputed) }
    }
    let changes = ([ListRules.countKey] + topTotals).compactMap { key -> ListYearChanges.Change? in
      // A figure of one year only has nothing to be compared with.
      let pairs = settled.compactMap { entry in
        entry.before[key].flatMap { before in entry.now[key].map { (before: before, now: $0) } }
      }
      guard !pairs.isEmpty else { return nil }
      let isLines = key == ListRules.countKey
      return ListYearChanges.Change(
        name: key.path.joined(separator: " "), isLines: isLines,
        previous: pairs.reduce(0) { $0 + $1.before }, current: pairs.reduce(0) { $0 + $1.now },
        unit: isLines ? list.counted : definition.field(key)?.measure.unit ?? "")
    }
    guard !changes.isEmpty else { return nil }
    return ListYearChanges(units: settled.count, left: both.count - settled.count, changes: changes)
  }

  private static let mostValues = 60

  private var reportedUnits: [UnitFigures] { form.units.filter { $0.lines != nil && $0.isReported } }

  /// The totals of the list that are no part of another total.
  private var topTotals: [FieldKey] {
    let parts = Set(definition.equations.flatMap(\.parts))
    return (definition.list?.totals ?? []).filter { !parts.contains($0) }
  }

  private func lineCount(_ lines: Int, inDoubt: Int) -> ReportAmount {
    ReportAmount(
      all: Decimal(lines), settled: inDoubt > 0 && inDoubt == lines ? nil : Decimal(lines - inDoubt),
      isDisputed: inDoubt > 0, unit: definition.list?.counted ?? "", isLines: true)
  }

  /// The lines of a unit that may not be lines of their own: those with an error at what tells them apart, such as a number
  /// that another line has too.
  private func doubtfulLines(of unit: UnitFigures) -> [Int] {
    guard let list = definition.list, let submission = unit.submission, let lines = submission.list?.lines
    else {
      return []
    }
    if unit.isWhollyDisputed { return Array(0..<lines.count) }
    let places = Set(
      submission.findings.compactMap { finding -> LinePlace? in
        guard finding.severity == .error, finding.note == nil, let row = finding.row,
          let field = finding.field, list.key.contains(field)
        else { return nil }
        return LinePlace(sheet: finding.sheet ?? submission.sheet, row: row)
      })
    guard !places.isEmpty else { return [] }
    return (0..<lines.count).filter {
      places.contains(LinePlace(sheet: lines.sheet(of: $0) ?? submission.sheet, row: lines.row($0)))
    }
  }

  private struct LinePlace: Hashable {
    var sheet: String
    var row: Int
  }

  private func values(_ names: [String], index: Int, column: FieldKey) -> [Group.Value] {
    var inDoubt: [String: Int] = [:]
    let position = definition.fields.firstIndex { $0.key == column }
    for unit in reportedUnits {
      guard let position, let lines = unit.submission?.list?.lines else { continue }
      for line in doubtfulLines(of: unit) {
        inDoubt[ListSums.name(lines.state(line, position)), default: 0] += 1
      }
    }
    let counts = names.map { name in
      lineCount(
        form.units.reduce(0) { $0 + ($1.lines?.groups[index][name]?.rows ?? 0) }, inDoubt: inDoubt[name] ?? 0)
    }
    let whole = lines
    var rest = Decimal(1)
    let shown = zip(names, counts).filter { $1.all != 0 }
    return shown.enumerated().map { position, entry in
      let (name, lines) = entry
      var share: Decimal?
      if let whole, whole.all > 0, !whole.isDisputed {
        // The last is what the others leave, so that the shares add up to 100 %.
        let own = position == shown.count - 1 ? rest : (lines.all / whole.all).rounded(3, .plain)
        rest -= own
        share = own
      }
      let sums = topTotals.compactMap { total in
        sum(of: total, in: name, index: index, column: column).map {
          Sum(name: total.path.joined(separator: " "), total: $0, parts: [])
        }
      }
      return Group.Value(name: name, lines: lines, share: share, sums: sums)
    }
  }

  /// What a column comes to over the lines with a value; `nil` where nothing was reported.
  private func sum(of total: FieldKey, in value: String, index: Int, column: FieldKey) -> ReportAmount? {
    let inputs = definition.inputs(behind: total)
    var (all, settled): (Decimal?, Decimal?) = (nil, nil)
    var isDisputed = false
    for unit in form.units {
      guard let group = unit.lines?.groups[index][value] else { continue }
      for key in inputs {
        isDisputed = isDisputed || unit.isDisputed(key)
        guard let figure = group.inputs[key] else { continue }
        all = (all ?? 0) + figure
        if !unit.isDisputed(key) { settled = (settled ?? 0) + figure }
      }
    }
    let unit = definition.field(total)?.measure.unit ?? ""
    return all.map { ReportAmount(all: $0, settled: settled, isDisputed: isDisputed, unit: unit) }
  }
}

extension ReportAmount {
  fileprivate mutating func add(_ other: ReportAmount) {
    all += other.all
    isDisputed = isDisputed || other.isDisputed
    if let more = other.settled { settled = (settled ?? 0) + more }
  }
}
