import Foundation
import XLSX

/// A check that fails, put into a finding.
struct CheckViolation {
  let check: CompiledCheck
  let sources: [CompiledCheck.Source]
  let operands: [CheckOperand]

  /// Operands that the formula has; those of the message alone stand behind them.
  private var formulaOperands: [Int] {
    var found: [Int] = []
    for case .operand(let position) in check.pieces where !found.contains(position) { found.append(position) }
    return found
  }

  func finding(in submission: Submission) -> Finding {
    let own = formulaOperands.first { sources[$0].form == submission.form && operands[$0].cell != nil }
    var finding = Finding(
      rule: check.check.id, severity: check.check.severity, file: submission.file,
      sheet: own.flatMap { operands[$0].sheet } ?? submission.sheet, cell: own.flatMap { operands[$0].cell },
      form: submission.form, unit: submission.unit?.name, message: message, candidates: candidates)
    if let own {
      finding.field = check.key(sources[own])
      if case .number(let number) = operands[own].value { finding.found = .figure(number) }
    }
    return finding
  }

  /// About several forms of a unit, none of which it stands in.
  func finding(of unit: ReportingUnit, in submissions: [Submission]) -> Finding {
    let places = formulaOperands.compactMap { position -> String? in
      guard let submission = submissions.first(where: { $0.form == sources[position].form }) else {
        return nil
      }
      let file = submission.file.split(separator: "/").last.map(String.init) ?? submission.file
      return file + (operands[position].cell.map { " \(operands[position].sheet ?? "")!\($0)" } ?? "")
    }
    let text = message
    return Finding(
      rule: check.check.id, severity: check.check.severity, unit: unit.name,
      message: LocalizedText(
        zh: "\(unit.name)：\(text.chinese)（\(places.joined(separator: "；"))）",
        en: "\(unit.name): \(text.english) (\(places.joined(separator: "; ")))"),
      candidates: candidates)
  }

  // Words

  private var message: LocalizedText {
    if let pieces = check.message {
      let text = pieces.map { piece in
        switch piece {
        case .text(let text): text
        case .operand(let position): shown(position)
        }
      }.joined()
      return LocalizedText(zh: text, en: text)
    }
    let formula = check.pieces.map { piece in
      switch piece {
      case .text(let text): Self.words(text)
      case .operand(let position): name(position)
      }
    }.joined().trimmingCharacters(in: .whitespaces)
    let values = formulaOperands.map { "\(name($0))为\(shown($0))" }.joined(separator: "，")
    let english = formulaOperands.map { "\(name($0)) is \(shown($0))" }.joined(separator: ", ")
    return LocalizedText(
      zh: "应满足 \(formula)\(margin(.chinese))；现\(values)",
      en: "\(formula)\(margin(.english)) should hold; \(english)")
  }

  private func margin(_ language: Language) -> String {
    guard check.tolerance > 0 else { return "" }
    return language == .chinese
      ? "（允许相差\(check.tolerance.plainText)）" : " (within \(check.tolerance.plainText))"
  }

  private static func words(_ text: String) -> String {
    text.replacing("<=", with: "≤").replacing(">=", with: "≥").replacing("<>", with: "≠")
      .replacing("*", with: "×").replacing("/", with: "÷")
  }

  /// `附表1 合计 投入经费`; the form only where there are several.
  private func name(_ position: Int) -> String {
    let source = sources[position]
    let path = check.key(source).path.joined(separator: " ")
    return check.isAcrossForms ? "\(check.labels[source.form] ?? source.form) \(path)" : path
  }

  private func shown(_ position: Int) -> String {
    switch operands[position].value {
    case .number(let number):
      switch check.field(sources[position])?.type {
      case .percent: "\((number * 100).plainText)%"
      case .date:
        number.whole.flatMap { CalendarDate(dayNumber: $0 - 25_569) }?.description ?? number.plainText
      default: number.plainText
      }
    case .text(let text): text
    case .truth(let truth): truth ? "是" : "否"
    case .blank, .unknown: "—"
    }
  }

  // Candidates

  /// Every single figure that, changed alone, would make the check hold: of linear equations and inequalities. Slips of the
  /// hand come first.
  private var candidates: [Finding.Candidate] {
    guard case .binary(let sign, let left, let right) = check.node,
      [.equal, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(sign)
    else { return [] }
    let difference = FormulaNode.binary(.subtract, left, right)
    var found: [(candidate: Finding.Candidate, rank: Int)] = []
    for position in formulaOperands {
      if case .count = sources[position] { continue }
      guard case .number(let old) = operands[position].value,
        let value = root(of: difference, position: position, old: old), value >= 0, value != old
      else { continue }
      let field = check.field(sources[position])
      if field?.type == .number, field?.measure.decimals == 0, !value.isWhole { continue }
      if field?.type == .percent, value > 1 { continue }
      let rounded = value.rounded(field?.type == .percent ? 6 : 10, .plain)
      let why = CandidateSearch.handSlip(from: old, to: rounded)
      found.append(
        (
          Finding.Candidate(
            field: check.key(sources[position]), value: rounded,
            why: why ?? "holds"), why == nil ? 1 : 0
        ))
    }
    return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element.candidate)
  }

  /// The value of one operand for which both sides are the same; `nil` if the difference is not linear in it.
  private func root(of difference: FormulaNode, position: Int, old: Decimal) -> Decimal? {
    func value(_ x: Decimal) -> Decimal? {
      CheckEvaluator(tolerance: 0) { $0 == position ? .number(x) : operands[$0].value }.value(difference)
        .number
    }
    guard let now = value(old), let next = value(old + 1), let further = value(old + 2) else { return nil }
    let slope = next - now
    guard slope != 0,
      abs(further - next - slope) <= abs(slope) * Decimal(sign: .plus, exponent: -12, significand: 1)
    else { return nil }
    return old - now / slope
  }
}
