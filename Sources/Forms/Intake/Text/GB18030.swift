import Foundation

/// The Chinese national character set, of which GBK and GB2312 are parts.
enum GB18030 {
  private static let encoding = String.Encoding(rawValue: 0x8000_0632)

  /// The text, or `nil` for bytes that are not valid in it.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
    String(data: Data(bytes), encoding: encoding)
  }

  /// The text, with U+FFFD for what cannot be decoded: a file cut off within a character loses that character only.
  ///
  /// - Complexity: O(bytes); slower where bytes are invalid.
  static func decodeRepairing(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = decode(bytes) { return text }
    var result = ""
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.endIndex
      if let line = decode(bytes[start..<end]) {
        result += line
      } else {
        appendRepaired(bytes[start..<end], to: &result)
      }
      start = end
    }
    return result
  }

  private static func appendRepaired(_ line: ArraySlice<UInt8>, to result: inout String) {
    var rest = line
    while let first = rest.first {
      let lengths = first < 0x80 ? [1] : [2, 4]
      let match = lengths.lazy.filter { $0 <= rest.count }.compactMap { length in
        decode(rest.prefix(length)).map { (length, $0) }
      }.first
      result += match?.1 ?? "\u{FFFD}"
      rest = rest.dropFirst(match?.0 ?? 1)
    }
  }
}
