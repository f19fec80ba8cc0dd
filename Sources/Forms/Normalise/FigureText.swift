import Foundation

/// What a cell says as a figure.
public struct FigureReading: Hashable, Sendable {
  /// Never `missing`: that is for the locator to say.
  public var state: Reading.State
  public var notes: [Reading.Note]

  public init(_ state: Reading.State, notes: [Reading.Note] = []) {
    self.state = state
    self.notes = notes
  }
}

/// Reads figures as units write them: `12`, `１２场`, `1，200`, `1.2万`, `三百二十`, `约300`, `无`.
///
/// Nothing is guessed: a text that can be read in two ways is unreadable, and its readings are candidates.
public enum FigureText {
  /// Reads a cell's value as a figure of a measure.
  ///
  /// A unit behind the figure must be the measure's own, one of its aliases, or its base unit, which is converted
  /// exactly: `8000人次` in a column of 万人次 is 0.8. Any other unit makes the text unreadable.
  ///
  /// - Complexity: O(length); O(1) for anything but text.
  public static func read(_ value: GridValue, measure: Measure) -> FigureReading {
    switch value {
    case .blank: FigureReading(.blank)
    case .number(let number):
      number.isNaN
        ? FigureReading(.unreadable, notes: [.notANumber(candidates: [])]) : FigureReading(.figure(number))
    case .bool: FigureReading(.unreadable, notes: [.notANumber(candidates: [])])
    case .error(let text): FigureReading(.unreadable, notes: [.error(text)])
    case .text(let text): read(text, measure: measure)
    }
  }

  /// Reads a text as a figure; see ``read(_:measure:)``.
  ///
  /// The marks of footnotes behind a figure are no part of it.
  public static func read(_ text: String, measure: Measure) -> FigureReading {
    if let (rest, marks) = FootnoteMarks.parted(text) {
      let reading = readPlain(rest, measure: measure)
      if case .figure = reading.state {
        return FigureReading(reading.state, notes: [.leftOut(marks)] + reading.notes)
      }
    }
    // 16①5: what looks like a digit is a mark, and nobody can say of which figure.
    if FootnoteMarks.standsInside(text) {
      let parts = FigureCandidates.of(
        text.unicodeScalars.map { FootnoteMarks.isSign($0) ? " " : $0 }, measure: measure)
      return FigureReading(.unreadable, notes: [.notANumber(candidates: parts)])
    }
    // Two lines with a figure each are two figures.
    if breaksFigure(text) {
      let parts = text.split(whereSeparator: \.isNewline).compactMap { line -> Decimal? in
        if case .figure(let figure) = readPlain(String(line), measure: measure).state { figure } else { nil }
      }
      return FigureReading(.unreadable, notes: [.notANumber(candidates: parts)])
    }
    return readPlain(text, measure: measure)
  }

  /// Whether a line break stands between two digits.
  private static func breaksFigure(_ text: String) -> Bool {
    guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
    var before: Unicode.Scalar?
    var isBroken = false
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" {
        isBroken = true
      } else if !TextFolding.isInvisible(scalar) {
        if isBroken, let before, Numeral.isDigit(before), Numeral.isDigit(TextFolding.halfWidth(scalar)) {
          return true
        }
        before = TextFolding.halfWidth(scalar)
        isBroken = false
      }
    }
    return false
  }

  private static func readPlain(_ text: String, measure: Measure) -> FigureReading {
    let scalars = trimmed(TextFolding.scalars(of: text))
    if scalars.isEmpty { return blankOrSigns(text) }
    if let error = errorValue(scalars) { return FigureReading(.unreadable, notes: [.error(error)]) }
    if FigureWords.isZero(scalars, measure: measure) {
      return FigureReading(.figure(0), notes: [.normalised])
    }
    var parser = FigureParser(scalars, measure: measure)
    if let figure = parser.figure() {
      return FigureReading(.figure(figure), notes: [parser.isApproximate ? .approximate : .normalised])
    }
    return FigureReading(
      .unreadable, notes: [.notANumber(candidates: FigureCandidates.of(scalars, measure: measure))])
  }

  /// Without what the keyboard leaves around a figure: Excel's apostrophe for text, a full stop at the end.
  private static func trimmed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var rest = scalars[...]
    while let first = rest.first, first == "'" || first == "‘" || first == "’" || first == "`" || first == " "
    {
      rest.removeFirst()
    }
    while let last = rest.last, ".。,、;; ".unicodeScalars.contains(last) { rest.removeLast() }
    return Array(rest)
  }

  /// Nothing visible, or the line to write on, is blank; a lone full stop is not.
  private static func blankOrSigns(_ text: String) -> FigureReading {
    text.unicodeScalars.allSatisfy(TextFolding.isInvisible)
      ? FigureReading(.blank) : FigureReading(.unreadable, notes: [.notANumber(candidates: [])])
  }

  /// An Excel error that came as text, from a CSV or a web page.
  private static func errorValue(_ scalars: [Unicode.Scalar]) -> String? {
    guard scalars.first == "#" else { return nil }
    let text = String(scalars).uppercased()
    return ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#N/A", "#NULL!", "#SPILL!", "#CALC!"].contains(
      text)
      ? text : nil
  }
}
