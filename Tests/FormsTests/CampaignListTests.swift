import Forms
import Testing

@Suite("Lists and typed fields in a campaign")
struct CampaignListTests {
  private static let list = """
    id: dykes
    label: 表1
    title: "{year}年险工险段台账"
    kind: list
    columns:
      - {name: 序号, type: index}
      - {name: 名称, type: text, required: true}
      - {name: 类别, choices: [险工, {name: 控导, aliases: [控导工程]}], required: true}
      - name: 规模
        measure: 公里
        children: [长度, {name: 加固, least: 0}, {name: 合计, total: [长度, 加固]}]
      - {name: 建成时间, type: date, within: year}
      - {name: 完好率, type: percent, weight: 规模/长度}
      - {name: 管护人电话, type: phone}
    rows: {least: 1, most: 200, key: 名称, blank: 8}
    totals: [规模/长度, 加固]
    groups: [类别]
    checks:
      - {id: Z01, each: row, check: "[规模/加固] <= [规模/长度]", severity: warning}
    """

  private static func load(_ replacements: KeyValuePairs<String, String> = [:]) throws -> Campaign {
    var text = list
    for (old, new) in replacements {
      try #require(text.contains(old))
      text = text.replacing(old, with: new)
    }
    return try CampaignSample.load(["fields: [巡查/合计]": "fields: [规模/合计]"], adding: ["patrol.yaml": text])
  }

  @Test("a list has columns with types, a key, totals and groups")
  func list() throws {
    let campaign = try Self.load()
    let form = try #require(campaign.form("表1"))
    let list = try #require(form.list)
    #expect(form.kind == .list && form.rows.isEmpty)
    #expect((list.least, list.most, list.blankLines) == (1, 200, 8))
    #expect(list.key == ["名称"] && list.groups == ["类别"])
    #expect(list.totals == ["规模/长度", "规模/加固"])
    #expect(
      form.fields.map(\.type) == [.index, .text, .choice, .number, .number, .number, .date, .percent, .phone])
    #expect(form.field("类别")?.choices == [Choice("险工"), Choice("控导", aliases: ["控导工程"])])
    #expect(form.field("类别")?.limits.isRequired == true)
    #expect(form.field("规模/加固")?.limits.least == .number(0))
    #expect(form.field("建成时间")?.limits.within == .year)
    #expect(form.field("完好率")?.ratio == .weighted(by: "规模/长度"))
    #expect(form.equations == [Equation(total: "规模/合计", parts: ["规模/长度", "规模/加固"], axis: .columns)])
    #expect(campaign.checks.map(\.id) == ["Z01"])
    #expect(campaign.checks.first?.eachRow == true && campaign.checks.first?.form == "dykes")
  }

  @Test(
    "a list that contradicts itself is refused with line and reason",
    arguments: [
      ("key: 名称", "key: 名字", 15, "没有“名字”这一栏"),
      ("totals: [规模/长度, 加固]", "totals: [类别]", 16, "不是可以相加的数"),
      ("groups: [类别]", "groups: [规模/长度]", 17, "不能按它分组"),
      ("least: 1, most: 200", "least: 300, most: 200", 15, "least 大于 most"),
      ("type: date, within", "type: text, within", 12, "不是日期，不能写 within"),
      ("type: percent", "type: choice", 13, "没有写明可选值"),
      ("aliases: [控导工程]", "aliases: [险工]", 8, "既指“险工”又指“控导”"),
      ("id: Z01", "id: T01", 19, "程序自己的规则"),
    ])
  func refusals(old: String, new: String, line: Int, reason: String) throws {
    let error = #expect(throws: FormsError.self) { try Self.load([old: new]) }
    #expect(error?.file?.hasSuffix("patrol.yaml") == true && error?.line == line)
    #expect(error?.message.chinese.contains(reason) == true)
  }

  @Test("a matrix may hold text, choices and days; they are in no total")
  func typedMatrix() throws {
    let campaign = try CampaignSample.load([
      "- {name: 里程, measure: 公里}":
        "- {name: 里程, measure: 公里}\n  - {name: 方式, choices: [步行, 乘船]}\n  - {name: 首次日期, type: date}"
    ])
    let form = try #require(campaign.form("表1"))
    #expect(form.field("方式/日间")?.type == .choice && form.field("首次日期/夜间")?.type == .date)
    #expect(form.field("方式/合计")?.isInput == true)
    #expect(Set(form.equations.map(\.total)) == ["巡查/合计", "里程/合计"])
  }
}
