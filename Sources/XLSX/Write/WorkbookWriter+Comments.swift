/// Comments (ECMA-376 Part 1, 18.7) and the boxes they are shown in, which are still VML (Part 4, 19).
extension WorkbookWriter {
  /// - Parameter twins: What stands in for the conversations in the comments part.
  /// - Returns: The names of the comments part and of the drawing part, which the sheet has to lead to.
  mutating func addComments(of sheet: Worksheet, twins: [CellReference: ThreadTwin]) -> (
    comments: String, vml: String
  )? {
    let comments = sheet.content.comments
      .map { cell, comment in (key: cell, value: twins[cell]?.comment ?? comment) }
      .sorted { $0.key < $1.key }
    if comments.isEmpty { return nil }
    counters.comments += 1
    let part = "/xl/comments\(counters.comments).xml"
    let vml = "/xl/drawings/vmlDrawing\(counters.comments).vml"
    package.add(part, type: .comments, CommentsXML.part(comments, twins))
    // Shape ids go in blocks of 1,024, each block owned by one drawing of the workbook.
    let blocks = (comments.count + 1) / 1024 + 1
    let metrics = SheetMetrics(sheet.content)
    let drawing = CommentsXML.drawing(
      comments, blocks: counters.shapeBlocks + 1...counters.shapeBlocks + blocks, metrics)
    counters.shapeBlocks += blocks
    package.add(vml, extensionType: .vmlDrawing, drawing)
    return (part, vml)
  }
}

enum CommentsXML {
  typealias Entry = (key: CellReference, value: CellComment)

  static func part(_ comments: [Entry], _ twins: [CellReference: ThreadTwin] = [:]) -> ByteBuffer {
    var authors: [String] = []
    var places: [String: Int] = [:]
    for (_, comment) in comments where places[comment.author] == nil {
      places[comment.author] = authors.count
      authors.append(comment.author)
    }
    var xml = ByteBuffer()
    xml.begin(part: "comments", ["xmlns": Namespace.main])
    if !twins.isEmpty {
      xml.attribute("xmlns:mc", Namespace.markupCompatibility)
      xml.attribute("mc:Ignorable", "xr")
      xml.attribute("xmlns:xr", Namespace.revision)
    }
    xml.append("><authors>")
    for author in authors { xml.element("author", text: author) }
    xml.append("</authors><commentList>")
    for (cell, comment) in comments {
      xml.begin("comment")
      xml.attribute("ref", reference: cell)
      xml.attribute("authorId", places[comment.author] ?? 0)
      if let twin = twins[cell] {
        xml.attribute("shapeId", 0)
        xml.attribute("xr:uid", twin.identifier)
      }
      xml.append("><text>")
      RichTextXML.append(comment.text, to: &xml)
      xml.append("</text></comment>")
    }
    xml.append("</commentList></comments>")
    return xml
  }

  static func drawing(_ comments: [Entry], blocks: ClosedRange<Int>, _ metrics: SheetMetrics) -> ByteBuffer {
    var xml = ByteBuffer()
    xml.append(
      """
      <xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
      xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit"
      """)
    xml.attribute("data", blocks.map(String.init).joined(separator: ","))
    xml.append(
      """
      /></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
      path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
      <v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
      """)
    for (place, entry) in comments.enumerated() {
      append(
        entry.key, entry.value, shape: blocks.lowerBound * 1024 + 1 + place, order: place + 1, metrics,
        to: &xml)
    }
    xml.append("</xml>")
    return xml
  }

  /// The box of one comment.
  static func append(
    _ cell: CellReference, _ comment: CellComment, shape: Int, order: Int, _ metrics: SheetMetrics,
    to xml: inout ByteBuffer
  ) {
    let size = boxSize(for: comment.text.plainText)
    // Beside the cell, a little above it, as Excel places it; at the edges as near as there is room.
    let start = CellReference(
      row: max(1, cell.row - 1), column: min(cell.column + 1, CellReference.maximumColumn))
    let topLeft = metrics.corner(from: start, right: 15, down: cell.row == 1 ? 2 : 10)
    let bottomRight = metrics.corner(
      from: start, right: 15 + size.width, down: topLeft.rowOffset + size.height)
    xml.append("<v:shape")
    // Not attribute(_:_:): it would code the underscore of what looks like `_x0000_`.
    xml.append(raw: " id=\"_x0000_s\(shape)\" type=\"#_x0000_t202\"")
    let visibility = comment.isVisible ? "visible" : "hidden"
    xml.attribute(
      "style",
      "position:absolute;margin-left:0;margin-top:0;width:\(points(size.width))pt;height:\(points(size.height))pt;"
        + "z-index:\(order);visibility:\(visibility)")
    xml.append(
      """
       fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>\
      <v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>\
      <v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
      <x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>
      """)
    let corners = [topLeft, bottomRight].flatMap { [$0.column, $0.columnOffset, $0.row, $0.rowOffset] }
    xml.append(raw: corners.map(String.init).joined(separator: ", "))
    xml.append("</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>")
    xml.append(decimal: cell.row - 1)
    xml.append("</x:Row><x:Column>")
    xml.append(decimal: cell.column - 1)
    xml.append("</x:Column>")
    if comment.isVisible { xml.append("<x:Visible/>") }
    xml.append("</x:ClientData></v:shape>")
  }

  private static func points(_ pixels: Int) -> String { String(Double(pixels) * 0.75) }

  /// Pixels wide and high enough for the text: as wide as the widest line up to 36 digits, then wrapped.
  static func boxSize(for text: String) -> (width: Int, height: Int) {
    let perLine = min(max(TextWidth.ofWidestLine(text), 14), 36)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
      $0 + max(1, (TextWidth.of($1) + perLine - 1) / perLine)
    }
    return (width: perLine * 7 + 16, height: min(max(lines, 2) * 18 + 12, 800))
  }
}
