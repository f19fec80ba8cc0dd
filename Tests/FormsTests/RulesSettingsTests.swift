import Foundation
import Testing

@testable import Forms

@Suite("The rules: section of a form")
struct RulesSettingsTests {
  private func settings(_ text: String, form label: String = "附件2") throws -> RuleSettings {
    let campaign = try RulesSample.campaign()
    let form = try #require(campaign.form(label))
    return try RuleSettings(
      yaml: YAMLReader.read(text, file: "表.yaml"),
      context: .init(form: form, units: campaign.units, groups: campaign.groups.map(\.id)))
  }

  @Test("A pattern names one field for each heading that * can stand for, pairwise in both")
  func patterns() throws {
    let settings = try settings(
      """
      attendance:
        - {events: "*/场次/线上", people: "*/参加人数/线上", perEvent: [1, 9.5], mayLackPeople: [送书画]}
      """)
    #expect(settings.attendance.count == 5)
    #expect(settings.attendance[2].events == "送书画/场次/线上")
    #expect(settings.attendance[2].people == "送书画/参加人数/线上")
    #expect(settings.attendance.map(\.mayLackPeople) == [false, false, true, false, false])
    #expect(settings.attendance[0].perEvent.upperBound == Decimal(string: "9.5"))
  }

  @Test("Without the section everything has a default")
  func defaults() throws {
    #expect(try settings("{}") == RuleSettings())
    #expect(RuleSettings().unitSlip.factor == 20)
    #expect(RuleSettings().slippedPowers == [1, 2, 3, 4])
  }

  @Test(
    "What the form does not have, or what contradicts itself, is refused by file and line",
    arguments: [
      ("kinds:\n  - {name: 送戏曲, fields: 送戏曲/场次/合计}", 2, "没有字段“送戏曲/场次/合计”"),
      ("attendance:\n  - events: \"*/场次/线上\"\n    people: 送文艺/参加人数/线上", 3, "没有与"),
      ("attendance:\n  - {events: \"*/场次/合计\", people: \"*/参加人数/合计\"}", 2, "合计项"),
      ("minimums:\n  - {fields: 送文艺/场次/合计, groups: [village], least: 5}", 2, "没有“village”组"),
      ("minimums:\n  - {fields: 送文艺/场次/合计, least: 5}", 2, "对哪些单位"),
      ("minimums:\n  - {fields: 送文艺/场次/合计, outside: true, least: 5, most: 4}", 2, "most 小于 least"),
      ("slippedPowers: [0]", 1, "1到9"), ("target: {shortfall: G09}", 1, "G01 或 G05"),
      ("target: {shortfall: G01, excess: 1}", 1, "大于1"), ("smallPeople: -1", 1, "大于0"),
      ("attendances: []", 1, "attendance"), ("messages:\n  T99: {zh: 甲, en: a}", 2, "没有规则信息“T99”"),
      ("messages:\n  T01: {zh: \"{nonsense}\", en: a}", 2, "没有“{nonsense}”"),
      (
        "channels:\n  - {name: 线上, fields: \"*/*/线上\"}\n  - {name: 全部, fields: \"*/场次/*\"}", 1,
        "同时属于"
      ),
      ("coverage:\n  - {events: 送文艺/场次/线上, people: 送文艺/参加人数/线上}", 1, "attendance"),
      ("publicity: {events: \"*/场次/线上\", reports: \"*/场次/线下\"}", 1, "一个填报项"),
    ])
  func refused(text: String, line: Int, message: String) throws {
    let error = #expect(throws: FormsError.self) { try settings(text) }
    #expect(error?.file == "表.yaml")
    #expect(error?.line == line)
    #expect(error?.message.chinese.contains(message) == true, "\(error?.message.chinese ?? "")")
  }

  @Test("Wording of the notice comes before the catalogue's")
  func wording() throws {
    let settings = try settings("messages:\n  T01: {zh: \"请补{total}{sum}\", en: \"add {sum}\"}")
    let message = RuleCatalogue.message(
      "T01", settings: settings, ["total": MessageValue("合计"), "sum": MessageValue(15)])
    #expect(message == LocalizedText(zh: "请补合计15", en: "add 15"))
  }

  // Roll-ups

  @Test("A total of a consolidated workbook that is not the sum of its units")
  func consolidated() throws {
    let engine = try RulesSample.engine()
    let form = try #require(engine.campaign.form("附件4"))
    let units: [[FieldKey: Decimal]] = [["活动场次/线上": 3, "媒体报道": 2], ["活动场次/线上": 4]]
    let right = engine.judge(totals: ["活动场次/线上": 7, "媒体报道": 2], ofUnits: units, form: form, file: "汇总.xlsx")
    #expect(right.isEmpty)
    let wrong = engine.judge(
      totals: ["活动场次/线上": 8, "活动场次/线下": 1], ofUnits: units, form: form, file: "汇总.xlsx")
    #expect(wrong.map(\.rule) == ["R01"])
    #expect(wrong[0].message.chinese == "活动场次 线上：汇总8≠各单位之和7")
    // What a spreadsheet gives for 147 figures of 4 decimals.
    let coverage: (String) throws -> [Finding] = { total in
      engine.judge(
        totals: ["覆盖人数/线上": try #require(Decimal(string: total))],
        ofUnits: [["覆盖人数/线上": try #require(Decimal(string: "70.2015"))]], form: form, file: "汇总.xlsx")
    }
    #expect(try coverage("70.2014999999999").isEmpty)
    #expect(try coverage("70.2014").count == 1)
  }

  @Test("A unit above and a unit below it that report both are counted twice; one outside the list is not")
  func hierarchy() throws {
    func judged(parent: String, outside: [String]) throws -> [String] {
      var campaign = try RulesSample.campaign()
      campaign.outsideUnits = outside
      let child = try #require(campaign.units.firstIndex { $0.name == "沁阳市总工会" })
      campaign.units[child].parent = try #require(campaign.unit(named: parent)).code
      let engine = RuleEngine(campaign: campaign, asOf: RulesSample.date("2024-11-18"))
      var below = try RulesSample.outreach(file: "a.xlsx")
      below.unit = campaign.units[child]
      var above = try RulesSample.outreach(of: parent, file: "b.xlsx")
      above.set("送文艺/参加人数/线上", "401")
      above.set("送文艺/参加人数/合计", "1601")
      var report = CheckReport(campaign: campaign.id, asOf: engine.asOf, submissions: [below, above])
      for index in report.submissions.indices { engine.judge(&report.submissions[index]) }
      engine.judge(&report)
      return report.submissions[1].findings.filter { $0.rule == "R03" }.map(\.message.chinese)
    }
    #expect(try judged(parent: "焦煤工会", outside: []) == ["焦煤工会与下级沁阳市总工会重复计列，请只保留一处"])
    #expect(try judged(parent: "焦作市总工会", outside: ["JZ00"]) == [])
  }
}
