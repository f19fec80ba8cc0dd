import Foundation
import Testing

@testable import Forms

@Suite("Dates, telephones, units, versions, who is missing")
struct RulesDeliveryTests {
  // The lines around the table

  @Test("Blank lines are told each once; the printed 年 月 日 left unfilled is blank too")
  func blankLines() throws {
    let engine = try RulesSample.engine()
    let findings = engine.findings(try RulesSample.outreach()) { submission in
      submission.filledOn = nil
      submission.head[.filledOn]?.raw = "2024年  月  日"
      submission.filledBy = nil
      submission.head[.filledBy]?.raw = ""
      submission.phone = nil
      submission.head[.phone] = nil
    }
    #expect(findings.filter { $0.rule == "H01" }.count == 3)
    #expect(!findings.contains { $0.rule == "H02" })
  }

  @Test(
    "A date is a day of the year that has come; only a date tells that a form is late",
    arguments: [
      ("2024-11-15", "2024-11-18", ""), ("2024-11-20", "2024-12-01", ""),
      ("2024-11-21", "2024-12-01", "D01 warning"),
      ("2024-12-25", "2024-11-18", "H02 warning"), ("2023-11-16", "2024-11-18", "H02 warning"),
      ("2024-11-18", "2024-11-18", ""), ("", "2024-11-18", "H02 warning"),
    ])
  func dates(filledOn: String, asOf: String, expected: String) throws {
    let findings = try RulesSample.engine(asOf: asOf).findings(try RulesSample.outreach()) { submission in
      submission.filledOn = CalendarDate(iso: filledOn)
      submission.head[.filledOn]?.raw = filledOn.isEmpty ? "十一月中" : filledOn
    }.filter { $0.rule != "G04" }
    #expect(findings.map { "\($0.rule) \($0.severity.rawValue)" }.joined() == expected)
  }

  @Test("Days late are counted from the deadline")
  func daysLate() throws {
    let findings = try RulesSample.engine(asOf: "2024-12-05").findings(try RulesSample.outreach()) {
      $0.filledOn = RulesSample.date("2024-11-25")
    }
    #expect(findings.first { $0.rule == "D01" }?.message.chinese == "逾期5天报送（填报时间2024-11-25，截止2024-11-20）")
  }

  @Test(
    "Telephone numbers",
    arguments: [
      ("3999920", true), ("0391-3999920", true), ("（0391）3999920", true), ("１３９３８１１２２３３", true),
      ("39999", false),
      ("1393811223", false), ("3999920/13938112233", true),
    ])
  func phones(phone: String, isValid: Bool) throws {
    let rules = try RulesSample.engine().rules(try RulesSample.outreach()) { submission in
      submission.phone = phone
      submission.head[.phone]?.raw = phone
    }
    #expect(rules == (isValid ? [] : ["H02"]))
  }

  @Test("A unit that cannot be told is one error; one taken from the file's name a warning")
  func units() throws {
    let engine = try RulesSample.engine()
    let unknown = engine.findings(try RulesSample.outreach()) { submission in
      submission.unit = nil
      submission.unitSource = .ambiguous(["解放区总工会", "山阳区总工会"])
      submission.unitAsWritten = "区总工会"
    }
    #expect(unknown.map(\.rule) == ["D06"])
    #expect(unknown[0].message.chinese.contains("解放区总工会、山阳区总工会"))
    let blank = engine.findings(try RulesSample.outreach()) { submission in
      submission.unit = nil
      submission.unitSource = .none
      submission.unitAsWritten = nil
    }
    #expect(blank.map(\.rule) == ["D06"])
    let named = engine.rules(try RulesSample.outreach(file: "沁阳市总工会附件2.xlsx")) { submission in
      submission.unitSource = .fileName
      submission.unitAsWritten = nil
    }
    #expect(named == ["H01"])
  }

  @Test("The file's name and the form should name the same unit")
  func fileName() throws {
    let engine = try RulesSample.engine()
    #expect(engine.rules(try RulesSample.outreach(file: "孟州市总工会附件2.xlsx")) == ["D07"])
    #expect(engine.rules(try RulesSample.outreach(file: "沁阳附件2.xlsx")) == [])
    #expect(engine.rules(try RulesSample.outreach(file: "职工文化建设统计表.xlsx")) == [])
  }

  @Test("A form without a single figure is told once")
  func blankForm() throws {
    let rules = try RulesSample.engine(asOf: "2024-12-01").rules(try RulesSample.outreach()) { submission in
      for index in submission.readings.indices { submission.readings[index].state = .blank }
    }
    #expect(rules == ["D04"])
  }

  // All that came in

  private func report(
    _ submissions: [Submission], files: [InputFile] = [], asOf: String = "2024-11-18"
  ) throws -> CheckReport {
    let engine = try RulesSample.engine(asOf: asOf)
    var report = CheckReport(campaign: "jiaozuo-2024", asOf: RulesSample.date(asOf), submissions: submissions)
    report.files = files
    for submission in submissions where !files.contains(where: { $0.file == submission.file }) {
      report.files.append(
        InputFile(file: submission.file, state: .adopted, reason: .init(zh: "", en: ""), format: .xlsx))
    }
    for index in report.submissions.indices { engine.judge(&report.submissions[index]) }
    engine.judge(&report)
    return report
  }

  private func version(_ file: String, filledOn: String, people: String = "400", modified: String? = nil)
    throws
    -> Submission
  {
    var submission = try RulesSample.outreach(file: file)
    submission.filledOn = RulesSample.date(filledOn)
    submission.set("送讲座/参加人数/线上", people)
    submission.modified = modified
    return submission
  }

  private func states(_ report: CheckReport) -> [String] {
    report.files.map { "\($0.file) \($0.state.rawValue)" }
  }

  @Test("The later date counts, then the mark in the name, then the time of saving; the other is not chased")
  func versions() throws {
    let byDate = try report([
      version("沁阳附件2最终版.xlsx", filledOn: "2024-11-10", people: "401"),
      version("沁阳附件2.xlsx", filledOn: "2024-11-12"),
    ])
    #expect(states(byDate) == ["沁阳附件2最终版.xlsx superseded", "沁阳附件2.xlsx adopted"])
    #expect(byDate.submissions[0].findings.isEmpty)
    let finding = byDate.submissions[1].findings.first { $0.rule == "D05" }
    #expect(finding?.message.chinese.contains("送讲座 参加人数 线上 400（401）") == true)
    let byMark = try report([
      version("沁阳附件2(1).xlsx", filledOn: "2024-11-12"), version("沁阳附件2更正.xlsx", filledOn: "2024-11-12"),
      version("沁阳附件2.xlsx", filledOn: "2024-11-12"),
    ])
    #expect(byMark.submissions.map(\.isSuperseded) == [true, false, true])
    let bySaving = try report([
      version("a/沁阳附件2.xlsx", filledOn: "2024-11-12", modified: "2024-11-13T10:00:00Z"),
      version("b/沁阳附件2.xlsx", filledOn: "2024-11-12", modified: "2024-11-13T09:00:00Z"),
    ])
    #expect(bySaving.submissions.map(\.isSuperseded) == [false, true])
  }

  @Test(
    "Two files equal in content are one, without a word of warning; equal figures of another day are two versions"
  )
  func equalFiles() throws {
    let same = try report([
      version("沁阳附件2.xlsx", filledOn: "2024-11-12"), version("沁阳附件2 - 副本.xlsx", filledOn: "2024-11-12"),
    ])
    #expect(same.files.count { $0.state == .superseded } == 1)
    #expect(!same.allFindings.contains { $0.rule == "D05" })
    let resent = try report([
      version("沁阳附件2.xlsx", filledOn: "2024-11-12"), version("沁阳附件2-2.xlsx", filledOn: "2024-11-14"),
    ])
    #expect(
      resent.allFindings.first { $0.rule == "D05" }?.message.chinese
        == "沁阳市总工会的附件2报送了2份，数据相同，采用“沁阳附件2-2.xlsx”")
    let both = try report([RulesSample.outreach(file: "沁阳附件2.xlsx"), RulesSample.campus(file: "沁阳附件4.xlsx")])
    #expect(both.files.allSatisfy { $0.state == .adopted })
  }

  @Test("An empty form never replaces a filled one")
  func emptyVersion() throws {
    var empty = try version("沁阳附件2最终版.xlsx", filledOn: "2024-11-16")
    for index in empty.readings.indices { empty.readings[index].state = .blank }
    let both = try report([empty, version("沁阳附件2.xlsx", filledOn: "2024-11-12")])
    #expect(both.submissions.map(\.isSuperseded) == [true, false])
    let alone = try report([empty], asOf: "2024-11-21")
    #expect(alone.files[0].state == .rejected)
  }

  @Test("Two units with the same figures throughout are told, both of them")
  func copies() throws {
    let copied = try report([
      RulesSample.outreach(file: "a.xlsx"), RulesSample.outreach(of: "孟州市总工会", file: "b.xlsx"),
    ])
    #expect(
      copied.submissions.allSatisfy { $0.findings.contains { $0.rule == "D05" && $0.severity == .warning } })
    var other = try RulesSample.outreach(of: "孟州市总工会", file: "b.xlsx")
    other.set("送文艺/参加人数/线上", "401")
    let distinct = try report([RulesSample.outreach(file: "a.xlsx"), other])
    #expect(!distinct.allFindings.contains { $0.rule == "D05" })
  }

  @Test("Missing units are a hint until the day after the deadline, form by form")
  func missing() throws {
    let lastDay = try report([RulesSample.outreach()], asOf: "2024-11-20").findings.filter {
      $0.rule == "D02"
    }
    #expect(lastDay.count == 31)
    #expect(lastDay.allSatisfy { $0.severity == .info })
    let nextDay = try report([RulesSample.outreach()], asOf: "2024-11-21").findings
    #expect(nextDay.count { $0.severity == .error } == 15)
    // What the campaign asks for beside the forms is D03.
    #expect(
      nextDay.allSatisfy { $0.severity == .info || $0.rule == "D03" || $0.form == "culture-outreach" })
    #expect(
      !nextDay.contains {
        $0.unit == "沁阳市总工会" && $0.form == "culture-outreach" && $0.rule == "D02"
      })
    #expect(!nextDay.contains { $0.unit == "焦作市总工会" })
  }

  @Test("A scan alone is not enough; beside the table it is welcome")
  func scans() throws {
    func scan(_ name: String, _ format: FileFormat = .pdf) -> InputFile {
      InputFile(file: name, state: .rejected, reason: .init(zh: "", en: ""), format: format)
    }
    let alone = try report(
      [], files: [scan("沁阳附件2盖章.pdf"), scan("山阳区附件4.png", .image), scan("图1.png", .image)])
    #expect(alone.files.map { $0.findings.map(\.rule) } == [["D03"], ["D03"], ["D03"]])
    #expect(alone.files.map { $0.findings.first?.unit } == ["沁阳市总工会", "山阳区总工会", nil])
    #expect(!alone.findings.contains { $0.unit == "沁阳市总工会" && $0.form == "culture-outreach" })
    let beside = try report([RulesSample.outreach(file: "a.xlsx")], files: [scan("沁阳附件2盖章件.png", .image)])
    #expect(beside.files.first { $0.format == .image }?.state == .ignored)
    #expect(beside.files.allSatisfy { $0.findings.isEmpty })
    let other = try report([RulesSample.campus(file: "a.xlsx")], files: [scan("沁阳附件2盖章.pdf")])
    #expect(other.files.first { $0.format == .pdf }?.findings.first?.form == "culture-outreach")
  }

  @Test(
    "What a file name says about its version",
    arguments: [
      ("附件2.xlsx", 0, 0), ("附件2(1).xlsx", 1, 1), ("附件2（2）.xlsx", 1, 2), ("附件2_v3.xlsx", 1, 3),
      ("附件2第2稿.xlsx", 1, 2),
      ("附件2更正.xlsx", 2, 0), ("附件2最终版.xlsx", 3, 0), ("附件2最终版2(1).xlsx", 3, 1), ("最终/附件2.xlsx", 0, 0),
      ("cv2024.xlsx", 0, 0),
    ])
  func nameMarks(name: String, grade: Int, number: Int) {
    #expect(VersionOrder.mark(in: name) == VersionOrder.NameMark(grade: grade, number: number))
  }

  @Test("Times of saving are compared across time zones")
  func timesOfSaving() throws {
    let utc = try #require(VersionOrder.seconds("2024-11-13T16:26:40Z"))
    #expect(VersionOrder.seconds("2024-11-14T00:26:40+08:00") == utc)
    #expect(VersionOrder.seconds("2024-11-13T16:26:40.123Z") == utc)
    #expect(VersionOrder.seconds("2024-11-13T11:26:40-05:00") == utc)
    for text in [
      "", "heute", "2024-13-01T00:00:00Z", "2024-11-13T", "2024-11-13T99:00:00Z", "2024-11-13T10:00:00+",
    ] {
      #expect(VersionOrder.seconds(text).map { $0 < utc } ?? true)
    }
  }
}
