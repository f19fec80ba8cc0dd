/// The format `General`: a number in as few characters as say it.
enum GeneralFormat {
  /// The number as a cell of the format `General` shows it when the column is wide enough: at most 11 characters without
  /// the sign, else rounded, else in scientific notation with 6 digits.
  static func cellText(for value: Double) -> String {
    let exact = DecimalDigits(value)
    if exact.isZero { return "0" }
    let sign = exact.isNegative ? "-" : ""
    let exponent = exact.exponent
    if exponent >= 11 { return sign + scientific(exact, digits: 6) }
    if exponent >= -4 {
      // 11 characters, one of them the point; below 1 the zero before the point is one more.
      let rounded = exact.rounded(toFractionDigits: exponent >= 0 ? max(0, 9 - exponent) : 9)
      if rounded.exponent >= 11 { return sign + scientific(exact, digits: 6) }
      return sign + plain(rounded)
    }
    // 0.00001 stays as it is while its digits fit, 0.0000123456 does not.
    if exact.digits.count - exact.point <= 9 { return sign + plain(exact) }
    return sign + scientific(exact, digits: 6)
  }

  /// The number as Excel makes it text in a formula (`A1&""`): 15 digits, scientific beyond 20 places.
  static func formulaText(for value: Double) -> String {
    let exact = DecimalDigits(value)
    if exact.isZero { return "0" }
    let sign = exact.isNegative ? "-" : ""
    let isPlain = exact.exponent >= 0 ? exact.exponent <= 20 : 2 + exact.digits.count - exact.point <= 20
    return sign + (isPlain ? plain(exact) : scientific(exact, digits: DecimalDigits.significantDigits))
  }

  /// Without exponent, however long.
  static func plain(_ number: DecimalDigits) -> String {
    let integer = number.integerDigits
    let fraction = number.fractionDigits
    return text(integer.isEmpty ? [0] : integer) + (fraction.isEmpty ? "" : "." + text(fraction))
  }

  /// `1.23E+11`: the exponent has its sign and at least two digits.
  static func scientific(_ number: DecimalDigits, digits count: Int) -> String {
    let rounded = number.rounded(toSignificantDigits: count)
    let exponent = rounded.exponent
    let fraction = rounded.digits.dropFirst()
    return text(Array(rounded.digits.prefix(1))) + (fraction.isEmpty ? "" : "." + text(Array(fraction)))
      + (exponent < 0 ? "E-" : "E+") + CalendarDateTime.padded(abs(exponent), 2)
  }

  private static func text(_ digits: [UInt8]) -> String {
    String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }
}
