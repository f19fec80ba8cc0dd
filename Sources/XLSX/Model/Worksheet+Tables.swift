extension Worksheet {
  /// Makes a range a table. Header cells that are empty get their column's name.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a name that Excel does not allow, columns that are not as many as
  ///   the range has, twice the same name (letter case ignored), a header cell that reads otherwise, or a range that
  ///   overlaps another table, a merged range or the sheet's filter.
  public func addTable(_ table: Table) throws {
    for (offset, title) in table.columns.enumerated() {
      let cell = table.range.first.offset(columns: offset)
      if self[cell].isEmpty && offset < table.range.columns.count { self[cell] = .text(title) }
    }
    try TableRules.check(table, on: self)
    if let other = content.tables.first(where: { $0.range.overlaps(table.range) }) {
      throw ContentRules.invalid(
        "The tables \(other.name) and \(table.name) overlap", sheet: name, cell: table.range.first)
    }
    content.tables.append(table)
  }

  /// Makes a range with a header row of texts a table; the columns are named after the header cells.
  public func addTable(_ name: String, range: CellRange, styleName: String? = "TableStyleMedium2") throws {
    let titles = range.columns.map { self[CellReference(row: range.first.row, column: $0)].text ?? "" }
    try addTable(Table(name, range: range, columns: titles, styleName: styleName))
  }

  /// Changes a table: its name, its cells, its look, whether it has buttons to filter by and a row of totals. Formulas that use
  /// its name follow; what they say of columns that are no part of it any more is `#REF!`, as in Excel. Columns are named
  /// after their header cells; where the cells become more, empty header cells get the names of ``Table/columns``, or
  /// `Column1` and so on.
  ///
  ///     try sheet.changeTable(named: "销售") { table in
  ///       table.range = "A1:D40"
  ///       table.styleName = "TableStyleLight9"
  ///     }
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` if there is no such table, for another row of headings, and as
  ///   ``addTable(_:)``; whatever the closure throws. When an opened workbook is saved,
  ///   ``XLSXError/Code/unsupportedChange`` for a table without headings.
  /// - Complexity: O(stored cells) for another name or fewer columns, else O(columns)
  public func changeTable(named name: String, _ body: (inout Table) throws -> Void) throws {
    let place = try place(ofTable: name)
    let old = content.tables[place]
    var table = old
    try body(&table)
    table.origin = old.origin
    func invalid(_ message: String) -> XLSXError {
      ContentRules.invalid("The table \(old.name) \(message)", sheet: self.name, cell: table.range.first)
    }
    if table.range.first.row != old.range.first.row { throw invalid("keeps its row of headings") }
    if table.range != old.range || table.columns == old.columns { nameColumns(of: &table, before: old) }
    for (column, title) in zip(table.range.columns, table.columns) {
      let cell = CellReference(row: table.range.first.row, column: column)
      if self[cell].isEmpty { self[cell] = .text(title) }
    }
    // What the file holds of a table that only looks otherwise is the file's own affair.
    if table.isLaidOut(unlike: old) { try TableRules.check(table, on: self) }
    try ContentRules.checkDefinedName(table.name)
    if let other = content.tables.first(where: {
      $0.name.lowercased() != old.name.lowercased() && $0.range.overlaps(table.range)
    }) {
      throw invalid("would overlap the table \(other.name)")
    }
    if table.name != old.name { try checkNewName(table.name, of: old) }
    let kept = Set(table.range.columns)
    let lost = zip(old.range.columns, old.columns).filter { !kept.contains($0.0) }.map(\.1)
    content.tables[place] = table
    content.tables[place].name = old.name
    guard table.name != old.name || !lost.isEmpty else { return }
    try follow(TableChange(old: old.name, new: table.name, lost: LostTables(columns: lost, of: old.name)))
  }

  /// Takes a table away; its cells, with what they hold and how they look by themselves, stay. Formulas that use its name get
  /// references to its cells, as where Excel converts a table to a range.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` if there is no such table, or if a formula says something of it for which
  ///   there are no cells, such as the row of a formula outside its rows, or a pivot table sums it up. Nothing is changed
  ///   then. When an opened workbook is saved, ``XLSXError/Code/unsupportedChange`` for a table with slicers.
  /// - Complexity: O(stored cells of the workbook)
  public func removeTable(named name: String) throws {
    let table = content.tables[try place(ofTable: name)]
    let plain = PlainTableReferences(table: table, sheet: self.name)
    func refusal(_ sheet: String, _ cell: CellReference?) -> XLSXError {
      ContentRules.invalid(
        "A formula here says something of the table \(table.name) for which there are no cells; change it first",
        sheet: sheet, cell: cell)
    }
    let sheets = try book?.worksheets ?? [self]
    let contents = try sheets.map { sheet in
      var content = sheet.content
      if let pivot = content.pivotTables.first(where: { $0.source.lowercased() == table.name.lowercased() }) {
        throw ContentRules.invalid(
          "The pivot table \(pivot.name) sums up the table \(table.name); take it away first",
          sheet: sheet.name,
          cell: pivot.area.first)
      }
      if let cell = content.replaceTable(plain) { throw refusal(sheet.name, cell) }
      return content
    }
    var names = book?.definedNames ?? []
    for index in names.indices {
      guard let text = plain.replaced(in: names[index].formula, at: nil) else {
        throw refusal(self.name, nil)
      }
      names[index].formula = text
    }
    for (sheet, content) in zip(sheets, contents) { sheet.content = content }
    if let book, names != book.definedNames { book.definedNames = names }
    try follow(TableChange(old: table.name, new: nil))
  }

  private func follow(_ change: TableChange) throws {
    guard let book, let position = book.sheets.indices.first(where: { book.loadedSheet(at: $0) === self })
    else {
      content.follow(.table(change, sheet: 0, name: name), isOwn: true)
      return
    }
    book.apply(.table(change, sheet: book.keys[position], name: name))
  }

  private func place(ofTable name: String) throws -> Int {
    guard let place = content.tables.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) else {
      throw ContentRules.invalid("There is no table \(name) on the sheet", sheet: self.name)
    }
    return place
  }

  /// Names the columns after their header cells; those of empty ones stay, or are made.
  private func nameColumns(of table: inout Table, before old: Table) {
    var known = Dictionary(firstOf: zip(old.range.columns, old.columns))
    if table.columns.count == table.range.columns.count, table.columns != old.columns {
      for (column, title) in zip(table.range.columns, table.columns) { known[column] = title }
    }
    let heads = table.range.columns.map {
      (column: $0, text: self[CellReference(row: table.range.first.row, column: $0)].plainText)
    }
    var taken = Set(heads.compactMap { $0.text?.lowercased() })
    table.columns = heads.map { head in
      if let text = head.text { return text }
      if let name = known[head.column], taken.insert(name.lowercased()).inserted { return name }
      return TableColumnNames.free(&taken)
    }
  }

  private func checkNewName(_ name: String, of table: Table) throws {
    let folded = name.lowercased()
    let tables = try book?.worksheets.flatMap(\.content.tables) ?? content.tables
    let isTaken =
      tables.contains { $0.name.lowercased() == folded && $0.name.lowercased() != table.name.lowercased() }
      || book?.definedNames.contains { $0.sheet == nil && $0.name.lowercased() == folded } == true
    if isTaken {
      throw ContentRules.invalid("The name \"\(name)\" of a table is taken", sheet: self.name)
    }
  }

  /// The tables on the sheet.
  public var tables: [Table] { content.tables }
}

extension CellValue {
  /// The text of a header cell; `nil` for an empty one.
  fileprivate var plainText: String? {
    switch self {
    case .text(let text) where !text.isEmpty: text
    case .richText(let text) where !text.plainText.isEmpty: text.plainText
    default: nil
    }
  }
}
