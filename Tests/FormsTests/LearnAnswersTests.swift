import Foundation
import Testing
import XLSX

@testable import Forms

/// What `learn` asks is answered by a file, by the command line or by the page, and is asked no more.
@Suite struct LearnAnswersTests {
  private let folder: TemporaryFolder
  private let file: String

  /// A blank without a notice: a matrix whose figures have no measure, due nobody knows when.
  init() throws {
    folder = try TemporaryFolder()
    let book = Workbook()
    let sheet = try book.addSheet(named: "Sheet1")
    let rows = [
      ["消防演练情况表"], ["填报单位："], ["项目", "演练", "隐患"], ["疏散"], ["灭火"], ["合计"], ["填报人："],
    ]
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() {
        sheet[CellReference(row: row + 1, column: column + 1)] = .text(text)
      }
    }
    let path = folder.url.appendingPathComponent("空白表.xlsx")
    try book.save(to: path)
    file = path.path
  }

  private func learned(_ yaml: String) throws -> LearnedCampaign {
    var learned = try LearnedCampaign(files: [file], answers: LearnReplies(yaml: yaml, file: "答.yaml"))
    try learned.holdChecks()
    return learned
  }

  private static let all = """
    office: 消防支队
    year: 2026
    units: [一中队, 二中队]
    labels/消防演练情况表: 附件1
    deadlines/表1: 2026年6月30日
    measures/表1/演练: 次
    """

  @Test func everyQuestionHasANameAndAKind() throws {
    let asked = try learned("").questions
    #expect(
      asked.map(\.id).sorted() == [
        "deadlines/表1", "labels/消防演练情况表", "measures/表1/演练", "office", "units", "year",
      ])
    #expect(asked.first { $0.id == "units" }?.kind == .names)
    #expect(asked.first { $0.id == "measures/表1/演练" }?.taken == "个")
  }

  @Test func answersMakeTheCampaignAndNothingIsAskedAnyMore() throws {
    let learned = try learned(Self.all)
    #expect(learned.questions.isEmpty)
    let place = folder.url.appendingPathComponent("活动")
    try learned.write(to: place.path)
    let campaign = try Campaign.load(place.path, workingDirectory: folder.url)
    #expect(campaign.office == "消防支队" && campaign.year == 2026)
    #expect(campaign.units.map(\.name) == ["一中队", "二中队"])
    let form = campaign.forms[0]
    #expect(form.label == "附件1" && form.deadline.description == "2026-06-30")
    #expect(form.field("疏散/演练")?.measure.unit == "次")
  }

  @Test func theSheetOfQuestionsIsAFileOfAnswersThatAnswersNothing() throws {
    let asked = try learned("")
    let sheet = asked.questionSheet(in: .chinese)
    #expect(try learned(sheet).questions == asked.questions)
    let filled = sheet.replacing("\nyear:\n", with: "\nyear: 是\n")
    #expect(!(try learned(filled).questions.contains { $0.id == "year" }))
  }

  /// A colour is a question; only 是 makes it a check, and what is coloured twice a key.
  @Test func coloursOfTheBlankAreCandidates() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "Sheet1")
    let head = ["序号", "姓名", "工号", "入职日期", "离职日期", "津贴（元）"]
    sheet["A1"] = .text("员工花名册")
    for (column, text) in head.enumerated() { sheet[CellReference(row: 2, column: column + 1)] = .text(text) }
    sheet.changeStyle(for: "A3:F9") { $0.borders = .thin }
    let red = ConditionalFormat.Appearance(fill: .rgb(0xFFC7CE))
    try sheet.addConditionalFormat(ConditionalFormat(["E3:E9"], .expression("$E3<$D3", red)))
    try sheet.addConditionalFormat(ConditionalFormat(["F3:F9"], .cell(.greaterThan, "2000", nil, red)))
    let path = folder.url.appendingPathComponent("花名册.xlsx")
    try book.save(to: path)
    func form(_ answers: String) throws -> LearnedCampaign {
      var learned = try LearnedCampaign(
        files: [path.path], answers: LearnReplies(yaml: answers, file: "答.yaml"))
      try learned.holdChecks()
      return learned
    }
    let first = "checks/表1/NOT([离职日期]<[入职日期])"
    let second = "checks/表1/[津贴]<=2000"
    let open = try form("")
    #expect(open.questions.map(\.id).filter { $0.hasPrefix("checks/") }.sorted() == [first, second].sorted())
    #expect(open.forms[0].checks.isEmpty)
    let answered = try form("\"\(first)\": 是\n\"\(second)\": 否\n")
    #expect(answered.forms[0].checks.map(\.formula) == ["NOT([离职日期]<[入职日期])"])
    #expect(!answered.questions.contains { $0.id.hasPrefix("checks/") })
  }

  @Test(arguments: [
    ("deadlines/附件9: 2026-01-01", "没有“deadlines/附件9”这个问题"), ("deadlines/表1: 下周", "应是日期"),
    ("year: 明年", "应是年份"), ("units: [甲, 甲]", "重复"), ("notes/1: 是", "没有“notes/1”这个问题"),
    ("office:\n  - {a: b}", "文字"), ("office: 是", "应写出名称"), ("units: [是]", "应写出名称"),
    ("labels/消防演练情况表: 否", "应写出名称"), ("measures/表1/演练: 否", "应写出名称"),
  ])
  func whatIsNoAnswerIsRefusedWithItsLine(yaml: String, words: String) throws {
    let error = #expect(throws: FormsError.self) { try learned("# 答\n" + yaml) }
    #expect(error?.message.chinese.contains(words) == true && error?.file == "答.yaml")
    #expect((error?.line ?? 0) >= 2)
  }

  @Test func anAnswerToWhatIsGoneIsLeftOutAndToldWhereTheOthersCount() throws {
    var replies = try LearnReplies(yaml: "office: 消防支队\nyear: 12\ndeadlines/附件9: 2026-06-30", file: "答.yaml")
    replies.leavesOut = true
    var learned = try LearnedCampaign(files: [file], answers: replies)
    try learned.holdChecks()
    #expect(learned.leftOut.map(\.id) == ["year", "deadlines/附件9"])
    #expect(learned.knownOffice == "消防支队")
    #expect(learned.questions.contains { $0.id == "year" })
  }

  @Test func aTitleAndADeadlineThatWereSaidStayWhateverTheYear() throws {
    let learned = try learned("title: 演练统计\ndeadlines/表1: 2027-01-15\nyear: 2026\noffice: 消防支队")
    #expect(learned.title == "演练统计" && learned.year == 2026)
    #expect(learned.forms.map { $0.deadline?.description } == ["2027-01-15"])
  }

  @Test func aFormIsKnownByTheLabelThatAnAnswerGaveIt() throws {
    let learned = try learned("deadlines/附件1: 2026-06-30\nlabels/消防演练情况表: 附件1")
    #expect(learned.forms.map { $0.deadline?.description } == ["2026-06-30"])
    #expect(!learned.questions.contains { $0.id.hasPrefix("deadlines/") })
  }

  @Test func whereAQuestionStandsNoFolderIsNamed() throws {
    #expect(try learned("").questions.allSatisfy { !$0.place.chinese.contains("/") })
  }
}
