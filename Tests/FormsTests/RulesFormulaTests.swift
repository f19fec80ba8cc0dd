import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("Formulas of totals")
struct RulesFormulaTests {
  /// 送讲座 参加人数 stands in C13 (400), D13 (1200) and E13; the row above in C12:E12.
  private func judged(_ formula: String, total: String = "1600") throws -> [String] {
    try RulesSample.engine().rules(try RulesSample.outreach()) { submission in
      submission.set("送讲座/参加人数/合计", total)
      submission.change("送讲座/参加人数/合计") { $0.formula = formula }
    }
  }

  @Test(
    "A sum of the own parts, in whatever way it is written",
    arguments: [
      "C13+D13", "D13+C13", "+C13+D13", "SUM(C13:D13)", "SUM(C13,D13)", "$C$13+D13", "SUM(C13:D13)*1",
      "IF(COUNT(C13:D13)=0,\"\",SUM(C13:D13))", "IF(C13+D13=0,\"\",C13+D13)", "ROUND(C13+D13,0)",
      "SUBTOTAL(9,C13:D13)",
      "IFERROR(C13+D13,0)", "N(C13)+N(D13)", "SUM(C13)+SUM(D13)", "400+1200", "Sheet1!C13+Sheet1!D13",
      "SUM(B13:D13)",
    ])
  func own(formula: String) throws {
    #expect(try judged(formula) == [])
  }

  @Test(
    "Another row, a part forgotten or counted twice, the total itself typed over",
    arguments: [
      ("D13", "1200"), ("C12+D12", "14"), ("C13+D13+C12", "1602"), ("SUM(C12:D13)", "1614"),
      ("C13+C13", "800"),
      ("C13-D13", "-800"), ("C13+D13+100", "1700"), ("C13+1200", "1600"), ("明细!E5", "1600"),
    ])
  func wrong(formula: String, total: String) throws {
    #expect(try judged(formula, total: total).contains("T05"))
  }

  @Test("A total that adds up its parts says nothing about a blank one: it is asked for, and not put at 0")
  func formulaOverBlank() throws {
    let findings = try RulesSample.engine().findings(try RulesSample.outreach()) { submission in
      submission.blank("送讲座/参加人数/线上")
      submission.set("送讲座/参加人数/合计", "1200")
      submission.change("送讲座/参加人数/合计") { $0.formula = "SUM(C13:D13)" }
    }
    #expect(findings.map(\.rule).filter { $0 != "G04" } == ["C04"])
  }

  @Test("A wrong formula and the sum it misses are told both, with the total as the likely culprit")
  func wrongSum() throws {
    let findings = try RulesSample.engine().findings(try RulesSample.outreach()) { submission in
      submission.set("送讲座/参加人数/合计", "1200")
      submission.change("送讲座/参加人数/合计") { $0.formula = "D13" }
    }.filter { $0.rule != "G04" }
    #expect(findings.map(\.rule) == ["T03", "T05"])
    #expect(findings[0].candidates.first?.why == "stale-total")
    #expect(findings[1].message.chinese == "E13公式=D13不是本行各分项之和，应为=C13+D13（1600），请改正公式")
  }

  @Test("A stored result that is old is told; the program's own result counts")
  func stale() throws {
    let findings = try RulesSample.engine().findings(try RulesSample.outreach()) { submission in
      submission.change("送讲座/参加人数/合计") {
        $0.formula = "C13+D13"
        $0.notes = [.staleFormula(cached: 1500, computed: 1600)]
      }
      submission.change("送文艺/场次/线上") {
        $0.formula = "[1]台账!C3"
        $0.notes = [.notEvaluated("引用了其他工作簿")]
      }
    }.filter { $0.rule != "G04" }
    #expect(findings.map { "\($0.rule) \($0.severity.rawValue)" } == ["T05 info", "T05 warning"])
    #expect(findings[1].message.chinese == "E13公式=C13+D13结果应为1600，表中显示1500，请重新计算后保存")
  }

  @Test("A sum as long as a formula may be is no danger")
  func longSum() throws {
    let formula = Array(repeating: "C13", count: 8000).joined(separator: "+")
    #expect(try judged(formula, total: "3200000").contains("T05"))
  }
}
