import XLSX

/// Where the sums of a list's units stand on the sheet of sums: what results against targets are calculated from.
struct ListSummaryPlaces {
  private let sheet: String
  private let totals: [FieldKey]
  /// The rows of a unit, or of the units of an office, by the unit's code.
  private var rows: [String: ClosedRange<Int>] = [:]

  /// `nil` for a form that is no list.
  init?(_ consolidation: FormConsolidation, sheet: String) {
    guard let list = consolidation.form.list else { return nil }
    self.sheet = sheet
    totals = list.totals
    for (position, unit) in consolidation.units.enumerated() {
      let row = ListSummarySheet.firstRow + position
      rows[unit.unit.code] = row...row
    }
    for office in consolidation.offices where !office.lines.isEmpty {
      let first = ListSummarySheet.firstRow
      rows[office.figures.unit.code] =
        (first + office.lines.lowerBound)...(first + office.lines.upperBound - 1)
    }
  }

  /// The cells of some sums of a unit; none where one of them has no column.
  func references(_ keys: [FieldKey], of unit: ReportingUnit) -> [String] {
    guard let rows = rows[unit.code] else { return [] }
    let columns = keys.compactMap { key -> Int? in
      key == ListRules.countKey ? 2 : totals.firstIndex(of: key).map { $0 + 3 }
    }
    guard columns.count == keys.count else { return [] }
    return columns.map { LiveFormula.quoted(sheet) + "!" + CellRange(rows: rows, column: $0).description }
  }
}
