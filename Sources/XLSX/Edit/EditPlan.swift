/// All changes of one save, and how they are made: the one way by which an existing workbook is written.
///
/// ``WorkbookEditor`` collects a plan call by call; a changed ``Workbook`` finds its own by comparing what it holds with
/// what it read (``ModelChanges``).
struct EditPlan {
  /// The changes of one sheet.
  struct Sheet {
    var cells: [CellReference: CellEdit] = [:]
    var styles: [CellReference: StyleChange] = [:]
    /// The new settings of rows, beside the old ones.
    var rows: [Int: RowChange] = [:]
    /// `nil` takes a comment away.
    var comments: [CellReference: CellComment?] = [:]
    /// The new settings of runs of columns, beside the old ones, in order.
    var columns: [ColumnChange] = []
    /// What changes for rows and columns that have no size of their own.
    var format = SheetFormatEditing()
    var hyperlinks: [CellReference: HyperlinkChange] = [:]
    var merges: [CellRange] = []
    var validations: [DataValidation] = []
    var settings: SheetSettingsChange?
    /// Names that belong to the sheet, as its print area; `nil` takes one away.
    var names: [String: DefinedName?] = [:]
  }

  var sheets: [Int: Sheet] = [:]
  var newSheets: [NewSheet] = []
  var newNames: [DefinedName] = []
  /// The sheet of another workbook that comes in front of all others.
  var firstSheet: SheetGraft?
  /// Positions of sheets that go.
  var removedSheets: Set<Int> = []
  var renames: [SheetRename] = []
  var properties: PropertiesEditing?
  /// Sheets that are shown or hidden, by position.
  var visibilities: [Int: SheetInfo.Visibility] = [:]
  /// The positions of all sheets that show afterwards, new ones among them.
  var visibleSheets: [Int] = []
  /// The content type that the workbook part gets; `nil` leaves it.
  var mainType: String?
  /// Whether a table's column is renamed with its header cell.
  var renamesTableColumns = true

  var isEmpty: Bool {
    sheets.isEmpty && newSheets.isEmpty && newNames.isEmpty && renames.isEmpty && firstSheet == nil
      && removedSheets.isEmpty && properties == nil && visibilities.isEmpty && mainType == nil
  }

  /// The archive with the changes made.
  ///
  /// - Parameters:
  ///   - sheetNames: The names of the sheets as they will be, in order.
  ///   - content: What a sheet holds, for the size of comment boxes.
  /// - Returns: The bytes, and the headers that no longer agree with their table's column.
  /// - Throws: ``XLSXError`` for a change that cannot be made.
  func applied(
    to source: WorkbookSource, sheetNames: [String], content: (Int) throws -> SheetContent
  ) throws -> (bytes: [UInt8], mismatches: [TableHeaderMismatch]) {
    let archive = try source.package.archive.bytes()
    if isEmpty { return (archive, []) }
    let package = source.package
    var changes = try PackageEdits(package)
    for rename in renames { try rename.apply(to: &changes, workbookPart: source.part) }
    var styles = try StyleEditing.Part(of: source, in: changes)
    var mismatches: [TableHeaderMismatch] = []
    var changesFormulas = false
    var hasFormulas = false
    for (position, plan) in sheets.sorted(by: { $0.key < $1.key }) where !removedSheets.contains(position) {
      var sheet = plan
      let name = sheetNames.indices.contains(position) ? sheetNames[position] : ""
      let part = try source.sheetPart(at: position, name: name)
      var cells = sheet.cells
      for (cell, change) in sheet.styles.sorted(by: { $0.key < $1.key }) {
        if let index = try styles.index(of: change, sheet: name, at: cell) {
          cells[cell, default: CellEdit()].style = index
        }
      }
      try sheet.resolveStyles { try styles.index(of: $0, sheet: name, at: nil) }
      var headers = TableHeaders(sheet: name, part: part, renames: renamesTableColumns)
      cells = try headers.apply(to: cells, &changes)
      mismatches += headers.mismatches
      if !cells.isEmpty || !sheet.rows.isEmpty {
        var splicer = SheetSplicer(sheet: name, part: part, bytes: try changes.bytes(of: part))
        let result = try splicer.apply(cells, rows: sheet.rows)
        changesFormulas = changesFormulas || splicer.changesFormulas
        hasFormulas = hasFormulas || result.hasFormulas
        changes.set(part, result.bytes)
      }
      try sheet.settings?.apply(sheet: name, part: part, workbookPart: source.part, to: &changes) {
        try styles.index(ofDifferential: $0)
      }
      if !sheet.names.isEmpty {
        let names = SheetNameEditing(position: position, names: sheet.names)
        changes.set(source.part, names.applied(to: try changes.bytes(of: source.part)))
      }
      try SheetAdditions(name: name, part: part, sheet: sheet).apply(to: &changes)
      if !sheet.comments.isEmpty {
        try CommentEditing(content: try content(position), part: part).apply(sheet.comments, to: &changes)
      }
    }
    try setVisibilities(source, &changes)
    for sheet in newSheets {
      try sheet.add(to: &changes, workbookPart: source.part) { change, cell in
        try styles.index(of: change, sheet: sheet.name, at: cell)
      } differential: {
        try styles.index(ofDifferential: $0)
      }
    }
    try styles.finish(in: &changes, workbookPart: source.part)
    try changeSheetList(source, &changes)
    if !newNames.isEmpty {
      let kept = sheetNames.indices.filter { !removedSheets.contains($0) }.map { sheetNames[$0] }
      let all =
        (firstSheet.map { [$0.name] } ?? []) + kept + newSheets.map(\.name).filter { !kept.contains($0) }
      changes.set(
        source.part,
        PartEditing.addingNames(try changes.bytes(of: source.part), newNames, sheets: all))
    }
    try properties?.apply(to: &changes)
    if let mainType { try changes.changeContentType(of: source.part, to: mainType) }
    try orderCalculation(source, &changes, changesFormulas: changesFormulas, hasFormulas: hasFormulas)
    return (try changes.zipEdits().applied(to: archive), mismatches)
  }

  private func setVisibilities(_ source: WorkbookSource, _ changes: inout PackageEdits) throws {
    if visibilities.isEmpty { return }
    changes.set(
      source.part,
      PartEditing.setting(visibilities, visible: visibleSheets, in: try changes.bytes(of: source.part)))
    // A tab that is hidden is not selected, or it would be edited together with the one that shows.
    for (position, visibility) in visibilities where visibility != .visible {
      guard source.sheets.indices.contains(position), let part = source.sheets[position].part,
        changes.contains(part), let bytes = PartEditing.deselecting(try changes.bytes(of: part))
      else { continue }
      changes.set(part, bytes)
    }
  }

  /// Takes sheets out and puts the new first one in.
  private func changeSheetList(_ source: WorkbookSource, _ changes: inout PackageEdits) throws {
    if firstSheet == nil, removedSheets.isEmpty { return }
    var list = SheetListEditing(removed: removedSheets)
    for position in removedSheets.sorted() where source.sheets.indices.contains(position) {
      if let part = source.sheets[position].part { try changes.removeSheet(part, from: source.part) }
    }
    if let firstSheet {
      for (position, sheet) in source.sheets.enumerated() where !removedSheets.contains(position) {
        guard let part = sheet.part, changes.contains(part) else { continue }
        if let bytes = PartEditing.deselecting(try changes.bytes(of: part)) { changes.set(part, bytes) }
      }
      list.inserted = try firstSheet.add(to: &changes, workbookPart: source.part)
    }
    changes.set(source.part, list.applied(to: try changes.bytes(of: source.part)))
  }

  /// A calculation chain that names cells without formulas makes Excel repair the file, and cached results no longer
  /// follow from changed cells: the chain goes, and everything is calculated when the file is opened.
  private func orderCalculation(
    _ source: WorkbookSource, _ changes: inout PackageEdits, changesFormulas: Bool, hasFormulas: Bool
  ) throws {
    let chain = try source.package.part(ofKind: "calcChain", from: source.part)
    if changesFormulas, let chain { try changes.remove(chain, from: source.part) }
    let changesValues = sheets.values.contains { $0.cells.values.contains { $0.value != nil } }
    let newFormulas = newSheets.contains { $0.hasFormulas }
    guard changesValues || newFormulas || !newNames.isEmpty else { return }
    if try hasFormulas || newFormulas || chain != nil || otherSheetsHaveFormulas(source) {
      changes.set(source.part, PartEditing.recalculatingOnLoad(try changes.bytes(of: source.part)))
    }
  }

  /// Whether a sheet whose cells do not change has a formula whose result can follow from the changes.
  private func otherSheetsHaveFormulas(_ source: WorkbookSource) throws -> Bool {
    struct Found: Error {}
    for position in source.sheets.indices where sheets[position]?.cells.isEmpty ?? true {
      guard let part = source.sheets[position].part, source.package.contains(part) else { continue }
      do {
        // A formula element begins with `<f>`, `<f ` or, prefixed, with `:f>`; a false alarm does no harm.
        var last: (UInt8, UInt8) = (0, 0)
        try source.package.open(part).forEachChunk { chunk in
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
}

/// The settings of a row before and after a change.
struct RowChange {
  var old: RowSettings
  var new: RowSettings
  /// What changes of the style; `nil` leaves it.
  var style: StyleChange?
  /// The cell format that the changed style became in the file.
  var format: Int?
}

extension EditPlan.Sheet {
  /// Gives the changed styles of whole rows and columns their formats in the file.
  fileprivate mutating func resolveStyles(_ index: (StyleChange) throws -> Int?) throws {
    for row in rows.keys.sorted() {
      if let style = rows[row]?.style { rows[row]?.format = try index(style) }
    }
    for place in columns.indices {
      if let style = columns[place].style { columns[place].format = try index(style) }
    }
  }
}
