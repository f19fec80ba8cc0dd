import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("Tables in Word, HTML and OpenDocument files")
struct IntakeDocumentTests {
  private func grid(_ book: GridBook) throws -> Grid { try #require(book.grids.first) }

  private func word(_ body: String) throws -> Grid {
    let types = "<Types>wordprocessingml.document.main+xml</Types>"
    let document = "<w:document xmlns:w=\"w\"><w:body>\(body)</w:body></w:document>"
    let zip = StoredZip([
      (Array("[Content_Types].xml".utf8), Array(types.utf8)),
      (Array("word/document.xml".utf8), Array(document.utf8)),
    ])
    #expect(FileSniffer.format(of: zip.bytes) == .docx)
    return try grid(WordGridReader().read(zip.bytes, format: .docx, limits: .default))
  }

  private func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

  @Test("a Word table keeps its cells, its merged headings and the paragraphs around it")
  func wordTable() throws {
    let grid = try word(
      paragraph("填报单位：沁阳")
        + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>\(paragraph("项目"))</w:tc><w:tc>\(paragraph("合计"))</w:tc></w:tr>"
        + "<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>\(paragraph("送文艺"))</w:tc><w:tc>\(paragraph("场次"))</w:tc>"
        + "<w:tc><w:p><w:r><w:t>1</w:t></w:r><w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del></w:p></w:tc></w:tr>"
        + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>\(paragraph("参加<!-- -->人数"))</w:tc><w:tc>\(paragraph("1,200"))</w:tc></w:tr></w:tbl>"
        + "<w:p><w:r><w:t>填报人：张三</w:t><w:tab/><w:t>电话：</w:t></w:r></w:p>")
    #expect(grid.cells["A1"]?.value == .text("填报单位：沁阳"))
    #expect(grid.cells["A2"]?.value == .text("项目"))
    #expect(grid.cells["C2"]?.value == .text("合计"))
    #expect(grid.cells["C3"]?.value == .number(15))
    #expect(grid.cells["B4"]?.value == .text("参加人数"))
    #expect(grid.cells["C4"]?.value == .text("1,200"))
    #expect(Set(grid.merges) == ["A2:B2", "A3:A4"])
    #expect(grid.cells["A6"]?.value == .text("填报人：张三"))
    #expect(grid.cells["B6"]?.value == .text("电话："))
  }

  @Test("an HTML page is read through its row and column spans, in the character set that it names")
  func html() throws {
    let page =
      "<html><meta charset=gb2312><body>附件2<br><table><tr><td rowspan=2>送<br>文艺<td>场次<td>3<tr><td>参加 \n 人数<td>&nbsp;40"
      + "</table><script>x</script></body></html>"
    var bytes: [UInt8] = []
    for scalar in page.unicodeScalars {
      let data = String(scalar).data(using: String.Encoding(rawValue: 0x8000_0632)) ?? Data()
      bytes += [UInt8](data)
    }
    #expect(FileSniffer.format(of: bytes) == .html)
    let grid = try grid(HTMLGridReader().read(bytes, format: .html, limits: .default))
    #expect(grid.cells["A1"]?.value == .text("附件2"))
    #expect(grid.cells["A2"]?.value == .text("送\n文艺"))
    #expect(grid.cells["C2"]?.value == .number(3))
    #expect(grid.cells["B3"]?.value == .text("参加 人数"))
    #expect(grid.cells["C3"]?.value == .number(40))
    #expect(grid.merges == ["A2:A3"])
  }

  @Test("an OpenDocument sheet with repeats, spans, dates, formulas and hidden parts")
  func openDocument() throws {
    let content = """
      <office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">
      <office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style>
      </office:automatic-styles><office:body><office:spreadsheet>
      <table:table table:name="附件2" table:style-name="h"><table:table-column table:number-columns-repeated="2"/>
      <table:table-column table:visibility="collapse"/>
      <table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>甲<text:s/>乙</text:p>
      <office:annotation><text:p>批注</text:p></office:annotation></table:table-cell><table:covered-table-cell/>
      <table:table-cell office:value-type="float" office:value="0.57"/></table:table-row>
      <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
      <table:table-row table:visibility="collapse"><table:table-cell office:value-type="date" office:date-value="2024-11-18"/>
      <table:table-cell table:formula="of:=SUM([.C1:.C1];1)" office:value-type="float" office:value="2"/></table:table-row>
      <table:table-row table:number-rows-repeated="1048571"><table:table-cell/></table:table-row>
      </table:table></office:spreadsheet></office:body></office:document-content>
      """
    let zip = StoredZip([
      (Array("mimetype".utf8), Array("application/vnd.oasis.opendocument.spreadsheet".utf8)),
      (Array("content.xml".utf8), Array(content.utf8)),
    ])
    let grid = try grid(SpreadsheetGridReader().read(zip.bytes, format: .ods, limits: .default))
    #expect(grid.isHidden)
    #expect(grid.cells["A1"]?.value == .text("甲 乙"))
    #expect(grid.cells["C1"]?.value == .number(Decimal(string: "0.57") ?? 0))
    #expect(grid.cells["A5"]?.isDate == true)
    #expect(
      grid.cells["A5"].map { DateText.read($0, campaignYear: 2024) }
        == .date(try #require(CalendarDate(iso: "2024-11-18"))))
    #expect(grid.cells["B5"]?.formula == "SUM(C1:C1,1)")
    #expect(grid.cells["B5"]?.computed == .value(.number(Decimal(string: "1.57") ?? 0)))
    #expect(grid.merges == ["A1:B1"])
    #expect(grid.hiddenRows == [5])
    #expect(grid.hiddenColumns == [3])
  }

  @Test("a document type of its own is refused: entities could be anything")
  func documentType() {
    let bytes = Array("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".utf8)
    #expect(throws: IntakeProblem.self) { try MarkupDocument(xml: bytes) }
  }
}
