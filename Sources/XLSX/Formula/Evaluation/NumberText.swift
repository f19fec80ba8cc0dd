/// Text that reads as a number, as Excel takes it when a formula calculates with text or calls `VALUE`.
enum NumberText {
  /// Reads `12`, ` -1,234.5 `, `12%`, `(5)`, `$3`, `¥3`, `1E3`, and dates and times (``DateText``). `nil` for anything
  /// else, the empty text included.
  static func parse(_ text: String, _ system: DateSystem) -> Double? {
    if let number = plain(text) { return number }
    return DateText.parse(text, system)
  }

  /// Reads a number that is no date.
  static func plain(_ text: String) -> Double? {
    var bytes = Array(text.utf8)[...]
    func trim() {
      while let byte = bytes.first, isSpace(byte) { bytes.removeFirst() }
      while let byte = bytes.last, isSpace(byte) { bytes.removeLast() }
    }
    trim()
    var isNegative = false
    if bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")"), bytes.count > 2 {
      bytes = bytes.dropFirst().dropLast()
      isNegative = true
      trim()
      if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { return nil }
    }
    var sawSign = false
    var sawCurrency = false
    while let byte = bytes.first {
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"), !sawSign {
        if byte == UInt8(ascii: "-") { isNegative.toggle() }
        sawSign = true
        bytes.removeFirst()
      } else if byte == UInt8(ascii: "$"), !sawCurrency {
        sawCurrency = true
        bytes.removeFirst()
      } else if let count = ["¥", "￥"].first(where: { bytes.starts(with: $0.utf8) })?.utf8.count, !sawCurrency
      {
        sawCurrency = true
        bytes = bytes.dropFirst(count)
      } else {
        break
      }
      trim()
    }
    var scale = 1.0
    while bytes.last == UInt8(ascii: "%") {
      bytes.removeLast()
      scale *= 100
      trim()
    }
    guard let number = digits(bytes) else { return nil }
    let result = (isNegative ? -number : number) / scale
    return result.isFinite ? result : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Digits with an optional point and exponent; commas only between groups of three of the whole number.
  private static func digits(_ bytes: ArraySlice<UInt8>) -> Double? {
    var plain: [UInt8] = []
    var sinceComma: Int?
    var sawDigit = false
    var inFraction = false
    var index = bytes.startIndex
    scan: while index < bytes.endIndex {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        plain.append(byte)
        sawDigit = true
        if !inFraction { sinceComma = sinceComma.map { $0 + 1 } }
      case UInt8(ascii: ",") where !inFraction && sawDigit:
        if let count = sinceComma, count != 3 { return nil }
        sinceComma = 0
      case UInt8(ascii: ".") where !inFraction:
        if let count = sinceComma, count != 3 { return nil }
        sinceComma = nil
        inFraction = true
        plain.append(byte)
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard sawDigit else { return nil }
        plain += bytes[index...]
        let exponent = bytes[(index + 1)...].drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        guard !exponent.isEmpty, exponent.count <= 4, exponent.allSatisfy(FormulaLexer.isDigit) else {
          return nil
        }
        break scan
      default: return nil
      }
      index += 1
    }
    if let count = sinceComma, count != 3 { return nil }
    guard sawDigit else { return nil }
    return Double(String(decoding: plain, as: UTF8.self))
  }
}
