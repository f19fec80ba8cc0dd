import Foundation
import Testing

@testable import Forms

@Suite("Units by name")
struct NormaliseUnitTests {
  private static let register = UnitRegister(sample)

  private static let sample: Campaign = {
    let names: [(String, [String])] = [
      ("沁阳市总工会", []), ("孟州市总工会", []), ("博爱县总工会", []), ("武陟县总工会", []), ("温县总工会", []), ("修武县总工会", []),
      ("解放区总工会", []), ("山阳区总工会", []), ("中站区总工会", []), ("马村区总工会", []), ("高新区工会", ["高新区总工会"]),
      ("焦煤工会", ["焦煤集团工会"]), ("交通工会", []), ("建设工会", []), ("教育工会", []), ("财贸工会", []),
      ("焦作市总工会", ["市总本级", "市总"]),
    ]
    let units = names.enumerated().map { ReportingUnit(code: "U\($0)", name: $1.0, aliases: $1.1) }
    let naming = UnitNaming(
      prefixes: ["焦作市", "焦作", "河南省焦作市"], suffixes: ["总工会", "工会", "总", "市", "县", "区"],
      fileWords: ["附件", "统计表", "最终版", "更正", "报表", "盖章"])
    return Campaign(
      id: "sample", title: "", office: "焦作市总工会", year: 2024, units: units, forms: [], naming: naming)
  }()

  private enum Kind { case exact, alias, near, misspelt }

  private func kind(_ match: UnitMatch) -> Kind? {
    switch match {
    case .exact: .exact
    case .alias: .alias
    case .near: .near
    case .misspelt: .misspelt
    default: nil
    }
  }

  @Test(
    "a full name, whatever its spaces and brackets, is exact",
    arguments: [
      ("沁阳市总工会", "沁阳市总工会"), (" 沁 阳 市总工会 ", "沁阳市总工会"), ("沁阳市总工会（公章）", "沁阳市总工会"), ("焦作市总工会", "焦作市总工会"),
    ])
  func exact(text: String, name: String) {
    #expect(Self.register.match(text).unit?.name == name)
    #expect(kind(Self.register.match(text)) == .exact)
  }

  @Test("an alias is an alias")
  func alias() {
    #expect(Self.register.match("高新区总工会").unit?.name == "高新区工会")
    #expect(kind(Self.register.match("市总")) == .alias)
  }

  @Test(
    "words dropped, added or doubled, a place in front: near",
    arguments: [
      ("沁阳市工会", "沁阳市总工会"), ("沁阳总工会", "沁阳市总工会"), ("沁阳", "沁阳市总工会"), ("焦作市解放区总工会", "解放区总工会"),
      ("修武总工会", "修武县总工会"), ("温县", "温县总工会"), ("温总工会", "温县总工会"), ("焦作市教育工会", "教育工会"), ("教育总工会", "教育工会"),
      ("沁阳市市总工会", "沁阳市总工会"), ("沁阳市总工会宣教部", "沁阳市总工会"),
      ("河南省焦作市山阳区总工会", "山阳区总工会"), ("高新区", "高新区工会"), ("焦作总工会", "焦作市总工会"), ("沁阳市总", "沁阳市总工会"),
    ])
  func near(text: String, name: String) {
    #expect(Self.register.match(text).unit?.name == name)
    #expect(kind(Self.register.match(text)) == .near)
  }

  @Test(
    "a character that looks or sounds like the right one, or is written twice: misspelt",
    arguments: [
      ("武涉县总工会", "武陟县总工会"), ("博爰县总工会", "博爱县总工会"), ("孟洲市总工会", "孟州市总工会"), ("泌阳市总工会", "沁阳市总工会"),
      ("休武县工会", "修武县总工会"),
      ("焦媒工会", "焦煤工会"), ("马马村区总工会", "马村区总工会"), ("沁阳市总公会", "沁阳市总工会"), ("沁阳市总会", "沁阳市总工会"),
      ("焦作市武涉县", "武陟县总工会"),
    ])
  func misspelt(text: String, name: String) {
    #expect(Self.register.match(text).unit?.name == name)
    #expect(kind(Self.register.match(text)) == .misspelt)
  }

  @Test(
    "another place, another kind of place, is another unit",
    arguments: [
      "博兴县总工会", "修水县总工会", "中原区总工会", "山阳县总工会", "沁阳县总工会", "解放县", "阳沁市总工会", "武安县总工会", "教师工会", "文县总工会",
    ])
  func otherPlaces(text: String) {
    #expect(Self.register.match(text).unit == nil)
  }

  @Test("the name of a street or of a town is a part, of a unit that the name may tell")
  func parts() {
    #expect(Self.register.match("温县祥云镇总工会") == .part(of: Self.sample.unit(named: "温县总工会")))
    #expect(Self.register.match("焦作市山阳区东方红街道") == .part(of: Self.sample.unit(named: "山阳区总工会")))
    #expect(Self.register.match("沁阳市总工会（太行街道）") == .part(of: Self.sample.unit(named: "沁阳市总工会")))
    #expect(Self.register.match("解放区教育工会") == .part(of: Self.sample.unit(named: "解放区总工会")))
    #expect(Self.register.match("东方红街道总工会") == .part(of: nil))
    #expect(kind(Self.register.match("温县总工会宣教部")) == .near)
  }

  @Test("what fits several units, or none, is not decided")
  func undecided() {
    #expect(Self.register.match("武县总工会").unit == nil)
    #expect(Self.register.match("沁阳市总工会、孟州市总工会").unit == nil)
    #expect(Self.register.match("太行大道工会") == .unknown(nearest: []))
    #expect(Self.register.match("解放区教育工会").unit == nil)
    #expect(Self.register.match("教师工会").unit == nil)
    #expect(Self.register.match(" ______ ") == .blank)
  }

  @Test(
    "file names that say a unit",
    arguments: [
      ("附件2-沁阳.xlsx", "沁阳市总工会"), ("附件2（财贸）.xlsx", "财贸工会"), ("建设附件2统计表.xlsx", "建设工会"), ("附件4-焦煤.xlsx", "焦煤工会"),
      ("修武县总工会/附件2.xlsx", "修武县总工会"), ("全部.zip!/温县/附件2.xlsx", "温县总工会"), ("沁阳总工会附件2.xlsx", "沁阳市总工会"),
      ("焦作市教育工会附件2.xlsx", "教育工会"), ("马村区总工会附件2（王昞）.xlsx", "马村区总工会"), ("博爱县总工会五送活动总结.docx", "博爱县总工会"),
      ("附件2-4（孟州市）最终版.xlsx", "孟州市总工会"), ("市总本级附件2.xlsx", "焦作市总工会"), ("高新区总工会.xlsx", "高新区工会"),
    ])
  func fileNames(path: String, name: String) {
    #expect(Self.register.find(inFileName: path).map(\.name) == [name])
  }

  @Test(
    "words that merely look like a unit say nothing",
    arguments: [
      "职工文化建设统计表.xlsx", "附件2.xlsx", "附件2-1.xlsx", "县区.zip!/附件2.xlsx", "解放路小学.xlsx", "教育系统情况.xlsx",
      "焦作市总工会附件2.xlsx",
      "交通安全.xlsx", "总工会.xlsx", "a/b/c",
    ])
  func noUnit(path: String) {
    #expect(Self.register.find(inFileName: path).isEmpty)
  }

  @Test("the built-in campaign's aliases do not get into one another's way")
  func builtinCampaign() throws {
    let campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(filePath: "/"))
    let register = UnitRegister(campaign)
    for unit in campaign.units {
      #expect(register.match(unit.name).unit == unit)
      for alias in unit.aliases { #expect(register.match(alias).unit == unit, "\(alias)") }
      if unit.name == campaign.office { continue }
      #expect(register.find(inFileName: "\(unit.name)附件2.xlsx") == [unit])
      #expect(register.find(inFileName: "\(unit.name)/附件4.xlsx") == [unit])
      #expect(register.match("焦作市\(unit.name)").unit == unit)
      #expect(register.match("\(unit.name)办公室").unit == unit)
    }
    #expect(register.match("市总本级").unit?.name == campaign.office)
    #expect(register.find(inFileName: "市总本级附件2.xlsx").map(\.name) == [campaign.office])
    for name in [
      "职工文化建设统计表.xlsx", "附件2.xlsx", "县区.zip!/附件2.xlsx", "解放路小学.xlsx", "焦作市总工会附件2.xlsx", "建设路街道.xlsx",
      "“中国梦·劳动美·工会情”文化活动进基层情况统计表.xlsx", "2024年“劳模工匠进校园”活动开展情况统计表（附件4）.xlsx", "五送活动总结.docx",
    ] {
      #expect(register.find(inFileName: name).isEmpty, "\(name)")
    }
    // They end like 市总工会, an alias of the office, and are not the office.
    #expect(register.match("泌阳市总工会").unit?.name == "沁阳市总工会")
    #expect(register.match("孟洲市总工会").unit?.name == "孟州市总工会")
    #expect(register.match("济源市总工会").unit == nil)
    #expect(register.match("北马村区总工会").unit == nil)
    #expect(register.match("武县总工会").unit == nil)
    #expect(register.match("太行街道总工会").unit == nil)
    #expect(register.match("街道总工会").unit == nil)
    #expect(register.match("XX县总工会").unit == nil)
  }
}
