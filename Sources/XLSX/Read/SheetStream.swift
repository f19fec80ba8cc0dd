/// Produces the records of one sheet, chunk by chunk, in memory that does not grow with the sheet.
final class SheetStream {
  private let reader: PartReader
  private let handler: SheetHandler
  private let parser: XMLPushParser
  private let buffer: UnsafeMutableRawBufferPointer
  private var isFinished = false

  /// - Parameter walker: Receives what the part holds besides the cells; without one the stream ends after them.
  init(package: Package, part: String, dateSystem: DateSystem, walker: XMLWalker?) throws {
    reader = try package.open(part)
    handler = SheetHandler(dateSystem: dateSystem, walker: walker)
    parser = try XMLPushParser(part: part, limits: package.limits, handler: handler)
    buffer = .allocate(byteCount: PartReader.chunkSize, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// The batch being filled, and the shared formulas that its cells refer to.
  var builder: SheetBuilder {
    _read { yield handler.builder }
    _modify { yield &handler.builder }
  }

  /// Drops the complete rows of the batch and reads until there is at least one more.
  ///
  /// - Returns: `false` at the end of the sheet.
  func fill() throws -> Bool {
    handler.builder.batch.removeCompleteRows()
    while handler.builder.batch.completeRows == 0 {
      if isFinished { return false }
      let count = try reader.read(into: buffer)
      if count == 0 {
        try parser.finish()
        isFinished = true
      } else {
        try parser.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
    return true
  }
}
