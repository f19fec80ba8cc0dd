/// The rows of streamed sheets on their way into parts.
struct RowStream: ~Copyable {
  private var writer: WorkbookWriter
  private let spillFolder: String?
  private var builder: PartBuilder
  private var sheet: Worksheet?
  private var part = ""
  private var position = 0
  /// The current row, or the last one ended.
  private(set) var row = 0
  private var column = 0
  private var isInRow = false
  private var hasStarted = false
  private var rowStyle: Int?
  /// The styles of whole columns, by column, as far as there are any; 0 at 0.
  private var columnStyles: [Int] = []
  /// What the sheet said of itself when its first row was written.
  private var head: SheetHead?
  /// The rows whose own settings were written.
  private var rowsWithSettings = 0
  /// The digits of the row and the quotation mark behind them, as up to eight bytes, and how many they are.
  private var rowDigits: (bytes: UInt64, count: Int) = (0, 0)

  init(_ writer: consuming WorkbookWriter, spillFolder: String?) {
    self.writer = writer
    self.spillFolder = spillFolder
    builder = PartBuilder(spillFolder: spillFolder)
  }

  mutating func begin(_ sheet: Worksheet, position: Int) {
    self.sheet = sheet
    self.position = position
    part = writer.addSheetPart()
    builder = PartBuilder(spillFolder: spillFolder, isLarge: true)
    row = 0
    isInRow = false
    hasStarted = false
  }

  mutating func end() throws(XLSXError) {
    guard let sheet else { return }
    if isInRow { try endRow() }
    startIfNeeded()
    try WorkbookRules.check(sheet)
    if let head, head != SheetHead(sheet.content) {
      throw ContentRules.invalid(
        "Columns, panes, the tab's colour and the sheet's default sizes were set after the first row of a streamed sheet; set them before it",
        sheet: sheet.name)
    }
    if rowsWithSettings != sheet.content.cells.rows.count {
      throw ContentRules.invalid(
        "The height or visibility of a row was set after the row was written, or for a row that was not; set it before the row",
        sheet: sheet.name)
    }
    try writer.appendSheetEnd(sheet, part: part, to: &builder.xml)
    var finished = PartBuilder(spillFolder: spillFolder)
    swap(&finished, &builder)
    try finished.finish(as: part, type: .worksheet, in: &writer.package)
    self.sheet = nil
  }

  consuming func finishWriter() throws(XLSXError) -> ZipWriter { try writer.finish() }

  /// The archive; the stream is used up.
  mutating func finish() throws(XLSXError) -> ZipWriter {
    let workbook = writer.workbook
    var finished = RowStream(WorkbookWriter(workbook, spillFolder: nil), spillFolder: nil)
    swap(&finished, &self)
    return try finished.finishWriter()
  }

  mutating func skip(_ count: Int) throws(XLSXError) {
    guard count >= 0, count <= CellReference.maximumRow - row else { throw behindTheEnd() }
    row += count
  }

  mutating func beginRow(style: Int?, height: Double? = nil) throws(XLSXError) {
    guard let sheet else { throw ContentRules.invalid("There is no sheet to append to; add one first") }
    if isInRow { try endRow() }
    guard row < CellReference.maximumRow else { throw behindTheEnd() }
    try ContentRules.checkHeight(height, ofRow: row + 1, sheet: sheet.name)
    startIfNeeded()
    row += 1
    column = 0
    isInRow = true
    rowStyle = style
    var settings = RowSettings()
    if !sheet.content.cells.isEmpty, let own = sheet.content.cells.settings(ofRow: row) {
      rowsWithSettings += 1
      settings = own
      rowStyle = style ?? own.style
    }
    if let height { settings.height = height }
    setRowDigits()
    CellXML.appendStart(of: row, settings, isEmpty: false, to: &builder.xml)
  }

  mutating func endRow() throws(XLSXError) {
    guard isInRow else { throw ContentRules.invalid("No row has been begun") }
    isInRow = false
    builder.xml.append("</row>")
    if builder.isFull { try builder.handOver() }
    if writer.strings.isFull { try writer.strings.handOver(spillFolder: spillFolder) }
  }

  mutating func append(_ value: CellValue) throws(XLSXError) {
    let style = try nextColumn()
    if value == .empty && style == 0 { return }
    try CellXML.append(
      CellStore.Cell(column: column, style: style, value: value), row: row, sheet: sheet?.name ?? "",
      to: &builder.xml, strings: &writer.strings)
  }

  /// - Parameter style: In place of the row's and the column's.
  mutating func append(_ value: CellValue, style: Int) throws(XLSXError) {
    _ = try nextColumn()
    if value == .empty && style == 0 { return }
    try CellXML.append(
      CellStore.Cell(column: column, style: style, value: value), row: row, sheet: sheet?.name ?? "",
      to: &builder.xml, strings: &writer.strings)
  }

  mutating func append(number bytes: UnsafeRawBufferPointer) throws(XLSXError) {
    let style = try nextColumn()
    if bytes.isEmpty || bytes.count > 40 || !bytes.allSatisfy(Self.isNumeric) {
      throw ContentRules.invalid(
        "\"\(String(decoding: bytes.prefix(40), as: UTF8.self))\" is no number", sheet: sheet?.name,
        cell: place)
    }
    appendCellStart(style)
    builder.xml.append("><v>")
    builder.xml.append(bytes)
    builder.xml.append("</v></c>")
  }

  mutating func append(text bytes: UnsafeRawBufferPointer) throws(XLSXError) {
    let style = try nextColumn()
    let hash = ByteInterner.hash(bytes)
    var index = writer.strings.find(bytes, hash)
    if index == nil { index = try addText(bytes, hash) }
    guard let index else {
      appendCellStart(style)
      builder.xml.append(" t=\"inlineStr\"><is>")
      builder.xml.element("t", text: String(decoding: bytes, as: UTF8.self))
      builder.xml.append("</is></c>")
      return
    }
    appendCellStart(style)
    builder.xml.append(" t=\"s\"><v>")
    builder.xml.append(decimal: index)
    builder.xml.append("</v></c>")
  }

  /// Checks a text that has not come before and adds it to the table; `nil` if that takes no more.
  private mutating func addText(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64) throws(XLSXError) -> Int? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ContentRules.invalid(
        "The text is no UTF-8; find out its encoding first", sheet: sheet?.name, cell: place)
    }
    try ContentRules.checkLength(
      text, atMost: ContentRules.maximumTextLength, "The text", sheet: sheet?.name, cell: place)
    return writer.strings.add(bytes, hash)
  }

  private var place: CellReference { CellReference(row: row, column: column) }

  /// The style of the next cell, whose column becomes the current one.
  @inline(__always)
  private mutating func nextColumn() throws(XLSXError) -> Int {
    if !isInRow || column >= CellReference.maximumColumn { throw noNextColumn() }
    column &+= 1
    if let rowStyle { return rowStyle }
    return column < columnStyles.count ? columnStyles[column] : 0
  }

  /// `<c r="A1"`, and the style if there is one.
  @inline(__always)
  private mutating func appendCellStart(_ style: Int) {
    builder.xml.append("<c r=\"")
    builder.xml.append(column: column)
    let digits = rowDigits
    builder.xml.appendUnchecked(limit: 8) { target in
      UnsafeMutableRawPointer(target).storeBytes(of: digits.bytes, as: UInt64.self)
      return digits.count
    }
    if style != 0 { builder.xml.attribute("s", style) }
  }

  private mutating func setRowDigits() {
    var bytes = UInt64(UInt8(ascii: "\""))
    var count = 1
    var rest = row
    while rest > 0 {
      bytes = bytes << 8 | UInt64(UInt8(ascii: "0") + UInt8(rest % 10))
      count += 1
      rest /= 10
    }
    rowDigits = (bytes.littleEndian, count)
  }

  private mutating func startIfNeeded() {
    guard !hasStarted, let sheet else { return }
    hasStarted = true
    head = SheetHead(sheet.content)
    rowsWithSettings = 0
    columnStyles = []
    for run in sheet.content.columns {
      guard let style = run.settings.style, run.range.upperBound <= CellReference.maximumColumn else {
        continue
      }
      let missing = run.range.upperBound + 1 - columnStyles.count
      if missing > 0 { columnStyles.append(contentsOf: repeatElement(0, count: missing)) }
      for column in run.range { columnStyles[column] = style }
    }
    writer.appendSheetStart(sheet, position: position, usedRange: nil, to: &builder.xml)
  }

  @inline(__always)
  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private func noNextColumn() -> XLSXError {
    isInRow
      ? ContentRules.invalid("A row has 16,384 cells at most", sheet: sheet?.name, cell: place)
      : ContentRules.invalid("No row has been begun", sheet: sheet?.name)
  }

  private func behindTheEnd() -> XLSXError {
    ContentRules.invalid("A sheet has 1,048,576 rows; go on with another sheet", sheet: sheet?.name)
  }
}

/// What of a sheet stands before its rows in the file.
private struct SheetHead: Equatable {
  private let columns: [ClosedRange<Int>: ColumnSettings]
  private let view: SheetView
  private let sizes: [Double?]
  private let tabColor: Color?
  private let scaling: PageSetup.Scaling

  init(_ content: SheetContent) {
    columns = Dictionary(
      content.columns.map { ($0.range, $0.settings) }, uniquingKeysWith: { _, last in last })
    view = content.view
    sizes = [content.defaultRowHeight, content.defaultColumnWidth]
    tabColor = content.tabColor
    scaling = content.pageSetup.scaling
  }
}
