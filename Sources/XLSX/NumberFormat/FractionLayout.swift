/// Where the parts of a fraction stand among the tokens of a section such as `# ??/16`.
struct FractionLayout: Hashable, Sendable {
  /// Tokens of the whole number, from the start of the section; empty in an improper fraction.
  var whole: Range<Int>
  /// What stands between the whole number and the numerator.
  var separator: Range<Int>
  var numerator: Range<Int>
  /// The slash and the literals around it.
  var middle: Range<Int>
  var denominator: Range<Int>
  /// The denominator that the format fixes.
  var fixedDenominator: Int?
  /// The greatest denominator that has room, of at most seven digits.
  var maximumDenominator: Int

  /// `nil` if the tokens are no fraction.
  init?(_ tokens: [FormatSection.Token]) {
    func isPlace(_ index: Int) -> Bool { if case .digit = tokens[index] { true } else { false } }
    func isLiteral(_ index: Int) -> Bool { if case .literal = tokens[index] { true } else { false } }
    func fixed(_ index: Int) -> Int? {
      if case .fixedDigit(let digit) = tokens[index] { Int(digit) } else { nil }
    }

    guard let slash = tokens.firstIndex(of: .slash), !tokens.contains(.point) else { return nil }
    var numeratorEnd = slash
    while numeratorEnd > 0, isLiteral(numeratorEnd - 1) { numeratorEnd -= 1 }
    var numeratorStart = numeratorEnd
    while numeratorStart > 0, isPlace(numeratorStart - 1) { numeratorStart -= 1 }
    var denominatorStart = slash + 1
    while denominatorStart < tokens.count, isLiteral(denominatorStart) { denominatorStart += 1 }
    var denominatorEnd = denominatorStart
    var value = 0
    var places = 0
    while denominatorEnd < tokens.count, denominatorEnd - denominatorStart < 9 {
      if let digit = fixed(denominatorEnd) {
        value = value * 10 + digit
      } else if isPlace(denominatorEnd) {
        value *= 10
        places += 1
      } else {
        break
      }
      denominatorEnd += 1
    }
    guard numeratorStart < numeratorEnd, denominatorStart < denominatorEnd else { return nil }
    numerator = numeratorStart..<numeratorEnd
    middle = numeratorEnd..<denominatorStart
    denominator = denominatorStart..<denominatorEnd
    fixedDenominator = value > 0 ? value : nil
    maximumDenominator = (0..<min(places, 7)).reduce(1) { power, _ in power * 10 } - 1
    let lastWhole = (0..<numeratorStart).last(where: isPlace)
    whole = 0..<(lastWhole.map { $0 + 1 } ?? 0)
    separator = whole.upperBound..<numeratorStart
  }

  /// The last convergent of the continued fraction of a number that has room: what Excel shows, although a nearer
  /// fraction can exist (0.456 is 1/2 in `# ?/?`, not 4/9).
  ///
  /// - Parameter value: From 0 up to, not including, 2^53.
  func approximate(_ value: Double) -> (numerator: Int, denominator: Int) {
    if let fixedDenominator {
      return (Int(exactly: (value * Double(fixedDenominator)).rounded()) ?? 0, fixedDenominator)
    }
    var (previous, numerator) = (0, 1)
    var (previousDenominator, denominator) = (1, 0)
    var rest = value
    while true {
      guard let whole = Int(exactly: rest.rounded(.down)) else { break }
      let (a, overflowA) = whole.multipliedReportingOverflow(by: numerator)
      let (b, overflowB) = whole.multipliedReportingOverflow(by: denominator)
      let (nextNumerator, overflowC) = a.addingReportingOverflow(previous)
      let (nextDenominator, overflowD) = b.addingReportingOverflow(previousDenominator)
      if overflowA || overflowB || overflowC || overflowD || nextDenominator > maximumDenominator { break }
      (previous, numerator) = (numerator, nextNumerator)
      (previousDenominator, denominator) = (denominator, nextDenominator)
      let fraction = rest - rest.rounded(.down)
      if fraction < 5e-8 { break }
      rest = 1 / fraction
    }
    return denominator == 0 ? (0, 1) : (numerator, denominator)
  }
}
