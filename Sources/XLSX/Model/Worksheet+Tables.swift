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

  /// The tables on the sheet.
  public var tables: [Table] { content.tables }
}
