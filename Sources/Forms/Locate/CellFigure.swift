import Foundation
import XLSX

/// A cell read as a figure: its content or, for a formula, what the program computes for it.
struct CellFigure {
  /// What the figure was read from, as text.
  var raw = ""
  var state: Reading.State = .blank
  var notes: [Reading.Note] = []
  var formula: String?

  var figure: Decimal? { if case .figure(let figure) = state { figure } else { nil } }

  /// - Parameter year: The year of the task, by which a day is told from a number; `nil` where figures are only looked for.
  init(_ grid: Grid, at cell: CellReference, measure: Measure, year: Int? = nil) {
    self.init(grid.cells[cell] ?? GridCell(.blank), measure: measure, year: year)
  }

  init(_ content: GridCell, measure: Measure, year: Int? = nil) {
    formula = content.formula
    let stored = Self.visible(content.value)
    var value = stored
    switch content.computed {
    case .value(let result)? where content.formula != nil:
      value = Self.visible(result)
      if stored == .blank, content.value == .blank {
        if value != .blank { notes.append(.evaluated) }
      } else if !Self.agree(stored, value, measure: measure) {
        notes.append(
          .staleFormula(
            cached: Self.figure(stored, measure: measure), computed: Self.figure(value, measure: measure)))
      }
    case .failed(let why)?:
      notes.append(.notEvaluated(why))
    default:
      break
    }
    let appearance = content.appearance
    var leftOut = appearance?.leftOut ?? []
    if let seen = appearance?.seen {
      // What a formula gives is crossed out as a whole.
      leftOut = leftOut.map { $0.text.isEmpty ? LeftOut($0.kind, Self.text(value)) : $0 }
        .filter { !$0.text.isInvisible }
      value = Self.visible(seen)
      if value == .blank { notes = [] }
    }
    var reading = FigureText.read(value, measure: measure)
    raw = Self.text(value)
    if case .number(let number) = value, let shownAs = appearance?.shownAs,
      let shown = ShownFigure.read(number, shownAs: shownAs, measure: measure, year: year)
    {
      reading = shown
      if case .notAFigure(let text, _)? = shown.notes.first { raw = text }
    }
    state = reading.state
    notes = Self.joined(leftOut, reading.notes) + notes
  }

  /// The notes of a reading with what was left out before the text was read.
  private static func joined(_ leftOut: [LeftOut], _ notes: [Reading.Note]) -> [Reading.Note] {
    guard !leftOut.isEmpty else { return notes }
    if case .leftOut(let marks)? = notes.first { return [.leftOut(leftOut + marks)] + notes.dropFirst() }
    return [.leftOut(leftOut)] + notes
  }

  /// The empty text that `IF(…,"",…)` gives is nothing to a reader.
  private static func visible(_ value: GridValue) -> GridValue {
    if case .text(let text) = value, text.unicodeScalars.allSatisfy(TextFolding.isInvisible) { return .blank }
    return value
  }

  private static func figure(_ value: GridValue, measure: Measure) -> Decimal? {
    if case .figure(let figure) = FigureText.read(value, measure: measure).state { figure } else { nil }
  }

  /// Whether a stored result is what the formula gives, up to the last digits of binary floating point.
  private static func agree(_ a: GridValue, _ b: GridValue, measure: Measure) -> Bool {
    if a == b { return true }
    guard case .number(let x) = a, case .number(let y) = b else { return false }
    let scale = max(abs(x), abs(y), 1)
    return abs(x - y) <= scale * Decimal(sign: .plus, exponent: -12, significand: 1)
  }

  static func text(_ value: GridValue) -> String {
    switch value {
    case .blank: ""
    case .number(let number): number.plainText
    case .text(let text): text
    case .bool(let bool): bool ? "TRUE" : "FALSE"
    case .error(let error): error
    }
  }
}
