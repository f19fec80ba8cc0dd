import Foundation
import XLSX

/// A sheet as it is, whether or not it holds a form: a workbook's sheet as CSV, or CSV as a workbook.
///
/// .xlsx and text are streamed and can be of any length; other formats are read whole.
public struct SheetConversion: Sendable {
  public enum Target: String, Hashable, Sendable {
    case csv, xlsx
  }

  /// Which sheet of a workbook; `nil` takes the first visible one.
  public var sheet: String?
  /// Whether numbers are written as Excel shows them.
  public var isFormatted = false
  /// Whether CSV begins with a byte order mark, without which Excel takes it for GBK on a Chinese system.
  public var hasByteOrderMark = true
  public var language = Language.chinese
  public var limits = IntakeLimits.default

  public init() {}

  /// What a file is turned into if nobody says: CSV into a workbook, anything else into CSV.
  ///
  /// - Throws: ``FormsError`` (`input`) if the file cannot be read.
  public func usualTarget(of path: String) throws -> Target {
    switch try source(path) {
    case .text: .xlsx
    case .workbook: .csv
    }
  }

  /// Writes a sheet as CSV.
  ///
  /// - Parameter output: The file to write; `nil` for stdout.
  /// - Throws: ``FormsError`` (`input`) if the file cannot be read or has no such sheet; `XLSXError` if it is damaged or
  ///   the output cannot be written.
  public func writeCSV(of path: String, to output: String?) throws {
    switch try source(path) {
    case .workbook: try writeSheet(of: path, to: output)
    case .text:
      throw Self.failure(
        path, "本来就是文本表格，可用 --to xlsx 转成工作簿", "is text already; --to xlsx makes a workbook of it")
    }
  }

  /// Makes a workbook of CSV text. Plain numbers become numbers and `TRUE` and `FALSE` logical values; everything else,
  /// codes with leading zeros and numbers of more than 15 digits among them, stays the text it is.
  ///
  /// - Throws: ``FormsError`` (`input`) if the file is no text; `XLSXError` if the output cannot be written.
  public func writeWorkbook(ofCSV path: String, to output: String) throws {
    guard case .text(let charset, let markLength) = try source(path) else {
      throw Self.failure(path, "不是文本表格（csv）", "is no text (CSV)")
    }
    do {
      try write(path, as: charset, after: markLength, to: output)
    } catch let error as XLSXError where error.code == .invalidContent && charset == .utf8 {
      // UTF-8 at first and something else later: another character set, which only the whole text tells.
      try write(path, as: .gb18030, after: 0, to: output)
    }
  }

  private func write(
    _ path: String, as charset: TextDecoding.Charset, after markLength: Int, to output: String
  ) throws {
    do {
      // The beginning names the separator, or shows it.
      let stream = try TextStream(path: path, charset: charset, skipped: markLength)
      let delimiter = try Self.delimiter(TextStream(path: path, charset: charset, skipped: markLength))
      var skipped = delimiter.markLength
      let writer = try writer(to: output)
      try writer.appendCSV(delimiter: delimiter.byte) { buffer in
        var count = try stream.read(into: buffer)
        while skipped > 0, count > 0 {
          let dropped = min(skipped, count)
          skipped -= dropped
          count -= dropped
          if let base = buffer.baseAddress { memmove(base, base + dropped, count) }
          if count == 0 { count = try stream.read(into: buffer) }
        }
        return count
      }
      try writer.finish()
    } catch let problem as IntakeProblem {
      throw Self.failure(path, problem.why.chinese, problem.why.english)
    }
  }

  private static func delimiter(_ stream: TextStream) throws -> CSVDelimiter {
    let head = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      count = try stream.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    return head.withUnsafeBufferPointer { CSVDelimiter($0) }
  }

  private func writer(to output: String) throws -> StreamingWorkbookWriter {
    let writer = try StreamingWorkbookWriter(to: URL(fileURLWithPath: output))
    try writer.addSheet(named: sheet ?? "Sheet1")
    return writer
  }

  private func writeSheet(of path: String, to output: String?) throws {
    let book = try TableFile.open(path, limits: limits)
    var position = book.sheets.firstIndex { $0.visibility == .visible && $0.kind == .worksheet } ?? 0
    if let sheet {
      guard let found = book.sheets.firstIndex(where: { $0.name == sheet }) else {
        throw noSheet(sheet, in: path, having: book.sheets.map(\.name))
      }
      position = found
    }
    var options = CSVOptions()
    options.isFormatted = isFormatted
    options.hasByteOrderMark = hasByteOrderMark
    options.language = language == .chinese ? .chinese : .english
    if let output {
      try book.writeCSV(ofSheetAt: position, to: output, options: options)
    } else {
      try book.writeCSV(ofSheetAt: position, toDescriptor: 1, options: options)
    }
  }

  // What a file is.

  private enum Source {
    case workbook
    /// Text in a character set, behind a byte order mark of a length.
    case text(TextDecoding.Charset, markLength: Int)
  }

  /// What the beginning of a file is. Whether it is a workbook, and of which format, opening it tells.
  private func source(_ path: String) throws -> Source {
    let head = try Self.head(of: path)
    // A part of a text may end within a character, and without a mark UTF-16 is told by whole units.
    for part in [Self.wholeLines(head), head.prefix(head.count & ~1)] {
      guard FileSniffer.format(of: Array(part), limits: limits) == .csv,
        let (charset, markLength) = TextDecoding.charset(of: part)
      else { continue }
      return .text(charset, markLength: markLength)
    }
    if head.isEmpty {
      throw Self.failure(path, IntakeProblem.empty.why.chinese, IntakeProblem.empty.why.english)
    }
    return .workbook
  }

  /// The beginning of a file, enough to tell what it is.
  private static func head(of path: String) throws -> [UInt8] {
    // A pipe without a writer must not keep the program waiting.
    let descriptor = DiskPath.with(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    var status = stat()
    if descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      close(descriptor)
      throw failure(path, "不是可以读取的文件（可能是文件夹、管道或设备）", "is no file that can be read")
    }
    guard descriptor >= 0, let file = fdopen(descriptor, "rb") else {
      if descriptor >= 0 { close(descriptor) }
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
