/// The axes of a chart: categories and values, and a second pair for series that are measured otherwise.
enum ChartAxisXML {
  static func append(_ chart: Chart, _ base: Int, to xml: inout ByteBuffer) {
    let isScatter = chart.kind == .scatter
    if isScatter {
      appendHorizontalValues(chart, id: base + 1, crossing: base + 2, isHidden: false, to: &xml)
    } else {
      appendCategories(chart, id: base + 1, crossing: base + 2, to: &xml)
    }
    appendValues(chart, id: base + 2, crossing: base + 1, to: &xml)
    guard chart.plots.contains(where: \.isSecondary) else { return }
    if isScatter {
      appendHorizontalValues(chart, id: base + 3, crossing: base + 4, isHidden: true, to: &xml)
    } else {
      appendHiddenCategories(id: base + 3, crossing: base + 4, to: &xml)
    }
    appendSecondaryValues(chart, id: base + 4, crossing: base + 3, to: &xml)
  }

  private static func appendCategories(_ chart: Chart, id: Int, crossing: Int, to xml: inout ByteBuffer) {
    let isHorizontal = chart.kind == .bar
    xml.append("<c:catAx>")
    xml.value("c:axId", id)
    // A bar chart begins at the bottom; turned round it reads like the table, from the top.
    xml.append(isHorizontal ? "<c:scaling><c:orientation val=\"maxMin\"/></c:scaling>" : scaling)
    xml.append("<c:delete val=\"0\"/>")
    xml.value("c:axPos", isHorizontal ? "l" : "b")
    // The spokes of a web.
    if chart.kind == .radar { xml.append(gridLines) }
    if let title = chart.categoryAxisTitle {
      ChartXML.appendTitle(title, size: 1000, isBold: false, to: &xml)
    }
    xml.append(
      """
      <c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
      <c:tickLblPos val="low"/>
      """)
    xml.value("c:crossAx", crossing)
    xml.append(
      """
      <c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>\
      <c:noMultiLvlLbl val="0"/></c:catAx>
      """)
  }

  private static func appendHiddenCategories(id: Int, crossing: Int, to xml: inout ByteBuffer) {
    xml.append("<c:catAx>")
    xml.value("c:axId", id)
    xml.append(scaling)
    xml.append("<c:delete val=\"1\"/><c:axPos val=\"b\"/><c:majorTickMark val=\"none\"/>")
    xml.append("<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>")
    xml.value("c:crossAx", crossing)
    xml.append(
      """
      <c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>\
      <c:noMultiLvlLbl val="0"/></c:catAx>
      """)
  }

  /// The values along which points of a scatter chart lie.
  private static func appendHorizontalValues(
    _ chart: Chart, id: Int, crossing: Int, isHidden: Bool, to xml: inout ByteBuffer
  ) {
    xml.append("<c:valAx>")
    xml.value("c:axId", id)
    xml.append(scaling)
    xml.value("c:delete", isHidden ? 1 : 0)
    xml.append("<c:axPos val=\"b\"/>")
    if !isHidden, let title = chart.categoryAxisTitle {
      ChartXML.appendTitle(title, size: 1000, isBold: false, to: &xml)
    }
    xml.append(
      """
      <c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>\
      <c:tickLblPos val="low"/>
      """)
    xml.value("c:crossAx", crossing)
    xml.append("<c:crosses val=\"autoZero\"/><c:crossBetween val=\"midCat\"/></c:valAx>")
  }

  private static func appendValues(_ chart: Chart, id: Int, crossing: Int, to xml: inout ByteBuffer) {
    let isHorizontal = chart.kind == .bar
    xml.append("<c:valAx>")
    xml.value("c:axId", id)
    appendScaling(from: chart.valueAxisMinimum, to: chart.valueAxisMaximum, &xml)
    xml.append("<c:delete val=\"0\"/>")
    xml.value("c:axPos", isHorizontal ? "b" : "l")
    xml.append(gridLines)
    if let title = chart.valueAxisTitle { ChartXML.appendTitle(title, size: 1000, isBold: false, to: &xml) }
    xml.begin("c:numFmt")
    xml.attribute("formatCode", chart.numberFormat.code)
    xml.attribute("sourceLinked", 0)
    xml.append(
      "/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>")
    xml.value("c:crossAx", crossing)
    xml.append(isHorizontal ? "<c:crosses val=\"max\"/>" : "<c:crosses val=\"autoZero\"/>")
    // Areas and points begin at the axis, bars beside it.
    let isAtAxis = chart.kind == .scatter || chart.plots.allSatisfy { $0.kind == .area }
    xml.append(
      isAtAxis ? "<c:crossBetween val=\"midCat\"/></c:valAx>" : "<c:crossBetween val=\"between\"/></c:valAx>")
  }

  private static func appendSecondaryValues(_ chart: Chart, id: Int, crossing: Int, to xml: inout ByteBuffer)
  {
    xml.append("<c:valAx>")
    xml.value("c:axId", id)
    xml.append(scaling)
    xml.append("<c:delete val=\"0\"/><c:axPos val=\"r\"/>")
    if let title = chart.secondaryAxisTitle {
      ChartXML.appendTitle(title, size: 1000, isBold: false, to: &xml)
    }
    xml.append(
      """
      <c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
      <c:tickLblPos val="nextTo"/>
      """)
    xml.value("c:crossAx", crossing)
    xml.append("<c:crosses val=\"max\"/>")
    xml.append(
      chart.kind == .scatter
        ? "<c:crossBetween val=\"midCat\"/></c:valAx>" : "<c:crossBetween val=\"between\"/></c:valAx>")
  }

  private static func appendScaling(from minimum: Double?, to maximum: Double?, _ xml: inout ByteBuffer) {
    guard minimum != nil || maximum != nil else {
      xml.append(scaling)
      return
    }
    xml.append("<c:scaling><c:orientation val=\"minMax\"/>")
    if let maximum {
      xml.append("<c:max val=\"")
      xml.append(number: maximum)
      xml.append("\"/>")
    }
    if let minimum {
      xml.append("<c:min val=\"")
      xml.append(number: minimum)
      xml.append("\"/>")
    }
    xml.append("</c:scaling>")
  }

  private static let scaling: StaticString = "<c:scaling><c:orientation val=\"minMax\"/></c:scaling>"
  private static let gridLines: StaticString = """
    <c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>\
    </c:majorGridlines>
    """
}
