/// The worksheet part (ECMA-376 Part 1, 18.3.1.99), its children in the order of ``SheetChild``.
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
    xml.begin(part: "worksheet", ["xmlns": Namespace.main, "xmlns:r": Namespace.relationships])
    xml.endTag()
    let isActive = position == workbook.activePosition
    SheetHeadXML.append(sheet.content, usedRange: usedRange, isActive: isActive, to: &xml)
    xml.append("<sheetData>")
  }

  /// Everything behind the last row, and the parts that the sheet leads to.
  mutating func appendSheetEnd(_ sheet: Worksheet, part: String, to xml: inout ByteBuffer) throws(XLSXError) {
    xml.append("</sheetData>")
    for child in SheetChild.behindCells { try append(child, of: sheet, part, to: &xml) }
    xml.end("worksheet")
  }

  /// One child behind the cells, if the sheet has anything for it, and the parts that it leads to.
  private mutating func append(
    _ child: SheetChild, of sheet: Worksheet, _ part: String, to xml: inout ByteBuffer
  ) throws(XLSXError) {
    let content = sheet.content
    switch child {
    case .conditionalFormatting: append(content.conditionalFormats, part, to: &xml)
    case .hyperlinks: HyperlinkXML.append(content.hyperlinks, part: part, package: &package, to: &xml)
    case .drawing:
      guard let drawing = try addDrawing(of: sheet) else { return }
      appendReference("drawing", package.relate(part, .drawing, to: drawing), to: &xml)
    case .legacyDrawing:
      let twins = addThreads(of: sheet, part: part)
      guard let (comments, vml) = addComments(of: sheet, twins: twins) else { return }
      package.relate(part, .comments, to: comments)
      appendReference("legacyDrawing", package.relate(part, .vmlDrawing, to: vml), to: &xml)
    case .tableParts:
      try addPivotTables(of: sheet, part: part)
      append(tables: addTables(of: sheet), part, to: &xml)
    case .extLst:
      guard
        content.conditionalFormats.contains(where: ConditionalFormatExtensionXML.isExtended)
          || !content.sparklines.isEmpty
      else { return }
      xml.append("<extLst>")
      ConditionalFormatExtensionXML.append(content.conditionalFormats, part: part, to: &xml)
      SparklineXML.append(content.sparklines, to: &xml)
      xml.append("</extLst>")
    default: SheetTailXML.append(child, of: content, to: &xml)
    }
  }

  private mutating func append(_ formats: [ConditionalFormat], _ part: String, to xml: inout ByteBuffer) {
    for (place, format) in formats.enumerated() where !ConditionalFormatExtensionXML.isWhole(format) {
      ConditionalFormatXML.append(
        format, priority: place + 1,
        identifier: ConditionalFormatExtensionXML.identifier(part: part, priority: place + 1),
        differentials: &differentials, to: &xml)
    }
  }

  private mutating func append(tables: [String], _ part: String, to xml: inout ByteBuffer) {
    if tables.isEmpty { return }
    xml.begin("tableParts")
    xml.attribute("count", tables.count)
    xml.endTag()
    for table in tables { appendReference("tablePart", package.relate(part, .table, to: table), to: &xml) }
    xml.end("tableParts")
  }

  private func appendReference(_ name: StaticString, _ id: String, to xml: inout ByteBuffer) {
    xml.begin(name)
    xml.attribute("r:id", id)
    xml.endEmpty()
  }
}
