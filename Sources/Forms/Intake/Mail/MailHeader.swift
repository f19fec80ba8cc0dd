/// The header of a message or of one of its parts (RFC 5322, 2.2; RFC 2045).
struct MailHeader {
  private var fields: [(name: String, value: ArraySlice<UInt8>)] = []

  /// Reads the fields up to the first empty line.
  ///
  /// - Returns: The header and the body behind it.
  static func split(_ bytes: ArraySlice<UInt8>) -> (header: MailHeader, body: ArraySlice<UInt8>) {
    var header = MailHeader()
    var index = bytes.startIndex
    var field: ArraySlice<UInt8>?
    func finish(_ field: ArraySlice<UInt8>?, in header: inout MailHeader) {
      guard let field, let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return }
      let name = String(decoding: field[..<colon], as: UTF8.self).lowercased()
      header.fields.append((name.filter { !$0.isWhitespace }, field[(colon + 1)...]))
    }
    while index < bytes.endIndex {
      let end = bytes.endOfLine(from: index)
      let line = bytes[index..<end]
      let content =
        line.last == 0x0A ? (line.dropLast().last == 0x0D ? line.dropLast(2) : line.dropLast()) : line
      if content.isEmpty {
        finish(field, in: &header)
        return (header, bytes[end...])
      }
      if content.first == 0x20 || content.first == 0x09, let start = field?.startIndex {
        field = bytes[start..<content.endIndex]
      } else {
        finish(field, in: &header)
        field = content
        guard header.fields.count < Self.fieldLimit else { return (header, bytes[end...]) }
      }
      index = end
    }
    finish(field, in: &header)
    return (header, bytes[bytes.endIndex...])
  }

  /// More fields than any message has.
  private static let fieldLimit = 2_000

  var isEmpty: Bool { fields.isEmpty }

  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  /// The value of the first field of a name, unfolded and decoded (RFC 2047).
  func text(_ name: String) -> String? {
    fields.first { $0.name == name }.map { EncodedWords.decoded($0.value).trimmingSpaces }
  }

  /// The values of all fields of a name, in the order of the file.
  func texts(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map { EncodedWords.decoded($0.value).trimmingSpaces }
  }

  /// The value of a field with parameters (`Content-Type: text/html; charset=gbk`).
  func parameterized(_ name: String) -> ParameterizedValue? {
    fields.first { $0.name == name }.map { ParameterizedValue($0.value) }
  }
}

extension String {
  /// Without white space around it.
  var trimmingSpaces: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

/// Encoded words in header fields: `=?gb18030?B?…?=` (RFC 2047).
enum EncodedWords {
  /// The text of a field: folding undone, encoded words decoded, the rest in UTF-8 or GB18030.
  ///
  /// Words next to each other are joined *before* their bytes are decoded: mailers split within a character.
  static func decoded(_ value: ArraySlice<UInt8>) -> String {
    var result = ""
    var pending: (charset: String, bytes: [UInt8])?
    var plain: [UInt8] = []
    func flushWord() {
      if let word = pending { result += MailText.text(word.bytes[...], charset: word.charset) }
      pending = nil
    }
    func flushPlain() {
      if !plain.isEmpty { result += MailText.text(plain[...], charset: nil) }
      plain.removeAll()
    }
    var index = value.startIndex
    while index < value.endIndex {
      if let (word, next) = word(in: value, at: index) {
        // White space between two encoded words is none of the text (6.2).
        if pending != nil, plain.allSatisfy(isSpace) { plain.removeAll() }
        if !plain.isEmpty {
          flushWord()
          flushPlain()
        }
        if let before = pending, before.charset == word.charset {
          pending = (word.charset, before.bytes + word.bytes)
        } else {
          flushWord()
          pending = (word.charset, word.bytes)
        }
        index = next
        continue
      }
      let byte = value[index]
      // Folding (RFC 5322, 2.2.3): the line break goes, the white space after it stays.
      if byte != 0x0D, byte != 0x0A {
        plain.append(byte == 0x09 ? 0x20 : byte)
        if pending != nil, !isSpace(byte) { flushWord() }
      }
      index += 1
    }
    if !(pending != nil && plain.allSatisfy(isSpace)) || pending == nil {
      flushWord()
      flushPlain()
    } else {
      flushWord()
    }
    return result
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func word(
    in value: ArraySlice<UInt8>, at start: Int
  ) -> (word: (charset: String, bytes: [UInt8]), next: Int)? {
    guard value[start] == UInt8(ascii: "="), start + 1 < value.endIndex, value[start + 1] == UInt8(ascii: "?")
    else { return nil }
    let question = UInt8(ascii: "?")
    // RFC 2047 allows 75 characters; mailers that fold late write longer ones.
    let rest = value[(start + 2)...].prefix(4_096)
    guard let charsetEnd = rest.firstIndex(of: question), charsetEnd + 2 < rest.endIndex,
      rest[charsetEnd + 2] == question
    else { return nil }
    let kind = rest[charsetEnd + 1] | 0x20
    let body = rest[(charsetEnd + 3)...]
    var end = body.startIndex
    while end + 1 < body.endIndex, !(body[end] == question && body[end + 1] == UInt8(ascii: "=")) { end += 1 }
    guard end + 1 < body.endIndex else { return nil }
    var charset = String(decoding: rest[..<charsetEnd], as: UTF8.self).lowercased()
    // RFC 2231, 5: a language may follow the character set.
    if let star = charset.firstIndex(of: "*") { charset = String(charset[..<star]) }
    switch kind {
    case UInt8(ascii: "b"): return ((charset, TransferEncoding.base64(body[..<end])), end + 2)
    case UInt8(ascii: "q"):
      return ((charset, TransferEncoding.quotedPrintable(body[..<end], isWord: true)), end + 2)
    default: return nil
    }
  }
}

/// A value with parameters behind it: `attachment; filename*0*=gb18030''%B8%BD; filename*1="2.xlsx"` (RFC 2045, 5.1; RFC 2231).
struct ParameterizedValue {
  /// In small letters.
  let value: String
  private let parameters: [String: String]

  init(_ field: ArraySlice<UInt8>) {
    var pieces = Self.pieces(of: field)
    value = MailText.text((pieces.isEmpty ? [] : pieces.removeFirst())[...], charset: nil).trimmingSpaces
      .lowercased()
    var plain: [String: String] = [:]
    var sections: [String: [Int: (bytes: [UInt8], isExtended: Bool)]] = [:]
    for piece in pieces {
      guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = String(decoding: piece[..<equals], as: UTF8.self).lowercased().trimmingSpaces
      let raw = Self.unquoted(piece[(equals + 1)...])
      var parts = name.split(separator: "*", omittingEmptySubsequences: false)
      guard parts.count > 1, let base = parts.first.map(String.init) else {
        // Against RFC 2047, 5, nearly every mailer writes encoded words within quotation marks.
        plain[name] = plain[name] ?? EncodedWords.decoded(raw[...])
        continue
      }
      parts.removeFirst()
      let isExtended = parts.last?.isEmpty == true
      let number = parts.first.flatMap { Int($0) } ?? 0
      guard 0..<1_000 ~= number else { continue }
      sections[base, default: [:]][number] = (raw, isExtended)
    }
    for (name, found) in sections { plain[name] = Self.joined(found) }
    parameters = plain
  }

  subscript(name: String) -> String? { parameters[name] }

  /// The pieces of a parameter in their order (RFC 2231, 3 and 4): the first one names the character set of all.
  private static func joined(_ sections: [Int: (bytes: [UInt8], isExtended: Bool)]) -> String {
    var charset: String?
    var bytes: [UInt8] = []
    var isFirst = true
    var next = 0
    while let section = sections[next] {
      var piece = section.bytes[...]
      if section.isExtended {
        if isFirst {
          let marks = piece.indices.filter { piece[$0] == UInt8(ascii: "'") }
          if marks.count >= 2 {
            charset = String(decoding: piece[..<marks[0]], as: UTF8.self)
            piece = piece[(marks[1] + 1)...]
          }
        }
        bytes += percentDecoded(piece)
      } else {
        bytes += piece
      }
      isFirst = false
      next += 1
    }
    let text = MailText.text(bytes[...], charset: charset)
    return charset == nil ? EncodedWords.decoded(Array(text.utf8)[...]) : text
  }

  private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex,
        let high = TransferEncoding.hexValue(text[index + 1]),
        let low = TransferEncoding.hexValue(text[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// Splits at semicolons that stand outside quotation marks. In raw GB18030 a backslash may be the second half of a
  /// character (0x5C) and then escapes nothing.
  private static func pieces(of field: ArraySlice<UInt8>) -> [[UInt8]] {
    var pieces: [[UInt8]] = [[]]
    var isQuoted = false
    var isEscaped = false
    let isWide = String(validating: field, as: UTF8.self) == nil
    for byte in field {
      if isEscaped {
        isEscaped = false
      } else if isWide, byte > 0x80 {
        isEscaped = true
      } else if isQuoted, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ";"), !isQuoted {
        pieces.append([])
        continue
      }
      pieces[pieces.count - 1].append(byte)
    }
    return pieces
  }

  private static func unquoted(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    var text = raw[...]
    func isSpace(_ byte: UInt8?) -> Bool { byte.map { $0 <= 0x20 } ?? false }
    while isSpace(text.first) { text.removeFirst() }
    while isSpace(text.last) { text.removeLast() }
    guard text.first == UInt8(ascii: "\"") else { return Array(text) }
    text.removeFirst()
    if text.last == UInt8(ascii: "\"") { text.removeLast() }
    var result: [UInt8] = []
    let isWide = String(validating: text, as: UTF8.self) == nil
    var index = text.startIndex
    while index < text.endIndex {
      if isWide, text[index] > 0x80, index + 1 < text.endIndex {
        result.append(text[index])
        index += 1
      } else
      // Outlook escapes nothing and writes paths with backslashes; only a quotation mark or a backslash is escaped.
      if text[index] == UInt8(ascii: "\\"), index + 1 < text.endIndex,
        text[index + 1] == UInt8(ascii: "\"") || text[index + 1] == UInt8(ascii: "\\")
      {
        index += 1
      }
      result.append(text[index])
      index += 1
    }
    return result
  }
}
