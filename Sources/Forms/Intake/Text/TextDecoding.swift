/// Tells in which character set a text file is written.
enum TextDecoding {
  enum Charset: Hashable {
    case utf8, utf16LittleEndian, utf16BigEndian, gb18030
  }

  /// The character set and the length of the byte order mark; `nil` for bytes that are no text.
  ///
  /// - Complexity: O(bytes), for UTF-8 must be valid to the end.
  static func charset(of bytes: ArraySlice<UInt8>) -> (charset: Charset, markLength: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return bytes.count % 2 == 0 ? (.utf16LittleEndian, 2) : nil }
    if bytes.starts(with: [0xFE, 0xFF]) { return bytes.count % 2 == 0 ? (.utf16BigEndian, 2) : nil }
    if let wide = unmarkedUTF16(bytes) { return (wide, 0) }
    guard !bytes.contains(where: isBinary) else { return nil }
    if isUTF8(bytes) { return (.utf8, 0) }
    return isMostlyGB18030(bytes) ? (.gb18030, 0) : nil
  }

  /// The text without its byte order mark; `nil` for bytes that are no text.
  static func text(of bytes: ArraySlice<UInt8>) -> String? {
    guard let (charset, markLength) = charset(of: bytes) else { return nil }
    let body = bytes.dropFirst(markLength)
    switch charset {
    case .utf8: return String(decoding: body, as: UTF8.self)
    case .gb18030: return GB18030.decodeRepairing(body)
    case .utf16LittleEndian, .utf16BigEndian:
      let isLittle = charset == .utf16LittleEndian
      var units: [UInt16] = []
      units.reserveCapacity(body.count / 2)
      var index = body.startIndex
      while index + 1 < body.endIndex {
        let (a, b) = (UInt16(body[index]), UInt16(body[index + 1]))
        units.append(isLittle ? b << 8 | a : a << 8 | b)
        index += 2
      }
      return String(decoding: units, as: UTF16.self)
    }
  }

  /// Control characters that no text has.
  private static func isBinary(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(0x09...0x0D ~= byte) && byte != 0x1A && byte != 0x1B
  }

  private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  /// UTF-16 without a mark: every other byte of the ASCII that a table has is zero.
  private static func unmarkedUTF16(_ bytes: ArraySlice<UInt8>) -> Charset? {
    guard bytes.count >= 4, bytes.count % 2 == 0 else { return nil }
    let sample = bytes.prefix(256)
    var zeros = (even: 0, odd: 0)
    for (position, byte) in sample.enumerated() where byte == 0 {
      if position % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    if zeros.even == 0, zeros.odd * 8 >= sample.count { return .utf16LittleEndian }
    if zeros.odd == 0, zeros.even * 8 >= sample.count { return .utf16BigEndian }
    return nil
  }

  /// Whether bytes are made of GB18030's characters: a lead byte 0x81–0xFE with a trail byte that fits, at most one in
  /// a hundred wrong (files are cut off within a character).
  private static func isMostlyGB18030(_ bytes: ArraySlice<UInt8>) -> Bool {
    var characters = 0
    var wrong = 0
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte < 0x80 { continue }
      characters += 1
      guard 0x81...0xFE ~= byte, index < bytes.endIndex else {
        wrong += 1
        continue
      }
      let trail = bytes[index]
      if 0x40...0xFE ~= trail, trail != 0x7F {
        index += 1
      } else if 0x30...0x39 ~= trail, index + 2 < bytes.endIndex {
        index += 3
      } else {
        wrong += 1
      }
    }
    return characters > 0 && wrong * 100 <= characters + 99
  }
}
