import Foundation

/// Text of a message in the character sets that mailers name.
enum MailText {
  /// Whether bytes in a character set look like neither UTF-8 nor GB18030 to who does not know it.
  static func isForeign(_ charset: String) -> Bool {
    ["big5", "big5-hkscs", "cp950", "utf-16", "utf-16le", "utf-16be"].contains(charset.lowercased())
  }

  /// The text of bytes in a named character set (RFC 2978).
  ///
  /// A name that is missing, unknown or wrong is common; what the bytes say themselves is tried then: UTF-8, else GB18030, which
  /// Chinese mailers write under the names of its parts (gb2312, gbk) and under none.
  static func text(_ bytes: ArraySlice<UInt8>, charset: String?) -> String {
    let name = charset?.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "\"' ")) ?? ""
    switch name {
    case "gb2312", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "euc-cn", "hz-gb-2312":
      if let text = GB18030.decode(bytes) { return text }
    case "big5", "big5-hkscs", "cp950":
      if let text = String(data: Data(bytes), encoding: .init(rawValue: 0x8000_0A03)) { return text }
    case "utf-16", "utf-16le":
      if let text = TextDecoding.text(of: bytes) { return text }
    case "utf-16be":
      return String(decoding: TextDecoding.utf8(ofUTF16: bytes, isLittleEndian: false), as: UTF8.self)
    case "iso-8859-1", "windows-1252", "latin1":
      // Named by default where there is Chinese; bytes that are no UTF-8 and no GB18030 are what the name says.
      if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
      if String(validating: bytes, as: UTF8.self) == nil, GB18030.decode(bytes) == nil {
        return String(bytes.map { Character(Unicode.Scalar($0)) })
      }
    default: break
    }
    return String(validating: bytes, as: UTF8.self) ?? GB18030.decodeRepairing(bytes)
  }
}
