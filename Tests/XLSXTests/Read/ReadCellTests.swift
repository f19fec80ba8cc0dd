import Testing

@testable import XLSX

@Suite("Cells")
struct ReadCellTests {
  @Test(
    "of every type give their value",
    arguments: [
      ("<c r=\"A1\"><v>1.5</v></c>", 1.5),
      ("<c r=\"A1\" t=\"n\"><v> 1e3 </v></c>", 1000),
      ("<c r=\"A1\"><v>0.1234567890123456789</v></c>", .number(0.1234567890123456789)),
      ("<c r=\"A1\"><v>-123456789012345678901</v></c>", .number(-123_456_789_012_345_683_968)),
      ("<c r=\"A1\"><v>1e400</v></c>", "1e400"),
      ("<c r=\"A1\"><v>12场</v></c>", "12场"),
      ("<c r=\"A1\" t=\"s\"><v>1</v></c>", "二"),
      ("<c r=\"A1\" t=\"b\"><v>1</v></c>", true),
      ("<c r=\"A1\" t=\"b\"><v>false</v></c>", false),
      ("<c r=\"A1\" t=\"e\"><v>#N/A</v></c>", .error(.notAvailable)),
      ("<c r=\"A1\" t=\"d\"><v>2024-11-18</v></c>", 45614),
      ("<c r=\"A1\" t=\"inlineStr\"><is><t>a &lt;b&gt; &#x4E2D;</t></is></c>", "a <b> 中"),
      ("<c r=\"A1\" t=\"inlineStr\"><is><t> a </t></is></c>", "a"),
      ("<c r=\"A1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a </t></is></c>", " a "),
      ("<c r=\"A1\" t=\"inlineStr\"><is><t>_x4E2D__x000D__xD83D__xDE00__xD83D_</t></is></c>", "中\r😀_xD83D_"),
      ("<c r=\"A1\" t=\"inlineStr\"><is><t>漢字</t><rPh sb=\"0\" eb=\"2\"><t>カンジ</t></rPh></is></c>", "漢字"),
      ("<c r=\"A1\" t=\"str\"><f>B1&amp;\"x\"</f><v>yx</v></c>", .formula("B1&\"x\"", cached: "yx")),
      ("<c r=\"A1\"><f>SUM(B1:B2)</f></c>", .formula("SUM(B1:B2)", cached: .empty)),
      ("<c r=\"A1\"><f>SUM(B1:B2)</f><v></v></c>", .formula("SUM(B1:B2)", cached: .empty)),
      ("<c r=\"A1\" s=\"3\"/>", .empty),
    ] as [(String, CellValue)])
  func types(cell: String, value: CellValue) throws {
    let strings = "<si><t>一</t></si><si><r><t>二</t></r></si>"
    // Written plainly for the scanner, and with a comment that only libxml2 reads.
    for rows in ["<row r=\"1\">\(cell)</row>", "<row r=\"1\"><!-- -->\(cell)</row>"] {
      #expect(try PartsPackage(rows: rows, strings: strings).sheet()["A1"] == value)
    }
  }

  @Test("without references follow one another, and their rows as well")
  func places() throws {
    let sheet = try PartsPackage(
      rows: """
        <row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="5"/>
        <row><c t="b"><v>1</v></c></row><row r="9"><c r="B8"><v>4</v></c></row>
        """
    ).sheet()
    #expect(sheet["A1"] == 1)
    #expect(sheet["D1"] == 2)
    #expect(sheet["E1"] == 3)
    #expect(sheet["A6"] == true)
    #expect(sheet["B8"] == 4)
  }

  @Test("out of order are put in order, and of two in one place the later counts")
  func disorder() throws {
    let sheet = try PartsPackage(
      rows: """
        <row r="3"><c r="C3"><v>1</v></c><c r="A3"><v>2</v></c></row>
        <row r="1"><c r="A1"><v>3</v></c><c r="A1"><v>4</v></c></row><row r="3"><c r="B3"><v>5</v></c></row>
        """
    ).sheet()
    #expect(sheet["A3"] == 2)
    #expect(sheet["B3"] == 5)
    #expect(sheet["C3"] == 1)
    #expect(sheet["A1"] == 4)
    #expect(sheet.usedRange == "A1:C3")
  }

  @Test(
    "that no grid has are an error that names them",
    arguments: [
      "<row r=\"1\"><c r=\"XFE1\"/></row>", "<row r=\"0\"/>", "<row r=\"1048577\"/>", "<row r=\"-1\"/>",
      "<row r=\"99999999999999999999\"/>", "<row r=\"1\"><c r=\"A1048577\"/></row>",
      "<row r=\"1\"><c r=\"7\"/></row>", "<row r=\"1\"><c r=\"XFD1\"/><c/></row>",
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>",
    ])
  func outside(rows: String) {
    #expect(failure { _ = try PartsPackage(rows: rows, strings: "").sheet() }?.code == .malformedPart)
  }

  @Test("that name a shared string that is not there are an error that names the cell")
  func danglingString() {
    let package = PartsPackage(
      rows: "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row>",
      strings: "<si><t>一</t></si>")
    let error = failure { _ = try package.sheet() }
    #expect(error?.code == .malformedPart)
    #expect(error?.cell == "C2")
  }

  @Test("share formulas, each written for its own place")
  func sharedFormulas() throws {
    let sheet = try PartsPackage(
      rows: """
        <row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="4000000000">A1+$B$1&amp;"A1"</f><v>1</v></c></row>
        <row r="2"><c r="C2"><f t="shared" si="7"/><v>2</v></c></row>
        <row r="3"><c r="C3"><f t="shared" ref="C3:C4" si="0">LOG10(A3)</f><v>1</v></c></row>
        <row r="4"><c r="C4"><f t="shared" si="0"/><v>3</v></c><c r="D4"><f t="array" ref="D4:D5">A1:A2</f></c></row>
        """
    ).sheet()
    #expect(sheet["C1"].formula == "A1+$B$1&\"A1\"")
    #expect(sheet["C2"] == 2)
    #expect(sheet["C4"] == .formula("LOG10(A4)", cached: 3))
    #expect(sheet["D4"].formula == Formula("A1:A2", arrayRange: "D4:D5"))
  }

  @Test("keep the fonts of rich text")
  func richText() throws {
    let item =
      "<r><t xml:space=\"preserve\">甲 </t></r><r><rPr><b/><sz val=\"9\"/><rFont val=\"黑体\"/></rPr><t>乙</t></r>"
    let sheet = try PartsPackage(
      rows: """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is>\(item)</is></c></row>
        """, strings: "<si>\(item)</si>"
    ).sheet()
    let rich = RichText([.init("甲 "), .init("乙", font: Font(name: "黑体", size: 9, bold: true))])
    #expect(sheet["A1"] == .richText(rich))
    #expect(sheet["B1"] == .richText(rich))
    #expect(sheet["A1"].text == "甲 乙")
  }

  @Test("in the 1904 system keep their serial, and ISO dates get theirs")
  func date1904() throws {
    let package = PartsPackage(
      rows:
        "<row r=\"1\"><c r=\"A1\"><v>44152</v></c><c r=\"B1\" t=\"d\"><v>2024-11-18T12:00:00</v></c></row>",
      workbook: "<workbookPr date1904=\"1\"/>")
    let book = try package.open()
    #expect(book.dateSystem == .excel1904)
    #expect(try book.sheet(at: 0)["A1"] == 44152)
    #expect(try book.sheet(at: 0)["B1"] == 44152.5)
  }

  @Test("are dates by their format, built in or the file's own")
  func dateFormats() throws {
    let sheet = try PartsPackage(
      rows: """
        <row r="1"><c r="A1" s="0"><v>1</v></c><c r="B1" s="1"><v>1</v></c><c r="C1" s="2"><v>1</v></c>\
        <c r="D1" s="99"><v>1</v></c></row>
        """,
      styles: """
        <numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;"/></numFmts>
        <cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>
        """
    ).sheet()
    #expect([sheet.isDate(at: "A1"), sheet.isDate(at: "B1"), sheet.isDate(at: "C1")] == [false, true, true])
    #expect(!sheet.isDate(at: "D1"))
    #expect(sheet.style(at: "C1").numberFormat == "yyyy\"年\"")
  }
}
