import Foundation
import XLSX

/// A sheet as it is, whether or not it holds a form: a workbook's sheet as CSV, or CSV as a workbook.
///
/// .xlsx and UTF-8 are streamed and can be of any length; other formats and character sets are read whole.
public struct SheetConversion: Sendable {
  public enum Target: String, Hashable, Sendable {
    case csv, xlsx
  }

  /// Which sheet of a workbook; `nil` takes the first visible one.
  public var sheet: String?
  /// Whether numbers are written as Excel shows them.
  public var isFormatted = false
  public var language = Language.chinese
  public var limits = IntakeLimits.default

  public init() {}

  /// What a file is turned into if nobody says: CSV into a workbook, anything else into CSV.
  ///
  /// - Throws: ``FormsError`` (`input`) if the file cannot be read.
  public func usualTarget(of path: String) throws -> Target {
    switch try source(path) {
    case .text: .xlsx
    case .workbook, .other: .csv
    }
  }

  /// Writes a sheet as CSV.
  ///
  /// - Parameter output: The file to write; `nil` for stdout.
  /// - Throws: ``FormsError`` (`input`) if the file cannot be read or has no such sheet; `XLSXError` if it is damaged or
  ///   the output cannot be written.
  public func writeCSV(of path: String, to output: String?) throws {
    switch try source(path) {
    case .workbook: try writeSheet(ofWorkbook: path, to: output)
    case .text:
      throw Self.failure(
        path, "本来就是文本表格，可用 --to xlsx 转成工作簿", "is text already; --to xlsx makes a workbook of it")
    case .other(let format): try writeGrid(path, format: format, to: output)
    }
  }

  /// Makes a workbook of CSV text. Plain numbers become numbers and `TRUE` and `FALSE` logical values; everything else,
  /// codes with leading zeros and numbers of more than 15 digits among them, stays the text it is.
  ///
  /// - Throws: ``FormsError`` (`input`) if the file is no text; `XLSXError` if the output cannot be written.
  public func writeWorkbook(ofCSV path: String, to output: String) throws {
    guard case .text = try source(path) else { throw Self.failure(path, "不是文本表格（csv）", "is no text (CSV)") }
    do {
      let head = try Self.head(of: path)
      let delimiter = head.withUnsafeBufferPointer { CSVDelimiter($0) }
      if delimiter.markLength == 0, TextDecoding.charset(of: Self.wholeLines(head))?.charset == .utf8 {
        let writer = try writer(to: output)
        try writer.appendCSV(contentsOfFile: path, delimiter: delimiter.byte)
        return try writer.finish()
      }
    } catch let error as XLSXError where error.code == .invalidContent {
      // UTF-8 at first and something else later: another character set, which only the whole text tells.
    }
    try writeDecoded(path, to: output)
  }

  private func writeDecoded(_ path: String, to output: String) throws {
    guard var text = TextDecoding.text(of: try bytes(of: path)[...]) else {
      throw Self.failure(path, "文字编码无法识别", "is in no character set that is known")
    }
    let writer = try writer(to: output)
    try text.withUTF8 { bytes in
      let delimiter = CSVDelimiter(bytes)
      var position = delimiter.markLength
      try writer.appendCSV(delimiter: delimiter.byte) { buffer in
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<(position + count)])
        position += count
        return count
      }
    }
    try writer.finish()
  }

  private func writer(to output: String) throws -> StreamingWorkbookWriter {
    let writer = try StreamingWorkbookWriter(to: URL(fileURLWithPath: output))
    try writer.addSheet(named: sheet ?? "Sheet1")
    return writer
  }

  private func writeSheet(ofWorkbook path: String, to output: String?) throws {
    let book = try Workbook(contentsOf: URL(fileURLWithPath: path))
    var position = book.sheets.firstIndex { $0.visibility == .visible && $0.kind == .worksheet } ?? 0
    if let sheet {
      guard let found = book.sheets.firstIndex(where: { $0.name == sheet }) else {
        throw noSheet(sheet, in: path, having: book.sheets.map(\.name))
      }
      position = found
    }
    var options = CSVOptions()
    options.isFormatted = isFormatted
    options.language = language == .chinese ? .chinese : .english
    if let output {
      try book.writeCSV(ofSheetAt: position, to: output, options: options)
    } else {
      try book.writeCSV(ofSheetAt: position, toDescriptor: 1, options: options)
    }
  }

  /// The other formats come as grids: what is stored, without number formats.
  private func writeGrid(_ path: String, format: FileFormat, to output: String?) throws {
    guard let reader = format.reader else {
      throw Self.failure(path, "\(format.rawValue)里没有表格", "\(format.rawValue) holds no table")
    }
    if isFormatted {
      throw Self.failure(path, "--formatted 只用于 .xlsx", "--formatted is for .xlsx only")
    }
    let book: GridBook
    do {
      book = try reader.read(bytes(of: path), format: format, limits: limits)
    } catch let problem as IntakeProblem {
      throw Self.failure(path, problem.why.chinese, problem.why.english)
    }
    guard let grid = book.grids.first(where: { sheet == nil ? !$0.isHidden : $0.name == sheet }) else {
      throw noSheet(sheet ?? "", in: path, having: book.grids.map(\.name))
    }
    guard grid.cells.count < GridBounds.cells else {
      throw Self.failure(path, "过大，请先另存为 .xlsx", "is too large; save it as .xlsx first")
    }
    let draft = SheetDraft(grid.name)
    for (reference, cell) in grid.cells { draft.put(.words(cell.value.words), at: reference, .default) }
    let text = draft.csv()
    guard let output else {
      FileHandle.standardOutput.write(Data(text.utf8))
      return
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    } catch {
      throw FormsError(
        .output, LocalizedText(zh: "无法写入，请检查路径和权限", en: "cannot be written; check path and permissions"),
        file: output)
    }
  }

  // What a file is.

  private enum Source {
    /// .xlsx and its kin: streamed.
    case workbook
    case text
    case other(FileFormat)
  }

  private func source(_ path: String) throws -> Source {
    let head = try Self.head(of: path)
    if head.starts(with: [0x50, 0x4B]) {
      // Its own parts tell what is in the archive; a workbook is not read whole for that.
      do {
        _ = try Workbook(contentsOf: URL(fileURLWithPath: path))
        return .workbook
      } catch let error as XLSXError where error.code == .notASpreadsheet {
        return try .other(FileSniffer.format(of: bytes(of: path), limits: limits))
      }
    }
    let format = FileSniffer.format(of: Array(Self.wholeLines(head)), limits: limits)
    if format == .csv { return .text }
    if let problem = IntakeProblem(unreadable: format, bytes: head) {
      throw Self.failure(path, problem.why.chinese, problem.why.english)
    }
    return .other(format)
  }

  private func bytes(of path: String) throws -> [UInt8] {
    do {
      return try FileLoader.bytes(at: path, limit: limits.fileSize)
    } catch {
      throw Self.failure(path, error.why.chinese, error.why.english)
    }
  }

  /// The beginning of a file, enough to tell what it is.
  private static func head(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      throw failure(path, "文件不存在或无法打开", "there is no such file, or it cannot be opened")
    }
    defer { fclose(file) }
    let head = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
    // Reading a folder fails only here.
    if ferror(file) != 0 { throw failure(path, "无法读取", "cannot be read") }
    return head
  }

  /// The bytes up to the last line break, so that no character is cut in two; all of them without one.
  private static func wholeLines(_ head: [UInt8]) -> ArraySlice<UInt8> {
    guard head.count == 1 << 16, let end = head.lastIndex(of: 0x0A) else { return head[...] }
    return head[...end]
  }

  private func noSheet(_ name: String, in path: String, having names: [String]) -> FormsError {
    Self.failure(
      path, "没有工作表“\(name)”，有：\(names.joined(separator: "、"))",
      "no sheet \"\(name)\"; there are: \(names.joined(separator: ", "))")
  }

  private static func failure(_ path: String, _ zh: String, _ en: String) -> FormsError {
    FormsError(.input, LocalizedText(zh: zh, en: en), file: path)
  }
}
