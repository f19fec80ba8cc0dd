import CLibXML2

/// The character set in which a workbook before Excel 97 stores its texts ([MS-XLS] 2.4.52, CODEPAGE).
struct CodePage {
  /// None is named. Such files come from China as a rule, or hold nothing but ASCII.
  static let unknown = CodePage(936)

  private let number: Int

  init(_ number: Int) {
    // What Excel 5 wrote for Macintosh and Windows.
    self.number = number == 32_768 ? 10_000 : number == 32_769 ? 1_252 : number
  }

  /// The text, with U+FFFD for bytes that are none in this character set.
  func decode(_ bytes: ArraySlice<UInt8>) -> String {
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    switch number {
    case 1_200, 65_001: return String(decoding: bytes, as: UTF8.self)
    case 932, 10_001: return Self.converted(bytes, from: "SHIFT_JIS")
    case 949, 1_361, 10_003: return Self.converted(bytes, from: "EUC-KR")
    case 950, 10_002: return Self.converted(bytes, from: "BIG5")
    case 936, 10_008: return Self.converted(bytes, from: "GB18030")
    default:
      let table = Self.tables[number] ?? Self.tables[1_252] ?? []
      var text = String.UnicodeScalarView()
      for byte in bytes {
        let upper = Int(byte) - 0x80
        if upper < 0 {
          text.append(Unicode.Scalar(byte))
        } else {
          text.append(table.indices.contains(upper) ? table[upper] : "\u{FFFD}")
        }
      }
      return String(text)
    }
  }

  private static let tables = CodePageTables.upperHalves.mapValues { Array($0.unicodeScalars) }

  /// Converts a character set of several bytes a character, which libxml2 knows.
  private static func converted(_ bytes: ArraySlice<UInt8>, from name: String) -> String {
    guard let handler = xmlFindCharEncodingHandler(name) else {
      return String(decoding: bytes.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
    defer { xmlCharEncCloseFunc(handler) }
    var text = ""
    var rest = bytes
    // Each repair converts the rest anew; bytes that are wrong more often are no text.
    var repairs = 64
    while !rest.isEmpty {
      repairs -= 1
      guard repairs > 0 else {
        return text + String(decoding: rest.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
      }
      guard let source = xmlBufferCreate(), let target = xmlBufferCreate() else { break }
      defer {
        xmlBufferFree(source)
        xmlBufferFree(target)
      }
      _ = rest.withUnsafeBufferPointer { xmlBufferAdd(source, $0.baseAddress, Int32(clamping: $0.count)) }
      let count = rest.count
      _ = xmlCharEncInFunc(handler, target, source)
      if let content = xmlBufferContent(target) { text += String(cString: content) }
      let left = Int(xmlBufferLength(source))
      // What is left begins with a byte that is no character.
      rest = rest.suffix(min(left, count))
      if let wrong = rest.popFirst() {
        if wrong < 0x80 { text.unicodeScalars.append(Unicode.Scalar(wrong)) } else { text += "\u{FFFD}" }
      }
    }
    return text
  }
}
