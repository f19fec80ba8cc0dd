import Foundation
import Testing
import XLSX

@testable import Forms

/// A list is held against targets too: of its lines, or of a column.
@Suite struct ListTargetTests {
  private static let form = """
    id: trainees
    label: 表1
    title: "{year}年学员名册"
    kind: list
    measures: {天: {}}
    columns:
      - {name: 序号, type: index}
      - {name: 姓名, type: text}
      - {name: 天数, measure: 天}
      - {name: 备注, type: text}
    rows: {counted: 人}
    rules: {target: {shortfall: G01, excess: 3}}
    """

  private func sample(_ fields: String) throws -> ListSample {
    try ListSample(form: Self.form, fields: fields)
  }

  private func read(_ fields: String, days: String = "3") throws -> (
    report: CheckReport, campaign: Campaign
  ) {
    let sample = try sample(fields)
    let submissions = sample.read([
      """
      | 2025年学员名册 |
      | 报送单位：东段管理所 |
      | 序号 | 姓名 | 天数 | 备注 |
      | 1 | 甲 | \(days) | |
      | 2 | 乙 | 4 | |
      | 合计 | | 7 | |
      """
    ])
    let report = CheckReport(
      campaign: sample.campaign.id, asOf: sample.engine.asOf, submissions: submissions)
    return (report, sample.campaign)
  }

  @Test(arguments: [("[行数]", Decimal(2)), ("[天数]", Decimal(7)), ("[合计/天数]", Decimal(7))])
  func linesOrAColumnCount(fields: String, done: Decimal) throws {
    let (report, campaign) = try read(fields)
    #expect(report.submissions.map(\.unit?.name) == ["东段管理所"])
    let table = try #require(campaign.targets(for: campaign.forms[0]))
    let goal = try #require(table.targets[report.submissions[0].unit?.code ?? ""])
    let told = report.submissions[0].findings.filter { $0.rule == "G01" || $0.rule == "G02" }
    #expect(told.first?.found == (Decimal(goal) > done || done > 3 * Decimal(goal) ? .figure(done) : nil))
    let consolidation = Consolidation(report: report, campaign: campaign)
    #expect(consolidation.forms[0].completed == done)
    // Calculated from the sheet of sums.
    let book = try consolidation.workbook()
    let name = try #require(book.sheets.map(\.name).first { $0.contains("完成") })
    let sheet = try book.sheet(named: name)
    let cells = (4...12).compactMap { row -> String? in
      if case .formula(let formula, _) = sheet[CellReference(row: row, column: 3)] {
        formula.text
      } else {
        nil
      }
    }
    #expect(cells.contains { $0.contains("'表1汇总'!") })
  }

  /// Figures of which one cannot be read say nothing of the whole, however far the rest falls short.
  @Test(arguments: [("3", true), ("三四天", false)])
  func aSumThatLacksAFigureIsHeldAgainstNothing(days: String, isTold: Bool) throws {
    let (report, _) = try read("[天数]", days: days)
    #expect(report.submissions[0].findings.contains { $0.rule == "G01" || $0.rule == "G02" } == isTold)
  }

  @Test(arguments: ["[姓名]", "[人数]", "[行数, 天数]"])
  func whatCannotCountIsRefused(fields: String) {
    #expect(throws: FormsError.self) { try sample(fields) }
  }
}
