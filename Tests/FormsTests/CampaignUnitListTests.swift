import Foundation
import Testing

@testable import Forms

/// `units:` in its shorter ways: names only, nested, from a file.
@Suite struct CampaignUnitListTests {
  private static let list = """
    units:
      - {code: R1, name: 东段管理所, groups: [upper]}
      - {code: R2, name: 西段管理所, groups: [lower], aliases: [西所]}
    """
  private static let targets = """
    targets:
      任务表:
        title: 巡查任务
        form: 表1
        fields: [巡查/合计]
        heading: 次数
        units: {东段管理所: 30, 西段管理所: 20}
        total: 50
    """

  private func load(_ units: String, files: [String: String] = [:]) throws -> Campaign {
    let texts: KeyValuePairs = [
      Self.list: units, Self.targets: "", "dueFrom: [upper, R2]": "dueFrom: all",
    ]
    return try CampaignSample.load(texts, adding: files)
  }

  @Test("Names are enough; a unit's own name is its code")
  func names() throws {
    let campaign = try load("units: [甲市总工会, 乙市总工会]")
    #expect(campaign.units.map(\.name) == ["甲市总工会", "乙市总工会"])
    #expect(campaign.units.map(\.code) == ["甲市总工会", "乙市总工会"])
    #expect(campaign.forms[0].dueFrom == ["甲市总工会", "乙市总工会"])
  }

  @Test("Nested below their office, units of one name are told apart by it")
  func nested() throws {
    let campaign = try load(
      """
      units:
        - name: 甲市总工会
          units: [子县总工会, 教育工会]
        - {code: B, name: 乙市总工会, units: [教育工会]}
      """)
    #expect(campaign.units.map(\.name) == ["甲市总工会", "子县总工会", "教育工会（甲市总工会）", "乙市总工会", "教育工会（乙市总工会）"])
    #expect(campaign.units.map(\.ownName) == ["甲市总工会", "子县总工会", "教育工会", "乙市总工会", "教育工会"])
    #expect(campaign.units.map(\.code) == ["甲市总工会", "甲市总工会/子县总工会", "甲市总工会/教育工会", "B", "B/教育工会"])
    #expect(campaign.units.map(\.parent) == [nil, "甲市总工会", "甲市总工会", nil, "B"])
    let register = UnitRegister(campaign)
    #expect(register.match("教育工会").unit == nil)
    #expect(register.match("教育工会（乙市总工会）").unit?.code == "B/教育工会")
    #expect(register.find(inFileName: "收件/乙市总工会/教育工会.xlsx").map(\.code) == ["B/教育工会"])
  }

  @Test("A table of units: headings in any order, parents by name or code, several aliases in a cell")
  func table() throws {
    let campaign = try load(
      "units: 单位.csv",
      files: [
        "单位.csv": "\u{FEFF}单位名称,上级,代码,别名,分组\r\n甲市总工会,,A,,\r\n子县总工会,甲市总工会,,子县、子县工会,upper\r\n教育工会,A,A9,,\r\n"
      ])
    #expect(campaign.units.map(\.code) == ["A", "A/子县总工会", "A9"])
    #expect(campaign.units[1].aliases == ["子县", "子县工会"])
    #expect(campaign.units[1].groups == ["upper"])
    #expect(campaign.units[2].parent == "A")
  }

  @Test(
    "What is wrong with a table is told by its line",
    arguments: [
      ("单位,上机\n甲市总工会,", 1, "不认识的列"), ("单位,上级\n甲市总工会,\n子县总工会,丙市总工会", 3, "不在单位之中"),
      ("单位,上级\n甲市总工会,\n甲市总工会,", 3, "重复"), ("单位,代码\n甲市总工会,1\n乙市总工会,1", 3, "重复"), ("代码\n1", 2, "name"),
      ("单位,上级\n甲,乙\n乙,甲", 2, "成环"),
    ])
  func errors(text: String, line: Int, message: String) throws {
    let error = #expect(throws: FormsError.self) {
      try load("units: 单位.csv", files: ["单位.csv": text])
    }
    #expect(error?.file == "单位.csv")
    #expect(error?.line == line)
    #expect(error?.message.chinese.contains(message) == true, "\(error?.message.chinese ?? "")")
  }

  @Test("A list that is not there is told where it is named")
  func absent() throws {
    let error = #expect(throws: FormsError.self) { try load("units: 单位.csv") }
    #expect(error?.message.chinese.contains("没有文件“单位.csv”") == true)
    #expect(error?.line == 8)
  }

  @Test(
    "A province on a city's campaign is a title, an office and a list: the city's targets and aliases lapse")
  func province() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(
      """
      extends: jiaozuo-2024
      id: henan-2024
      title: 河南省总工会{year}年文化活动进基层统计
      office: 河南省总工会
      units: [郑州市总工会, 开封市总工会, 焦作市总工会, 教育工会]
      """, to: "活动.yaml")
    let campaign = try Campaign.load(".", workingDirectory: folder.url)
    #expect(campaign.units.map(\.name) == ["郑州市总工会", "开封市总工会", "焦作市总工会", "教育工会"])
    #expect(campaign.outsideUnits.isEmpty)
    #expect(campaign.targets.isEmpty)
    #expect(campaign.forms.map(\.dueFrom.count) == [4, 4])
  }

  @Test("Targets that name a unit of the list and one that is gone are refused")
  func halfLapsed() throws {
    let error = #expect(throws: FormsError.self) {
      try CampaignSample.load(
        [
          "- {code: R2, name: 西段管理所, groups: [lower], aliases: [西所]}": "- {code: R3, name: 北段管理所}",
          "dueFrom: [upper, R2]": "dueFrom: all",
        ])
    }
    #expect(error?.message.chinese.contains("没有单位“西段管理所”") == true)
  }
}
