/// Character data as the byte scanners accept it: UTF-8 without references other than XML's five and numbers, without
/// what XML forbids. Anything else is for libxml2 to judge.
enum PlainText {
  /// Appends the text of a run of character data, which holds no `<`, to an arena: references resolved, line breaks made
  /// one line feed.
  ///
  /// - Returns: `false` if the data is not plain; the arena is then as it was.
  static func append(_ bytes: UnsafeBufferPointer<UInt8>, to arena: inout ByteArena) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    if isSimple(base, bytes.count) {
      arena.append(bytes)
      return true
    }
    let mark = arena.count
    if appendSlowly(base, bytes.count, to: &arena) { return true }
    arena.truncate(to: mark)
    return false
  }

  /// Whether the bytes are ASCII letters, digits and marks that stand for themselves, eight at a time.
  @inline(__always)
  private static func isSimple(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let raw = UnsafeRawPointer(base)
    var odd: UInt64 = 0
    var index = 0
    while index &+ 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // The top bit of a byte is set if it is no ASCII, below 0x20, `&` or `]`.
      let ampersand = word ^ (ones &* UInt64(UInt8(ascii: "&")))
      let bracket = word ^ (ones &* UInt64(UInt8(ascii: "]")))
      odd |= word | (word &- ones &* 0x20) | (ampersand &- ones) | (bracket &- ones)
      index &+= 8
    }
    if odd & highs != 0 { return false }
    while index < count {
      let byte = base[index]
      if byte >= 0x80 || byte < 0x20 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "]") {
        return false
      }
      index &+= 1
    }
    return true
  }

  @inline(never)
  private static func appendSlowly(
    _ base: UnsafePointer<UInt8>, _ count: Int, to arena: inout ByteArena
  ) -> Bool {
    var index = 0
    var runStart = 0
    func byte(_ offset: Int) -> UInt8 { index + offset < count ? base[index + offset] : 0 }
    func flush(_ arena: inout ByteArena) {
      arena.append(UnsafeBufferPointer(start: base + runStart, count: index - runStart))
    }
    while index < count {
      let first = base[index]
      switch first {
      case UInt8(ascii: "&"):
        flush(&arena)
        guard let length = appendReference(base + index, count - index, to: &arena) else { return false }
        index += length
        runStart = index
      case UInt8(ascii: "]"):
        if byte(1) == UInt8(ascii: "]"), byte(2) == UInt8(ascii: ">") { return false }
        index += 1
      case 0x0D:
        // XML reads CR LF and CR as LF (XML 1.0, 2.11).
        flush(&arena)
        arena.append(0x0A)
        index += byte(1) == 0x0A ? 2 : 1
        runStart = index
      case 0x20..<0x80, 0x09, 0x0A:
        index += 1
      default:
        let length = sequenceLength(first, byte(1), byte(2), byte(3))
        if length == 0 { return false }
        index += length
      }
    }
    flush(&arena)
    return true
  }

  /// The length of the UTF-8 sequence that these bytes begin with; 0 if they are none, or a character that XML forbids
  /// (Unicode 15, table 3-7; XML 1.0, 2.2).
  @inline(__always)
  private static func sequenceLength(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Int {
    func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
    switch a {
    case 0xE1...0xEC, 0xEE: return isContinuation(b) && isContinuation(c) ? 3 : 0
    case 0xEF:
      if b == 0xBF && c >= 0xBE { return 0 }
      return isContinuation(b) && isContinuation(c) ? 3 : 0
    case 0xE0: return 0xA0...0xBF ~= b && isContinuation(c) ? 3 : 0
    case 0xED: return 0x80...0x9F ~= b && isContinuation(c) ? 3 : 0
    case 0xC2...0xDF: return isContinuation(b) ? 2 : 0
    case 0xF0: return 0x90...0xBF ~= b && isContinuation(c) && isContinuation(d) ? 4 : 0
    case 0xF1...0xF3: return isContinuation(b) && isContinuation(c) && isContinuation(d) ? 4 : 0
    case 0xF4: return 0x80...0x8F ~= b && isContinuation(c) && isContinuation(d) ? 4 : 0
    default: return 0
    }
  }

  /// Appends what a reference stands for and gives its length; `nil` for one that is not plain.
  private static func appendReference(
    _ base: UnsafePointer<UInt8>, _ count: Int, to arena: inout ByteArena
  ) -> Int? {
    var end = 1
    while end < min(count, 12), base[end] != UInt8(ascii: ";") { end += 1 }
    guard end < min(count, 12) else { return nil }
    let name = UnsafeBufferPointer(start: base + 1, count: end - 1)
    if name == "lt" {
      arena.append(UInt8(ascii: "<"))
    } else if name == "gt" {
      arena.append(UInt8(ascii: ">"))
    } else if name == "amp" {
      arena.append(UInt8(ascii: "&"))
    } else if name == "quot" {
      arena.append(UInt8(ascii: "\""))
    } else if name == "apos" {
      arena.append(UInt8(ascii: "'"))
    } else if name.count >= 2, name[0] == UInt8(ascii: "#"), let scalar = character(name) {
      guard let encoded = UTF8.encode(scalar) else { return nil }
      for byte in encoded { arena.append(byte) }
    } else {
      return nil
    }
    return end + 1
  }

  /// The character of a numeric reference, `#38` or `#x26`, if XML allows it.
  private static func character(_ name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
    let isHexadecimal = name[1] == UInt8(ascii: "x")
    var value: UInt32 = 0
    let digits = name[(isHexadecimal ? 2 : 1)...]
    guard !digits.isEmpty, digits.count <= 8 else { return nil }
    for byte in digits {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        value = value * (isHexadecimal ? 16 : 10) + UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f") where isHexadecimal:
        value = value * 16 + UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F") where isHexadecimal:
        value = value * 16 + UInt32(byte - UInt8(ascii: "A") + 10)
      default: return nil
      }
      if value > 0x10FFFF { return nil }
    }
    let isAllowed =
      value == 0x09 || value == 0x0A || value == 0x0D || (value >= 0x20 && value & 0xFFFE != 0xFFFE)
    return isAllowed || value > 0xFFFF ? Unicode.Scalar(value) : nil
  }
}
