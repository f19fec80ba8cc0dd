import Forms
import Foundation
import Testing

@Suite("Loading a campaign")
struct CampaignLoadingTests {
  @Test("a folder with a campaign file and its forms is all it takes")
  func folder() throws {
    let campaign = try CampaignSample.load()
    #expect(campaign.title == "某河务局2025年巡查统计")
    let form = try #require(campaign.form("表1"))
    #expect(form.title == "2025年巡查情况表" && form.titleAliases == ["2024年巡查情况表"])
    #expect(form.dueFrom == ["R1", "R2"])
    #expect(form.headLines.map(\.label) == ["报送单位"])
    #expect(form.fields.map(\.key) == ["巡查/日间", "巡查/夜间", "巡查/合计", "里程/日间", "里程/夜间", "里程/合计"])
    #expect(form.field("里程/夜间")?.measure.decimals == 1)
    #expect(campaign.targets.first?.fields == ["巡查/日间", "巡查/夜间"])
  }

  struct Refusal: CustomTestStringConvertible {
    var reason: String
    var change: KeyValuePairs<String, String>
    var place: String
    var message: String

    init(_ reason: String, _ change: KeyValuePairs<String, String>, at place: String, _ message: String) {
      self.reason = reason
      self.change = change
      self.place = place
      self.message = message
    }

    var testDescription: String { reason }
  }

  @Test(
    "a campaign that contradicts itself is refused with file, line and reason",
    arguments: [
      Refusal("unit code twice", ["code: R2": "code: R1"], at: "campaign.yaml:10", "与东段管理所重复"),
      Refusal("unit name twice", ["name: 西段管理所, g": "name: 东段管理所, g"], at: "campaign.yaml:10", "已是东段管理所的名称"),
      Refusal("alias of two units", ["[西所]": "[东 段管理所]"], at: "campaign.yaml:10", "不能再指西段管理所"),
      Refusal(
        "unknown group", ["groups: [upper]}": "groups: [middle]}"], at: "campaign.yaml:9", "没有“middle”组"),
      Refusal(
        "no units",
        [
          "- {code: R1, name: 东段管理所, groups: [upper]}": "[]",
          "  - {code: R2, name: 西段管理所, groups: [lower], aliases: [西所]}": "",
        ], at: "campaign.yaml:9", "没有单位"),
      Refusal(
        "deadline on a day that does not exist", ["2025-12-01": "2025-11-31"], at: "campaign.yaml:19",
        "不是存在的日期"),
      Refusal(
        "deadline of another year", ["2025-12-01": "2024-12-01"], at: "campaign.yaml:19", "与活动年度2025不符"),
      Refusal("deadline for an unknown form", ["表1: 2025": "表2: 2025"], at: "campaign.yaml:19", "没有“表2”表"),
      Refusal("form without a deadline", ["  表1: 2025-12-01": "  {}"], at: "patrol.yaml:1", "没有截止日期"),
      Refusal(
        "targets that miss the printed total", ["total: 50": "total: 60"], at: "campaign.yaml:27",
        "之和为50，与总计60不符"),
      Refusal("target of an unknown unit", ["西段管理所: 20": "南段管理所: 20"], at: "campaign.yaml:26", "没有单位“南段管理所”"),
      Refusal("target on an unknown field", ["[巡查/合计]": "[巡查/总数]"], at: "campaign.yaml:24", "没有数据项“巡查/总数”"),
      Refusal(
        "target fields that count twice", ["[巡查/合计]": "[巡查/合计, 巡查/日间]"], at: "campaign.yaml:24", "计入两次"),
      Refusal("target fields of two measures", ["[巡查/合计]": "[巡查/合计, 里程/合计]"], at: "campaign.yaml:24", "计量单位"),
      Refusal("target that is no number", ["东段管理所: 30": "东段管理所: 三十"], at: "campaign.yaml:26", "应为整数"),
      Refusal("targets for an unknown form", ["form: 表1": "form: 表9"], at: "campaign.yaml:23", "没有“表9”表"),
      Refusal("unknown key", ["office: ": "ofice: "], at: "campaign.yaml:3", "是否应为“office”"),
      Refusal("missing section", ["year: 2025": ""], at: "campaign.yaml:1", "缺少“year”"),
      Refusal("wrong type", ["year: 2025": "year: [2025]"], at: "campaign.yaml:4", "应为整数，现为列表"),
      Refusal(
        "missing form file", ["[patrol.yaml]": "[patrols.yaml]"], at: "campaign.yaml:17", "没有文件“patrols.yaml”"
      ),
      Refusal("no YAML", ["words: {": "words: {{"], at: "campaign.yaml:12", "YAML"),
      Refusal("key twice", ["year: 2025": "year: 2025\nyear: 2026"], at: "campaign.yaml:4", "不止一次"),
      Refusal("total of an unknown heading", ["[日间, 夜间]": "[日间, 晚间]"], at: "patrol.yaml:12", "“晚间”不是同级表头"),
      Refusal("total of itself", ["[日间, 夜间]": "[日间, 合计]"], at: "patrol.yaml:12", "“合计”不是同级表头"),
      Refusal(
        "totals in a circle", ["  - 夜间\n": "  - {name: 夜间, total: [日间, 合计]}\n"], at: "patrol.yaml:11", "成环"),
      Refusal("heading twice", ["  - 夜间\n": "  - 日间\n"], at: "patrol.yaml:11", "“日间”重复"),
      Refusal(
        "alias of two headings", ["  - 夜间\n": "  - {name: 夜间, aliases: [日 间]}\n"], at: "patrol.yaml:11", "既指"),
      Refusal(
        "heading without a measure", ["name: 里程, measure: 公里": "name: 里程"], at: "patrol.yaml:8", "没有计量单位"),
      Refusal("unknown measure", ["measure: 公里": "measure: 米"], at: "patrol.yaml:8", "没有计量单位“米”"),
      Refusal(
        "total over two measures",
        [
          "  - {name: 里程, measure: 公里}":
            "  - {name: 里程, measure: 公里}\n  - {name: 全部, measure: 次, total: [巡查, 里程]}"
        ], at: "patrol.yaml:9", "计量单位不同"),
      Refusal(
        "nothing to fill in", ["  - 日间\n  - 夜间\n  - {name: 合计, total: [日间, 夜间]}": "  []"],
        at: "patrol.yaml:10", "没有表头"),
      Refusal("slash in a heading", ["- 日间": "- 日/间"], at: "patrol.yaml:10", "不能含“/”"),
      Refusal(
        "due from a group that is none", ["dueFrom: [upper, R2]": "dueFrom: [upper, R3]"],
        at: "patrol.yaml:5", "“R3”既不是组也不是单位"),
      Refusal(
        "head lines without the unit", ["role: unit": "role: phone"], at: "campaign.yaml:16", "role: unit"),
      Refusal(
        "head line of an unknown role", ["role: unit": "role: stamp"], at: "campaign.yaml:16", "不在可选值之内"),
      Refusal("id that no name can carry", ["id: patrol": "id: Patrol Form"], at: "patrol.yaml:1", "编号"),
      Refusal(
        "rules that are no mapping", ["dueFrom: [upper, R2]": "rules: 5"], at: "patrol.yaml:5", "现为“5”"),
      Refusal(
        "column widths for other columns", ["dueFrom: [upper, R2]": "layout: {columnWidths: [10, 10]}"],
        at: "patrol.yaml:5", "2个宽度，表有4列"),
      Refusal(
        "title lines that say something else", ["dueFrom: [upper, R2]": "layout: {titleLines: [某表]}"],
        at: "patrol.yaml:5", "连起来应为标题"),
    ])
  func refusals(_ refusal: Refusal) throws {
    let error = try #require(throws: FormsError.self) { try CampaignSample.load(refusal.change) }
    #expect(error.code == .campaign)
    let text = error.text(in: .chinese)
    #expect(text.hasPrefix("\(refusal.place)：") && text.contains(refusal.message), "\(text)")
  }

  @Test("a campaign that is not there is an input error that lists the built-in ones")
  func missing() throws {
    let error = try #require(throws: FormsError.self) {
      try Campaign.load("没有这个", workingDirectory: URL(fileURLWithPath: "/"))
    }
    #expect(error.code == .input && error.message.chinese.contains("jiaozuo-2024"))
  }
}
