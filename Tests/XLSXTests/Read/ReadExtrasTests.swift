import Testing

@testable import XLSX

/// What stands around the cells, in files that other programs wrote.
@Suite("Sheet surroundings")
struct ReadExtrasTests {
  @Test("threads of Excel 365 take the place of the comments that stand in for them")
  func threadedComments() throws {
    var package = PartsPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
    let types = PartsPackage.relationshipTypes
    package.add(
      "xl/worksheets/_rels/sheet1.xml.rels",
      PartsPackage.relationships([
        ("rId1", "\(types)/comments", "../comments1.xml"),
        (
          "rId2", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
          "../threadedComments/t1.xml"
        ),
        ("rId3", "\(types)/vmlDrawing", "../v.vml"),
      ]))
    package.add(
      "xl/comments1.xml",
      """
      <comments xmlns="\(PartsPackage.main)"><authors><author>tc={1}</author><author>张三</author></authors><commentList>\
      <comment ref="A1" authorId="0"><text><t>[Threaded comment] …</t></text></comment>\
      <comment ref="B2" authorId="1"><text><t>批注</t></text></comment>\
      <comment ref="C3" authorId="9"><text/></comment></commentList></comments>
      """)
    package.add(
      "xl/threadedComments/t1.xml",
      """
      <ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">\
      <threadedComment ref="A1" personId="{P1}" id="{1}"><text>合计？</text></threadedComment>\
      <threadedComment ref="A1" personId="{P2}" id="{2}" parentId="{1}"><text>应为15</text></threadedComment>\
      </ThreadedComments>
      """)
    package.add("xl/v.vml", "<xml>no <br> VML is well-formed</xml>")
    package.add(
      "xl/persons/person.xml",
      """
      <personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">\
      <person displayName="李明" id="{P1}"/><person displayName="王红" id="{P2}"/></personList>
      """)
    package.replace(
      "xl/_rels/workbook.xml.rels",
      PartsPackage.relationships([
        ("rId1", "\(types)/worksheet", "worksheets/sheet1.xml"),
        ("rId7", "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml"),
      ]))
    let comments = try package.sheet().comments
    #expect(comments["A1"] == CellComment("合计？\n王红: 应为15", author: "李明"))
    #expect(comments["B2"] == CellComment("批注", author: "张三"))
    #expect(comments["C3"]?.text.plainText == "")
  }

  @Test("rules of Excel 2010's extension are rules like others")
  func extensions() throws {
    let x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    let sheet = try PartsPackage(
      tail: """
        <dataValidations><dataValidation type="list" allowBlank="1" showDropDown="1" sqref="A1 C1:C3">\
        <formula1>"是,否"</formula1></dataValidation></dataValidations>
        <extLst><ext uri="{CCE6A557}" xmlns:x14="\(x14)" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">\
        <x14:dataValidations count="1"><x14:dataValidation type="whole" operator="greaterThan"><x14:formula1>\
        <xm:f>Sheet2!$A$1</xm:f></x14:formula1><xm:sqref>B2</xm:sqref></x14:dataValidation></x14:dataValidations>\
        <x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression" priority="1" id="{1}">\
        <xm:f>Sheet2!A1&gt;0</xm:f><x14:dxf><font><b/></font></x14:dxf></x14:cfRule><xm:sqref>D4:D5</xm:sqref>\
        </x14:conditionalFormatting></x14:conditionalFormattings>\
        </ext><ext uri="{unknown}"><x:sparklines xmlns:x="urn:x"><x:f>1</x:f></x:sparklines></ext></extLst>
        """
    ).sheet()
    #expect(sheet.validations.count == 2)
    #expect(sheet.validations.first?.ranges == ["A1", "C1:C3"])
    #expect(sheet.validations.first?.showsDropDown == false)
    #expect(sheet.validations.last?.formula1 == "Sheet2!$A$1")
    #expect(sheet.validations.last?.ranges == ["B2"])
    #expect(
      sheet.conditionalFormats == [
        ConditionalFormat(["D4:D5"], .expression("Sheet2!A1>0", .init(bold: true)))
      ])
  }

  @Test("print areas and titles are read from the names that store them")
  func printNames() throws {
    let package = PartsPackage(
      tail: "<pageSetup orientation=\"landscape\"/>",
      workbook: """
        <definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'a, b''!'!$A$1:$E$12,Sheet1!$G$1</definedName>\
        <definedName name="_xlnm.Print_Titles" localSheetId="0">Sheet1!$A:$B,Sheet1!$1:$3</definedName>\
        <definedName name="甲" localSheetId="7">1</definedName></definedNames>
        """)
    let book = try package.open()
    let setup = try book.sheet(at: 0).pageSetup
    #expect(setup.printArea == ["A1:E12", "G1"])
    #expect(setup.repeatedColumns == 1...2)
    #expect(setup.repeatedRows == 1...3)
    #expect(setup.orientation == .landscape)
    #expect(book.definedNames == [DefinedName("甲", formula: "1")])
  }

  @Test(
    "a module of Excel 95, listed with an empty relationship, is no sheet of cells and bars none from being read"
  )
  func moduleSheet() throws {
    var package = PartsPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
    package.replace(
      "xl/workbook.xml",
      """
      <workbook xmlns="\(PartsPackage.main)" xmlns:r="\(PartsPackage.relationshipTypes)"><sheets>\
      <sheet name="表" sheetId="1" r:id="rId1"/><sheet name="Module1" sheetId="2" state="veryHidden" r:id=""/>\
      </sheets></workbook>
      """)
    let book = try package.open()
    #expect(book.sheets.map(\.kind) == [.worksheet, .module])
    #expect(try book.sheet(named: "表")["A1"] == 1)
    #expect(failure { _ = try book.sheet(named: "Module1") }?.code == .missingPart)
    let saved = try Workbook(bytes: book.serialized())
    #expect(saved.sheets.map(\.name) == ["表", "Module1"] && saved.sheets.last?.kind == .module)
  }

  @Test("a damaged drawing or a dangling id does not keep the cells from being read")
  func damagedSurroundings() throws {
    var package = PartsPackage(
      rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
      tail: """
        <hyperlinks><hyperlink ref="A1" r:id="nowhere"/><hyperlink ref="B1" r:id="rId9" location="x"/></hyperlinks>\
        <drawing r:id="rId1"/><tableParts><tablePart r:id="rId2"/><tablePart r:id="rId77"/></tableParts>
        """)
    let types = PartsPackage.relationshipTypes
    package.add(
      "xl/worksheets/_rels/sheet1.xml.rels",
      PartsPackage.relationships([
        ("rId1", "\(types)/drawing", "../drawings/drawing1.xml"), ("rId2", "\(types)/table", "../gone.xml"),
      ]))
    package.add("xl/drawings/drawing1.xml", "<wsDr><oops>")
    let sheet = try package.sheet()
    #expect(sheet["A1"] == 1)
    #expect(sheet.pictures.isEmpty)
    #expect(sheet.tables.isEmpty)
    #expect(sheet.hyperlinks == ["B1": Hyperlink(.location("x"))])
  }
}
