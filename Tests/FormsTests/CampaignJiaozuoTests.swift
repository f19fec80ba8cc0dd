import Forms
import Foundation
import Testing

/// The built-in campaign, held against what the notice prints.
@Suite("The campaign of the 2024 notice")
struct CampaignJiaozuoTests {
  let campaign: Campaign

  init() throws { campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/")) }

  @Test("has the notice's sixteen units in its order, and the city's own office beside them")
  func units() {
    let reporting = campaign.units.filter { !campaign.outsideUnits.contains($0.code) }
    #expect(
      reporting.map(\.name) == [
        "沁阳市总工会", "孟州市总工会", "博爱县总工会", "武陟县总工会", "温县总工会", "修武县总工会", "解放区总工会", "山阳区总工会",
        "中站区总工会", "马村区总工会", "高新区工会", "焦煤工会", "交通工会", "建设工会", "教育工会", "财贸工会",
      ])
    #expect(reporting.first?.code == "JZ01" && reporting.last?.code == "JZ16")
    #expect(campaign.outsideUnits.compactMap(campaign.unit(code:)).map(\.name) == ["焦作市总工会"])
    let territorial: Set = ["county", "district", "zone"]
    let count = campaign.units.filter { !territorial.isDisjoint(with: $0.groups) }.count
    #expect(count == 11)
  }

  @Test("asks all sixteen for both forms, by 20 and 30 November 2024")
  func forms() throws {
    #expect(campaign.forms.map(\.label) == ["附件2", "附件4"])
    for form in campaign.forms { #expect(campaign.units(owing: form).count == 16) }
    #expect(campaign.forms.map(\.deadline.description) == ["2024-11-20", "2024-11-30"])
    #expect(campaign.form("附件 2")?.id == "culture-outreach")
    #expect(campaign.form("model-worker-campus")?.title == "2024年“劳模工匠进校园”活动开展情况统计表")
  }

  @Test("附件2 has 20 inputs and 10 totals, each 合计 the sum of its row's 线上 and 线下")
  func cultureOutreach() throws {
    let form = try #require(campaign.form("附件2"))
    #expect(form.fields.count == 30)
    #expect(form.fields.filter(\.isInput).count == 20)
    #expect(form.fields.first?.key == "送文艺/场次/线上")
    #expect(form.fields.last?.key == "送培训/参加人数/合计")
    #expect(form.equations.count == 10)
    #expect(
      form.equations.first
        == Equation(total: "送文艺/场次/合计", parts: ["送文艺/场次/线上", "送文艺/场次/线下"], axis: .columns))
    #expect(form.field("送书画/参加人数/线下")?.measure.unit == "人")
    #expect(form.columns.last?.synonyms == ["总计", "小计", "共计"])
  }

  @Test("附件4 has five inputs and no total; its coverage counts in 万人次")
  func modelWorkerCampus() throws {
    let form = try #require(campaign.form("附件4"))
    #expect(form.fields.map(\.key) == ["活动场次/线上", "活动场次/线下", "覆盖人数/线上", "覆盖人数/线下", "媒体报道"])
    #expect(form.equations.isEmpty)
    let coverage = try #require(form.field("覆盖人数/线下")?.measure)
    #expect(coverage.unit == "万人次" && coverage.scale == 10_000 && coverage.baseUnit == "人次")
    #expect(form.columns[1].printed == "覆盖人数（万人次）")
  }

  @Test("附件1 sets 620 sessions for sixteen units, 附件3 110,000 person-times for twelve")
  func targets() throws {
    let sessions = try #require(campaign.targets.first { $0.label == "附件1" })
    #expect(sessions.targets.count == 16 && sessions.targets.values.reduce(0, +) == 620)
    #expect(sessions.fields.count == 10 && sessions.fields.allSatisfy { !$0.rawValue.hasSuffix("合计") })
    #expect(sessions.order.first == "JZ01" && sessions.order.last == "JZ16")
    let coverage = try #require(campaign.targets.first { $0.label == "附件3" })
    #expect(coverage.targets.count == 12 && coverage.printedTotal == 110_000)
    #expect(coverage.targets["JZ15"] == 10_000 && coverage.targets["JZ12"] == nil)
    #expect(coverage.printedTotalText == "11万人次")
  }

  @Test("is what counts where nobody names a campaign")
  func isDefault() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    #expect(try Campaign.load(workingDirectory: folder).id == "jiaozuo-2024")
  }
}
