/// The parts of a pivot table: its definition, and the cache of the list's rows that it stands on (ECMA-376 Part 1, 18.10).
/// The cache is refreshed when the file is opened.
extension WorkbookWriter {
  mutating func addPivotTables(of sheet: Worksheet, part: String) throws(XLSXError) {
    for pivot in sheet.content.pivotTables {
      let snapshot = try sheet.snapshot(of: pivot)
      counters.pivots += 1
      let number = counters.pivots
      let table = "/xl/pivotTables/pivotTable\(number).xml"
      let cache = "/xl/pivotCache/pivotCacheDefinition\(number).xml"
      let records = "/xl/pivotCache/pivotCacheRecords\(number).xml"
      package.relate(part, .pivotTable, to: table)
      package.relate(table, .pivotCacheDefinition, to: cache)
      package.add(table, type: .pivotTable, PivotXML.table(pivot, snapshot, cache: number))
      let link = package.relate(cache, .pivotCacheRecords, to: records)
      package.add(cache, type: .pivotCacheDefinition, PivotXML.cache(pivot, snapshot, records: link))
      package.add(records, type: .pivotCacheRecords, PivotXML.records(snapshot))
      pivotCaches.append((number, package.relate(Self.workbookPart, .pivotCacheDefinition, to: cache)))
    }
  }
}

extension Worksheet {
  /// What a pivot table that is new here shows.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for one of another workbook whose list is not in this one.
  func snapshot(of pivot: PivotTable) throws(XLSXError) -> PivotSnapshot {
    if let known = content.pivotSnapshots[pivot.name] { return known }
    throw XLSXError(
      .unsupportedChange,
      "The list “\(pivot.source)” of the pivot table “\(pivot.name)” is not in this workbook; copy its sheet first, or take the table away.",
      sheet: name, cell: pivot.area.first)
  }
}

enum PivotXML {
  static func table(_ pivot: PivotTable, _ snapshot: PivotSnapshot, cache: Int) -> ByteBuffer {
    var xml = ByteBuffer()
    xml.begin(part: "pivotTableDefinition", ["xmlns": Namespace.main])
    xml.attribute("name", pivot.name)
    xml.attribute("cacheId", cache)
    xml.append(
      """
       applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" applyPatternFormats="0" \
      applyAlignmentFormats="0" applyWidthHeightFormats="1" dataCaption="Values" updatedVersion="6" \
      minRefreshableVersion="3" useAutoFormatting="1" itemPrintTitles="1" createdVersion="6" indent="0" compact="0" \
      compactData="0" multipleFieldFilters="0"><location
      """)
    xml.attribute("ref", range: pivot.area)
    let hasSeveral = snapshot.columns.isEmpty && pivot.values.count > 1
    xml.attribute("firstHeaderRow", hasSeveral ? 0 : 1)
    xml.attribute("firstDataRow", snapshot.headings)
    xml.attribute("firstDataCol", max(1, snapshot.rows.count))
    if !snapshot.filters.isEmpty {
      xml.attribute("rowPageCount", snapshot.filters.count)
      xml.attribute("colPageCount", 1)
    }
    xml.endEmpty()
    appendFields(snapshot, to: &xml)
    let values = pivot.values.count > 1 ? [-2] : []
    appendAxis("rowFields", snapshot.rows, "rowItems", snapshot.rowLines, snapshot.rows.count, &xml)
    appendAxis(
      "colFields", snapshot.columns + values, "colItems", snapshot.columnLines, snapshot.columns.count, &xml)
    if !snapshot.filters.isEmpty {
      xml.begin("pageFields")
      xml.attribute("count", snapshot.filters.count)
      xml.endTag()
      for field in snapshot.filters {
        xml.begin("pageField")
        xml.attribute("fld", field)
        xml.append(" hier=\"-1\"/>")
      }
      xml.end("pageFields")
    }
    xml.begin("dataFields")
    xml.attribute("count", pivot.values.count)
    xml.endTag()
    for (value, field) in zip(pivot.values, snapshot.values) {
      xml.begin("dataField")
      xml.attribute("name", value.caption)
      xml.attribute("fld", field)
      if value.function != .sum { xml.attribute("subtotal", value.function.rawValue) }
      xml.append(" baseField=\"0\" baseItem=\"0\"/>")
    }
    xml.end("dataFields")
    if let style = pivot.styleName {
      xml.begin("pivotTableStyleInfo")
      xml.attribute("name", style)
      xml.append(
        " showRowHeaders=\"1\" showColHeaders=\"1\" showRowStripes=\"0\" showColStripes=\"0\" showLastColumn=\"1\"/>"
      )
    }
    xml.end("pivotTableDefinition")
    return xml
  }

  private static func appendFields(_ snapshot: PivotSnapshot, to xml: inout ByteBuffer) {
    xml.begin("pivotFields")
    xml.attribute("count", snapshot.fields.count)
    xml.endTag()
    for (place, field) in snapshot.fields.enumerated() {
      xml.begin("pivotField")
      if snapshot.rows.contains(place) { xml.append(" axis=\"axisRow\"") }
      if snapshot.columns.contains(place) { xml.append(" axis=\"axisCol\"") }
      if snapshot.filters.contains(place) { xml.append(" axis=\"axisPage\"") }
      if snapshot.values.contains(place) { xml.append(" dataField=\"1\"") }
      xml.append(" compact=\"0\" outline=\"0\" showAll=\"0\" defaultSubtotal=\"0\"")
      guard let items = field.items else {
        xml.endEmpty()
        continue
      }
      xml.append("><items")
      xml.attribute("count", items.count)
      xml.endTag()
      for index in items.indices {
        xml.begin("item")
        xml.attribute("x", index)
        xml.endEmpty()
      }
      xml.append("</items></pivotField>")
    }
    xml.end("pivotFields")
  }

  private static func appendAxis(
    _ fieldsName: StaticString, _ fields: [Int], _ itemsName: StaticString, _ lines: [PivotSnapshot.Line],
    _ depth: Int, _ xml: inout ByteBuffer
  ) {
    if !fields.isEmpty {
      xml.begin(fieldsName)
      xml.attribute("count", fields.count)
      xml.endTag()
      for field in fields {
        xml.begin("field")
        xml.attribute("x", field)
        xml.endEmpty()
      }
      xml.end(fieldsName)
    }
    xml.begin(itemsName)
    xml.attribute("count", lines.count)
    xml.endTag()
    let hasValues = fields.last == -2
    var before: [Int] = []
    for line in lines {
      let isTotal = line.isTotal && depth > 0
      let items = line.items + (hasValues && !isTotal ? [line.value] : [])
      xml.begin("i")
      if isTotal { xml.append(" t=\"grand\"") }
      // What is as in the line before is not said again.
      var repeated = 0
      while !isTotal, repeated + 1 < items.count, repeated < before.count, before[repeated] == items[repeated]
      {
        repeated += 1
      }
      if repeated > 0 { xml.attribute("r", repeated) }
      if line.value > 0 { xml.attribute("i", line.value) }
      if fields.isEmpty {
        xml.endEmpty()
        continue
      }
      xml.endTag()
      for item in isTotal ? [0] : items.dropFirst(repeated) {
        xml.begin("x")
        if item > 0 { xml.attribute("v", item) }
        xml.endEmpty()
      }
      xml.append("</i>")
      before = isTotal ? [] : items
    }
    xml.end(itemsName)
  }

  static func cache(_ pivot: PivotTable, _ snapshot: PivotSnapshot, records: String) -> ByteBuffer {
    var (sheet, source) = (snapshot.sheet, snapshot.source)
    // The list may have moved, or its sheet been renamed, since the table was laid.
    if case .reference(let reference)? = try? FormulaParser.parse(pivot.source) {
      source = reference.range
      sheet = reference.sheet ?? sheet
    }
    var xml = ByteBuffer()
    xml.begin(part: "pivotCacheDefinition", ["xmlns": Namespace.main, "xmlns:r": Namespace.relationships])
    xml.attribute("r:id", records)
    xml.append(" refreshOnLoad=\"1\" createdVersion=\"6\" refreshedVersion=\"6\" minRefreshableVersion=\"3\"")
    xml.attribute("recordCount", snapshot.source.rows.count - 1)
    xml.append("><cacheSource type=\"worksheet\"><worksheetSource")
    xml.attribute("ref", range: source)
    xml.attribute("sheet", sheet)
    xml.append("/></cacheSource><cacheFields")
    xml.attribute("count", snapshot.fields.count)
    xml.endTag()
    for field in snapshot.fields {
      xml.begin("cacheField")
      xml.attribute("name", field.name)
      xml.append(" numFmtId=\"0\"><sharedItems")
      appendKinds(field.values, to: &xml)
      if let items = field.items {
        xml.attribute("count", items.count)
        xml.endTag()
        for item in items { append(item, to: &xml) }
        xml.append("</sharedItems></cacheField>")
      } else {
        xml.append("/></cacheField>")
      }
    }
    xml.append("</cacheFields></pivotCacheDefinition>")
    return xml
  }

  /// What kinds of values a field has, as Excel counts them.
  private static func appendKinds(_ values: [CellValue], to xml: inout ByteBuffer) {
    let numbers = values.compactMap(\.number)
    let hasBlanks = values.contains(where: \.isEmpty)
    let texts = values.compactMap(\.text)
    let hasOthers = values.contains { $0.bool != nil || $0.error != nil }
    let hasText = !texts.isEmpty || hasOthers
    if !hasText, !hasBlanks { xml.append(" containsSemiMixedTypes=\"0\"") }
    if !hasText { xml.append(" containsString=\"0\"") }
    if hasBlanks { xml.append(" containsBlank=\"1\"") }
    if hasText, !numbers.isEmpty || (hasOthers && !texts.isEmpty) { xml.append(" containsMixedTypes=\"1\"") }
    if let least = numbers.min(), let most = numbers.max() {
      xml.append(" containsNumber=\"1\"")
      if numbers.allSatisfy({ $0 == $0.rounded() }) { xml.append(" containsInteger=\"1\"") }
      xml.attribute("minValue", least)
      xml.attribute("maxValue", most)
    }
    if texts.contains(where: { $0.utf16.count > 255 }) { xml.append(" longText=\"1\"") }
  }

  private static func append(_ value: CellValue, to xml: inout ByteBuffer) {
    switch value {
    case .number(let number):
      xml.append("<n v=\"")
      xml.append(number: number)
      xml.append("\"/>")
    case .text(let text):
      xml.begin("s")
      xml.attribute("v", text)
      xml.endEmpty()
    case .bool(let bool): xml.append(bool ? "<b v=\"1\"/>" : "<b v=\"0\"/>")
    case .error(let error):
      xml.begin("e")
      xml.attribute("v", error.text)
      xml.endEmpty()
    default: xml.append("<m/>")
    }
  }

  static func records(_ snapshot: PivotSnapshot) -> ByteBuffer {
    var xml = ByteBuffer()
    xml.begin(part: "pivotCacheRecords", ["xmlns": Namespace.main])
    xml.attribute("count", snapshot.source.rows.count - 1)
    xml.endTag()
    let indices = snapshot.fields.map { field in
      Dictionary(firstOf: (field.items ?? []).enumerated().map { (PivotSnapshot.folded($1), $0) })
    }
    for record in 0..<(snapshot.source.rows.count - 1) {
      xml.append("<r>")
      for (place, field) in snapshot.fields.enumerated() {
        if field.items != nil {
          xml.begin("x")
          xml.attribute("v", indices[place][PivotSnapshot.folded(field.values[record])] ?? 0)
          xml.endEmpty()
        } else {
          append(field.values[record], to: &xml)
        }
      }
      xml.append("</r>")
    }
    xml.end("pivotCacheRecords")
    return xml
  }
}
