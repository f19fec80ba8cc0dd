import Foundation
import Testing
import XLSX

@testable import Forms

/// Who is chased for what: the list, the letters, and their words.
@Suite("Chasing units")
struct ChaseTests {
  /// 沁阳 sent a fault, 温县 only a scan, 孟州 late and right, 博爱 in time and right; nobody sent 附件4.
  private func consolidation(asOf: String) throws -> Consolidation {
    var inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    inbox.asOf = try #require(CalendarDate(iso: asOf))
    try inbox.put(inbox.form(unit: "沁阳市总工会") { $0["E6"] = 41 }, "沁阳附件2.xlsx")
    try inbox.put(Array("%PDF-1.7 scan".utf8), "温县附件2.pdf")
    // Of 1,401 and 1,402 people: no two units report the same.
    let late = try inbox.form(unit: "孟州市总工会") { sheet in
      sheet["B4"] = "2024年11月23日"
      (sheet["C7"], sheet["E7"]) = (201, 1401)
    }
    try inbox.put(late, "孟州附件2.xlsx")
    let right = try inbox.form(unit: "博爱县总工会") { ($0["C7"], $0["E7"]) = (202, 1402) }
    try inbox.put(right, "博爱附件2.xlsx")
    return Consolidation(report: try inbox.check(), campaign: inbox.campaign)
  }

  private func kinds(_ result: Consolidation, unit: String) -> [String] {
    result.chase.filter { $0.unit.name == unit }.map { "\($0.form.label) \($0.kind.rawValue)" }
  }

  @Test("after the deadlines everybody is chased for what is open, and for nothing else")
  func kinds() throws {
    let result = try consolidation(asOf: "2024-12-01")
    #expect(kinds(result, unit: "沁阳市总工会") == ["附件2 errors", "附件4 missing"])
    #expect(kinds(result, unit: "温县总工会") == ["附件2 rejected", "附件4 missing"])
    #expect(kinds(result, unit: "孟州市总工会") == ["附件2 late", "附件4 missing"])
    #expect(kinds(result, unit: "博爱县总工会") == ["附件4 missing"])
    #expect(result.chase.first { $0.unit.name == "孟州市总工会" }?.daysLate == 3)
    #expect(result.chase.first { $0.kind == .missing && $0.form.label == "附件2" }?.daysLate == 11)
    // Until the deadline nobody is late.
    let early = try consolidation(asOf: "2024-11-25")
    #expect(kinds(early, unit: "博爱县总工会") == ["附件4 upcoming"])
  }

  @Test(
    "a letter has a paragraph for each thing, with the reason why a file was rejected, and is a file old editors open"
  )
  func letters() throws {
    let result = try consolidation(asOf: "2024-12-01")
    let letters = result.chaseLetters()
    #expect(letters.count == 16 && letters.map(\.fileName).contains("催报-温县总工会.txt"))
    let wenxian = try #require(letters.first { $0.unit.name == "温县总工会" })
    #expect(wenxian.text.contains("1. 收到你单位报送的“温县附件2.pdf”，但无法作为附件2"))
    #expect(wenxian.text.contains("PDF不是电子表格") && wenxian.text.contains("2. 尚未收到附件4"))
    #expect(wenxian.text.contains("请于2024年12月4日前") && wenxian.text.contains("焦作市总工会\n2024年12月1日"))
    #expect(!wenxian.text.contains("{"))
    #expect(wenxian.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(letters.first { $0.unit.name == "孟州市总工会" }?.text.contains("晚3天") == true)
    #expect(letters.first { $0.unit.name == "沁阳市总工会" }?.text.contains("审核有错误1处") == true)
  }

  @Test("another office's words replace the built-in ones without a change of the program")
  func ownWords() throws {
    let result = try consolidation(asOf: "2024-12-01")
    var campaign = result.campaign
    try campaign.correspondence.read(
      YAMLReader.read("letterTitle: 提醒\nmissing: 请补报{form}（{days}天）", file: "活动.yaml"))
    let letter = try #require(Consolidation(report: result.report, campaign: campaign).chaseLetters().last)
    #expect(letter.text.hasPrefix("提醒\n") && letter.text.contains("1. 请补报附件2（11天）\n2. 请补报附件4（1天）"))
  }

  @Test("the workbook lists every entry with its reason, prints on A4, and has 报送情况 behind it")
  func workbook() throws {
    let result = try consolidation(asOf: "2024-12-01")
    let book = try Workbook(bytes: result.chaseWorkbook().serialized())
    #expect(book.sheets.map(\.name) == ["催报名单", "报送情况"])
    let sheet = try book.sheet(at: 0)
    let rows = (4..<(4 + result.chase.count)).map { row in
      [2, 3, 4, 9].map { sheet[CellReference(row: row, column: $0)].text ?? "" }
    }
    #expect(rows.contains(["沁阳市总工会", "附件2", "待改正", "“沁阳附件2.xlsx”已退回，请改正后重新报送"]))
    #expect(rows.contains { $0[0] == "温县总工会" && $0[2] == "退回" && $0[3].contains("PDF不是电子表格") })
    #expect(sheet.pageSetup.repeatedRows == 3...3 && sheet.pageSetup.orientation == .landscape)
  }
}
