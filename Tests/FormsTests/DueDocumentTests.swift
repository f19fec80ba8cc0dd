import Foundation
import Testing

@testable import Forms

/// Documents that are due beside the forms: known by name and kind, asked for after their day.
@Suite struct DueDocumentTests {
  private func campaign() throws -> Campaign {
    try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/"))
  }

  private func report(_ names: [String], asOf: String, format: FileFormat = .docx) throws -> CheckReport {
    let engine = RuleEngine(campaign: try campaign(), asOf: try #require(CalendarDate(iso: asOf)))
    var report = CheckReport(
      campaign: engine.campaign.id, asOf: engine.asOf,
      files: names.map {
        InputFile(file: $0, state: .ignored, reason: FileReason.received(nil, format), format: format)
      })
    engine.judge(&report)
    return report
  }

  @Test func thoseOfTheNoticeAreThere() throws {
    let due = try campaign().dueDocuments
    #expect(due.map(\.name) == ["实施方案", "活动总结", "图文材料"])
    #expect(due.map(\.deadline.description) == ["2024-04-20", "2024-11-20", "2024-11-30"])
    #expect(due.map(\.form) == [nil, "culture-outreach", "model-worker-campus"])
  }

  @Test func aMissingOneIsAWarningAfterItsDay() throws {
    let before = try report([], asOf: "2024-04-20")
    #expect(!before.findings.contains { $0.rule == "D03" })
    let after = try report(["温县总工会实施方案.docx"], asOf: "2024-04-21")
    let told = after.findings.filter { $0.rule == "D03" }
    #expect(told.count == 15 && told.allSatisfy { $0.severity == .warning })
    #expect(!told.contains { $0.unit == "温县总工会" })
    #expect(told[0].message.chinese == "沁阳市总工会尚未报送实施方案（截止2024-04-20）")
  }

  @Test func nameAndFolderSayWhatItIs() throws {
    let report = try report(
      ["温县实施方案.docx", "沁阳市总工会附件4图文材料.docx", "孟州市总工会/活动总结/说明.docx"], asOf: "2024-12-01")
    let received = report.documents.map { "\($0.unit) \($0.document)" }
    #expect(received == ["JZ05 0", "JZ01 2", "JZ02 1"])
  }

  @Test func statusAndLettersShowThem() throws {
    let report = try report(["温县实施方案.docx"], asOf: "2024-12-01")
    let result = Consolidation(report: report, campaign: try campaign())
    let documents = try #require(result.statusJSON(language: .chinese)["documents"]?.elements)
    #expect(documents[0]["received"] == 1 && documents[0]["missing"] == 15)
    #expect(result.statusText(language: .chinese).contains("实施方案：已收1/16，截止2024-04-20"))
    let letters = result.chaseLetters()
    let wen = try #require(letters.first { $0.unit.code == "JZ05" })
    #expect(!wen.text.contains("实施方案") && wen.text.contains("尚未收到活动总结，截止日期为2024年11月20日"))
    let qinyang = try #require(letters.first { $0.unit.code == "JZ01" })
    #expect(qinyang.text.contains("尚未收到实施方案"))
  }
}
