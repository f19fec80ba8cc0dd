import Foundation
import Testing
import XLSX

@testable import Forms

/// The list of proposals, decided on by a clerk in her spreadsheet program, and what it does to the figures.
@Suite("Corrections")
struct DecisionsCorrectionTests {
  private static let total: FieldKey = "送文艺/场次/合计"
  private static let offline: FieldKey = "送文艺/场次/线下"

  /// 沁阳 in whose 附件2 2 + 12 = 41: either the total is 14, or one part is wrong.
  private func report(_ change: (inout Submission) -> Void = { _ in }) throws -> CheckReport {
    var submission = try RulesSample.outreach(file: "收件/沁阳.xlsx")
    submission.set(row: "送文艺/场次", "2", "12", "41")
    change(&submission)
    try RulesSample.engine().judge(&submission)
    return CheckReport(
      campaign: "jiaozuo-2024", asOf: RulesSample.date("2024-11-18"), submissions: [submission])
  }

  /// Writes the list for a report, fills in cells of the rows that a test picks, and reads it again.
  private func decided(
    _ report: CheckReport, _ decide: ([String: String]) -> [String: CellValue]
  ) throws -> CorrectionList {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: url) }
    try report.suggestions(campaign: RulesSample.campaign()).save(to: url)
    let edited = try Workbook(contentsOf: url)
    let sheet = try edited.sheet(at: 0)
    let columns = (1...17).map { (sheet[CellReference(row: 3, column: $0)].text ?? "", $0) }
    for row in 4...(sheet.usedRange?.last.row ?? 4) {
      var words: [String: String] = [:]
      for (heading, column) in columns {
        let value = sheet[CellReference(row: row, column: column)]
        words[heading] = value.text ?? value.number.map { Decimal($0).plainText } ?? ""
      }
      for (heading, value) in decide(words) {
        guard let column = columns.first(where: { $0.0 == heading })?.1 else { continue }
        try edited.set(value, at: CellReference(row: row, column: column), inSheet: sheet.name)
      }
    }
    try edited.save(to: url)
    return try CorrectionList(path: url.path)
  }

  private func accept(_ officer: String = "李四", _ reason: String = "电话核对") -> [String: CellValue] {
    ["采纳": "是", "经办人": .text(officer), "原因": .text(reason)]
  }

  private func applied(_ list: CorrectionList, to report: CheckReport) throws -> (
    list: CorrectionList, submission: Submission
  ) {
    var list = list
    var submissions = report.submissions
    list.apply(to: &submissions, engine: try RulesSample.engine())
    return (list, submissions[0])
  }

  @Test("The list has a row for each possible figure, with what excludes what")
  func proposals() throws {
    var rows: [[String: String]] = []
    let list = try decided(report()) { words in
      rows.append(words)
      return [:]
    }
    #expect(list.corrections.isEmpty)
    let sum = rows.filter { $0["规则"] == "T03" }
    #expect(Set(sum.map { $0["建议值"] }) == ["14", "39", "29"])
    #expect(Set(sum.map { $0["同组"] }) == ["1（择一）"])
    let first = try #require(sum.first { $0["数据项"] == "送文艺/场次/合计" })
    #expect(first["原值"] == "41")
    #expect(first["文件"] == "收件/沁阳.xlsx")
    #expect(first["工作表"] == "Sheet1")
    #expect(first["单元格"] == "E6")
  }

  @Test("An accepted row puts its figure in the place of the old one, and the rule that asked falls silent")
  func accepted() throws {
    let report = try report()
    #expect(report.submissions[0].findings.contains { $0.rule == "T03" })
    let list = try decided(report) { $0["数据项"] == Self.total.rawValue ? accept() : ["采纳": "否"] }
    let (applied, submission) = try applied(list, to: report)
    #expect(applied.corrections.map(\.isApplied) == [true])
    #expect(submission.figure(Self.total) == 14)
    #expect(submission.reading(Self.total)?.correction?.officer == "李四")
    #expect(submission.reading(Self.total)?.correction?.old == "41")
    #expect(!submission.findings.contains { $0.rule == "T03" })
    // Nothing else has changed.
    for reading in report.submissions[0].readings where reading.field != Self.total {
      #expect(submission.reading(reading.field) == reading)
    }
  }

  @Test("Another value that the clerk types counts instead of the proposed one")
  func typed() throws {
    let report = try report()
    let list = try decided(report) { words in
      words["数据项"] == Self.total.rawValue ? accept().merging(["更正值": "１４"]) { $1 } : [:]
    }
    #expect(try applied(list, to: report).submission.figure(Self.total) == 14)
    let wrong = try decided(report) { words in
      words["数据项"] == Self.total.rawValue ? accept().merging(["更正值": "十四场"]) { $1 } : [:]
    }
    #expect(try applied(wrong, to: report).list.corrections.map(\.refusal?.chinese) == ["更正值不是数字"])
    #expect(try applied(wrong, to: report).submission.figure(Self.total) == 41)
  }

  @Test("Without a name or a reason nothing is changed", arguments: [("", "电话核对"), ("李四", ""), (" ", " ")])
  func incomplete(officer: String, reason: String) throws {
    let report = try report()
    let list = try decided(report) { $0["数据项"] == Self.total.rawValue ? accept(officer, reason) : [:] }
    let (applied, submission) = try applied(list, to: report)
    #expect(applied.corrections.map(\.isApplied) == [false])
    #expect(submission.figure(Self.total) == 41)
  }

  @Test("Of several explanations of one error only one can be accepted")
  func exclusive() throws {
    let report = try report()
    let list = try decided(report) { $0["规则"] == "T03" ? accept() : [:] }
    let (applied, submission) = try applied(list, to: report)
    #expect(applied.corrections.count == 3)
    #expect(applied.corrections.allSatisfy { !$0.isApplied })
    #expect(submission.readings == report.submissions[0].readings)
  }

  @Test("Two rows that belong together are applied together or not at all")
  func together() throws {
    // 场次 and 参加人数 of 线上 were exchanged: both rows add up again when they change places.
    let report = try report {
      $0.set(row: "送文艺/场次", "400", "12", "14")
      $0.set(row: "送文艺/参加人数", "2", "1200", "1600")
    }
    #expect(report.submissions[0].findings.contains { $0.rule == "X02" })
    var isFirst = true
    let half = try decided(report) { words in
      guard words["规则"] == "X02", isFirst else { return [:] }
      isFirst = false
      return accept()
    }
    #expect(try applied(half, to: report).submission.readings == report.submissions[0].readings)
    let both = try decided(report) { $0["规则"] == "X02" ? accept() : [:] }
    let submission = try applied(both, to: report).submission
    #expect(submission.figure("送文艺/场次/线上") == 2)
    #expect(submission.figure("送文艺/参加人数/线上") == 400)
    #expect(!submission.findings.contains { $0.severity == .error })
  }

  @Test("A correction holds only for the file, the cell and the value that it names")
  func bound() throws {
    let report = try report()
    let list = try decided(report) { $0["数据项"] == Self.total.rawValue ? accept() : [:] }
    // The unit has sent another figure meanwhile.
    let later = try self.report { $0.set(Self.total, "40") }
    let (refused, submission) = try applied(list, to: later)
    #expect(refused.corrections.first?.refusal?.chinese == "原值已不是“41”，现为“40”")
    #expect(submission.figure(Self.total) == 40)
    // The cell is another one, the sheet, the file.
    for change in [
      { (submission: inout Submission) in submission.change(Self.total) { $0.cell = "E7" } },
      { $0.sheet = "Sheet2" }, { $0.file = "收件/孟州.xlsx" },
    ] as [(inout Submission) -> Void] {
      let other = try self.report(change)
      let (refused, submission) = try applied(list, to: other)
      #expect(refused.corrections.map(\.isApplied) == [false])
      #expect(submission.figure(Self.total) == 41)
    }
  }

  @Test("A total that the unit's formula adds up follows a corrected part")
  func formulaTotal() throws {
    let report = try report {
      $0.set(row: "送文艺/场次", "2", "12", "14")
      $0.spoil(Self.offline, "十二左右", .notANumber(candidates: [12]))
      $0.change(Self.total) {
        $0.formula = "C6+D6"
        $0.state = .unreadable
        $0.notes = [.error("#VALUE!")]
      }
    }
    let list = try decided(report) { words in
      words["数据项"] == Self.offline.rawValue && words["规则"] == "C01" ? accept() : [:]
    }
    let (applied, submission) = try applied(list, to: report)
    #expect(applied.corrections.map(\.isApplied) == [true])
    #expect(submission.figure(Self.offline) == 12)
    #expect(submission.figure(Self.total) == 14)
    #expect(!submission.findings.contains { $0.severity == .error })
  }

  @Test("A corrected figure is summed, marked and told of in the consolidated workbook")
  func consolidated() throws {
    var report = try report { $0.set(row: "送文艺/场次", "2", "21", "14") }
    let list = try decided(report) { words in
      words["数据项"] == Self.offline.rawValue && words["规则"] == "T03" ? accept() : [:]
    }
    let (applied, submission) = try applied(list, to: report)
    report.submissions = [submission]
    report.corrections = applied.corrections
    let campaign = try RulesSample.campaign()
    let result = Consolidation(report: report, campaign: campaign)
    #expect(result.form("culture-outreach")?.totals[Self.total] == 14)
    let json = result.json(language: .chinese).serialised()
    #expect(json.contains("\"state\":\"applied\"") && json.contains("\"by\":\"李四\""))
    let book = try Workbook(bytes: result.workbook().serialized())
    let sources = try book.sheet(named: "来源")
    let row = try #require((4...60).first { sources[CellReference(row: $0, column: 3)] == "送文艺/场次/线下" })
    #expect(sources[CellReference(row: row, column: 4)] == 12)
    #expect(sources[CellReference(row: row, column: 8)] == "21")
    #expect(sources[CellReference(row: row, column: 9)].text?.contains("更正：原值21，李四：电话核对") == true)
  }

  @Test("A list in which somebody has begun to decide is known")
  func begun() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: url) }
    try report().suggestions(campaign: RulesSample.campaign()).save(to: url)
    #expect(CorrectionList.isUntouched(path: url.path))
    let edited = try Workbook(contentsOf: url)
    try edited.set("否", at: "J4", inSheet: "更正建议")
    try edited.save(to: url)
    #expect(!CorrectionList.isUntouched(path: url.path))
    try edited.set("", at: "J4", inSheet: "更正建议")
    try edited.set("采不采纳", at: "J3", inSheet: "更正建议")
    try edited.save(to: url)
    #expect(!CorrectionList.isUntouched(path: url.path), "a list that is not known again may hold work")
  }
}
