/// Reads a chart part (ECMA-376 Part 1, 21.2) as far as ``Chart`` goes: columns, bars, lines or a pie, with what its ranges
/// held when it was saved.
enum ChartReader {
  private static let plots = ["barChart", "lineChart", "pieChart"]

  /// - Returns: `nil` for a chart of another kind.
  static func read(_ part: String, in package: Package, area: CellRange) throws -> Chart? {
    var found: XMLElement?
    try package.walk(part) { element, path in
      path.isEmpty ? .enter : element.name == "chart" ? .collect : .skip
    } collected: { element, _ in
      if element.name == "chart" { found = element }
    }
    guard let element = found, let area = element.child("plotArea").map({ ($0, area) }),
      let plot = area.0.children.first(where: { plots.contains($0.name) }), let kind = kind(of: plot)
    else { return nil }
    var chart = Chart(
      kind, title: text(of: element.child("title")), series: plot.children("ser").map { series($0, kind) },
      area: area.1)
    chart.categoryAxisTitle = text(of: area.0.child("catAx")?.child("title"))
    chart.valueAxisTitle = text(of: area.0.child("valAx")?.child("title"))
    chart.showsLegend = element.child("legend") != nil
    chart.stacking = value(of: plot.child("grouping")).flatMap { Chart.Stacking(rawValue: $0) } ?? .clustered
    let end = area.0.child("valAx")?.child("scaling")?.child("max")
    chart.valueAxisMaximum = value(of: end).flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    let labels = plot.child("ser")?.child("dLbls")
    chart.showsDataLabels = value(of: labels?.child("showVal")) == "1"
    let code = (area.0.child("valAx") ?? labels)?.child("numFmt")?["formatCode"]
    chart.numberFormat = code.map { NumberFormat($0) } ?? .general
    return chart
  }

  private static func kind(of plot: XMLElement) -> Chart.Kind? {
    switch plot.name {
    case "lineChart": .line
    case "pieChart": .pie
    default: value(of: plot.child("barDir")) == "bar" ? .bar : .column
    }
  }

  private static func series(_ element: XMLElement, _ kind: Chart.Kind) -> Chart.Series {
    let title = element.child("tx")
    let category = element.child("cat").flatMap { $0.child("strRef") ?? $0.child("numRef") }
    let value = element.child("val")?.child("numRef")
    return Chart.Series(
      name: title?.child("v")?.text.decodingEscapes
        ?? points(title?.child("strRef")?.child("strCache")).first.flatMap { $0 } ?? "",
      categories: category?.child("f")?.text ?? "", values: value?.child("f")?.text ?? "",
      cachedCategories: points(category.flatMap { $0.child("strCache") ?? $0.child("numCache") }).map {
        $0 ?? ""
      },
      cachedValues: points(value?.child("numCache")).map { $0.flatMap { Double($0) } },
      color: color(of: element.child("spPr"), kind))
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
  private static func color(of properties: XMLElement?, _ kind: Chart.Kind) -> Color? {
    let holder = kind == .line ? properties?.child("ln") : properties
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
