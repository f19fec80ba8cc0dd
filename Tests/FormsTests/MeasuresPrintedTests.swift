import Foundation
import Testing
import XLSX

@testable import Forms

/// A unit that changes the measure on its form fills it in by what it wrote.
@Suite("Measures that a form prints")
struct MeasuresPrintedTests {
  private static let wan = Measure(unit: "万元", scale: 10_000, baseUnit: "元", decimals: 6)
  private static let yuan = Measure(unit: "元", decimals: 2)

  private func told(_ columns: [Heading], _ drawing: String, signed: [String] = []) throws -> [Finding] {
    let form = FormDefinition(
      id: "funds", label: "附件1", title: "专项资金收支情况统计表", deadline: ConsolidateSample.date("2024-11-20"),
      dueFrom: ["T1"], rows: [Heading(name: "中央"), Heading(name: "省级")], columns: columns,
      headLines: ConsolidateSample.headLines, signedWords: signed)
    let campaign = Campaign(
      id: "funds-2024", title: "资金", office: "某市", year: 2024,
      units: Array(ConsolidateSample.units.prefix(1)), forms: [form])
    let found = LocateBench(campaign).read(Grid.drawn(drawing))
    var submission = try #require(found.first)
    RuleEngine(campaign: campaign, asOf: .epoch).judge(&submission)
    return submission.findings.filter { !$0.rule.hasPrefix("H") && !$0.rule.hasPrefix("D") }
  }

  private static let inWan = [
    Heading(name: "收入", printed: "收入（万元）", measure: wan),
    Heading(name: "支出", printed: "支出（万元）", measure: wan),
  ]

  @Test("收入（元） over a column that is asked for in 万元: 200,000 yuan are 20")
  func heading() throws {
    let told = try told(
      Self.inWan,
      """
      | 专项资金收支情况统计表 |
      |      | 收入（元） | 支出（万元） |
      | 中央 | 200000   | 15         |
      | 省级 | 0        | 8          |
      """)
    #expect(told.map(\.rule) == ["U05"] && told.first?.cell == "B3" && told.first?.expected == 20)
    #expect(told.first?.message.chinese == "B2写的是“收入（元）”，本表以“万元”填写：B3的200000元应为20万元")
  }

  @Test("The form's own words, other spellings of the same measure and other brackets tell nothing")
  func ownWords() throws {
    for (income, spent) in [("收入（万元）", "支出(万元)"), ("收入", "支出（ 万 元 ）"), ("收入（全年）", "支出（万元）")] {
      let told = try told(
        Self.inWan,
        """
        | 专项资金收支情况统计表 |
        |      | \(income) | \(spent) |
        | 中央 | 20       | 15      |
        | 省级 | 1        | 8       |
        """)
      #expect(told.isEmpty, "\(income) \(spent)")
    }
  }

  @Test("单位：元 above a table in 万元 is about the columns that print no measure")
  func note() throws {
    let columns = [
      Heading(name: "收入", measure: Self.wan), Heading(name: "支出", measure: Self.wan),
      Heading(name: "项目", printed: "项目（个）", measure: Measure(unit: "个")),
    ]
    let drawing = """
      | 专项资金收支情况统计表 |
      |      |       |       | 单位：元   |
      |      | 收入   | 支出   | 项目（个） |
      | 中央 | 200000 | 150000 | 3        |
      | 省级 | 10000  | 80000  | 2        |
      """
    #expect(try told(columns, drawing).map(\.expected) == [20, 15, 1, 8])
    #expect(try told(columns, drawing.replacing("单位：元", with: "单位：万元")).isEmpty)
    // A form with figures in both has said itself which are which.
    var both = columns
    both[1].measure = Self.yuan
    #expect(try told(both, drawing).isEmpty)
  }

  @Test("Multiples of any measure are told from it: 万册 in a column of 册")
  func multiples() throws {
    let columns = [Heading(name: "藏书", printed: "藏书（册）", measure: Measure(unit: "册"))]
    let told = try told(
      columns,
      """
      | 专项资金收支情况统计表 |
      |      | 藏书（万册） |
      | 中央 | 2         |
      | 省级 | 3         |
      """)
    #expect(told.map(\.rule) == ["U05", "U05"] && told.map(\.expected) == [20_000, 30_000])
  }

  @Test("A loss and a fall are figures below zero; a count is not")
  func signed() throws {
    let columns = [
      Heading(name: "利润", measure: Self.wan), Heading(name: "增减人数", measure: Measure(unit: "人")),
      Heading(name: "职工", measure: Measure(unit: "人")),
    ]
    let told = try told(
      columns,
      """
      | 专项资金收支情况统计表 |
      |      | 利润   | 增减人数 | 职工 |
      | 中央 | -35.2 | -4      | -1  |
      | 省级 | 12    | 3       | 9   |
      """, signed: ["利润", "增减"])
    #expect(told.map(\.rule) == ["C03"] && told.first?.cell == "D3")
  }
}
