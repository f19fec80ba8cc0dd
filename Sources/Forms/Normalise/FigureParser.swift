import Foundation

/// Reads one figure that must take up the whole text: prefix words, sign, number, unit and suffix words.
struct FigureParser {
  private let text: [Unicode.Scalar]
  private let units: FigureUnits
  private var index = 0
  private(set) var isApproximate = false

  init(_ text: [Unicode.Scalar], measure: Measure) {
    self.text = text
    units = FigureUnits(measure)
  }

  /// The figure, or `nil` if the text is anything but one figure.
  mutating func figure() -> Decimal? {
    if let inner = accountingNegative() {
      var parser = self
      parser = FigureParser(inner, units: units)
      return parser.unsigned().map { -$0 }
    }
    skipPrefixes()
    let isNegative = sign()
    guard let value = unsigned() else { return nil }
    return isNegative ? -value : value
  }

  private init(_ text: [Unicode.Scalar], units: FigureUnits) {
    self.text = text
    self.units = units
  }

  /// `(5)`: a negative number in the accountants' notation, which Excel reads so.
  private func accountingNegative() -> [Unicode.Scalar]? {
    guard text.count > 2, text.first == "(", text.last == ")" else { return nil }
    let inner = Array(text[1..<(text.count - 1)])
    return inner.allSatisfy { Numeral.isDigit($0) || $0 == "." || $0 == "," } ? inner : nil
  }

  private mutating func skipPrefixes() {
    while index < text.count {
      if text[index] == " " {
        index += 1
      } else if let word = FigureWords.approximatePrefixes.first(where: starts) {
        isApproximate = true
        index += word.count
      } else if let word = FigureWords.neutralPrefixes.first(where: starts) {
        index += word.count
      } else if units.isMoney, let word = FigureWords.currencies.first(where: starts) {
        index += word.count
      } else {
        return
      }
    }
  }

  private mutating func sign() -> Bool {
    guard index + 1 < text.count else { return false }
    switch text[index] {
    case "+":
      index += 1
      return false
    case "-", "−", "﹣", "负":
      index += 1
      if text[index] == " " { index += 1 }
      return true
    default: return false
    }
  }

  private mutating func unsigned() -> Decimal? {
    guard case .numeral(let numeral) = Numeral.read(text, at: index) else { return nil }
    index = numeral.end
    guard let power = suffixes() else { return nil }
    let value: ExactNumber
    if let power {
      value = numeral.value.timesPowerOfTen(power)
    } else if let scalePower = units.scalePower, scalePower > 0, numeral.magnitude > 0 {
      // 0.8万 in a column of 万人次 counts people; 八百 or 十二 there could mean either.
      if numeral.magnitude < 3 { return nil }
      value = numeral.value.timesPowerOfTen(-scalePower)
    } else {
      value = numeral.value
    }
    return value.decimal
  }

  /// Reads the unit and the words behind the number.
  ///
  /// - Returns: `nil` if something else stands there; otherwise the unit's conversion, or `.some(nil)` without a unit.
  private mutating func suffixes() -> Int?? {
    var conversion: Int?
    while index < text.count {
      if text[index] == " " {
        index += 1
      } else if let word = FigureWords.approximateSuffixes.first(where: starts) {
        isApproximate = true
        index += word.count
      } else if let word = FigureWords.neutralSuffixes.first(where: starts) {
        index += word.count
      } else if conversion == nil, let (found, end) = unit() {
        conversion = found
        index = end
      } else if text[index] == "(", let end = bracketed() {
        index = end
      } else {
        return nil
      }
    }
    return .some(conversion)
  }

  /// The longest unit that starts here.
  private func unit() -> (conversion: Int, end: Int)? {
    let rest = text[index...].prefix(8)
    for length in stride(from: rest.count, to: 0, by: -1) {
      let candidate = Array(rest.prefix(length))
      // A unit ends with one of its own letters: `人次+` is 人次 and a plus.
      guard let first = candidate.first, let last = candidate.last, first.properties.isAlphabetic,
        last.properties.isAlphabetic
      else { continue }
      if let conversion = units.conversion(of: candidate) { return (conversion, index + length) }
    }
    return nil
  }

  /// `12（场）`, `300（约）`: a unit or a suffix word in brackets.
  private mutating func bracketed() -> Int? {
    guard let close = text[index...].firstIndex(of: ")") else { return nil }
    let inner = Array(text[(index + 1)..<close])
    if FigureWords.approximateSuffixes.contains(inner) {
      isApproximate = true
      return close + 1
    }
    return units.conversion(of: inner) == 0 ? close + 1 : nil
  }

  private func starts(with word: [Unicode.Scalar]) -> Bool {
    text.count - index >= word.count && text[index..<(index + word.count)].elementsEqual(word)
  }
}
