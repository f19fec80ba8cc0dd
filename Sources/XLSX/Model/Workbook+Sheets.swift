extension Workbook {
  /// Takes a sheet out, with the names that belong to it. What refers to its cells becomes `#REF!`, as in Excel.
  ///
  /// - Throws: ``XLSXError/Code/noSuchSheet``. Without a visible sheet, saving throws.
  /// - Complexity: O(stored cells)
  public func removeSheet(named name: String) throws {
    try removeSheet(at: position(ofSheet: name))
  }

  /// Takes the sheet at a position out.
  public func removeSheet(at position: Int) throws {
    try checkExists(position)
    let name = sheets[position].name
    // A sheet that cannot be read can go all the same.
    let tables = sheets[position].kind == .worksheet ? (try? sheet(at: position))?.content.tables ?? [] : []
    let change = StructureChange.removed(
      sheet: keys[position], name: name, tables: Set(tables.map { $0.name.lowercased() }))
    definedNames.removeAll { $0.sheet == name }
    opened?.definedNames.removeAll { $0.sheet == name }
    forgetSheet(at: position)
    apply(change)
  }

  /// Gives a sheet another place among ``sheets``.
  ///
  /// - Parameter position: Where it is to be, from 0, counted without it.
  /// - Throws: ``XLSXError/Code/noSuchSheet`` for a sheet or a place that there is not.
  public func moveSheet(named name: String, to position: Int) throws {
    try moveSheet(from: self.position(ofSheet: name), to: position)
  }

  /// Gives the sheet at a position another place.
  public func moveSheet(from old: Int, to new: Int) throws {
    try checkExists(old)
    try checkExists(new)
    placeSheet(from: old, to: new)
  }

  /// Copies a sheet, with everything on it, to the place after it. Its formulas that refer to it refer to the copy; its tables
  /// get other names; names that belong to it the copy has as well.
  ///
  ///     try book.copySheet("一月", as: "二月")
  ///
  /// - Returns: The copy.
  /// - Throws: ``XLSXError/Code/noSuchSheet``, ``XLSXError/Code/invalidContent`` for a name that cannot be given; when an opened
  ///   workbook is saved, ``XLSXError/Code/unsupportedChange`` for a sheet with something of which there cannot be two, such as
  ///   slicers.
  /// - Complexity: O(stored cells)
  @discardableResult
  public func copySheet(_ name: String, as new: String) throws -> Worksheet {
    let position = try position(ofSheet: name)
    let sheet = try sheet(at: position)
    try checkNewName(new)
    let old = sheets[position]
    var taken = Set(
      try worksheets.flatMap(\.content.tables).map { $0.name.lowercased() }
        + definedNames.map { $0.name.lowercased() })
    let tables = Dictionary(
      firstOf: sheet.content.tables.map { ($0.name.lowercased(), TableNames.free(like: $0.name, &taken)) })
    let info = SheetInfo(name: new, visibility: old.visibility, kind: .worksheet)
    let copy = Worksheet(info: info, workbook: self)
    copy.content = sheet.content.copied(SheetRename(position: 0, old: old.name, new: new), tables: tables)
    sheets.append(info)
    let key = keys[sheets.count - 1]
    loadedSheets[key] = copy
    placeSheet(from: sheets.count - 1, to: position + 1)
    let renamer = FormulaSheetRenamer(from: old.name, to: new)
    func copies(_ names: [DefinedName]) -> [DefinedName] {
      names.filter { $0.sheet == old.name }.map {
        DefinedName($0.name, formula: renamer.renamed($0.formula), sheet: new, hidden: $0.isHidden)
      }
    }
    // Those of the file, and their copies, come before those that are new.
    let fileNames = opened.map(\.definedNames) ?? []
    let newNames = definedNames.dropFirst(fileNames.count)
    if let origin = sheet.opened, opened != nil {
      copy.opened = Worksheet.Opened(
        source: origin.source, position: key,
        content: origin.content.copied(SheetRename(position: 0, old: old.name, new: new), tables: tables))
      opened?.definedNames += copies(fileNames)
      let visibility = opened?.visibilities[keys[position]]
      opened?.visibilities[key] = visibility
      definedNames =
        Array(definedNames.prefix(fileNames.count)) + copies(fileNames) + newNames + copies(Array(newNames))
      structure.append(
        .copied(sheet: keys[position], name: old.name, to: key, named: new, tables: tables))
    } else {
      definedNames += copies(definedNames)
    }
    return copy
  }

  /// Copies a sheet of another workbook to the end of this one: values, formulas, looks, sizes and what is attached to cells.
  /// Formulas that refer to other sheets look for them here.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a name that cannot be given; when an opened workbook is saved,
  ///   ``XLSXError/Code/invalidContent`` for a table whose name is taken there, ``XLSXError/Code/unsupportedChange`` for a
  ///   pivot table whose list is not there.
  /// - Complexity: O(stored cells)
  @discardableResult
  public func copySheet(_ sheet: Worksheet, as new: String) throws -> Worksheet {
    try loadStyles()
    let copy = try addSheet(named: new)
    var content = sheet.content.copied(SheetRename(position: 0, old: sheet.name, new: new), tables: [:])
    var indices: [Int: Int] = [:]
    func index(_ old: Int) -> Int {
      if let known = indices[old] { return known }
      let index = styles.index(of: sheet.workbook.styles[old])
      indices[old] = index
      return index
    }
    content.cells.updateStoredRows { row in
      row.settings.style = row.settings.style.map(index)
      for place in row.cells.indices { row.cells[place].style = index(row.cells[place].style) }
    }
    for place in content.columns.indices {
      content.columns[place].settings.style = content.columns[place].settings.style.map(index)
    }
    copy.content = content
    for pivot in content.pivotTables {
      copy.content.pivotSnapshots[pivot.name] = try? PivotSnapshot(of: pivot, in: self, sheet: new)
    }
    return copy
  }

  // What the methods above share.

  /// A sheet that has been parsed or added.
  func loadedSheet(at position: Int) -> Worksheet? {
    sheets.indices.contains(position) ? loadedSheets[keys[position]] : nil
  }

  /// Whether cells are elsewhere than in the file.
  var hasMovedCells: Bool {
    structure.contains { change in
      switch change {
      case .renamed, .table: false
      default: true
      }
    }
  }

  /// Makes everything that is in memory follow a change that has been made, and keeps it for the rest and for the file.
  func apply(_ change: StructureChange) {
    for (key, sheet) in loadedSheets {
      sheet.content.follow(change, isOwn: key == change.sheet)
      sheet.opened?.content.follow(change, isOwn: key == change.sheet)
    }
    for key in unloadedCells.keys { unloadedCells[key]?.follow(change, isOwn: false) }
    func follow(_ names: inout [DefinedName]) {
      for index in names.indices {
        names[index].formula = change.followed(names[index].formula, isOwn: false, isName: true)
        if case .renamed(let rename) = change, names[index].sheet == rename.old {
          names[index].sheet = rename.new
        }
      }
    }
    follow(&definedNames)
    if var opened {
      follow(&opened.definedNames)
      self.opened = opened
    }
    if opened != nil || imported != nil { structure.append(change) }
  }

  func forgetSheet(at position: Int) {
    loadedSheets[keys[position]] = nil
    unloadedCells[keys[position]] = nil
    if activeKey == keys[position] { activeKey = nil }
    keys.remove(at: position)
    sheets.remove(at: position)
  }

  func placeSheet(from old: Int, to new: Int) {
    guard old != new else { return }
    keys.insert(keys.remove(at: old), at: new)
    var list = sheets
    list.insert(list.remove(at: old), at: new)
    sheets = list
  }

  func checkNewName(_ name: String, except position: Int? = nil) throws {
    try ContentRules.checkSheetName(name)
    let folded = name.lowercased()
    if sheets.indices.contains(where: { $0 != position && sheets[$0].name.lowercased() == folded }) {
      throw ContentRules.invalid(
        "There is a sheet named \"\(name)\" already; names must differ in more than letter case")
    }
  }

  private func checkExists(_ position: Int) throws {
    guard sheets.indices.contains(position) else {
      throw XLSXError(
        .noSuchSheet, "There is no sheet at position \(position); the workbook has \(sheets.count).")
    }
  }

  func checkPlace(_ position: Int) throws {
    if position != sheets.count { try checkExists(position) }
  }
}

extension SheetContent {
  /// The content of a copy, in which what refers to the sheet refers to the copy.
  func copied(_ rename: SheetRename, tables names: [String: String]) -> SheetContent {
    var copy = self
    copy.rename(rename)
    copy.followFormulas({ TableNames.renamed(formula: $0, names) }) { formula, _ in
      TableNames.renamed(formula: formula, names)
    }
    for index in copy.tables.indices {
      copy.tables[index].name = names[copy.tables[index].name.lowercased()] ?? copy.tables[index].name
    }
    return copy
  }
}
