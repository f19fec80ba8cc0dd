import Forms
import Foundation
import Testing
import XLSX

/// Another office's notice, another year, another shape: three levels of columns with subtotals, a total row, decimals,
/// one sheet for five units. Nothing of it is known to the program but these two files.
@Suite("A campaign of another office")
struct TemplateOtherOfficeTests {
  static let campaignFile = """
    id: forest-2026
    title: 某省林业局{year}年造林统计
    office: 某省林业局
    year: 2026
    groups: {north: 北部, south: 南部}
    units:
      - {code: L1, name: 青山林业局, groups: [north]}
      - {code: L2, name: 白水林业局, groups: [north]}
      - {code: L3, name: 黑石林业局, groups: [south]}
    naming: {suffixes: [林业局, 局]}
    words: {totals: [合计, 总计, 小计, 共计]}
    measures:
      亩: {decimals: 2}
      株: {}
    headLines:
      - {role: unit, label: 报送单位, place: above, aliases: [填报单位]}
      - {role: filledOn, label: 报送日期, place: below}
      - {role: filledBy, label: 制表人, place: below}
    forms: [planting.yaml]
    deadlines: {表3: 2027-01-10}
    """

  static let formFile = """
    id: planting
    label: 表3
    title: "{year}年度造林面积统计表"
    rows:
      - 春季
      - 秋季
      - {name: 全年, total: [春季, 秋季]}
    columns:
      - name: 人工造林
        measure: 亩
        children: &kinds
          - {name: 乔木, children: &owners [国有, 集体, {name: 小计, total: [国有, 集体]}]}
          - {name: 灌木, children: *owners}
          - {name: 合计, total: [乔木/小计, 灌木/小计]}
      - name: 封山育林
        printed: 封山育林（亩）
        measure: 亩
      - {name: 四旁植树, printed: 四旁植树（株）, measure: 株}
    layout: {landscape: true, textSize: 12, rowHeight: 30}
    """

  private func inFolder(_ body: (URL, Campaign) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(Self.campaignFile, to: "campaign.yaml")
    try folder.write(Self.formFile, to: "planting.yaml")
    try body(folder.url, Campaign.load(folder.url.path, workingDirectory: folder.url))
  }

  @Test("loads with the sums of every level and both axes")
  func equations() throws {
    try inFolder { _, campaign in
      let form = try #require(campaign.form("表3"))
      #expect(form.fields.count == 3 * 9 && form.fields.filter(\.isInput).count == 2 * 6)
      // Three sums a row in three rows, and one a column in nine columns.
      #expect(form.equations.count == 3 * 3 + 9)
      #expect(
        form.equations.contains(
          Equation(total: "春季/人工造林/合计", parts: ["春季/人工造林/乔木/小计", "春季/人工造林/灌木/小计"], axis: .columns)))
    }
  }

  @Test("its blank form is filled in and read back, every figure and every total")
  func roundTrip() throws {
    try inFolder { folder, campaign in
      let form = try #require(campaign.form("表3"))
      let book = try BlankForm.workbook(for: form, campaign: campaign, unit: campaign.unit(code: "L2"))
      let sheet = try book.sheet(named: "表3")
      #expect(sheet["A3"] == "报送单位：" && sheet["A7"] == "春季" && sheet["A9"] == "全年")
      // Columns B to H are 人工造林, I is 封山育林, J is 四旁植树; rows 7 and 8 are to fill in.
      let spring: [Double] = [10.5, 20, 30.5, 1, 2.25, 3.25, 33.75, 7, 900]
      let autumn: [Double] = [4.5, 5, 9.5, 6, 7.75, 13.75, 23.25, 3, 100]
      for (row, figures) in [(7, spring), (8, autumn), (9, zip(spring, autumn).map(+))] {
        for (index, figure) in figures.enumerated() {
          let cell = CellReference(row: row, column: index + 2)
          if let formula = sheet[cell].formula {
            sheet[cell] = .formula(formula, cached: .number(figure))
          } else {
            sheet[cell] = .number(figure)
          }
        }
      }
      let inbox = folder.appendingPathComponent("收件")
      try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
      try book.save(to: inbox.appendingPathComponent("白水.xlsx"))
      let report = try CheckRun.check(
        paths: [inbox.path], campaign: campaign, asOf: CalendarDate(iso: "2026-12-20") ?? .epoch)
      let submission = try #require(report.submissions.first)
      #expect(submission.form == "planting" && submission.unit?.code == "L2")
      #expect(submission.figure("春季/人工造林/灌木/集体")?.description == "2.25")
      #expect(submission.figure("全年/人工造林/合计")?.description == "57")
      #expect(submission.figure("秋季/四旁植树") == 100)
      #expect(submission.readings.allSatisfy { $0.figure != nil })
      #expect(submission.findings.filter { $0.severity == .error }.map(\.rule) == [])
    }
  }
}
