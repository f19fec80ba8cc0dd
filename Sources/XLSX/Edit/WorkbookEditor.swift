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
/// cell.
///
/// An editor is not thread-safe.
public final class WorkbookEditor {
  /// The workbook as it is in the file, without the changes.
  public let workbook: Workbook
  private let archive: [UInt8]
  private let package: Package
  private let source: WorkbookSource
  private var edits: [Int: [CellReference: CellEdit]] = [:]
  private var marks: [Int: [CellReference: Color?]] = [:]
  private var comments: [Int: [CellReference: Comment?]] = [:]
  private var newSheets: [NewSheet] = []
  private var firstSheet: SheetGraft?
  private var removedSheets: Set<Int> = []

  /// - Throws: ``XLSXError``, as `Workbook(contentsOf:)`.
  public convenience init(contentsOf url: URL, limits: Limits = .default) throws {
    let path = url.path(percentEncoded: false)
    // Says what is wrong with a file that is no workbook, or too large, before it is read whole.
    _ = try FileSignature.inspect(path: path, limits: limits)
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw XLSXError(.fileAccess, "The file cannot be read.", cause: "\(error)")
    }
    try self.init(bytes: Array(data), limits: limits)
  }

  /// - Throws: ``XLSXError``, as `Workbook(bytes:)`.
  public init(bytes: [UInt8], limits: Limits = .default) throws {
    archive = bytes
    package = try Package(bytes: bytes, limits: limits)
    workbook = try Workbook(package: package)
    guard let source = workbook.source else {
      throw XLSXError(.notASpreadsheet, "The file is no workbook that can be edited.")
    }
    self.source = source
  }

  /// Gives a cell a value; `.empty` clears it. Its format stays; a new cell takes that of its row or column.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist, a cell outside the grid or hidden under a merged one.
  public func set(_ value: CellValue, at cell: CellReference, inSheet name: String) throws {
    let position = try position(of: cell, inSheet: name)
    let sheet = try workbook.sheet(at: position)
    if let merge = sheet.mergedRanges.first(where: { $0.contains(cell) && $0.first != cell }) {
      throw XLSXError(
        .invalidContent, "The cell is hidden in the merged range \(merge); write to \(merge.first).",
        sheet: name,
        cell: cell)
    }
    edits[position, default: [:]][cell, default: CellEdit()].value = value
  }

  /// Fills a cell with a colour; everything else of its look stays. In a merged range the whole range is filled. A workbook without styles stays unmarked.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist or a cell outside the grid.
  public func mark(_ cell: CellReference, inSheet name: String, with color: Color) throws {
    let position = try position(of: cell, inSheet: name)
    let cell = try shown(cell, position)
    marks[position, default: [:]][cell] = .some(color)
  }

  /// Takes a cell's fill away; everything else of its look stays.
  ///
  /// - Throws: As ``mark(_:inSheet:with:)``.
  public func unmark(_ cell: CellReference, inSheet name: String) throws {
    let position = try position(of: cell, inSheet: name)
    marks[position, default: [:]][cell] = .some(nil)
  }

  /// The cells of a sheet that have one of some colours as their fill.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist or cannot be read.
  /// - Complexity: O(stored cells)
  public func cells(filledWith colors: Set<Color>, inSheet name: String) throws -> [CellReference] {
    let sheet = try workbook.sheet(at: workbook.position(ofSheet: name))
    return sheet.content.cells.rows.flatMap { row in
      row.cells.compactMap { cell in
        guard case .solid(let color) = sheet.workbook.styles[cell.style].fill, colors.contains(color) else {
          return nil
        }
        return CellReference(row: row.index, column: cell.column)
      }
    }
  }

  /// Puts a comment on a cell; a comment that the cell has is replaced, all others stay as they are.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist or a cell outside the grid.
  public func setComment(_ comment: Comment, at cell: CellReference, inSheet name: String) throws {
    let position = try position(of: cell, inSheet: name)
    comments[position, default: [:]][try shown(cell, position)] = .some(comment)
  }

  /// Takes a cell's comment away, if it has one.
  ///
  /// - Throws: As ``setComment(_:at:inSheet:)``.
  public func removeComment(at cell: CellReference, inSheet name: String) throws {
    comments[try position(of: cell, inSheet: name), default: [:]][cell] = .some(nil)
  }

  /// Adds a sheet of plain values behind the others.
  ///
  /// - Parameters:
  ///   - rows: The values from A1 on, row by row.
  ///   - widths: The widths of the first columns, in characters.
  /// - Throws: ``XLSXError`` for a name that Excel does not accept or the workbook has already.
  public func addSheet(named name: String, rows: [[CellValue]], columnWidths widths: [Double] = []) throws {
    try NewSheet.check(name, taken: takenNames)
    newSheets.append(NewSheet(name: name, rows: rows, columnWidths: widths))
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
    firstSheet = graft
  }

  /// Takes a sheet out, with its comments and the names that belong to it. Formulas that refer to it stay as they are.
  ///
  /// - Throws: ``XLSXError`` for a sheet that does not exist. When the last visible one went, saving throws.
  public func removeSheet(named name: String) throws {
    let position = try workbook.position(ofSheet: name)
    removedSheets.insert(position)
  }

  private var takenNames: [String] {
    workbook.sheets.indices.filter { !removedSheets.contains($0) }.map { workbook.sheets[$0].name }
      + newSheets.map(\.name) + (firstSheet.map { [$0.name] } ?? [])
  }

  /// The cell that is seen where a cell is: of a merged range the first.
  private func shown(_ cell: CellReference, _ position: Int) throws -> CellReference {
    try workbook.sheet(at: position).mergedRanges.first { $0.contains(cell) }?.first ?? cell
  }

  private func position(of cell: CellReference, inSheet name: String) throws -> Int {
    let position = try workbook.position(ofSheet: name)
    guard cell.isInGrid else {
      throw XLSXError(.invalidContent, "The cell is outside the grid of a sheet.", sheet: name, cell: cell)
    }
    _ = try workbook.sheet(at: position)
    return position
  }

  /// Writes the changed workbook, in one step; the file can be the one it came from.
  ///
  /// - Throws: ``XLSXError``; then the file is as it was.
  public func save(to url: URL) throws {
    let bytes = try serialized()
    try AtomicFile.replace(path: url.path(percentEncoded: false)) { path in
      do {
        try Data(bytes).write(to: URL(filePath: path))
      } catch {
        throw XLSXError(.fileAccess, "The workbook cannot be written.", cause: "\(error)")
      }
    }
  }

  /// The changed workbook as the bytes of a file; without changes the bytes it came from.
  ///
  /// - Throws: ``XLSXError`` for a change that cannot be made, such as one cell of an array formula.
  public func serialized() throws -> [UInt8] {
    if edits.isEmpty, marks.isEmpty, comments.isEmpty, newSheets.isEmpty, firstSheet == nil,
      removedSheets.isEmpty
    {
      return archive
    }
    var changes = try PackageEdits(package)
    let cells = try withMarks(&changes)
    var changesFormulas = false
    var hasFormulas = false
    for (position, cells) in cells.sorted(by: { $0.key < $1.key }) where !removedSheets.contains(position) {
      let name = workbook.sheets[position].name
      let part = try source.sheetPart(at: position, name: name)
      let cells = try renamingTableColumns(cells, sheet: name, part: part, &changes)
      var splicer = SheetSplicer(sheet: name, part: part, bytes: try changes.bytes(of: part))
      let result = try splicer.apply(cells)
      changesFormulas = changesFormulas || splicer.changesFormulas
      hasFormulas = hasFormulas || result.hasFormulas
      changes.set(part, result.bytes)
    }
    for (position, comments) in comments.sorted(by: { $0.key < $1.key })
    where !removedSheets.contains(position) {
      let part = try source.sheetPart(at: position, name: workbook.sheets[position].name)
      try CommentEditing(sheet: workbook.sheet(at: position), part: part).apply(comments, to: &changes)
    }
    try changeSheetList(&changes)
    for sheet in newSheets { try sheet.add(to: &changes, workbookPart: source.part) }

    let chain = try package.part(ofKind: "calcChain", from: source.part)
    if changesFormulas, let chain { try changes.remove(chain, from: source.part) }
    let changesValues = edits.values.contains { $0.values.contains { $0.value != nil } }
    if changesValues, try hasFormulas || chain != nil || otherSheetsHaveFormulas() {
      changes.set(source.part, PartEditing.recalculatingOnLoad(try changes.bytes(of: source.part)))
    }
    return try changes.zipEdits().applied(to: archive)
  }

  /// Takes sheets out and puts the new first one in.
  private func changeSheetList(_ changes: inout PackageEdits) throws {
    if firstSheet == nil, removedSheets.isEmpty { return }
    let isAnyVisible = workbook.sheets.indices.contains {
      !removedSheets.contains($0) && workbook.sheets[$0].visibility == .visible
    }
    guard firstSheet != nil || isAnyVisible else {
      throw XLSXError(.invalidContent, "A workbook keeps at least one visible sheet.")
    }
    var list = SheetListEditing(removed: removedSheets)
    for position in removedSheets.sorted() {
      if let part = source.sheets[position].part { try changes.removeSheet(part, from: source.part) }
    }
    if let firstSheet {
      for (position, sheet) in source.sheets.enumerated() where !removedSheets.contains(position) {
        guard let part = sheet.part, changes.contains(part) else { continue }
        if let bytes = PartEditing.deselecting(try changes.bytes(of: part)) { changes.set(part, bytes) }
      }
      list.inserted = try add(firstSheet, &changes)
    }
    changes.set(source.part, list.applied(to: try changes.bytes(of: source.part)))
  }

  private func add(_ sheet: SheetGraft, _ changes: inout PackageEdits) throws -> SheetListEditing.Inserted {
    var firstStyle: Int?
    if let styles = try package.part(ofKind: "styles", from: source.part), changes.contains(styles),
      let grafted = StyleGrafting.graft(try sheet.stylesheet(), onto: try changes.bytes(of: styles))
    {
      changes.set(styles, grafted.bytes)
      firstStyle = grafted.first
    }
    let folder = source.part.lastIndex(of: "/").map { source.part[...$0] } ?? "/"
    let part = changes.freeName("\(folder)worksheets/sheet", ".xml")
    let (namespace, highest) = PartEditing.sheetNumbers(try changes.bytes(of: source.part))
    changes.set(
      part,
      try sheet.xml(
        firstStyle: firstStyle, namespace: namespace, relationships: changes.relationshipNamespace))
    try changes.setContentType(.worksheet, of: part)
    return SheetListEditing.Inserted(
      name: sheet.name, sheetID: highest + 1,
      relationship: try changes.relate(source.part, "worksheet", to: part),
      namespace: changes.relationshipNamespace, names: sheet.names)
  }

  /// The edits with the formats of marked cells, which are added to the styles.
  private func withMarks(_ changes: inout PackageEdits) throws -> [Int: [CellReference: CellEdit]] {
    guard !marks.isEmpty, let part = try package.part(ofKind: "styles", from: source.part),
      package.contains(part)
    else { return edits }
    var result = edits
    var marking = StyleMarking(try changes.bytes(of: part))
    for (position, cells) in marks.sorted(by: { $0.key < $1.key }) {
      let sheet = try workbook.sheet(at: position)
      for (cell, color) in cells.sorted(by: { $0.key < $1.key }) {
        result[position, default: [:]][cell, default: CellEdit()].style =
          marking.index(of: sheet.styleIndex(at: cell), filled: color)
      }
    }
    changes.set(part, marking.result)
    return result
  }

  /// Whether a sheet that is not changed has a formula whose result can follow from the changes.
  private func otherSheetsHaveFormulas() throws -> Bool {
    struct Found: Error {}
    for position in source.sheets.indices where edits[position] == nil {
      guard let part = source.sheets[position].part, package.contains(part) else { continue }
      do {
        // A formula element begins with `<f>`, `<f ` or, prefixed, with `:f>`; a false alarm does no harm.
        var last: (UInt8, UInt8) = (0, 0)
        try package.open(part).forEachChunk { chunk in
          for byte in chunk {
            if last.1 == UInt8(ascii: "f"), last.0 == UInt8(ascii: "<") || last.0 == UInt8(ascii: ":"),
              byte == UInt8(ascii: ">") || byte == 0x20
            {
              throw Found()
            }
            last = (last.1, byte)
          }
        }
      } catch is Found {
        return true
      }
    }
    return false
  }

  /// Makes the columns of tables follow their header cells, which must be text and differ from each other.
  private func renamingTableColumns(
    _ cells: [CellReference: CellEdit], sheet: String, part: String, _ changes: inout PackageEdits
  ) throws -> [CellReference: CellEdit] {
    var cells = cells
    for relationship in try package.relationships(of: part).all(ofKind: "table") {
      guard let target = package.target(of: relationship, from: part), package.contains(target) else {
        continue
      }
      let bytes = try changes.bytes(of: target)
      guard let table = TableHeader(bytes) else { continue }
      var names: [Int: String] = [:]
      for (cell, edit) in cells where table.cells.contains(cell) {
        guard let value = edit.value else { continue }
        let format = CompiledNumberFormat(.general)
        let name = format.text(for: value.result)
        guard !name.isEmpty, value.formula == nil else {
          throw XLSXError(
            .invalidContent, "The header cell of a table's column must hold text.", sheet: sheet, cell: cell)
        }
        names[cell.column - table.cells.first.column] = name
        cells[cell]?.value = .text(name)
      }
      if names.isEmpty { continue }
      var all = table.columns
      for (index, name) in names where all.indices.contains(index) { all[index] = name }
      guard Set(all.map { $0.lowercased() }).count == all.count else {
        throw XLSXError(
          .invalidContent, "Two columns of a table cannot have the same header.", sheet: sheet,
          cell: cells.keys.first { table.cells.contains($0) })
      }
      changes.set(target, PartEditing.renamingColumns(bytes, names))
    }
    return cells
  }
}

/// The header of a table, as its part describes it.
private struct TableHeader {
  var cells: CellRange
  var columns: [String] = []

  /// `nil` for a table without a header row.
  init?(_ bytes: [UInt8]) {
    var scanner = MarkupScanner(bytes)
    var range: CellRange?
    while let token = scanner.next() {
      guard token.isStart else { continue }
      switch scanner.localName(token) {
      case "table":
        if scanner.value("headerRowCount", of: token) == "0" { return nil }
        range = scanner.value("ref", of: token).flatMap { CellRange($0) }
      case "tableColumn":
        columns.append((scanner.value("name", of: token) ?? "").decodingEscapes)
        _ = scanner.skipElement(token)
      default: continue
      }
    }
    guard let range else { return nil }
    cells = CellRange(range.first, CellReference(row: range.first.row, column: range.last.column))
  }
}
