import Testing

@testable import XLSX

@Suite("Renaming a sheet")
struct RenameSheetTests {
  @Test(
    "references follow, everything else of a formula stays byte for byte",
    arguments: [
      ("Sheet1!A1", "'新''表'!A1"), ("'Sheet1'!$A$1:B2+1", "'新''表'!$A$1:B2+1"), ("sheet1!A1", "'新''表'!A1"),
      ("SUM(Sheet1!A:A, 'Sheet1'!3:4)", "SUM('新''表'!A:A, '新''表'!3:4)"),
      ("Sheet1:Sheet3!A1", "'新''表:Sheet3'!A1"), ("'Sheet0:Sheet1'!A1", "'Sheet0:新''表'!A1"),
      ("Sheet1!A1:Sheet1!B2", "'新''表'!A1:'新''表'!B2"), ("Sheet1!#REF!", "'新''表'!#REF!"),
      ("Sheet1!Print_Area", "'新''表'!Print_Area"),
      // These are not the sheet.
      ("Sheet11!A1", "Sheet11!A1"), ("INDIRECT(\"Sheet1!A1\")", "INDIRECT(\"Sheet1!A1\")"),
      ("[1]Sheet1!A1", "[1]Sheet1!A1"), ("'[1]Sheet1'!A1", "'[1]Sheet1'!A1"),
      ("'C:\\甲\\[乙.xlsx]Sheet1'!A1", "'C:\\甲\\[乙.xlsx]Sheet1'!A1"), ("Sheet1", "Sheet1"),
      ("表1[Sheet1]+SHEET1(2)", "表1[Sheet1]+SHEET1(2)"), ("", ""),
    ])
  func formulas(_ before: String, _ after: String) {
    #expect(FormulaSheetRenamer(from: "Sheet1", to: "新'表").renamed(before) == after)
  }

  /// A package in which every kind of part mentions the sheet.
  private func package() -> PartsPackage {
    let types = PartsPackage.relationshipTypes
    let main = PartsPackage.main
    var package = PartsPackage()
    package.add(
      "[Content_Types].xml",
      """
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>\
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>
      """)
    package.add(
      "_rels/.rels", PartsPackage.relationships([("rId1", "\(types)/officeDocument", "xl/workbook.xml")]))
    package.add(
      "xl/_rels/workbook.xml.rels",
      PartsPackage.relationships([
        ("rId1", "\(types)/worksheet", "worksheets/sheet1.xml"),
        ("rId2", "\(types)/worksheet", "worksheets/sheet2.xml"),
      ]))
    package.add(
      "xl/workbook.xml",
      """
      <workbook xmlns="\(main)" xmlns:r="\(types)"><sheets><sheet name="别的" sheetId="7" r:id="rId2"/>\
      <sheet name='R&amp;D' sheetId="3" r:id="rId1"/></sheets><definedNames>\
      <definedName name="_xlnm.Print_Area" localSheetId="1">'R&amp;D'!$A$1:$B$2</definedName>\
      <definedName name="量">'R&amp;D'!$A$1*2</definedName></definedNames></workbook>
      """)
    package.add(
      "xl/worksheets/sheet1.xml",
      "<worksheet xmlns=\"\(main)\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"
    )
    package.add(
      "xl/worksheets/sheet2.xml",
      """
      <worksheet xmlns="\(main)" xmlns:r="\(types)"><sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">'R&amp;D'!A1+1</f><v>2</v></c></row>\
      <row r="2"><c r="A2"><f t="shared" si="0"/><v>3</v></c><c r="B2"><f><![CDATA['R&D'!B1&"'R&D'!"]]></f></c></row></sheetData>\
      <conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>'R&amp;D'!A1&gt;0</formula></cfRule></conditionalFormatting>\
      <dataValidations count="1"><dataValidation type="list" sqref="C1"><formula1>'R&amp;D'!$A$1:$A$9</formula1></dataValidation></dataValidations>\
      <hyperlinks><hyperlink ref="D1" location='&apos;R&amp;D&apos;!A1' display="R&amp;D"/></hyperlinks>\
      <extLst><ext uri="{x}"><s:f xmlns:s="urn:s">'R&amp;D'!A1:A9</s:f></ext></extLst></worksheet>
      """)
    package.add(
      "xl/charts/chart1.xml",
      "<c:chart xmlns:c=\"urn:c\"><c:ser><c:tx><c:v>R&amp;D</c:v></c:tx><c:val><c:numRef><c:f>'R&amp;D'!$A$1:$A$9</c:f></c:numRef></c:val></c:ser></c:chart>"
    )
    package.add(
      "xl/pivotCache/pivotCacheDefinition1.xml",
      "<pivotCacheDefinition xmlns=\"\(main)\"><cacheSource type=\"worksheet\"><worksheetSource ref=\"A1:B9\" sheet=\"R&amp;D\"/></cacheSource></pivotCacheDefinition>"
    )
    package.add(
      "xl/tables/table1.xml",
      "<table xmlns=\"\(main)\"><tableColumns><tableColumn name=\"R&amp;D\"><calculatedColumnFormula>'R&amp;D'!A1</calculatedColumnFormula></tableColumn></tableColumns></table>"
    )
    package.add("xl/drawings/vmlDrawing1.vml", "<xml><x:FmlaLink>'R&amp;D'!$A$1</x:FmlaLink><br></xml>")
    package.add(
      "xl/drawings/drawing1.xml", "<xdr:sp xmlns:xdr=\"urn:d\" macro=\"\" textlink=\"'R&amp;D'!$A$1\"/>")
    package.add(
      "xl/drawings/_rels/drawing1.xml.rels",
      PartsPackage.relationships([("rId1", "\(types)/hyperlink", "#'R&amp;D'!A1")]))
    package.add(
      "docProps/app.xml",
      "<Properties><TitlesOfParts><vt:vector xmlns:vt=\"urn:v\"><vt:lpstr>R&amp;D</vt:lpstr><vt:lpstr>'R&amp;D'!Print_Area</vt:lpstr></vt:vector></TitlesOfParts><Company>R&amp;D</Company></Properties>"
    )
    package.add("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\"><si><t>'R&amp;D'!A1</t></si></sst>")
    return package
  }

  @Test("everything in the package that mentions the sheet follows, and nothing else changes")
  func wholePackage() throws {
    let before = try package().bytes()
    let edited = try Workbook(bytes: before)
    try edited.renameSheet(named: "r&d", to: "研'发")
    try edited.set(5, at: "A1", inSheet: "研'发")
    let after = try edited.serialized()
    let parts = try PackageParts(after)
    #expect(
      try PackageParts(before).differences(to: parts) == [
        "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml",
        "xl/pivotCache/pivotCacheDefinition1.xml", "xl/tables/table1.xml", "xl/drawings/vmlDrawing1.vml",
        "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels", "docProps/app.xml",
      ])
    let book = parts["xl/workbook.xml"]
    #expect(book.contains("<sheet name='研&apos;发' sheetId=\"3\" r:id=\"rId1\"/>"))
    #expect(book.contains("localSheetId=\"1\">'研''发'!$A$1:$B$2<") && book.contains(">'研''发'!$A$1*2<"))
    let sheet = parts["xl/worksheets/sheet2.xml"]
    for text in [
      "si=\"0\">'研''发'!A1+1</f>", "<f>'研''发'!B1&amp;\"'R&amp;D'!\"</f>", "<formula>'研''发'!A1&gt;0</formula>",
      "<formula1>'研''发'!$A$1:$A$9</formula1>", "location='&apos;研&apos;&apos;发&apos;!A1' display=\"R&amp;D\"",
      "<s:f xmlns:s=\"urn:s\">'研''发'!A1:A9</s:f>",
    ] {
      #expect(sheet.contains(text), "\(text) in \(sheet)")
    }
    #expect(parts["xl/charts/chart1.xml"].contains("<c:v>R&amp;D</c:v>"))
    #expect(parts["xl/charts/chart1.xml"].contains("<c:f>'研''发'!$A$1:$A$9</c:f>"))
    #expect(parts["xl/pivotCache/pivotCacheDefinition1.xml"].contains("sheet=\"研&apos;发\""))
    #expect(parts["xl/tables/table1.xml"].contains("name=\"R&amp;D\"><calculatedColumnFormula>'研''发'!A1<"))
    #expect(parts["xl/drawings/vmlDrawing1.vml"].contains(">'研''发'!$A$1<"))
    #expect(parts["xl/drawings/drawing1.xml"].contains("textlink=\"&apos;研&apos;&apos;发&apos;!$A$1\""))
    #expect(
      parts["docProps/app.xml"].contains("<vt:lpstr>研'发</vt:lpstr><vt:lpstr>'研''发'!Print_Area</vt:lpstr>"))
    #expect(parts["docProps/app.xml"].contains("<Company>R&amp;D</Company>"))
    let again = try Workbook(bytes: after)
    #expect(try again.sheet(named: "别的")["A2"].formula?.text == "'研''发'!A2+1")
    #expect(try again.sheet(named: "研'发")["A1"] == 5)
    #expect(try again.sheet(named: "研'发").pageSetup.printArea == ["A1:B2"])
    #expect(try again.sheet(named: "别的").hyperlinks["D1"] == Hyperlink(.location("'研''发'!A1")))
  }

  @Test(
    "in the model formulas follow at once, in sheets read before and after, and the file agrees",
    arguments: [true, false])
  func model(readsFirst: Bool) throws {
    let book = try Workbook(bytes: package().bytes())
    if readsFirst { _ = try book.sheet(named: "别的") }
    try book.renameSheet(named: "R&D", to: "研发")
    let sheet = try book.sheet(named: "别的")
    #expect(sheet["A2"].formula?.text == "'研发'!A2+1")
    #expect(sheet.validations.first?.formula1 == "'研发'!$A$1:$A$9")
    #expect(sheet.hyperlinks["D1"] == Hyperlink(.location("'研发'!A1")))
    #expect(book.definedNames == [DefinedName("量", formula: "'研发'!$A$1*2")])
    #expect(try book.computedValue(of: "A2", inSheet: "别的") == .number(1))
    sheet["A2"] = .formula("'研发'!A1", cached: 1)
    let again = try Workbook(bytes: book.serialized())
    #expect(again.sheets.map(\.name) == ["别的", "研发"])
    #expect(try again.sheet(named: "别的")["A1"].formula?.text == "'研发'!A1+1")
    #expect(try again.sheet(named: "别的")["A2"] == .formula("'研发'!A1", cached: 1))
    #expect(again.definedNames == book.definedNames)
    #expect(failure { try book.renameSheet(named: "研发", to: "别的") }?.code == .invalidContent)
    #expect(failure { try book.renameSheet(named: "研发", to: "a/b") }?.code == .invalidContent)
  }

  @Test("a new workbook's formulas follow too")
  func newWorkbook() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "一")
    let other = try book.addSheet(named: "二")
    other["A1"] = .formula("一!A1", cached: 1)
    try other.addConditionalFormat(.expression("一!A1>0", .init(bold: true)), for: "A1")
    try book.renameSheet(named: "一", to: "首页")
    #expect(sheet.name == "首页" && other["A1"].formula?.text == "'首页'!A1")
    let again = try Workbook(bytes: book.serialized())
    #expect(
      try again.sheet(named: "二").conditionalFormats.first?.rule
        == .expression("'首页'!A1>0", .init(bold: true)))
  }
}
