extension Worksheet {
  /// Merges a range into one cell, which shows the value of its first.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a single cell, a range outside the grid, or one that overlaps
  ///   another merged range: Excel repairs such files by dropping the merges.
  /// - Complexity: O(number of merged ranges)
  public func merge(_ range: CellRange) throws {
    try ContentRules.checkInGrid(range, "The range to merge", sheet: name)
    if range.isSingleCell {
      throw ContentRules.invalid("One cell cannot be merged", sheet: name, cell: range.first)
    }
    if let other = content.merges.first(where: { $0.overlaps(range) }) {
      throw ContentRules.invalid(
        "\(range) overlaps the merged range \(other)", sheet: name, cell: range.first)
    }
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
