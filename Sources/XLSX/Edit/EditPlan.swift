/// All changes of one save, and how they are made: the one way by which an existing workbook is written.
///
/// A changed ``Workbook`` finds its plan by comparing what it holds with what it read (``ModelChanges``).
struct EditPlan {
  /// The changes of one sheet.
  struct Sheet {
    var cells: [CellReference: CellEdit] = [:]
    var styles: [CellReference: StyleChange] = [:]
    /// The new settings of rows, beside the old ones.
    var rows: [Int: RowChange] = [:]
    /// `nil` takes a comment away.
    var comments: [CellReference: CellComment?] = [:]
    /// The comments that the file has.
    var oldComments: [CellReference: CellComment] = [:]
    /// Conversations that come, change or go.
    var threads: [CellReference: ThreadEditing.Change] = [:]
    /// The new settings of runs of columns, beside the old ones, in order.
    var columns: [ColumnChange] = []
    /// What changes for rows and columns that have no size of their own.
    var format = SheetFormatEditing()
    var hyperlinks: [CellReference: HyperlinkChange] = [:]
    var merges: [CellRange] = []
    var validations: [DataValidation] = []
    var settings: SheetSettingsChange?
    /// Pictures, charts, tables and pivot tables that come, change or go.
    var objects: ObjectEditing?
    /// Whether the sheet was never read: what its merged ranges hide is found out when it is changed.
    var isUnread = false

    /// Whether nothing of the sheet's part changes but rows and cells.
    var changesRowsOnly: Bool {
      comments.isEmpty && columns.isEmpty && format.isEmpty && hyperlinks.isEmpty && merges.isEmpty
        && validations.isEmpty && objects == nil && settings == nil && threads.isEmpty
    }
  }

  var sheets: [Int: Sheet] = [:]
  var newSheets: [NewSheet] = []
  var newNames: [DefinedName] = []
  /// Names of the file that say something else now; `nil` takes one away.
  var changedNames: [DefinedNamesXML.Scoped: DefinedName?] = [:]
  /// Names by which the file says what belongs to a sheet, as its print area; `nil` takes one away.
  var sheetNames: [DefinedNamesXML.Scoped: DefinedName?] = [:]
  /// Keys of sheets that go.
  var removedSheets: Set<Int> = []
  /// The changes that whatever refers to cells follows, in order; they come before all others.
  var structure: [StructureChange] = []
  /// The keys of the sheets as they will stand; `nil` leaves them as they are, new ones behind.
  var order: [Int]?
  var properties: PropertiesEditing?
  /// The protection that the workbook gets, or gets rid of; `nil` leaves it.
  var protection: WorkbookProtection??
  /// Sheets that are shown or hidden, by key.
  var visibilities: [Int: SheetInfo.Visibility] = [:]
  /// The keys of all sheets that show afterwards, new ones among them.
  var visibleSheets: [Int] = []
  /// The key of the sheet that the workbook opens on; `nil` leaves it.
  var activeSheet: Int?
  /// The content type that the workbook part gets; `nil` leaves it.
  var mainType: String?
  /// Whether a table's column is renamed with its header cell.
  var renamesTableColumns = true

  var isEmpty: Bool {
    sheets.isEmpty && newSheets.isEmpty && newNames.isEmpty && changedNames.isEmpty && sheetNames.isEmpty
      && structure.isEmpty && order == nil && activeSheet == nil
      && removedSheets.isEmpty && properties == nil && protection == nil && visibilities.isEmpty
      && mainType == nil
  }

  /// The archive with the changes made.
  ///
  /// - Parameters:
  ///   - titles: The names of the sheets as they will be, by key.
  ///   - content: What a sheet holds, for the size of comment boxes.
  /// - Returns: The bytes, and the headers that no longer agree with their table's column.
  /// - Throws: ``XLSXError`` for a change that cannot be made.
  func applied(
    to source: WorkbookSource, titles: [Int: String], content: (Int) throws -> SheetContent
  ) throws -> (bytes: [UInt8], mismatches: [TableHeaderMismatch]) {
    if isEmpty { return (try source.package.archive.bytes(), []) }
    let package = source.package
    var changes = try PackageEdits(package)
    var table = SheetTable(of: source)
    for change in structure {
      try StructureEdits(change: change).apply(to: &changes, sheets: &table, workbookPart: source.part)
    }
    var styles = try StyleEditing.Part(of: source, in: changes)
    var mismatches: [TableHeaderMismatch] = []
    var changesFormulas = false
    var hasFormulas = false
    for (position, plan) in sheets.sorted(by: { $0.key < $1.key }) where !removedSheets.contains(position) {
      var sheet = plan
      let name = titles[position] ?? ""
      let part = try table.part(of: position, name: name)
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
        let spills = cells.values.contains { $0.value?.formula?.isDynamic == true }
        let dynamicArrayIndex =
          spills
          ? try DynamicArrayMetadata.index(in: &changes, workbookPart: source.part, sheet: name) : 1
        let merges: [CellRange]
        if sheet.changesRowsOnly, let size = changes.untouchedSize(of: part),
          size >= StreamedSplice.smallestPart,
          let result = try StreamedSplice(
            sheet: name, part: part, edits: cells, rows: sheet.rows, dynamicArrayIndex: dynamicArrayIndex
          ).applied(to: source.package)
        {
          changesFormulas = changesFormulas || result.changesFormulas
          hasFormulas = hasFormulas || result.hasFormulas
          merges = result.merges
          changes.set(part, deflated: result.entry)
        } else {
          var splicer = SheetSplicer(
            sheet: name, part: part, bytes: try changes.bytes(of: part), dynamicArrayIndex: dynamicArrayIndex)
          let result = try splicer.apply(cells, rows: sheet.rows)
          changesFormulas = changesFormulas || splicer.changesFormulas
          hasFormulas = hasFormulas || result.hasFormulas
          merges = sheet.isUnread ? try content(position).merges : []
          changes.set(part, result.bytes)
        }
        if sheet.isUnread { try Self.check(cells, areNotHiddenIn: merges, sheet: name) }
      }
      try sheet.settings?.apply(sheet: name, part: part, workbookPart: source.part, to: &changes) {
        try styles.index(ofDifferential: $0)
      }
      try SheetAdditions(name: name, part: part, sheet: sheet).apply(to: &changes)
      try sheet.objects?.apply(to: &changes, part: part, workbookPart: source.part)
      if !sheet.comments.isEmpty || !sheet.threads.isEmpty {
        let twins = try ThreadEditing(part: part, workbookPart: source.part).apply(
          sheet.threads, to: &changes)
        let editing = CommentEditing(
          content: try content(position), known: sheet.oldComments, part: part)
        try editing.apply(
          sheet.comments, twins: twins, ended: Set(sheet.threads.filter { $1.new == nil }.keys), to: &changes)
      }
    }
    try setVisibilities(source, table, &changes)
    for sheet in newSheets {
      try sheet.add(to: &changes, workbookPart: source.part, isActive: sheet.key == activeSheet) {
        change, cell in
        try styles.index(of: change, sheet: sheet.name, at: cell)
      } differential: {
        try styles.index(ofDifferential: $0)
      }
    }
    try styles.finish(in: &changes, workbookPart: source.part)
    let new = Dictionary(firstOf: newSheets.map { ($0.key, $0.name) })
    let names = (table.order + newSheets.map(\.key)).map { titles[$0] ?? new[$0] ?? "" }
    if !changedNames.isEmpty || !sheetNames.isEmpty || !newNames.isEmpty {
      let changed = sheetNames.merging(changedNames) { first, _ in first }
      try changes.change(source.part) { $0.changeNames(changed, adding: newNames, sheets: names) }
    }
    let order = order ?? (table.order.filter { !removedSheets.contains($0) } + newSheets.map(\.key))
    try changeSheetList(source, table, order, &changes)
    try activate(source, table, order, &changes)
    try properties?.apply(to: &changes)
    if let protection { try changes.change(source.part) { $0.protect(with: protection) } }
    if let mainType { try changes.setContentType(mainType, of: source.part) }
    try orderCalculation(source, &changes, changesFormulas: changesFormulas, hasFormulas: hasFormulas)
    let bytes = try changes.zipEdits().applied(to: source.package.archive.bytes())
    try checkObjects(bytes, source, table, titles)
    return (bytes, mismatches)
  }

  /// Reads what lies on changed sheets again.
  private func checkObjects(
    _ bytes: [UInt8], _ source: WorkbookSource, _ table: SheetTable, _ titles: [Int: String]
  ) throws {
    let concerned = sheets.filter { key, sheet in
      (sheet.objects != nil || !sheet.threads.isEmpty) && !removedSheets.contains(key)
    }
    if concerned.isEmpty { return }
    let changed = try WorkbookSource(package: Package(bytes: bytes, limits: source.package.limits))
    for (position, sheet) in concerned.sorted(by: { $0.key < $1.key }) {
      guard let part = table.parts[position] else { continue }
      try sheet.objects?.check(changed, part: part)
      try ThreadEditing.check(sheet.threads, in: changed, part: part, sheet: titles[position] ?? "")
    }
  }

  private static func check(
    _ cells: [CellReference: CellEdit], areNotHiddenIn merges: [CellRange], sheet: String
  ) throws {
    let merges = RangeIndex(merges)
    for (cell, edit) in cells.sorted(by: { $0.key < $1.key }) where edit.value?.isEmpty == false {
      try ModelChanges.checkVisible(cell, merges: merges, sheet: sheet)
    }
  }

  private func setVisibilities(
    _ source: WorkbookSource, _ table: SheetTable, _ changes: inout PackageEdits
  ) throws {
    if visibilities.isEmpty { return }
    // In the workbook part the new sheets stand behind those of the file.
    let places = Dictionary(firstOf: (table.order + newSheets.map(\.key)).enumerated().map { ($1, $0) })
    let wanted = Dictionary(
      firstOf: visibilities.compactMap { key, value in places[key].map { ($0, value) } })
    let visible = visibleSheets.compactMap { places[$0] }
    try changes.change(source.part) { $0.setVisibilities(wanted, visible: visible.sorted()) }
    // A tab that is hidden is not selected, or it would be edited together with the one that shows.
    for (position, visibility) in visibilities where visibility != .visible {
      guard let part = table.parts[position], changes.contains(part),
        let bytes = PartEditing.deselecting(try changes.bytes(of: part))
      else { continue }
      changes.set(part, bytes)
    }
  }

  /// Takes sheets out and puts the others in their order.
  private func changeSheetList(
    _ source: WorkbookSource, _ table: SheetTable, _ order: [Int], _ changes: inout PackageEdits
  ) throws {
    let all = table.order + newSheets.map(\.key)
    if all == order { return }
    let places = Dictionary(firstOf: all.enumerated().map { ($1, $0) })
    try removeSheets(source, table, &changes)
    try changes.change(source.part) { SheetListEditing.apply(order.compactMap { places[$0] }, to: &$0) }
  }

  /// Takes the parts of sheets out with what only they led to, and the caches of their pivot tables.
  private func removeSheets(
    _ source: WorkbookSource, _ table: SheetTable, _ changes: inout PackageEdits
  ) throws {
    var pivots: [(name: String, cache: String?, editing: PivotEditing)] = []
    for key in removedSheets.sorted() {
      guard let part = table.parts[key] else { continue }
      let name = structure.lazy.filter { $0.sheet == key }.map(\.name).last
      let editing = PivotEditing(sheet: name ?? "", part: part, workbookPart: source.part)
      for link in try changes.links(of: part) where link.kind == "pivotTable" {
        let name = MarkupElement(try changes.bytes(of: link.part))?["name"] ?? ""
        pivots.append((name, try changes.linked(from: link.part, "pivotCacheDefinition"), editing))
      }
      try changes.removeWithOwned(part, from: source.part)
    }
    for (name, cache, editing) in pivots {
      try editing.checkStandsAlone(name, changes)
      if let cache { try editing.removeUnused(cache, from: &changes) }
    }
  }

  /// Lets the workbook open on a sheet. No other stays selected: they would be edited together.
  private func activate(
    _ source: WorkbookSource, _ table: SheetTable, _ order: [Int], _ changes: inout PackageEdits
  ) throws {
    guard let activeSheet, let position = order.firstIndex(of: activeSheet) else { return }
    for key in table.order where !removedSheets.contains(key) {
      guard let part = table.parts[key], changes.contains(part) else { continue }
      if key == activeSheet {
        try changes.change(part) { $0.selectTab() }
      } else if let bytes = PartEditing.deselecting(try changes.bytes(of: part)) {
        changes.set(part, bytes)
      }
    }
    try changes.change(source.part) { $0.activateSheet(at: position) }
  }

  /// A calculation chain that names cells without formulas makes Excel repair the file, and cached results no longer
  /// follow from changed cells: the chain goes, and everything is calculated when the file is opened.
  private func orderCalculation(
    _ source: WorkbookSource, _ changes: inout PackageEdits, changesFormulas: Bool, hasFormulas: Bool
  ) throws {
    let chain = try source.package.part(ofKind: "calcChain", from: source.part)
    let movesCells = structure.contains { change in
      switch change {
      case .renamed, .table: false
      default: true
      }
    }
    let losesColumns = structure.contains { change in
      if case .table(let table, _, _) = change { !table.lost.isEmpty } else { false }
    }
    if changesFormulas || movesCells, let chain { try changes.remove(chain, from: source.part) }
    let changesValues = sheets.values.contains { $0.cells.values.contains { $0.value != nil } }
    let newFormulas = newSheets.contains { $0.hasFormulas }
    guard
      changesValues || newFormulas || movesCells || losesColumns || !newNames.isEmpty || !changedNames.isEmpty
    else {
      return
    }
    if try movesCells || losesColumns || hasFormulas || newFormulas || chain != nil
      || otherSheetsHaveFormulas(source)
    {
      try changes.change(source.part) { $0.calculateOnLoad() }
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
