extension Worksheet {
  /// Merges a range into one cell, which shows the value of its first.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a single cell, a range outside the grid, or one that overlaps
  ///   another merged range: Excel repairs such files by dropping the merges.
  /// - Complexity: O(1), and O(number of merged ranges) after they were read or taken apart
  public func merge(_ range: CellRange) throws {
    try MergeRules.check(range, others: mergedByPlace(), sheet: name)
    content.merges.append(range)
    mergeIndex?.ranges.append(range)
    mergeIndex?.version = content.mergesVersion
  }

  /// The merged ranges by their places, gathered once for all changes that leave them as they are.
  func mergedByPlace() -> RangeIndex {
    if let known = mergeIndex, known.version == content.mergesVersion { return known.ranges }
    let ranges = RangeIndex(content.merges)
    mergeIndex = (content.mergesVersion, ranges)
    return ranges
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
  static func check(_ range: CellRange, others: RangeIndex, sheet: String) throws(XLSXError) {
    try ContentRules.checkInGrid(range, "The range to merge", sheet: sheet)
    if range.isSingleCell {
      throw ContentRules.invalid("One cell cannot be merged", sheet: sheet, cell: range.first)
    }
    if let other = others.first(overlapping: range) {
      throw ContentRules.invalid(
        "\(range) overlaps the merged range \(other)", sheet: sheet, cell: range.first)
    }
  }

  /// What a range that is to be merged in an existing sheet meets there: a table, or an array formula over several cells.
  ///
  /// - Parameter arrays: ``arrays(in:)`` of the same sheet, gathered once for all ranges.
  static func check(
    _ range: CellRange, meets content: SheetContent, arrays: RangeIndex, sheet: String
  ) throws(XLSXError) {
    if let table = content.tables.first(where: { $0.range.overlaps(range) }) {
      throw ContentRules.invalid(
        "\(range) overlaps the table \(table.name); cells of a table cannot be merged", sheet: sheet,
        cell: range.first)
    }
    if let area = arrays.first(overlapping: range) {
      throw ContentRules.invalid(
        "\(range) meets the array formula over \(area)", sheet: sheet, cell: range.first)
    }
  }

  /// The ranges of the array formulas over several cells.
  ///
  /// - Complexity: O(cells)
  static func arrays(in content: SheetContent) -> RangeIndex {
    var arrays = RangeIndex()
    for row in content.cells.rows {
      for cell in row.cells {
        if case .formula(let formula, _) = cell.value, let area = formula.arrayRange, !area.isSingleCell {
          arrays.append(area)
        }
      }
    }
    return arrays
  }
}
