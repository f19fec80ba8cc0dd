extension NumberFormat {
  /// What a number is when the format shows it as something on the calendar or the clock.
  public enum TemporalKind: Hashable, Sendable {
    /// A date, a time of day, or both.
    case dateTime
    /// A span of time, `[h]:mm`.
    case duration
  }

  /// Whether the format makes a number a date or a time of day.
  public var isDate: Bool { temporalKind == .dateTime }

  /// Whether the format makes a number a span of time.
  public var isDuration: Bool { temporalKind == .duration }

  /// Whether the format shows a positive number as a percentage: a `%` outside quotes, escapes and brackets.
  ///
  /// - Complexity: O(length of the code). Ask once per cell format, not per cell.
  public var isPercent: Bool {
    var bytes = Array(code.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "%"): return true
      case UInt8(ascii: ";"): return false
      case UInt8(ascii: "\""): bytes = bytes.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
      case UInt8(ascii: "["): bytes = bytes.drop { $0 != UInt8(ascii: "]") }.dropFirst()
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): bytes = bytes.dropFirst()
      default: continue
      }
    }
    return false
  }

  /// Whether, and how, the format makes a number a date or a time.
  ///
  /// As in Excel, the section for positive numbers decides. Quoted and escaped text, colours, locales and `General`
  /// count for nothing; of the letters outside them y, m, d, h, s mean dates, as do `aaa` (weekday) and `e` where it is
  /// no exponent (year).
  ///
  /// - Complexity: O(length of the code). Ask once per cell format, not per cell.
  public var temporalKind: TemporalKind? {
    if self == .general { return nil }
    var bytes = Array(code.utf8)[...]
    var sawDigit = false
    func startsWith(_ word: StaticString) -> Bool {
      word.withUTF8Buffer { word in
        bytes.count >= word.count
          && zip(bytes, word).allSatisfy { $0 == $1 || ($0 | 0x20) == ($1 | 0x20) && $0 < 0x80 }
      }
    }
    while let byte = bytes.first {
      if startsWith("General") {
        bytes.removeFirst(7)
        continue
      }
      if startsWith("G/通用格式") {
        bytes.removeFirst(14)
        continue
      }
      bytes.removeFirst()
      switch byte {
      case UInt8(ascii: ";"):
        return nil
      case UInt8(ascii: "\""):
        bytes = bytes.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"):
        bytes = bytes.dropFirst()
      case UInt8(ascii: "["):
        let inside = bytes.prefix { $0 != UInt8(ascii: "]") }
        bytes = bytes.dropFirst(inside.count + 1)
        if let unit = inside.first.map({ $0 | 0x20 }), [0x68, 0x6D, 0x73].contains(unit),  // h, m, s
          inside.allSatisfy({ $0 | 0x20 == unit })
        {
          return .duration
        }
      case UInt8(ascii: "0"), UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "."):
        sawDigit = true
      default:
        switch byte | 0x20 {
        case UInt8(ascii: "y"), UInt8(ascii: "m"), UInt8(ascii: "d"), UInt8(ascii: "h"), UInt8(ascii: "s"):
          return .dateTime
        case UInt8(ascii: "e") where !sawDigit:
          return .dateTime
        case UInt8(ascii: "a") where startsWith("aa"):
          return .dateTime
        default:
          break
        }
      }
    }
    return nil
  }
}
