import Foundation
import Testing
import XLSX

@testable import Forms

@Suite struct ConsolidateRollUpTests {
  let campaign = ConsolidateSample.campaign
  let first = Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign)

  private func read(_ result: Consolidation) throws -> ConsolidatedWorkbook {
    let book = try WorkbookGridReader().read(
      result.workbook().serialized(), format: .xlsx, limits: .default)
    return try #require(ConsolidatedWorkbook(book, file: "市汇总.xlsx", campaign: campaign))
  }

  @Test("Read again, a consolidated workbook gives the units' figures, blanks blank")
  func previous() throws {
    let workbook = try read(first)
    let previous = PreviousFigures(workbook)
    #expect(previous[form: "outreach", unit: "T1"]?["送文艺/场次/线上"] == 3)
    #expect(previous[form: "outreach", unit: "T2"]?["送文艺/场次/线上"] == nil)
    #expect(previous[form: "outreach", unit: "T2"]?["送文艺/场次/线下"] == 8)
    #expect(previous[form: "outreach", unit: "T3"] == nil)
    #expect(previous[form: "campus", unit: "T1"]?["覆盖人数/线上"] == Decimal(string: "0.57"))
  }

  @Test("Merged once more, it gives the same totals, and each figure keeps its first place")
  func rollUp() throws {
    var report = CheckReport(campaign: campaign.id, asOf: ConsolidateSample.date("2024-12-05"))
    report.files = [ConsolidateSample.file("市汇总.xlsx")]
    report.submissions = try read(first).submissions(
      judgedBy: RuleEngine(campaign: campaign, asOf: ConsolidateSample.date("2024-12-05")))
    #expect(report.submissions.map(\.unit?.code) == ["T1", "T2", "T0", "T1", "T3"])
    #expect(report.submissions[0].filledOn == ConsolidateSample.date("2024-11-18"))
    #expect(report.submissions[0].filledBy == "张三")
    #expect(report.submissions[0].phone == "3999920")
    let second = Consolidation(report: report, campaign: campaign)
    for (a, b) in zip(first.forms, second.forms) {
      #expect(a.totals == b.totals)
      #expect(a.reported == b.reported)
      #expect(a.units.map(\.rate) == b.units.map(\.rate))
    }
    let provenance = Provenance(second.forms)
    let position = try #require(second.form("outreach")?.units.firstIndex { $0.unit.code == "T1" })
    let lines = provenance.lines(ofUnit: position, form: "outreach").lines
    let entry = try #require(lines.first { $0.field == "送文艺/场次/线上" })
    #expect(entry.file == "收件/甲.xlsx")
    #expect(entry.cell == "C6")
    #expect(entry.note == "经“市汇总.xlsx”附件2分单位!D6")
  }

  @Test("A total typed over in a consolidated workbook is told, one that adds up is not")
  func typedTotal() throws {
    let engine = RuleEngine(campaign: campaign, asOf: ConsolidateSample.date("2024-12-05"))
    #expect(try read(first).findings(by: engine).isEmpty)
    var book = try WorkbookGridReader().read(first.workbook().serialized(), format: .xlsx, limits: .default)
    let sheet = try #require(book.grids.firstIndex { $0.name == "附件2分单位" })
    let formulas = book.grids[sheet].cells.filter { $0.value.formula != nil }.map(\.key).sorted()
    let total = try #require(formulas.last).row
    let cell = try #require(formulas.first { $0.row == total })
    book.grids[sheet].cells[cell] = GridCell(.number(999))
    let workbook = try #require(ConsolidatedWorkbook(book, file: "市汇总.xlsx", campaign: campaign))
    let findings = workbook.findings(by: engine)
    #expect(findings.map(\.rule) == ["R01"])
    #expect(findings.first?.found == .figure(999))
    #expect(findings.first?.sheet == "附件2分单位")
  }

  @Test("Inserted rows and columns, and a new label on the form, do not keep it from being read")
  func moved() throws {
    var book = try WorkbookGridReader().read(first.workbook().serialized(), format: .xlsx, limits: .default)
    for index in book.grids.indices {
      var moved = book.grids[index]
      moved.name = moved.name.replacing("附件2", with: "附件5")
      moved.cells = GridCells(
        Dictionary(
          uniqueKeysWithValues: moved.cells.map { ($0.key.offset(rows: 2, columns: 1), $0.value) }))
      moved.merges = moved.merges.map {
        CellRange($0.first.offset(rows: 2, columns: 1), $0.last.offset(rows: 2, columns: 1))
      }
      book.grids[index] = moved
    }
    let workbook = try #require(ConsolidatedWorkbook(book, file: "旧.xlsx", campaign: campaign))
    #expect(PreviousFigures(workbook)[form: "outreach", unit: "T1"]?["送文艺/场次/线上"] == 3)
  }

  @Test("An ordinary workbook is none")
  func ordinary() {
    let book = GridBook(format: .xlsx, grids: [Grid(name: "来源"), Grid(name: "附件2")])
    #expect(ConsolidatedWorkbook(book, file: "a.xlsx", campaign: campaign) == nil)
  }
}
