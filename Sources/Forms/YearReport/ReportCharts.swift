import DOCX
import XLSX

/// The page's charts as charts that Word draws: the same bars, the same figures.
struct ReportCharts {
  let form: FormConsolidation
  let words: PageWords
  /// In points.
  let width: Double

  /// More bars than these are not read on paper.
  private static let mostBars = 40
  private static let barHeight = 12.5
  private static let largestHeight = 560.0

  var all: [DocumentChart] {
    ConsolidationCharts(form: form, words: words).all.compactMap(chart)
  }

  private func chart(_ bars: BarChart) -> DocumentChart? {
    guard (1...Self.mostBars).contains(bars.rows.count) else { return nil }
    let isRate = bars.series.isEmpty
    let isShare = bars.whole == 1 && !isRate
    var chart = DocumentChart(
      .bar, title: bars.title, categories: bars.rows.map(\.label),
      series: isRate ? rates(bars) : parts(bars), width: width,
      height: min(Self.largestHeight, 80 + Double(bars.rows.count) * Self.barHeight))
    chart.stacking = .stacked
    chart.numberFormat = isRate ? "0.0%" : isShare ? "0%" : "#,##0.####"
    chart.showsDataLabels = isRate
    if isRate { chart.maximum = bars.rows.contains(where: \.isCut) ? ConsolidationCharts.longestRate : nil }
    if isShare { chart.maximum = 1 }
    chart.description = bars.summary
    return chart
  }

  /// Those that reached the target and those that did not, each in a colour of its own, light enough for the figure on it.
  private func rates(_ bars: BarChart) -> [DocumentChart.Series] {
    let reached = bars.rows.map { $0.figure.flatMap { $0 >= 1 ? $0 : nil } }
    let lacking = bars.rows.map { $0.figure.flatMap { $0 < 1 ? $0 : nil } }
    let series = [
      DocumentChart.Series(name: words.reachedTarget, values: reached, color: .rgb(0x9DC3E6)),
      DocumentChart.Series(name: words.belowTarget, values: lacking, color: .rgb(0xF4B183)),
    ]
    return series.filter { $0.values.contains { $0 != nil } }
  }

  private func parts(_ bars: BarChart) -> [DocumentChart.Series] {
    bars.series.enumerated().map { position, series in
      DocumentChart.Series(
        name: series.name,
        values: bars.rows.map { row in
          guard row.parts.indices.contains(position), row.parts[position] > 0 else { return nil }
          return row.parts[position]
        },
        color: UInt32(series.color.dropFirst(), radix: 16).map { .rgb($0) })
    }
  }
}
