/// What rows are sorted by.
public struct SortKey: Hashable, Sendable {
  /// The column, within the range that is sorted.
  public var column: ColumnRange
  /// Whether the greatest comes first.
  public var isDescending: Bool

  /// A column to sort by.
  public init(_ column: ColumnRange, isDescending: Bool = false) {
    self.column = column
    self.isDescending = isDescending
  }

  /// `.ascending("B")`
  public static func ascending(_ column: ColumnRange) -> SortKey { SortKey(column) }

  /// `.descending("B")`
  public static func descending(_ column: ColumnRange) -> SortKey { SortKey(column, isDescending: true) }
}

extension Worksheet {
  /// Sorts the rows of a range as Excel does.
  ///
  ///     sheet.sort("A2:D20", by: [.ascending("B"), .descending("D")])
  ///
  /// Numbers come before texts, texts (Chinese by pinyin, without regard to case) before logical values and errors, and
  /// empty cells last either way; rows that are equal stay in order. Values, looks, links and comments move; row heights and
  /// rules stay. Relative references in a formula that moves keep their distance, as when it is copied, and references from
  /// elsewhere stay where they point. A formula without a stored result is computed.
  ///
  /// - Parameters:
  ///   - range: The rows without headings.
  ///   - keys: The columns to sort by, the most important one first.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a key outside the range, merged cells or array formulas in it;
  ///   ``FormulaError`` for a formula among the keys that has no result and cannot be computed.
  /// - Complexity: O(*n* log *n*) in the cells of the range.
  public func sort(_ range: CellRange, by keys: [SortKey]) throws {
    try ContentRules.checkInGrid(range, "The range to sort", sheet: name)
    for key in keys
    where key.column.indices.count != 1 || !range.columns.contains(key.column.indices.lowerBound) {
      throw ContentRules.invalid("The column to sort by is none of \(range)", sheet: name, cell: range.first)
    }
    if let merge = content.merges.first(where: { $0.overlaps(range) }) {
      throw ContentRules.invalid("Merged cells (\(merge)) cannot be sorted", sheet: name, cell: merge.first)
    }
    let rows = try sortableRows(in: range)
    let order = try sortedOrder(of: rows, in: range, by: keys)
    if order == Array(order.indices) { return }
    var links: [CellReference: Hyperlink] = [:]
    var comments: [CellReference: CellComment] = [:]
    for (cell, link) in content.hyperlinks where range.contains(cell) { links[cell] = link }
    for (cell, comment) in content.comments where range.contains(cell) {
      guard content.threads[cell] == nil else {
        throw ContentRules.invalid("A conversation cannot be sorted", sheet: name, cell: cell)
      }
      comments[cell] = comment
    }
    for cell in links.keys { content.hyperlinks[cell] = nil }
    for cell in comments.keys { content.comments[cell] = nil }
    var target: [Int: Int] = [:]
    for (place, from) in order.enumerated() {
      let (old, new) = (range.rows.lowerBound + from, range.rows.lowerBound + place)
      target[old] = new
      if old == new { continue }
      for column in range.columns {
        let cell = CellReference(row: new, column: column)
        let source = rows[from][column]
        if source == nil, content.cells[cell] == nil { continue }
        let style = source?.style ?? inheritedStyle(at: cell)
        content.cells.update(cell) { target in
          target.value = Self.moved(source?.value ?? .empty, by: new - old)
          target.style = style
        }
      }
    }
    for (cell, link) in links {
      content.hyperlinks[CellReference(row: target[cell.row] ?? cell.row, column: cell.column)] = link
    }
    for (cell, comment) in comments {
      content.comments[CellReference(row: target[cell.row] ?? cell.row, column: cell.column)] = comment
    }
  }

  /// Sorts the rows of a table, its heading and totals left where they are.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` if the sheet has no such table or a key is none of its columns; as
  ///   ``sort(_:by:)`` else.
  public func sortTable(_ table: String, by keys: [(column: String, isDescending: Bool)]) throws {
    guard let found = content.tables.first(where: { $0.name.lowercased() == table.lowercased() }) else {
      throw ContentRules.invalid("There is no table \(table)", sheet: name)
    }
    let first = found.range.first.offset(rows: found.hasHeaders ? 1 : 0)
    let last = found.range.last.offset(rows: found.showsTotals ? -1 : 0)
    guard first.row <= last.row else { return }
    let columns = try keys.map { key -> SortKey in
      guard let place = found.columns.firstIndex(where: { $0.lowercased() == key.column.lowercased() }) else {
        throw ContentRules.invalid("The table \(table) has no column \(key.column)", sheet: name)
      }
      let column = found.range.first.column + place
      return SortKey(ColumnRange(column...column), isDescending: key.isDescending)
    }
    try sort(CellRange(first, last), by: columns)
  }

  private static func moved(_ value: CellValue, by rows: Int) -> CellValue {
    guard case .formula(var formula, let cached) = value else { return value }
    formula.text = FormulaShifter.shift(formula.text, rows: rows, columns: 0)
    formula.arrayRange = formula.arrayRange.map {
      CellRange($0.first.offset(rows: rows), $0.last.offset(rows: rows))
    }
    return .formula(formula, cached: cached)
  }

  /// The cells of every row of a range, by column.
  private func sortableRows(in range: CellRange) throws -> [[Int: CellStore.Cell]] {
    var rows = [[Int: CellStore.Cell]](repeating: [:], count: range.rows.count)
    for row in content.cells.rows where range.rows.contains(row.index) {
      for cell in row.cells where range.columns.contains(cell.column) {
        rows[row.index - range.rows.lowerBound][cell.column] = cell
      }
    }
    for row in content.cells.rows {
      for cell in row.cells {
        guard case .formula(let formula, _) = cell.value, let area = formula.arrayRange, !area.isSingleCell,
          area.overlaps(range)
        else { continue }
        throw ContentRules.invalid(
          "The array formula over \(area) would be torn", sheet: name, cell: area.first)
      }
    }
    return rows
  }

  private func sortedOrder(
    of rows: [[Int: CellStore.Cell]], in range: CellRange, by keys: [SortKey]
  ) throws -> [Int] {
    var calculator: FormulaEvaluator?
    let position = book?.sheets.indices.first { book?.loadedSheet(at: $0) === self }
    let columns = try keys.map { key in
      try rows.indices.map { place -> Scalar in
        let column = key.column.indices.lowerBound
        let value = rows[place][column]?.value ?? .empty
        guard case .formula(_, .empty) = value, let book, let position else { return Scalar(value) }
        let evaluator = calculator ?? book.calculator()
        calculator = evaluator
        let cell = CellReference(row: range.rows.lowerBound + place, column: column)
        return Scalar(try evaluator.value(of: cell, sheet: position))
      }
    }
    return rows.indices.sorted { a, b in
      for (key, values) in zip(keys, columns) {
        let order = SortOrder.compare(values[a], values[b], descends: key.isDescending)
        if order != 0 { return order < 0 }
      }
      return a < b
    }
  }
}
