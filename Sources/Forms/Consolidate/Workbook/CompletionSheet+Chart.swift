import XLSX

/// The chart below the table: each unit's target and what it has completed.
extension CompletionSheet {
  private static let rowHeight = 16.0
  private static let columnRows = 15...32
  /// Names of more units than this no longer fit below columns.
  private static let mostColumns = 24
  /// More bars than this nobody reads.
  private static let mostBars = 80

  /// Puts the chart into rows of its own.
  ///
  /// - Parameter height: What the page has left, in points.
  /// - Returns: The height of the rows in points; 0 without a chart.
  func paintChart(_ sheet: SheetDraft, from row: Int, height: Double) -> Double {
    let count = table.withTarget.count
    guard showsChart, (1...Self.mostBars).contains(count), let units = table.units(.unit),
      let targets = table.units(.target), let completed = table.units(.completed)
    else { return 0 }
    let free = max(0, min(height / Self.rowHeight, 1000))
    let columnRows = min(max(Int(free), Self.columnRows.lowerBound), Self.columnRows.upperBound)
    let rows = count <= Self.mostColumns ? columnRows : count + 6
    let names = table.withTarget.map(\.unit.name)
    let sheetName = LiveFormula.quoted(name) + "!"
    func series(_ column: CompletionTable.Column, _ values: CellRange, _ cached: [Double?], _ color: Color)
      -> Chart.Series
    {
      Chart.Series(
        name: heading(column), categories: sheetName + units.absolute, values: sheetName + values.absolute,
        cachedCategories: names, cachedValues: cached, color: color)
    }
    var chart = Chart(
      count <= Self.mostColumns ? .column : .bar, title: "\(targetTable.heading)：目标与完成",
      series: [
        series(.target, targets, table.withTarget.map { $0.target.map(Double.init) }, SheetLook.targetColor),
        series(
          .completed, completed, table.withTarget.map { $0.completed?.cellNumber }, SheetLook.completedColor),
      ],
      area: CellRange(
        CellReference(row: row, column: 1), CellReference(row: row + rows - 1, column: table.columns.count)))
    chart.numberFormat = "#,##0"
    sheet.add(chart)
    for offset in 0..<rows { sheet.height(Self.rowHeight, of: row + offset) }
    return Double(rows) * Self.rowHeight
  }
}
