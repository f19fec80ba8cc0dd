import Foundation
import Testing

@testable import Forms

@Suite("Totals and their parts")
struct RulesTotalsTests {
  /// 送讲座 参加人数 with the figures given; a blank is an empty text. X03 and G rules stay out of it.
  private func judged(_ online: String, _ offline: String, _ total: String, row: String = "送讲座/参加人数") throws
    -> Submission
  {
    var submission = try RulesSample.outreach()
    for (name, figure) in [("线上", online), ("线下", offline), ("合计", total)] {
      let key = FieldKey(rawValue: "\(row)/\(name)")
      if figure.isEmpty { submission.blank(key) } else { submission.set(key, figure) }
    }
    try RulesSample.engine().judge(&submission)
    return submission
  }

  private func rules(_ submission: Submission) -> [String] {
    submission.findings.map(\.rule).filter { $0 != "G04" }.sorted()
  }

  @Test(
    "One rule speaks for each row",
    arguments: [
      ("400", "1200", "1600", []), ("400", "1200", "", ["T01"]), ("", "1200", "1600", ["T02"]),
      ("400", "", "1600", ["T02"]), ("400", "", "", ["C04"]), ("", "", "1600", ["C04", "C04"]),
      ("400", "1200", "1500", ["T03"]), ("400", "1200", "399", ["T04"]), ("400", "1200", "400", ["T03"]),
      ("400", "1200", "16000", ["U03"]), ("400", "1200", "160", ["U03"]), ("400", "120", "1600", ["U03"]),
      ("400", "12000", "1600", ["U03"]), ("", "1700", "1600", ["T02"]), ("400", "-1200", "-800", ["C03"]),
    ] as [(String, String, String, [String])])
  func oneRuleEach(online: String, offline: String, total: String, expected: [String]) throws {
    #expect(rules(try judged(online, offline, total)) == expected)
  }

  @Test("A blank total and a single blank part follow from the others, and are never reported figures")
  func deduction() throws {
    let total = try judged("400", "1200", "")
    #expect(total.derived == ["送讲座/参加人数/合计": 1600])
    #expect(total.findings.first { $0.rule == "T01" }?.message.chinese == "送讲座 参加人数 合计未填，应为1600")
    let part = try judged("", "1731", "3320")
    #expect(part.derived == ["送讲座/参加人数/线上": 1589])
    #expect(part.findings.first { $0.rule == "T02" }?.candidates.map(\.why) == ["deduced"])
    #expect(part.figure("送讲座/参加人数/线上") == nil)
    #expect(try judged("", "", "1600").derived.isEmpty)
    #expect(try judged("", "1700", "1600").derived.isEmpty)
  }

  @Test(
    "Every single cell that would mend a row is named, the best explanation first",
    arguments: [
      ("2782", "2863", "5654", "合计=5645 transposed-digits; 线上=2791 arithmetic; 线下=2872 arithmetic"),
      ("3415", "1262", "4647", "合计=4677 wrong-digit; 线下=1232 wrong-digit; 线上=3385 arithmetic"),
      ("3650", "815", "3650", "合计=4465 copied; 线上=2835 arithmetic; 线下=0 arithmetic"),
      ("3415", "12662", "4677", "线下=1262 extra-digit; 合计=16077 arithmetic"),
      ("3415", "126", "4677", "线下=1262 missing-digit; 合计=3541 arithmetic; 线上=4551 arithmetic"),
      ("126", "740", "2000", "线上=1260 power-of-ten; 合计=866 arithmetic; 线下=1874 arithmetic"),
    ])
  func candidates(online: String, offline: String, total: String, expected: String) throws {
    let finding = try judged(online, offline, total).findings.first { ["T03", "U03"].contains($0.rule) }
    let shown = finding?.candidates.map { "\($0.field.path[2])=\($0.value) \($0.why)" }.joined(
      separator: "; ")
    #expect(shown == expected)
  }

  @Test("Two- and one-digit figures are one slip from nearly everything: nothing is called likely")
  func smallFigures() throws {
    let finding = try judged("4", "7", "12", row: "送书画/场次").findings.first { $0.rule == "T03" }
    #expect(finding?.candidates.count == 3)
    #expect(finding?.message.chinese.contains("最可能") == false)
    #expect(finding?.expected == nil)
    let certain = try judged("2782", "2863", "5654").findings.first { $0.rule == "T03" }
    #expect(certain?.message.chinese.contains("最可能：合计应为5645（疑似数字颠倒）") == true)
    #expect(certain?.expected == 5645)
  }

  @Test("A cell that cannot be read is told once; what it should hold is offered where the row says it")
  func unreadable() throws {
    var submission = try RulesSample.outreach()
    submission.spoil("送讲座/参加人数/线下", "60→65", .notANumber(candidates: [60, 65]))
    submission.spoil("送培训/参加人数/合计", "#REF!", .error("#REF!"))
    try RulesSample.engine().judge(&submission)
    #expect(rules(submission) == ["C01", "C06"])
    let offered = submission.findings.first { $0.rule == "C01" }?.candidates
    #expect(offered?.map(\.value) == [1200, 60, 65])
    #expect(submission.findings.first { $0.rule == "C06" }?.candidates.map(\.value) == [1600])
  }

  @Test("A missing column silences everything that would need it")
  func missingColumn() throws {
    let engine = try RulesSample.engine()
    let rules = engine.rules(try RulesSample.outreach()) { submission in
      submission.shape.missingHeadings = [["线下"]]
      for index in submission.readings.indices where submission.readings[index].field.path.last == "线下" {
        submission.readings[index].state = .missing
        submission.readings[index].cell = nil
      }
    }
    #expect(rules == ["F05"])
  }

  @Test("A grand total that the unit added is held against the sum of its column")
  func grandTotal() throws {
    let engine = try RulesSample.engine()
    func judged(_ figure: Decimal, blank: Bool = false) throws -> [String] {
      engine.rules(try RulesSample.outreach()) { submission in
        submission.shape.grandTotals = [
          .init(
            label: "总计 场次", column: "线下", cell: "D16", figure: figure,
            parts: ["送文艺/场次/线下", "送电影/场次/线下", "送书画/场次/线下", "送讲座/场次/线下", "送培训/场次/线下"])
        ]
        if blank { submission.blank("送文艺/场次/线下", "送文艺/场次/合计") }
      }
    }
    #expect(try judged(60) == [])
    #expect(try judged(61) == ["T06"])
    #expect(try judged(61, blank: true) == ["C04"])
  }

  @Test("A cell that mends its row and its column at once is what is wrong")
  func rowAndColumn() throws {
    // 线下 of 送讲座 is 1230 for 1200: the row and the grand total of the column are 30 apart, both.
    let findings = try RulesSample.engine().findings(try RulesSample.outreach()) { submission in
      submission.set("送讲座/参加人数/线下", "1230")
      submission.shape.grandTotals = [
        .init(
          label: "总计 参加人数", column: "线下", cell: "D17", figure: 6000,
          parts: ["送文艺/参加人数/线下", "送电影/参加人数/线下", "送书画/参加人数/线下", "送讲座/参加人数/线下", "送培训/参加人数/线下"])
      ]
    }
    let finding = findings.first { $0.rule == "T03" }
    #expect(finding?.candidates.first?.field == "送讲座/参加人数/线下")
    #expect(finding?.candidates.first?.value == 1200)
    #expect(finding?.message.chinese.contains("最可能：线下应为1200") == true)
  }

  @Test("A one for a ten is a slip like any other; with nothing else to explain it, a zero was lost")
  func oneForTen() throws {
    // 1 + 11 = 12, typed 21: the digits of the total exchanged, or 1 for 10.
    #expect(rules(try judged("1", "11", "21", row: "送书画/场次")) == ["T03"])
    #expect(rules(try judged("1", "43", "53", row: "送书画/场次")) == ["U03"])
  }

  @Test("The distance counts swaps of neighbours as one slip")
  func searchOfThreeParts() {
    let search = CandidateSearch(parts: [123, 456, 789], total: 1386, totalIsFormula: false, powers: [1])
    #expect(search.answers.map { $0.part ?? -1 } == [-1, 0, 1, 2])
    #expect(search.answers.map(\.value) == [1368, 141, 474, 807])
    #expect(search.answers[0].reason == .transposedDigits)
    let formula = CandidateSearch(parts: [1000, 1650], total: 1000, totalIsFormula: true, powers: [1])
    #expect(formula.answers[0].reason == .staleTotal)
  }
}
