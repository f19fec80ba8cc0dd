/// The cells of one sheet, sparse: only rows and cells that exist take memory.
///
/// Rows are kept in order, and in each row the cells: appending at the end is O(1), finding O(log n), inserting before
/// existing cells O(n) in the row or in the number of rows.
struct CellStore: Sendable {
  /// One cell as it is stored.
  struct Cell: Hashable, Sendable {
    var column: Int
    /// Index into the workbook's cell formats.
    var style: Int
    var value: CellValue
  }

  /// One row: its cells in order, and its own settings.
  struct Row: Sendable {
    var index: Int
    var cells: [Cell] = []
    var settings = RowSettings()

    init(index: Int) { self.index = index }
  }

  private(set) var rows: [Row] = []

  init() {}

  /// Takes rows over that are in order, each with its cells in order and none twice.
  init(rows: [Row]) { self.rows = rows }

  subscript(reference: CellReference) -> Cell? {
    guard let row = position(ofRow: reference.row).found,
      let cell = Self.position(of: reference.column, in: rows[row].cells).found
    else { return nil }
    return rows[row].cells[cell]
  }

  /// Changes the cell at a reference, creating it first if it does not exist.
  ///
  /// - Parameter columns: The settings of columns. A new cell looks as its row or column says, as in Excel.
  mutating func update(
    _ reference: CellReference,
    inheriting columns: [(range: ClosedRange<Int>, settings: ColumnSettings)] = [],
    _ change: (inout Cell) -> Void
  ) {
    updateRow(reference.row) { row in
      let place = Self.position(of: reference.column, in: row.cells)
      if place.found == nil {
        let style =
          row.settings.style ?? columns.first { $0.range.contains(reference.column) }?.settings.style ?? 0
        row.cells.insert(Cell(column: reference.column, style: style, value: .empty), at: place.insertion)
      }
      change(&row.cells[place.insertion])
    }
  }

  /// Changes a row, creating it first if it does not exist. The cells must stay in order.
  mutating func updateRow(_ index: Int, _ change: (inout Row) -> Void) {
    let place = position(ofRow: index)
    if place.found == nil { rows.insert(Row(index: index), at: place.insertion) }
    change(&rows[place.insertion])
  }

  /// What a row has apart from its cells; `nil` for a row that is not stored.
  func settings(ofRow index: Int) -> RowSettings? {
    position(ofRow: index).found.map { rows[$0].settings }
  }

  /// Changes all stored rows, which must keep their index and the order of their cells.
  mutating func updateStoredRows(_ change: (inout Row) -> Void) {
    for place in rows.indices { change(&rows[place]) }
  }

  /// The smallest range that holds every stored cell; `nil` without cells.
  ///
  /// - Complexity: O(rows)
  var usedRange: CellRange? {
    let filled = rows.filter { !$0.cells.isEmpty }
    guard let top = filled.first, let bottom = filled.last,
      let left = filled.lazy.compactMap({ $0.cells.first?.column }).min(),
      let right = filled.lazy.compactMap({ $0.cells.last?.column }).max()
    else { return nil }
    return CellRange(
      CellReference(row: top.index, column: left), CellReference(row: bottom.index, column: right))
  }

  private func position(ofRow index: Int) -> (insertion: Int, found: Int?) {
    if let last = rows.last, last.index < index { return (rows.count, nil) }
    return rows.binarySearch(index, by: \.index)
  }

  private static func position(of column: Int, in cells: [Cell]) -> (insertion: Int, found: Int?) {
    if let last = cells.last, last.column < column { return (cells.count, nil) }
    return cells.binarySearch(column, by: \.column)
  }
}

extension Array {
  /// Where a key stands, or where it would have to be inserted, in an array sorted by that key.
  func binarySearch<Key: Comparable>(_ key: Key, by path: (Element) -> Key) -> (insertion: Int, found: Int?) {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if path(self[middle]) < key { low = middle + 1 } else { high = middle }
    }
    return (low, low < count && path(self[low]) == key ? low : nil)
  }
}
