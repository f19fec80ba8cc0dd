import Foundation
import XLSX

/// T05: formulas whose stored result is old, and totals that add up something else than their own parts.
extension SubmissionJudge {
  mutating func judgeFormulas() {
    for field in plan.fields.indices {
      let reading = submission.readings[field]
      guard let formula = reading.formula else { continue }
      var words: [String: MessageValue] = ["cell": place(field), "formula": MessageValue("=" + formula)]
      for note in reading.notes {
        switch note {
        case .staleFormula(let cached, let computed):
          words["value"] = Self.shown(computed)
          words["shown"] = Self.shown(cached)
          tell("T05", at: field, found: cached.map { .figure($0) }, expected: computed, words)
        case .notEvaluated(let why):
          words["why"] = MessageValue(why)
          words["shown"] = Self.shown(reading.figure)
          tell("T05", "unverified", severity: .info, at: field, words)
        default:
          continue
        }
      }
    }
  }

  private static func shown(_ figure: Decimal?) -> MessageValue {
    figure.map { MessageValue($0) } ?? MessageValue(LocalizedText(zh: "空白", en: "nothing"))
  }
}
