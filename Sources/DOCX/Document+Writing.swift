import XLSX

extension PartType {
  private static let word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
  static let document = PartType(rawValue: word + "document.main+xml")
  static let documentStyles = PartType(rawValue: word + "styles+xml")
  static let documentSettings = PartType(rawValue: word + "settings+xml")
  static let fontTable = PartType(rawValue: word + "fontTable+xml")
  static let footer = PartType(rawValue: word + "footer+xml")
  static let embeddedWorkbook = PartType(
    rawValue: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
}

extension RelationshipType {
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
  static let settings = RelationshipType(rawValue: office + "settings")
  static let fontTable = RelationshipType(rawValue: office + "fontTable")
  static let footer = RelationshipType(rawValue: office + "footer")
  static let embeddedPackage = RelationshipType(rawValue: office + "package")
}

extension Document {
  private static let main = "/word/document.xml"

  /// The document as a .docx file.
  ///
  /// - Throws: `XLSXError` for a chart whose figures no workbook can hold, or when memory is out.
  package func bytes() throws -> [UInt8] {
    var package = PackageWriter()
    package.relate(nil, .officeDocument, to: Self.main)
    package.relate(nil, .coreProperties, to: "/docProps/core.xml")
    package.relate(nil, .extendedProperties, to: "/docProps/app.xml")
    let body = try self.body(&package)
    package.add(Self.main, type: .document, text: body)
    add("/word/styles.xml", .documentStyles, .styles, stylesPart, to: &package)
    add("/word/settings.xml", .documentSettings, .settings, settingsPart, to: &package)
    add("/word/fontTable.xml", .fontTable, .fontTable, fontTablePart, to: &package)
    add("/word/theme/theme1.xml", .theme, .theme, ThemePart.text, to: &package)
    package.add("/docProps/core.xml", type: .coreProperties, text: corePropertiesPart)
    package.add("/docProps/app.xml", type: .extendedProperties, text: extendedPropertiesPart)
    return try package.bytes()
  }

  private func add(
    _ name: String, _ type: PartType, _ relationship: RelationshipType, _ text: String,
    to package: inout PackageWriter
  ) {
    package.add(name, type: type, text: text)
    package.relate(Self.main, relationship, to: name)
  }

  private func body(_ package: inout PackageWriter) throws -> String {
    var charts = 0
    var footers: [PageLayout.PageNumber: (odd: String, even: String)] = [:]
    var xml = Markup.part()
    xml.open("w:document", Self.namespaces)
    xml.open("w:body")
    for (position, section) in sections.enumerated() {
      for block in section.blocks {
        switch block {
        case .paragraph(let paragraph): xml.append(paragraph)
        case .table(let table):
          xml.append(table)
        case .chart(let chart):
          charts += 1
          let link = try add(chart, number: charts, to: &package)
          xml.append(chart, number: charts, link: link)
        }
      }
      var links: (odd: String, even: String)?
      if let number = section.page.pageNumber {
        links = footers[number] ?? addFooters(number, count: footers.count, to: &package)
        footers[number] = links
      }
      let end = Self.sectionEnd(section.page, footers: links)
      if position == sections.count - 1 {
        // A document may not end in a table.
        if case .table? = section.blocks.last { xml.append(Self.gap) }
        xml.raw(end)
      } else {
        xml.append(Self.gap, section: end)
      }
    }
    xml.close("w:body")
    xml.close("w:document")
    return xml.text
  }

  /// A paragraph that takes next to no room: what ends a section, and what stands after a table.
  static let gap = Paragraph("", style: gapStyle.id)
  package static let gapStyle: ParagraphStyle = {
    var style = ParagraphStyle(id: "Gap", name: "Gap", font: TextFont("宋体", size: 1))
    style.lineHeight = .exactly(1)
    return style
  }()

  static let namespaces: KeyValuePairs = [
    "xmlns:w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xmlns:wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
  ]

  private func add(_ chart: DocumentChart, number: Int, to package: inout PackageWriter) throws -> String {
    let part = "/word/charts/chart\(number).xml"
    let book = "/word/embeddings/Microsoft_Excel_Sheet\(number).xlsx"
    let data = package.relate(part, .embeddedPackage, to: book)
    package.add(part, type: .chart, text: chart.part(axisBase: number * 10, data: data))
    package.add(book, extensionType: .embeddedWorkbook, packed: try chart.workbook())
    return package.relate(Self.main, .chart, to: part)
  }

  private func addFooters(
    _ number: PageLayout.PageNumber, count: Int, to package: inout PackageWriter
  ) -> (odd: String, even: String) {
    func add(_ name: String, _ alignment: ParagraphStyle.Alignment) -> String {
      let part = "/word/\(name)\(count + 1).xml"
      var xml = Markup.part()
      xml.open("w:ftr", Self.namespaces)
      xml.append(number, alignment)
      xml.close("w:ftr")
      package.add(part, type: .footer, text: xml.text)
      return package.relate(Self.main, .footer, to: part)
    }
    return (add("footer", .right), add("footerEven", .left))
  }

  private static func sectionEnd(_ page: PageLayout, footers: (odd: String, even: String)?) -> String {
    var xml = Markup()
    xml.element("w:sectPr") { xml in
      if let footers {
        xml.empty("w:footerReference", ["w:type": "default", "r:id": footers.odd])
        xml.empty("w:footerReference", ["w:type": "even", "r:id": footers.even])
      }
      xml.value("w:type", "nextPage")
      let size = (String(Markup.twentieths(page.width)), String(Markup.twentieths(page.height)))
      if page.width > page.height {
        xml.empty("w:pgSz", ["w:w": size.0, "w:h": size.1, "w:orient": "landscape"])
      } else {
        xml.empty("w:pgSz", ["w:w": size.0, "w:h": size.1])
      }
      let margins = page.margins
      xml.empty(
        "w:pgMar",
        [
          "w:top": String(Markup.twentieths(margins.top)),
          "w:right": String(Markup.twentieths(margins.right)),
          "w:bottom": String(Markup.twentieths(margins.bottom)),
          "w:left": String(Markup.twentieths(margins.left)),
          "w:header": "720", "w:footer": String(Markup.twentieths(page.pageNumber?.distance ?? 36)),
          "w:gutter": "0",
        ])
      if let pitch = page.linePitch {
        xml.empty("w:docGrid", ["w:type": "lines", "w:linePitch": String(Markup.twentieths(pitch))])
      }
    }
    return xml.text
  }
}

extension Markup {
  /// `— 1 —`, a character in from the edge.
  fileprivate mutating func append(_ number: PageLayout.PageNumber, _ alignment: ParagraphStyle.Alignment) {
    let font = number.font
    let indent = String(Self.twentieths(font.size))
    func run(_ xml: inout Markup, _ body: (inout Markup) -> Void) {
      xml.element("w:r") { xml in
        xml.append(font)
        body(&xml)
      }
    }
    element("w:p") { xml in
      xml.element("w:pPr") { xml in
        xml.empty("w:ind", ["w:left": indent, "w:right": indent])
        xml.value("w:jc", alignment.rawValue)
      }
      run(&xml) { $0.element("w:t", ["xml:space": "preserve"]) { $0.append(text: "— ") } }
      run(&xml) { $0.empty("w:fldChar", ["w:fldCharType": "begin"]) }
      run(&xml) { $0.element("w:instrText", ["xml:space": "preserve"]) { $0.append(text: " PAGE ") } }
      run(&xml) { $0.empty("w:fldChar", ["w:fldCharType": "separate"]) }
      run(&xml) { $0.element("w:t") { $0.append(text: "1") } }
      run(&xml) { $0.empty("w:fldChar", ["w:fldCharType": "end"]) }
      run(&xml) { $0.element("w:t", ["xml:space": "preserve"]) { $0.append(text: " —") } }
    }
  }

  fileprivate mutating func append(_ chart: DocumentChart, number: Int, link: String) {
    let (width, height) = (
      String(Self.metricUnits(chart.width)), String(Self.metricUnits(chart.height))
    )
    element("w:p") { xml in
      xml.element("w:pPr") { xml in
        xml.value("w:pStyle", Document.chartStyle.id)
      }
      xml.open("w:r")
      xml.open("w:drawing")
      xml.element("wp:inline", ["distT": "0", "distB": "0", "distL": "0", "distR": "0"]) { xml in
        xml.empty("wp:extent", ["cx": width, "cy": height])
        xml.empty(
          "wp:docPr",
          ["id": String(number), "name": "Chart \(number)", "descr": chart.description])
        xml.empty("wp:cNvGraphicFramePr")
        xml.element("a:graphic") { xml in
          xml.element("a:graphicData", ["uri": "http://schemas.openxmlformats.org/drawingml/2006/chart"]) {
            $0.empty("c:chart", ["r:id": link])
          }
        }
      }
      xml.close("w:drawing")
      xml.close("w:r")
    }
  }
}
