/// The worksheet part (ECMA-376 Part 1, 18.3.1.99). CT_Worksheet is a sequence: a child out of order makes Excel repair
/// the file, so the order is written down once, here.
extension WorkbookWriter {
  mutating func addSheet(_ sheet: Worksheet, part: String, position: Int) throws(XLSXError) {
    let content = sheet.content
    let isActive = position == workbook.sheets.firstIndex { $0.visibility == .visible }
    var xml = ByteBuffer(capacity: 1 << 16)
    xml.declaration()
    xml.begin("worksheet")
    xml.attribute("xmlns", Namespace.main)
    xml.attribute("xmlns:r", Namespace.relationships)
    xml.endTag()
    SheetHeadXML.append(content, isActive: isActive, to: &xml)
    if content.cells.rows.isEmpty {
      xml.append("<sheetData/>")
    } else {
      xml.append("<sheetData>")
      for row in content.cells.rows {
        try CellXML.append(row, sheet: sheet.name, to: &xml, strings: &strings)
      }
      xml.append("</sheetData>")
    }
    if let protection = content.protection { SheetTailXML.append(protection, to: &xml) }
    if let filter = content.autoFilter {
      xml.begin("autoFilter")
      xml.attribute("ref", range: filter)
      xml.endEmpty()
    }
    SheetTailXML.append(merges: content.merges, to: &xml)
    for (place, format) in content.conditionalFormats.enumerated() {
      ConditionalFormatXML.append(format, priority: place + 1, stylesheet: &stylesheet, to: &xml)
    }
    ValidationXML.append(content.validations, to: &xml)
    HyperlinkXML.append(content.hyperlinks, part: part, package: &package, to: &xml)
    PrintXML.append(content.pageSetup, to: &xml)
    if let drawing = try addDrawing(of: sheet) {
      appendReference("drawing", package.relate(part, .drawing, to: drawing), to: &xml)
    }
    if let (comments, vml) = addComments(of: sheet) {
      package.relate(part, .comments, to: comments)
      appendReference("legacyDrawing", package.relate(part, .vmlDrawing, to: vml), to: &xml)
    }
    let tables = addTables(of: sheet)
    if !tables.isEmpty {
      xml.begin("tableParts")
      xml.attribute("count", tables.count)
      xml.endTag()
      for table in tables { appendReference("tablePart", package.relate(part, .table, to: table), to: &xml) }
      xml.end("tableParts")
    }
    xml.end("worksheet")
    package.add(part, type: .worksheet, xml)
  }

  private func appendReference(_ name: StaticString, _ id: String, to xml: inout ByteBuffer) {
    xml.begin(name)
    xml.attribute("r:id", id)
    xml.endEmpty()
  }
}
