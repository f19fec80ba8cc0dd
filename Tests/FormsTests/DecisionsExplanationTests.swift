import Foundation
import Testing
import XLSX

@testable import Forms

/// 说明: a clerk's list of what units say about strange but right figures.
@Suite("Explanations")
struct DecisionsExplanationTests {
  /// 沁阳 with 4 events of 送文艺 (G03 warns: fewer than five) and a total that does not add up (T03).
  private func report() throws -> CheckReport {
    var submission = try RulesSample.outreach(file: "收件/沁阳.xlsx")
    submission.set(row: "送文艺/场次", "1", "3", "4")
    submission.set(row: "送电影/场次", "2", "12", "41")
    try RulesSample.engine(asOf: "2024-12-01").judge(&submission)
    let file = InputFile(
      file: submission.file, state: .adopted, reason: LocalizedText(zh: "含附件2", en: "holds 附件2"),
      format: .xlsx)
    return CheckReport(
      campaign: "jiaozuo-2024", asOf: RulesSample.date("2024-12-01"), files: [file],
      submissions: [submission])
  }

  private func applied(_ csv: String) throws -> CheckReport {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(csv.utf8).write(to: url)
    var report = try report()
    let campaign = try RulesSample.campaign()
    try ExplanationList(path: url.path).apply(
      to: &report, register: UnitRegister(campaign), campaign: campaign)
    return report
  }

  @Test("A warning that is explained stays on the list and is no longer open")
  func released() throws {
    let before = try report()
    let warnings = before.allFindings.count(.warning)
    let report = try applied("单位,表,规则,数据项,说明,经办人\n沁阳,附件2,g03,,场地改造，年内补齐,李四\n".replacing("，", with: "；"))
    let finding = try #require(report.allFindings.first { $0.rule == "G03" })
    #expect(finding.note == Finding.Note(text: "场地改造；年内补齐", officer: "李四"))
    #expect(finding.severity == .warning)
    #expect(report.allFindings.count(.warning) == warnings - 1)
    #expect(report.explanations?.map(\.isApplied) == [true])
    let campaign = try RulesSample.campaign()
    let text = report.text(campaign: campaign, language: .chinese)
    #expect(text.contains("已说明：场地改造；年内补齐（李四）"))
    #expect(text.contains("已说明1"))
    #expect(report.json(campaign: campaign, language: .chinese).serialised().contains("\"note\":{\"text\":"))
    #expect(report.withoutExplained.allFindings.count == report.allFindings.count - 1)
  }

  @Test(
    "An explanation that releases nothing is told of",
    arguments: [
      ("沁阳,附件2,T03,送电影/场次/合计,就是这样", "是错误，说明不能放行，须更正"),
      ("沁阳,附件2,X03,,人多", "没有这样的核实项"),
      ("沁阳,附件4,G03,,人多", "没有这样的核实项"),
      ("孟州,附件2,G03,,人多", "没有这样的核实项"),
      ("沁阳,附件2,G03,E9,人多", "没有这样的核实项"),
      ("火星,附件2,G03,,人多", "单位“火星”不在名单中"),
      ("沁阳,附件2,,,人多", "未填规则"),
    ])
  func refused(line: String, why: String) throws {
    let report = try applied("单位,表,规则,数据项,说明\n\(line)\n")
    #expect(report.explanations?.map(\.refusal?.chinese) == [why])
    #expect(!report.allFindings.contains { $0.note != nil })
    #expect(report.text(campaign: try RulesSample.campaign(), language: .chinese).contains(why))
  }

  @Test("The list of open warnings, filled in, is read again")
  func template() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: url) }
    let campaign = try RulesSample.campaign()
    var report = try report()
    try report.explanationTemplate(campaign: campaign).save(to: url)
    #expect(try ExplanationList(path: url.path).explanations.isEmpty)
    let edited = try Workbook(contentsOf: url)
    let sheet = try edited.sheet(at: 0)
    let last = try #require(sheet.usedRange?.last.row)
    for row in 4...last {
      try edited.set("已核实", at: CellReference(row: row, column: 8), inSheet: sheet.name)
    }
    try edited.save(to: url)
    try ExplanationList(path: url.path).apply(
      to: &report, register: UnitRegister(campaign), campaign: campaign)
    #expect(report.explanations?.allSatisfy(\.isApplied) == true)
    #expect(report.allFindings.count(.warning) == 0)
    #expect(report.allFindings.count(.error) == 1)
  }

  @Test("A file that is no list says which columns it needs")
  func noList() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data("甲,乙\n1,2\n".utf8).write(to: url)
    #expect(throws: FormsError.self) { try ExplanationList(path: url.path) }
    #expect(throws: FormsError.self) { try CorrectionList(path: url.path) }
    #expect(throws: FormsError.self) { try CorrectionList(path: url.path + ".gone") }
  }
}
