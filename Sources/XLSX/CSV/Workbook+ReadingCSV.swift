#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Workbook {
  /// A new workbook with the records of CSV text on its one sheet. A field becomes a number where a cell can hold it without
  /// changing it, `TRUE` and `FALSE` become logical values; codes such as `007` stay text.
  ///
  ///     let book = try Workbook(csv: data)
  ///
  /// - Parameters:
  ///   - data: UTF-8, with or without a byte order mark.
  ///   - delimiter: The byte between fields.
  ///   - name: Of the sheet.
  /// - Throws: ``XLSXError/Code/invalidContent`` for text that is no UTF-8 or longer than a sheet, or a field longer than a cell.
  ///   ``StreamingWorkbookWriter/appendCSV(contentsOf:delimiter:)`` takes any length in constant memory.
  public convenience init(
    csv data: Data, delimiter: UInt8 = UInt8(ascii: ","), sheetName name: String = "Sheet1"
  ) throws {
    self.init()
    let sheet = try addSheet(named: name)
    var bytes = Array(data)[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ContentRules.invalid("The text is no UTF-8; find out its encoding first")
    }
    var scanner = CSVScanner(delimiter: delimiter)
    var rows = RowCollector(sheet: sheet)
    _ = try bytes.withUnsafeBytes { try scanner.scan($0, isLast: true, into: &rows) }
  }

  /// A new workbook with the records of a CSV file on its one sheet; as ``init(csv:delimiter:sheetName:)``.
  public convenience init(
    contentsOfCSV url: URL, delimiter: UInt8 = UInt8(ascii: ","), sheetName name: String = "Sheet1"
  ) throws {
    var data = Data()
    try XLSXError.locating(file: url.relativePath) {
      try AtomicFile.read(LocalFile.path(of: url)) { data.append(contentsOf: $0) }
    }
    try self.init(csv: data, delimiter: delimiter, sheetName: name)
  }
}

/// Puts fields into the cells of a sheet.
private struct RowCollector: CSVConsumer {
  let sheet: Worksheet
  private var row = 1
  private var column = 0

  init(sheet: Worksheet) { self.sheet = sheet }

  mutating func field(_ bytes: UnsafeRawBufferPointer) throws {
    column += 1
    guard row <= CellReference.maximumRow, column <= CellReference.maximumColumn else {
      throw ContentRules.invalid("The text has more rows or columns than a sheet", sheet: sheet.name)
    }
    guard let value = CellValue(csvField: bytes) else { return }
    let cell = CellReference(row: row, column: column)
    if let text = value.text {
      try ContentRules.checkLength(
        text, atMost: ContentRules.maximumTextLength, "The text", sheet: sheet.name, cell: cell)
    }
    sheet[cell] = value
  }

  mutating func endRecord() {
    row += 1
    column = 0
  }
}
