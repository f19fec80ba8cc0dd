import Foundation
import Testing
import XLSX

@testable import Forms

/// What a blank workbook lets be typed, and what it checks, becomes types, limits and checks of the campaign.
@Suite struct LearnChecksTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func blank(
    _ texts: [(CellReference, String)], _ rules: [DataValidation], formulas: [(CellReference, String)] = []
  )
    throws -> String
  {
    let book = Workbook()
    let sheet = try book.addSheet(named: "附表1")
    for (cell, text) in texts { sheet[cell] = .text(text) }
    for (cell, formula) in formulas { sheet[cell] = .formula(Formula(formula), cached: .text("")) }
    for rule in rules { try sheet.addValidation(rule) }
    // Lines to fill in are drawn.
    sheet.changeStyle(for: "A4:G9") { $0.borders = .thin }
    let file = folder.url.appendingPathComponent("附表1.xlsx")
    try book.save(to: file)
    return file.path
  }

  private func loaded(_ learned: inout LearnedCampaign) throws -> Campaign {
    try learned.holdChecks()
    let place = folder.url.appendingPathComponent("活动")
    try learned.write(to: place.path)
    return try Campaign.load(place.path, workingDirectory: folder.url)
  }

  /// 设备编号 is data, 科室 is where the unit's name goes, （节） is a measure that no list has, 尺寸（厘米） stays a text.
  @Test func wordsOfOtherOfficesAreUnderstood() throws {
    let file = try blank(
      [
        ("A1", "2025年设备巡检登记表"), ("A2", "科室："), ("D2", "年度："), ("A3", "序号"), ("B3", "设备名称"), ("C3", "设备编号"),
        ("D3", "周课时数（节）"), ("E3", "尺寸（厘米）"), ("F3", "巡检人员"), ("G3", "受益人口"),
      ], [])
    var learned = try LearnedCampaign(files: [file])
    let form = try loaded(&learned).forms[0]
    #expect(form.fields.map(\.key.rawValue) == ["序号", "设备名称", "设备编号", "周课时数", "尺寸", "巡检人员", "受益人口"])
    #expect(form.fields.map(\.type) == [.index, .text, .text, .number, .text, .text, .number])
    #expect(form.headLine(.unit)?.label == "科室" && form.field("周课时数")?.measure.unit == "节")
  }

  /// A rate in one row of a matrix is that row's; 车间（盖章） beside room for a day is no heading.
  @Test func oneRateAndALineOfLabelsDecideNothingElse() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "Sheet1")
    let rows = [
      ["2025年资助情况表"], ["车间（盖章）：", "", "年  月  日"], ["指标", "上年", "本年"], ["学生数（人）"], ["外借册次（册次）"], ["覆盖率"],
    ]
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() where !text.isEmpty {
        sheet[CellReference(row: row + 1, column: column + 1)] = .text(text)
      }
    }
    sheet.changeStyle(for: "B6:C6") { $0.numberFormat = "0.0%" }
    let path = folder.url.appendingPathComponent("资助.xlsx")
    try book.save(to: path)
    var learned = try LearnedCampaign(files: [path.path])
    let form = try loaded(&learned).forms[0]
    #expect(
      form.fields.map(\.key.rawValue) == [
        "学生数/上年", "学生数/本年", "外借册次/上年", "外借册次/本年", "覆盖率/上年", "覆盖率/本年",
      ])
    #expect(form.fields.map(\.type) == [.number, .number, .number, .number, .percent, .percent])
  }

  /// A list of trainees: days between 1 and 30, start and end within 2025, an id of its own on each line, no end before the
  /// start.
  @Test func rulesOfAListBecomeLimitsAKeyAndChecks() throws {
    let file = try blank(
      [
        ("A1", "2025年培训人员花名册"), ("A2", "填报单位："), ("A3", "序号"), ("B3", "姓名"), ("C3", "工号"), ("D3", "培训天数（天）"),
        ("E3", "开始日期"), ("F3", "结束日期"), ("G3", "培训方式"),
      ],
      [
        DataValidation(["D4:D9"], kind: .whole, operator: .between, formula1: "1", formula2: "30"),
        DataValidation(
          ["E4:E9"], kind: .date, operator: .between, formula1: "45658", formula2: "DATE(2025,12,31)"),
        DataValidation(
          ["F4:F9"], kind: .custom, formula1: "$F4>=$E4",
          error: .init(title: "日期", text: "结束日期不能早于开始日期")),
        DataValidation(["C4:C9"], kind: .custom, formula1: "COUNTIF($C$4:$C$9,C4)=1"),
        DataValidation(["B4:B9"], kind: .textLength, operator: .lessThanOrEqual, formula1: "10"),
        DataValidation(["G4:G9"], kind: .list, formula1: "\"集中,远程\""),
      ])
    var learned = try LearnedCampaign(files: [file])
    let campaign = try loaded(&learned)
    let form = campaign.forms[0]
    let days = try #require(form.field("培训天数"))
    #expect(days.limits.least == .number(1) && days.limits.most == .number(30))
    #expect(form.field("开始日期")?.limits.within == .year)
    #expect(form.field("姓名")?.limits.pattern == ".{0,10}")
    #expect(form.field("培训方式")?.choices.map(\.name) == ["集中", "远程"])
    #expect(form.list?.key == ["工号"])
    let check = try #require(campaign.checks.first)
    #expect(campaign.checks.count == 1 && check.formula == "[结束日期]>=[开始日期]" && check.eachRow)
    #expect(check.message == "结束日期不能早于开始日期")
    #expect(learned.questions.contains { $0.question.chinese.contains("[结束日期]>=[开始日期]") })
  }

  @Test func aColumnCalled核对IsACheckAndNoFigure() throws {
    let file = try blank(
      [
        ("A1", "2025年隐患排查情况表"), ("A2", "填报单位："), ("A3", "项目"), ("B3", "发现隐患（处）"), ("C3", "已整改（处）"),
        ("D3", "核对"),
        ("A4", "消防"), ("A5", "用电"),
      ], [],
      formulas: [("D4", "IF(C4<=B4,\"√\",\"整改数不能大于发现数，请核对\")"), ("D5", "IF(C5>B5,\"错误\",\"正确\")")])
    var learned = try LearnedCampaign(files: [file])
    let campaign = try loaded(&learned)
    let form = campaign.forms[0]
    #expect(form.fields.map(\.key) == ["消防/发现隐患", "消防/已整改", "用电/发现隐患", "用电/已整改"])
    #expect(
      campaign.checks.map(\.formula) == ["[消防/已整改]<=[消防/发现隐患]", "NOT([用电/已整改]>[用电/发现隐患])"])
  }

  @Test func whatCannotBeACheckIsAskedAndTheCampaignWorks() throws {
    let file = try blank(
      [
        ("A1", "2025年器材台账"), ("A2", "填报单位："), ("A3", "序号"), ("B3", "名称"), ("C3", "数量（件）"), ("D3", "完好（件）"),
      ],
      [
        DataValidation(["C4:C9"], kind: .custom, formula1: "C4=Sheet2!A1"),
        // Never fails: a number of pieces is not below 0.
        DataValidation(["D4:D9"], kind: .custom, formula1: "D4>=0"),
      ])
    var learned = try LearnedCampaign(files: [file])
    let campaign = try loaded(&learned)
    #expect(campaign.checks.isEmpty)
    let asked = learned.questions.map(\.question.chinese)
    #expect(asked.contains { $0.contains("C4=Sheet2!A1") && $0.contains("没有看懂") })
    #expect(asked.contains { $0.contains("[完好]>=0") && $0.contains("不能用") })
  }

  @Test("References are moved and named; texts, functions and other sheets are left alone")
  func references() {
    let formula = CheckReferences("=IF(B4=\"A1\",SUM($C4:D4),LOG10(2))>=B$2")
    #expect(formula.moved(from: "B4", to: "B6") == "IF(B6=\"A1\",SUM(C6:D6),LOG10(2))>=B2")
    #expect(
      formula.replaced { "[\($0)]" } == "IF([B4]=\"A1\",SUM([C4],[D4]),LOG10(2))>=[B2]")
    #expect(CheckReferences("表2!A1>0").replaced { "[\($0)]" } == nil)
    #expect(CheckReferences("A1>0").replaced { _ in nil } == nil)
  }
}
