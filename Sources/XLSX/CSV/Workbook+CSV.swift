#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Workbook {
  /// As ``writeCSV(ofSheetAt:to:options:)``, by the file's path.
  package func writeCSV(ofSheetAt position: Int, to path: String, options: CSVOptions = .init()) throws {
    try XLSXError.locating(file: path) {
      try AtomicFile.replace(path: path) { temporary in
        let descriptor = open(temporary, O_WRONLY | O_TRUNC | O_CLOEXEC)
        guard descriptor >= 0 else {
          throw XLSXError(
            .fileAccess, "\(path) cannot be written.", cause: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        try writeCSV(ofSheetAt: position, toDescriptor: descriptor, options: options)
      }
    }
  }

  /// Writes a sheet as CSV to a file, in one step: the file is there whole or not at all.
  ///
  ///     try book.writeCSV(ofSheetAt: 0, to: URL(filePath: "明细.csv"))
  ///
  /// Each row of the sheet is a line. Rows without content are empty lines, those at the end are left out; the other
  /// lines have as many fields as the widest before them. Numbers are written with the fewest digits that stand for
  /// them, logical values as `TRUE` and `FALSE`, formulas as their stored results.
  ///
  /// A sheet that was added, or whose cells were changed, is written as it is now; any other is streamed from its file.
  ///
  /// - Complexity: O(size of the sheet) in time, O(1) in memory apart from the shared strings.
  /// - Throws: ``XLSXError`` if the sheet is damaged or is no worksheet, or the file cannot be written.
  public func writeCSV(ofSheetAt position: Int, to url: URL, options: CSVOptions = .init()) throws {
    try writeCSV(ofSheetAt: position, to: try LocalFile.path(of: url), options: options)
  }

  /// A sheet as the bytes of a CSV file.
  ///
  /// - Complexity: O(size of the sheet) in time and memory.
  public func csv(ofSheetAt position: Int, options: CSVOptions = .init()) throws -> Data {
    Data(try csvBytes(ofSheetAt: position, descriptor: nil, options: options))
  }

  /// Writes a sheet as CSV to an open file, pipe or terminal.
  ///
  /// - Throws: As ``writeCSV(ofSheetAt:to:options:)``.
  package func writeCSV(
    ofSheetAt position: Int, toDescriptor descriptor: Int32, options: CSVOptions = .init()
  )
    throws
  {
    _ = try csvBytes(ofSheetAt: position, descriptor: descriptor, options: options)
  }

  /// Writes to a descriptor, or gives the bytes back.
  private func csvBytes(ofSheetAt position: Int, descriptor: Int32?, options: CSVOptions) throws -> [UInt8] {
    if hasMovedCells || (sheets.indices.contains(position) && unloadedCells[keys[position]] != nil) {
      _ = try sheet(at: position)
    }
    if let sheet = loadedSheet(at: position), !sheet.isAsInFile {
      var table = table(descriptor: descriptor, strings: SharedStrings(), options: options)
      for row in sheet.content.cells.rows { try table.add(row) }
      return try table.finish()
    }
    let key = sheets.indices.contains(position) ? keys[position] : -1
    if let imported, imported.sheets.indices.contains(key) {
      var table = table(descriptor: descriptor, strings: imported.strings, options: options)
      try table.add(imported.sheets[key].content.handler.builder)
      return try table.finish()
    }
    guard sheets.indices.contains(position), let source else {
      throw XLSXError(
        .noSuchSheet, "There is no sheet at position \(position) to read; the workbook has \(sheets.count).")
    }
    try loadStyles()
    return try located(position) {
      let part = try source.sheetPart(at: key, name: sheets[position].name)
      let stream = try SheetStream(package: source.package, part: part, dateSystem: dateSystem, walker: nil)
      var table = table(descriptor: descriptor, strings: try source.sharedStrings(), options: options)
      while try stream.fill() { try table.add(stream.builder) }
      return try table.finish()
    }
  }

  private func table(descriptor: Int32?, strings: SharedStrings, options: CSVOptions) -> CSVTable {
    CSVTable(
      writer: CSVWriter(descriptor: descriptor, options: options), strings: strings,
      formats: options.isFormatted
        ? FormatCache(styles, dateSystem: dateSystem, language: options.language) : nil)
  }
}

/// Turns batches of cell records into lines.
private struct CSVTable: ~Copyable {
  var writer: CSVWriter
  let strings: SharedStrings
  /// What the cells' formats make of their values; `nil` writes stored values.
  let formats: FormatCache?
  /// The last row that became a line.
  private var lastRow = 0
  /// The most fields of a line so far.
  private var width = 0

  init(writer: consuming CSVWriter, strings: SharedStrings, formats: FormatCache?) {
    self.writer = writer
    self.strings = strings
    self.formats = formats
  }

  mutating func add(_ builder: borrowing SheetBuilder) throws {
    for position in 0..<builder.batch.completeRows {
      let cells = builder.batch.cells(ofRow: position)
      // Rows that carry only formats have nothing to write.
      guard let last = cells.last(where: { builder.batch.cells[$0].kind != .empty }) else { continue }
      // Rows come in ascending order except in damaged files, whose rows follow one another.
      let row = Int(builder.batch.rows[position].index)
      while lastRow + 1 < row {
        try writer.endRecord(width: 0)
        lastRow += 1
      }
      lastRow = max(row, lastRow)
      if areAscending(builder.batch.cells[cells]) {
        for index in cells.lowerBound...last { write(builder.batch.cells[index], builder) }
      } else {
        let sorted = builder.batch.cells[cells].sorted { $0.column < $1.column }
        for (cell, next) in zip(sorted, sorted.dropFirst()) where cell.column != next.column {
          write(cell, builder)
        }
        if let cell = sorted.last { write(cell, builder) }
      }
      width = max(width, Int(builder.batch.cells[last].column))
      try writer.endRecord(width: width)
    }
  }

  /// Adds a row of a sheet in memory.
  mutating func add(_ row: CellStore.Row) throws {
    guard let last = row.cells.last(where: { !$0.value.isEmpty }) else { return }
    while lastRow + 1 < row.index {
      try writer.endRecord(width: 0)
      lastRow += 1
    }
    lastRow = row.index
    for cell in row.cells where cell.column >= 1 && cell.column <= last.column {
      let result = cell.value.result
      let field = cell.column - 1
      if let formats {
        guard !result.isEmpty else { continue }
        var text = formats.text(for: result, style: UInt32(clamping: cell.style))
        text.withUTF8 { writer.text($0, field: field) }
        continue
      }
      switch result {
      case .empty, .formula: break
      case .number(let number): writer.number(number, field: field)
      case .bool(let bool): writer.bool(bool, field: field)
      case .text, .richText, .error:
        var text = result.text ?? result.error?.text ?? ""
        text.withUTF8 { writer.text($0, field: field) }
      }
    }
    width = max(width, last.column)
    try writer.endRecord(width: width)
  }

  /// - Returns: What was written into memory.
  mutating func finish() throws -> [UInt8] {
    try writer.flush()
    return writer.bytes()
  }

  private func areAscending(_ cells: ArraySlice<CellRecord>) -> Bool {
    var last: UInt16 = 0
    for cell in cells {
      if cell.column <= last { return false }
      last = cell.column
    }
    return true
  }

  @inline(__always)
  private mutating func write(_ cell: CellRecord, _ builder: borrowing SheetBuilder) {
    let field = Int(cell.column) &- 1
    if let formats, !formats.isPlain(cell.style), cell.kind != .empty {
      let value = builder.result(of: cell, strings: strings)
      var text = formats.text(for: value, style: cell.style)
      text.withUTF8 { writer.text($0, field: field) }
      return
    }
    switch cell.kind {
    case .empty: break
    case .number:
      let number = Double(bitPattern: cell.bits)
      // General shows at most eleven characters; a file shows what is stored unless asked for what is seen.
      if let formats {
        var text = formats.text(for: .number(number), style: cell.style)
        text.withUTF8 { writer.text($0, field: field) }
      } else {
        writer.number(number, field: field)
      }
    case .bool: writer.bool(cell.bits != 0, field: field)
    case .sharedString: writer.text(strings.bytes(Int(truncatingIfNeeded: cell.bits)), field: field)
    case .text, .error:
      writer.text(builder.batch.text.bytes(at: cell.textOffset, count: cell.textCount), field: field)
    case .richText:
      var text = builder.result(of: cell, strings: strings).text ?? ""
      text.withUTF8 { writer.text($0, field: field) }
    }
  }
}

/// The compiled number format of each cell format, made when a cell first has it.
private final class FormatCache {
  private let styles: StyleTable
  private let dateSystem: DateSystem
  private let language: CompiledNumberFormat.Language
  private var formats: [UInt32: CompiledNumberFormat] = [:]

  init(_ styles: StyleTable, dateSystem: DateSystem, language: CompiledNumberFormat.Language) {
    self.styles = styles
    self.dateSystem = dateSystem
    self.language = language
  }

  /// Whether texts of this format are shown as they are.
  func isPlain(_ style: UInt32) -> Bool { format(style).isGeneral }

  func text(for value: CellValue, style: UInt32) -> String {
    format(style).text(for: value, dateSystem: dateSystem)
  }

  private func format(_ style: UInt32) -> CompiledNumberFormat {
    if let format = formats[style] { return format }
    let format = CompiledNumberFormat(styles[Int(style)].numberFormat, language: language)
    formats[style] = format
    return format
  }
}
