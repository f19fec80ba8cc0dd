/// A chart part (ECMA-376 Part 1, 21.2), with cached values.
///
/// The children of every element stand in the order of the schema; Excel drops a drawing whose chart has them in
/// another.
enum ChartXML {
  /// - Parameters:
  ///   - axisBase: Ids for the axes, unique in the workbook, begin after this number.
  ///   - data: The relationship that leads to the workbook with the figures, for a chart outside of one.
  static func part(_ chart: Chart, axisBase: Int, data: String? = nil) -> ByteBuffer {
    var xml = ByteBuffer()
    xml.begin(
      part: "c:chartSpace",
      ["xmlns:c": Namespace.chart, "xmlns:a": Namespace.drawing, "xmlns:r": Namespace.relationships])
    xml.append("><c:roundedCorners val=\"0\"/><c:chart>")
    if let title = chart.title { appendTitle(title, size: 1400, isBold: true, to: &xml) }
    xml.value("c:autoTitleDeleted", chart.title == nil ? 1 : 0)
    xml.append("<c:plotArea><c:layout/>")
    for plot in chart.plots { append(plot, of: chart, axisBase, to: &xml) }
    if chart.kind.hasAxes { ChartAxisXML.append(chart, axisBase, to: &xml) }
    xml.append("</c:plotArea>")
    if chart.showsLegend { appendLegend(of: chart, to: &xml) }
    xml.append("<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>")
    if let data {
      xml.begin("c:externalData")
      xml.attribute("r:id", data)
      xml.append("><c:autoUpdate val=\"0\"/></c:externalData>")
    }
    xml.end("c:chartSpace")
    return xml
  }

  static func appendLegend(of chart: Chart, to xml: inout ByteBuffer) {
    xml.append("<c:legend>")
    xml.value("c:legendPos", chart.kind.hasAxes ? "b" : "r")
    xml.append("<c:overlay val=\"0\"/></c:legend>")
  }

  private static func append(_ plot: Chart.Plot, of chart: Chart, _ axisBase: Int, to xml: inout ByteBuffer) {
    switch plot.kind {
    case .column, .bar: appendBars(plot, chart, to: &xml)
    case .line: appendLines(plot, chart, to: &xml)
    case .area: appendAreas(plot, chart, to: &xml)
    case .scatter: appendScatter(plot, chart, to: &xml)
    case .radar: appendRadar(plot, chart, to: &xml)
    case .pie, .doughnut: appendPie(plot, chart, to: &xml)
    }
    if plot.kind.hasAxes {
      let base = axisBase + (plot.isSecondary ? 2 : 0)
      xml.value("c:axId", base + 1)
      xml.value("c:axId", base + 2)
    }
    xml.append("</c:")
    xml.append(raw: plot.kind.element)
    xml.append(">")
  }

  private static func appendSeries(of plot: Chart.Plot, _ chart: Chart, to xml: inout ByteBuffer) {
    for (place, series) in plot.series { ChartSeriesXML.append(series, place, plot.kind, chart, to: &xml) }
  }

  private static func appendBars(_ plot: Chart.Plot, _ chart: Chart, to xml: inout ByteBuffer) {
    xml.append("<c:barChart>")
    xml.value("c:barDir", plot.kind == .bar ? "bar" : "col")
    xml.value("c:grouping", chart.stacking.rawValue)
    xml.append("<c:varyColors val=\"0\"/>")
    appendSeries(of: plot, chart, to: &xml)
    xml.append("<c:gapWidth val=\"60\"/>")
    // Without it Excel draws the series beside each other, each on an empty heap.
    if chart.stacking != .clustered { xml.append("<c:overlap val=\"100\"/>") }
  }

  /// Lines and areas know no clusters: what does not stand on each other stands in front.
  private static func appendGrouping(_ chart: Chart, to xml: inout ByteBuffer) {
    xml.value("c:grouping", chart.stacking == .clustered ? "standard" : chart.stacking.rawValue)
    xml.append("<c:varyColors val=\"0\"/>")
  }

  private static func appendLines(_ plot: Chart.Plot, _ chart: Chart, to xml: inout ByteBuffer) {
    xml.append("<c:lineChart>")
    appendGrouping(chart, to: &xml)
    appendSeries(of: plot, chart, to: &xml)
    xml.append("<c:marker val=\"1\"/>")
  }

  private static func appendAreas(_ plot: Chart.Plot, _ chart: Chart, to xml: inout ByteBuffer) {
    xml.append("<c:areaChart>")
    appendGrouping(chart, to: &xml)
    appendSeries(of: plot, chart, to: &xml)
  }

  private static func appendScatter(_ plot: Chart.Plot, _ chart: Chart, to xml: inout ByteBuffer) {
    xml.append("<c:scatterChart><c:scatterStyle val=\"lineMarker\"/><c:varyColors val=\"0\"/>")
    appendSeries(of: plot, chart, to: &xml)
  }

  private static func appendRadar(_ plot: Chart.Plot, _ chart: Chart, to xml: inout ByteBuffer) {
    xml.append("<c:radarChart><c:radarStyle val=\"marker\"/><c:varyColors val=\"0\"/>")
    appendSeries(of: plot, chart, to: &xml)
  }

  private static func appendPie(_ plot: Chart.Plot, _ chart: Chart, to xml: inout ByteBuffer) {
    xml.append(plot.kind == .pie ? "<c:pieChart>" : "<c:doughnutChart>")
    xml.append("<c:varyColors val=\"1\"/>")
    appendSeries(of: plot, chart, to: &xml)
    xml.append("<c:firstSliceAng val=\"0\"/>")
    if plot.kind == .doughnut { xml.append("<c:holeSize val=\"55\"/>") }
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
}

extension Chart {
  /// Series that one element of the plot area draws, with their places among all.
  struct Plot {
    var kind: Kind
    var isSecondary: Bool
    var series: [(place: Int, series: Series)]
  }

  /// The series by how and on which axis they are drawn, in the order in which they come.
  var plots: [Plot] {
    var plots: [Plot] = []
    for (place, series) in series.enumerated() {
      let kind = series.kind ?? kind
      let isSecondary = kind.hasAxes && series.usesSecondaryAxis
      if let index = plots.firstIndex(where: { $0.kind == kind && $0.isSecondary == isSecondary }) {
        plots[index].series.append((place, series))
      } else {
        plots.append(Plot(kind: kind, isSecondary: isSecondary, series: [(place, series)]))
      }
    }
    return plots
  }
}

extension Chart.Kind {
  var hasAxes: Bool { self != .pie && self != .doughnut }

  /// Whether it can stand in one chart with others.
  var canBeCombined: Bool { self == .column || self == .line || self == .area }

  var element: String {
    switch self {
    case .column, .bar: "barChart"
    case .line: "lineChart"
    case .area: "areaChart"
    case .scatter: "scatterChart"
    case .radar: "radarChart"
    case .pie: "pieChart"
    case .doughnut: "doughnutChart"
    }
  }
}
