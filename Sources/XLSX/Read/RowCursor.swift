/// The rows of a sheet, one at a time, straight from the file: a sheet of any length in the same small memory.
///
///     let rows = try book.rows(inSheet: "Sheet1")
///     while let row = try rows.next() {
///       for cell in row.cells { print(cell.reference, cell.value) }
///     }
///
/// Rows come in the order of the file, which in a sound file is ascending; rows that are not stored do not come. A cursor has
/// what sequences have, in versions that can throw, and is an `AsyncSequence` (``asynchronous``):
///
///     let long = try book.rows(inSheet: "明细").filter { ($0[3]?.number ?? 0) > 100 }.map { $0.index }
///
/// A row that is kept stays what it is. It costs memory: a cursor uses the memory of rows again once nobody holds them.
public final class RowCursor {
  /// `nil` for a sheet whose rows are all in the batch already.
  private let stream: SheetStream?
  private let parts: SheetParts
  private var context: RowContext
  private var position = -1
  private var isFinished = false

  init(source: WorkbookSource, part: String, dateSystem: DateSystem, styles: StyleTable) throws {
    parts = SheetParts(only: ["cols", "mergeCells"])
    let walker = XMLWalker(part: part, visit: parts.visit, collected: parts.take)
    let stream = try SheetStream(
      package: source.package, part: part, dateSystem: dateSystem, walker: walker)
    self.stream = stream
    context = RowContext(handler: stream.handler, strings: try source.sharedStrings(), styles: styles)
  }

  /// The rows of a sheet that has been read whole.
  init(_ handler: SheetHandler, parts: SheetParts, strings: SharedStrings, styles: StyleTable) {
    stream = nil
    self.parts = parts
    context = RowContext(handler: handler, strings: strings, styles: styles)
  }

  /// The next row; `nil` at the end, and ever after.
  ///
  /// - Throws: ``XLSXError`` where the sheet is damaged or passes a limit.
  public func next() throws -> Row? {
    guard !isFinished else { return nil }
    position += 1
    if position >= context.handler.builder.batch.completeRows {
      position = 0
      if stream != nil, !isKnownUniquelyReferenced(&context) { leaveRowsBehind() }
      guard let stream, try stream.fill(context.strings) else {
        isFinished = true
        return nil
      }
    }
    return Row(context: context, record: context.handler.builder.batch.rows[position], position: position)
  }

  /// Somebody holds rows of the batch, which is about to be used again: they get a copy of it.
  private func leaveRowsBehind() {
    let live = context.handler
    context.handler = SheetHandler(frozen: live.builder.frozen())
    context = RowContext(handler: live, strings: context.strings, styles: context.styles)
  }

  /// Reads to the end, for what stands around the rows; `nil` if not all of them were plain.
  func surroundings() throws -> SheetParts? {
    while try next() != nil {}
    return stream?.isPlain == true ? parts : nil
  }

  /// The merged ranges, which a file stores after the rows: complete once ``next()`` has given `nil`.
  public var mergedRanges: [CellRange] { parts.content.merges }

  /// The runs of columns that nobody sees, hidden or of width 0, which a file stores before the rows: known once
  /// ``next()`` has been called.
  public var hiddenColumns: [ClosedRange<Int>] {
    parts.content.columns.filter { $0.settings.isHidden || $0.settings.width == 0 }.map(\.range)
  }
}

/// What a row needs to make sense of its records.
final class RowContext {
  /// Holds the batch of records.
  @exclusivity(unchecked) fileprivate(set) var handler: SheetHandler
  let strings: SharedStrings
  let styles: StyleTable

  init(handler: SheetHandler, strings: SharedStrings, styles: StyleTable) {
    self.handler = handler
    self.strings = strings
    self.styles = styles
  }
}

extension Workbook {
  /// The rows of a sheet, streamed from the file. Changes made to the sheet since it was opened do not show.
  ///
  /// - Throws: ``XLSXError`` if there is no such sheet in the file, or it is no worksheet.
  public func rows(inSheet name: String) throws -> RowCursor {
    try rows(inSheetAt: position(ofSheet: name))
  }

  /// The rows of the sheet at a position of ``sheets``, streamed from the file.
  public func rows(inSheetAt position: Int) throws -> RowCursor {
    let key = sheets.indices.contains(position) ? keys[position] : -1
    if let imported, imported.sheets.indices.contains(key) {
      let sheet = imported.sheets[key].content
      return RowCursor(sheet.handler, parts: sheet.parts, strings: imported.strings, styles: styles)
    }
    guard sheets.indices.contains(position), let source else {
      throw XLSXError(
        .noSuchSheet, "There is no sheet at position \(position) to stream; the file has \(sheets.count).")
    }
    try loadStyles()
    return try located(position) {
      try RowCursor(
        source: source, part: source.sheetPart(at: key, name: sheets[position].name),
        dateSystem: dateSystem,
        styles: styles)
    }
  }
}

extension Worksheet {
  /// The rows as the file has them, streamed in constant memory: for one pass over many cells. Without the sheet in memory
  /// at all, `Workbook.rows(inSheet:)` does the same.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a sheet that was added, or whose cells were changed since it was
  ///   read: the file does not have them.
  public func cursor() throws -> RowCursor {
    guard let opened, isAsInFile else {
      throw XLSXError(
        .unsupportedChange,
        "The sheet has cells that are not in a file yet; read them by their references, or save the workbook and open it again.",
        sheet: name)
    }
    return try RowCursor(
      source: opened.source, part: opened.source.sheetPart(at: opened.position, name: name),
      dateSystem: workbook.dateSystem, styles: workbook.styles)
  }

  /// Whether the file holds the rows as they are. Those that nobody touched share their memory with what was read.
  var isAsInFile: Bool {
    guard let old = opened?.content, book?.hasMovedCells != true else { return false }
    let (before, now) = (old.cells.rows, content.cells.rows)
    return before.count == now.count
      && zip(before, now).allSatisfy {
        $0.index == $1.index && $0.settings == $1.settings && $0.cells == $1.cells
      }
  }
}
