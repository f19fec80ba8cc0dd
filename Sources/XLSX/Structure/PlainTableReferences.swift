/// Formulas that use a table which is taken away: they get references to its cells, as where Excel converts a table to a range.
struct PlainTableReferences {
  let table: Table
  /// The sheet that the table lies on.
  let sheet: String

  /// A formula without the table's name.
  ///
  /// - Parameter cell: Where the formula stands; `nil` for one that stands in no cell.
  /// - Returns: `nil` if it says something that is in no cells, such as the row of a formula outside the table's rows.
  func replaced(in formula: String, at cell: CellReference?) -> String? {
    var isWhole = true
    let result = TableNames.rewritten(formula) { name, bracket in
      guard isWhole, name.lowercased() == table.name.lowercased() else { return nil }
      let new = TableReference(name + bracket).flatMap { plain($0, at: cell) }
      isWhole = new != nil
      return new
    }
    return isWhole ? result : nil
  }

  private func plain(_ reference: TableReference, at cell: CellReference?) -> String? {
    var columns = table.range.columns
    if let named = reference.columns {
      func column(_ name: String) -> Int? {
        table.columns.firstIndex { $0.lowercased() == name.lowercased() }
          .map { table.range.first.column + $0 }
      }
      guard let first = column(named.first), let last = column(named.last) else { return nil }
      columns = min(first, last)...max(first, last)
    }
    let place = SheetReference.quoted(sheet)
    let (left, right) = (
      CellReference.columnName(columns.lowerBound), CellReference.columnName(columns.upperBound)
    )
    if reference.parts.contains(.thisRow) {
      guard let cell, let rows = rows(of: []), rows.contains(cell.row) else { return nil }
      return columns.count == 1
        ? "\(place)!$\(left)\(cell.row)" : "\(place)!$\(left)\(cell.row):$\(right)\(cell.row)"
    }
    guard let rows = rows(of: reference.parts) else { return nil }
    let first = "$\(left)$\(rows.lowerBound)"
    let last = "$\(right)$\(rows.upperBound)"
    return first == last ? "\(place)!\(first)" : "\(place)!\(first):\(last)"
  }

  private func rows(of parts: Set<TableReference.Part>) -> ClosedRange<Int>? {
    let all = table.range.rows
    let data = (all.lowerBound + (table.hasHeaders ? 1 : 0), all.upperBound - (table.showsTotals ? 1 : 0))
    var bounds: [(Int, Int)] = []
    if parts.contains(.all) { bounds.append((all.lowerBound, all.upperBound)) }
    if parts.isEmpty || parts.contains(.data) { bounds.append(data) }
    if parts.contains(.headers) {
      guard table.hasHeaders else { return nil }
      bounds.append((all.lowerBound, all.lowerBound))
    }
    if parts.contains(.totals) {
      guard table.showsTotals else { return nil }
      bounds.append((all.upperBound, all.upperBound))
    }
    guard let first = bounds.map(\.0).min(), let last = bounds.map(\.1).max(), first <= last else {
      return nil
    }
    return first...last
  }
}

extension SheetContent {
  /// Gives every formula that uses a table plain references.
  ///
  /// - Returns: The cell of a formula for which there are none, and with it what was changed so far.
  mutating func replaceTable(_ plain: PlainTableReferences) -> CellReference? {
    var failed: CellReference?
    func replaced(_ formula: String, at cell: CellReference?, _ place: CellReference?) -> String {
      if let text = plain.replaced(in: formula, at: cell) { return text }
      failed = failed ?? place
      return formula
    }
    mapFormulas {
      replaced($0, at: $1, $1)
    } rules: {
      replaced($0, at: nil, $1.first?.first)
    }
    return failed
  }
}
