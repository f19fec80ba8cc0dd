/// A chart part (ECMA-376 Part 1, 21.2): column, bar, line or pie, with cached values.
///
/// The children of every element stand in the order of the schema; Excel drops a drawing whose chart has them in
/// another.
enum ChartXML {
  /// - Parameters:
  ///   - axisBase: Ids for the axes, unique in the workbook, begin after this number.
  ///   - data: The relationship that leads to the workbook with the figures, for a chart outside of one.
  static func part(_ chart: Chart, axisBase: Int, data: String? = nil) -> ByteBuffer {
    var xml = ByteBuffer()
    xml.declaration()
    xml.begin("c:chartSpace")
    xml.attribute("xmlns:c", Namespace.chart)
    xml.attribute("xmlns:a", Namespace.drawing)
    xml.attribute("xmlns:r", Namespace.relationships)
    xml.append("><c:roundedCorners val=\"0\"/><c:chart>")
    if let title = chart.title { appendTitle(title, size: 1400, isBold: true, to: &xml) }
    xml.value("c:autoTitleDeleted", chart.title == nil ? 1 : 0)
    xml.append("<c:plotArea><c:layout/>")
    switch chart.kind {
    case .column, .bar: appendBars(chart, axisBase, to: &xml)
    case .line: appendLines(chart, axisBase, to: &xml)
    case .pie: appendPie(chart, to: &xml)
    }
    if chart.kind != .pie {
      ChartAxisXML.append(chart, category: axisBase + 1, value: axisBase + 2, to: &xml)
    }
    xml.append("</c:plotArea>")
    if chart.showsLegend {
      xml.append("<c:legend>")
      xml.value("c:legendPos", chart.kind == .pie ? "r" : "b")
      xml.append("<c:overlay val=\"0\"/></c:legend>")
    }
    xml.append("<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>")
    if let data {
      xml.begin("c:externalData")
      xml.attribute("r:id", data)
      xml.append("><c:autoUpdate val=\"0\"/></c:externalData>")
    }
    xml.end("c:chartSpace")
    return xml
  }

  private static func appendBars(_ chart: Chart, _ axisBase: Int, to xml: inout ByteBuffer) {
    xml.append("<c:barChart>")
    xml.value("c:barDir", chart.kind == .bar ? "bar" : "col")
    xml.value("c:grouping", chart.stacking.rawValue)
    xml.append("<c:varyColors val=\"0\"/>")
    for (place, series) in chart.series.enumerated() {
      appendStart(of: series, place, to: &xml)
      append(fill: series.color ?? accent(place), to: &xml)
      xml.append("<c:invertIfNegative val=\"0\"/>")
      appendEnd(of: series, chart, to: &xml)
    }
    xml.append("<c:gapWidth val=\"60\"/>")
    // Without it Excel draws the series beside each other, each on an empty heap.
    if chart.stacking != .clustered { xml.append("<c:overlap val=\"100\"/>") }
    appendAxisIDs(axisBase, to: &xml)
    xml.append("</c:barChart>")
  }

  private static func appendLines(_ chart: Chart, _ axisBase: Int, to xml: inout ByteBuffer) {
    xml.append("<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>")
    for (place, series) in chart.series.enumerated() {
      let color = series.color ?? accent(place)
      appendStart(of: series, place, to: &xml)
      xml.append("<c:spPr><a:ln w=\"28575\" cap=\"rnd\">")
      append(solid: color, to: &xml)
      xml.append("<a:round/></a:ln></c:spPr><c:marker><c:symbol val=\"circle\"/><c:size val=\"5\"/>")
      append(fill: color, to: &xml)
      xml.append("</c:marker>")
      appendEnd(of: series, chart, to: &xml, isLine: true)
    }
    xml.append("<c:marker val=\"1\"/>")
    appendAxisIDs(axisBase, to: &xml)
    xml.append("</c:lineChart>")
  }

  private static func appendPie(_ chart: Chart, to xml: inout ByteBuffer) {
    xml.append("<c:pieChart><c:varyColors val=\"1\"/>")
    for (place, series) in chart.series.enumerated() {
      appendStart(of: series, place, to: &xml)
      appendEnd(of: series, chart, to: &xml)
    }
    xml.append("<c:firstSliceAng val=\"0\"/></c:pieChart>")
  }

  private static func appendAxisIDs(_ base: Int, to xml: inout ByteBuffer) {
    xml.value("c:axId", base + 1)
    xml.value("c:axId", base + 2)
  }

  private static func appendStart(of series: Chart.Series, _ place: Int, to xml: inout ByteBuffer) {
    xml.append("<c:ser>")
    xml.value("c:idx", place)
    xml.value("c:order", place)
    xml.append("<c:tx><c:v>")
    xml.append(text: series.name)
    xml.append("</c:v></c:tx>")
  }

  /// Labels, categories, values.
  private static func appendEnd(
    of series: Chart.Series, _ chart: Chart, to xml: inout ByteBuffer, isLine: Bool = false
  ) {
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
    if !series.categories.isEmpty {
      xml.append("<c:cat><c:strRef><c:f>")
      xml.append(plainText: series.categories)
      xml.append("</c:f>")
      appendCache(series.cachedCategories, to: &xml)
      xml.append("</c:strRef></c:cat>")
    }
    xml.append("<c:val><c:numRef><c:f>")
    xml.append(plainText: series.values)
    xml.append("</c:f>")
    appendCache(series.cachedValues, format: chart.numberFormat, to: &xml)
    xml.append("</c:numRef></c:val>")
    if isLine { xml.append("<c:smooth val=\"0\"/>") }
    xml.append("</c:ser>")
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

  static func appendTitle(_ text: String, size: Int, isBold: Bool, to xml: inout ByteBuffer) {
    xml.append("<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>")
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      xml.append("<a:p><a:pPr><a:defRPr")
      xml.attribute("sz", size)
      xml.attribute("b", isBold)
      xml.append("/></a:pPr><a:r><a:rPr lang=\"zh-CN\"")
      xml.attribute("sz", size)
      xml.attribute("b", isBold)
      xml.append("/><a:t>")
      xml.append(text: String(line))
      xml.append("</a:t></a:r></a:p>")
    }
    xml.append("</c:rich></c:tx><c:overlay val=\"0\"/></c:title>")
  }

  private static func append(fill color: Color, to xml: inout ByteBuffer) {
    xml.append("<c:spPr>")
    append(solid: color, to: &xml)
    xml.append("</c:spPr>")
  }

  private static func append(solid color: Color, to xml: inout ByteBuffer) {
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
  private static func accent(_ place: Int) -> Color { .theme(4 + place % 6, tint: 0) }
}

/// The axes of a chart: categories and values.
enum ChartAxisXML {
  static func append(_ chart: Chart, category: Int, value: Int, to xml: inout ByteBuffer) {
    let isHorizontal = chart.kind == .bar
    xml.append("<c:catAx>")
    xml.value("c:axId", category)
    // A bar chart begins at the bottom; turned round it reads like the table, from the top.
    xml.append(isHorizontal ? "<c:scaling><c:orientation val=\"maxMin\"/></c:scaling>" : scaling)
    xml.append("<c:delete val=\"0\"/>")
    xml.value("c:axPos", isHorizontal ? "l" : "b")
    if let title = chart.categoryAxisTitle {
      ChartXML.appendTitle(title, size: 1000, isBold: false, to: &xml)
    }
    xml.append(
      """
      <c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
      <c:tickLblPos val="low"/>
      """)
    xml.value("c:crossAx", value)
    xml.append(
      """
      <c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>\
      <c:noMultiLvlLbl val="0"/></c:catAx><c:valAx>
      """)
    xml.value("c:axId", value)
    if let maximum = chart.valueAxisMaximum {
      xml.append("<c:scaling><c:orientation val=\"minMax\"/><c:max val=\"")
      xml.append(number: maximum)
      xml.append("\"/></c:scaling>")
    } else {
      xml.append(scaling)
    }
    xml.append("<c:delete val=\"0\"/>")
    xml.value("c:axPos", isHorizontal ? "b" : "l")
    xml.append(
      """
      <c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>\
      </c:majorGridlines>
      """)
    if let title = chart.valueAxisTitle { ChartXML.appendTitle(title, size: 1000, isBold: false, to: &xml) }
    xml.begin("c:numFmt")
    xml.attribute("formatCode", chart.numberFormat.code)
    xml.attribute("sourceLinked", 0)
    xml.append(
      "/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>")
    xml.value("c:crossAx", category)
    xml.append(isHorizontal ? "<c:crosses val=\"max\"/>" : "<c:crosses val=\"autoZero\"/>")
    xml.append("<c:crossBetween val=\"between\"/></c:valAx>")
  }

  private static let scaling: StaticString = "<c:scaling><c:orientation val=\"minMax\"/></c:scaling>"
}
