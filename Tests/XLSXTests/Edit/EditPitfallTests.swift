import Testing

@testable import XLSX

/// What makes Excel offer to repair an edited file, or lose something in silence: one test for each way that the
/// libraries of other languages are known to have gone.
@Suite("Pitfalls of editing")
struct EditPitfallTests {
  private let main = PartsPackage.main
  private let types = PartsPackage.relationshipTypes
  private let contentTypes = """
    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>\
    <Default Extension="xml" ContentType="application/xml"/>\
    <Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>
    """

  private func package(rows: String, tail: String = "", links: [(String, String, String)] = [])
    -> PartsPackage
  {
    var package = PartsPackage(rows: rows, tail: tail)
    package.add("[Content_Types].xml", contentTypes)
    if !links.isEmpty {
      package.add("xl/worksheets/_rels/sheet1.xml.rels", PartsPackage.relationships(links))
    }
    return package
  }

  @Test(
    "the calculation chain goes with its relationship and content type when a formula goes, and stays otherwise"
  )
  func calculationChain() throws {
    var package = package(
      rows: "<row r=\"1\"><c r=\"A1\"><f>B1</f><v>1</v></c><c r=\"B1\"><v>1</v></c></row>")
    package.add("xl/calcChain.xml", "<calcChain xmlns=\"\(main)\"><c r=\"A1\" i=\"1\"/></calcChain>")
    package.replace(
      "xl/_rels/workbook.xml.rels",
      PartsPackage.relationships([
        ("rId1", "\(types)/worksheet", "worksheets/sheet1.xml"),
        ("rId2", "\(types)/calcChain", "calcChain.xml"),
      ]))
    let bytes = try package.bytes()
    let value = try Workbook(bytes: bytes)
    try value.set(2, at: "B1", inSheet: "Sheet1")
    #expect(
      try PackageParts(bytes).differences(to: PackageParts(value.serialized())) == [
        "xl/worksheets/sheet1.xml", "xl/workbook.xml",
      ])
    let formula = try Workbook(bytes: bytes)
    try formula.set(2, at: "A1", inSheet: "Sheet1")
    let parts = try PackageParts(formula.serialized())
    #expect(parts.parts["xl/calcChain.xml"] == nil)
    #expect(!parts["xl/_rels/workbook.xml.rels"].contains("calcChain"))
    #expect(!parts["[Content_Types].xml"].contains("calcChain"))
    #expect(parts["xl/workbook.xml"].contains("<calcPr fullCalcOnLoad=\"1\"/>"))
  }

  @Test("a new sheet gets a sheetId and an r:id that nothing has, in whatever prefix the workbook uses")
  func newSheetNumbers() throws {
    var package = PartsPackage()
    package.add("[Content_Types].xml", contentTypes)
    package.add("_rels/.rels", PartsPackage.relationships([("a", "\(types)/officeDocument", "book/wb.xml")]))
    package.add(
      "book/wb.xml",
      "<x:workbook xmlns:x=\"\(main)\" xmlns:rel=\"\(types)\"><x:sheets><x:sheet name=\"甲\" sheetId=\"41\" rel:id=\"rId2\"/></x:sheets></x:workbook>"
    )
    package.add(
      "book/_rels/wb.xml.rels",
      PartsPackage.relationships([("rId2", "\(types)/worksheet", "worksheets/sheet1.xml")]))
    package.add("book/worksheets/sheet1.xml", "<worksheet xmlns=\"\(main)\"><sheetData/></worksheet>")
    let edited = try Workbook(bytes: package.bytes())
    try edited.addSheet(named: "乙")["A1"] = 1
    let parts = try PackageParts(edited.serialized())
    #expect(
      parts["book/wb.xml"].contains("<x:sheet name=\"乙\" sheetId=\"42\" xmlns:r=\"\(types)\" r:id=\"rId3\"/>")
    )
    #expect(parts["book/_rels/wb.xml.rels"].contains("Target=\"worksheets/sheet2.xml\""))
    #expect(parts["[Content_Types].xml"].contains("PartName=\"/book/worksheets/sheet2.xml\""))
    #expect(try Workbook(bytes: edited.serialized()).sheet(named: "乙")["A1"] == 1)
  }

  @Test(
    "lists are added where the schema has them, counted, and never empty",
    arguments: [
      ("<a><sheetData/></a>", "<a><sheetData/><mergeCells count=\"1\"><m/></mergeCells></a>"),
      (
        "<a><sheetData/><autoFilter/><pageMargins/></a>",
        "<a><sheetData/><autoFilter/><mergeCells count=\"1\"><m/></mergeCells><pageMargins/></a>"
      ),
      (
        "<a><sheetData/><mergeCells count=\"2\"><x/><y/></mergeCells><tableParts/></a>",
        "<a><sheetData/><mergeCells count=\"3\"><x/><y/><m/></mergeCells><tableParts/></a>"
      ),
      (
        "<a><sheetData/><mergeCells/></a>", "<a><sheetData/><mergeCells><m/></mergeCells></a>"
      ),
      (
        "<x:a xmlns:x=\"u\"><x:sheetData/><x:extLst><x:mergeCells/></x:extLst></x:a>",
        "<x:a xmlns:x=\"u\"><x:sheetData/><x:mergeCells count=\"1\"><x:m/></x:mergeCells><x:extLst><x:mergeCells/></x:extLst></x:a>"
      ),
    ])
  func order(_ before: String, _ after: String) throws {
    var sheet = try #require(MarkupElement(Array(before.utf8)))
    sheet.append(["<m/>"], to: "mergeCells")
    #expect(String(decoding: sheet.bytes, as: UTF8.self) == after)
  }

  @Test("names are added behind the links to other workbooks, before the calculation settings")
  func nameOrder() throws {
    func adding(_ xml: String) throws -> String {
      let names = [DefinedName("量", formula: "A!B1&\"<\"", sheet: "乙", hidden: true)]
      var book = try #require(MarkupElement(Array(xml.utf8)))
      book.changeNames([:], adding: names, sheets: ["甲", "乙"])
      return String(decoding: book.bytes, as: UTF8.self)
    }
    let name = "<definedName name=\"量\" localSheetId=\"1\" hidden=\"1\">A!B1&amp;\"&lt;\"</definedName>"
    #expect(
      try adding("<workbook><sheets/><externalReferences/><calcPr/></workbook>")
        == "<workbook><sheets/><externalReferences/><definedNames>\(name)</definedNames><calcPr/></workbook>")
    #expect(
      try adding("<workbook><sheets/><definedNames><definedName/></definedNames></workbook>")
        == "<workbook><sheets/><definedNames><definedName/>\(name)</definedNames></workbook>")
  }

  @Test("control characters, text that reads like an escape, and blanks at the ends survive")
  func text() throws {
    let texts = ["a\u{1}b", "_x0041_", " 前后 ", "一\n二", "a\r\nb", "\u{FFFE}", "\t", "&<>\"'"]
    let edited = try Workbook(bytes: package(rows: "").bytes())
    for (row, text) in texts.enumerated() {
      try edited.set(.text(text), at: CellReference(row: row + 1, column: 1), inSheet: "Sheet1")
    }
    let sheet = try Workbook(bytes: edited.serialized()).sheet(at: 0)
    for (row, text) in texts.enumerated() {
      #expect(sheet[CellReference(row: row + 1, column: 1)] == .text(text))
    }
    try edited.set(.text(String(repeating: "字", count: 32_768)), at: "B1", inSheet: "Sheet1")
    #expect(failure { _ = try edited.serialized() }?.code == .invalidContent)
  }

  @Test("shared strings keep their numbers: text of a cell that shares them goes into the cell")
  func sharedStrings() throws {
    var package = PartsPackage(
      rows: "<row r=\"1\"><c r=\"A1\" t=\"s\" ph=\"1\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>",
      strings: "<si><t>漢字</t><rPh sb=\"0\" eb=\"2\"><t>カンジ</t></rPh></si>")
    package.add("[Content_Types].xml", contentTypes)
    let before = try package.bytes()
    let edited = try Workbook(bytes: before)
    try edited.set("新", at: "A1", inSheet: "Sheet1")
    let parts = try PackageParts(edited.serialized())
    #expect(try PackageParts(before).differences(to: parts) == ["xl/worksheets/sheet1.xml"])
    #expect(
      parts["xl/worksheets/sheet1.xml"].contains(
        "<c r=\"A1\" ph=\"1\" t=\"inlineStr\"><is><t>新</t></is></c><c r=\"B1\" t=\"s\"><v>0</v></c>"))
  }

  @Test("a comment goes into the drawing that the sheet's form controls have, which stays as it is")
  func commentBesideControls() throws {
    let vml =
      "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:shape id=\"_x0000_s2049\"><x:ClientData ObjectType=\"Checkbox\"/></v:shape></xml>"
    var package = package(
      rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
      tail: "<legacyDrawing r:id=\"rId7\"/><legacyDrawingHF r:id=\"rId8\"/>",
      links: [
        ("rId8", "\(types)/vmlDrawing", "../drawings/header.vml"),
        ("rId7", "\(types)/vmlDrawing", "../drawings/controls.vml"),
      ])
    package.add("xl/drawings/controls.vml", vml)
    package.add("xl/drawings/header.vml", "<xml/>")
    let before = try package.bytes()
    let edited = try Workbook(bytes: before)
    try edited.setComment(CellComment("请核对"), at: "A1", inSheet: "Sheet1")
    let parts = try PackageParts(edited.serialized())
    #expect(
      try PackageParts(before).differences(to: parts) == [
        "xl/comments1.xml", "xl/drawings/controls.vml", "[Content_Types].xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
      ])
    let drawing = parts["xl/drawings/controls.vml"]
    #expect(drawing.hasPrefix(String(vml.dropLast("</xml>".count))))
    #expect(drawing.contains("_x0000_s2050") && drawing.contains("ObjectType=\"Note\""))
    #expect(parts["[Content_Types].xml"].split(separator: "Extension=\"vml\"").count == 2)
  }

  @Test("a comment that goes takes its box along, and no other")
  func commentRemoved() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = 1
    for cell in ["A1", "B2", "C3"] as [CellReference] { sheet.setComment("批注", at: cell) }
    let edited = try Workbook(bytes: book.serialized())
    try edited.sheet(named: "表").comments["B2"] = nil
    let bytes = try edited.serialized()
    PackageCheck.check(bytes)
    #expect(try Workbook(bytes: bytes).sheet(at: 0).comments.keys.sorted() == ["A1", "C3"])
    let drawing = try PackageParts(bytes)["xl/drawings/vmlDrawing1.vml"]
    #expect(drawing.split(separator: "<x:Row>").dropFirst().map { $0.prefix(1) } == ["0", "2"])
  }

  @Test("a conversation of Excel 365 is not replaced by half")
  func thread() throws {
    var package = package(
      rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
      links: [
        (
          "rId1", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
          "../threadedComments/t1.xml"
        ), ("rId2", "\(types)/comments", "../comments1.xml"),
      ])
    package.add(
      "xl/threadedComments/t1.xml",
      "<ThreadedComments><threadedComment ref=\"A1\" id=\"{1}\"><text>问</text></threadedComment></ThreadedComments>"
    )
    package.add(
      "xl/comments1.xml",
      "<comments xmlns=\"\(main)\"><authors><author>tc={1}</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>问</t></text></comment></commentList></comments>"
    )
    let bytes = try package.bytes()
    let book = try Workbook(bytes: bytes)
    #expect(try book.sheet(at: 0).thread(at: "A1") != nil)
    try book.sheet(at: 0).setComment("答", at: "A1")
    let after = try book.serialized()
    let again = try Workbook(bytes: after).sheet(at: 0)
    #expect(again.comment(at: "A1")?.text.plainText == "答" && again.threads.isEmpty)
    #expect(try PackageParts(after).names.allSatisfy { !$0.contains("threadedComment") })
  }

  @Test("a merged range that meets another, a table or an array formula is refused")
  func merges() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = "单位"
    sheet["B1"] = "场次"
    try sheet.addTable("场次表", range: "A1:B3")
    sheet["D1"] = .formula(Formula("E1:E2", arrayRange: "D1:D2"), cached: 0)
    try sheet.merge("F1:G2")
    let edited = try Workbook(bytes: book.serialized())
    let cells = try edited.sheet(named: "表")
    for range in ["B3:C4", "D2:D3", "G2:H3", "J1"] as [CellRange] {
      let refusal = failure {
        try cells.merge(range)
        _ = try edited.serialized()
      }
      #expect(refusal?.code == .invalidContent, "\(range)")
      if range != "G2:H3" { cells.unmerge(range) }
    }
    try cells.merge("J1:K2")
    #expect(failure { try cells.merge("K2:L3") }?.code == .invalidContent)
    #expect(failure { try edited.set(1, at: "K2", inSheet: "表") }?.code == .invalidContent)
    #expect(try Workbook(bytes: edited.serialized()).sheet(at: 0).mergedRanges == ["F1:G2", "J1:K2"])
  }

  @Test("a style is made from the cell's own: what is not asked for stays, also what is not modelled")
  func style() throws {
    let styles = """
      <numFmts count="1"><numFmt numFmtId="170" formatCode="0.0&quot;场&quot;"/></numFmts>\
      <fonts count="2" x14ac:knownFonts="1" xmlns:x14ac="urn:x14ac"><font><sz val="11"/><name val="等线"/><family val="2"/><scheme val="minor"/></font>\
      <font><shadow/><sz val="9"/><name val="宋体"/><charset val="134"/></font></fonts>\
      <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
      <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
      <cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
      <xf numFmtId="9" fontId="1" fillId="0" borderId="0" xfId="4" quotePrefix="1"><alignment vertical="center" readingOrder="1"/><extLst><ext uri="{x}"/></extLst></xf></cellXfs>\
      <dxfs count="1"><dxf/></dxfs>
      """
    var package = PartsPackage(
      rows: "<row r=\"1\"><c r=\"A1\"/><c r=\"B1\" s=\"1\"><v>1</v></c></row>", styles: styles)
    package.add("[Content_Types].xml", contentTypes)
    let edited = try Workbook(bytes: package.bytes())
    try edited.sheet(at: 0).changeStyle(for: "A1") { $0.font.isBold = true }
    try edited.sheet(at: 0).changeStyle(for: "B1") { $0.alignment.horizontal = .center }
    try edited.sheet(at: 0).changeStyle(for: "B1") { $0.numberFormat = "0.0\"场\"" }
    try edited.sheet(at: 0).changeStyle(for: "C1") { $0.font.isBold = true }
    try edited.sheet(at: 0).changeStyle(for: "D1") { $0.numberFormat = "0.000" }
    let parts = try PackageParts(edited.serialized())
    let result = parts["xl/styles.xml"]
    for text in [
      "<font><b/><sz val=\"11\"/><name val=\"等线\"/><family val=\"2\"/><scheme val=\"minor\"/></font></fonts>",
      "<cellXfs count=\"5\">",
      "<xf numFmtId=\"0\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>",
      "<xf numFmtId=\"170\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"4\" quotePrefix=\"1\" applyNumberFormat=\"1\" applyAlignment=\"1\">"
        + "<alignment horizontal=\"center\" vertical=\"center\" readingOrder=\"1\"/><extLst><ext uri=\"{x}\"/></extLst></xf>",
      "<numFmts count=\"2\"><numFmt numFmtId=\"170\" formatCode=\"0.0&quot;场&quot;\"/><numFmt numFmtId=\"171\" formatCode=\"0.000\"/></numFmts>",
      "<dxfs count=\"1\"><dxf/></dxfs>",
    ] {
      #expect(result.contains(text), "\(text) in \(result)")
    }
    #expect(
      parts["xl/worksheets/sheet1.xml"].contains(
        "<c r=\"A1\" s=\"2\"/><c r=\"B1\" s=\"3\"><v>1</v></c><c r=\"C1\" s=\"2\"/><c r=\"D1\" s=\"4\"/>"))
  }

  @Test("a workbook without styles gets some when a cell is to be marked")
  func noStyles() throws {
    var package = PartsPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
    package.add("[Content_Types].xml", contentTypes)
    let edited = try Workbook(bytes: package.bytes())
    try edited.mark("A1", inSheet: "Sheet1", with: .rgb(0xFFFF00))
    let sheet = try Workbook(bytes: edited.serialized()).sheet(at: 0)
    #expect(sheet.style(at: "A1").fill == .solid(.rgb(0xFFFF00)))
    #expect(sheet["A1"] == 1)
  }

  @Test(
    "a table's header can be set without renaming its column, and the workbook says which no longer agree")
  func tableHeaderLeftAlone() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = "单位"
    sheet["B1"] = "场次"
    try sheet.addTable("场次表", range: "A1:B3")
    let before = try book.serialized()
    let edited = try Workbook(bytes: before)
    edited.renamesTableColumns = false
    try edited.set("次数", at: "B1", inSheet: "表")
    try edited.set("单位", at: "A1", inSheet: "表")
    let after = try edited.serialized()
    #expect(try PackageParts(before).differences(to: PackageParts(after)) == ["xl/worksheets/sheet1.xml"])
    #expect(
      edited.tableHeaderMismatches == [
        TableHeaderMismatch(sheet: "表", cell: "B1", table: "场次表", column: "场次")
      ])
  }

  @Test("a column whose part is written with single quotes can get a name with an apostrophe")
  func apostrophe() {
    let result = PartEditing.renamingColumns(
      Array("<table><tableColumn name='旧'/></table>".utf8), [0: "it's"])
    #expect(String(decoding: result, as: UTF8.self) == "<table><tableColumn name='it&apos;s'/></table>")
  }

  @Test("rich text in a sheet whose elements have a prefix gets the prefix in every run")
  func prefixedRuns() throws {
    let rich = RichText([.init("<红>", font: Font(name: "宋体", size: 9)), .init("字")])
    var markup = CellMarkup(sheet: "表", dynamicArrayIndex: 1)
    markup.prefix = "x:"
    let cell = try markup.cell(attributes: " r=\"A1\"", .richText(rich), at: "A1")
    #expect(
      cell
        == "<x:c r=\"A1\" t=\"inlineStr\"><x:is><x:r><x:rPr><x:sz val=\"9\"/><x:rFont val=\"宋体\"/><x:charset val=\"134\"/></x:rPr>"
        + "<x:t>&lt;红&gt;</x:t></x:r><x:r><x:t>字</x:t></x:r></x:is></x:c>")
  }

  @Test("a number format that the file gives another meaning is not taken for Excel's own (52348.xlsx)")
  func redefinedNumberFormat() throws {
    let styles = """
      <numFmts><numFmt numFmtId="2" formatCode="#0.#"/></numFmts><fonts><font/></fonts><fills><fill/></fills>\
      <borders><border/></borders><cellXfs><xf numFmtId="2"/></cellXfs>
      """
    var package = PartsPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", styles: styles)
    package.add("[Content_Types].xml", contentTypes)
    let book = try package.open()
    let sheet = try book.sheet(at: 0)
    #expect(sheet.style(at: "A1").numberFormat == "#0.#")
    sheet.changeStyle(for: "A1") { $0.numberFormat = "0.00" }
    let bytes = try book.serialized()
    #expect(try Workbook(bytes: bytes).sheet(at: 0).style(at: "A1").numberFormat == "0.00")
    #expect(
      try PackageParts(bytes)["xl/styles.xml"].contains("<numFmt numFmtId=\"164\" formatCode=\"0.00\"/>"))
  }

  @Test(
    "a format that a program wrote in two ways changes in the way that is read (style-alternate-content.xlsx)"
  )
  func alternativeFormats() throws {
    let styles = """
      <fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf/>\
      <mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="hs" xmlns:hs="u"><xf hs:a="1"/></mc:Choice>\
      <mc:Fallback><xf numFmtId="9"/></mc:Fallback></mc:AlternateContent><xf numFmtId="10"/></cellXfs>
      """
    var package = PartsPackage(
      rows: "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"2\"><v>1</v></c></row>",
      styles: styles)
    package.add("[Content_Types].xml", contentTypes)
    let book = try package.open()
    let sheet = try book.sheet(at: 0)
    sheet.changeStyle(for: "A1:B1") { $0.fill = .solid(.rgb(0xFFFF00)) }
    let again = try Workbook(bytes: book.serialized()).sheet(at: 0)
    #expect(again.style(at: "A1").numberFormat == "0%" && again.style(at: "B1").numberFormat == "0.00%")
    for cell in ["A1", "B1"] as [CellReference] {
      #expect(again.style(at: cell) == sheet.style(at: cell), "\(cell)")
    }
  }
}
