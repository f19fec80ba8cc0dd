import Foundation

/// Numbers as programs write them into text files: `1200`, `-3`, `0.57`, `1.2E+10`.
enum PlainNumber {
  /// The exact number; `nil` for everything that stays text, such as `0391`, `12场` or `1,200`: what a person makes of
  /// that is told.
  static func read(_ text: Substring) -> Decimal? {
    let scalars = Array(text.unicodeScalars)
    guard !scalars.isEmpty, scalars.count <= 24 else { return nil }
    let isNegative = scalars[0] == "-"
    let start = isNegative ? 1 : 0
    guard start < scalars.count, Numeral.isDigit(scalars[start]),
      scalars[start...].allSatisfy({ Numeral.isDigit($0) || ".Ee+-".unicodeScalars.contains($0) })
    else { return nil }
    // A leading 0 is part of a telephone number or a code.
    if scalars[start] == "0", start + 1 < scalars.count, Numeral.isDigit(scalars[start + 1]) { return nil }
    guard case .numeral(let numeral) = Numeral.read(scalars, at: start), numeral.end == scalars.count else {
      return nil
    }
    let value = numeral.value.decimal
    return isNegative ? -value : value
  }
}

extension Decimal {
  /// The decimal that Excel shows for a stored number: the shortest text that stands for it (0.57, not
  /// 0.56999999999999995), of 15 digits at most (0.3 for what 0.1+0.2 leaves). `nil` for infinities.
  init?(shortest number: Double) {
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
      self.init(whole)
    } else if number.isFinite {
      let shortest = "\(number)"
      let digits = shortest.prefix { $0 != "e" }.drop { "-0.".contains($0) }.count { $0 != "." }
      let text = digits > 15 ? String(format: "%.15g", number) : shortest
      guard let decimal = Decimal(string: text) else { return nil }
      self = decimal
    } else {
      return nil
    }
  }
}
