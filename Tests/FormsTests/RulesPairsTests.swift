import Foundation
import Testing

@testable import Forms

@Suite("What belongs together")
struct RulesPairsTests {
  @Test("Nothing is said of forms in which nothing is wrong")
  func clean() throws {
    let engine = try RulesSample.engine()
    #expect(engine.rules(try RulesSample.outreach()) == [])
    #expect(engine.findings(try RulesSample.outreach()).map(\.rule) == ["G04"])
    #expect(engine.rules(try RulesSample.campus()) == [])
  }

  /// 场次 and 参加人数 of one kind and column, with the totals put right.
  private func judged(_ kind: String, _ column: String, _ events: String, _ people: String) throws
    -> [Finding]
  {
    try RulesSample.engine().findings(try RulesSample.outreach()) { submission in
      for (row, figure) in [("场次", events), ("参加人数", people)] {
        submission.set(FieldKey([kind, row, column]), figure)
        let parts = ["线上", "线下"].compactMap { submission.figure(FieldKey([kind, row, $0])) }
        submission.set(FieldKey([kind, row, "合计"]), "\(parts.reduce(0, +))")
      }
    }.filter { $0.rule.hasPrefix("X") }
  }

  @Test(
    "Events and people come together, within a band",
    arguments: [
      ("送讲座", "线上", "0", "0", ""), ("送讲座", "线上", "0", "1800", "X01 error"),
      ("送文艺", "线下", "8", "0", "X01 error"),
      ("送书画", "线上", "2", "0", "X01 warning"), ("送书画", "线下", "2", "0", "X01 warning"),
      ("送电影", "线上", "2", "0", "X01 warning"), ("送电影", "线下", "2", "0", "X01 error"),
      ("送书画", "线上", "0", "20", "X01 error"), ("送培训", "线下", "830", "7", "X02 error"),
      ("送书画", "线下", "6", "6", "X03 warning"), ("送讲座", "线下", "10", "50", ""),
      ("送讲座", "线下", "10", "49", "X03 warning"),
      ("送文艺", "线下", "8", "40000", ""), ("送文艺", "线下", "8", "40001", "X03 warning"),
      ("送培训", "线上", "1", "200000", ""), ("送培训", "线上", "1", "200001", "X03 warning"),
    ])
  func pairs(kind: String, column: String, events: String, people: String, expected: String) throws {
    let found = try judged(kind, column, events, people).map { "\($0.rule) \($0.severity.rawValue)" }
    #expect(found.joined() == expected)
  }

  @Test("Rows exchanged in one column are told once, and the rows whose totals come right are named")
  func exchanged() throws {
    let findings = try RulesSample.engine().findings(try RulesSample.outreach()) { submission in
      submission.set("送培训/场次/线下", "1200")
      submission.set("送培训/参加人数/线下", "12")
    }
    #expect(findings.map(\.rule) == ["G04", "X02"])
    #expect(findings.last?.candidates.map(\.value) == [12, 1200])
    #expect(findings.last?.message.chinese.contains("送培训 场次（E14）") == true)
  }

  @Test("A ratio is odd because a digit was lost: the total says so, and the ratio is not told as well")
  func ratioExplained() throws {
    let engine = try RulesSample.engine()
    let lost = engine.rules(try RulesSample.outreach()) { submission in
      submission.set(row: "送讲座/参加人数", "400", "12", "1634")
    }
    #expect(lost == ["T03"])
    let odd = engine.rules(try RulesSample.outreach()) { submission in
      submission.set(row: "送讲座/参加人数", "480", "12", "500")
    }
    // 480 + 12 = 492, typed 500: 线下 would be 20, still too few for 12 events.
    #expect(odd == ["T03", "X03"])
  }

  @Test("附件4: coverage and events, reports, one way not used at all")
  func campus() throws {
    let engine = try RulesSample.engine()
    let form = try RulesSample.campus()
    #expect(engine.rules(form) { $0.set("活动场次/线上", "0") } == ["X04"])
    #expect(engine.rules(form) { $0.set("覆盖人数/线上", "0") } == ["G05", "X04"])
    #expect(engine.rules(form) { $0.blank("覆盖人数/线上") } == ["C04"])
    #expect(engine.rules(form) { $0.set("媒体报道", "0") } == ["X05"])
    #expect(engine.rules(form) { $0.blank("媒体报道") } == ["X05"])
    #expect(
      engine.rules(form) {
        $0.set("活动场次/线上", "0")
        $0.set("覆盖人数/线上", "0")
        $0.set("覆盖人数/线下", "1.2")
      } == ["X06"])
  }

  @Test("All offline is a hint, nothing but zeros one of its own")
  func channels() throws {
    let engine = try RulesSample.engine()
    let offline = engine.findings(try RulesSample.outreach()) { submission in
      for kind in ["送文艺", "送电影", "送书画", "送讲座", "送培训"] {
        submission.set(row: "\(kind)/场次", "0", "14", "14")
        submission.set(row: "\(kind)/参加人数", "0", "1600", "1600")
      }
    }
    #expect(offline.map(\.rule).sorted() == ["G04", "X06"])
    #expect(offline.first { $0.rule == "X06" }?.message.chinese == "全部为线下，请确认无线上活动")
    let zero = engine.rules(try RulesSample.outreach()) { submission in
      for index in submission.readings.indices { submission.readings[index].state = .figure(0) }
    }
    #expect(zero == ["G01", "G03", "G07", "X06"])
  }

  @Test(
    "附件4: 万人次 and 人次",
    arguments: [
      ("0.6", "4800", "U01 error 覆盖人数/线下"), ("150", "0.7", "U01 warning 覆盖人数/线上"),
      ("12.4", "9.6", "U01 warning 覆盖人数"), ("14.9", "5.05", ""),
      ("120", "100", "U01 warning 覆盖人数/线上U01 error 覆盖人数U01 warning 覆盖人数/线下"),
      ("30", "40", "U01 warning 覆盖人数/线上U01 warning 覆盖人数/线下"), ("0.0008", "1.36", "U02 warning 覆盖人数/线上"),
      ("0.52345", "0.81", "U02 warning 覆盖人数/线上"), ("0.0009", "1.36", "U02 warning 覆盖人数/线上"),
      ("0.001", "1.36", ""), ("0.0012", "1.36", ""), ("0.6", "0.0049", "U02 warning 覆盖人数/线下"),
    ])
  func coverage(online: String, offline: String, expected: String) throws {
    let findings = try RulesSample.engine().findings(try RulesSample.campus()) { submission in
      submission.set("覆盖人数/线上", online)
      submission.set("覆盖人数/线下", offline)
    }.filter { $0.rule.hasPrefix("U") }
    #expect(
      findings.map { "\($0.rule) \($0.severity.rawValue) \($0.field?.rawValue ?? "")" }.joined() == expected)
  }

  @Test("A coverage in 人次 is offered in 万人次, exactly")
  func coverageCandidate() throws {
    let findings = try RulesSample.engine().findings(try RulesSample.campus()) { $0.set("覆盖人数/线下", "4800") }
    #expect(findings.first { $0.rule == "U01" }?.expected == Decimal(string: "0.48"))
    // A target that cannot be judged on such a figure is not.
    #expect(!findings.contains { $0.rule == "G05" })
  }

  @Test("附件2: people in 万")
  func peopleInTenThousands() throws {
    let findings = try RulesSample.engine().findings(try RulesSample.outreach()) { submission in
      submission.set(row: "送电影/参加人数", "400", "0.35", "400.35")
    }
    #expect(Set(findings.map(\.rule)) == ["U04", "C03", "G04"])
    #expect(findings.first { $0.rule == "U04" }?.candidates.map(\.value) == [3500])
  }
}
