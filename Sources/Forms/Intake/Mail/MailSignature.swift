import Foundation

/// Tells messages and mailboxes from other texts.
enum MailSignature {
  /// Whether bytes begin like a message as it travels (RFC 5322): lines of a name, a colon and a value, among them who sent
  /// it, when, and what about.
  static func isMessage(_ bytes: ArraySlice<UInt8>) -> Bool {
    let start = withoutFrame(bytes.prefix(headerLimit))
    guard startsWithField(start) else { return false }
    let header = MailHeader.split(start).header
    if header.has("from"), header.has("subject") || header.has("mime-version") { return true }
    return known.count(where: header.has) >= 3
  }

  /// Whether bytes begin like a mailbox (RFC 4155): a line `From …` and a message behind it.
  static func isMailbox(_ bytes: ArraySlice<UInt8>) -> Bool {
    let start = bytes.prefix(headerLimit)
    guard start.starts(with: "From ".utf8) else { return false }
    return startsWithField(start[start.endOfLine(from: start.startIndex)...])
  }

  /// The message without what programs write around it: a byte order mark, empty lines, the length of an .emlx in front.
  static func withoutFrame(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    while let first = rest.first, first == 0x0A || first == 0x0D { rest = rest.dropFirst() }
    let end = rest.endOfLine(from: rest.startIndex)
    let digits = rest[..<end].filter { $0 > 0x20 }
    if 1...10 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) {
      // Behind the message stands a property list.
      let length = Int(String(decoding: digits, as: UTF8.self)) ?? 0
      if startsWithField(rest[end...]) { rest = rest[end...].prefix(length) }
    }
    // A message cut out of a mailbox still has its first line.
    if rest.starts(with: "From ".utf8) || rest.starts(with: ">From ".utf8) {
      rest = rest[rest.endOfLine(from: rest.startIndex)...]
    }
    return rest
  }

  /// Whether a name of letters and hyphens stands in front of a colon.
  static func startsWithField(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let colon = bytes.prefix(80).firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex else {
      return false
    }
    return bytes[bytes.startIndex..<colon].allSatisfy {
      0x61...0x7A ~= $0 | 0x20 || $0 == UInt8(ascii: "-") || 0x30...0x39 ~= $0
    }
  }

  static let headerLimit = 64 << 10
  private static let known = [
    "from", "to", "date", "subject", "received", "message-id", "mime-version", "content-type", "return-path",
  ]
}

extension ArraySlice<UInt8> {
  /// The position behind the line break that ends the line at a position.
  func endOfLine(from index: Int) -> Int {
    withUnsafeBufferPointer { bytes in
      let start = index - startIndex
      guard let base = bytes.baseAddress, start < bytes.count,
        let found = memchr(base + start, 0x0A, bytes.count - start)
      else { return endIndex }
      return startIndex + (found - UnsafeMutableRawPointer(mutating: base)) + 1
    }
  }
}
