import XLSX

/// An annex that sets targets, as the notice prints it: two pairs of unit and figure side by side, the total below.
public enum TargetSheet {
  private static let pairs = 2

  /// A workbook with the table.
  ///
  /// - Throws: ``XLSXError`` if the table asks for what a workbook cannot hold.
  public static func workbook(for table: TargetTable, campaign: Campaign) throws -> Workbook {
    let book = Workbook()
    book.properties.title = table.title
    book.properties.creator = campaign.office
    let sheet = try book.addSheet(named: table.label)
    let columns = pairs * 2
    let paper = PaperSheet(sheet: sheet, layout: table.layout, columns: columns)
    let even = (table.layout.textWidth / Double(columns)).rounded(.down)
    for column in 1...columns {
      let widths = table.layout.columnWidths
      sheet.setColumnWidth(widths.count == columns ? widths[column - 1] : even, for: column)
    }
    try paper.head(label: table.label, title: table.title)

    let top = 3
    var row = top
    for pair in 0..<pairs {
      for (offset, text) in [table.unitHeading, table.heading].enumerated() {
        let cell = CellReference(row: row, column: pair * 2 + offset + 1)
        try paper.fill(CellRange(cell), with: .text(text), style: paper.cellStyle)
      }
    }
    for (index, code) in table.order.enumerated() {
      if index % pairs == 0 { row += 1 }
      let cell = CellReference(row: row, column: index % pairs * 2 + 1)
      try paper.fill(
        CellRange(cell), with: .text(campaign.unit(code: code)?.name ?? code), style: paper.cellStyle)
      let target = table.targets[code].map { CellValue.number(Double($0)) } ?? .empty
      try paper.fill(CellRange(cell.offset(columns: 1)), with: target, style: paper.figureStyle)
    }
    let last = CellReference(row: row, column: columns)
    for column in 1...columns where sheet[CellReference(row: row, column: column)].isEmpty {
      sheet.setStyle(paper.cellStyle, at: CellReference(row: row, column: column))
    }

    row += 1
    try paper.fill(
      CellReference(row: row, column: 1), through: columns / 2, rows: 1, with: table.totalLabel,
      style: paper.cellStyle)
    try paper.fill(
      CellRange(CellReference(row: row, column: columns / 2 + 1), CellReference(row: row, column: columns)),
      with: total(of: table, rows: (top + 1)...last.row), style: paper.figureStyle)
    for tableRow in top...row { sheet.setRowHeight(table.layout.rowHeight, for: tableRow) }
    paper.setUpPage(CellRange("A1", CellReference(row: row, column: columns)))
    return book
  }

  /// The total as a live sum; as text where the notice prints it in another notation (11万人次).
  private static func total(of table: TargetTable, rows: ClosedRange<Int>) -> CellValue {
    guard table.printedTotalText == String(table.printedTotal), !table.order.isEmpty else {
      return .text(table.printedTotalText)
    }
    let ranges = (1...pairs).map { pair in
      let column = CellReference.columnName(pair * 2)
      return "\(column)\(rows.lowerBound):\(column)\(rows.upperBound)"
    }
    return .formula(
      Formula("SUM(\(ranges.joined(separator: ",")))"), cached: .number(Double(table.printedTotal)))
  }
}
