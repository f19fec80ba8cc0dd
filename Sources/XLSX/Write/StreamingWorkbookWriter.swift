#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Writes sheets of any length in constant memory: rows go in from top to bottom and are deflated on the way.
///
///     let writer = try StreamingWorkbookWriter(to: url)
///     let sheet = try writer.addSheet(named: "明细")
///     sheet.freeze(at: "A2")
///     sheet.setColumnWidth(24, for: "A")
///     try writer.appendRow(["单位", "场次"])
///     for (unit, count) in figures { try writer.appendRow([.text(unit), .number(count)]) }
///     try writer.finish()
///
/// The sheet that ``addSheet(named:visibility:)`` returns takes everything but cells: column widths, panes and whole
/// columns' styles before the first row; merged ranges, validations, formats, links, comments and print set-up at any
/// time before the next sheet. Texts are shared between cells until the table of shared texts has grown to 16 MB; later
/// new ones stand in their cells.
///
/// Nothing is in place before ``finish()``: until then the target is as it was, and a writer that is dropped leaves
/// nothing behind. A writer is not thread-safe; use each one from one task.
public final class StreamingWorkbookWriter {
  /// Takes the archive when it is complete.
  private let deliver: (ZipWriter) throws -> Void
  private let workbook = Workbook()
  private var rows: RowStream
  private var sheet: Worksheet?
  private var isFinished = false

  /// - Throws: ``XLSXError/Code/fileAccess`` if the folder cannot be written to, which is better known before the work.
  public convenience init(to url: URL) throws { try self.init(to: url, sharedTextLimit: 16 << 20) }

  /// - Parameter sharedTextLimit: Bytes of shared texts. They are what grows in memory, about threefold with the table
  ///   that finds them.
  package convenience init(to url: URL, sharedTextLimit: Int) throws {
    let path = try LocalFile.path(of: url)
    try self.init(spillingInto: AtomicFile.folder(ofPath: path), sharedTextLimit: sharedTextLimit) {
      archive in
      try AtomicFile.replace(path: path) { try archive.write(toPath: $0) }
    }
  }

  /// Writes to wherever a closure puts bytes: a socket, a response, another archive.
  ///
  ///     let writer = try StreamingWorkbookWriter { bytes in try connection.send(bytes) }
  ///
  /// A zip archive begins with what is known only at its end, so ``finish()`` hands all bytes over, in order and in
  /// pieces; until then they lie, deflated, in a temporary file.
  ///
  /// - Parameter sink: Takes the next bytes, which are valid during the call. What it throws, ``finish()`` throws.
  public convenience init(sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    try self.init(spillingInto: folder, sharedTextLimit: 16 << 20) { archive in
      try AtomicFile.withTemporary(in: folder) { path in
        try archive.write(toPath: path)
        try AtomicFile.read(path, sink)
      }
    }
  }

  private init(
    spillingInto folder: String, sharedTextLimit: Int, deliver: @escaping (ZipWriter) throws -> Void
  ) throws {
    self.deliver = deliver
    _ = try SpillFile(inFolder: folder)
    rows = RowStream(
      WorkbookWriter(workbook, spillFolder: folder, sharedTextLimit: sharedTextLimit), spillFolder: folder)
  }

  /// The properties of the document.
  public var properties: DocumentProperties {
    get { workbook.properties }
    set { workbook.properties = newValue }
  }

  /// Which day serial 1 is; set it before the first sheet is finished.
  public var dateSystem: DateSystem {
    get { workbook.dateSystem }
    set { workbook.dateSystem = newValue }
  }

  /// Begins a sheet, after which no row can be added to the one before.
  ///
  /// - Returns: The sheet, for everything but its cells.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a name that Excel does not allow or that is taken, or if the sheet
  ///   before has something that Excel refuses.
  @discardableResult
  public func addSheet(named name: String, visibility: SheetInfo.Visibility = .visible) throws -> Worksheet {
    let new = try workbook.addSheet(named: name, visibility: visibility)
    do {
      try endSheet()
    } catch {
      workbook.forgetSheet(at: workbook.sheets.count - 1)
      throw error
    }
    sheet = new
    rows.begin(new, position: workbook.sheets.count - 1)
    return new
  }

  var currentSheetName: String? { sheet?.name }

  /// The rows of the current sheet so far, skipped ones included; 1,048,576 is the end of a sheet.
  public var rowCount: Int { rows.row }

  /// Adds a row of values, the first in column A. ``CellValue/empty`` leaves a cell out.
  ///
  /// - Parameter style: How the cells of this row look, in place of their columns' styles.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a value that Excel cannot hold, or a row or cell behind the
  ///   sheet's end; ``XLSXError/Code/fileAccess`` when the disk is full.
  public func appendRow(_ values: some Sequence<CellValue>, style: Style? = nil) throws {
    try beginRow(style: style)
    for value in values { try rows.append(value) }
    try endRow()
  }

  /// Leaves rows empty.
  public func skipRows(_ count: Int) throws { try rows.skip(count) }

  /// Closes the last sheet and puts the workbook in place in one step, as ``Workbook/save(to:)`` does.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a workbook without a visible sheet or a sheet with something that
  ///   Excel refuses; ``XLSXError/Code/fileAccess``.
  public func finish() throws {
    if isFinished { throw ContentRules.invalid("The workbook is finished already") }
    try endSheet()
    for sheet in workbook.loadedSheets.values { try checkHasNoCells(sheet) }
    try WorkbookRules.check(workbook)
    isFinished = true
    let archive = try rows.finish()
    try deliver(archive)
  }

  private func endSheet() throws {
    guard let sheet else { return }
    try checkHasNoCells(sheet)
    try rows.end()
    // Written; a workbook of many long sheets would keep a link and a height for every row of each.
    sheet.content.hyperlinks = [:]
    sheet.content.merges = []
    sheet.content.cells = CellStore()
    self.sheet = nil
  }

  /// Cells set on the sheet itself would be lost.
  private func checkHasNoCells(_ sheet: Worksheet) throws {
    if let row = sheet.content.cells.rows.first(where: { !$0.cells.isEmpty }) {
      throw ContentRules.invalid(
        "Row \(row.index) has cells of its own; the cells of a streamed sheet are appended", sheet: sheet.name
      )
    }
  }
}

/// One cell after the other, from bytes: for converters that already have their figures as text.
///
///     try writer.beginRow()
///     try writer.appendNumber(utf8: field)
///     try writer.endRow()
extension StreamingWorkbookWriter {
  /// Begins the next row.
  ///
  /// - Parameter height: In points; `nil` leaves it to Excel, or to what was set for the row before the first one.
  public func beginRow(style: Style? = nil, height: Double? = nil) throws {
    try rows.beginRow(style: style.map { workbook.styles.index(of: $0) }, height: height)
  }

  /// A style that many cells have, looked up once for all of them.
  public struct CellFormat: Hashable, Sendable {
    fileprivate let index: Int
  }

  /// Looks a style up for ``append(_:as:)``.
  public func format(_ style: Style) -> CellFormat { CellFormat(index: workbook.styles.index(of: style)) }

  /// Adds a value with a style of its own, in place of the row's and the column's.
  ///
  ///     let total = writer.format(Style(font: .bold))
  ///     try writer.append(.number(12), as: total)
  public func append(_ value: CellValue, as format: CellFormat) throws {
    try rows.append(value, style: format.index)
  }

  /// Adds a number as it is spelt: digits, with a sign, a decimal point and an exponent as a file can have them.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for bytes that no number is made of.
  public func appendNumber(utf8 bytes: UnsafeRawBufferPointer) throws { try rows.append(number: bytes) }

  /// Appends a cell with a number to the row that was begun.
  public func appendNumber(_ number: Double) throws { try rows.append(.number(number)) }

  /// Adds a text.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for bytes that are no UTF-8, or more than 32,767 UTF-16 units.
  public func appendText(utf8 bytes: UnsafeRawBufferPointer) throws { try rows.append(text: bytes) }

  /// Appends a truth value to the row that was begun.
  public func appendBool(_ bool: Bool) throws { try rows.append(.bool(bool)) }

  /// Appends a value to the row that was begun; `.empty` leaves a cell out.
  public func append(_ value: CellValue) throws { try rows.append(value) }

  /// Leaves a cell out.
  public func appendEmpty() throws { try rows.append(.empty) }

  /// Ends the row.
  public func endRow() throws { try rows.endRow() }
}
