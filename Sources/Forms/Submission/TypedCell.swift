import Foundation
import XLSX

/// A cell read as what its field holds.
struct TypedCell {
  /// What the value was read from, as text.
  var raw = ""
  var state: Reading.State = .blank
  var notes: [Reading.Note] = []
  var formula: String?

  init() {}

  /// - Parameter year: The year of the task.
  init(_ content: GridCell?, field: Field, year: Int) {
    guard let content else { return }
    if field.type == .number {
      // Most cells of a list are plain numbers.
      if let number = content.plainNumber {
        state = .figure(number)
      } else {
        let figure = CellFigure(content, measure: field.measure, year: year)
        (raw, state, notes, formula) = (figure.raw, figure.state, figure.notes, figure.formula)
        return
      }
      raw = number(content)
      return
    }
    formula = content.formula
    let shown = content.shown
    raw = content.written ?? CellFigure.text(shown).trimmedOfInvisible
    if raw.isEmpty { return }
    if case .error(let error) = shown {
      (state, notes) = (.unreadable, [.error(error)])
      return
    }
    if let leftOut = content.appearance?.leftOut, !leftOut.isEmpty { notes.append(.leftOut(leftOut)) }
    switch ValueText(field: field, year: year).read(content, shown: shown, raw: raw) {
    case .blank: break
    case .value(let value, let isNormalised):
      if case .figure(let figure) = value { state = .figure(figure) } else { state = .value(value) }
      if let problem = ValueRange(field: field, year: year).problem(of: value) {
        notes.append(.wrong(problem))
      } else if isNormalised {
        notes.append(.normalised)
      }
    case .suspicious(let value, let problem):
      (state, notes) = (.value(value), notes + [.wrong(problem)])
    case .wrong(let problem):
      (state, notes) = (.unreadable, notes + [.wrong(problem)])
    case .unreadable:
      (state, notes) = (.unreadable, notes + [.wrong(ValueProblem(.type))])
    }
  }

  private func number(_ content: GridCell) -> String {
    if case .number(let number) = content.value { number.plainText } else { "" }
  }
}

/// What a value must fulfil besides being of its type.
struct ValueRange {
  let field: Field
  let year: Int

  /// 138 1234 5678 has eleven digits.
  private func length(of text: String) -> Int {
    field.type.isPersonal ? text.count { !$0.isWhitespace && $0 != "-" } : text.count
  }

  func problem(of value: FieldValue) -> ValueProblem? {
    let limits = field.limits
    switch value {
    case .figure(let figure):
      if case .number(let least)? = limits.least, figure < least { return ValueProblem(.least) }
      if case .number(let most)? = limits.most, figure > most { return ValueProblem(.most) }
      // A share is a share of a whole.
      if field.type == .percent, !field.isSigned, figure < 0 || (figure > 1 && limits.most == nil) {
        return ValueProblem(.most)
      }
    case .date(let date):
      if limits.within == .year, date.year != year { return ValueProblem(.year) }
      if case .date(let least)? = limits.least, date.dayNumber < least.dayNumber {
        return ValueProblem(.least)
      }
      if case .date(let most)? = limits.most, date.dayNumber > most.dayNumber { return ValueProblem(.most) }
    case .text(let text):
      if let length = limits.length, self.length(of: text) != length { return ValueProblem(.length) }
      if let pattern = limits.pattern, let regex = try? Regex(pattern),
        (try? regex.wholeMatch(in: text)) ?? nil == nil
      {
        return ValueProblem(.pattern)
      }
    case .truth: break
    }
    return nil
  }
}

extension GridCell {
  /// A number that is typed and looks as it is stored; `nil` for any other content.
  var plainNumber: Decimal? {
    guard case .number(let number) = value, formula == nil, appearance == nil, !number.isNaN else {
      return nil
    }
    return number
  }
}
