import XLSX

/// A table of another format as a workbook, cell for cell at the same addresses, to be marked and sent back.
struct GridWorkbook {
  let bytes: [UInt8]
  /// The names of the sheets by those that the file's reader gave them.
  let names: [String: String]

  /// - Parameter tables: The ranges of the forms, by the reader's name of the sheet; they get borders.
  init(_ book: GridBook, tables: [String: [CellRange]]) throws {
    let workbook = Workbook()
    var names: [String: String] = [:]
    for grid in book.grids where !(grid.cells.isEmpty && book.grids.count > 1) {
      let name = Self.name(grid.name, taken: workbook.sheets.map(\.name))
      names[grid.name] = names[grid.name] ?? name
      let sheet = try workbook.addSheet(named: name)
      try Self.fill(sheet, from: grid, tables: tables[grid.name] ?? [])
    }
    if workbook.sheets.isEmpty { try workbook.addSheet(named: "Sheet1") }
    self.names = names
    bytes = try workbook.serialized()
  }

  private static func fill(_ sheet: Worksheet, from grid: Grid, tables: [CellRange]) throws {
    let text = Font(name: "宋体", size: 11)
    let inTable = Style(
      font: text, borders: .thin,
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true)
    )
    for table in tables where table.rows.count * table.columns.count < 10_000 {
      sheet.setStyle(inTable, for: table)
    }
    var widths: [Int: Double] = [:]
    for (cell, content) in grid.cells {
      sheet[cell] = value(of: content)
      let isMerged = grid.merges.contains { $0.contains(cell) && !$0.isSingleCell }
      if !tables.contains(where: { $0.contains(cell) }) {
        sheet.setStyle(
          Style(font: text, alignment: Alignment(vertical: .center, wrapsText: isMerged)), at: cell)
      }
      if let format = content.appearance?.shownAs?.format ?? (content.isDate ? .isoDate : nil) {
        sheet.changeStyle(for: CellRange(cell)) { $0.numberFormat = format }
      }
      if !isMerged {
        let width = Double(sheet[cell].text?.displayWidth ?? 8) + 2
        widths[cell.column] = max(widths[cell.column] ?? 10, min(width, 24))
      }
    }
    for merge in grid.merges where !merge.isSingleCell {
      guard !sheet.mergedRanges.contains(where: { $0.overlaps(merge) }) else { continue }
      try sheet.merge(merge)
    }
    for (column, width) in widths { sheet.setColumnWidth(width, for: column) }
    sheet.hideRows(of: grid.hiddenRows)
    for column in grid.hiddenColumns { sheet.hideColumns(column) }
    var page = PageSetup()
    page.scaling = .fit(width: 1, height: nil)
    page.orientation = widths.values.reduce(0, +) > 100 ? .landscape : .portrait
    page.centersHorizontally = true
    sheet.pageSetup = page
  }

  /// What is seen: without its marks, what was crossed out would be a figure again.
  private static func value(of cell: GridCell) -> CellValue {
    switch cell.appearance?.seen ?? cell.value {
    case .blank: .empty
    case .number(let number): .number(number.cellNumber)
    case .text(let text): .words(text)
    case .bool(let bool): .bool(bool)
    case .error(let text): .words(text)
    }
  }

  /// A name that a sheet can have.
  private static func name(_ wanted: String, taken: [String]) -> String {
    let plain = String(wanted.filter { !"[]:*?/\\'".contains($0) && !$0.isNewline }.prefix(25))
    let base = plain.trimmedOfSpaces.isEmpty ? "Sheet" : plain.trimmedOfSpaces
    var name = base
    var number = 2
    while taken.contains(where: { $0.lowercased() == name.lowercased() }) {
      name = "\(base)(\(number))"
      number += 1
    }
    return name
  }
}

extension Worksheet {
  fileprivate func hideRows(of rows: Set<Int>) {
    for row in rows { hideRows(row) }
  }
}

extension String {
  fileprivate var trimmedOfSpaces: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
