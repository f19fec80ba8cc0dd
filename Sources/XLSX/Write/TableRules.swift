/// What Excel refuses in tables.
enum TableRules {
  /// One table by itself, against the cells, merges and filter of its sheet.
  static func check(_ table: Table, on sheet: Worksheet) throws(XLSXError) {
    let place = table.range.first
    try ContentRules.checkDefinedName(table.name)
    try ContentRules.checkInGrid(table.range, "The table \(table.name)", sheet: sheet.name)
    func invalid(_ message: String, at cell: CellReference? = nil) -> XLSXError {
      ContentRules.invalid("The table \(table.name) \(message)", sheet: sheet.name, cell: cell ?? place)
    }
    if table.range.rows.count < (table.showsTotals ? 3 : 2) {
      throw invalid("needs a header row, a row of data\(table.showsTotals ? " and a row of totals" : "")")
    }
    if table.columns.count != table.range.columns.count {
      throw invalid("names \(table.columns.count) columns and has \(table.range.columns.count)")
    }
    var seen: Set<String> = []
    for (offset, title) in table.columns.enumerated() {
      let cell = place.offset(columns: offset)
      if title.isEmpty { throw invalid("has a column without a name", at: cell) }
      try ContentRules.checkLength(title, atMost: 255, "A column's name", sheet: sheet.name, cell: cell)
      if !seen.insert(title.lowercased()).inserted {
        throw invalid("names two columns \"\(title)\"", at: cell)
      }
      switch sheet[cell] {
      case .text(let text) where text == title: break
      case .richText(let text) where text.plainText == title: break
      default:
        throw invalid("names a column \"\(title)\", and its header cell holds something else", at: cell)
      }
    }
    if let merge = sheet.content.merges.first(where: { $0.overlaps(table.range) }) {
      throw invalid("overlaps the merged range \(merge)")
    }
    if let filter = sheet.content.autoFilter, filter.overlaps(table.range) {
      throw invalid("overlaps the sheet's filter \(filter); a table has a filter of its own")
    }
  }
}

extension WorkbookRules {
  /// All tables: also that their names differ from each other and from defined names.
  static func checkTables(of workbook: Workbook) throws(XLSXError) {
    var names = Set(workbook.definedNames.filter { $0.sheet == nil }.map { $0.name.lowercased() })
    for place in workbook.sheets.indices {
      guard let sheet = workbook.loadedSheet(at: place) else { continue }
      try ContentRules.checkNoOverlap(sheet.content.tables.map(\.range), "The tables", sheet: sheet.name)
      for table in sheet.content.tables {
        try TableRules.check(table, on: sheet)
        if !names.insert(table.name.lowercased()).inserted {
          throw ContentRules.invalid("The name \"\(table.name)\" of a table is taken", sheet: sheet.name)
        }
      }
    }
  }
}
