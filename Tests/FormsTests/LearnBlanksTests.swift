import Foundation
import Testing
import XLSX

@testable import Forms

/// What blanks of other offices only hint at: no figure is lost, and none is taken for another.
@Suite struct LearnBlanksTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Learns from a sheet: texts, numbers and formulas (`=…`) by rows.
  private func learn(_ rows: [[String]], merges: [String] = [], notice: [NoticeSample.Part] = []) throws
    -> LearnedCampaign
  {
    let book = Workbook()
    let sheet = try book.addSheet(named: "Sheet1")
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() where !text.isEmpty {
        let cell = CellReference(row: row + 1, column: column + 1)
        if text.hasPrefix("=") {
          sheet[cell] = .formula(Formula(String(text.dropFirst())), cached: .text(""))
        } else {
          sheet[cell] = Double(text).map { .number($0) } ?? .text(text)
        }
      }
    }
    for range in merges { try sheet.merge(#require(CellRange(range))) }
    let file = folder.url.appendingPathComponent("附件1.xlsx")
    try book.save(to: file)
    var files = [file.path]
    if !notice.isEmpty {
      let word = folder.url.appendingPathComponent("通知.docx")
      try Data(NoticeSample.word(notice)).write(to: word)
      files.append(word.path)
    }
    return try LearnedCampaign(files: files)
  }

  private func loaded(_ learned: LearnedCampaign) throws -> Campaign {
    let place = folder.url.appendingPathComponent("活动")
    try learned.write(to: place.path)
    return try Campaign.load(place.path, workingDirectory: folder.url)
  }

  private func asked(_ learned: LearnedCampaign, _ words: String...) -> Bool {
    learned.questions.contains { question in
      words.allSatisfy { question.question.chinese.contains($0) }
        && !question.question.english.contains("、")
    }
  }

  @Test func aTotalInTheColumnOfNumbersIsARow() throws {
    let campaign = try loaded(
      learn([
        ["2025年垃圾分类统计表"], ["序号", "小区名称", "户数（户）"], ["1", "阳光花园"], ["2", "翠竹园"], ["合计"],
      ]))
    #expect(campaign.forms[0].fields.map(\.key.rawValue) == ["阳光花园/户数", "翠竹园/户数", "合计/户数"])
    #expect(campaign.forms[0].equations.map(\.total) == ["合计/户数"])
  }

  /// What stands under a sum, and what a line multiplies, is a number whatever it is called; 编号 printed 1, 2 is none.
  @Test func formulasOfAListSayWhatIsANumber() throws {
    let learned = try learn([
      ["2025年收购台账"], ["编号", "农户", "收购", "折价", "应付款", "办结"], ["1", "", "", "", "=C3*D3"],
      ["2", "", "", "", "=C4*D4"], ["合计", "", "=SUM(C3:C4)", "", "=SUM(E3:E4)"],
    ])
    let form = try loaded(learned).forms[0]
    #expect(form.fields.map(\.type) == [.index, .text, .number, .number, .number, .text])
    #expect(learned.forms[0].totals == ["收购", "应付款"])
    #expect(asked(learned, "收购", "没有写计量单位"))
  }

  @Test func textsBesideATotalLineAreAskedAndMayBeNumbers() throws {
    let rows = [["2025年巡查台账"], ["序号", "名称", "巡查", "整改"], ["1"], ["2"], ["合计"]]
    var learned = try learn(rows)
    #expect(asked(learned, "巡查、整改", "不作合计"))
    try learned.take(LearnReplies(yaml: "figures/表1: 整改（处）", file: "答.yaml"))
    #expect(learned.forms[0].fields.map(\.type) == [.text, .text, .number])
    #expect(learned.forms[0].totals == ["整改"] && learned.forms[0].fields[2].measure == "处")
  }

  /// （亩） below 面积 is its unit, and no heading of its own.
  @Test func aRowOfUnitsBelongsToTheHeadingsAboveIt() throws {
    let form = try loaded(
      learn(
        [
          ["2025年造林进度表"], ["方式", "计划", "", "完成率"], ["", "面积", "投资"], ["", "（亩）", "（万元）", "（%）"],
          ["人工造林"], ["封山育林"],
        ], merges: ["A2:A4", "B2:C2", "D2:D3"])
    ).forms[0]
    #expect(form.fields.prefix(3).map(\.key.rawValue) == ["人工造林/计划/面积", "人工造林/计划/投资", "人工造林/完成率"])
    #expect(form.fields.prefix(2).map(\.measure.unit) == ["亩", "万元"])
    #expect(form.fields[2].type == .percent)
    let list = try learn([["2025年农机台账"], ["序号", "机手", "作业", "油料"], ["", "", "（亩）", "（升）"], ["1"], ["2"]])
    #expect(list.forms[0].fields.map(\.measure) == [nil, "亩", "升"])
  }

  /// 亩 above the table is for 面积, whose usual 平方米 nothing printed says; without it 平方米 is asked.
  @Test func whatStandsAboveTheTableComesBeforeAGuess() throws {
    func rows(_ note: String) -> [[String]] {
      [["2025年种植表"], ["", "", note], ["乡镇", "种植面积", "产值"], ["东乡"], ["西乡"]]
    }
    let noted = try learn(rows("单位：亩、公斤、万元"))
    #expect(noted.forms[0].fields.prefix(2).map(\.measure) == ["亩", "万元"])
    #expect(!asked(noted, "种植面积"))
    #expect(try asked(learn(rows("")), "种植面积", "平方米"))
  }

  @Test func manifoldUnitsAreMeasures() throws {
    let form = try loaded(
      learn([["2025年统计表"], ["馆", "流通（万册次）", "用电（亿千瓦时）", "用煤（吨标准煤）"], ["甲馆"], ["乙馆"]])
    ).forms[0]
    #expect(form.fields.prefix(3).map(\.measure.unit) == ["万册次", "亿千瓦时", "吨标准煤"])
    #expect(form.fields[0].measure.scale == 10_000 && form.fields[0].measure.baseUnit == "册次")
    #expect(form.fields[1].measure.scale == 100_000_000 && form.fields[0].measure.decimals == 4)
    let noted = try learn([["2025年用水表"], ["", "计量单位：万立方米"], ["水源", "取用"], ["水库"], ["河道"]])
    #expect(noted.forms[0].fields[0].measure == "万立方米" && !asked(noted, "没有写计量单位"))
  }

  @Test func averagesAreNeverAddedAndHaveDecimals() throws {
    let learned = try learn([
      ["2025年住院情况表"], ["科室", "住院人数（人）", "平均住院日（天）"], ["内科"], ["外科"], ["合计", "=SUM(B3:B4)"],
    ])
    let form = try loaded(learned).forms[0]
    #expect(form.equations.map(\.total) == ["合计/住院人数"])
    let average = try #require(form.field("内科/平均住院日"))
    #expect(!average.isAddable && average.measure.unit == "天" && average.measure.decimals == 2)
    #expect(learned.forms[0].fields.last?.totals == [])
  }

  /// 总计 (合计, 其中外贸) is 进港 (小计, 其中外贸) and 出港 (小计, 其中外贸), with formulas and without.
  @Test(arguments: [true, false]) func sumsOfGroupsAddTheirSums(hasFormulas: Bool) throws {
    let form = try loaded(
      learn(
        [
          ["2025年吞吐量表"], ["货种", "总计（吨）", "", "进港（吨）", "", "出港（吨）"],
          ["", "合计", "其中：外贸", "小计", "其中：外贸", "小计", "其中：外贸"],
          ["煤炭"] + (hasFormulas ? ["=D4+F4", "=E4+G4"] : []), ["矿石"],
        ], merges: ["A2:A3", "B2:C2", "D2:E2", "F2:G2"])
    ).forms[0]
    let sums = form.equations.filter { $0.total == "煤炭/总计/合计" || $0.total == "煤炭/总计/外贸" }
    #expect(
      sums.map(\.parts) == [["煤炭/进港/小计", "煤炭/出港/小计"], ["煤炭/进港/外贸", "煤炭/出港/外贸"]])
  }

  @Test func partsOfASumCountInWhatItCountsIn() throws {
    let form = try loaded(
      learn([
        ["2025年用水表"], ["水源", "用水总量（吨）", "农业", "工业"], ["水库", "=C3+D3"], ["河道", "=C4+D4"],
      ])
    ).forms[0]
    #expect(Set(form.fields.map(\.measure.unit)) == ["吨"])
  }

  /// A second form begins at its 附件2, also right below the first.
  @Test func aLabelBeginsAnotherForm() throws {
    let learned = try learn(
      [
        ["附件1"], ["妇女之家情况统计表"], ["类别", "数量（个）"], ["机关"], ["企业"], ["附件2"], ["志愿服务情况统计表"], ["填报单位："],
        ["类别", "数量（个）"], ["普法"], ["助老"],
      ], merges: ["A2:B2", "A7:B7"])
    #expect(learned.forms.map(\.label) == ["附件1", "附件2"])
    #expect(learned.forms.map { $0.fields.map(\.key) } == [["机关/数量", "企业/数量"], ["普法/数量", "助老/数量"]])
  }

  private let blank = [["附件1"], ["场次统计表"], ["类别", "场次（场）"], ["演出"], ["讲座"]]

  private func notice(_ sentences: String...) -> [NoticeSample.Part] {
    [.text("云岭县文化局"), .text("关于报送2025年场次的通知")] + sentences.map { .text($0) } + [
      .text("云岭县文化局"), .text("2025年9月1日"),
    ]
  }

  @Test func aFormWithoutABlankIsAsked() throws {
    let learned = try learn(
      blank, notice: notice("请于11月25日前报送《场次统计表》（附件1），12月5日前报送《志愿服务统计表》（附件2）。"))
    #expect(asked(learned, "附件2", "志愿服务统计表", "空白表"))
    #expect(learned.forms[0].deadline?.description == "2025-11-25")
    #expect(!asked(learned, "2个期限"))
  }

  @Test func deadlinesComeInOtherWords() throws {
    func learned(_ text: String) throws -> LearnedCampaign { try learn(blank, notice: notice(text)) }
    #expect(try learned("报送时间：2025年11月25日。").forms[0].deadline?.description == "2025-11-25")
    #expect(try learned("截止时间为2025年11月25日24时。").forms[0].deadline?.description == "2025-11-25")
    #expect(try asked(learned("附件1电子版于11月20日前、纸质版于11月25日前报送。"), "附件1有2个期限"))
    let more = try learned("11月25日前报送附件1；应急预案、3张活动照片和《用水分析报告》随表报送。")
    #expect(Set(more.documents.map(\.name)) == ["应急预案", "活动照片", "用水分析报告"])
  }

  @Test func aListThatNamesSomeUnitsAsksForAll() throws {
    let learned = try learn(blank, notice: notice("报送单位：东风路小学、西风路小学等6所学校。请于11月25日前报送附件1。"))
    #expect(learned.units == ["东风路小学", "西风路小学"])
    #expect(asked(learned, "6个", "2个"))
  }

  /// 县卫健委 is 县卫生健康委员会, 新城街道 its office; what two units could be called is left out.
  @Test func unitsAreKnownByTheirUsualNames() throws {
    let campaign = try loaded(
      learn(
        blank,
        notice: notice("报送单位：张庄镇人民政府、新城街道办事处、县卫生健康委员会、城西派出所。请于11月25日前报送附件1。")))
    #expect(campaign.unit(named: "县卫生健康委员会")?.aliases.contains("县卫健委") == true)
    #expect(campaign.unit(named: "城西派出所")?.aliases == ["城西所"])
    #expect(campaign.unit(named: "新城街道办事处")?.aliases.contains("新城街道") == true)
  }

  /// 年末结余 is worked out in every row alike: one check, one question. 完成率 may be rounded.
  @Test func arithmeticOfABlankBecomesChecks() throws {
    let learned = try learn([
      ["2025年资金表"], ["类别", "结转（元）", "收入（元）", "支出（元）", "结余（元）", "完成率（%）"],
      ["中央", "", "", "", "=B3+C3-D3", "=IF(C3=0,0,D3/C3)"],
      ["省级", "", "", "", "=B4+C4-D4", "=IF(C4=0,0,D4/C4)"],
    ])
    #expect(
      learned.forms[0].checks.map(\.formula) == ["[*/结余]=[*/结转]+[*/收入]-[*/支出]", "[*/完成率]=[*/支出]/[*/收入]"])
    #expect(learned.forms[0].checks.map(\.tolerance) == [nil, "0.01"])
    #expect(asked(learned, "[*/结余]", "请确认"))
    _ = try loaded(learned)
    let list = try learn([
      ["2025年物资台账"], ["序号", "品名", "数量（件）", "单价（元）", "金额（元）"], ["1", "", "", "", "=C3*D3"],
      ["2", "", "", "", "=C4*D4"],
    ])
    #expect(list.forms[0].checks.map(\.formula) == ["[金额]=[数量]*[单价]"])
  }

  @Test func relationsInWordsAreQuotedWithTheRowsTheyMean() throws {
    let learned = try learn(
      [
        ["2025年企业情况表"], ["指标名称", "计量单位", "代码", "本年"], ["总产值", "万元", "03"], ["轻工业", "万元", "04"],
        ["重工业", "万元", "05"],
        ["审核关系：(2) 03=04+05"],
      ], merges: ["A6:D6"])
    #expect(asked(learned, "03=04+05", "总产值=轻工业+重工业"))
  }

  /// A last row over the full width, a box to tick and blanks at the undrawn right edge are room; what is no pair is asked.
  @Test func pairsOfLabelsLoseNoField() throws {
    var rows = [
      ["2025年企业登记表"], ["企业名称", "", "法定代表人"], ["注册资本（万元）", "", "职工人数（人）"], ["是否规上", "□是 □否", "邮政编码"], ["主要产品"],
    ]
    let learned = try learn(rows, merges: ["A1:D1", "B5:D5"])
    #expect(
      learned.forms[0].fields.map(\.key) == ["企业名称", "注册资本", "是否规上", "主要产品", "法定代表人", "职工人数", "邮政编码"])
    #expect(learned.questions.allSatisfy { !$0.question.chinese.contains("没有读懂") })
    rows.insert(["资金来源", "财政（万元）", "自筹（万元）", "其他（万元）"], at: 4)
    let more = try learn(rows, merges: ["A1:D1", "B6:D6"])
    #expect(more.forms[0].fields.count == 7 && asked(more, "第5行", "没有读懂"))
  }

  @Test func titlesNumbersAndChoicesAreReadApart() throws {
    let sums = try learn([
      ["表号：B204表"], ["2025年文物统计表（单位：处）"], ["项目", "登记", "修缮"], ["一、不可移动"], ["（一）国家级"], ["（二）省级"], ["二、可移动"],
      ["三、总计"],
    ])
    #expect(sums.forms[0].title == "2025年文物统计表" && sums.forms[0].fields[0].measure == "处")
    #expect(sums.forms[0].rows.last?.total == ["一、不可移动", "二、可移动"])
    #expect(sums.questions.contains { $0.question.chinese.contains("“三、总计”没有公式") })
    let list = try learn([["2025年项目台账"], ["序号", "名称", "项目类别（新建/续建/改造）"], ["1"], ["2"]])
    #expect(list.forms[0].fields.map(\.key) == ["名称", "项目类别"])
    #expect(list.forms[0].fields[1].choices == ["新建", "续建", "改造"])
  }
}
