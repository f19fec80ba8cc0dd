/// Decimal text to the nearest `Double`, exactly.
///
/// Whole numbers and decimals whose digits fit into 53 bits, with a power of ten that a `Double` holds exactly, need one
/// multiplication or division, which rounds correctly (Clinger 1990). The rest goes to the standard
/// library.
enum NumberParser {
  /// The powers of ten that are exact as `Double`; 0 ≤ exponent ≤ 22.
  @inline(__always)
  static func power(_ exponent: Int) -> Double {
    switch exponent {
    case 0: 1e0
    case 1: 1e1
    case 2: 1e2
    case 3: 1e3
    case 4: 1e4
    case 5: 1e5
    case 6: 1e6
    case 7: 1e7
    case 8: 1e8
    case 9: 1e9
    case 10: 1e10
    case 11: 1e11
    case 12: 1e12
    case 13: 1e13
    case 14: 1e14
    case 15: 1e15
    case 16: 1e16
    case 17: 1e17
    case 18: 1e18
    case 19: 1e19
    case 20: 1e20
    case 21: 1e21
    default: 1e22
    }
  }

  /// Reads a number that fills the whole text, blanks around it apart. `nil` for anything else, and for a number beyond
  /// the range of `Double`.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var start = 0
    var end = bytes.count
    while start < end, isSpace(bytes[start]) { start += 1 }
    while end > start, isSpace(bytes[end - 1]) { end -= 1 }
    guard start < end else { return nil }

    var at = start
    let isNegative = bytes[at] == UInt8(ascii: "-")
    if isNegative || bytes[at] == UInt8(ascii: "+") { at += 1 }
    var mantissa: UInt64 = 0
    var significant = 0
    var digits = 0
    var exponent = 0
    var isExact = true
    var sawPoint = false
    while at < end {
      let byte = bytes[at]
      if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else if byte &- UInt8(ascii: "0") < 10 {
        digits += 1
        if significant < 19 {
          mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
          if mantissa != 0 { significant += 1 }
          if sawPoint { exponent -= 1 }
        } else {
          isExact = false
        }
      } else {
        break
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    if at < end {
      guard bytes[at] | 0x20 == UInt8(ascii: "e") else { return nil }
      at += 1
      var isNegativeExponent = false
      if at < end, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
        isNegativeExponent = bytes[at] == UInt8(ascii: "-")
        at += 1
      }
      guard at < end else { return nil }
      var written = 0
      while at < end {
        guard bytes[at] &- UInt8(ascii: "0") < 10 else { return nil }
        if written < 100_000 { written = written * 10 + Int(bytes[at] &- UInt8(ascii: "0")) }
        at += 1
      }
      exponent += isNegativeExponent ? -written : written
    }
    if isExact, mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
      let scale = power(abs(exponent))
      let value = exponent < 0 ? Double(mantissa) / scale : Double(mantissa) * scale
      return isNegative ? -value : value
    }
    return slow(UnsafeBufferPointer(rebasing: bytes[start..<end]))
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The standard library's conversion, which knows no locale. The text is known to be a decimal number.
  @inline(never)
  private static func slow(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }
}
