import Foundation
import Testing
import XLSX

@testable import Forms

/// `任务完成情况` with everything it can show: the small campaign of ``ConsolidateSample`` with channels and kinds named in
/// its forms, and last year's figures.
@Suite struct ConsolidateCompletionTests {
  /// 甲县 21 of 20 sessions, 5 of them 线上; 乙县 11 of 20 (its blank 线上 counts as nothing); 丙区 did not report.
  private func sheet(named name: String, previous: PreviousFigures? = nil, saved: Bool = true) throws
    -> Worksheet
  {
    var campaign = ConsolidateSample.campaign
    for index in campaign.forms.indices {
      campaign.forms[index].rules.channels = ["线上", "线下"].map { way in
        let fields = campaign.forms[index].fields.map(\.key).filter { $0.path.last == way[...] }
        return .init(name: way, fields: fields)
      }
    }
    campaign.forms[0].rules.kinds = ["送文艺", "送电影"].map {
      .init(name: $0, fields: [FieldKey(rawValue: "\($0)/场次/合计")])
    }
    let made = try Consolidation(report: ConsolidateSample.report, campaign: campaign, previous: previous)
      .workbook()
    // Charts are kept, not read: they are looked at before the workbook is saved.
    return try (saved ? Workbook(bytes: made.serialized()) : made).sheet(named: name)
  }

  private func words(_ sheet: Worksheet, row: Int) -> [String?] {
    guard let range = sheet.usedRange else { return [] }
    return range.columns.map { sheet[CellReference(row: row, column: $0)].text }
  }

  @Test("After the contract's columns come rank, shares and kinds")
  func columns() throws {
    let tasks = try sheet(named: "任务完成情况")
    #expect(
      words(tasks, row: 3) == ["单位", "目标场次", "完成场次", "完成率", "差额", "名次", "线上占比", "线下占比", "开展种类", "备注"])
    #expect(tasks["F4"].number == 1)
    // An error is open about 乙县's sessions: its rate is shown, and it is not ranked.
    #expect(tasks["D5"].number == 0.55 && tasks["F5"].result == .text("") && tasks["J5"].text == "待更正")
    // 丙区 has no rate and so no rank; it takes nobody's.
    #expect(tasks["F6"].result == .text(""))
    // 5 of 21, and the rest of it: what is shown adds up to 100 %.
    #expect(tasks["G4"].number == 0.238 && tasks["H4"].number == 0.762)
    #expect(tasks["I4"].number == 2 && tasks.style(at: "I4").numberFormat == "0\"/2\"")
    // 市总本级 held 送文艺 only.
    #expect(tasks["A8"].text == "某市总工会（无指标）" && tasks["I8"].number == 1)
    // The total's share is taken from the units' figures, 6 of 32, not from their rounded shares.
    #expect(tasks["G7"].number == 0.188)
  }

  @Test("Equal rates share a rank, and the next one is left out")
  func ranks() {
    let third = Decimal(1) / 3
    #expect(CompletionSheet.ranks([third, 1, nil, Decimal(20) / 60, 2]) == [3, 2, nil, 3, 1])
    #expect(CompletionSheet.ranks([1, 1, third]) == [1, 1, 3])
  }

  @Test("Without an open error there is no remark, and RANK ranks")
  func settled() throws {
    var report = ConsolidateSample.report
    report.submissions[0].findings.removeAll { $0.severity == .error }
    let book = try Consolidation(report: report, campaign: ConsolidateSample.campaign).workbook()
    let tasks = try book.sheet(named: "任务完成情况")
    #expect(!words(tasks, row: 3).contains("备注"))
    #expect(tasks["F4"] == .formula("IF(D4=\"\",\"\",RANK(D4,$D$4:$D$6))", cached: 1))
    #expect(tasks["F5"].number == 2)
    #expect(tasks.charts[0].series[1].cachedValues == [21, 11, nil])
  }

  @Test("A figure under an open error is in the sums, which say so; headlines show the value without it")
  func disputed() throws {
    let result = Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign)
    let form = result.forms[0]
    // 乙县's 8 sessions of 送文艺 are in doubt with the cell beside them that is blank; its 3 of 送电影 are not.
    #expect(form.units[1].disputed == ["送文艺/场次/线上", "送文艺/场次/合计"])
    #expect(form.completed == 32 && form.settled == 32 && form.isDisputed)
    #expect(form.rateText(in: .chinese) == "64.0%（另有待更正数未计）")
    let book = try result.workbook()
    let summary = try book.sheet(named: "附件2汇总")
    let texts = (summary.usedRange?.rows ?? 1...1).compactMap {
      summary[CellReference(row: $0, column: 1)].text
    }
    #expect(texts.contains { $0.contains("（含待更正数）") })
    #expect(summary.style(at: "C6").fill == SheetLook.errorFill && summary.style(at: "D6").fill == .none)
  }

  @Test("Rates have bars, and below the table stands a chart of targets and results with its values")
  func chart() throws {
    let tasks = try sheet(named: "任务完成情况", saved: false)
    #expect(
      tasks.conditionalFormats.contains {
        // Full at the highest rate, 21 of 20.
        $0.ranges == ["D4", "D6"]
          && $0.rule
            == .dataBar(DataBar(SheetLook.barColor, from: .number(0), to: .number(1.05), solid: true))
      })
    let chart = try #require(tasks.charts.first)
    #expect(chart.series.map(\.name) == ["目标场次", "完成场次"])
    #expect(chart.series.map(\.values) == ["('任务完成情况'!$B$4,'任务完成情况'!$B$6)", "('任务完成情况'!$C$4,'任务完成情况'!$C$6)"])
    #expect(chart.series.map(\.cachedValues) == [[20, 10], [21, nil]])
    #expect(chart.area.first.row > (tasks.usedRange?.last.row ?? 0))
    // On a page of their own what the sessions were, of every unit with a row, and how they were held.
    #expect(tasks.charts.map(\.stacking) == [.clustered, .stacked, .percentStacked])
    #expect(tasks.charts[1].series.map(\.name) == ["送文艺", "送电影"])
    #expect(tasks.charts[1].series[0].values == "('附件2分单位'!$F$6,'附件2分单位'!$F$8:$F$9)")
    #expect(tasks.charts[1].series[0].cachedValues == [15, nil, 5])
    let pageEnd = try #require(tasks.pageSetup.rowBreaks.last)
    #expect(chart.area.last.row <= pageEnd && tasks.charts[1].area.first.row > pageEnd)
  }

  @Test("人次 in 万人次: the parts shown add up to the total shown")
  func rounded() throws {
    let coverage = try sheet(named: "附件3完成情况")
    // 甲县 10000 人次 and, without a target, 丙区 2000.
    #expect(words(coverage, row: 3).last == "折合万人次")
    let column = try #require(words(coverage, row: 3).firstIndex(of: "折合万人次")) + 1
    let figures = (4...8).map { coverage[CellReference(row: $0, column: column)].number }
    #expect(figures == [1, nil, 1, 0.2, 1.2])
    // Cut off, 0.33 + 0.33 + 0.33 lack a step of 1.00; it goes to who lost most, of equals to the first.
    #expect(RoundedParts.steps([3334, 3333, 3333], step: 100, total: 100) == [34, 33, 33])
    #expect(RoundedParts.steps([3333, nil, 3333, 3334], step: 100, total: 100) == [33, nil, 33, 34])
    #expect(RoundedParts.steps([150, 150, 150, 150], step: 100, total: 6) == [2, 2, 1, 1])
    #expect(RoundedParts.steps([200, 300], step: 100, total: 5) == [2, 3])
  }

  @Test("The rounding of 人次 by formula gives what is stored with it")
  func roundedFormula() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    // Parts that cut off lose 50, 80, 80 and 90; a unit that has not reported holds an empty text.
    for (row, figure) in [(1, 150.0), (2, 280), (4, 380), (5, 190)] {
      sheet[CellReference(row: row, column: 1)] = .number(figure)
    }
    sheet["A3"] = .text("")
    sheet["B6"] = .number(0.1)
    let cells: CellRange = "A1:A5"
    for row in 1...5 {
      let cell = CellReference(row: row, column: 1)
      let formula = RoundedParts.formula(cell, among: cells, total: "$B$6", step: 100)
      sheet[CellReference(row: row, column: 2)] = .formula(
        Formula(formula, arrayRange: CellRange(CellReference(row: row, column: 2))), cached: .empty)
    }
    #expect(
      RoundedParts.steps([150, 280, nil, 380, 190], step: 100, total: 10) == [1, 3, nil, 4, 2])
    let evaluator = book.calculator()
    let values = try (1...5).map { try evaluator.value(of: CellReference(row: $0, column: 2), sheet: 0) }
    #expect(values == [.number(0.01), .number(0.03), .text(""), .number(0.04), .number(0.02)])
  }

  @Test("Last year stands beside this year; the total's growth compares who has both")
  func previous() throws {
    var previous = PreviousFigures(file: "汇总/2023年终汇总.xlsx")
    previous[form: "outreach", unit: "T1"] = ["送文艺/场次/线下": 10, "送电影/场次/线下": 4]
    previous[form: "outreach", unit: "T3"] = ["送文艺/场次/线下": 30]
    let tasks = try sheet(named: "任务完成情况", previous: previous)
    #expect(words(tasks, row: 3).suffix(4) == ["上年完成", "增减", "增幅", "备注"])
    // 甲县 21 after 14; 乙县 was not there, 丙区 has not reported yet.
    #expect(tasks["J4"].number == 14 && tasks["K4"].number == 7 && tasks["L4"].number == 0.5)
    #expect(tasks["J5"].isEmpty && tasks["K5"].result == .text(""))
    #expect(tasks["J6"].number == 30 && tasks["K6"].result == .text(""))
    #expect(tasks["J7"].number == 44 && tasks["K7"].number == 7 && tasks["L7"].number == 0.5)
    let coverage = try sheet(named: "附件3完成情况", previous: previous)
    #expect(!words(coverage, row: 3).contains("上年完成"))
  }

  @Test("Every formula gives the value stored with it, and follows when a unit's figure is corrected")
  func alive() throws {
    let made = try Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign)
      .workbook()
    var formulas = 0
    let calculator = made.calculator()
    for (position, info) in made.sheets.enumerated() {
      let sheet = try made.sheet(named: info.name)
      for row in sheet.usedRange?.rows ?? 1...1 {
        for column in sheet.usedRange?.columns ?? 1...1 {
          let cell = CellReference(row: row, column: column)
          guard case .formula(_, let cached) = sheet[cell] else { continue }
          formulas += 1
          let value = try calculator.value(of: cell, sheet: position)
          if let number = cached.number {
            #expect(abs((value.number ?? .nan) - number) < 1e-9, "\(info.name) \(cell)")
          } else {
            #expect(value == cached, "\(info.name) \(cell)")
          }
        }
      }
    }
    #expect(formulas > 60)

    // 乙县's 送文艺 线上 was blank; with 12 there it has 23 of 20 and passes 甲县's 21.
    try made.sheet(named: "附件2分单位")["D7"] = 12
    let after = made.calculator()
    let tasks = try #require(made.sheets.firstIndex { $0.name == "任务完成情况" })
    let summary = try #require(made.sheets.firstIndex { $0.name == "附件2汇总" })
    #expect(try after.value(of: "C5", sheet: tasks) == 23)
    #expect(try after.value(of: "E5", sheet: tasks) == -3)
    // It is ranked once its remark is taken away.
    #expect(try ["F4", "F5"].map { try after.value(of: $0, sheet: tasks) } == [1, .text("")])
    try made.sheet(named: "任务完成情况")["G5"] = .empty
    let ranked = made.calculator()
    #expect(try ["F4", "F5"].map { try ranked.value(of: $0, sheet: tasks) } == [2, 1])
    #expect(try after.value(of: "C7", sheet: tasks) == 44)
    #expect(try after.value(of: "C6", sheet: summary) == 16)
    #expect(try after.value(of: "E6", sheet: summary) == 40)
  }

  @Test("What a target counts is read from the annex's heading, for any measure")
  func countWords() {
    func word(_ heading: String, _ unit: String, base: String? = nil) -> String {
      CompletionTable.countWord(heading: heading, measure: Measure(unit: unit, baseUnit: base))
    }
    #expect(word("活动场次", "场") == "场次")
    #expect(word("覆盖人数(人次)", "万人次", base: "人次") == "人次")
    #expect(word("造林面积（亩）", "亩") == "亩")
    #expect(word("经费", "万元", base: "元") == "（元）")
  }
}
