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
    let drawn = table.withTarget.filter { !$0.isDisputed }
    let count = drawn.count
    guard showsChart, (1...Self.mostBars).contains(count) else { return 0 }
    let free = max(0, min(height / Self.chartRowHeight, 1000))
    let columnRows = min(max(Int(free), Self.columnRows.lowerBound), Self.columnRows.upperBound)
    let rows = count <= Self.mostColumns ? columnRows : count + 6
    func series(_ column: CompletionTable.Column, _ cached: [Double?], _ color: Color) -> Chart.Series {
      Chart.Series(
        name: heading(column), categories: ChartRanges.reference(table.settledUnits(.unit), onSheet: name),
        values: ChartRanges.reference(table.settledUnits(column), onSheet: name),
        cachedCategories: drawn.map(\.unit.name), cachedValues: cached, color: color)
    }
    let targets = drawn.map { $0.target.map(Double.init) }
    let completed = drawn.map { $0.completed?.cellNumber }
    let longest = ChartRanges.longestBar(completed, targets: targets, multiple: Self.longestRate)
    var chart = Chart(
      count <= Self.mostColumns ? .column : .bar, title: chartTitle("目标与完成", isCut: longest != nil),
      series: [
        series(.target, targets, SheetLook.targetColor),
        series(.completed, completed, SheetLook.completedColor),
      ],
      area: CellRange(
        CellReference(row: row, column: 1), CellReference(row: row + rows - 1, column: table.columns.count)))
    chart.numberFormat = "#,##0"
    chart.valueAxisMaximum = longest
    sheet.add(chart)
    for offset in 0..<rows { sheet.height(Self.chartRowHeight, of: row + offset) }
    return Double(rows) * Self.chartRowHeight
  }

  /// A chart's title, which says what the chart leaves out.
  private func chartTitle(_ what: String, isCut: Bool = false) -> String {
    var remarks: [String] = []
    if table.withTarget.contains(where: \.isDisputed) { remarks.append("不含数字待更正的单位") }
    if isCut { remarks.append("超过目标\(Int(Self.longestRate))倍的只画到\(Int(Self.longestRate))倍") }
    return "\(targetTable.heading)：\(what)"
      + (remarks.isEmpty ? "" : "（\(remarks.joined(separator: "，"))）")
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
    guard let source, form.rules.kinds.count > 1, source.units.count <= Self.mostColumns else { return nil }
    let drawn = source.units.indices.filter { !source.units[$0].isDisputed }
    func reference(_ column: Int) -> String {
      let rows = drawn.map { source.firstUnitRow + $0 }
      return ChartRanges.reference(ChartRanges.runs(of: rows, column: column), onSheet: source.sheet)
    }
    guard !drawn.isEmpty else { return nil }
    let series = form.rules.kinds.compactMap { kind -> Chart.Series? in
      guard kind.fields.count == 1, let field = kind.fields.first, let column = source.column(of: field)
      else {
        return nil
      }
      return Chart.Series(
        name: kind.name,
        categories: reference(UnitTable.unitColumn), values: reference(column),
        cachedCategories: drawn.map { source.units[$0].unit.name },
        cachedValues: drawn.map { source.units[$0].figures[field]?.cellNumber })
    }
    guard series.count == form.rules.kinds.count else { return nil }
    var chart = Chart(.column, title: chartTitle("各项构成"), series: series, area: Self.nowhere)
    chart.stacking = .stacked
    chart.numberFormat = "#,##0"
    return chart
  }

  private var sharesChart: Chart? {
    let drawn = table.withTarget.filter { !$0.isDisputed }
    guard table.channels.count > 1, table.channelsMakeWhole, !drawn.isEmpty else { return nil }
    let series = table.channels.indices.map { channel in
      Chart.Series(
        name: table.channels[channel].name,
        categories: ChartRanges.reference(table.settledUnits(.unit), onSheet: name),
        values: ChartRanges.reference(table.settledUnits(.share(channel)), onSheet: name),
        cachedCategories: drawn.map(\.unit.name),
        cachedValues: drawn.map { share(channel, of: [$0])?.cellNumber })
    }
    let names = table.channels.map(\.name).joined(separator: "、")
    var chart = Chart(.column, title: chartTitle("\(names)占比"), series: series, area: Self.nowhere)
    chart.stacking = .percentStacked
    chart.numberFormat = "0%"
    return chart
  }
}
