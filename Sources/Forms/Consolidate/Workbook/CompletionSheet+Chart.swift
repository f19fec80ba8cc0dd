import XLSX

/// The chart below the table: each unit's target and what it has completed.
extension CompletionSheet {
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
    let free = max(0, min(height / Self.chartRowHeight, 1000))
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
    for offset in 0..<rows { sheet.height(Self.chartRowHeight, of: row + offset) }
    return Double(rows) * Self.chartRowHeight
  }

  /// Charts for a second page: what each unit's kinds of activity amount to, and the parts of the channels in what it has
  /// completed. Both look at formulas' cells, so that they follow a correction like the table.
  ///
  /// - Returns: Whether there is any.
  func paintDetailCharts(_ sheet: SheetDraft, from row: Int) -> Bool {
    guard showsChart, (1...Self.mostColumns).contains(table.withTarget.count) else { return false }
    var next = row
    for chart in [kindsChart, sharesChart].compactMap(\.self) {
      var chart = chart
      chart.area = CellRange(
        CellReference(row: next, column: 1),
        CellReference(row: next + Self.detailRows - 1, column: table.columns.count))
      sheet.add(chart)
      for offset in 0...Self.detailRows { sheet.height(Self.chartRowHeight, of: next + offset) }
      next += Self.detailRows + 1
    }
    return next > row
  }

  private static let detailRows = 24
  private static let nowhere = CellRange(CellReference(row: 1, column: 1))

  /// A stack for each unit's row on its sheet, a layer for each kind that is one figure there.
  private var kindsChart: Chart? {
    let form = consolidation.form
    guard form.rules.kinds.count > 1, source.units.count <= Self.mostColumns else { return nil }
    let rows = source.firstUnitRow...source.lastUnitRow
    let place = LiveFormula.quoted(source.sheet) + "!"
    let series = form.rules.kinds.compactMap { kind -> Chart.Series? in
      guard kind.fields.count == 1, let field = kind.fields.first, let column = source.column(of: field)
      else {
        return nil
      }
      return Chart.Series(
        name: kind.name,
        categories: place + CellRange(rows: rows, column: UnitTable.unitColumn).absolute,
        values: place + CellRange(rows: rows, column: column).absolute,
        cachedCategories: source.units.map(\.unit.name),
        cachedValues: source.units.map { $0.figures[field]?.cellNumber })
    }
    guard series.count == form.rules.kinds.count else { return nil }
    var chart = Chart(.column, title: "\(targetTable.heading)：各项构成", series: series, area: Self.nowhere)
    chart.stacking = .stacked
    chart.numberFormat = "#,##0"
    return chart
  }

  private var sharesChart: Chart? {
    guard table.channels.count > 1, table.channelsMakeWhole, let units = table.units(.unit) else {
      return nil
    }
    let place = LiveFormula.quoted(name) + "!"
    let series = table.channels.indices.compactMap { channel -> Chart.Series? in
      guard let values = table.units(.share(channel)) else { return nil }
      return Chart.Series(
        name: table.channels[channel].name, categories: place + units.absolute,
        values: place + values.absolute, cachedCategories: table.withTarget.map(\.unit.name),
        cachedValues: table.withTarget.map { share(channel, of: [$0])?.cellNumber })
    }
    let names = table.channels.map(\.name).joined(separator: "、")
    var chart = Chart(.column, title: "\(targetTable.heading)：\(names)占比", series: series, area: Self.nowhere)
    chart.stacking = .percentStacked
    chart.numberFormat = "0%"
    return chart
  }
}
