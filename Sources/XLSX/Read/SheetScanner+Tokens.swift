#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The pieces of tokens. Each moves its position only over bytes that it has seen not to be zero, and so never past the
/// padding of a ``ScanBuffer``.
extension SheetScanner {
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// Whether a word stands here. It must be shorter than the padding.
  @inline(__always)
  static func matches(_ at: UnsafePointer<UInt8>, _ word: StaticString) -> Bool {
    memcmp(at, word.utf8Start, word.utf8CodeUnitCount) == 0
  }

  /// Moves over the rest of an end tag: white space and `>`.
  @inline(__always)
  static func closeTag(_ at: inout UnsafePointer<UInt8>) -> Bool {
    while isSpace(at[0]) { at += 1 }
    guard at[0] == UInt8(ascii: ">") else { return false }
    at += 1
    return true
  }

  /// Moves over white space and an attribute; `nil` where none follows or it is not plain. The position is then as
  /// far as it was looked at.
  static func attribute(_ at: inout UnsafePointer<UInt8>) -> (name: XMLBytes, value: XMLBytes)? {
    guard isSpace(at[0]) else { return nil }
    repeat { at += 1 } while isSpace(at[0])
    let start = at
    var next = at
    while isNameByte(next[0]) { next += 1 }
    let name = XMLBytes(start: start, count: next - start)
    guard name.count > 0, next[0] == UInt8(ascii: "="),
      next[1] == UInt8(ascii: "\"") || next[1] == UInt8(ascii: "'")
    else {
      // What is no attribute must not leave the position at what looks like the end of the tag.
      if name.count == 0 || next[0] == 0 || next[0] == UInt8(ascii: "=") { at = next }
      return nil
    }
    let quote = next[1]
    next += 2
    let valueStart = next
    // Printable ASCII only: all that these attributes ever hold.
    while next[0] != quote {
      let byte = next[0]
      if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") {
        at = next
        return nil
      }
      next += 1
    }
    at = next + 1
    return (name, XMLBytes(start: valueStart, count: next - valueStart))
  }

  @inline(__always)
  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ":")
  }

  /// Moves to the next `<` and gives the bytes before it; `nil` if there is none before a zero byte.
  @inline(__always)
  static func characterData(_ at: inout UnsafePointer<UInt8>) -> XMLBytes? {
    let start = at
    // Short texts are the rule; a call of memchr for each would cost more than the loop.
    while at[0] != UInt8(ascii: "<") {
      if at[0] == 0 { return nil }
      at += 1
    }
    return XMLBytes(start: start, count: at - start)
  }

  /// Moves over `r="E6"`.
  @inline(__always)
  static func reference(_ at: inout UnsafePointer<UInt8>, _ row: inout Int, _ column: inout Int) -> Bool {
    at += 3
    var letters = 0
    var columnNumber = 0
    while at[0] &- UInt8(ascii: "A") < 26 {
      columnNumber = columnNumber &* 26 &+ Int(at[0] &- UInt8(ascii: "A")) &+ 1
      letters &+= 1
      if letters > 3 { return false }
      at += 1
    }
    var digits = 0
    var rowNumber = 0
    while at[0] &- UInt8(ascii: "0") < 10 {
      rowNumber = rowNumber &* 10 &+ Int(at[0] &- UInt8(ascii: "0"))
      digits &+= 1
      if digits > 7 { return false }
      at += 1
    }
    guard at[0] == UInt8(ascii: "\""), letters > 0, columnNumber <= CellReference.maximumColumn,
      rowNumber > 0, rowNumber <= CellReference.maximumRow
    else { return false }
    at += 1
    row = rowNumber
    column = columnNumber
    return true
  }

  /// Moves over the value of `t` and its closing quote.
  @inline(__always)
  static func type(_ at: inout UnsafePointer<UInt8>, _ type: inout SheetBuilder.ValueType) -> Bool {
    if at[1] == UInt8(ascii: "\"") {
      switch at[0] {
      case UInt8(ascii: "s"): type = .sharedString
      case UInt8(ascii: "n"): type = .number
      case UInt8(ascii: "b"): type = .bool
      case UInt8(ascii: "e"): type = .error
      case UInt8(ascii: "d"): type = .date
      default: return false
      }
      at += 2
      return true
    }
    if matches(at, "str\"") {
      type = .formulaText
      at += 4
      return true
    }
    if matches(at, "inlineStr\"") {
      type = .inlineText
      at += 10
      return true
    }
    return false
  }

  /// Moves over a whole number of at most nine digits.
  @inline(__always)
  static func shortInteger(_ at: inout UnsafePointer<UInt8>) -> Int? {
    var value = 0
    var digits = 0
    while at[0] &- UInt8(ascii: "0") < 10 {
      value = value &* 10 &+ Int(at[0] &- UInt8(ascii: "0"))
      digits &+= 1
      if digits > 9 { return nil }
      at += 1
    }
    return digits > 0 ? value : nil
  }

  /// Moves over a number that one exact step makes a `Double` (see ``NumberParser``), and over the rest of any other.
  @inline(__always)
  static func number(_ at: inout UnsafePointer<UInt8>) -> Double? {
    let start = at
    let isNegative = at[0] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    var mantissa: UInt64 = 0
    let digitsStart = at
    while at[0] &- UInt8(ascii: "0") < 10 {
      mantissa = mantissa &* 10 &+ UInt64(at[0] &- UInt8(ascii: "0"))
      at += 1
    }
    var digits = at - digitsStart
    var decimals = 0
    if at[0] == UInt8(ascii: ".") {
      at += 1
      let decimalsStart = at
      while at[0] &- UInt8(ascii: "0") < 10 {
        mantissa = mantissa &* 10 &+ UInt64(at[0] &- UInt8(ascii: "0"))
        at += 1
      }
      decimals = at - decimalsStart
      digits &+= decimals
    }
    // With more than 19 digits the mantissa may have wrapped around.
    if digits > 0, digits <= 19, at[0] == UInt8(ascii: "<"), mantissa < 1 << 53, decimals <= 22 {
      let value = decimals == 0 ? Double(mantissa) : Double(mantissa) / NumberParser.power(decimals)
      return isNegative ? -value : value
    }
    while at[0] != UInt8(ascii: "<"), at[0] > 0x20, at[0] != UInt8(ascii: "&") { at += 1 }
    return NumberParser.parse(UnsafeBufferPointer(start: start, count: at - start))
  }
}
