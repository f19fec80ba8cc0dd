/// Produces the records of one sheet, chunk by chunk, in memory that does not grow with the sheet.
///
/// libxml2 reads what stands before and after the rows. The rows are the byte scanner's as long as they are written
/// plainly; where they are not, libxml2 goes on from there. Both work on one ``SheetBuilder``.
final class SheetStream {
  private enum Phase {
    case prolog, rows, rest, finished
  }

  private let part: String
  private let chunks: ChunkPipeline
  /// Holds the batch of records.
  let handler: SheetHandler
  private let parser: XMLPushParser
  private var window = ScanWindow()
  private var prolog = PlainProlog(tag: "<sheetData")
  private var scanner = SheetScanner()
  private var phase: Phase
  /// Whether the scanner has read every row.
  private(set) var isPlain = false

  /// - Parameters:
  ///   - walker: Receives what the part holds besides the rows.
  ///   - usesScanner: Without it libxml2 reads everything: the reference that the scanner is held against.
  init(package: Package, part: String, dateSystem: DateSystem, walker: XMLWalker?, usesScanner: Bool = true)
    throws
  {
    self.part = part
    chunks = ChunkPipeline(reader: try package.open(part))
    handler = SheetHandler(dateSystem: dateSystem, walker: walker)
    parser = try XMLPushParser(part: part, limits: package.limits, handler: handler)
    phase = usesScanner ? .prolog : .rest
  }

  /// Whether the scanner may still turn out to have read every row.
  var canBePlain: Bool { isPlain || phase == .prolog || phase == .rows }

  /// Lets a closure see the part's bytes as they come.
  func tap(_ body: @escaping (UnsafeRawBufferPointer) -> Void) { chunks.tap = body }

  /// The batch being filled, and the shared formulas that its cells refer to.
  var builder: SheetBuilder {
    _read { yield handler.builder }
  }

  /// Drops the complete rows of the batch and reads until there is at least one more.
  ///
  /// - Parameter strings: The shared strings, in which every one that a cell names must exist.
  /// - Returns: `false` at the end of the sheet.
  func fill(_ strings: SharedStrings) throws -> Bool {
    guard try fill() else { return false }
    do {
      try handler.builder.check(strings)
    } catch var error as XLSXError {
      error.part = part
      throw error
    }
    return true
  }

  /// As ``fill(_:)``, without looking at the shared strings.
  func fill() throws -> Bool {
    handler.builder.removeCompleteRows()
    while handler.builder.batch.completeRows == 0 {
      if phase == .finished { return false }
      do {
        try advance()
      } catch var error as XLSXError {
        if error.part == nil { error.part = part }
        throw error
      }
    }
    return true
  }

  private func advance() throws {
    try window.refill(from: chunks)
    switch phase {
    case .prolog: try advanceProlog()
    case .rows: try advanceRows()
    case .rest, .finished: try advanceRest()
    }
  }

  private func advanceProlog() throws {
    switch window.isLast || window.count > ScanWindow.largestToken ? .notPlain : prolog.look(at: window.bytes)
    {
    case .found(_, let end):
      try feed(end)
      phase = handler.isAtRows ? .rows : .rest
      if phase == .rows { try advanceRows() }
    case .notYet(let done):
      try feed(done)
    case .notPlain:
      phase = .rest
    }
  }

  private func advanceRows() throws {
    parser.hasSkipped = true
    switch try window.scan({ try scanner.scan($0, from: &$1, into: &handler.builder) }) {
    case .more where window.count <= ScanWindow.largestToken: return
    case .ended:
      isPlain = true
      try parser.feed("</sheetData>")
    case .more, .notPlain:
      if scanner.isInRow {
        handler.resumeRow()
        try parser.feed("<row>")
      }
    }
    phase = .rest
  }

  private func advanceRest() throws {
    let isLast = window.isLast
    try feed(window.count)
    if isLast {
      try parser.finish()
      phase = .finished
    }
  }

  /// Gives libxml2 the first bytes of the window.
  private func feed(_ count: Int) throws {
    try parser.feed(UnsafeRawBufferPointer(rebasing: window.bytes[..<count]))
    window.drop(count)
  }
}
