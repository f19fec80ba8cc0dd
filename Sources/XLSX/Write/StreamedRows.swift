/// Rows of a new sheet that are made while the workbook is written.
///
///     sheet.streamedRows = StreamedRows(from: 4, count: lines.count, columnStyles: styles) { lines[$0].values }
package struct StreamedRows {
  /// The first of the rows.
  package var firstRow: Int
  /// How many rows there are.
  package var count: Int
  /// The style of each column, the first in column A; columns beyond have none.
  package var columnStyles: [Style]
  /// The values of a row, counted from 0, the first in column A.
  package var values: (Int) -> [CellValue]

  /// Rows that are made when they are written.
  package init(from firstRow: Int, count: Int, columnStyles: [Style], values: @escaping (Int) -> [CellValue])
  {
    self.firstRow = firstRow
    self.count = count
    self.columnStyles = columnStyles
    self.values = values
  }
}

extension WorkbookWriter {
  /// Adds rows below the sheet's own as they are made, so that none of them is held in memory.
  mutating func appendStreamedRows(of sheet: Worksheet, to builder: inout PartBuilder) throws(XLSXError) {
    guard let rows = sheet.streamedRows else { return }
    guard rows.firstRow > (sheet.content.cells.usedRange?.last.row ?? 0),
      rows.firstRow + rows.count - 1 <= CellReference.maximumRow
    else {
      throw ContentRules.invalid(
        "Streamed rows stand below the sheet's own cells and within it", sheet: sheet.name)
    }
    let styles = rows.columnStyles.map { workbook.styles.index(of: $0) }
    for index in 0..<rows.count {
      var row = CellStore.Row(index: rows.firstRow + index)
      for (column, value) in rows.values(index).enumerated() {
        let style = column < styles.count ? styles[column] : 0
        if value == .empty, style == 0 { continue }
        row.cells.append(CellStore.Cell(column: column + 1, style: style, value: value))
      }
      try CellXML.append(row, sheet: sheet.name, to: &builder.xml, strings: &strings)
      if builder.isFull { try builder.handOver() }
      if strings.isFull { try strings.handOver(spillFolder: spillFolder) }
    }
  }
}

extension Worksheet {
  /// The range of the cells as they are written.
  var writtenRange: CellRange {
    let own = usedRange ?? "A1"
    guard let rows = streamedRows, rows.count > 0 else { return own }
    let last = CellReference(
      row: min(CellReference.maximumRow, rows.firstRow + rows.count - 1),
      column: max(own.last.column, min(CellReference.maximumColumn, rows.columnStyles.count)))
    return CellRange(own.first, last)
  }
}
