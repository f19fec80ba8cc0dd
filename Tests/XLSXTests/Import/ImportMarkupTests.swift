import Testing

@testable import XLSX

@Suite("OpenDocument and XML Spreadsheet 2003")
struct ImportMarkupTests {
  /// A document in one file with one table.
  private func document(_ rows: String, styles: String = "") -> [UInt8] {
    Array(
      """
      <?xml version="1.0" encoding="UTF-8"?><office:document \
      xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
      xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" \
      xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
      xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" \
      xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" \
      xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" \
      xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">\
      <office:automatic-styles>\(styles)</office:automatic-styles><office:body><office:spreadsheet>\
      <table:table table:name="附件2">\(rows)</table:table></office:spreadsheet></office:body></office:document>
      """.utf8)
  }

  private func cell(_ attributes: String, _ text: String? = nil) -> String {
    "<table:table-cell \(attributes)>\(text.map { "<text:p>\($0)</text:p>" } ?? "")</table:table-cell>"
  }

  @Test("text boxes over a sheet and bound to a cell; comments are none")
  func textBoxes() throws {
    let box = { (text: String) in
      "<draw:frame><draw:text-box><text:p>\(text)</text:p><text:p>2024年</text:p></draw:text-box></draw:frame>"
    }
    let comment = "<office:annotation><text:p>批注</text:p></office:annotation>"
    let book = try Workbook(
      importing: document(
        "<table:shapes>\(box("填报单位：温县"))</table:shapes><table:table-row><table:table-cell/>"
          + "<table:table-cell office:value-type=\"string\">\(comment)\(box("填报人：李明"))<text:p>线上</text:p>"
          + "</table:table-cell></table:table-row>"))
    let boxes = try book.textBoxes(inSheetAt: 0)
    #expect(boxes.map(\.text.plainText) == ["填报单位：温县\n2024年", "填报人：李明\n2024年"])
    #expect(boxes.map(\.cells.first) == ["A1", "B1"])
    #expect(try book.sheet(at: 0)["B1"] == "线上")
  }

  @Test(
    "values of every type: times of day, durations, truth values, errors, texts that stand in an attribute only"
  )
  func values() throws {
    let row = [
      cell("office:value-type=\"date\" office:date-value=\"2016-05-19T16:39:00\""),
      cell("office:value-type=\"time\" office:time-value=\"PT26H30M\""),
      cell("office:value-type=\"boolean\" office:boolean-value=\"true\"", "WAHR"),
      cell("office:value-type=\"string\" office:string-value=\"甲乙\""),
      cell(
        "table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"",
        "#DIV/0!"),
      cell("office:value-type=\"percentage\" office:value=\"0.12\"", "12%"),
      cell("office:value-type=\"string\"", "一<text:s text:c=\"2\"/>二"),
      cell("office:value-type=\"string\"", "一<text:s text:c=\"-1\"/>二"),
    ].joined()
    let book = try Workbook(importing: document("<table:table-row>\(row)</table:table-row>"))
    let sheet = try book.sheet(at: 0)
    #expect(sheet["A1"].number == 42_509.69375 && sheet.isDate(at: "A1"))
    #expect(sheet["B1"].number == 26.5 / 24 && !sheet.isDate(at: "B1"))
    #expect(sheet["C1"] == true && sheet["D1"] == "甲乙" && sheet["F1"] == 0.12)
    #expect(sheet["E1"] == .formula("1/0", cached: .error(.divisionByZero)))
    #expect(sheet["G1"] == "一  二" && sheet["H1"] == "一 二")
  }

  @Test("a filled row that is repeated 1,500 times is there 1,500 times, and what follows keeps its row")
  func repeatedRows() throws {
    let one = cell("office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"2\"")
    let last = cell("office:value-type=\"string\"", "合计")
    let rows =
      "<table:table-row table:number-rows-repeated=\"1500\">\(one)</table:table-row>"
      + "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>"
      + "<table:table-row>\(last)</table:table-row>"
      + "<table:table-row table:number-rows-repeated=\"1047072\"><table:table-cell/></table:table-row>"
    let book = try Workbook(importing: document(rows))
    #expect(try book.summary(ofSheetAt: 0).sum == 3_000)
    #expect(try book.sheet(at: 0)["A1504"] == "合计")
  }

  @Test("a few bytes that stand for millions of merged blanks are refused")
  func repeatedMerges() {
    let blank =
      "<table:table-cell table:number-columns-repeated=\"1024\" table:number-columns-spanned=\"2\"/>"
    let rows = "<table:table-row table:number-rows-repeated=\"100000\">\(blank)</table:table-row>"
    let error = #expect(throws: XLSXError.self) { try Workbook(importing: document(rows)) }
    #expect(error?.code == .limitExceeded)
  }

  @Test("number formats and struck text come from styles and their parents")
  func styles() throws {
    let styles = """
      <number:date-style style:name="N1"><number:month/><number:text>月</number:text><number:day/><number:text>日</number:text>\
      </number:date-style><style:style style:name="base" style:family="table-cell" style:data-style-name="N1"/>\
      <style:style style:name="day" style:family="table-cell" style:parent-style-name="base"/>\
      <style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/>\
      </style:style>
      """
    let day = cell(
      "table:style-name=\"day\" office:value-type=\"date\" office:date-value=\"2024-03-05\"", "3月5日")
    let struck = cell("office:value-type=\"string\"", "<text:span text:style-name=\"T1\">12</text:span>15")
    let sheet = try Workbook(
      importing: document("<table:table-row>\(day)\(struck)</table:table-row>", styles: styles)
    )
    .sheet(at: 0)
    #expect(sheet.style(at: "A1").numberFormat == "m\"月\"d\"日\"")
    guard case .richText(let rich) = sheet["B1"] else { return #expect(Bool(false), "no rich text") }
    #expect(rich.runs.map(\.text) == ["12", "15"] && rich.runs[0].font?.isStruckThrough == true)
  }

  @Test("a package without a mimetype is a spreadsheet by what it holds, and saves as .xlsx")
  func withoutMimetype() throws {
    let text = String(
      decoding: document(
        "<table:table-row>\(cell("office:value-type=\"float\" office:value=\"5\""))</table:table-row>"),
      as: UTF8.self)
    var package = PartsPackage()
    package.add(
      "content.xml",
      text.replacing("office:document ", with: "office:document-content ").replacing(
        "</office:document>", with: "</office:document-content>"))
    let imported = try Workbook(importing: package.bytes())
    #expect(try Workbook(bytes: imported.serialized()).sheet(named: "附件2")["A1"] == 5)
  }

  private let spreadsheet = """
    <?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">\
    <Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="表"><Table>\
    <Column ss:Index="3" ss:Hidden="1"/><Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">送文艺</Data>\
    <Comment><Data>批注</Data></Comment></Cell><Cell><Data ss:Type="Number">12</Data></Cell>\
    <Cell ss:Index="6" ss:StyleID="d"><Data ss:Type="DateTime">2016-05-19T16:39:00.000</Data></Cell></Row>\
    <Row ss:Hidden="1"><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#REF!</Data></Cell></Row>\
    </Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>
    """

  @Test(
    "XML Spreadsheet 2003, in UTF-8, UTF-16 and behind empty lines",
    arguments: ["utf8", "utf16", "lines", "gbk"])
  func spreadsheetML(_ encoding: String) throws {
    let bytes: [UInt8] =
      switch encoding {
      case "utf16": [0xFF, 0xFE] + spreadsheet.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      // 表 and 送文艺 in GBK; a file that calls itself GB2312.
      case "gbk": Array("<?xml version=\"1.0\" encoding=\"gb2312\"?>".utf8) + gbk
      case "lines": Array("\r\n\r\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\(spreadsheet)".utf8)
      default: Array("<?xml version=\"1.0\"?>\(spreadsheet)".utf8)
      }
    let book = try Workbook(importing: bytes)
    #expect(book.sheets.map(\.visibility) == [.hidden])
    let rows = try book.rows(inSheetAt: 0)
    var values: [CellReference: CellValue] = [:]
    var hidden: [Int] = []
    while let row = try rows.next() {
      if row.isHidden { hidden.append(row.index) }
      for cell in row.cells { values[cell.reference] = cell.value }
    }
    #expect(
      values == ["A2": "送文艺", "C2": 12, "F2": 42_509.69375, "A3": true, "B3": .error(.reference)])
    #expect(hidden == [3] && rows.hiddenColumns == [3...3] && rows.mergedRanges == ["A2:B2"])
    #expect(try book.sheet(at: 0).isDate(at: "F2"))
  }

  /// The same in GBK, its Chinese apart from the comment.
  private var gbk: [UInt8] {
    let codes: [Character: [UInt8]] = [
      "表": [0xB1, 0xED], "送": [0xCB, 0xCD], "文": [0xCE, 0xC4], "艺": [0xD2, 0xD5], "批": [0xC5, 0xFA],
      "注": [0xD7, 0xA2],
    ]
    return spreadsheet.flatMap { codes[$0] ?? Array($0.utf8) }
  }

  @Test("OpenFormula in Excel's notation")
  func formulas() {
    #expect(OpenFormula.excel("of:=[.C6]+[.D6]") == "C6+D6")
    #expect(OpenFormula.excel("of:=SUM([$Sheet2.C6:.D6];\"a;b\")") == "SUM(Sheet2!C6:D6,\"a;b\")")
    #expect(OpenFormula.excel("of:=['附件 2'.$C$6]") == "'附件 2'!$C$6")
    #expect(OpenFormula.excel("msoxl:=C6") == nil)
  }
}
