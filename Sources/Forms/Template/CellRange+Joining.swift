import XLSX

extension CellRange {
  /// The fewest ranges, near enough, that hold just these cells: runs along rows, and equal runs below each other.
  static func joining(_ cells: [CellReference]) -> [CellRange] {
    var ranges: [CellRange] = []
    for cell in cells.sorted() {
      if let last = ranges.last, last.last.row == cell.row, last.rows.count == 1,
        last.last.column + 1 == cell.column
      {
        ranges[ranges.count - 1] = CellRange(last.first, cell)
      } else {
        ranges.append(CellRange(cell))
      }
    }
    var joined: [CellRange] = []
    for range in ranges {
      if let index = joined.firstIndex(where: {
        $0.columns == range.columns && $0.last.row + 1 == range.first.row
      }) {
        joined[index] = CellRange(joined[index].first, range.last)
      } else {
        joined.append(range)
      }
    }
    return joined
  }

  /// `'附件2'!$A$5:$E$15`, as defined names write it.
  func absolute(inSheet sheet: String) -> String {
    func part(_ cell: CellReference) -> String { "$\(CellReference.columnName(cell.column))$\(cell.row)" }
    let quoted =
      "'" + sheet.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    return quoted + "!" + (isSingleCell ? part(first) : part(first) + ":" + part(last))
  }
}
