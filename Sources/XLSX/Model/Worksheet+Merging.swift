extension Worksheet {
  /// Merges a range into one cell, which shows the value of its first.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a single cell, a range outside the grid, or one that overlaps
  ///   another merged range: Excel repairs such files by dropping the merges.
  /// - Complexity: O(number of merged ranges)
  public func merge(_ range: CellRange) throws {
    try MergeRules.check(range, others: content.merges, sheet: name)
    content.merges.append(range)
  }

  /// Takes apart every merged range that touches a range.
  public func unmerge(_ range: CellRange) {
    content.merges.removeAll { $0.overlaps(range) }
  }

  /// The merged range that a cell is in.
  ///
  /// - Complexity: O(number of merged ranges)
  public func mergedRange(containing cell: CellReference) -> CellRange? {
    content.merges.first { $0.contains(cell) }
  }
}

/// What Excel refuses of merged ranges.
enum MergeRules {
  static func check(_ range: CellRange, others: [CellRange], sheet: String) throws(XLSXError) {
    try ContentRules.checkInGrid(range, "The range to merge", sheet: sheet)
    if range.isSingleCell {
      throw ContentRules.invalid("One cell cannot be merged", sheet: sheet, cell: range.first)
    }
    if let other = others.first(where: { $0.overlaps(range) }) {
      throw ContentRules.invalid(
        "\(range) overlaps the merged range \(other)", sheet: sheet, cell: range.first)
    }
  }

  /// What a range that is to be merged in an existing sheet meets there: a table, or an array formula over several cells.
  static func check(_ range: CellRange, meets content: SheetContent, sheet: String) throws(XLSXError) {
    if let table = content.tables.first(where: { $0.range.overlaps(range) }) {
      throw ContentRules.invalid(
        "\(range) overlaps the table \(table.name); cells of a table cannot be merged", sheet: sheet,
        cell: range.first)
    }
    for row in content.cells.rows {
      for cell in row.cells {
        guard case .formula(let formula, _) = cell.value, let area = formula.arrayRange, !area.isSingleCell,
          area.overlaps(range)
        else { continue }
        throw ContentRules.invalid(
          "\(range) meets the array formula over \(area)", sheet: sheet, cell: range.first)
      }
    }
  }
}
