#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Changes cells of a large sheet part while it streams from one archive into another, in memory that does not grow with the
/// sheet.
///
/// Two look at the bytes as they come: ``SheetStream`` makes sure that the part is sound and its rows are written plainly, and
/// says which rows there are; this cuts them into stretches of whole rows. A stretch in which something changes goes through
/// ``SheetSplicer``, as a small sheet of its own; all others are copied.
final class StreamedSplice {
  struct Result {
    /// The changed part.
    var entry: ZipEntry
    var changesFormulas: Bool
    var hasFormulas: Bool
    var merges: [CellRange]
  }

  /// A part of less bytes is changed as a whole.
  static let smallestPart: UInt64 = 4 << 20

  private let sheet: String
  private let part: String
  private let edits: [CellReference: CellEdit]
  private let rows: [Int: RowChange]
  private let dynamicArrayIndex: Int
  private let changedRows: Set<Int>
  /// The rows that change and have not come yet, in falling order.
  private var due: [Int]
  private var cells: [Int: [CellReference]]
  /// Bytes that have come and gone no further.
  private var pending: [UInt8] = []
  /// What stands before the rows, as it will be.
  private var head: [UInt8]?
  /// The last row that the reader has met, and those that change.
  private var lastRow = 0
  private var met: Set<Int> = []
  private var made: Set<Int> = []
  private var arrays = RangeIndex()
  private var changesFormulas = false
  private let output = PartStream(spillFolder: nil)
  private var buffer = ByteBuffer(capacity: PartStream.batchSize + PartReader.chunkSize)

  /// What closes a stretch of rows.
  private static let tail = Array("</sheetData></worksheet>".utf8)

  init(
    sheet: String, part: String, edits: [CellReference: CellEdit], rows: [Int: RowChange],
    dynamicArrayIndex: Int = 1
  ) {
    self.sheet = sheet
    self.part = part
    self.edits = edits
    self.rows = rows
    self.dynamicArrayIndex = dynamicArrayIndex
    cells = Dictionary(grouping: edits.keys, by: \.row)
    changedRows = Set(cells.keys).union(rows.keys)
    due = changedRows.sorted(by: >)
  }

  /// - Returns: `nil` for a part that has to be changed as a whole: rows in disorder or not written plainly, a shared formula
  ///   whose text goes, a what-if table.
  /// - Throws: ``XLSXError`` for a damaged part, or a cell that cannot be changed alone.
  /// - Complexity: O(bytes of the part), and some megabytes of memory.
  func applied(to package: Package) throws -> Result? {
    let parts = SheetParts(only: ["mergeCells"])
    let stream = try SheetStream(
      package: package, part: part, dateSystem: .excel1900,
      walker: XMLWalker(part: part, visit: parts.visit, collected: parts.take))
    stream.tap { [unowned self] in pending.append(contentsOf: $0) }
    while try stream.fill() {
      guard stream.canBePlain, note(stream.builder) else { return nil }
      if !stream.isPlain, try !copyWholeRows() { return nil }
    }
    guard stream.isPlain, try finish() else { return nil }
    for (cell, edit) in edits where edit.value != nil {
      try SheetSplicer.check(cell, isOutside: arrays, sheet: sheet)
    }
    return Result(
      entry: try output.finish(name: String(part.drop { $0 == "/" })), changesFormulas: changesFormulas,
      hasFormulas: stream.builder.hasFormulas || changesFormulas, merges: parts.content.merges)
  }

  /// Takes note of the rows that have been read; `false` if they are in disorder.
  private func note(_ builder: borrowing SheetBuilder) -> Bool {
    for record in builder.batch.rows[..<builder.batch.completeRows] {
      let row = Int(record.index)
      guard row > lastRow else { return false }
      lastRow = row
      if changedRows.contains(row) { met.insert(row) }
    }
    for formula in builder.batch.formulas where formula.kind == .array {
      if let area = formula.range, !area.isSingleCell { arrays.append(area) }
    }
    return !builder.hasDataTables
  }

  // The bytes

  /// Passes on what stands before the last row that has begun.
  private func copyWholeRows() throws -> Bool {
    guard try startIfNeeded() else { return false }
    guard let (place, row) = lastRowStart() else { return true }
    return try pass(place, before: row)
  }

  private func finish() throws -> Bool {
    guard try startIfNeeded(), let end = place(of: "</sheetData", forwards: true),
      try pass(end, before: Int.max)
    else { return false }
    try write(pending[...])
    try output.write(&buffer)
    // Where reader and splicer understand rows differently, the splicer has put in what is there.
    return made == changedRows.subtracting(met)
  }

  /// Passes the head on, with the dimension that the sheet will have.
  private func startIfNeeded() throws -> Bool {
    if head != nil { return true }
    var prolog = PlainProlog(tag: "<sheetData")
    guard case .found(_, let end) = pending.withUnsafeBytes({ prolog.look(at: $0) }) else { return false }
    let splicer = SheetSplicer(sheet: sheet, part: part, bytes: pending[..<end] + Self.tail)
    guard let extended = splicer.extendingDimension(for: edits) else { return false }
    let head = Array(extended.dropLast(Self.tail.count))
    self.head = head
    try write(head[...])
    pending.removeSubrange(..<end)
    return true
  }

  /// Passes so many of the pending bytes on, and with them all changes of rows before a row.
  private func pass(_ count: Int, before row: Int) throws -> Bool {
    var edits: [CellReference: CellEdit] = [:]
    var changes: [Int: RowChange] = [:]
    while let number = due.last, number < row {
      due.removeLast()
      changes[number] = rows[number]
      for cell in cells[number] ?? [] { edits[cell] = self.edits[cell] }
    }
    defer { pending.removeSubrange(..<count) }
    guard !edits.isEmpty || !changes.isEmpty, let head else {
      try write(pending[..<count])
      return true
    }
    var splicer = SheetSplicer(
      sheet: sheet, part: part, bytes: head + pending[..<count] + Self.tail,
      dynamicArrayIndex: dynamicArrayIndex)
    let result = try splicer.apply(edits, rows: changes)
    changesFormulas = changesFormulas || splicer.changesFormulas
    made.formUnion(splicer.madeRows)
    try write(result.bytes[head.count..<(result.bytes.count - Self.tail.count)])
    return !splicer.freesFormulas
  }

  private func write(_ bytes: ArraySlice<UInt8>) throws {
    bytes.withUnsafeBytes { buffer.append($0) }
    if buffer.count >= PartStream.batchSize { try output.write(&buffer) }
  }

  /// Where the last row begins whose start tag is whole, and its number; `nil` if there is none with a number.
  private func lastRowStart() -> (place: Int, row: Int)? {
    guard let place = place(of: "<row ", forwards: false),
      let end = pending[place...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    var scanner = MarkupScanner(Array(pending[place...end]))
    guard let tag = scanner.next(), let row = scanner.value("r", of: tag).flatMap({ Int($0) }) else {
      return nil
    }
    return (place, row)
  }

  private func place(of text: StaticString, forwards: Bool) -> Int? {
    let count = text.utf8CodeUnitCount
    return pending.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, bytes.count >= count else { return nil }
      let places = 0...(bytes.count - count)
      func isThere(_ place: Int) -> Bool {
        bytes[place] == text.utf8Start[0] && memcmp(base + place, text.utf8Start, count) == 0
      }
      return forwards ? places.first(where: isThere) : places.last(where: isThere)
    }
  }
}
