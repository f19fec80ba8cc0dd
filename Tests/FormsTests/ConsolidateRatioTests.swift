import Foundation
import Testing
import XLSX

@testable import Forms

/// Rates of several units are weighted or left out, never added.
@Suite("Ratios")
struct ConsolidateRatioTests {
  /// 讲座 and 培训, each with 场次, 人数 and a rate.
  private func form(weight: String?, printed: String, measure: String) -> FormDefinition {
    var rate = Heading(name: "满意情况", printed: printed, measure: Measure(unit: measure, decimals: 1))
    rate.weight = weight
    return FormDefinition(
      id: "rates", label: "附表1", title: "服务情况统计表", deadline: ConsolidateSample.date("2024-11-20"),
      dueFrom: ["T1", "T2"], rows: [Heading(name: "讲座"), Heading(name: "培训")],
      columns: [
        Heading(name: "场次", measure: Measure(unit: "场")), Heading(name: "人数", measure: Measure(unit: "人")),
        rate,
      ], headLines: ConsolidateSample.headLines)
  }

  /// 甲县: 90 % of 100 people and 80 % of 50; 乙县: 60 % of 200 people, and no rate of its 40.
  private func merged(_ form: FormDefinition) throws -> (totals: [FieldKey: Decimal], sheet: Worksheet) {
    let units = Array(ConsolidateSample.units.prefix(2))
    let campaign = Campaign(
      id: "rates-2024", title: "服务统计", office: "某市", year: 2024, units: units, forms: [form])
    let report = CheckReport(
      campaign: campaign.id, asOf: ConsolidateSample.date("2024-12-05"),
      files: [ConsolidateSample.file("甲.xlsx"), ConsolidateSample.file("乙.xlsx")],
      submissions: [
        ConsolidateSample.submission(
          form, of: units[0], file: "甲.xlsx", figures: ["4", "100", "90", "2", "50", "80"]),
        ConsolidateSample.submission(
          form, of: units[1], file: "乙.xlsx", figures: ["6", "200", "60", "3", "40", nil]),
      ])
    let result = Consolidation(report: report, campaign: campaign)
    return (result.forms[0].totals, try result.workbook().sheet(named: "附表1汇总"))
  }

  @Test(
    "A rate without a weight has no total, whether % says so or its name",
    arguments: [
      ("满意率（%）", "分"), ("满意情况", "%"), ("占比", "分"),
    ])
  func unweighted(printed: String, measure: String) throws {
    let (totals, sheet) = try merged(form(weight: nil, printed: printed, measure: measure))
    #expect(totals["讲座/人数"] == 300 && totals["讲座/满意情况"] == nil)
    #expect(words(sheet).filter { $0 == "—" }.count == 2)
  }

  @Test("Weighted by people: 90 % of 100 and 60 % of 200 are 70 %; a rate that is not there weighs nothing")
  func weighted() throws {
    let (totals, _) = try merged(form(weight: "人数", printed: "满意率", measure: "%"))
    #expect(totals["讲座/满意情况"] == 70 && totals["培训/满意情况"] == 80)
  }

  @Test("A count is added up although its heading has such a word inside it")
  func count() throws {
    let (totals, _) = try merged(form(weight: nil, printed: "提高效率的建议", measure: "条"))
    #expect(totals["讲座/满意情况"] == 150)
  }

  private func words(_ sheet: Worksheet) -> [String] {
    guard let range = sheet.usedRange else { return [] }
    return range.rows.flatMap { row in
      range.columns.compactMap { sheet[CellReference(row: row, column: $0)].text }
    }
  }
}
