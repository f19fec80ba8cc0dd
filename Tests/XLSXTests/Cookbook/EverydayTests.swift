import Foundation
import Testing
import XLSX

/// The programs that people write every day, as `Everyday.md` shows them; written as a client writes them, without what only
/// this package sees.
@Suite("Everyday programs")
struct EverydayTests {
  let folder: TemporaryFolder
  let url: URL

  init() throws {
    folder = try TemporaryFolder()
    url = folder.url("人员.xlsx")
    let book = Workbook()
    let sheet = try book.addSheet(named: "Sheet1")
    for (row, values) in [["name", "age", "joined"], ["李雷", nil, nil], ["韩梅梅", nil, nil]].enumerated() {
      sheet.cells("A\(row + 1):C\(row + 1)").fill(with: values.map { $0.map { .text($0) } ?? .empty })
    }
    sheet["B2"] = 41
    sheet["B3"] = 38
    sheet["C2"] = .date(year: 2019, month: 9, day: 1)
    sheet["C3"] = .date(year: 2021, month: 3, day: 15)
    sheet.comments["A1"] = CellComment("请核对")
    try book.save(to: url)
  }

  @Test("sum a column")
  func sum() throws {
    // snippet
    let sheet = try Workbook(contentsOf: url).sheet(named: "Sheet1")
    let total = sheet.column("B").numbers.reduce(0, +)
    // end
    #expect(total == 79)
    #expect(sheet["B2:B3"].numbers == [41, 38] && sheet["A2:A3"].texts == ["李雷", "韩梅梅"])
  }

  @Test("go through all cells")
  func iterate() throws {
    let sheet = try Workbook(contentsOf: url).sheet(named: "Sheet1")
    var printed: [String] = []
    func print(_ text: String) { printed.append(text) }
    // snippet
    for row in sheet.rows {
      print(row.cells.map(\.displayedText).joined(separator: "\t"))
    }
    // end
    #expect(printed == ["name\tage\tjoined", "李雷\t41\t2019-09-01", "韩梅梅\t38\t2021-03-15"])
  }

  @Test("stream a long sheet")
  func stream() async throws {
    let book = try Workbook(contentsOf: url)
    // snippet
    let old = try book.rows(inSheet: "Sheet1").filter { ($0[2]?.number ?? 0) > 40 }.map(\.index)
    // end
    #expect(old == [2])
    var names: [String] = []
    // snippet
    for try await row in try book.rows(inSheet: "Sheet1").asynchronous {
      names.append(row[1]?.text ?? "")
    }
    // end
    #expect(names == ["name", "李雷", "韩梅梅"])
  }

  @Test("rows as values of a type, and back")
  func records() throws {
    let sheet = try Workbook(contentsOf: url).sheet(named: "Sheet1")
    let listURL = folder.url("名单.xlsx")
    // snippet
    struct Person: Codable, Equatable { var name: String, age: Int, joined: Date? }
    let people = try sheet.decode([Person].self)
    // end
    #expect(people.map(\.name) == ["李雷", "韩梅梅"] && people.map(\.age) == [41, 38])
    #expect(people[0].joined == Date(timeIntervalSince1970: 1_567_296_000))
    // snippet
    let list = Workbook()
    try list.addSheet(named: "名单").encode(people)
    try list.save(to: listURL)
    // end
    #expect(try Workbook(contentsOf: listURL).sheet(at: 0).decode([Person].self) == people)
  }

  @Test("dates")
  func dates() throws {
    let sheet = try Workbook().addSheet(named: "日期")
    let now = Date(timeIntervalSince1970: 1_700_000_000)
    let beijing = try #require(TimeZone(identifier: "Asia/Shanghai"))
    // snippet
    sheet["A1"] = .date(year: 2024, month: 11, day: 18)
    sheet["A2"] = .date(now, in: beijing)
    let moment = sheet["A2"].date(in: beijing)
    // end
    #expect(moment == now)
    #expect(sheet.displayedText(at: "A1") == "2024-11-18")
    #expect(sheet.displayedText(at: "A2") == "2023-11-15 06:13:20")
    #expect(sheet["A1"].date() == Date(timeIntervalSince1970: 1_731_888_000))
    #expect(sheet["A3"].date() == nil)
  }

  @Test("values from variables")
  func variables() throws {
    let sheet = try Workbook().addSheet(named: "变量")
    // snippet
    let count = 12
    let share = 0.5
    let unit = "沁阳市总工会"
    sheet["A1"] = unit
    sheet["B1"] = count
    sheet["C1"] = share
    for row in 2...4 { sheet["A\(row)"] = "第\(row)行" }
    sheet[5, 2] = .formula("SUM(B1:B4)")
    // end
    #expect(sheet["A1"] == "沁阳市总工会" && sheet["B1"] == 12 && sheet["C1"] == 0.5 && sheet["A4"] == "第4行")
    #expect(sheet["B5"] == .formula("SUM(B1:B4)", cached: .empty))
    let read: Int? = sheet["B1"]
    #expect(read == 12)
  }

  @Test("looks, widths and heights")
  func looks() throws {
    let sheet = try Workbook(contentsOf: url).sheet(named: "Sheet1")
    sheet.setStyle(Style(font: Font(name: "黑体", size: 16)), at: "A1")
    // snippet
    sheet["A1:C1"].style.font.isBold = true
    sheet["B:B"].style.numberFormat = .integer
    sheet.columns["A"].width = 20
    sheet.rows[3].isHidden = true
    sheet.autoFit("B:C")
    // end
    #expect(sheet["B1"].style.font.isBold && sheet["B1"].style.font.size == 11)
    #expect(sheet["A1"].style.font == Font(name: "黑体", size: 16, bold: true))
    #expect(sheet["B9"].style.numberFormat == .integer)
    #expect(sheet.columns["A"].width == 20 && sheet.rows[3].isHidden && !sheet.rows[2].isHidden)
    #expect(sheet.columns["C"].width ?? 0 > 10)
  }

  @Test("comments and links")
  func marks() throws {
    let sheet = try Workbook(contentsOf: url).sheet(named: "Sheet1")
    // snippet
    sheet.comments["A1"] = nil
    sheet.comments["B2"] = CellComment("年龄有误", author: "市总工会")
    sheet.links["A2"] = Hyperlink(.external("https://example.com"))
    // end
    #expect(sheet.comments.keys.map(\.description) == ["B2"] && sheet.cell("A2").link != nil)
  }

  @Test("fill in a template")
  func template() throws {
    let sheet = try Workbook().addSheet(named: "模板")
    sheet["A1"] = "{{单位}}"
    sheet["A2"] = "{{单位}}全年共 {{场次}} 场"
    sheet["B2"] = "{{场次}}"
    sheet["A3"] = .richText(
      RichText([.init("合计{{场", font: Font(bold: true)), .init("次}}场")]))
    // snippet
    sheet.replace("{{单位}}", with: "沁阳市总工会")
    sheet.replace("{{场次}}", with: 620)
    // end
    #expect(sheet["A1"] == "沁阳市总工会" && sheet["A2"] == "沁阳市总工会全年共 620 场" && sheet["B2"] == 620)
    #expect(
      sheet["A3"] == .richText(RichText([.init("合计620", font: Font(bold: true)), .init("场")])))
  }

  @Test("CSV in and out, files and data")
  func csv() throws {
    let csvURL = folder.url("明细.csv")
    // snippet
    let book = try Workbook(csv: Data("单位,场次\n沁阳,12\n".utf8))
    let sheet = try book.sheet(at: 0)
    sheet["B2"] = 13
    try book.writeCSV(ofSheetAt: 0, to: csvURL)
    // end
    #expect(try String(contentsOf: csvURL, encoding: .utf8) == "单位,场次\r\n沁阳,13\r\n")
    #expect(try Workbook(contentsOfCSV: csvURL).csv(ofSheetAt: 0) == Data(contentsOf: csvURL))
  }

  @Test("a workbook that comes from the network and goes back")
  func data() throws {
    let upload = try Data(contentsOf: url)
    // snippet
    let book = try Workbook(data: upload)
    try book.sheet(at: 0)["B2"] = 42
    let answer = try book.data()
    // end
    #expect(try Workbook(data: answer).sheet(at: 0)["B2"] == 42)
  }

  @Test("a template whose rows grow")
  func growingTemplate() throws {
    let templateURL = folder.url("模板.xlsx")
    let template = Workbook()
    let form = try template.addSheet(named: "清单")
    form["A2:B2"].fill(with: ["项目", "金额"])
    form["B3"].style.numberFormat = "#,##0.00"
    form["B4"] = .formula("SUM(B3:B3)", cached: 0)
    try template.save(to: templateURL)
    let items = [("甲", 120.5), ("乙", 80), ("丙", 99.5)]
    // snippet
    let book = try Workbook(contentsOf: templateURL)
    let sheet = try book["清单"]
    try sheet.insertRows(at: 4, count: items.count - 1, copyingStyleFrom: 3)
    for (row, item) in zip(3..., items) {
      sheet[row, 1] = .text(item.0)
      sheet[row, 2] = .number(item.1)
    }
    sheet["B\(items.count + 3)"] = .formula("SUM(B3:B\(items.count + 2))", cached: 300)
    // end
    let read = try Workbook(data: book.data())["清单"]
    #expect(read["B6"].formula?.text == "SUM(B3:B5)" && read.column("A").texts == ["项目", "甲", "乙", "丙"])
    #expect(read.displayedText(at: "B5") == "99.50")
  }

  @Test("sheets: copied, moved, removed, renamed")
  func sheets() throws {
    let book = Workbook()
    try book.addSheet(named: "一月")["A1"] = 31
    try book.addSheet(named: "草稿")
    // snippet
    try book.copySheet("一月", as: "二月")
    try book.removeSheet(named: "草稿")
    try book.addSheet(named: "封面", at: 0)
    try book.moveSheet(named: "二月", to: 1)
    try book.renameSheet(named: "二月", to: "2月")
    let total = try book.worksheets.reduce(0) { $0 + ($1["A1"].number ?? 0) }
    // end
    #expect(book.sheets.map(\.name) == ["封面", "2月", "一月"] && total == 62)
  }

  @Test("rows and columns that come, go and move")
  func structure() throws {
    let book = try Workbook(contentsOf: url)
    let sheet = try book["Sheet1"]
    sheet["D2"] = .formula("SUM(B2:B3)", cached: 79)
    // snippet
    try sheet.insertRows(at: 2)
    try sheet.removeColumns("C")
    try sheet.moveCells("A1:C1", to: "A2")
    // end
    #expect(sheet["C3"].formula?.text == "SUM(B3:B4)" && sheet["A2"] == "name")
    #expect(try Workbook(data: book.data()).sheet(at: 0)["C3"].formula?.text == "SUM(B3:B4)")
  }

  @Test("names")
  func names() throws {
    let book = try Workbook(contentsOf: url)
    // snippet
    book.names["年龄"] = "Sheet1!$B$2:$B$3"
    try book["Sheet1"].names["本表"] = "Sheet1!$A$1"
    // end
    let read = try Workbook(data: book.data())
    #expect(read.names.count == 1 && read.definedNames.count == 2)
  }

  @Test("a workbook with a password")
  func password() throws {
    let book = try Workbook(contentsOf: url)
    let secretURL = folder.url("密.xlsx")
    // snippet
    try book.save(to: secretURL, password: "工会")
    let again = try Workbook(contentsOf: secretURL, password: "工会")
    // end
    #expect(try again.sheet(at: 0)["B2"] == 41)
  }

  @Test("a table, a list to choose from, a rule for colours")
  func rules() throws {
    let sheet = try Workbook(contentsOf: url).sheet(at: 0)
    // snippet
    try sheet.addTable("人员", range: "A1:C3")
    try sheet.addValidation(ofWords: ["在职", "退休"], for: "D2:D3")
    try sheet.addConditionalFormat(.cell(.greaterThan, "40", nil, .init(fill: .rgb(0xFFC7CE))), for: "B2:B3")
    // end
    #expect(sheet.tables.map(\.columns) == [["name", "age", "joined"]])
    #expect(sheet.validations.count == 1 && sheet.conditionalFormats.count == 1)
  }

  @Test("many workbooks at once")
  func taskGroup() async throws {
    let files = [url, url]
    // snippet
    let total = try await withThrowingTaskGroup(of: Double.self) { group in
      for file in files {
        group.addTask { try Workbook(contentsOf: file).sheet(at: 0).column("B").numbers.reduce(0, +) }
      }
      return try await group.reduce(0, +)
    }
    // end
    #expect(total == 158)
  }

  @Test("a workbook of another format: .xls, .xlsb, .et, .ods, .fods")
  func importing() throws {
    let (oldURL, newURL) = (folder.url("旧.xml"), folder.url("新.xlsx"))
    let cells = [41, 38].map { "<Row><Cell><Data ss:Type=\"Number\">\($0)</Data></Cell></Row>" }.joined()
    try """
    <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>\(cells)</Table></Worksheet></Workbook>
    """.write(to: oldURL, atomically: true, encoding: .utf8)
    // snippet
    let old = try Workbook(importing: oldURL)
    let total = try old["表"].column("A").numbers.reduce(0, +)
    try old.save(to: newURL)
    // end
    #expect(total == 79)
    #expect(try Workbook(contentsOf: newURL).sheet(at: 0)["A1"] == 41)
  }

  @Test("a long list written in constant memory")
  func streamOut() throws {
    let longURL = folder.url("长.xlsx")
    // snippet
    let writer = try StreamingWorkbookWriter(to: longURL)
    try writer.addSheet(named: "明细").freeze(at: "A2")
    try writer.appendRow(["编号", "场次"])
    for number in 1...1000 { try writer.appendRow([.text("第\(number)号"), .number(Double(number))]) }
    try writer.finish()
    // end
    #expect(try Workbook(contentsOf: longURL).sheet(at: 0).column("B").numbers.reduce(0, +) == 500_500)
  }
}
