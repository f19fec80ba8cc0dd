#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The `_xHHHH_` escapes that stand for characters XML cannot hold (ECMA-376 Part 1, 22.9.2.19, `ST_Xstring`).
enum EscapedText {
  /// Decodes the escapes in the bytes appended to an arena since a mark, in place.
  ///
  /// A surrogate pair may be written as two escapes; half a pair cannot be a character of a Swift string and stays as
  /// it is written.
  static func decode(_ arena: inout ByteArena, since mark: Int) {
    guard let base = arena.base, mark < arena.count else { return }
    let end = arena.count
    var read = mark
    while let found = memchr(base + read, Int32(UInt8(ascii: "_")), end - read) {
      read = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if unit(base, read, end) != nil { break }
      read += 1
    }
    guard read < end, base[read] == UInt8(ascii: "_"), unit(base, read, end) != nil else { return }
    var write = read
    while read < end {
      guard let first = unit(base, read, end) else {
        base[write] = base[read]
        write += 1
        read += 1
        continue
      }
      var scalar = UInt32(first)
      var length = 7
      if UTF16.isLeadSurrogate(first), let second = unit(base, read + 7, end), UTF16.isTrailSurrogate(second)
      {
        scalar = 0x10000 + ((UInt32(first) & 0x3FF) << 10) + (UInt32(second) & 0x3FF)
        length = 14
      }
      guard let character = Unicode.Scalar(scalar) else {
        base[write] = base[read]
        write += 1
        read += 1
        continue
      }
      for byte in UTF8.encode(character).unsafelyUnwrapped {
        base[write] = byte
        write += 1
      }
      read += length
    }
    arena.truncate(to: write)
  }

  /// The code unit of the escape that begins here.
  private static func unit(_ base: UnsafeMutablePointer<UInt8>, _ at: Int, _ end: Int) -> UInt16? {
    guard at + 7 <= end, base[at] == UInt8(ascii: "_"), base[at + 1] == UInt8(ascii: "x"),
      base[at + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt16 = 0
    for offset in 2..<6 {
      guard let digit = hexadecimal(base[at + offset]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

extension String {
  /// The text with its `_xHHHH_` escapes decoded.
  var decodingEscapes: String {
    guard utf8.contains(UInt8(ascii: "_")) else { return self }
    var arena = ByteArena()
    var copy = self
    copy.withUTF8 { arena.append($0) }
    EscapedText.decode(&arena, since: 0)
    return String(decoding: arena.bytes(at: 0, count: arena.count), as: UTF8.self)
  }
}
