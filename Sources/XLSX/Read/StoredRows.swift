/// Gathers the records of a sheet as the cells that a ``Worksheet`` holds.
struct StoredRows {
  private let strings: SharedStrings
  private var rows: [CellStore.Row] = []
  private var isSorted = true

  init(strings: SharedStrings) { self.strings = strings }

  /// The cells, in order.
  var cells: CellStore { CellStore(rows: isSorted ? rows : Self.sorted(rows)) }

  /// Takes the complete rows of a batch.
  mutating func append(_ builder: borrowing SheetBuilder) {
    for position in 0..<builder.batch.completeRows {
      let record = builder.batch.rows[position]
      var row = CellStore.Row(index: Int(record.index))
      row.settings = record.settings
      let range = builder.batch.cells(ofRow: position)
      row.cells.reserveCapacity(range.count)
      for index in range {
        let cell = builder.batch.cells[index]
        if let last = row.cells.last, last.column >= Int(cell.column) { isSorted = false }
        row.cells.append(
          CellStore.Cell(
            column: Int(cell.column), style: Int(cell.style),
            value: builder.value(of: cell, row: row.index, strings: strings)))
      }
      if let last = rows.last, last.index >= row.index { isSorted = false }
      rows.append(row)
    }
  }

  /// Brings rows and cells into order where a file has them otherwise; of two cells in one place the later counts.
  private static func sorted(_ rows: [CellStore.Row]) -> [CellStore.Row] {
    var byIndex: [CellStore.Row] = []
    // Swift's sort is stable.
    for row in rows.sorted(by: { $0.index < $1.index }) {
      if let last = byIndex.indices.last, byIndex[last].index == row.index {
        byIndex[last].cells += row.cells
        if row.settings != RowSettings() { byIndex[last].settings = row.settings }
      } else {
        byIndex.append(row)
      }
    }
    for index in byIndex.indices {
      var cells: [CellStore.Cell] = []
      for cell in byIndex[index].cells.sorted(by: { $0.column < $1.column }) {
        if cells.last?.column == cell.column { cells.removeLast() }
        cells.append(cell)
      }
      byIndex[index].cells = cells
    }
    return byIndex
  }
}
