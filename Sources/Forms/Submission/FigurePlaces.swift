import XLSX

/// The cells in which the figures of a located form may stand.
struct FigurePlaces: Sendable {
  /// By field; a merged range by its first cell. None for a field that the form lacks.
  let cells: [[CellReference]]
  /// The merged ranges over the cells of several fields, by their first cell.
  let shared: [CellReference: CellRange]

  /// Cells of one field that are looked at: a heading merged further than that heads no form.
  private static let cellLimit = 64

  init(_ places: [Int: [CellRange]], fields: Int, merges: MergeIndex) {
    var cells: [[CellReference]] = Array(repeating: [], count: fields)
    var fieldsByCell: [CellReference: Int] = [:]
    for (field, ranges) in places where cells.indices.contains(field) {
      cells[field] = Self.cells(in: ranges, merges)
      for cell in cells[field] { fieldsByCell[cell, default: 0] += 1 }
    }
    self.cells = cells
    var shared: [CellReference: CellRange] = [:]
    for (cell, count) in fieldsByCell where count > 1 { shared[cell] = merges.range(around: cell) }
    self.shared = shared
  }

  private static func cells(in ranges: [CellRange], _ merges: MergeIndex) -> [CellReference] {
    var cells: [CellReference] = []
    for range in ranges {
      for row in range.rows.prefix(cellLimit) {
        for column in range.columns.prefix(cellLimit) {
          let anchor = merges.anchor(of: CellReference(row: row, column: column))
          if !cells.contains(anchor) { cells.append(anchor) }
          if cells.count >= cellLimit { return cells }
        }
      }
    }
    return cells
  }
}
