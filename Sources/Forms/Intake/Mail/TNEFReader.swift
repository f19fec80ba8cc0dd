import XLSX

/// Attachments out of `winmail.dat`, in which Outlook wraps them for servers of its own kind ([MS-OXTNEF]).
enum TNEFReader {
  /// The attachments; `nil` for bytes that are none of that format.
  static func attachments(of bytes: [UInt8]) -> [MailMessage.Attachment]? {
    let reader = ByteReader(bytes)
    guard reader.uint32(at: 0) == 0x223E_9F78 else { return nil }
    var found: [MailMessage.Attachment] = []
    var codePage = 936
    // Level, id, length, content, checksum (2.1.3.1).
    var position = 6
    while let id = reader.uint32(at: position + 1), let length = reader.uint32(at: position + 5),
      position < bytes.count, let content = reader.slice(at: position + 9, count: length)
    {
      let isOfAttachment = bytes[position] == 2
      position += 9 + length + 2
      switch id {
      case 0x0006_9007: codePage = ByteReader(content).uint32(at: 0) ?? codePage
      case 0x0006_9002 where isOfAttachment: found.append(.init(name: "", content: .bytes([])))
      case 0x0001_8010 where isOfAttachment && !found.isEmpty && found[found.count - 1].name.isEmpty:
        found[found.count - 1].name = text(content, codePage: codePage)
      case 0x0006_800F where isOfAttachment && !found.isEmpty:
        found[found.count - 1].content = .bytes(Array(content))
      case 0x0006_9005 where isOfAttachment && !found.isEmpty:
        if let name = longName(in: content, codePage: codePage) { found[found.count - 1].name = name }
      default: break
      }
    }
    return found
  }

  private static func text(_ bytes: ArraySlice<UInt8>, codePage: Int) -> String {
    let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
    return MailText.text(
      bytes[..<end], charset: codePage == 65001 ? "utf-8" : codePage == 950 ? "big5" : "gbk")
  }

  /// The attachment's long name among its properties (2.1.3.4): type and id, a count and a length for texts, padding to four bytes.
  private static func longName(in properties: ArraySlice<UInt8>, codePage: Int) -> String? {
    let reader = ByteReader(properties)
    guard let count = reader.uint32(at: 0) else { return nil }
    var position = 4
    for _ in 0..<min(count, 1_000) {
      guard let type = reader.uint16(at: position), let id = reader.uint16(at: position + 2) else {
        return nil
      }
      position += 4
      if id >= 0x8000 {
        // A named property: a GUID, then a number or a name.
        guard let kind = reader.uint32(at: position + 16), let value = reader.uint32(at: position + 20) else {
          return nil
        }
        position += 24
        if kind == 1 { position += padded(value) }
      }
      let isMany = type & 0x1000 != 0
      let base = type & 0x0FFF
      var values = 1
      if isMany || [0x0D, 0x1E, 0x1F, 0x102].contains(base) {
        guard let number = reader.uint32(at: position), number <= 1_000 else { return nil }
        values = number
        position += 4
      }
      for _ in 0..<values {
        switch base {
        case 0x02, 0x03, 0x04, 0x0A, 0x0B: position += 4
        case 0x05, 0x06, 0x07, 0x14, 0x40: position += 8
        case 0x48: position += 16
        case 0x0D, 0x1E, 0x1F, 0x102:
          guard let length = reader.uint32(at: position),
            let content = reader.slice(at: position + 4, count: length)
          else { return nil }
          if id == 0x3707 {
            guard base == 0x1F else { return text(content, codePage: codePage) }
            return MAPIText.unicode(content)
          }
          position += 4 + padded(length)
        default: return nil
        }
      }
    }
    return nil
  }

  private static func padded(_ length: Int) -> Int { (length + 3) & ~3 }
}

/// Texts as MAPI stores them.
enum MAPIText {
  /// UTF-16, little-endian, up to a terminator if there is one.
  static func unicode(_ bytes: ArraySlice<UInt8>) -> String {
    let reader = ByteReader(bytes)
    var units: [UInt16] = []
    var position = 0
    while let unit = reader.uint16(at: position), unit != 0 {
      units.append(UInt16(truncatingIfNeeded: unit))
      position += 2
    }
    return String(decoding: units, as: UTF16.self)
  }
}
