/// Finds what of an opened workbook was changed since it was read.
///
/// Every part of the model is compared with what the file holds, so that no change can be forgotten: one that the plan
/// cannot express is refused. Rows that nobody touched share their memory with what was read, and are equal at a glance.
struct ModelChanges {
  private let workbook: Workbook

  init(of workbook: Workbook) { self.workbook = workbook }

  /// - Throws: ``XLSXError/Code/unsupportedChange``, ``XLSXError/Code/invalidContent``.
  func plan() throws -> EditPlan {
    var plan = EditPlan()
    plan.structure = workbook.structure
    guard let opened = workbook.opened else { return plan }
    try checkWorkbook(opened)
    plan.properties = try propertyChanges()
    if workbook.protection != opened.protection { plan.protection = .some(workbook.protection) }
    (plan.newNames, plan.changedNames) = try nameChanges(since: opened.definedNames)
    plan.visibilities = try visibilities(since: opened.visibilities)
    plan.visibleSheets = workbook.sheets.indices.filter { workbook.sheets[$0].visibility == .visible }
      .map { workbook.keys[$0] }
    // Copies among them, which the file has once it is changed so far.
    let known = Set(opened.visibilities.keys)
    plan.removedSheets = known.subtracting(workbook.keys)
    let added = workbook.keys.filter { !known.contains($0) }.sorted()
    let natural = known.sorted().filter(workbook.keys.contains) + added
    if workbook.keys != natural || !plan.removedSheets.isEmpty { plan.order = workbook.keys }
    plan.activeSheet = workbook.activeKey
    plan.renamesTableColumns = workbook.renamesTableColumns
    for (position, sheet) in workbook.loadedSheets.sorted(by: { $0.key < $1.key }) {
      try WorkbookRules.check(unlessUnchanged: sheet)
      if let original = sheet.opened?.content {
        if let changes = try changes(of: sheet, since: original) { plan.sheets[position] = changes }
        plan.sheetNames.merge(try SheetNameEditing.changes(from: original, to: sheet.content, of: sheet)) {
          $1
        }
      } else {
        plan.newSheets.append(try newSheet(sheet, key: position))
        plan.newNames += DefinedNamesXML.builtIn(for: sheet.content, named: sheet.name)
      }
    }
    for (key, content) in workbook.unloadedCells {
      plan.sheets[key, default: .init()].isUnread = true
      for row in content.cells.rows {
        for cell in row.cells {
          let place = CellReference(row: row.index, column: cell.column)
          plan.sheets[key, default: .init()].cells[place] = CellEdit(value: cell.value)
        }
      }
    }
    return plan
  }

  /// A cell that a merged range hides cannot show what is written into it.
  static func checkVisible(_ cell: CellReference, merges: RangeIndex, sheet: String) throws {
    guard let merge = merges.first(containing: cell), merge.first != cell else { return }
    throw XLSXError(
      .invalidContent, "The cell is hidden in the merged range \(merge); write to \(merge.first).",
      sheet: sheet, cell: cell)
  }

  private static func refusal(_ what: String, sheet: String? = nil, cell: CellReference? = nil) -> XLSXError {
    XLSXError(
      .unsupportedChange,
      "\(what) of an opened workbook cannot be changed without losing what else the file holds; change it in Excel or WPS, or write a new workbook.",
      sheet: sheet, cell: cell)
  }

  // The workbook

  private func checkWorkbook(_ opened: Workbook.Opened) throws {
    if workbook.dateSystem != opened.dateSystem { throw Self.refusal("The date system") }
  }

  private func propertyChanges() throws -> PropertiesEditing? {
    guard workbook.arePropertiesChanged, let source = workbook.source else { return nil }
    let editing = PropertiesEditing(old: PropertiesReader.read(source), new: workbook.properties)
    try editing.check()
    return editing.isEmpty ? nil : editing
  }

  private func visibilities(
    since old: [Int: SheetInfo.Visibility]
  ) throws -> [Int: SheetInfo.Visibility] {
    var changes: [Int: SheetInfo.Visibility] = [:]
    for (key, sheet) in zip(workbook.keys, workbook.sheets) {
      if let visibility = old[key], visibility != sheet.visibility { changes[key] = sheet.visibility }
    }
    if !changes.isEmpty || old.keys.contains(where: { !workbook.keys.contains($0) }),
      !workbook.sheets.contains(where: { $0.visibility == .visible })
    {
      throw ContentRules.invalid("A workbook needs a visible sheet")
    }
    return changes
  }

  /// The names that are new, and those of the file that say something else now, or are gone (`nil`).
  private func nameChanges(
    since old: [DefinedName]
  ) throws -> (added: [DefinedName], changed: [DefinedNamesXML.Scoped: DefinedName?]) {
    let now = workbook.definedNames
    var added: [DefinedName] = []
    var changed: [DefinedNamesXML.Scoped: DefinedName?] = [:]
    var taken: Set<DefinedNamesXML.Scoped> = []
    if now.starts(with: old) {
      added = Array(now.dropFirst(old.count))
      taken = Set(old.map { DefinedNamesXML.Scoped($0) })
    } else {
      let before = Dictionary(firstOf: old.map { (DefinedNamesXML.Scoped($0), $0) })
      let kept = Set(now.map { DefinedNamesXML.Scoped($0) })
      for scope in before.keys where !kept.contains(scope) { changed[scope] = .some(nil) }
      for name in now {
        let scope = DefinedNamesXML.Scoped(name)
        if let known = before[scope] {
          if known != name { changed[scope] = name }
        } else {
          added.append(name)
        }
      }
    }
    for name in added + changed.values.compactMap({ $0 }) {
      try WorkbookRules.check(name, of: workbook, taken: &taken)
    }
    return (added, changed)
  }

  /// A sheet that was added. Its styles beyond those of the file are made from the default one.
  private func newSheet(_ sheet: Worksheet, key: Int) throws -> NewSheet {
    let count = fileStyleCount
    var styles: [Int: StyleChange] = [:]
    func note(_ index: Int) {
      guard index >= count, styles[index] == nil else { return }
      styles[index] = StyleChange(base: 0, from: workbook.styles[0], to: workbook.styles[index])
    }
    for row in sheet.content.cells.rows {
      if let style = row.settings.style { note(style) }
      for cell in row.cells { note(cell.style) }
    }
    for run in sheet.content.columns { if let style = run.settings.style { note(style) } }
    return try NewSheet(
      key: key, name: sheet.name, visibility: sheet.info.visibility, content: sheet.content, styles: styles,
      objects: ObjectEditing(sheet, since: SheetContent(), of: workbook))
  }

  /// How many styles have the index that they have in the file.
  private var fileStyleCount: Int {
    guard let styles = try? workbook.source?.styleSheet().styles else { return 0 }
    // Without cell formats in the file even the default one has to be made.
    return max(styles.count, 1)
  }

  // A sheet

  /// The labels of what ``changes(of:since:)`` looks at; a test holds them against the fields of ``SheetContent``.
  static let comparedFields: Set<String> = [
    "cells", "columns", "merges", "mergesVersion", "defaultRowHeight", "defaultColumnWidth", "hyperlinks",
    "comments",
    "threads",
    "validations", "conditionalFormats", "protection", "view", "autoFilter", "activeFilters", "pageSetup",
    "tabColor",
    "tables",
    "pictures", "charts", "sparklines", "pivotTables", "pivotSnapshots",
  ]

  private func changes(of sheet: Worksheet, since old: SheetContent) throws -> EditPlan.Sheet? {
    let new = sheet.content
    let name = sheet.name
    var changes = EditPlan.Sheet()
    changes.oldComments = old.comments
    let merged = Set(old.merges)
    changes.merges = new.merges.filter { !merged.contains($0) }
    let validations = ValidationChanges(from: old.validations, to: new.validations)
    changes.settings = SheetSettingsChange(from: old, to: new, validations: validations)
    changes.validations = validations.added
    let linked = Set(old.hyperlinks.keys).union(new.hyperlinks.keys)
    for cell in linked where old.hyperlinks[cell] != new.hyperlinks[cell] {
      changes.hyperlinks[cell] = HyperlinkChange(old: old.hyperlinks[cell], new: new.hyperlinks[cell])
    }
    changes.columns = try columnChanges(old, new, sheet: name)
    changes.format = try formatChange(old, new, sheet: name)
    for cell in Set(old.comments.keys).union(new.comments.keys) where old.comments[cell] != new.comments[cell]
    {
      // A comment may only stand in for a conversation.
      if new.threads[cell] == nil { changes.comments[cell] = .some(new.comments[cell]) }
    }
    for cell in Set(old.threads.keys).union(new.threads.keys) where old.threads[cell] != new.threads[cell] {
      if let thread = new.threads[cell], thread.entries.isEmpty {
        throw ContentRules.invalid("A conversation without an entry", sheet: name, cell: cell)
      }
      changes.threads[cell] = .init(old: old.threads[cell], new: new.threads[cell])
    }
    changes.objects = try ObjectEditing(sheet, since: old, of: workbook)
    try compareRows(old.cells.rows, new.cells.rows, sheet, old, &changes)
    let kept = new.merges == old.merges ? old.merges : old.merges.filter(Set(new.merges).contains)
    let hidden = RangeIndex(kept)
    for (cell, edit) in changes.cells.sorted(by: { $0.key < $1.key }) where edit.value?.isEmpty == false {
      try Self.checkVisible(cell, merges: hidden, sheet: name)
    }
    let isUnchanged =
      changes.cells.isEmpty && changes.styles.isEmpty && changes.rows.isEmpty && changes.comments.isEmpty
      && changes.merges.isEmpty && changes.validations.isEmpty && changes.hyperlinks.isEmpty
      && changes.columns.isEmpty && changes.format.isEmpty && changes.settings == nil
      && changes.objects == nil && changes.threads.isEmpty
    return isUnchanged ? nil : changes
  }

  private func columnChanges(_ old: SheetContent, _ new: SheetContent, sheet: String) throws -> [ColumnChange]
  {
    let isSame =
      old.columns.count == new.columns.count
      && zip(old.columns, new.columns).allSatisfy { $0.range == $1.range && $0.settings == $1.settings }
    if isSame { return [] }
    for run in new.columns { try ContentRules.checkColumns(run.range, sheet: sheet) }
    return try ColumnChange.between(old.columns, and: new.columns).compactMap { change in
      if change.new.width != change.old.width {
        try ContentRules.checkWidth(change.new.width, ofColumn: change.columns.lowerBound, sheet: sheet)
      }
      var change = change
      change.style = styleChange(from: change.old.style, to: change.new.style)
      change.new.style = change.old.style
      return change.old == change.new && change.style == nil ? nil : change
    }
  }

  private func formatChange(_ old: SheetContent, _ new: SheetContent, sheet: String) throws
    -> SheetFormatEditing
  {
    let change = SheetFormatEditing(
      rowHeight: .init(old: old.defaultRowHeight, new: new.defaultRowHeight),
      columnWidth: .init(old: old.defaultColumnWidth, new: new.defaultColumnWidth))
    if change.rowHeight.isChanged { try ContentRules.checkDefaultHeight(new.defaultRowHeight, sheet: sheet) }
    if change.columnWidth.isChanged {
      try ContentRules.checkDefaultWidth(new.defaultColumnWidth, sheet: sheet)
    }
    return change
  }

  /// What a whole row or column needs to look otherwise; `nil` if it looks the same.
  private func styleChange(from old: Int?, to new: Int?) -> StyleChange? {
    let (base, index) = (old ?? 0, new ?? 0)
    if base == index { return nil }
    let change = StyleChange(base: base, from: workbook.styles[base], to: workbook.styles[index])
    return change.isEmpty ? nil : change
  }

  // Rows and cells

  private func compareRows(
    _ old: [CellStore.Row], _ new: [CellStore.Row], _ sheet: Worksheet, _ content: SheetContent,
    _ changes: inout EditPlan.Sheet
  ) throws {
    var before = old[...]
    for row in new {
      while let first = before.first, first.index < row.index {
        before.removeFirst()
        // Rows do not vanish; one that did has lost its cells.
        try compare(first, CellStore.Row(index: first.index), sheet, content, &changes)
      }
      if let first = before.first, first.index == row.index {
        before.removeFirst()
        try compare(first, row, sheet, content, &changes)
      } else {
        try compare(CellStore.Row(index: row.index), row, sheet, content, &changes)
      }
    }
    for row in before { try compare(row, CellStore.Row(index: row.index), sheet, content, &changes) }
  }

  private func compare(
    _ old: CellStore.Row, _ new: CellStore.Row, _ sheet: Worksheet, _ content: SheetContent,
    _ changes: inout EditPlan.Sheet
  ) throws {
    if old.settings != new.settings {
      var change = RowChange(old: old.settings, new: new.settings)
      if change.new.height != change.old.height {
        try ContentRules.checkHeight(change.new.height, ofRow: new.index, sheet: sheet.name)
      }
      change.style = styleChange(from: old.settings.style, to: new.settings.style)
      change.new.style = change.old.style
      if change.old != change.new || change.style != nil { changes.rows[new.index] = change }
    }
    if old.cells == new.cells { return }
    let before = Dictionary(old.cells.map { ($0.column, $0) }, uniquingKeysWith: { _, last in last })
    for cell in new.cells where before[cell.column] != cell {
      let place = CellReference(row: new.index, column: cell.column)
      let known = before[cell.column]
      let value = known?.value ?? .empty
      if cell.value != value {
        changes.cells[place, default: CellEdit()].value = cell.value
      }
      let base = known?.style ?? inheritedStyle(at: place, old, content)
      guard cell.style != base else { continue }
      let change = StyleChange(base: base, from: workbook.styles[base], to: workbook.styles[cell.style])
      if !change.isEmpty { changes.styles[place] = change }
    }
    let kept = Set(new.cells.map(\.column))
    for cell in old.cells where !kept.contains(cell.column) && !cell.value.isEmpty {
      changes.cells[CellReference(row: new.index, column: cell.column), default: CellEdit()].value = .empty
    }
  }

  /// What the file gives a cell that it does not have: the style of its row or column.
  private func inheritedStyle(at cell: CellReference, _ row: CellStore.Row, _ content: SheetContent) -> Int {
    row.settings.style ?? content.columns.first { $0.range.contains(cell.column) }?.settings.style ?? 0
  }
}

extension WorkbookRules {
  /// Checks a sheet that was added or changed; what a file held before is the file's own affair.
  static func check(unlessUnchanged sheet: Worksheet) throws(XLSXError) {
    guard let opened = sheet.opened else {
      try check(sheet)
      return
    }
    for (cell, link) in sheet.content.hyperlinks where opened.content.hyperlinks[cell] != link {
      try check(link, at: cell, sheet: sheet.name)
    }
    for (cell, comment) in sheet.content.comments where opened.content.comments[cell] != comment {
      try check(comment, at: cell, sheet: sheet.name)
    }
    let merged = Set(opened.content.merges)
    let added = sheet.content.merges.filter { !merged.contains($0) }
    if !added.isEmpty {
      let arrays = MergeRules.arrays(in: sheet.content)
      for merge in added {
        try MergeRules.check(merge, meets: sheet.content, arrays: arrays, sheet: sheet.name)
      }
    }
    if sheet.content.view != opened.content.view { try check(sheet.content.view, sheet: sheet.name) }
    if sheet.content.pageSetup != opened.content.pageSetup {
      try check(sheet.content.pageSetup, sheet: sheet.name)
    }
    for validation in ValidationChanges(from: opened.content.validations, to: sheet.content.validations).new {
      try ValidationRules.check(validation, sheet: sheet.name)
    }
    if let filter = sheet.content.autoFilter, filter != opened.content.autoFilter {
      try ContentRules.checkInGrid(filter, "The filter", sheet: sheet.name)
      if let table = sheet.content.tables.first(where: { $0.range.overlaps(filter) }) {
        throw ContentRules.invalid(
          "The filter \(filter) overlaps the table \(table.name), which has a filter of its own",
          sheet: sheet.name,
          cell: filter.first)
      }
    }
    let formats = ObjectChanges(
      from: opened.content.conditionalFormats, to: sheet.content.conditionalFormats)
    for format in formats.added + formats.changed.map(\.new) {
      try ConditionalFormatRules.check(format, sheet: sheet.name)
    }
    if sheet.content.tabColor != opened.content.tabColor { try StyleRules.check(sheet.content.tabColor) }
    if let row = sheet.content.cells.rows.last, let first = sheet.content.cells.rows.first {
      let last = CellReference(row: row.index, column: 1)
      try ContentRules.checkInGrid(
        CellRange(CellReference(row: first.index, column: 1), last), "A row", sheet: sheet.name)
    }
    if let range = sheet.content.cells.usedRange {
      try ContentRules.checkInGrid(range, "A cell", sheet: sheet.name)
    }
  }
}
