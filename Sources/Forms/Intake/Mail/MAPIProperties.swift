import XLSX

/// A list of properties as TNEF holds it ([MS-OXTNEF] 2.1.3.4): type and id, a count and a length for what has no fixed size,
/// padding to four bytes.
enum MAPIProperties {
  /// The first value of each property that is no number; reading ends at what cannot be read.
  static func values(_ bytes: ArraySlice<UInt8>) -> [Int: (type: Int, content: ArraySlice<UInt8>)] {
    let reader = ByteReader(bytes)
    var found: [Int: (type: Int, content: ArraySlice<UInt8>)] = [:]
    guard let count = reader.uint32(at: 0) else { return found }
    var position = 4
    for _ in 0..<min(count, 1_000) {
      guard let type = reader.uint16(at: position), let id = reader.uint16(at: position + 2) else {
        return found
      }
      position += 4
      if id >= 0x8000 {
        // A named property: a GUID, then a number or a name.
        guard let kind = reader.uint32(at: position + 16), let value = reader.uint32(at: position + 20) else {
          return found
        }
        position += 24
        if kind == 1 { position += padded(value) }
      }
      let base = type & 0x0FFF
      var values = 1
      if type & 0x1000 != 0 || [0x0D, 0x1E, 0x1F, 0x102].contains(base) {
        guard let number = reader.uint32(at: position), number <= 1_000 else { return found }
        values = number
        position += 4
      }
      for index in 0..<values {
        switch base {
        case 0x02, 0x03, 0x04, 0x0A, 0x0B: position += 4
        case 0x05, 0x06, 0x07, 0x14, 0x40: position += 8
        case 0x48: position += 16
        case 0x0D, 0x1E, 0x1F, 0x102:
          guard let length = reader.uint32(at: position),
            let content = reader.slice(at: position + 4, count: length)
          else { return found }
          if index == 0, found[id] == nil { found[id] = (base, content) }
          position += 4 + padded(length)
        default: return found
        }
      }
    }
    return found
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

  /// Bytes in a code page of Windows up to a terminator; Chinese where none is named.
  static func narrow(_ bytes: ArraySlice<UInt8>, codePage: Int?) -> String {
    let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
    return MailText.text(
      bytes[..<end], charset: codePage == 65001 ? "utf-8" : codePage == 950 ? "big5" : "gbk")
  }
}
