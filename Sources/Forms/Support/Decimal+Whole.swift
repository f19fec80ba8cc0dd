import Foundation

extension Decimal {
  /// The number as an `Int` where it is a whole one of at most 18 digits; `nil` for others, and for some whole ones with many
  /// digits.
  ///
  /// Nearly every figure of every form is one, and Foundation writes a decimal in some ten thousand instructions. It gives
  /// nobody the digits in another way, so they are taken from where its layout has them: the exponent, four bits of length
  /// in words of 16 bits above a sign bit, and the words. ``layoutIsKnown`` makes sure of that once.
  var whole: Int? {
    guard let (significand, exponent) = parts, exponent >= 0, exponent <= 18 else { return nil }
    var value = significand
    for _ in 0..<exponent {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow, product.magnitude < 1_000_000_000_000_000_000 else { return nil }
      value = product
    }
    return value
  }

  /// The digits, of which there are at most 15, and the power of ten that they are multiplied by; `nil` for longer numbers
  /// and for what is no number.
  var parts: (significand: Int, exponent: Int)? {
    guard Self.layoutIsKnown else { return nil }
    return withUnsafeBytes(of: self) { bytes in
      let exponent = Int(Int8(bitPattern: bytes[0]))
      let length = bytes[1] >> 4
      let isNegative = bytes[1] & 8 != 0
      guard length <= 3 else { return nil }
      // Words beyond the length hold nothing; a length of 0 with a sign is no number.
      if length == 0 { return isNegative ? nil : (0, 0) }
      var value = 0
      for word in 0..<Int(length) {
        value |= Int(bytes[4 + 2 * word]) << (16 * word) | Int(bytes[5 + 2 * word]) << (16 * word + 8)
      }
      return (isNegative ? -value : value, exponent)
    }
  }

  private static let layoutIsKnown: Bool = {
    func bytes(_ number: Decimal) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }
    func words(_ low: [UInt8]) -> [UInt8] { low + Array(repeating: 0, count: 16 - low.count) }
    func isLaidOut(_ number: Decimal, _ exponent: Int8, length: UInt8, sign: UInt8, _ low: [UInt8]) -> Bool {
      let bytes = bytes(number)
      return bytes.count == 20 && bytes[0] == UInt8(bitPattern: exponent)
        && bytes[1] & 0xF8 == length << 4 | sign
        && Array(bytes[4...]) == words(low)
    }
    return isLaidOut(12_345, 0, length: 1, sign: 0, [0x39, 0x30])
      && isLaidOut(-70_001, 0, length: 2, sign: 8, [0x71, 0x11, 1])
      && isLaidOut(1_200, 2, length: 1, sign: 0, [12]) && isLaidOut(0, 0, length: 0, sign: 0, [])
      && isLaidOut(Decimal(sign: .plus, exponent: -2, significand: 57), -2, length: 1, sign: 0, [57])
      && isLaidOut(281_474_976_710_655, 0, length: 3, sign: 0, [255, 255, 255, 255, 255, 255])
  }()
}
