import Foundation
import Testing
import XLSX

@testable import Forms

/// County → city → province: what becomes of a workbook that is merged again one level up.
@Suite struct RollUpTests {
  typealias Sample = RollUpSample

  private func merged(_ files: KeyValuePairs<String, [UInt8]>, campaign: Campaign = Sample.province) throws
    -> Consolidation
  {
    Consolidation(report: try Sample.check(files, campaign: campaign), campaign: campaign)
  }

  @Test("A province that lists its cities gets their units' rows, names told apart by the office")
  func levels() throws {
    let result = try merged(["甲市.xlsx": Sample.firstCity(), "乙市.xlsx": Sample.secondCity()])
    let form = try #require(result.form("outreach"))
    #expect(
      Sample.events(form) == [
        "子县总工会": 1, "丑县总工会": 2, "教育工会（甲市总工会）": 3, "教育工会（乙市总工会）": 10, "乙市总工会（本级）": 4,
      ])
    #expect(form.totals["送文艺/场次/线下"] == 20)
    #expect(form.top.map(\.unit.name) == ["甲市总工会", "乙市总工会", "丙市总工会"])
    #expect(form.top.map { $0.figures["送文艺/场次/线下"] } == [6, 14, nil])
    // Cities 2 of 3; of the units that are known, 寅县 alone is missing.
    #expect(form.levels == [.init(reported: 2, expected: 3), .init(reported: 4, expected: 5)])
    #expect(form.missing.map(\.name) == ["寅县总工会", "丙市总工会"])
    #expect(form.titleLine("汇总表") == "汇总表（已报2/3，下级4/5）")
    let rules = result.report.allFindings.filter { $0.form == "outreach" }.map {
      "\($0.rule) \($0.unit ?? "")"
    }
    #expect(rules.filter { $0.hasPrefix("D02") } == ["D02 寅县总工会", "D02 丙市总工会"])
    #expect(!rules.contains { $0.hasPrefix("R0") || $0.hasPrefix("D06") || $0.hasPrefix("D07") })
  }

  @Test("Each figure keeps the file, sheet and cell of the form it was reported on, through two levels")
  func provenance() throws {
    let province = try merged(["甲市.xlsx": Sample.firstCity(), "乙市.xlsx": Sample.secondCity()])
    let country = Sample.campaign(
      "全国总工会", [ReportingUnit(code: "P", name: "某省总工会")])
    let result = try merged(["省.xlsx": province.workbook().serialized()], campaign: country)
    let form = try #require(result.form("outreach"))
    #expect(form.totals == province.form("outreach")?.totals)
    #expect(form.levels.map(\.reported) == [1, 2, 4])
    #expect(form.levels.map(\.expected) == [1, 3, 5])
    let position = try #require(form.units.firstIndex { $0.unit.name == "教育工会（乙市总工会）" })
    #expect(form.units[position].pathText == "某省总工会/乙市总工会")
    let lines = Provenance(result.forms).lines(ofUnit: position, form: "outreach").lines
    let entry = lines.first { $0.field == "送文艺/场次/线下" }
    #expect(entry?.file == "收件/教育工会.xlsx")
    #expect(entry?.sheet == "Sheet1")
    #expect(entry?.cell == "D6")
    #expect(entry?.note.contains("省.xlsx") == true)
  }

  @Test("Merging the cities' workbooks gives what merging all their forms gives, figure by figure")
  func equality() throws {
    let listed = Sample.campaign(
      "某省总工会",
      [
        ReportingUnit(code: "A", name: "甲市总工会"), ReportingUnit(code: "A1", name: "子县总工会", parent: "A"),
        ReportingUnit(code: "A2", name: "丑县总工会", parent: "A"),
        ReportingUnit(code: "A3", name: "教育工会（甲市总工会）", ownName: "教育工会", parent: "A"),
        ReportingUnit(code: "B", name: "乙市总工会"), ReportingUnit(code: "B1", name: "寅县总工会", parent: "B"),
        ReportingUnit(code: "B2", name: "教育工会（乙市总工会）", ownName: "教育工会", parent: "B"),
      ])
    let forms = [
      try Sample.form("子县总工会", in: listed, events: 1), try Sample.form("丑县总工会", in: listed, events: 2),
      try Sample.form("教育工会（甲市总工会）", in: listed, events: 3),
      try Sample.form("教育工会（乙市总工会）", in: listed, events: 10),
    ]
    var report = CheckReport(campaign: listed.id, asOf: ConsolidateSample.date("2024-12-05"))
    report.submissions = forms
    let direct = try #require(Consolidation(report: report, campaign: listed).form("outreach"))
    let second = try Sample.workbook(Sample.second, [Sample.form("教育工会", in: Sample.second, events: 10)])
    let rolled = try #require(
      merged(["甲市.xlsx": Sample.firstCity(), "乙市.xlsx": second], campaign: listed).form("outreach"))
    #expect(rolled.totals == direct.totals)
    #expect(rolled.units.map(\.unit.code) == direct.units.map(\.unit.code))
    #expect(rolled.units.map(\.figures) == direct.units.map(\.figures))
    #expect(rolled.offices.map(\.figures.figures) == direct.offices.map(\.figures.figures))
    #expect(rolled.levels == direct.levels)
  }

  @Test("The workbook of three levels adds up: each office's row is a formula over its units' rows")
  func workbook() throws {
    let result = try merged(["甲市.xlsx": Sample.firstCity(), "乙市.xlsx": Sample.secondCity()])
    let book = try WorkbookGridReader().read(
      result.workbook().serialized(), format: .xlsx, limits: .default)
    let offices = try #require(book.grids.first { $0.name == "附件2分级" })
    func value(_ cell: CellReference) -> GridValue? {
      if case .value(let value)? = offices.cells[cell]?.computed { value } else { offices.cells[cell]?.value }
    }
    // 序号, 单位, 已报/应报, then 送文艺 场次 线上, 线下.
    let names = (6...9).map { offices.cells[CellReference(row: $0, column: 2)]?.value.words }
    #expect(names == ["甲市总工会", "乙市总工会", "丙市总工会", nil])
    #expect((6...9).map { value(CellReference(row: $0, column: 3))?.words } == ["3/3", "1/2", "0/1", "4/6"])
    #expect((6...9).map { value(CellReference(row: $0, column: 5))?.words } == ["6", "14", "", "20"])
    #expect(offices.cells["E6"]?.formula?.contains("附件2分单位") == true)
    #expect(offices.cells["E6"]?.value == value("E6"))
  }

  @Test("R04: an error that a city knew of and passed on marks the figure above too, and two levels above")
  func openErrors() throws {
    var form = try Sample.form("子县总工会", in: Sample.first, events: 1)
    // 11 was written as “十一左右”: the figures alone do not show it.
    var finding = RuleCatalogue.finding(
      "C02", file: form.file, form: form.form, unit: "子县总工会",
      ["field": MessageValue("送文艺 场次 线上"), "value": MessageValue("十一左右")])
    finding.severity = .error
    finding.field = "送文艺/场次/线上"
    form.findings = [finding]
    let city = try Sample.workbook(
      Sample.first, [form, Sample.form("丑县总工会", in: Sample.first, events: 2)])
    let above = try Sample.check(["甲市.xlsx": city], campaign: Sample.province)
    let told = above.allFindings.filter { $0.rule == "R04" }
    #expect(told.map(\.unit) == ["子县总工会"])
    #expect(told.first?.field == "送文艺/场次/线上")
    #expect(told.first?.cell != nil)
    #expect(told.first?.message.chinese.hasPrefix("子县总工会的报表在下级汇总时还有错误待更正（C02）：") == true)
    let merged = Consolidation(report: above, campaign: Sample.province)
    let outreach = try #require(merged.form("outreach"))
    #expect(outreach.disputed.contains("送文艺/场次/线上"))
    #expect(outreach.disputedUnits.map(\.name) == ["子县总工会"])

    let country = Sample.campaign("某国总工会", [ReportingUnit(code: "P", name: "某省总工会")])
    let top = try Sample.check(["某省.xlsx": merged.workbook().serialized()], campaign: country)
    #expect(top.allFindings.filter { $0.rule == "R04" }.map(\.message.chinese) == told.map(\.message.chinese))
  }

  // Counted twice

  @Test("R03: a city's own sum beside the units it counts; a unit in two cities' workbooks; one form in both")
  func twice() throws {
    let sum = try Sample.workbook(
      Sample.province, [Sample.form("甲市总工会", in: Sample.province, events: 6)])
    let ancestor = try Sample.check(
      ["甲市.xlsx": Sample.firstCity(), "省.xlsx": sum], campaign: Sample.province)
    let told = ancestor.allFindings.filter { $0.rule == "R03" }
    #expect(told.map(\.unit) == ["甲市总工会"])
    #expect(told.first?.message.chinese.contains("子县总工会") == true)

    // 子县 is 甲市's by the list, and 乙市 has it in its own.
    let listed = Sample.campaign(
      "某省总工会",
      [
        ReportingUnit(code: "A", name: "甲市总工会"), ReportingUnit(code: "A1", name: "子县总工会", parent: "A"),
        ReportingUnit(code: "B", name: "乙市总工会"), ReportingUnit(code: "B1", name: "寅县总工会", parent: "B"),
      ])
    let own = Sample.city("甲市总工会", ["子县总工会"])
    let other = Sample.city("乙市总工会", ["寅县总工会", "子县总工会"])
    let report = try Sample.check(
      [
        "甲市.xlsx": Sample.workbook(own, [Sample.form("子县总工会", in: own, events: 1)]),
        "乙市.xlsx": Sample.workbook(
          other, [Sample.form("子县总工会", in: other, events: 1, filledOn: "2024-11-10")]),
      ], campaign: listed)
    #expect(report.allFindings.filter { $0.rule == "R03" }.map(\.unit) == ["子县总工会"])
    let counted = try #require(Consolidation(report: report, campaign: listed).form("outreach"))
    #expect(counted.totals["送文艺/场次/线下"] == 1)

    let same = Sample.city("乙市总工会", ["子县总工会", "丑县总工会", "教育工会"])
    let copied = try Sample.workbook(same, [Sample.form("子县总工会", in: same, events: 1)])
    let both = try Sample.check(
      ["甲市.xlsx": Sample.firstCity(), "乙市.xlsx": copied], campaign: Sample.province)
    #expect(both.allFindings.filter { $0.rule == "R03" }.count == 1)
  }

  @Test(
    "A city's workbook sent twice counts once, the later one; a unit's own newer form comes before its row")
  func versions() throws {
    let report = try Sample.check(
      ["甲市.xlsx": Sample.firstCity([1, 2, 3]), "甲市(1).xlsx": Sample.firstCity([1, 2, 5])],
      campaign: Sample.province)
    #expect(
      Set(report.files.map { "\($0.file) \($0.state.rawValue)" }) == [
        "甲市(1).xlsx adopted", "甲市.xlsx superseded",
      ])
    let form = try #require(Consolidation(report: report, campaign: Sample.province).form("outreach"))
    #expect(form.totals["送文艺/场次/线下"] == 8)
    #expect(!report.allFindings.contains { $0.rule == "R03" })

    let listed = Sample.campaign(
      "某省总工会",
      [ReportingUnit(code: "A", name: "甲市总工会"), ReportingUnit(code: "A1", name: "子县总工会", parent: "A")])
    let own = Sample.city("甲市总工会", ["子县总工会"])
    let row = try Sample.workbook(own, [Sample.form("子县总工会", in: own, events: 1)])
    let newer = try Sample.workbook(
      listed, [Sample.form("子县总工会", in: listed, events: 7, filledOn: "2024-11-19")])
    let result = Consolidation(
      report: try Sample.check(["甲市.xlsx": row, "补报.xlsx": newer], campaign: listed), campaign: listed)
    #expect(result.form("outreach")?.totals["送文艺/场次/线下"] == 7)
  }

  @Test("A form beside its own row in a workbook differs in nothing where only the typed total is blank")
  func typedTotals() throws {
    let listed = Sample.campaign("某省总工会", [ReportingUnit(code: "A", name: "甲市总工会")])
    var form = try Sample.form("甲市总工会", in: listed, events: 1)
    let row = try Sample.workbook(listed, [form])
    let total = try #require(form.readings.firstIndex { $0.field == "送文艺/场次/合计" })
    form.readings[total].state = .blank
    var report = try Sample.check(["省.xlsx": row], campaign: listed)
    report.submissions.append(form)
    for index in report.submissions.indices { report.submissions[index].findings = [] }
    RuleEngine(campaign: listed, asOf: report.asOf).judge(&report)
    #expect(report.submissions.map(\.isSuperseded).sorted { !$0 && $1 } == [false, true])
    #expect(!report.allFindings.contains { $0.rule == "D05" })
  }

  // What is not silently dropped

  @Test(
    "A row that the list of units does not know is told and counts nowhere; a row's figures without a name too"
  )
  func unknown() throws {
    let listed = Sample.campaign(
      "某省总工会",
      [ReportingUnit(code: "A", name: "甲市总工会"), ReportingUnit(code: "A1", name: "子县总工会", parent: "A")])
    let report = try Sample.check(["甲市.xlsx": Sample.firstCity()], campaign: listed)
    let unknown = report.allFindings.filter { $0.rule == "D06" }
    #expect(unknown.count == 2)
    let form = try #require(Consolidation(report: report, campaign: listed).form("outreach"))
    #expect(form.totals["送文艺/场次/线下"] == 1)
    #expect(form.unattributed == 2)
  }

  @Test("R01: a figure changed by hand between the levels, one typed in, a row taken out, a total typed over")
  func edited() throws {
    func rules(_ change: (inout GridBook) throws -> Void) throws -> [String] {
      var book = try WorkbookGridReader().read(Sample.firstCity(), format: .xlsx, limits: .default)
      try change(&book)
      let workbook = try #require(ConsolidatedWorkbook(book, file: "甲市.xlsx", campaign: Sample.province))
      let engine = RuleEngine(campaign: Sample.province, asOf: ConsolidateSample.date("2024-12-05"))
      return workbook.findings(by: engine).map {
        "\($0.rule) \($0.unit ?? "") \($0.field?.rawValue ?? "") \($0.cell?.description ?? "")"
      }
    }
    func sheet(_ book: GridBook, _ name: String) throws -> Int {
      try #require(book.grids.firstIndex { $0.name == name })
    }
    #expect(try rules { _ in } == [])
    // D6 is 子县's 送文艺 场次 线上; Excel works the totals out again, so that only its source tells.
    #expect(
      try rules { book in
        let index = try sheet(book, "附件2分单位")
        book.grids[index].cells["D6"] = GridCell(.number(9))
        book.grids[index].cells["D9"]?.computed = .value(.number(14))
        let summary = try sheet(book, "附件2汇总")
        for (cell, content) in book.grids[summary].cells where content.formula?.contains("!D6:") == true {
          book.grids[summary].cells[cell]?.computed = .value(.number(14))
        }
      }.filter { !$0.contains("合计") } == ["R01 子县总工会 送文艺/场次/线上 D6"])
    #expect(
      try rules { book in
        let index = try sheet(book, "附件4分单位")
        book.grids[index].cells["D5"] = GridCell(.number(9))
      }.contains { $0.hasPrefix("R01 子县总工会 活动场次/线上") })
    #expect(
      try rules { book in
        let index = try sheet(book, "附件2分单位")
        book.grids[index].cells = book.grids[index].cells.filter { $0.key.row != 7 }
      }.contains("R01 丑县总工会  "))
    #expect(
      try rules { book in
        let index = try sheet(book, "附件2汇总")
        let cell = try #require(
          book.grids[index].cells.first { $0.value.formula?.contains("!D6:") == true }?.key)
        book.grids[index].cells[cell] = GridCell(.number(999))
      } == ["R01  送文艺/场次/线上 "])
  }
}
