import Forms
import Foundation
import Testing

@Suite("A campaign file that stands on another one")
struct CampaignExtendingTests {
  private func load(_ text: String) throws -> Campaign {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(text, to: "活动.yaml")
    return try Campaign.load(workingDirectory: folder.url)
  }

  @Test("takes over everything it does not mention")
  func takesOver() throws {
    let campaign = try load("extends: jiaozuo-2024")
    let base = try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/"))
    #expect(campaign.id == base.id && campaign.units == base.units && campaign.forms == base.forms)
    #expect(campaign.targets == base.targets && campaign.naming == base.naming)
  }

  @Test("next year is a year and its deadlines: titles follow")
  func nextYear() throws {
    let campaign = try load(
      """
      extends: jiaozuo-2024
      id: jiaozuo-2025
      year: 2025
      deadlines: {附件2: 2025-11-21, model-worker-campus: 2025-12-05}
      """)
    #expect(campaign.id == "jiaozuo-2025")
    #expect(campaign.form("附件4")?.title == "2025年“劳模工匠进校园”活动开展情况统计表")
    #expect(campaign.form("附件4")?.titleAliases.contains("2024年“劳模工匠进校园”活动开展情况统计表") == true)
    #expect(campaign.forms.map(\.deadline.description) == ["2025-11-21", "2025-12-05"])
  }

  @Test("a new year with last year's deadlines is refused, where the year was changed")
  func staleDeadline() throws {
    let error = try #require(throws: FormsError.self) {
      try load("extends: jiaozuo-2024\nyear: 2026\ndeadlines: {附件2: 2026-11-20}")
    }
    #expect(error.file == "活动.yaml" && error.line == 2)
    #expect(error.message.chinese.contains("“附件4”的截止日期仍是2024-11-30"))
  }

  @Test("one deadline, one more alias and one target can change alone")
  func entries() throws {
    let campaign = try load(
      """
      extends: jiaozuo-2024
      deadlines: {附件4: 2024-12-10}
      aliases: {沁阳市总工会: [怀庆工会], JZ16: 财办工会}
      targets:
        附件3:
          units: {沁阳市总工会: 20000}
          total: 20000
          totalText: 2万人次
      """)
    #expect(campaign.forms.map(\.deadline.description) == ["2024-11-20", "2024-12-10"])
    #expect(campaign.unit(code: "JZ01")?.aliases.contains("怀庆工会") == true)
    #expect(campaign.unit(code: "JZ16")?.aliases.last == "财办工会")
    let coverage = try #require(campaign.targets.first { $0.label == "附件3" })
    #expect(coverage.targets == ["JZ01": 20_000] && coverage.heading == "覆盖人数(人次)")
    #expect(campaign.targets.first { $0.label == "附件1" }?.printedTotal == 620)
  }

  @Test("an alias that belongs to another unit, or an unknown unit, is refused at its own line")
  func badAliases() throws {
    let taken = try #require(throws: FormsError.self) {
      try load("extends: jiaozuo-2024\naliases:\n  沁阳市总工会: [孟州工会, 孟州]")
    }
    #expect(taken.file == "活动.yaml" && taken.line == 3)
    let unknown = try #require(throws: FormsError.self) {
      try load("extends: jiaozuo-2024\naliases:\n  沁阳: [沁工]")
    }
    #expect(unknown.message.chinese.contains("请写全称或代码"))
  }

  @Test("a base can be a folder anywhere, named by its full path")
  func fullPath() throws {
    let base = try TemporaryFolder()
    defer { base.remove() }
    try base.write(CampaignSample.campaignFile, to: "campaign.yaml")
    try base.write(CampaignSample.formFile, to: "patrol.yaml")
    #expect(try load("extends: '\(base.url.path)'\ntitle: 新题").title == "新题")
  }

  @Test("a base that is not there, and a circle, are refused")
  func bases() throws {
    let missing = try #require(throws: FormsError.self) { try load("id: x\nextends: jiaozuo-1999") }
    #expect(missing.file == "活动.yaml" && missing.line == 2)
    let circle = try #require(throws: FormsError.self) { try load("extends: 活动.yaml") }
    #expect(circle.message.chinese.contains("循环"))
  }
}
