import Foundation
import XLSX

/// T01–T04 and U03: totals and their parts. Each equation stands alone, and one of these rules speaks for it.
extension SubmissionJudge {
  mutating func judgeTotals() {
    for equation in plan.equations { judge(equation) }
    for (part, whole) in plan.shares { judgeShare(part, of: whole) }
  }

  /// T07
  private mutating func judgeShare(_ part: Int, of whole: Int) {
    guard let figure = usable(part), let most = usable(whole), figure > most else { return }
    tell(
      "T07", at: part, found: .figure(figure),
      [
        "cell": place(part), "part": MessageValue(name(part)), "value": MessageValue(figure),
        "whole": MessageValue(name(whole)), "most": MessageValue(most),
      ])
  }

  private mutating func judge(_ equation: FormPlan.Equation) {
    // Parts that are there and add up leave nothing to say.
    if let total = wholes[equation.total], wholeSum(equation.parts) == total { return }
    var sum: Decimal = 0
    var blank: Int?
    var blanks = 0
    for part in equation.parts {
      if isBlank(part) {
        if isTold[part] { return }
        blanks += 1
        blank = part
      } else if let figure = figures[part], !isMerged(part) {
        sum += figure
      } else {
        return  // C01, C06, C07 or F05 has spoken.
      }
    }
    guard let total = figures[equation.total] else {
      if blanks == 0, isBlank(equation.total), !isTold[equation.total] { judgeBlankTotal(equation, sum: sum) }
      return
    }
    if isMerged(equation.total) { return }
    if blanks == 0 {
      if sum != total { judgeDifference(equation, sum: sum, total: total) }
    } else if blanks == 1, let blank, !follows(equation) {
      judgeBlankPart(blank, of: equation, rest: total - sum, total: total)
    }
  }

  /// Whether a total is a formula over its parts: it counts a blank for nothing, and cannot say what belongs there.
  private func follows(_ equation: FormPlan.Equation) -> Bool {
    guard let formula = submission.readings[equation.total].formula,
      let tree = try? FormulaParser.parse(formula)
    else { return false }
    let sum = FormulaSum(tree, sheet: submission.sheet)
    return equation.parts.contains { part in cell(part).map { sum.cells[$0] != nil } ?? false }
  }

  func isMerged(_ field: Int) -> Bool {
    submission.readings[field].notes.contains { if case .merged = $0 { true } else { false } }
  }

  private mutating func judgeBlankTotal(_ equation: FormPlan.Equation, sum: Decimal) {
    isTold[equation.total] = true
    derived[plan.fields[equation.total].key] = sum
    tell(
      "T01", at: equation.total, expected: sum, candidates: [candidate(equation.total, sum, "deduced")],
      [
        "row": MessageValue(equation.row), "total": MessageValue(equation.totalName),
        "sum": MessageValue(sum),
      ])
  }

  private mutating func judgeBlankPart(
    _ part: Int, of equation: FormPlan.Equation, rest: Decimal, total: Decimal
  ) {
    isTold[part] = true
    let words: [String: MessageValue] = [
      "cell": place(part), "field": MessageValue(name(part)), "total": MessageValue(equation.totalName),
      "value": MessageValue(rest >= 0 ? rest : total),
    ]
    guard rest >= 0 else { return tell("T02", "below", at: part, words) }
    derived[plan.fields[part].key] = rest
    tell("T02", at: part, expected: rest, candidates: [candidate(part, rest, "deduced")], words)
  }

  private mutating func judgeDifference(_ equation: FormPlan.Equation, sum: Decimal, total: Decimal) {
    // Rows that an exchange of two cells mends were named by X02.
    if isTold[equation.total] { return }
    let parts = equation.parts.compactMap { figures[$0] }
    var search = CandidateSearch(
      parts: parts, total: total, totalIsFormula: submission.readings[equation.total].formula != nil,
      isCount: plan.fields[equation.total].measure.decimals == 0, powers: plan.settings.slippedPowers)
    search.weigh { answer in
      evidence(
        for: answer.part.map { equation.parts[$0] } ?? equation.total, being: answer.value, beside: equation)
    }
    var words: [String: MessageValue] = [
      "row": MessageValue(equation.row), "total": MessageValue(equation.totalName),
      "value": MessageValue(total),
      "sum": MessageValue(sum), "difference": MessageValue(abs(sum - total)),
      "parts": MessageValue(zip(equation.partNames, parts).map { "\($0)\($1)" }.joined(separator: "+")),
    ]
    for answer in search.answers {
      if let part = answer.part { suggested[equation.parts[part], default: []].append(answer.value) }
    }
    let candidates = search.answers.map { answer in
      candidate(
        answer.part.map { equation.parts[$0] } ?? equation.total, answer.value, answer.reason.rawValue)
    }
    words["list"] = Self.list(search, of: equation, as: candidates)
    if let factor = search.factor {
      words["factor"] = MessageValue(factor)
      return tell("U03", at: equation.total, found: .figure(total), candidates: candidates, words)
    }
    // No part alone can be wrong: each would have to be negative.
    if let largest = parts.max(), parts.allSatisfy({ $0 >= 0 }), total < sum - largest {
      return tell(
        "T04", at: equation.total, found: .figure(total), expected: sum,
        candidates: candidates.filter { $0.field == plan.fields[equation.total].key }, words)
    }
    let hint = search.isFirstLikely ? "likely" : search.hasSmallFigures ? "small" : "possible"
    words["hint"] = MessageValue(RuleCatalogue.message("T03", hint, settings: plan.settings, [:]))
    let isTotalLikely = search.isFirstLikely && search.answers.first?.part == nil
    tell(
      "T03", at: equation.total, found: .figure(total), expected: isTotalLikely ? sum : nil,
      candidates: candidates,
      words)
  }

  /// What the form's other equations, and grand totals that the unit added, say about a figure being another one. A
  /// total that is a formula follows its parts whatever they are, and says nothing.
  private func evidence(
    for field: Int, being value: Decimal, beside equation: FormPlan.Equation
  ) -> CandidateSearch.Evidence {
    guard let old = figures[field] else { return .none }
    var evidence = CandidateSearch.Evidence.none
    for other in plan.equations where other.total != equation.total || other.parts != equation.parts {
      guard other.total == field || other.parts.contains(field),
        submission.readings[other.total].formula == nil,
        let total = figures[other.total]
      else { continue }
      let parts = other.parts.compactMap { figures[$0] }
      guard parts.count == other.parts.count else { continue }
      let difference = parts.reduce(0, +) - total
      if difference == 0 { return .contradicts }
      if difference + (other.total == field ? old - value : value - old) == 0 { evidence = .supports }
    }
    let key = plan.fields[field].key
    for grand in submission.shape.grandTotals where grand.parts.contains(key) {
      let parts = grand.parts.compactMap { submission.figure($0) }
      guard parts.count == grand.parts.count else { continue }
      let difference = parts.reduce(0, +) - grand.figure
      if difference != 0, difference + value - old == 0 { evidence = .supports }
    }
    return evidence
  }

  /// `合计应为5645（疑似数字颠倒）；线上应为2791`
  private static func list(
    _ search: CandidateSearch, of equation: FormPlan.Equation, as candidates: [Finding.Candidate]
  ) -> MessageValue {
    func join(_ language: Language) -> String {
      zip(search.answers, candidates).map { answer, candidate in
        let name = answer.part.map { equation.partNames[$0] } ?? equation.totalName
        let why = answer.reason == .arithmetic ? "" : candidate.reason.text(in: language)
        return language == .chinese
          ? "\(name)应为\(answer.value)" + (why.isEmpty ? "" : "（\(why)）")
          : "\(name) \(answer.value)" + (why.isEmpty ? "" : " (\(why))")
      }.joined(separator: language == .chinese ? "；" : "; ")
    }
    return MessageValue(LocalizedText(zh: join(.chinese), en: join(.english)))
  }
}
