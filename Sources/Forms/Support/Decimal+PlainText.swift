import Foundation

extension Decimal {
  /// All digits, with a point and no exponent, no zeros at the end of the fraction: `12`, `-0.57`, `110000`. The same in
  /// every locale. `NaN` for what is no number.
  public var plainText: String {
    if let whole { return String(whole) }
    let text = description
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    var digits = text.utf8[...]
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.last == UInt8(ascii: ".") { digits.removeLast() }
    return String(Substring(digits))
  }
}
