/// Decodes the names of zip entries: in China mostly GBK that says nothing of itself.
enum ZipEntryName {
  /// The name as a path with `/`, without anything that leads out of the archive.
  static func text(of entry: ZipDirectory.Entry) -> String {
    safe(entry.unicodeName ?? decoded(entry.rawName, isUTF8: entry.isNameUTF8))
  }

  /// The same for a name of which nothing is known but its bytes.
  static func text(of raw: ArraySlice<UInt8>) -> String { safe(decoded(raw, isUTF8: false)) }

  private static func decoded(_ raw: ArraySlice<UInt8>, isUTF8: Bool) -> String {
    if raw.allSatisfy({ $0 < 0x80 }) { return String(decoding: raw, as: UTF8.self) }
    if let text = String(validating: raw, as: UTF8.self) {
      // A GBK name that a program took for CP437 and then honestly stored as UTF-8: ╬┬╧╪ is 温县.
      if let bytes = CodePage437.bytes(of: text), let repaired = GB18030.decode(bytes[...]),
        isPlausible(repaired)
      {
        return repaired
      }
      // Bytes that are UTF-8 are hardly ever meant otherwise; a GBK name that happens to be is known by its ideographs.
      if isUTF8 || !isPlausible(GB18030.decode(raw)) || isPlausible(text) { return text }
    }
    return GB18030.decode(raw) ?? String(decoding: raw, as: UTF8.self)
  }

  /// Whether a name reads like Chinese: every character outside ASCII is a common ideograph or CJK punctuation.
  private static func isPlausible(_ text: String?) -> Bool {
    guard let text else { return false }
    var hasIdeograph = false
    for scalar in text.unicodeScalars where !scalar.isASCII {
      switch scalar.value {
      case 0x4E00...0x9FFF: hasIdeograph = true
      case 0x3000...0x303F, 0xFF00...0xFFEF, 0x2010...0x203A, 0xB7: continue
      default: return false
      }
    }
    return hasIdeograph
  }

  /// Drops drive letters, leading strokes and `..`: names are only shown here, and must not mislead whoever reads them.
  /// A backslash is a separator only now that no trail byte 0x5C can be one.
  private static func safe(_ name: String) -> String {
    let parts = name.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." && $0 != ".." }
    return parts.joined(separator: "/").onOneLine
  }
}

/// The character set of MS-DOS, in which zip stores names unless told otherwise.
enum CodePage437 {
  private static let upper: [Unicode.Scalar] = Array(
    ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩"
      + "≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)
  private static let codes: [Unicode.Scalar: UInt8] = Dictionary(
    upper.enumerated().map { ($1, UInt8(truncatingIfNeeded: 0x80 + $0)) },
    uniquingKeysWith: { first, _ in first })

  /// The bytes that this character set stores for a text; `nil` if it has other characters, or no line-drawing ones:
  /// the bytes of Chinese text always look like some, those of résumé do not.
  static func bytes(of text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var hasLines = false
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if let code = codes[scalar] {
        bytes.append(code)
        hasLines = hasLines || 0x2500...0x259F ~= scalar.value
      } else {
        return nil
      }
    }
    return hasLines ? bytes : nil
  }
}
