import Foundation

/// The figures that an unreadable text might mean: every number in it, and their sum where it lists parts.
enum FigureCandidates {
  /// - Returns: In the order of the text, the sum last; at most eight, none twice. `60→65` gives 60 and 65,
  ///   `省级2篇市级3篇` gives 2, 3 and 5.
  static func of(_ text: [Unicode.Scalar], measure: Measure) -> [Decimal] {
    if let day = day(text) { return ShownFigure.candidates(of: day) }
    let units = FigureUnits(measure)
    // 一等奖3个: the Chinese numerals in a sentence with Arabic ones are mostly words.
    let hasArabic = text.contains(where: Numeral.isDigit)
    var found: [Found] = []
    var extra: [ExactNumber] = []
    var index = 0
    while index < text.count, found.count < 8 {
      if hasArabic, !Numeral.isDigit(text[index]) {
        index += 1
        continue
      }
      switch Numeral.read(text, at: index) {
      case .none: index += 1
      case .malformed(let end, let candidates):
        extra += candidates
        index = max(end, index + 1)
      case .numeral(let numeral):
        let (unit, value) = converted(numeral, in: text, units: units)
        found.append(Found(value: value, start: index, end: numeral.end, unit: unit))
        index = numeral.end
      }
    }
    var values = found.map(\.value)
    if let sum = sum(of: found, in: text) { values.append(sum) }
    values += extra
    var result: [Decimal] = []
    for value in values.map(\.decimal) where !result.contains(value) { result.append(value) }
    return Array(result.prefix(8))
  }

  /// The day that a text is and nothing else: `3月5日`, `2024年3月5日`, which a program made of 3-5.
  private static func day(_ text: [Unicode.Scalar]) -> CalendarDate? {
    guard 4...12 ~= text.count else { return nil }
    var numbers: [Int] = []
    var signs = ""
    var digits = ""
    for scalar in text {
      if Numeral.isDigit(scalar) {
        digits.unicodeScalars.append(scalar)
      } else {
        guard let number = Int(digits), digits.count <= 4 else { return nil }
        numbers.append(number)
        digits = ""
        signs.unicodeScalars.append(scalar)
      }
    }
    if let last = Int(digits), digits.count <= 2 {
      numbers.append(last)
    } else if !digits.isEmpty {
      return nil
    }
    switch (numbers.count, signs) {
    case (2, "月日"): return CalendarDate(year: 2_000, month: numbers[0], day: numbers[1])
    case (3, "年月日"):
      guard 1_900...2_100 ~= numbers[0] else { return nil }
      return CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
    default: return nil
    }
  }

  private struct Found {
    var value: ExactNumber
    var start: Int
    var end: Int
    /// The characters behind the number up to the next digit or space, at most two: what is counted.
    var unit: ArraySlice<Unicode.Scalar>
  }

  private static func converted(
    _ numeral: Numeral, in text: [Unicode.Scalar], units: FigureUnits
  ) -> (unit: ArraySlice<Unicode.Scalar>, value: ExactNumber) {
    let rest = text[numeral.end...].prefix(4).prefix { $0.properties.isAlphabetic && !Numeral.isDigit($0) }
    for length in stride(from: rest.count, to: 0, by: -1) {
      if let power = units.conversion(of: Array(rest.prefix(length))) {
        return (rest.prefix(length), numeral.value.timesPowerOfTen(power))
      }
    }
    return (rest.prefix(1), numeral.value)
  }

  /// The sum of numbers that stand side by side with the same unit, or with a plus or a list comma between them.
  private static func sum(of found: [Found], in text: [Unicode.Scalar]) -> ExactNumber? {
    guard found.count > 1, let first = found.first else { return nil }
    var sum = first.value
    for (left, right) in zip(found, found.dropFirst()) {
      let between = text[left.end..<right.start]
      guard left.unit.elementsEqual(right.unit) || left.unit.isEmpty || right.unit.isEmpty,
        between.contains(where: { $0.properties.isAlphabetic || "+、;,".unicodeScalars.contains($0) }),
        !between.contains(where: { "→>/-~—–至到改或为年月日第%:=".unicodeScalars.contains($0) }),
        let next = sum + right.value
      else { return nil }
      sum = next
    }
    return sum
  }
}
