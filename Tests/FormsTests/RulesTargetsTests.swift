import Foundation
import Testing

@testable import Forms

@Suite("Targets, minimums, last year")
struct RulesTargetsTests {
  /// 附件2 whose 70 events become the number given, by changing 送电影 线下.
  private func events(_ number: Int, of unit: String = "沁阳市总工会", asOf: String) throws -> [String] {
    try RulesSample.engine(asOf: asOf).findings(try RulesSample.outreach(of: unit)) { submission in
      let offline = number - 70 + 12
      submission.set(row: "送电影/场次", "2", "\(offline)", "\(offline + 2)")
      submission.set(row: "送电影/参加人数", "400", "\(offline * 100)", "\(offline * 100 + 400)")
    }.filter { $0.rule.hasPrefix("G") && $0.rule != "G04" }.map { "\($0.rule) \($0.severity.rawValue)" }
  }

  @Test(
    "The target: progress before the close, a warning after; reached is reached; over three times is doubtful"
  )
  func target() throws {
    #expect(try events(60, asOf: "2024-12-01") == [])
    #expect(try events(59, asOf: "2024-12-01") == ["G01 warning"])
    #expect(try events(59, asOf: "2024-11-20") == ["G01 info"])
    #expect(try events(180, asOf: "2024-11-18") == [])
    #expect(try events(181, asOf: "2024-11-18") == ["G02 warning"])
  }

  @Test("The rate has one decimal, halves up")
  func rate() throws {
    let findings = try RulesSample.engine(asOf: "2024-12-01").findings(try RulesSample.outreach()) {
      submission in
      submission.set(row: "送电影/场次", "1", "2", "3")
    }
    // 2 + 12 in four kinds and 3: 59 of 60.
    #expect(
      findings.first { $0.rule == "G01" }?.message.chinese == "活动场次59，目标60，完成98.3%，差1场")
  }

  @Test("A blank among the events: the target cannot be judged")
  func blank() throws {
    let engine = try RulesSample.engine(asOf: "2024-12-01")
    let rules = engine.rules(try RulesSample.outreach()) { submission in
      submission.blank("送电影/场次/线下", "送电影/场次/合计")
      submission.set(row: "送讲座/场次", "1", "1", "2")
    }
    #expect(rules == ["C04"])
  }

  /// Shows of a unit: 线上 0, so that 线下 is the number.
  private func shows(_ number: Int, of unit: String) throws -> [String] {
    try RulesSample.engine().findings(try RulesSample.outreach(of: unit)) { submission in
      submission.set(row: "送文艺/场次", "1", "\(number - 1)", "\(number)")
    }.map(\.rule).filter { ["G03", "G04", "G06"].contains($0) }
  }

  @Test("Model shows: eleven units need five, industry unions none, the city itself ten")
  func minimums() throws {
    #expect(try shows(4, of: "沁阳市总工会") == ["G03"])
    #expect(try shows(5, of: "高新区工会") == ["G04"])
    #expect(try shows(3, of: "财贸工会") == [])
    #expect(try shows(9, of: "焦作市总工会") == ["G06"])
    #expect(try shows(10, of: "焦作市总工会") == [])
  }

  @Test("A kind with zeros was not held; a blank one cannot be judged")
  func kinds() throws {
    let engine = try RulesSample.engine()
    let zero = engine.rules(try RulesSample.outreach()) { submission in
      submission.set(row: "送书画/场次", "0", "0", "0")
      submission.set(row: "送书画/参加人数", "0", "0", "0")
    }
    #expect(zero == ["G01", "G07"])
    let blank = engine.findings(try RulesSample.outreach()) { submission in
      submission.blank(
        "送书画/场次/线上", "送书画/场次/线下", "送书画/场次/合计", "送书画/参加人数/线上", "送书画/参加人数/线下", "送书画/参加人数/合计")
    }.filter { $0.rule != "G04" }
    #expect(blank.map(\.rule) == ["C04"])
    #expect(blank[0].field == "送书画")
  }

  @Test("Coverage against its target, exactly: 0.7 + 0.1 万人次 are 8000")
  func coverage() throws {
    let engine = try RulesSample.engine(asOf: "2024-12-01")
    func rules(_ online: String, _ offline: String, of unit: String) throws -> [String] {
      engine.rules(try RulesSample.campus(of: unit)) { submission in
        submission.set("覆盖人数/线上", online)
        submission.set("覆盖人数/线下", offline)
      }
    }
    #expect(try rules("0.7", "0.1", of: "解放区总工会") == [])
    #expect(try rules("0.7", "0.0999", of: "解放区总工会") == ["G05"])
    #expect(try rules("0.31", "0.68", of: "温县总工会") == ["G05"])
    #expect(try rules("0.1826", "0.1525", of: "交通工会") == ["D08"])
    #expect(try rules("0.1826", "0.1525", of: "焦作市总工会") == [])
  }

  // Last year

  private func previous(_ change: (inout [FieldKey: Decimal]) -> Void = { _ in }) throws -> PreviousFigures {
    let sample = try RulesSample.outreach()
    var figures = Dictionary(uniqueKeysWithValues: sample.readings.map { ($0.field, $0.figure ?? 0) })
    change(&figures)
    var previous = PreviousFigures(file: "2023年终汇总.xlsx")
    previous[form: "culture-outreach", unit: "JZ01"] = figures
    return previous
  }

  private func rules(against previous: PreviousFigures, _ change: (inout Submission) -> Void = { _ in })
    throws
    -> [String]
  {
    try RulesSample.engine(previous: previous).rules(try RulesSample.outreach(), change)
  }

  @Test("The same figures as last year are last year's form")
  func sameAsLastYear() throws {
    #expect(try rules(against: previous()) == ["Y02"])
    #expect(try rules(against: previous()) { $0.set(row: "送讲座/参加人数", "401", "1200", "1601") } == [])
    // A blank is not equal to anything.
    #expect(
      try rules(against: previous()) { $0.blank("送讲座/参加人数/线上", "送讲座/参加人数/合计") } == ["C04"])
  }

  @Test("Two and a half times as much, or less than two fifths, is to be explained")
  func change() throws {
    func against(_ events: Decimal) throws -> [String] {
      try rules(
        against: previous { figures in
          for kind in ["送文艺", "送电影", "送书画", "送讲座", "送培训"] {
            figures[FieldKey([kind, "场次", "线上"])] = 0
            figures[FieldKey([kind, "场次", "线下"])] = events
          }
        })
    }
    // 70 now.
    #expect(try against(Decimal(28) / 5) == [])
    #expect(try against(5) == ["Y01"])
    #expect(try against(35) == [])
    #expect(try against(36) == ["Y01"])
    #expect(try against(0) == ["Y01"])
  }

  @Test("Shares that are the reverse of last year's")
  func shares() throws {
    func against(_ online: Decimal, _ offline: Decimal) throws -> [String] {
      try rules(
        against: previous { figures in
          for kind in ["送文艺", "送电影", "送书画", "送讲座", "送培训"] {
            figures[FieldKey([kind, "参加人数", "线上"])] = online
            figures[FieldKey([kind, "参加人数", "线下"])] = offline
          }
        })
    }
    // 25 % online now.
    #expect(try against(1200, 400) == ["Y03"])
    #expect(try against(1000, 600) == [])
    #expect(try against(500, 1100) == [])
  }
}
