extension SparklineGroup {
  /// Reads an `<x14:sparklineGroup>`; `nil` for one without a small chart.
  init?(element: XMLElement) {
    let sparklines = (element.child("sparklines")?.children("sparkline") ?? []).compactMap {
      child -> Sparkline? in
      guard let cell = child.ranges.first?.first, let source = child.child("f")?.text else { return nil }
      return Sparkline(in: cell, source: FormulaPrefixes.shown(source))
    }
    if sparklines.isEmpty { return nil }
    func color(_ name: String) -> Color { element.child(name).flatMap { Color(element: $0) } ?? .automatic }
    self.init(
      element["type"].flatMap { Kind(rawValue: $0) } ?? .line, sparklines, color: color("colorSeries"),
      negativeColor: color("colorNegative"), markerColor: color("colorMarkers"),
      lineWidth: element.number("lineWeight") ?? 0.75)
    showsMarkers = element.flag("markers") ?? false
    marksHigh = element.flag("high") ?? false
    marksLow = element.flag("low") ?? false
    marksFirst = element.flag("first") ?? false
    marksLast = element.flag("last") ?? false
    marksNegative = element.flag("negative") ?? false
    showsAxis = element.flag("displayXAxis") ?? false
    if element["minAxisType"] == "custom" { minimum = element.number("manualMin") }
    if element["maxAxisType"] == "custom" { maximum = element.number("manualMax") }
  }
}
