/// Where things on a sheet lie in pixels (96 to the inch), which drawings and comment boxes are anchored by.
///
/// Excel's own measure depends on the default font; these are the sizes with an 11-point font whose digits are 7
/// pixels wide. Anchors count in cells, so a small difference moves an edge by a pixel or two and nothing else.
struct SheetMetrics {
  /// In points.
  static let defaultRowHeight = 15.0
  /// 8.43 digits and 5 pixels of padding.
  static let defaultColumnWidth = 9.140625

  private let columns: [(range: ClosedRange<Int>, settings: ColumnSettings)]
  private let cells: CellStore
  private let defaultColumn: Double
  private let defaultRow: Double

  init(_ content: SheetContent) {
    columns = content.columns
    cells = content.cells
    defaultColumn = content.defaultColumnWidth ?? Self.defaultColumnWidth
    defaultRow = content.defaultRowHeight ?? Self.defaultRowHeight
  }

  func columnPixels(_ column: Int) -> Int {
    let settings = columns.first { $0.range.contains(column) }?.settings
    if settings?.isHidden == true { return 0 }
    let width = settings?.width ?? defaultColumn
    return width.isFinite ? Int((min(max(width, 0), 255) * 7).rounded()) : 64
  }

  func rowPixels(_ row: Int) -> Int {
    let settings = cells.settings(ofRow: row)
    if settings?.isHidden == true { return 0 }
    let height = settings?.height ?? defaultRow
    return height.isFinite ? Int((min(max(height, 0), 409.5) * 4 / 3).rounded()) : 20
  }

  /// A corner of a box: the cell it is in, counted from 0, and the pixels from that cell's upper left corner.
  struct Corner: Hashable {
    var column: Int
    var columnOffset: Int
    var row: Int
    var rowOffset: Int
  }

  /// The corner so many pixels right of and below a cell's own corner, as far as the grid goes.
  func corner(from cell: CellReference, right: Int, down: Int) -> Corner {
    var corner = Corner(
      column: cell.column - 1, columnOffset: max(0, right), row: cell.row - 1, rowOffset: max(0, down))
    while corner.column < CellReference.maximumColumn - 1 {
      let size = columnPixels(corner.column + 1)
      if corner.columnOffset < size { break }
      corner.columnOffset -= size
      corner.column += 1
    }
    while corner.row < CellReference.maximumRow - 1 {
      let size = rowPixels(corner.row + 1)
      if corner.rowOffset < size { break }
      corner.rowOffset -= size
      corner.row += 1
    }
    return corner
  }
}
