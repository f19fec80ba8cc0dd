import Foundation

extension Decimal {
  /// All digits, with a point and no exponent, no zeros at the end of the fraction: `12`, `-0.57`, `110000`. The same in
  /// every locale. `NaN` for what is no number.
  public var plainText: String {
    if let whole { return String(whole) }
    if let text = plainFraction { return text }
    let text = description
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    var digits = text.utf8[...]
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.last == UInt8(ascii: ".") { digits.removeLast() }
    return String(Substring(digits))
  }

  /// How many characters ``plainText`` has.
  var plainCount: Int { plainText.utf8.count }

  /// ``plainText`` of a fraction with few digits.
  private var plainFraction: String? {
    guard var (significand, exponent) = parts, exponent < 0, exponent >= -30 else { return nil }
    while exponent < 0, significand % 10 == 0 {
      significand /= 10
      exponent += 1
    }
    if exponent == 0 { return String(significand) }
    var digits = Array(String(significand.magnitude).utf8)
    let missing = 1 - exponent - digits.count
    if missing > 0 { digits.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: 0) }
    digits.insert(UInt8(ascii: "."), at: digits.count + exponent)
    return (significand < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }
}
