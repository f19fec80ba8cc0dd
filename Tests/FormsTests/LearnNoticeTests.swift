import Foundation
import Testing

@testable import Forms

/// A campaign from a notice in Word, of an office that the program has never heard of.
@Suite struct LearnNoticeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func learn(_ parts: [NoticeSample.Part], from base: LearnBase? = nil) throws -> LearnedCampaign {
    let file = folder.url.appendingPathComponent("通知.docx")
    try Data(NoticeSample.word(parts)).write(to: file)
    return try LearnedCampaign(files: [file.path], from: base)
  }

  private func loaded(_ learned: LearnedCampaign) throws -> Campaign {
    let place = folder.url.appendingPathComponent("活动")
    try learned.write(to: place.path)
    return try Campaign.load(place.path, workingDirectory: folder.url)
  }

  private static let notice: [NoticeSample.Part] = [
    .text("青川县水利局"), .text("关于报送2025年水利普查情况的通知"), .text("各有关单位："),
    .text("请于2025年6月20日前将《水利普查情况统计表》（见附件2）及工作总结报县水利局，工作方案于3月底前报送。"),
    .text("联系人：王平  联系电话：3312345"), .text("附件：1.普查任务分解表"), .text("2.水利普查情况统计表"),
    .text("青川县水利局"), .text("2025年2月10日"), .text("附件1"), .text("普查任务分解表"),
    .table([
      ["单位", "普查站点（处）", "单位", "普查站点（处）"], ["东河水管站", "12", "西河水管站", "8"], ["北山水管站", "5", "南坝水管站", "5"],
      ["总计", "←", "30", "←"],
    ]),
    .text("附件2"), .text("水利普查情况统计表（单位：万元）"), .text("填报单位（盖章）："),
    .table([
      ["项目", "普查站点（处）", "←", "←", "投入资金", "完好率（%）"], [nil, "新建", "改建", "小计", nil, nil],
      ["水库", "", "", "", "", ""], ["水闸", "", "", "", "", ""], ["合计", "", "", "", "", ""],
    ]),
    .text("填报人：            联系电话："),
  ]

  @Test func theNoticeSaysWhoWhatAndWhen() throws {
    let learned = try learn(Self.notice)
    #expect(learned.office == "青川县水利局" && learned.year == 2025)
    #expect(learned.units == ["东河水管站", "西河水管站", "北山水管站", "南坝水管站"])
    #expect(learned.forms.map(\.label) == ["附件2"])
    #expect(learned.forms[0].title == "水利普查情况统计表")
    #expect(learned.forms[0].deadline?.description == "2025-06-20")
    #expect(
      learned.documents.map { "\($0.name) \($0.deadline?.description ?? "")" } == [
        "工作总结 2025-06-20", "工作方案 2025-03-31",
      ])
  }

  /// The notice with other figures in its table of targets, and a heading for them.
  private func targets(_ heading: String, _ figures: [String], total: String) throws -> LearnedCampaign {
    var parts = Self.notice
    let units = ["东河水管站", "西河水管站", "北山水管站", "南坝水管站"]
    let index = try #require(parts.firstIndex { if case .table = $0 { true } else { false } })
    parts[index] = .table([["单位", heading]] + zip(units, figures).map { [$0, $1] } + [["总计", total]])
    return try learn(parts)
  }

  @Test func aTargetIsReadInTheUnitBehindIt() throws {
    let learned = try targets("普查站点（处）", ["2万", "12", "8处", "5"], total: "20025")
    #expect(learned.targets[0].columns[0].figures.map(\.figure) == [20_000, 12, 8, 5])
    #expect(!learned.questions.contains { $0.question.chinese.contains("未设指标") })
    #expect(try loaded(learned).targets[0].printedTotal == 20_025)
  }

  /// Of what another unit measures, or no campaign can hold, no target is made and a question asks for it.
  @Test func targetsBeyondAllMeasureAreAsked() throws {
    let learned = try targets(
      "投入资金（万元）", ["900000000000000", "900000000000000", "12人次", "5"], total: "900000000000000")
    #expect(learned.targets[0].columns[0].figures.map(\.figure) == [5])
    #expect(learned.questions.count { $0.question.chinese.contains("未设指标") } == 3)
    #expect(try loaded(learned).targets[0].printedTotal == 50_000)
  }

  @Test func anotherYearMovesDocumentsAndTheLastOfFebruary() throws {
    var parts = Self.notice
    parts[3] = .text("请于2024年2月29日前将《水利普查情况统计表》（见附件2）及工作总结报县水利局。")
    parts[1] = .text("关于报送2024年水利普查情况的通知")
    let file = folder.url.appendingPathComponent("通知.docx")
    try Data(NoticeSample.word(parts)).write(to: file)
    let learned = try LearnedCampaign(
      files: [file.path], answers: LearnReplies(yaml: "year: 2025", file: "答.yaml"))
    #expect(learned.forms[0].deadline?.description == "2025-02-28")
    #expect(learned.documents.map { $0.deadline?.description } == ["2025-02-28"])
  }

  @Test func headingsGiveFieldsMeasuresAndTotals() throws {
    let campaign = try loaded(learn(Self.notice))
    let form = campaign.forms[0]
    #expect(form.fields.count == 15)
    #expect(form.field("水库/普查站点/小计")?.measure.unit == "处")
    #expect(form.field("水库/投入资金")?.measure.unit == "万元")
    #expect(form.field("水库/完好率")?.type == .percent)
    #expect(form.equations.contains { $0.total == "水闸/普查站点/小计" && $0.parts == ["水闸/普查站点/新建", "水闸/普查站点/改建"] })
    #expect(form.equations.contains { $0.total == "合计/投入资金" && $0.parts == ["水库/投入资金", "水闸/投入资金"] })
    #expect(!form.equations.contains { $0.total == "合计/完好率" })
    // The total of the totals: 合计 over the rows, 小计 along the columns.
    #expect(campaign.targets[0].printedTotal == 30 && campaign.targets[0].form == form.id)
  }

  @Test func whatIsNotCertainIsAskedWithItsPlace() throws {
    var parts = Self.notice
    parts[3] = .text("请于每季度末次月5日前将统计表（附件2）报县水利局。")
    parts[11] = .table([
      ["单位", "普查站点（处）"], ["东河水管站", "12"], ["西河水管站", "8"], ["总计", "0.3万处"],
    ])
    let learned = try learn(parts)
    let asked = learned.questions.map(\.question.chinese)
    #expect(asked.contains { $0.contains("每季度末次月5日前") })
    #expect(asked.contains { $0.contains("附件2") && $0.contains("期限") })
    #expect(learned.questions.allSatisfy { $0.place.chinese.contains("通知.docx") })
    // Nothing is invented: the JSON says that there is no deadline.
    let form = try #require(learned.json(in: .chinese)["forms"]?.elements?.first)
    #expect(form["deadline"] == .null)
  }

  @Test func aMonthsEndAndTheYearAfterAreDays() {
    let dates = NoticeDates(
      year: 2025, issued: CalendarDate(year: 2025, month: 11, day: 3), words: .builtin)
    func read(_ text: String) -> [String] {
      dates.read(LearnText.plain(text)).deadlines.map(\.date.description)
    }
    #expect(read("于次年1月15日前报送") == ["2026-01-15"])
    #expect(read("于2月底前报送") == ["2026-02-28"])
    #expect(read("截至12月31日，共开展活动") == ["2025-12-31"])
    #expect(read("十二月五日前报送") == ["2025-12-05"])
    #expect(read("12月5日（星期五）下班前报送") == ["2025-12-05"])
    #expect(read("12月5日召开会议") == [])
    #expect(read("第5条、每年开展12场") == [])
  }

  @Test func nextYearKeepsWhatStayedAndTellsWhatChanged() throws {
    let here = folder.url
    let base = try LearnBase(
      Campaign.load("jiaozuo-2024", workingDirectory: here),
      source: Campaign.reference("jiaozuo-2024", workingDirectory: here))
    var rows: [[String?]] = [["", "←", "线上", "线下", "合计"]]
    for kind in ["送文艺", "送电影", "送书画", "送讲座", "送培训"] {
      rows.append([kind, "场次", "", "", ""])
      rows.append([nil, "参加人数", "", "", ""])
    }
    let learned = try learn(
      [
        .text("焦作市总工会"), .text("2025年文化活动进基层方案"),
        .text("各单位于11月21日前将“中国梦·劳动美·工会情”文化活动进基层情况统计表（见附件2）报市总工会。"), .text("附件1"),
        .text("“中国梦·劳动美·工会情”文化活动进基层任务分解表"),
        .table([
          ["单位", "活动场次", "单位", "活动场次"], ["沁阳市总工会", "60", "焦煤工会", "35"], ["卫健工会", "20", "", ""],
          ["总计", "115", "←", "←"],
        ]),
        .text("附件2"), .text("“中国梦·劳动美·工会情”文化活动进基层情况统计表"), .table(rows),
      ], from: base)
    let changes = try #require(learned.changes)
    #expect(changes.contains(LearnChange(kind: .unitAdded, name: "卫健工会", new: "卫健工会")))
    #expect(changes.contains { $0.kind == .unitGone && $0.name == "财贸工会" })
    #expect(
      changes.contains { $0.kind == .target && $0.name == "附件1 焦煤工会" && $0.old == "30" && $0.new == "35" })
    #expect(changes.contains { $0.kind == .deadline && $0.new == "2025-11-21" })
    let campaign = try loaded(learned)
    #expect(campaign.id == "jiaozuo-2025" && campaign.unit(named: "焦煤工会")?.code == "JZ12")
    let form = try #require(campaign.form("附件2"))
    #expect(form.id == "culture-outreach")
    #expect(form.rows[0].aliases.contains("文艺汇演"))
  }

  @Test func aFolderThatHoldsSomethingIsLeftAlone() throws {
    let old = folder.url.appendingPathComponent("活动/旧.txt")
    try FileManager.default.createDirectory(
      at: old.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("x".utf8).write(to: old)
    let learned = try learn(Self.notice)
    let error = try #require(throws: FormsError.self) { try loaded(learned) }
    #expect(error.code == .output)
  }
}
