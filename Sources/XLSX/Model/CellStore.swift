/// The cells of one sheet, sparse: only rows and cells that exist take memory.
///
/// Rows are kept in order, and in each row the cells: appending at the end is O(1), finding O(log n), inserting before
/// existing cells O(n) in the row, before existing rows O(log n) on average.
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

  /// Rows in order.
  private var sorted: [Row] = []
  /// Rows that came before others that were there already. They are put in their places together: one by one, rows in
  /// falling order would move all others each time.
  private var late: [Int: Row] = [:]

  init() {}

  /// Takes rows over that are in order, each with its cells in order and none twice.
  init(rows: [Row]) { sorted = rows }

  /// The rows, in order.
  ///
  /// - Complexity: O(1), or O(rows) after rows were added out of order.
  var rows: [Row] { late.isEmpty ? sorted : merged }

  /// Whether no row is stored.
  var isEmpty: Bool { sorted.isEmpty && late.isEmpty }

  private var merged: [Row] {
    var result: [Row] = []
    result.reserveCapacity(sorted.count + late.count)
    var rest = sorted[...]
    for row in late.values.sorted(by: { $0.index < $1.index }) {
      let before = rest.binarySearch(row.index, by: \.index).insertion
      result += rest[rest.startIndex..<before]
      result.append(row)
      rest = rest[before...]
    }
    return result + rest
  }

  private mutating func settle() {
    guard !late.isEmpty else { return }
    sorted = merged
    late = [:]
  }

  subscript(reference: CellReference) -> Cell? {
    // Without a copy of the row: this is asked for every cell that is read by its reference.
    if let found = sorted.binarySearch(reference.row, by: \.index).found {
      return Self.position(of: reference.column, in: sorted[found].cells).found.map {
        sorted[found].cells[$0]
      }
    }
    guard !late.isEmpty, let cells = late[reference.row]?.cells else { return nil }
    return Self.position(of: reference.column, in: cells).found.map { cells[$0] }
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
    let place = sorted.last.map { $0.index < index } ?? true ? nil : sorted.binarySearch(index, by: \.index)
    if let found = place?.found { return change(&sorted[found]) }
    if place == nil {
      sorted.append(Row(index: index))
      return change(&sorted[sorted.count - 1])
    }
    change(&late[index, default: Row(index: index)])
    // Often enough that looking through them is cheap, seldom enough that putting them in their places is.
    if late.count > max(256, sorted.count / 2) { settle() }
  }

  /// A row; `nil` for one that is not stored.
  func row(_ index: Int) -> Row? {
    if let found = sorted.binarySearch(index, by: \.index).found { return sorted[found] }
    return late[index]
  }

  /// What a row has apart from its cells; `nil` for a row that is not stored.
  func settings(ofRow index: Int) -> RowSettings? { row(index)?.settings }

  /// Changes all stored rows, which must keep their index and the order of their cells.
  mutating func updateStoredRows(_ change: (inout Row) -> Void) {
    settle()
    for place in sorted.indices { change(&sorted[place]) }
  }

  /// Moves rows to other places and leaves rows out: gives each its new number, in the same order, or `nil`.
  mutating func renumberRows(_ number: (Int) -> Int?) {
    settle()
    sorted = sorted.compactMap { row in
      guard let index = number(row.index) else { return nil }
      if index == row.index { return row }
      var moved = row
      moved.index = index
      return moved
    }
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

  private static func position(of column: Int, in cells: [Cell]) -> (insertion: Int, found: Int?) {
    if let last = cells.last, last.column < column { return (cells.count, nil) }
    return cells.binarySearch(column, by: \.column)
  }
}

extension RandomAccessCollection where Index == Int {
  /// Where a key stands, or where it would have to be inserted, in a collection sorted by that key.
  func binarySearch<Key: Comparable>(_ key: Key, by path: (Element) -> Key) -> (insertion: Int, found: Int?) {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if path(self[middle]) < key { low = middle + 1 } else { high = middle }
    }
    return (low, low < endIndex && path(self[low]) == key ? low : nil)
  }
}
