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

extension StreamingWorkbookWriter {
  /// Adds the records of CSV text as rows of the current sheet.
  ///
  /// A field becomes a number if a cell can hold it without changing it, `TRUE` and `FALSE` become logical values, all
  /// else text: codes with leading zeros and numbers of more than 15 digits stay what they are. Text that is longer
  /// than a sheet goes on in further sheets, named after the first: `明细 (2)`.
  ///
  /// - Parameters:
  ///   - delimiter: The byte between fields.
  ///   - source: Fills a buffer with the next bytes, UTF-8, and says how many; 0 at the end.
  /// - Complexity: O(bytes) in time, O(1) in memory apart from shared texts.
  /// - Throws: ``XLSXError/Code/invalidContent`` for text that is no UTF-8 or a field longer than a cell; what the
  ///   source throws.
  public func appendCSV(
    delimiter: UInt8 = UInt8(ascii: ","), from source: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws {
    var scanner = CSVScanner(delimiter: delimiter)
    var rows = CSVRows(writer: self)
    var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 16)
    defer { buffer.deallocate() }
    var count = 0
    var isFirst = true
    while true {
      if count == buffer.count {
        // One field fills the buffer. A cell takes 32,767 characters, so no field may be longer than this for long.
        guard buffer.count < Self.longestField else {
          throw ContentRules.invalid("A field is longer than a cell can be; is a quotation mark missing?")
        }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
        buffer.deallocate()
        buffer = larger
      }
      let added = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      count = min(count + max(added, 0), buffer.count)
      if isFirst, added > 0 {
        // A mark of three bytes; a source that gives less at first is asked on.
        if count < 3 { continue }
        isFirst = false
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { count = shift(buffer, dropping: 3, of: count) }
      }
      let all = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      let used = try scanner.scan(all, isLast: added <= 0, into: &rows)
      if added <= 0 { return }
      count = shift(buffer, dropping: used, of: count)
    }
  }

  /// Adds the records of a CSV file, which must be UTF-8, with or without a byte order mark.
  ///
  /// - Throws: As ``appendCSV(delimiter:from:)``; ``XLSXError/Code/fileAccess`` if the file cannot be read.
  package func appendCSV(contentsOfFile path: String, delimiter: UInt8 = UInt8(ascii: ",")) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path) }
    defer { close(descriptor) }
    try appendCSV(delimiter: delimiter) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        if errno != EINTR { throw Self.unreadable(path) }
      }
    }
  }

  /// Adds the records of a CSV file, which must be UTF-8, with or without a byte order mark.
  ///
  /// - Throws: As ``appendCSV(delimiter:from:)``; ``XLSXError/Code/fileAccess`` if the file cannot be read.
  public func appendCSV(contentsOf url: URL, delimiter: UInt8 = UInt8(ascii: ",")) throws {
    try appendCSV(contentsOfFile: try LocalFile.path(of: url), delimiter: delimiter)
  }

  private static let chunkSize = 1 << 20
  private static let longestField = 8 << 20

  private static func unreadable(_ path: String) -> XLSXError {
    XLSXError(.fileAccess, "\(path) cannot be read", cause: String(cString: strerror(errno)))
  }

  private func shift(_ buffer: UnsafeMutableRawBufferPointer, dropping used: Int, of count: Int) -> Int {
    guard let base = buffer.baseAddress, used > 0 else { return count }
    memmove(base, base + used, count - used)
    return count - used
  }
}

/// Makes rows of the fields of CSV text.
private struct CSVRows: CSVConsumer {
  let writer: StreamingWorkbookWriter
  private let name: String
  private var sheets = 1
  private var isInRow = false

  init(writer: StreamingWorkbookWriter) {
    self.writer = writer
    name = writer.currentSheetName ?? ""
  }

  mutating func field(_ bytes: UnsafeRawBufferPointer) throws {
    if !isInRow { try begin() }
    switch CSVFieldKind(bytes) {
    case .empty: try writer.appendEmpty()
    case .number: try writer.appendNumber(utf8: bytes)
    case .bool(let bool): try writer.appendBool(bool)
    case .text: try writer.appendText(utf8: bytes)
    }
  }

  mutating func endRecord() throws {
    if isInRow {
      isInRow = false
      try writer.endRow()
    } else {
      if writer.rowCount == CellReference.maximumRow { try addSheet() }
      try writer.skipRows(1)
    }
  }

  private mutating func begin() throws {
    if writer.rowCount == CellReference.maximumRow { try addSheet() }
    try writer.beginRow()
    isInRow = true
  }

  private mutating func addSheet() throws {
    sheets += 1
    let number = " (\(sheets))"
    var base = name
    while base.utf16.count + number.utf16.count > 31 { base.removeLast() }
    try writer.addSheet(named: base + number)
  }
}
