import Foundation
import XLSX

/// T05: formulas whose stored result is old, and totals that add up something else than their own parts.
extension SubmissionJudge {
  mutating func judgeFormulas() {
    for field in plan.fields.indices {
      guard let formula = submission.readings[field].formula else { continue }
      let reading = submission.readings[field]
      var words: [String: MessageValue] = ["cell": place(field), "formula": MessageValue("=" + formula)]
      for note in reading.notes {
        switch note {
        case .staleFormula(let cached, let computed):
          words["value"] = Self.shown(computed)
          words["shown"] = Self.shown(cached)
          tell("T05", at: field, found: cached.map { .figure($0) }, expected: computed, words)
        case .notEvaluated(let why):
          words["why"] = MessageValue(FormulaErrorText.reason(why))
          words["shown"] = Self.shown(reading.figure)
          tell("T05", "unverified", severity: .info, at: field, words)
        default:
          continue
        }
      }
    }
    if submission.readings.contains(where: { $0.formula != nil }) { judgeParts() }
  }

  /// Whether the formula of a total adds up exactly the parts of one of its equations.
  private mutating func judgeParts() {
    var told: Set<Int> = []
    for equation in plan.equations {
      let reading = submission.readings[equation.total]
      guard let formula = reading.formula, !told.contains(equation.total),
        !reading.notes.contains(where: { if case .notEvaluated = $0 { true } else { false } }),
        let tree = try? FormulaParser.parse(formula)
      else { continue }
      let sum = FormulaSum(tree, sheet: submission.sheet)
      let equations = plan.equations.filter { $0.total == equation.total }
      guard sum.hasReferences, !equations.contains(where: { isSum(sum, of: $0) }) else { continue }
      told.insert(equation.total)
      tellParts(of: equation, formula: formula)
    }
  }

  private func isSum(_ sum: FormulaSum, of equation: FormPlan.Equation) -> Bool {
    let cells = equation.parts.compactMap { cell($0) }
    // Without knowing where the parts stand there is nothing to hold the formula against.
    guard cells.count == equation.parts.count else { return true }
    guard cells.allSatisfy({ sum.cells[$0] == 1 }) || (!sum.isSum && !sum.reachesOutside) else {
      return false
    }
    if sum.isSum, sum.constant == 0, !sum.reachesOutside, sum.cells.count == cells.count { return true }
    // A label or a blank in the range adds nothing, a cell with another figure of the form is always wrong.
    let others = Set(
      submission.readings.indices.filter { !equation.parts.contains($0) }.compactMap { cell($0) })
    guard !sum.isSum || sum.cells.keys.allSatisfy({ cells.contains($0) || !others.contains($0) }) else {
      return false
    }
    guard let total = figures[equation.total] else { return true }
    let parts = equation.parts.map { figures[$0] ?? 0 }
    return parts.reduce(0, +) == total
  }

  private mutating func tellParts(of equation: FormPlan.Equation, formula: String) {
    let right = equation.parts.compactMap { cell($0)?.description }.joined(separator: "+")
    let value = usableSum(equation.parts)
    tell(
      "T05", value == nil ? "partsUnknown" : "parts", at: equation.total,
      found: figures[equation.total].map { .figure($0) }, expected: value,
      [
        "cell": place(equation.total), "formula": MessageValue("=" + formula), "right": MessageValue(right),
        "value": Self.shown(value),
      ])
  }

  private static func shown(_ figure: Decimal?) -> MessageValue {
    figure.map { MessageValue($0) } ?? MessageValue(LocalizedText(zh: "空白", en: "nothing"))
  }
}
