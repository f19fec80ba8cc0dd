/// The series of a chart: name, look, labels, trend, categories and values.
enum ChartSeriesXML {
  /// - Parameter place: Its place among all series of the chart, by which it is coloured if it has no colour of its own.
  static func append(
    _ series: Chart.Series, _ place: Int, _ kind: Chart.Kind, _ chart: Chart, to xml: inout ByteBuffer
  ) {
    let color = series.color ?? accent(place)
    appendStart(of: series, place, to: &xml)
    switch kind {
    case .column, .bar:
      append(fill: color, to: &xml)
      xml.append("<c:invertIfNegative val=\"0\"/>")
    case .area: append(fill: color, to: &xml)
    case .line, .radar:
      append(line: color, to: &xml)
      append(marker: color, to: &xml)
    case .scatter:
      if series.showsLine {
        append(line: color, to: &xml)
      } else {
        xml.append("<c:spPr><a:ln w=\"19050\"><a:noFill/></a:ln></c:spPr>")
      }
      append(marker: color, to: &xml)
    case .pie, .doughnut: break
    }
    appendEnd(of: series, kind, chart, to: &xml)
  }

  private static func appendStart(of series: Chart.Series, _ place: Int, to xml: inout ByteBuffer) {
    xml.append("<c:ser>")
    xml.value("c:idx", place)
    xml.value("c:order", place)
    appendName(series.name, to: &xml)
  }

  static func appendName(_ name: String, to xml: inout ByteBuffer) {
    xml.append("<c:tx><c:v>")
    xml.append(text: name)
    xml.append("</c:v></c:tx>")
  }

  /// Labels, trend, categories, values.
  private static func appendEnd(
    of series: Chart.Series, _ kind: Chart.Kind, _ chart: Chart, to xml: inout ByteBuffer
  ) {
    let isLine = kind == .line || kind == .scatter
    if chart.showsDataLabels {
      xml.append("<c:dLbls>")
      xml.begin("c:numFmt")
      xml.attribute("formatCode", chart.numberFormat.code)
      xml.attribute("sourceLinked", 0)
      xml.append("/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
      if isLine { xml.append("<c:dLblPos val=\"t\"/>") }
      xml.append(
        """
        <c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>\
        <c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
        """)
    }
    if let trend = series.trend, kind.canHaveTrend { append(trend, to: &xml) }
    let isScatter = kind == .scatter
    if !series.categories.isEmpty {
      appendCategories(series, isText: !isScatter, isScatter: isScatter, to: &xml)
    }
    appendValues(series, isScatter: isScatter, format: chart.numberFormat, to: &xml)
    if isLine { xml.append("<c:smooth val=\"0\"/>") }
    xml.append("</c:ser>")
  }

  /// What stands along the axis of categories, as texts or as numbers.
  static func appendCategories(
    _ series: Chart.Series, isText: Bool, isScatter: Bool, to xml: inout ByteBuffer
  ) {
    guard isText else {
      append(
        isScatter ? "c:xVal" : "c:cat", series.categories, cached: series.cachedCategories.map { Double($0) },
        format: .general, to: &xml)
      return
    }
    xml.append("<c:cat><c:strRef><c:f>")
    xml.append(plainText: series.categories)
    xml.append("</c:f>")
    appendCache(series.cachedCategories, to: &xml)
    xml.append("</c:strRef></c:cat>")
  }

  static func appendValues(
    _ series: Chart.Series, isScatter: Bool, format: NumberFormat, to xml: inout ByteBuffer
  ) {
    append(
      isScatter ? "c:yVal" : "c:val", series.values, cached: series.cachedValues, format: format, to: &xml)
  }

  private static func append(_ trend: Chart.Trend, to xml: inout ByteBuffer) {
    xml.append("<c:trendline><c:spPr><a:ln w=\"19050\"><a:prstDash val=\"sysDot\"/></a:ln></c:spPr>")
    switch trend {
    case .linear: xml.append("<c:trendlineType val=\"linear\"/>")
    case .exponential: xml.append("<c:trendlineType val=\"exp\"/>")
    case .logarithmic: xml.append("<c:trendlineType val=\"log\"/>")
    case .power: xml.append("<c:trendlineType val=\"power\"/>")
    case .polynomial(let order):
      xml.append("<c:trendlineType val=\"poly\"/>")
      xml.value("c:order", order)
    case .movingAverage(let period):
      xml.append("<c:trendlineType val=\"movingAvg\"/>")
      xml.value("c:period", period)
    }
    xml.append("<c:dispRSqr val=\"0\"/><c:dispEq val=\"0\"/></c:trendline>")
  }

  private static func append(
    _ name: StaticString, _ reference: String, cached: [Double?], format: NumberFormat,
    to xml: inout ByteBuffer
  ) {
    xml.begin(name)
    xml.append("><c:numRef><c:f>")
    xml.append(plainText: reference)
    xml.append("</c:f>")
    appendCache(cached, format: format, to: &xml)
    xml.append("</c:numRef>")
    xml.end(name)
  }

  private static func appendCache(_ texts: [String], to xml: inout ByteBuffer) {
    if texts.isEmpty { return }
    xml.append("<c:strCache>")
    xml.value("c:ptCount", texts.count)
    for (place, text) in texts.enumerated() where !text.isEmpty {
      xml.begin("c:pt")
      xml.attribute("idx", place)
      xml.append("><c:v>")
      xml.append(text: text)
      xml.append("</c:v></c:pt>")
    }
    xml.append("</c:strCache>")
  }

  private static func appendCache(_ numbers: [Double?], format: NumberFormat, to xml: inout ByteBuffer) {
    if numbers.isEmpty { return }
    xml.append("<c:numCache><c:formatCode>")
    xml.append(text: format.code)
    xml.append("</c:formatCode>")
    xml.value("c:ptCount", numbers.count)
    for (place, number) in numbers.enumerated() {
      guard let number else { continue }
      xml.begin("c:pt")
      xml.attribute("idx", place)
      xml.append("><c:v>")
      xml.append(number: number)
      xml.append("</c:v></c:pt>")
    }
    xml.append("</c:numCache>")
  }

  static func append(line color: Color, to xml: inout ByteBuffer) {
    xml.append("<c:spPr><a:ln w=\"28575\" cap=\"rnd\">")
    append(solid: color, to: &xml)
    xml.append("<a:round/></a:ln></c:spPr>")
  }

  static func append(marker color: Color, to xml: inout ByteBuffer) {
    xml.append("<c:marker><c:symbol val=\"circle\"/><c:size val=\"5\"/>")
    append(fill: color, to: &xml)
    xml.append("</c:marker>")
  }

  static func append(fill color: Color, to xml: inout ByteBuffer) {
    xml.append("<c:spPr>")
    append(solid: color, to: &xml)
    xml.append("</c:spPr>")
  }

  static func append(solid color: Color, to xml: inout ByteBuffer) {
    xml.append("<a:solidFill>")
    switch color {
    case .argb(let value):
      xml.value("a:srgbClr", ColorXML.hex(value & 0xFF_FFFF, digits: 6))
    case .theme(let index, _):
      let names = [
        "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
        "folHlink",
      ]
      xml.value("a:schemeClr", names.indices.contains(index) ? names[index] : "accent1")
    case .indexed, .automatic:
      xml.value("a:schemeClr", "tx1")
    }
    xml.append("</a:solidFill>")
  }

  /// The theme's accents in turn, as Excel colours series.
  static func accent(_ place: Int) -> Color { .theme(4 + place % 6, tint: 0) }
}

extension Chart.Kind {
  /// Excel draws no trend into pies and webs.
  var canHaveTrend: Bool { hasAxes && self != .radar }
}
