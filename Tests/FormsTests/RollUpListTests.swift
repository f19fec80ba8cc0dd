import Foundation
import Testing
import XLSX

@testable import Forms

/// Lists as cities consolidate them and a province does again; lists beside last year's.
@Suite struct RollUpListTests {
  private static func campaign(_ office: String, _ units: [String]) throws -> Campaign {
    var campaign = try ListSample().campaign
    campaign.office = office
    campaign.units = units.map { ReportingUnit(code: $0, name: $0) }
    campaign.targets = []
    campaign.outsideUnits = []
    campaign.forms = campaign.forms.filter { $0.kind == .list }
    for index in campaign.forms.indices { campaign.forms[index].dueFrom = units }
    return campaign
  }

  /// A unit's trees: `| 银杏 | '001 | 一级 | 500 | 200 | 700 |`.
  private static func report(
    _ campaign: Campaign, _ lists: KeyValuePairs<String, String>
  ) throws -> CheckReport {
    let engine = RuleEngine(campaign: campaign, asOf: try #require(CalendarDate(iso: "2025-11-30")))
    var report = CheckReport(campaign: campaign.id, asOf: engine.asOf)
    for (unit, lines) in lists {
      let sheet = ListSample.head.replacing("东段管理所", with: unit) + lines
      let book = GridBook(format: .xlsx, grids: [Grid.drawn(sheet, name: "台账")])
      let located = try #require(FormLocator(campaign).locate(in: book).first)
      var submission = FormReader(campaign).read(located, in: book, file: "收件/\(unit).xlsx")
      engine.judge(&submission)
      report.submissions.append(submission)
      report.files.append(ConsolidateSample.file("收件/\(unit).xlsx"))
    }
    return report
  }

  private static func city(_ name: String, _ units: [String], _ lists: KeyValuePairs<String, String>) throws
    -> [UInt8]
  {
    let campaign = try campaign(name, units)
    return try Consolidation(report: report(campaign, lists), campaign: campaign).workbook().serialized()
  }

  private static let first = """
    | 1 | 银杏 | '001 | 一级 | 500 | 200 | 700 | 2025-03-12 | 是 | 85% | 3999920 |
    | 2 | 国槐 | '002 | 特级 | 0.1 | 0.2 | 0.3 | | 否 | | |
    """
  private static let second = "| 1 | 侧柏 | '003 | 三级 | 30 | 4 | 34 | | | | |"

  private static func province() throws -> Consolidation {
    let campaign = try campaign("某省总工会", ["甲市总工会", "乙市总工会"])
    let cities: KeyValuePairs<String, [UInt8]> = [
      "甲市总工会.xlsx": try city("甲市总工会", ["子县总工会", "教育工会", "丑县总工会"], ["子县总工会": first, "教育工会": second]),
      "乙市总工会.xlsx": try city("乙市总工会", ["教育工会"], ["教育工会": "| 1 | 油松 | '004 | 二级 | 7 | 8 | 15 | | | | |"]),
    ]
    return Consolidation(report: try RollUpSample.check(cities, campaign: campaign), campaign: campaign)
  }

  @Test("each unit keeps its lines, what was wrong in them, and where they were first reported")
  func lines() throws {
    let form = try #require(Self.province().form("trees"))
    #expect(form.units.map(\.unit.name) == ["子县总工会", "教育工会（甲市总工会）", "丑县总工会", "教育工会（乙市总工会）"])
    #expect(form.units.map { $0.lines?.rows } == [2, 1, nil, 1])
    #expect(form.missing.map(\.name) == ["丑县总工会"])
    #expect(form.listSums?.inputs["经费/养护"] == Decimal(string: "537.1"))
    #expect(form.offices.map { $0.figures.lines?.rows } == [3, 1])
    #expect(form.offices.map { $0.figures.figures["经费/小计"] } == [Decimal(string: "734.3"), 15])
    #expect(form.levels.map(\.reported) == [2, 3] && form.levels.map(\.expected) == [2, 4])
    let trees = try #require(form.units[0].submission)
    let lines = try #require(trees.list?.lines)
    #expect(lines.values(0)[7] == .date(CalendarDate(iso: "2025-03-12") ?? .epoch))
    #expect(
      lines.values(1)[8] == .truth(false) && lines.values(0)[9] == .figure(Decimal(string: "0.85") ?? 0))
    #expect(lines.origin(of: 1)?.place.file == "收件/子县总工会.xlsx" && lines.origin(of: 1)?.row == 6)
    // 特级 is no choice: it is still told, in the city's workbook.
    #expect(trees.findings.contains { $0.rule == "L02" && $0.sheet == "表1明细" && $0.row == 5 })
  }

  @Test("the province's workbook has the offices' sums, and is read again one level up with the same figures")
  func workbook() throws {
    let province = try Self.province()
    let bytes = try province.workbook().serialized()
    let book = try WorkbookGridReader().read(bytes, format: .xlsx, limits: .default)
    let offices = try #require(book.grids.first { $0.name == "表1分级" })
    func value(_ row: Int, _ column: Int) -> GridValue? {
      let cell = offices.cells[CellReference(row: row, column: column)]
      if case .value(let value)? = cell?.computed { return value }
      return cell?.value
    }
    #expect((4...6).map { value($0, 2)?.words ?? "" } == ["甲市总工会", "乙市总工会", ""])
    #expect((4...6).map { value($0, 3)?.words } == ["2/3", "1/1", "3/4"])
    #expect((4...6).map { value($0, 4)?.words } == ["3", "1", "4"])
    #expect((4...6).map { value($0, 7)?.words } == ["734.3", "15", "749.3"])
    let campaign = try Self.campaign("全国总工会", ["某省总工会"])
    let country = Consolidation(
      report: try RollUpSample.check(["某省总工会.xlsx": bytes], campaign: campaign), campaign: campaign)
    let form = try #require(country.form("trees"))
    #expect(form.totals == province.form("trees")?.totals)
    #expect(form.units.map(\.pathText) == ["甲市", "甲市", "甲市", "乙市"].map { "某省总工会/\($0)总工会" })
    #expect(
      form.units.compactMap { $0.submission?.list?.lines.origin(of: 0)?.place.file }.last == "收件/教育工会.xlsx")
  }

  @Test("a row of sums that is typed over is told")
  func typedOver() throws {
    let campaign = try Self.campaign("甲市总工会", ["子县总工会"])
    let book = try Consolidation(report: Self.report(campaign, ["子县总工会": Self.second]), campaign: campaign)
      .workbook()
    let sheet = try book.sheet(named: "表1汇总")
    let total = try #require((6...20).first { sheet["A\($0)"] == .text("合计") })
    sheet[CellReference(row: total, column: 2)] = .number(9)
    sheet[CellReference(row: total, column: 3)] = .number(31)
    let above = try Self.campaign("某省总工会", ["甲市总工会"])
    let report = try RollUpSample.check(["甲市总工会.xlsx": book.serialized()], campaign: above)
    let told = report.allFindings.filter { $0.rule == "R01" }
    #expect(told.map(\.field) == ["经费/养护", "行数"] && told.map(\.expected) == [30, 1])
  }

  @Test(
    "last year's lines and sums stand beside this year's; a list that has grown fivefold, or not at all, is told"
  )
  func lastYear() throws {
    let campaign = try Self.campaign("甲市总工会", ["子县总工会", "丑县总工会"])
    let before = try Self.city("甲市总工会", ["子县总工会", "丑县总工会"], ["子县总工会": Self.second, "丑县总工会": Self.first])
    let book = try WorkbookGridReader().read(before, format: .xlsx, limits: .default)
    let previous = PreviousFigures(
      try #require(ConsolidatedWorkbook(book, file: "2024汇总.xlsx", campaign: campaign)))
    let engine = RuleEngine(
      campaign: campaign, asOf: try #require(CalendarDate(iso: "2025-11-30")), previous: previous)
    var report = try Self.report(
      campaign, ["子县总工会": "| 1 | 侧柏 | '003 | 三级 | 150 | 20 | 170 | | | | |", "丑县总工会": Self.first])
    for index in report.submissions.indices { engine.judge(&report.submissions[index]) }
    let told = report.submissions.map { $0.findings.filter { $0.rule.hasPrefix("Y") } }
    #expect(told[0].map(\.rule) == ["Y01", "Y01", "Y01"])
    #expect(told[0].first?.message.chinese == "经费 养护150，与上年30相比变化+400%，请说明")
    #expect(told[1].map(\.rule) == ["Y02"])
    let form = try #require(
      Consolidation(report: report, campaign: campaign, previous: previous).form("trees"))
    #expect(form.units.map { $0.previousLines?["行数"] } == [1, 2])
    #expect(form.listYear?.previous["经费/小计"] == Decimal(string: "734.3"))
    #expect(form.listYear?.current["经费/小计"] == Decimal(string: "870.3"))
    // 丑县 has a figure that is to be corrected.
    let words = PageWords(.chinese)
    let narrative = FormNarrative(
      form, wording: campaign.correspondence.report, words: words, asOf: report.asOf)
    let said = narrative.parts.first { $0.heading == "与上年比较" }?.paragraphs
    #expect(
      said == [
        "两年均有数字的1个单位：清单上年、本年均为1条；经费小计上年34元，本年170元，增加136元，增长400.0%。另有1个单位的数字待更正，未列入比较。"
      ])
  }
}
