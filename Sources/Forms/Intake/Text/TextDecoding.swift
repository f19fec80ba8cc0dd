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
    // A file that is cut off may end within a character.
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    if let wide = unmarkedUTF16(bytes) { return (wide, 0) }
    guard !isBinary(bytes) else { return nil }
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
      let bytes = utf8(ofUTF16: body, isLittleEndian: charset == .utf16LittleEndian)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// UTF-16 as UTF-8, with U+FFFD for halves of characters; a last byte without its other half is left out.
  static func utf8(ofUTF16 bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    bytes.withUnsafeBufferPointer { bytes in
      let units = (0..<bytes.count / 2).lazy.map { index in
        let (a, b) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
        return isLittleEndian ? b << 8 | a : a << 8 | b
      }
      _ = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false) {
        result.append($0)
      }
    }
    return result
  }

  /// Whether bytes have more than a few of the control characters that no text has. One or another gets into tables that
  /// old programs export; of other data they are a tenth.
  private static func isBinary(_ bytes: ArraySlice<UInt8>) -> Bool {
    var count = 0
    for byte in bytes where byte < 0x20 && !(0x09...0x0D ~= byte) && byte != 0x1A && byte != 0x1B {
      count += 1
    }
    return count > 1 && count * 50 > bytes.count
  }

  /// Whether bytes are UTF-8 to the end (Unicode 16, table 3-7), found out without making a text of them.
  static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let first = bytes[index]
        index += 1
        if first < 0x80 { continue }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 1
        case 0xE0: (length, second) = (2, 0xA0...0xBF)
        case 0xED: (length, second) = (2, 0x80...0x9F)
        case 0xE1...0xEF: length = 2
        case 0xF0: (length, second) = (3, 0x90...0xBF)
        case 0xF1...0xF3: length = 3
        case 0xF4: (length, second) = (3, 0x80...0x8F)
        default: return false
        }
        guard index + length <= bytes.count, second ~= bytes[index] else { return false }
        for next in bytes[(index + 1)..<(index + length)] where !(0x80...0xBF ~= next) { return false }
        index += length
      }
      return true
    }
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
