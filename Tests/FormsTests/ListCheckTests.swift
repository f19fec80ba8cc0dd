import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("The office's own checks")
struct CheckTests {
  private static func campaign(_ checks: String) throws -> Campaign {
    try CampaignSample.load(["forms: [patrol.yaml]": "forms: [patrol.yaml]\nchecks:\n\(checks)"])
  }

  private static func judge(_ checks: String, _ figures: [FieldKey: Decimal]) throws -> [Finding] {
    let campaign = try campaign(checks)
    let form = try #require(campaign.forms.first)
    var submission = Submission(file: "东段.xlsx", sheet: "表", form: form.id)
    submission.unit = campaign.units.first
    submission.readings = form.fields.enumerated().map { index, field in
      Reading(
        field: field.key, cell: CellReference(row: 3 + index / 3, column: 2 + index % 3),
        state: figures[field.key].map { .figure($0) } ?? .blank)
    }
    RuleEngine(campaign: campaign, asOf: .epoch).judge(&submission)
    return submission.findings.filter { $0.rule.hasPrefix("Z") }
  }

  private static let figures: [FieldKey: Decimal] = [
    "巡查/日间": 30, "巡查/夜间": 12, "巡查/合计": 42, "里程/日间": Decimal(1) / 10,
    "里程/夜间": Decimal(2) / 10, "里程/合计": Decimal(3) / 10,
  ]

  @Test("a check that fails is told in its own words, with what each figure alone would have to be")
  func fails() throws {
    let found = try Self.judge(
      """
        - {id: Z01, form: 表1, check: "[巡查/夜间] >= [巡查/日间] / 2", severity: warning, message: "夜间{巡查/夜间}次，不到日间{巡查/日间}次的一半"}
      """, Self.figures)
    #expect(found.map(\.rule) == ["Z01"] && found.map(\.severity) == [.warning])
    #expect(found.first?.message.chinese == "夜间12次，不到日间30次的一半")
    #expect(found.first?.cell == "C3" && found.first?.field == "巡查/夜间")
    #expect(found.first?.candidates.map(\.field) == ["巡查/夜间", "巡查/日间"])
    #expect(found.first?.candidates.map(\.value) == [15, 24])
  }

  @Test("figures are decimals: 0.1+0.2 is 0.3; without words of its own a check is quoted")
  func decimals() throws {
    let checks = """
        - {id: Z01, check: "表1![里程/日间]+表1![里程/夜间]=表1![里程/合计]"}
        - {id: Z02, check: "[表1!里程/合计] > 1"}
      """
    let found = try Self.judge(checks, Self.figures)
    #expect(found.map(\.rule) == ["Z02"])
    #expect(found.first?.message.chinese == "应满足 里程 合计 > 1；现里程 合计为0.3")
  }

  @Test("a star is the same heading throughout; a blank cannot be judged, unless it is asked for")
  func stars() throws {
    let checks = """
        - {id: Z01, form: 表1, check: "[*/夜间] <= [*/日间]"}
        - {id: Z02, form: 表1, check: "OR(ISBLANK([里程/夜间]), [里程/夜间]<100)"}
      """
    var figures = Self.figures
    figures["巡查/夜间"] = 31
    figures["里程/夜间"] = nil
    let found = try Self.judge(checks, figures)
    #expect(found.map(\.rule) == ["Z01"] && found.first?.field == "巡查/夜间")
  }

  @Test(
    "a check that makes no sense is refused with its line",
    arguments: [
      ("[巡查/凌晨] > 0", "没有“[巡查/凌晨]”"),
      ("[巡查/合计] >= 0", "总是成立"),
      ("[巡查/合计] < 0", "永远不成立"),
      ("[巡查/合计] <= [巡查/合计]", "总是成立"),
      ("[巡查/合计] <= (", "不是有效的 Excel 公式"),
      ("[巡查/合计] + 1", "不是一个能成立或不成立的关系"),
      ("A1 <= [巡查/合计]", "“A1”不能用在核对关系里"),
      ("[*/凌晨] <= [*/日间]", "没有一个表头"),
      ("附件9![巡查/合计] <= 5", "没有“附件9”表"),
      ("[巡查/合计 <= 5", "没有配对"),
    ])
  func refusals(formula: String, reason: String) throws {
    let error = #expect(throws: FormsError.self) {
      try Self.campaign("  - {id: Z01, form: 表1, check: \"\(formula)\"}")
    }
    #expect(error?.file?.hasSuffix("campaign.yaml") == true && error?.line == 19)
    #expect(error?.message.chinese.contains(reason) == true)
  }
}

@Suite("Lists put together")
struct ListMergeTests {
  @Test("lines and sums of all units, by group, with formulas that give them")
  func merge() throws {
    let sample = try ListSample()
    var report = CheckReport(campaign: sample.campaign.id, asOf: .epoch)
    report.submissions =
      sample.read([
        ListSample.head + """
          | 1 | 银杏 | '001 | 一级 | 500 | 200 | 700 | 2025-3-1 | 是 | 85% | |
          | 2 | 国槐 | '002 | 二级 | 0.1 | 0.2 | 9   | | | | |
          """
      ])
      + sample.read([
        ListSample.head.replacing("东段管理所", with: "西段管理所") + """
          | 1 | 侧柏 | '003 | 特级 | 7 |   | 7 | | | | |
          """
      ])
    let merged = Consolidation(report: report, campaign: sample.campaign)
    let form = try #require(merged.forms.first)
    #expect(form.reported == 2 && form.listSums?.rows == 3)
    // A typed 小计 adds nothing.
    #expect(form.totals["经费/小计"] == Decimal(string: "707.3"))
    let json = try #require(merged.json(language: .chinese)["forms"]?["trees"])
    #expect(json["rows"] == 3)
    #expect(json["groups"]?["级别"]?["一级"]?["经费/小计"] == 700)
    #expect(json["groups"]?["级别"]?["（未填或有误）"]?["行数"] == 1)
    let book = try Workbook(bytes: merged.workbook().serialized())
    let lines = try book.sheet(named: "表1明细")
    #expect(lines["A4"] == "东段管理所" && lines["B5"] == "国槐" && lines["A6"] == "西段管理所")
    #expect(lines["C4"] == "001" && lines["N6"] == 5)
    let summary = try book.sheet(named: "表1汇总")
    let calculator = book.calculator()
    for row in 6...8 {
      for column in 2...13 {
        let cell = CellReference(row: row, column: column)
        let stored = summary[cell]
        guard case .formula(_, let cached) = stored, case .number(let number) = cached else {
          Issue.record("\(cell) is no formula: \(stored)")
          continue
        }
        #expect(try calculator.value(of: cell, sheet: 0) == .number(number), "\(cell)")
      }
    }
    #expect(summary["A8"] == "合计")
  }
}
