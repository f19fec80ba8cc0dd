#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Changes cells of a workbook file, and adds marks, comments and sheets, and leaves everything else alone.
///
///     let editor = try WorkbookEditor(contentsOf: url)
///     try editor.set(15, at: "E6", inSheet: "Sheet1")
///     try editor.save(to: url)
///
/// Pictures, charts, macros, extensions and everything this library does not know stay byte for byte: untouched parts are
/// copied as they are compressed, and in a changed sheet only the changed cells differ. Text goes into the cell itself,
/// so that shared strings keep their numbers. When a formula comes or goes, the calculation chain is left out (Excel
/// makes a new one) and formulas that shared the cell's text get their own. Cached results of formulas elsewhere stay
/// as they are, and the workbook asks to be calculated when it is opened. A table's column is renamed with its header
/// cell, unless ``renamesTableColumns`` says otherwise.
///
/// A `Workbook` that was opened, changed and saved goes the same way; the editor is for programs that change cells one by
/// one, and for marking them.
///
/// An editor is not thread-safe.
public final class WorkbookEditor {
  /// The workbook as it is in the file, without the changes.
  public let workbook: Workbook
  private let source: WorkbookSource
  private var plan = EditPlan()
  /// By sheet.
  private var ranges: [Int: SheetRanges] = [:]

  private struct SheetRanges {
    /// Those of the file and those that were added.
    var merged: RangeIndex
    /// The array formulas over several cells.
    var arrays: RangeIndex
  }
  /// The names of the sheets as they will be.
  private var names: [String]

  /// Whether a table's column gets the name that is written into its header cell. Excel demands that both agree and
  /// repairs a file in which they do not; without it, the tables' parts stay byte for byte, and
  /// ``tableHeaderMismatches`` says what no longer agrees.
  public var renamesTableColumns: Bool {
    get { plan.renamesTableColumns }
    set { plan.renamesTableColumns = newValue }
  }

  /// The table headers that read otherwise than their column after the last ``serialized()`` or ``save(to:)``; always
  /// none while ``renamesTableColumns`` is set.
  public private(set) var tableHeaderMismatches: [TableHeaderMismatch] = []

  /// - Parameter password: Opens an encrypted workbook, which is saved with the same password.
  /// - Throws: ``XLSXError``, as `Workbook(contentsOf:password:)`.
  public convenience init(contentsOf url: URL, password: String? = nil, limits: Limits = .default) throws {
    try self.init(Workbook(contentsOf: url, password: password, limits: limits))
  }

  /// - Throws: ``XLSXError``, as `Workbook(bytes:password:)`.
  public convenience init(bytes: [UInt8], password: String? = nil, limits: Limits = .default) throws {
    try self.init(Workbook(bytes: bytes, password: password, limits: limits))
  }

  private init(_ workbook: Workbook) throws {
    self.workbook = workbook
    guard let source = workbook.source else {
      throw XLSXError(.notASpreadsheet, "The file is no workbook that can be edited.")
    }
    self.source = source
    names = workbook.sheets.map(\.name)
  }

  /// Gives a cell a value; `.empty` clears it. Its format stays; a new cell takes that of its row or column.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist, a cell outside the grid or hidden under a merged one.
  public func set(_ value: CellValue, at cell: CellReference, inSheet name: String) throws {
    let position = try position(of: cell, inSheet: name)
    try ModelChanges.checkVisible(
      cell, merges: ranges(position).merged, sheet: name)
    plan.sheets[position, default: .init()].cells[cell, default: CellEdit()].value = value
  }

  /// Changes a part of a cell's style; everything else of its look stays, also what this library does not model.
  ///
  ///     try editor.changeStyle(at: "E6", inSheet: "Sheet1") { $0.numberFormat = .percent }
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist or a cell outside the grid.
  public func changeStyle(
    at cell: CellReference, inSheet name: String, _ change: (inout Style) -> Void
  ) throws {
    let position = try position(of: cell, inSheet: name)
    let sheet = try workbook.sheet(at: position)
    let base = sheet.styleIndex(at: cell)
    let old = workbook.styles[base]
    var new = plan.sheets[position]?.styles[cell]?.applied(to: old) ?? old
    change(&new)
    plan.sheets[position, default: .init()].styles[cell] = StyleChange(base: base, from: old, to: new)
  }

  /// Fills a cell with a colour; everything else of its look stays. In a merged range the first cell, which is the one
  /// that shows, is filled.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist or a cell outside the grid.
  public func mark(_ cell: CellReference, inSheet name: String, with color: Color) throws {
    let cell = try shown(cell, position(of: cell, inSheet: name))
    try changeStyle(at: cell, inSheet: name) { $0.fill = .solid(color) }
  }

  /// Takes a cell's fill away; everything else of its look stays.
  ///
  /// - Throws: As ``mark(_:inSheet:with:)``.
  public func unmark(_ cell: CellReference, inSheet name: String) throws {
    try changeStyle(at: cell, inSheet: name) { $0.fill = .none }
  }

  /// The cells of a sheet that have one of some colours as their fill.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist or cannot be read.
  /// - Complexity: O(stored cells)
  public func cells(filledWith colors: Set<Color>, inSheet name: String) throws -> [CellReference] {
    let sheet = try workbook.sheet(at: position(ofSheet: name))
    return sheet.content.cells.rows.flatMap { row in
      row.cells.compactMap { cell in
        guard case .solid(let color) = sheet.workbook.styles[cell.style].fill, colors.contains(color) else {
          return nil
        }
        return CellReference(row: row.index, column: cell.column)
      }
    }
  }

  /// Puts a comment on a cell; a comment that the cell has is replaced, all others stay as they are. A cell with a
  /// conversation of Excel 365 keeps that, and gets no comment.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist or a cell outside the grid.
  public func setComment(_ comment: CellComment, at cell: CellReference, inSheet name: String) throws {
    let position = try position(of: cell, inSheet: name)
    plan.sheets[position, default: .init()].comments[try shown(cell, position)] = .some(comment)
  }

  /// Takes a cell's comment away, if it has one.
  ///
  /// - Throws: As ``setComment(_:at:inSheet:)``.
  public func removeComment(at cell: CellReference, inSheet name: String) throws {
    let position = try position(of: cell, inSheet: name)
    plan.sheets[position, default: .init()].comments[cell] = .some(nil)
  }

  /// Adds a rule for what may be typed into cells, beside those that the sheet has.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist or a rule that Excel refuses.
  public func addValidation(_ validation: DataValidation, inSheet name: String) throws {
    let position = try position(ofSheet: name)
    try ValidationRules.check(validation, sheet: name)
    plan.sheets[position, default: .init()].validations.append(validation)
  }

  /// Merges a range of cells.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist, a single cell, or an overlap with another merged range, a
  ///   table or an array formula.
  public func merge(_ range: CellRange, inSheet name: String) throws {
    let position = try position(ofSheet: name)
    let content = try workbook.sheet(at: position).content
    let known = try ranges(position)
    try MergeRules.check(range, others: known.merged, sheet: name)
    try MergeRules.check(range, meets: content, arrays: known.arrays, sheet: name)
    plan.sheets[position, default: .init()].merges.append(range)
    ranges[position]?.merged.append(range)
  }

  /// Adds a sheet of plain values behind the others.
  ///
  /// - Parameters:
  ///   - rows: The values from A1 on, row by row.
  ///   - widths: The widths of the first columns, in characters.
  /// - Throws: ``XLSXError`` for a name that Excel does not accept or the workbook has already.
  public func addSheet(named name: String, rows: [[CellValue]], columnWidths widths: [Double] = []) throws {
    try NewSheet.check(name, taken: takenNames)
    plan.newSheets.append(
      NewSheet(key: names.count + plan.newSheets.count, name: name, rows: rows, columnWidths: widths))
  }

  /// Puts the only sheet of another workbook in front of all sheets, with its look, and lets the workbook open on it.
  ///
  /// Its cells, formats, sizes, merged ranges, inward links, validations, view and print set-up come along. Rich text
  /// becomes plain, and in a workbook without styles the look is lost.
  ///
  /// - Throws: ``XLSXError`` for a name that the workbook has already, or a sheet with comments, drawings, tables,
  ///   conditional formats or outward links.
  public func insertFirstSheet(of book: Workbook) throws {
    let graft = try SheetGraft(book)
    try NewSheet.check(graft.name, taken: takenNames)
    plan.firstSheet = graft
  }

  /// Takes a sheet out, with its comments and the names that belong to it. Formulas that refer to it stay as they are.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist. When the last visible one went, saving throws.
  public func removeSheet(named name: String) throws {
    plan.removedSheets.insert(try position(ofSheet: name, isParsed: false))
  }

  private var takenNames: [String] {
    names.indices.filter { !plan.removedSheets.contains($0) }.map { names[$0] } + plan.newSheets.map(\.name)
      + (plan.firstSheet.map { [$0.name] } ?? [])
  }

  /// Gives a sheet another name. Formulas, names, links, charts, pivot tables and controls that mention the sheet
  /// follow; text inside formulas, as in `INDIRECT("Sheet1!A1")`, does not, as in Excel.
  ///
  /// Later calls use the new name.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist, or a name that Excel does not accept or another sheet has.
  /// - Complexity: O(bytes of all parts) when saving.
  public func renameSheet(_ name: String, to new: String) throws {
    let position = try position(ofSheet: name)
    try NewSheet.check(new, taken: takenNames.filter { $0 != names[position] })
    plan.structure.append(.renamed(SheetRename(position: position, old: names[position], new: new)))
    names[position] = new
  }

  /// The ranges that every change of a sheet is held against, gathered when the first one is.
  private func ranges(_ position: Int) throws -> SheetRanges {
    if let known = ranges[position] { return known }
    let content = try workbook.sheet(at: position).content
    let found = SheetRanges(merged: RangeIndex(content.merges), arrays: MergeRules.arrays(in: content))
    ranges[position] = found
    return found
  }

  /// The cell that is seen where a cell is: of a merged range the first.
  private func shown(_ cell: CellReference, _ position: Int) throws -> CellReference {
    try ranges(position).merged.first(containing: cell)?.first ?? cell
  }

  /// - Parameter isParsed: Whether the sheet must be one that can be read.
  private func position(ofSheet name: String, isParsed: Bool = true) throws -> Int {
    let kept = names.indices.filter { !plan.removedSheets.contains($0) }
    guard let position = kept.first(where: { names[$0].lowercased() == name.lowercased() }) else {
      throw XLSXError.noSheet(name, among: kept.map { names[$0] })
    }
    if isParsed { _ = try workbook.sheet(at: position) }
    return position
  }

  private func position(of cell: CellReference, inSheet name: String) throws -> Int {
    let position = try position(ofSheet: name)
    guard cell.isInGrid else {
      throw XLSXError(.invalidContent, "The cell is outside the grid of a sheet.", sheet: name, cell: cell)
    }
    return position
  }

  /// Writes the changed workbook, in one step; the file can be the one it came from.
  ///
  /// Of two programs that change the same file at the same time, the second one to save is refused: what the first one
  /// wrote is not lost in silence.
  ///
  /// - Throws: ``XLSXError``; then the file is as it was.
  public func save(to url: URL) throws {
    let bytes = try serialized()
    let path = try LocalFile.path(of: url)
    try source.package.archive.whileUnchanged(at: path) { try AtomicFile.replace(path: path, with: bytes) }
  }

  /// The changed workbook as the bytes of a file; without changes the bytes it came from.
  ///
  /// - Throws: ``XLSXError`` for a change that cannot be made, such as one cell of an array formula.
  public func serialized() throws -> [UInt8] {
    let isAnyVisible = workbook.sheets.indices.contains {
      !plan.removedSheets.contains($0) && workbook.sheets[$0].visibility == .visible
    }
    guard plan.removedSheets.isEmpty || isAnyVisible || plan.firstSheet != nil || !plan.newSheets.isEmpty
    else {
      throw XLSXError(.invalidContent, "A workbook keeps at least one visible sheet.")
    }
    let known = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0, $1) })
    let result = try plan.applied(to: source, sheetNames: known) { try workbook.sheet(at: $0).content }
    tableHeaderMismatches = result.mismatches
    return try workbook.encrypted(result.bytes)
  }
}
