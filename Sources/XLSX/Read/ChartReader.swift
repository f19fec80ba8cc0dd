/// Reads a chart part (ECMA-376 Part 1, 21.2) as far as ``Chart`` goes, with what its ranges held when it was saved.
enum ChartReader {
  static let plots = [
    "barChart", "lineChart", "pieChart", "areaChart", "doughnutChart", "scatterChart", "radarChart",
  ]

  /// - Returns: `nil` for a chart of another kind.
  static func read(_ part: String, in package: Package, area: CellRange) throws -> Chart? {
    var found: XMLElement?
    try package.walk(part) { element, path in
      path.isEmpty ? .enter : element.name == "chart" ? .collect : .skip
    } collected: { element, _ in
      if element.name == "chart" { found = element }
    }
    guard let element = found, let area = element.child("plotArea").map({ ($0, area) }) else { return nil }
    let drawn = area.0.children.filter { plots.contains($0.name) }
    guard let plot = drawn.first else { return nil }
    let kind = kind(of: plot)
    var chart = Chart(kind, title: text(of: element.child("title")), series: [], area: area.1)
    let axes = axisIDs(of: plot)
    var numbered: [(order: Int, series: Chart.Series)] = []
    for other in drawn {
      let own = Self.kind(of: other)
      for child in other.children("ser") {
        var series = series(child, own)
        if own != kind { series.kind = own }
        series.usesSecondaryAxis = own.hasAxes && axisIDs(of: other) != axes
        numbered.append((order(value(of: child.child("order"))) ?? numbered.count, series))
      }
    }
    chart.series = numbered.sorted { $0.order < $1.order }.map(\.series)
    for place in chart.series.indices {
      let isNumeric = chart.series[place].origin.mark?.hasNumericCategories == true
      chart.series[place].origin.mark = .init(place: place, hasNumericCategories: isNumeric)
    }
    let axis = valueAxis(in: area.0, axes, kind)
    let second = area.0.children("valAx").first {
      guard let id = value(of: $0.child("axId")) else { return false }
      return !axes.contains(id) && value(of: $0.child("delete")) != "1"
    }
    let categories =
      kind == .scatter
      ? area.0.children("valAx").first { $0.child("axId")?["val"] == axes.first } : area.0.child("catAx")
    chart.categoryAxisTitle = text(of: categories?.child("title"))
    chart.valueAxisTitle = text(of: axis?.child("title"))
    chart.secondaryAxisTitle = text(of: second?.child("title"))
    chart.showsLegend = element.child("legend") != nil
    chart.stacking = value(of: plot.child("grouping")).flatMap { Chart.Stacking(rawValue: $0) } ?? .clustered
    let scaling = axis?.child("scaling")
    chart.valueAxisMaximum = number(of: scaling?.child("max"))
    chart.valueAxisMinimum = number(of: scaling?.child("min"))
    let labels = plot.child("ser")?.child("dLbls")
    chart.showsDataLabels = value(of: labels?.child("showVal")) == "1"
    let code = (axis ?? labels)?.child("numFmt")?["formatCode"]
    chart.numberFormat = code.map { NumberFormat($0) } ?? .general
    return chart
  }

  /// The place of a series among all; `nil` for what is no number that Excel takes.
  static func order(_ text: String?) -> Int? {
    text.flatMap { Int($0.trimmingXMLSpace) }.flatMap { 0...65_535 ~= $0 ? $0 : nil }
  }

  private static func axisIDs(of plot: XMLElement) -> [String] {
    plot.children("axId").compactMap { value(of: $0) }
  }

  /// The axis by which the values of the first plot are measured.
  private static func valueAxis(in area: XMLElement, _ axes: [String], _ kind: Chart.Kind) -> XMLElement? {
    let candidates = area.children("valAx").filter { axis in
      value(of: axis.child("axId")).map { axes.contains($0) } ?? false
    }
    return (kind == .scatter ? candidates.last : candidates.first) ?? area.child("valAx")
  }

  private static func number(of element: XMLElement?) -> Double? {
    value(of: element).flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  private static func kind(of plot: XMLElement) -> Chart.Kind {
    kind(named: plot.name, direction: value(of: plot.child("barDir")))
  }

  /// What an element of the plot area draws.
  static func kind(named name: String, direction: String?) -> Chart.Kind {
    switch name {
    case "lineChart": .line
    case "pieChart": .pie
    case "areaChart": .area
    case "doughnutChart": .doughnut
    case "scatterChart": .scatter
    case "radarChart": .radar
    default: direction == "bar" ? .bar : .column
    }
  }

  private static func series(_ element: XMLElement, _ kind: Chart.Kind) -> Chart.Series {
    let title = element.child("tx")
    let category = (element.child("cat") ?? element.child("xVal")).flatMap {
      $0.child("strRef") ?? $0.child("numRef")
    }
    let value = (element.child("val") ?? element.child("yVal"))?.child("numRef")
    var series = Chart.Series(
      name: title?.child("v")?.text.decodingEscapes
        ?? points(title?.child("strRef")?.child("strCache")).first.flatMap { $0 } ?? "",
      categories: category?.child("f")?.text ?? "", values: value?.child("f")?.text ?? "",
      cachedCategories: points(category.flatMap { $0.child("strCache") ?? $0.child("numCache") }).map {
        $0 ?? ""
      },
      cachedValues: points(value?.child("numCache")).map { $0.flatMap { Double($0) } },
      color: color(of: element, kind))
    series.origin.mark = .init(hasNumericCategories: category?.name == "numRef")
    series.trend = trend(element.child("trendline"))
    if kind == .scatter { series.showsLine = element.child("spPr")?.child("ln")?.child("noFill") == nil }
    return series
  }

  private static func trend(_ element: XMLElement?) -> Chart.Trend? {
    switch value(of: element?.child("trendlineType")) {
    case "linear": .linear
    case "exp": .exponential
    case "log": .logarithmic
    case "power": .power
    case "poly": .polynomial(order: value(of: element?.child("order")).flatMap { Int($0) } ?? 2)
    case "movingAvg": .movingAverage(period: value(of: element?.child("period")).flatMap { Int($0) } ?? 2)
    default: nil
    }
  }

  /// The points of a cache, those that are left out as `nil`.
  private static func points(_ cache: XMLElement?) -> [String?] {
    let count = value(of: cache?.child("ptCount")).flatMap { Int($0) } ?? 0
    guard let cache, 1...100_000 ~= count else { return [] }
    var points = [String?](repeating: nil, count: count)
    for point in cache.children("pt") {
      guard let place = point.integer("idx"), points.indices.contains(place) else { continue }
      points[place] = point.child("v")?.text.decodingEscapes
    }
    return points
  }

  /// A colour of its own; one of the theme's accents is what a series has anyway.
  private static func color(of series: XMLElement, _ kind: Chart.Kind) -> Color? {
    let properties = series.child("spPr")
    // Points that are not joined have their colour in the mark alone.
    let holder =
      switch kind {
      case .line, .radar: properties?.child("ln")
      case .scatter: series.child("marker")?.child("spPr")
      default: properties
      }
    let hex = holder?.child("solidFill")?.child("srgbClr")?["val"]
    return hex.flatMap { UInt32($0, radix: 16) }.map { .rgb($0) }
  }

  /// The lines of a title that is written into the chart.
  private static func text(of title: XMLElement?) -> String? {
    title?.child("tx")?.child("rich")?.children("p").map { paragraph in
      paragraph.children("r").map { $0.child("t")?.text.decodingEscapes ?? "" }.joined()
    }.joined(separator: "\n")
  }

  private static func value(of element: XMLElement?) -> String? { element?["val"] }
}
