/// Loads a sheet into memory: its cells, and everything else that its part holds or leads to.
struct SheetLoader {
  private let source: WorkbookSource
  private let part: String
  private let strings: SharedStrings
  private var rows: [CellStore.Row] = []
  private var isSorted = true

  static func load(at position: Int, from source: WorkbookSource, of workbook: Workbook) throws
    -> SheetContent
  {
    let part = try source.sheetPart(at: position, name: workbook.sheets[position].name)
    var loader = SheetLoader(source: source, part: part, strings: try source.sharedStrings())
    return try loader.load(dateSystem: workbook.dateSystem, names: source.sheetNames[position] ?? [])
  }

  private init(source: WorkbookSource, part: String, strings: SharedStrings) {
    self.source = source
    self.part = part
    self.strings = strings
  }

  private mutating func load(dateSystem: DateSystem, names: [DefinedName]) throws -> SheetContent {
    let parts = SheetParts(appearances: try source.styleSheet().appearances)
    let walker = XMLWalker(part: part, visit: parts.visit, collected: parts.take)
    let stream = try SheetStream(
      package: source.package, part: part, dateSystem: dateSystem, walker: walker)
    while try stream.fill(strings) { append(stream.builder) }
    try SheetSurroundings(source: source, part: part).complete(parts)
    var content = parts.content
    content.conditionalFormats = parts.conditionalFormats.sorted { $0.priority < $1.priority }.map(\.format)
    for name in names { content.pageSetup.take(name) }
    content.cells = CellStore(rows: isSorted ? rows : Self.sorted(rows))
    return content
  }

  private mutating func append(_ builder: borrowing SheetBuilder) {
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
