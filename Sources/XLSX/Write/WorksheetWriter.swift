/// The worksheet part (ECMA-376 Part 1, 18.3.1.99). CT_Worksheet is a sequence: a child out of order makes Excel repair
/// the file, so the order is written down once, here and in ``SheetHeadXML``.
extension WorkbookWriter {
  /// Adds a sheet with the cells it holds.
  mutating func addSheet(_ sheet: Worksheet, position: Int) throws(XLSXError) {
    let part = addSheetPart()
    var builder = PartBuilder(spillFolder: spillFolder, capacity: 1 << 16)
    appendSheetStart(
      sheet, position: position, usedRange: sheet.writtenRange, to: &builder.xml)
    for row in sheet.content.cells.rows {
      try CellXML.append(row, sheet: sheet.name, to: &builder.xml, strings: &strings)
      if builder.isFull { try builder.handOver() }
      if strings.isFull { try strings.handOver(spillFolder: spillFolder) }
    }
    try appendStreamedRows(of: sheet, to: &builder)
    try appendSheetEnd(sheet, part: part, to: &builder.xml)
    try builder.finish(as: part, type: .worksheet, in: &package)
  }

  /// Everything up to the first row.
  ///
  /// - Parameter usedRange: `nil` if the cells are not known yet.
  func appendSheetStart(_ sheet: Worksheet, position: Int, usedRange: CellRange?, to xml: inout ByteBuffer) {
    xml.declaration()
    xml.begin("worksheet")
    xml.attribute("xmlns", Namespace.main)
    xml.attribute("xmlns:r", Namespace.relationships)
    xml.endTag()
    let isActive = position == workbook.activePosition
    SheetHeadXML.append(sheet.content, usedRange: usedRange, isActive: isActive, to: &xml)
    xml.append("<sheetData>")
  }

  /// Everything behind the last row, and the parts that the sheet leads to.
  mutating func appendSheetEnd(_ sheet: Worksheet, part: String, to xml: inout ByteBuffer) throws(XLSXError) {
    let content = sheet.content
    xml.append("</sheetData>")
    if let protection = content.protection { SheetTailXML.append(protection, to: &xml) }
    if let filter = content.autoFilter { SheetTailXML.append(filter: filter, to: &xml) }
    SheetTailXML.append(merges: content.merges, to: &xml)
    for (place, format) in content.conditionalFormats.enumerated()
    where !ConditionalFormatExtensionXML.isWhole(format) {
      ConditionalFormatXML.append(
        format, priority: place + 1,
        identifier: ConditionalFormatExtensionXML.identifier(part: part, priority: place + 1),
        differentials: &differentials, to: &xml)
    }
    ValidationXML.append(content.validations, to: &xml)
    HyperlinkXML.append(content.hyperlinks, part: part, package: &package, to: &xml)
    PrintXML.append(content.pageSetup, to: &xml)
    if let drawing = try addDrawing(of: sheet) {
      appendReference("drawing", package.relate(part, .drawing, to: drawing), to: &xml)
    }
    let twins = addThreads(of: sheet, part: part)
    if let (comments, vml) = addComments(of: sheet, twins: twins) {
      package.relate(part, .comments, to: comments)
      appendReference("legacyDrawing", package.relate(part, .vmlDrawing, to: vml), to: &xml)
    }
    addPivotTables(of: sheet, part: part)
    let tables = addTables(of: sheet)
    if !tables.isEmpty {
      xml.begin("tableParts")
      xml.attribute("count", tables.count)
      xml.endTag()
      for table in tables { appendReference("tablePart", package.relate(part, .table, to: table), to: &xml) }
      xml.end("tableParts")
    }
    let hasExtensions =
      content.conditionalFormats.contains(where: ConditionalFormatExtensionXML.isExtended)
      || !content.sparklines.isEmpty
    if hasExtensions {
      xml.append("<extLst>")
      ConditionalFormatExtensionXML.append(content.conditionalFormats, part: part, to: &xml)
      SparklineXML.append(content.sparklines, to: &xml)
      xml.append("</extLst>")
    }
    xml.end("worksheet")
  }

  private func appendReference(_ name: StaticString, _ id: String, to xml: inout ByteBuffer) {
    xml.begin(name)
    xml.attribute("r:id", id)
    xml.endEmpty()
  }
}
