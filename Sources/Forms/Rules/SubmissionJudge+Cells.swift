import Foundation
import XLSX

/// C01–C08: single cells.
extension SubmissionJudge {
  mutating func judgeCells() {
    var merged: Set<CellRange> = []
    for field in plan.fields.indices where !submission.readings[field].notes.isEmpty {
      for note in submission.readings[field].notes { judge(note, of: field, merged: &merged) }
    }
    for input in plan.inputs {
      if let whole = wholes[input], whole >= 0 { continue }
      if let figure = figures[input] { judgeRange(figure, of: input) }
    }
  }

  private mutating func judge(_ note: Reading.Note, of field: Int, merged: inout Set<CellRange>) {
    let reading = submission.readings[field]
    let raw = MessageValue(reading.raw)
    switch note {
    case .normalised:
      guard let figure = reading.figure, !reading.notes.contains(.approximate), !isSeenOtherwise(reading)
      else {
        return
      }
      tell(
        "C02", at: field, found: .text(reading.raw), expected: figure,
        ["cell": place(field), "raw": raw, "value": MessageValue(figure)])
    case .approximate:
      guard let figure = reading.figure else { return }
      tell(
        "C05", at: field, found: .text(reading.raw),
        ["cell": place(field), "raw": raw, "value": MessageValue(figure)])
    case .notANumber(let possible):
      tellNoFigure(field, raw: reading.raw, possible: possible)
    case .notAFigure(let shown, let possible):
      tellNoFigure(field, raw: shown, possible: possible, variant: "shown")
    case .shownAs(let shown):
      tellSeen(field, "shown", ["shown": MessageValue(shown)])
    case .leftOut(let pieces):
      let list = LocalizedText(
        zh: pieces.map(\.words.chinese).joined(separator: "、"),
        en: pieces.map(\.words.english).joined(separator: ", "))
      tellSeen(field, reading.state == .blank ? "blank" : "", ["list": MessageValue(list)])
    case .error(let error):
      tell(
        "C06", at: field, found: .text(error),
        candidates: deduced(field).map { [candidate(field, $0, "deduced")] } ?? [],
        ["cell": place(field), "error": MessageValue(error)])
    case .wrong(let problem):
      tellWrong(field, problem)
    case .merged(let range):
      // Whose the one figure is cannot be told, even where a reading took it.
      isDoubtful[field] = true
      guard merged.insert(range).inserted else { return }
      // What tells the fields apart: 线上 and 线下 of one row, 场次 and 参加人数 of one column.
      let paths = plan.fields.indices
        .filter { submission.readings[$0].notes.contains(note) }.map { plan.fields[$0].key.path }
      let shared = paths.dropFirst().reduce(Set(paths.first ?? [])) { $0.intersection($1) }
      let names = paths.map { path in path.filter { !shared.contains($0) }.joined(separator: " ") }
      tell(
        "C07", at: field, found: .text(reading.raw),
        ["range": MessageValue(range.description), "fields": Self.list(names)])
    case .staleFormula, .notEvaluated, .evaluated, .corrected:
      return  // T05 speaks of formulas.
    }
  }

  /// C01
  private mutating func tellNoFigure(
    _ field: Int, raw: String, possible: [Decimal], variant: String = ""
  ) {
    var candidates = deduced(field).map { [candidate(field, $0, "deduced")] } ?? []
    for value in possible where !candidates.contains(where: { $0.value == value }) {
      candidates.append(candidate(field, value, "written"))
    }
    tell(
      "C01", variant + (candidates.isEmpty ? "" : variant.isEmpty ? "candidates" : "Candidates"), at: field,
      found: .text(raw), candidates: candidates,
      [
        "cell": place(field), "raw": MessageValue(raw),
        "list": Self.list(candidates.map { "\($0.value)" }),
      ])
  }

  /// C08: what is seen is not all that the cell stores, or is not seen as what it is.
  private mutating func tellSeen(_ field: Int, _ variant: String, _ words: [String: MessageValue]) {
    // Beside it, a rule about blanks would say the same again.
    if isBlank(field), plan.inputs.contains(field) { isTold[field] = true }
    let (raw, figure) = Self.content(of: submission.readings[field])
    let value = figure.map { MessageValue($0) } ?? MessageValue("“\(raw)”")
    tell(
      "C08", variant, at: field, found: .text(raw), expected: figure,
      words.merging(["cell": place(field), "value": value]) { first, _ in first })
  }

  private static func content(of reading: Reading) -> (raw: String, figure: Decimal?) {
    (reading.raw, reading.figure)
  }

  /// Whether C08 says how the figure was read.
  private func isSeenOtherwise(_ reading: Reading) -> Bool {
    reading.notes.contains { if case .leftOut = $0 { true } else { false } }
  }

  /// What was crossed out, where nothing else is filled in.
  mutating func judgeLeftOut() {
    var merged: Set<CellRange> = []
    for field in plan.fields.indices {
      for note in submission.readings[field].notes {
        if case .leftOut = note { judge(note, of: field, merged: &merged) }
      }
    }
  }

  /// C03
  private mutating func judgeRange(_ figure: Decimal, of input: Int) {
    let isCount = plan.fields[input].measure.decimals == 0
    guard (figure < 0 && !plan.fields[input].isSigned) || (isCount && !figure.isWhole) else { return }
    isDoubtful[input] = true
    tell(
      "C03", isCount ? "" : "decimal", at: input, found: .figure(figure),
      ["cell": place(input), "value": MessageValue(figure)])
  }

  /// What an unreadable cell must hold if the rest of its row is right.
  private mutating func deduced(_ field: Int) -> Decimal? {
    guard let number = plan.equationOf[field] else { return nil }
    let equation = plan.equations[number]
    let value: Decimal
    if field == equation.total {
      guard let sum = usableSum(equation.parts) else { return nil }
      value = sum
    } else {
      guard let total = figures[equation.total], let rest = usableSum(equation.parts.filter { $0 != field })
      else {
        // A row with one part alone has its total.
        return equation.parts.count == 1 ? figures[equation.total] : nil
      }
      value = total - rest
    }
    guard value >= 0 || plan.fields[field].isSigned else { return nil }
    derived[plan.fields[field].key] = value
    return value
  }

  /// C04: blanks that no other rule has told.
  mutating func judgeBlanks() {
    for group in plan.groups where group.inputs.allSatisfy({ isBlank($0) && !isTold[$0] }) {
      // A total of 0 is what a formula over blanks gives.
      guard let first = group.inputs.first, group.totals.allSatisfy({ (figures[$0] ?? 0) == 0 }) else {
        continue
      }
      for input in group.inputs { isTold[input] = true }
      tell(
        "C04", "group", key: FieldKey([group.name]), cell: cell(first), ["group": MessageValue(group.name)])
    }
    for input in plan.inputs where isBlank(input) && !isTold[input] {
      tell("C04", at: input, ["cell": place(input), "field": MessageValue(name(input))])
    }
  }
}

extension Decimal {
  /// Whether it has no fraction.
  var isWhole: Bool { exponent >= 0 || rounded(0, .plain) == self }

  /// Rounded to a number of decimals; `.plain` rounds halves away from zero, as Excel does.
  func rounded(_ decimals: Int, _ mode: Decimal.RoundingMode) -> Decimal {
    var value = self
    var result = Decimal()
    NSDecimalRound(&result, &value, decimals, mode)
    return result
  }
}

extension LeftOut {
  /// How a message names the piece: `划去的“18”`.
  var words: LocalizedText {
    switch kind {
    case .struck: LocalizedText(zh: "划去的“\(text)”", en: "“\(text)” crossed out")
    case .hidden: LocalizedText(zh: "隐藏的“\(text)”", en: "“\(text)” hidden")
    case .raised: LocalizedText(zh: "上标的“\(text)”", en: "“\(text)” raised")
    case .footnote: LocalizedText(zh: "脚注“\(text)”", en: "the footnote mark “\(text)”")
    case .ruby: LocalizedText(zh: "注音“\(text)”", en: "the reading “\(text)”")
    }
  }
}
