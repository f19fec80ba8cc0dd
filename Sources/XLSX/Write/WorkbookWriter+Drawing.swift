/// Pictures and charts: the drawing part and what it leads to (ECMA-376 Part 1, 20.5).
extension WorkbookWriter {
  /// - Returns: The name of the drawing part, which the sheet has to lead to; `nil` if there is nothing to draw.
  mutating func addDrawing(of sheet: Worksheet) throws(XLSXError) -> String? {
    let content = sheet.content
    if content.pictures.isEmpty && content.charts.isEmpty { return nil }
    counters.drawings += 1
    let part = "/xl/drawings/drawing\(counters.drawings).xml"
    var xml = ByteBuffer()
    xml.begin(
      part: "xdr:wsDr",
      [
        "xmlns:xdr": Namespace.spreadsheetDrawing, "xmlns:a": Namespace.drawing,
        "xmlns:r": Namespace.relationships,
      ])
    xml.endTag()
    var shape = 1
    for picture in content.pictures {
      try DrawingRules.check(picture, sheet: sheet.name)
      shape += 1
      let id = package.relate(part, .image, to: addMedia(picture))
      DrawingXML.append(picture, relationship: id, shape: shape, to: &xml)
    }
    for chart in content.charts {
      try DrawingRules.check(chart, sheet: sheet.name)
      shape += 1
      counters.charts += 1
      let chartPart = "/xl/charts/chart\(counters.charts).xml"
      let id = package.relate(part, .chart, to: chartPart)
      package.add(
        chartPart, type: .chart,
        ChartXML.part(ChartCache.filled(chart, from: workbook), axisBase: counters.charts * 10))
      DrawingXML.append(chart, relationship: id, shape: shape, to: &xml)
    }
    xml.end("xdr:wsDr")
    package.add(part, type: .drawing, xml)
    return part
  }

  /// The part of a picture's bytes; the same bytes are stored once.
  private mutating func addMedia(_ picture: Picture) -> String {
    if let known = media[picture.data] { return known }
    let part = "/xl/media/image\(media.count + 1).\(picture.format.rawValue)"
    var bytes = ByteBuffer(capacity: picture.data.count)
    bytes.append(picture.data)
    package.add(part, extensionType: picture.format == .png ? .png : .jpeg, bytes, isCompressed: true)
    media[picture.data] = part
    return part
  }
}

enum DrawingXML {
  /// English Metric Units, of which a point has 12,700 and a pixel 9,525.
  private static let unitsPerPoint = 12_700.0
  private static let unitsPerPixel = 9_525

  /// A length in points as a drawing has it.
  static func units(_ points: Double) -> Int { Int((points * unitsPerPoint).rounded()) }

  /// A picture stands at a cell and has a size of its own: rows and columns, which each program draws a little larger or
  /// smaller, do not stretch it.
  static func append(_ picture: Picture, relationship: String, shape: Int, to xml: inout ByteBuffer) {
    let (width, height) = (units(picture.width), units(picture.height))
    xml.append("<xdr:oneCellAnchor>")
    append(
      .init(column: picture.anchor.column - 1, columnOffset: 0, row: picture.anchor.row - 1, rowOffset: 0),
      "xdr:from", to: &xml)
    xml.begin("xdr:ext")
    xml.attribute("cx", width)
    xml.attribute("cy", height)
    xml.endEmpty()
    xml.append("<xdr:pic><xdr:nvPicPr><xdr:cNvPr")
    xml.attribute("id", shape)
    xml.attribute("name", "Picture \(shape - 1)")
    if !picture.description.isEmpty { xml.attribute("descr", picture.description) }
    xml.append(
      "/><xdr:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip")
    xml.attribute("r:embed", relationship)
    xml.append(
      "/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext")
    xml.attribute("cx", width)
    xml.attribute("cy", height)
    xml.append(
      """
      /></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>\
      </xdr:oneCellAnchor>
      """)
  }

  static func append(_ chart: Chart, relationship: String, shape: Int, to xml: inout ByteBuffer) {
    xml.append("<xdr:twoCellAnchor>")
    let area = chart.area
    append(
      .init(column: area.first.column - 1, columnOffset: 0, row: area.first.row - 1, rowOffset: 0),
      "xdr:from", to: &xml)
    append(
      .init(column: area.last.column, columnOffset: 0, row: area.last.row, rowOffset: 0), "xdr:to", to: &xml)
    xml.append("<xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr")
    xml.attribute("id", shape)
    xml.attribute("name", "Chart \(shape - 1)")
    if let title = chart.title { xml.attribute("descr", title) }
    xml.append(
      """
      /><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>\
      <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart
      """)
    xml.attribute("xmlns:c", Namespace.chart)
    xml.attribute("r:id", relationship)
    xml.append("/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>")
  }

  private static func append(_ corner: SheetMetrics.Corner, _ name: StaticString, to xml: inout ByteBuffer) {
    xml.start(name)
    xml.append("<xdr:col>")
    xml.append(decimal: corner.column)
    xml.append("</xdr:col><xdr:colOff>")
    xml.append(decimal: corner.columnOffset * unitsPerPixel)
    xml.append("</xdr:colOff><xdr:row>")
    xml.append(decimal: corner.row)
    xml.append("</xdr:row><xdr:rowOff>")
    xml.append(decimal: corner.rowOffset * unitsPerPixel)
    xml.append("</xdr:rowOff>")
    xml.end(name)
  }
}
