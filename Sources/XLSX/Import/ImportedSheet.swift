/// The cells of one sheet as the reader of another format finds them, in the form in which those of an .xlsx wait to be
/// used: whoever takes rows, sums or CSV from a ``Workbook`` never learns where they came from.
///
/// Cells may come in any order; ``finish()`` sorts them where they are not row by row.
package final class ImportedSheet {
  let handler: SheetHandler
  let parts = SheetParts(only: [])
  private(set) var textBoxes: [TextBox] = []
  private let budget: ImportBudget
  private var last = CellReference(row: 0, column: 0)
  private var isSorted = true
  private var hiddenRows: Set<Int> = []
  private var content = 0

  init(budget: ImportBudget) {
    self.budget = budget
    // Serials come as they are stored: no cell is of type `d`.
    handler = SheetHandler(dateSystem: .excel1900, walker: nil)
  }

  /// Whether as much of the sheet has been taken as is wanted, so that its reader can stop.
  var isFull: Bool { content >= budget.sheetLimit }

  // Cells

  /// Adds a cell whose value is an index into the workbook's shared texts.
  func put(sharedText index: Int, at place: CellReference, style: Int = 0, formula: String? = nil) throws {
    var cell = CellRecord()
    cell.kind = .sharedString
    cell.bits = UInt64(truncatingIfNeeded: index)
    try append(cell, place, style, formula)
  }

  /// Adds a cell. Places outside the grid, which damaged files name, are passed over.
  package func put(
    _ value: CellValue, at place: CellReference, style: Int = 0, formula: String? = nil
  ) throws {
    var cell = CellRecord()
    switch value {
    case .empty: if formula == nil { return }
    case .number(let number):
      // What no cell can show: an infinity, or bits that are no number.
      guard number.isFinite else {
        return try put(.error(.number), at: place, style: style, formula: formula)
      }
      cell.kind = .number
      cell.bits = number.bitPattern
    case .bool(let bool):
      cell.kind = .bool
      cell.bits = bool ? 1 : 0
    case .text(let text): try take(text, .text, &cell)
    case .error(let error): try take(error.text, .error, &cell)
    case .richText(let rich):
      try budget.charge(rich.plainText.utf8.count + rich.runs.count * 128)
      cell.kind = .richText
      cell.bits = UInt64(handler.builder.batch.richTexts.count)
      handler.builder.batch.richTexts.append(rich)
    case .formula(let inner, let cached):
      return try put(cached, at: place, style: style, formula: inner.text)
    }
    try append(cell, place, style, formula)
  }

  private func take(_ text: String, _ kind: CellRecord.Kind, _ cell: inout CellRecord) throws {
    var text = text
    try text.withUTF8 { bytes in
      try budget.charge(bytes.count)
      cell.kind = kind
      cell.bits = CellRecord.place(handler.builder.batch.text.count, bytes.count)
      handler.builder.batch.text.append(bytes)
    }
  }

  private func append(_ record: CellRecord, _ place: CellReference, _ style: Int, _ formula: String?) throws {
    guard place.isInGrid, !isFull else { return }
    content += 1
    try budget.charge(MemoryLayout<CellRecord>.stride)
    var cell = record
    cell.column = UInt16(truncatingIfNeeded: place.column)
    cell.style = UInt32(clamping: style)
    if var formula {
      try formula.withUTF8 { bytes in
        try budget.charge(bytes.count + MemoryLayout<FormulaRecord>.stride)
        var entry = FormulaRecord(kind: .plain)
        entry.textOffset = handler.builder.batch.text.count
        entry.textCount = bytes.count
        handler.builder.batch.text.append(bytes)
        cell.formula = Int32(truncatingIfNeeded: handler.builder.batch.formulas.count)
        handler.builder.batch.formulas.append(entry)
      }
    }
    if place.row != last.row {
      try budget.charge(MemoryLayout<RowRecord>.stride)
      handler.builder.batch.rows.append(
        RowRecord(
          index: Int32(truncatingIfNeeded: place.row), firstCell: handler.builder.batch.cells.count))
    }
    if !(last < place) { isSorted = false }
    last = place
    handler.builder.batch.cells.append(cell)
  }

  // What surrounds the cells

  package func hide(row: Int) { hiddenRows.insert(row) }

  package func hide(columns: ClosedRange<Int>) throws {
    var settings = ColumnSettings()
    settings.isHidden = true
    try budget.charge(MemoryLayout<ColumnSettings>.stride)
    parts.content.columns.append((columns, settings))
  }

  /// Adds a shape with text; of more than a sheet has in earnest, the first ones.
  package func add(_ box: TextBox) throws {
    guard textBoxes.count < TextBoxReader.limit, !box.text.plainText.isEmpty, box.cells.first.isInGrid else {
      return
    }
    try budget.charge(box.text.plainText.utf8.count + MemoryLayout<TextBox>.stride)
    textBoxes.append(box)
  }

  /// Adds a merged range; one that reaches out of the grid is cut at its edge.
  package func merge(_ range: CellRange) throws {
    guard range.first.isInGrid, !isFull else { return }
    let last = CellReference(
      row: min(range.last.row, CellReference.maximumRow),
      column: min(range.last.column, CellReference.maximumColumn))
    guard last != range.first else { return }
    // Counted as cells are: a merged range of blanks costs as much as a filled one.
    content += 1
    try budget.charge(MemoryLayout<CellRange>.stride)
    parts.content.merges.append(CellRange(range.first, last))
  }

  /// Brings the cells into order and marks the hidden rows. Of two cells in one place the later counts.
  package func finish() {
    if !isSorted { sort() }
    if !hiddenRows.isEmpty {
      for index in handler.builder.batch.rows.indices
      where hiddenRows.contains(Int(handler.builder.batch.rows[index].index)) {
        handler.builder.batch.rows[index].isHidden = true
      }
    }
    // Runs of columns come in order and without overlap.
    let runs = parts.content.columns.sorted { $0.range.lowerBound < $1.range.lowerBound }
    parts.content.columns.removeAll()
    for run in runs {
      let start = max(run.range.lowerBound, (parts.content.columns.last?.range.upperBound ?? 0) + 1)
      let end = min(run.range.upperBound, CellReference.maximumColumn)
      if start <= end { parts.content.columns.append((start...end, run.settings)) }
    }
  }

  private func sort() {
    var cells: [(place: CellReference, record: CellRecord)] = []
    cells.reserveCapacity(handler.builder.batch.cells.count)
    for position in handler.builder.batch.rows.indices {
      let row = Int(handler.builder.batch.rows[position].index)
      for index in handler.builder.batch.cells(ofRow: position) {
        let record = handler.builder.batch.cells[index]
        cells.append((CellReference(row: row, column: Int(record.column)), record))
      }
    }
    // Swift's sort is stable.
    cells.sort { $0.place < $1.place }
    var rows: [RowRecord] = []
    var records: [CellRecord] = []
    for (position, cell) in cells.enumerated() {
      if position + 1 < cells.count, cells[position + 1].place == cell.place { continue }
      if rows.last.map({ Int($0.index) != cell.place.row }) ?? true {
        rows.append(RowRecord(index: Int32(truncatingIfNeeded: cell.place.row), firstCell: records.count))
      }
      records.append(cell.record)
    }
    handler.builder.batch.rows = rows
    handler.builder.batch.cells = records
    isSorted = true
  }
}

/// What a workbook may take in memory while it is read, however small its file: a row of a few bytes may stand for a
/// million rows.
final class ImportBudget {
  /// Cells and merged ranges of one sheet that are wanted; what is beyond is left out.
  let sheetLimit: Int
  private let limit: Int
  private var spent = 0

  init(limits: Limits, sheetLimit: Int?) {
    limit = limits.importedSize
    self.sheetLimit = sheetLimit ?? .max
  }

  /// Counts bytes that something takes.
  ///
  /// - Throws: ``XLSXError/Code/limitExceeded`` if there are too many.
  func charge(_ bytes: Int) throws {
    spent += bytes
    guard spent <= limit else {
      throw XLSXError(
        .limitExceeded,
        "The workbook takes more than \(limit >> 20) MB when it is read, as only hostile files do.")
    }
  }
}
