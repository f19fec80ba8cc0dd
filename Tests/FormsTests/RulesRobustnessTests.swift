import Foundation
import Testing

@testable import Forms

@Suite("Rules and figures of any size")
struct RulesRobustnessTests {
  @Test(
    "No figure stops the rules",
    arguments: [
      "1e127", "-1e127", "9.9999999999999999999999999999999999999e127", "1e-127", "-1e-127",
      "0.00000000000000000001",
      "99999999999999999999999999999999999999", "NaN",
    ])
  func extremes(text: String) throws {
    let figure = try #require(text == "NaN" ? Decimal.nan : Decimal(string: text))
    var previous = PreviousFigures(file: "2023.xlsx")
    for form in ["culture-outreach", "model-worker-campus"] {
      let sample = form == "culture-outreach" ? try RulesSample.outreach() : try RulesSample.campus()
      previous[form: form, unit: "JZ01"] = Dictionary(
        uniqueKeysWithValues: sample.readings.map { ($0.field, $0.figure ?? 0) })
    }
    let engine = try RulesSample.engine(asOf: "2024-12-05", previous: previous)
    for sample in [try RulesSample.outreach(), try RulesSample.campus()] {
      for index in sample.readings.indices {
        _ = engine.findings(sample) { $0.readings[index].state = .figure(figure) }
      }
      let all = engine.findings(sample) { submission in
        for index in submission.readings.indices { submission.readings[index].state = .figure(figure) }
      }
      #expect(!all.isEmpty)
    }
  }

  @Test("A submission whose readings are out of order, doubled or missing is judged all the same")
  func anyOrder() throws {
    let engine = try RulesSample.engine()
    var submission = try RulesSample.outreach()
    submission.readings.reverse()
    #expect(engine.rules(submission) == [])
    submission.readings.append(submission.readings[0])
    #expect(engine.rules(submission) == [])
    submission.readings = []
    #expect(engine.rules(submission) == [])
  }

  @Test("Every rule is described in both languages, and its messages have the same blanks in both")
  func catalogue() {
    let ids = RuleCatalogue.rules.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.count == 73)
    for rule in RuleCatalogue.rules {
      #expect(!rule.summary.chinese.isEmpty && !rule.summary.english.isEmpty)
      for (variant, message) in rule.messages {
        let chinese = MessageTemplate.placeholders(in: message.chinese)
        let english = MessageTemplate.placeholders(in: message.english)
        #expect(english.isSubset(of: chinese.union(["unit"])), "\(rule.id).\(variant)")
      }
    }
  }
}
