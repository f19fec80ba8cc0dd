import XLSX

/// Finds the merged range around a cell.
struct MergeIndex: Sendable {
  private var anchors: [CellReference: CellRange] = [:]
  /// Merged ranges by each row that they touch, by first column.
  private var byRow: [Int: [CellRange]] = [:]
  /// Ranges too tall to list row by row.
  private var tall: [CellRange] = []

  /// Taller ranges are kept apart, and only so many of them: no form merges that far, and a hostile file could make
  /// every look-up walk through thousands.
  private static let listedRows = 64
  private static let tallRanges = 64

  /// - Complexity: O(*m* log *m*) for *m* merged ranges.
  var isEmpty: Bool { anchors.isEmpty }

  init(_ merges: [CellRange]) {
    for range in merges where !range.isSingleCell {
      anchors[range.first] = range
      if range.rows.count > Self.listedRows {
        if tall.count < Self.tallRanges { tall.append(range) }
      } else {
        for row in range.rows { byRow[row, default: []].append(range) }
      }
    }
    for row in byRow.keys { byRow[row]?.sort { $0.first.column < $1.first.column } }
  }

  /// The cells that a cell's content fills: the merged range that starts there, or the cell alone.
  func extent(of anchor: CellReference) -> CellRange { anchors[anchor] ?? CellRange(anchor) }

  /// The merged range that holds a cell; `nil` for an unmerged cell.
  ///
  /// - Complexity: O(log *m*): merged ranges of a valid file do not overlap, so that the last one to start left of the
  ///   cell decides.
  func range(around cell: CellReference) -> CellRange? {
    if let row = byRow[cell.row] {
      var low = 0
      var high = row.count
      while low < high {
        let middle = (low + high) / 2
        if row[middle].first.column <= cell.column { low = middle + 1 } else { high = middle }
      }
      if low > 0, row[low - 1].contains(cell) { return row[low - 1] }
    }
    return tall.first { $0.contains(cell) }
  }

  /// The cell whose content shows at a place.
  func anchor(of cell: CellReference) -> CellReference { range(around: cell)?.first ?? cell }
}
