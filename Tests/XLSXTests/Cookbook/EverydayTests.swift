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
}
