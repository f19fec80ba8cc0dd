/// Tables (ECMA-376 Part 1, 18.5.1.2).
extension WorkbookWriter {
  /// - Returns: The names of the table parts, which the sheet has to lead to.
  mutating func addTables(of sheet: Worksheet) -> [String] {
    sheet.content.tables.map { table in
      counters.tables += 1
      let part = "/xl/tables/table\(counters.tables).xml"
      package.add(part, type: .table, TableXML.part(table, id: counters.tables, on: sheet))
      return part
    }
  }
}

enum TableXML {
  static func part(_ table: Table, id: Int, on sheet: Worksheet) -> ByteBuffer {
    var xml = ByteBuffer()
    xml.begin(part: "table", ["xmlns": Namespace.main])
    xml.attribute("id", id)
    xml.attribute("name", table.name)
    xml.attribute("displayName", table.name)
    xml.attribute("ref", range: table.range)
    if table.showsTotals { xml.attribute("totalsRowCount", 1) } else { xml.attribute("totalsRowShown", 0) }
    xml.endTag()
    if table.showsFilter {
      let last = table.range.last.offset(rows: table.showsTotals ? -1 : 0)
      SheetTailXML.append(filter: CellRange(table.range.first, last), to: &xml)
    }
    xml.begin("tableColumns")
    xml.attribute("count", table.columns.count)
    xml.endTag()
    for (offset, title) in table.columns.enumerated() {
      let total =
        table.showsTotals ? sheet[table.range.last.withColumn(table.range.first.column + offset)] : .empty
      appendColumn(title, id: offset + 1, total: total, to: &xml)
    }
    xml.end("tableColumns")
    if let style = table.styleName {
      xml.begin("tableStyleInfo")
      xml.attribute("name", style)
      xml.append(" showFirstColumn=\"0\" showLastColumn=\"0\" showRowStripes=\"1\" showColumnStripes=\"0\"/>")
    }
    xml.end("table")
    return xml
  }

  /// A column; the totals row's text or formula stands here as well as in its cell, and the two must agree.
  static func appendColumn(_ title: String, id: Int, total: CellValue, to xml: inout ByteBuffer) {
    xml.begin("tableColumn")
    xml.attribute("id", id)
    appendName("name", title, to: &xml)
    if let formula = total.formula {
      xml.attribute("totalsRowFunction", "custom")
      xml.append("><totalsRowFormula>")
      xml.append(plainText: FormulaPrefixes.stored(formula.text))
      xml.append("</totalsRowFormula></tableColumn>")
      return
    }
    if let text = total.text, !text.isEmpty { appendName("totalsRowLabel", text, to: &xml) }
    xml.endEmpty()
  }

  /// A cell's text in an attribute: Excel compares it with the cell and wants line breaks as `_x000a_`.
  private static func appendName(_ name: StaticString, _ text: String, to xml: inout ByteBuffer) {
    xml.beginAttribute(name)
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if place > 0 { xml.append("_x000a_") }
      xml.append(attributeText: String(line))
    }
    xml.append(UInt8(ascii: "\""))
  }
}

extension CellReference {
  fileprivate func withColumn(_ column: Int) -> CellReference { CellReference(row: row, column: column) }
}
