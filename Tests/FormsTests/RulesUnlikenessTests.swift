import Foundation
import Testing

@testable import Forms

@Suite("People per event, and units unlike all others")
struct RulesUnlikenessTests {
  /// 附件4 of 沁阳, whose target is 10,000 (1 万人次), with 10 events on the spot.
  private func campus(_ online: String, _ offline: String, events: String = "10") throws -> [String] {
    try RulesSample.engine(asOf: "2024-12-01").findings(try RulesSample.campus()) { submission in
      submission.set("活动场次/线上", "10")
      submission.set("活动场次/线下", events)
      submission.set("覆盖人数/线上", online)
      submission.set("覆盖人数/线下", offline)
    }.map(\.rule)
  }

  @Test("附件4: over three times the target is doubtful, three times is not")
  func excess() throws {
    #expect(try campus("1.2", "1.8") == [])
    #expect(try campus("1.2", "1.8001") == ["G02"])
    // What looks like 人次 is told as that, and not as too much besides.
    #expect(try campus("1.2", "9000") == ["U01"])
  }

  @Test("附件4: 26,000 people at one event on the spot are too many; online they are not")
  func perEvent() throws {
    #expect(try campus("0.4", "2.6", events: "1") == ["X03"])
    #expect(try campus("2.6", "0.4") == [])
    #expect(try campus("0.6", "0.5", events: "1") == [])
    #expect(try campus("0.6", "0.5001", events: "1") == ["X03"])
  }

  /// One unit with a number of people at its 12 培训 on the spot, others with 100 an event.
  private func rules(people: Int, others: Int) throws -> [Finding] {
    let engine = try RulesSample.engine(asOf: "2024-11-18")
    var report = CheckReport(campaign: engine.campaign.id, asOf: engine.asOf)
    for (index, unit) in engine.campaign.units.prefix(others + 1).enumerated() {
      let file = "\(unit.name).xlsx"
      var submission = try RulesSample.outreach(of: unit.name, file: file)
      let heads = index == 0 ? people : 1200 + index
      submission.set(row: "送培训/场次", "2", "12", "14")
      submission.set(row: "送培训/参加人数", "200", "\(heads)", "\(200 + heads)")
      engine.judge(&submission)
      report.files.append(
        InputFile(file: file, state: .adopted, reason: .init(zh: "", en: ""), format: .xlsx))
      report.submissions.append(submission)
    }
    engine.judge(&report)
    return report.submissions.flatMap(\.findings).filter { $0.rule == "O01" }
  }

  @Test("A tenth of the others' median is not told, less is; eight others are needed")
  func unlike() throws {
    let found = try rules(people: 119, others: 8)
    #expect(found.map(\.unit) == ["沁阳市总工会"])
    #expect(found.first?.field == "送培训/参加人数/线下" && found.first?.severity == .warning)
    #expect(found.first?.message.chinese == "送培训 线下场均9.9人，其他单位多在100—101人，请核实")
    #expect(try rules(people: 121, others: 8) == [])
    #expect(try rules(people: 119, others: 7) == [])
    #expect(try rules(people: 12200, others: 8).count == 1)
  }
}
