/// Cuts XML into tags and what stands between them, by position, so that a part can be changed in places and stay as it
/// is everywhere else.
///
/// It is no parser: it is for parts that libxml2 has read already, and knows only where tags begin and end. Whatever
/// it is given, it stays within the bytes.
struct MarkupScanner {
  struct Token {
    enum Kind { case start, empty, end, other }

    var kind: Kind
    /// The whole token, `<` to `>`, or the text between two tags.
    var range: Range<Int>
    /// The name as written, prefix included; empty for ``Kind/other``.
    var name: Range<Int>

    var isStart: Bool { kind == .start || kind == .empty }
  }

  struct Attribute {
    /// With the white space before it.
    var range: Range<Int>
    var name: Range<Int>
    /// Without quotes.
    var value: Range<Int>
  }

  let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token? {
    guard position < bytes.count else { return nil }
    let start = position
    guard bytes[start] == UInt8(ascii: "<") else {
      position = index(of: UInt8(ascii: "<"), from: start) ?? bytes.count
      return Token(kind: .other, range: start..<position, name: start..<start)
    }
    if starts(at: start, "<!--") { return other(from: start, to: "-->") }
    if starts(at: start, "<![CDATA[") { return other(from: start, to: "]]>") }
    if starts(at: start, "<?") { return other(from: start, to: "?>") }
    if starts(at: start, "<!") { return other(from: start, to: ">") }
    let isEnd = starts(at: start, "</")
    let nameStart = start + (isEnd ? 2 : 1)
    var nameEnd = nameStart
    while nameEnd < bytes.count, !Self.endsName(bytes[nameEnd]) { nameEnd += 1 }
    // A tag ends at the first > outside quotes.
    var quote: UInt8 = 0
    var end = nameEnd
    while end < bytes.count {
      let byte = bytes[end]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
      end += 1
    }
    position = min(end + 1, bytes.count)
    let isEmpty = !isEnd && end > nameEnd && end < bytes.count && bytes[end - 1] == UInt8(ascii: "/")
    return Token(
      kind: isEnd
        ? .end : isEmpty || (end == nameEnd && bytes[end - 1] == UInt8(ascii: "/")) ? .empty : .start,
      range: start..<position, name: nameStart..<nameEnd)
  }

  /// Reads on until the element of a start tag is closed, and gives the position behind it.
  mutating func skipElement(_ start: Token) -> Int {
    guard start.kind == .start else { return start.range.upperBound }
    var depth = 1
    while depth > 0, let token = next() {
      switch token.kind {
      case .start: depth += 1
      case .end: depth -= 1
      case .empty, .other: break
      }
    }
    return position
  }

  private mutating func other(from start: Int, to end: StaticString) -> Token {
    var at = start
    while at < bytes.count, !starts(at: at, end) { at += 1 }
    position = min(at + end.utf8CodeUnitCount, bytes.count)
    return Token(kind: .other, range: start..<position, name: start..<start)
  }

  private func index(of byte: UInt8, from start: Int) -> Int? {
    bytes[start...].firstIndex(of: byte)
  }

  private func starts(at place: Int, _ text: StaticString) -> Bool {
    guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where bytes[place + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  fileprivate static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  // What tokens say.

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The prefix of a tag's name with its colon, `x:`; empty without one.
  func prefix(_ token: Token) -> String {
    guard let colon = bytes[token.name].firstIndex(of: UInt8(ascii: ":")) else { return "" }
    return string(token.name.lowerBound..<(colon + 1))
  }

  /// Whether a tag has a name, prefix included.
  func isNamed(_ token: Token, _ name: String) -> Bool { bytes[token.name].elementsEqual(name.utf8) }

  func localName(_ token: Token) -> String {
    let start = bytes[token.name].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? token.name.lowerBound
    return string(start..<token.name.upperBound)
  }

  /// The attributes of a start tag, in order.
  func attributes(_ token: Token) -> [Attribute] {
    guard token.isStart else { return [] }
    var attributes: [Attribute] = []
    var at = token.name.upperBound
    let end = token.range.upperBound
    while at < end {
      let start = at
      while at < end, Self.isSpace(bytes[at]) { at += 1 }
      let nameStart = at
      while at < end, bytes[at] != UInt8(ascii: "="), !Self.endsName(bytes[at]) { at += 1 }
      let name = nameStart..<at
      while at < end, Self.isSpace(bytes[at]) { at += 1 }
      guard !name.isEmpty, at < end, bytes[at] == UInt8(ascii: "=") else { break }
      at += 1
      while at < end, Self.isSpace(bytes[at]) { at += 1 }
      guard at < end, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
        let close = bytes[(at + 1)..<end].firstIndex(of: bytes[at])
      else { break }
      attributes.append(Attribute(range: start..<(close + 1), name: name, value: (at + 1)..<close))
      at = close + 1
    }
    return attributes
  }

  /// An attribute by its name as written.
  func attribute(_ name: String, of token: Token) -> Attribute? {
    attributes(token).first { bytes[$0.name].elementsEqual(name.utf8) }
  }

  /// The value of an attribute with its references resolved.
  func value(_ name: String, of token: Token) -> String? {
    attribute(name, of: token).map { MarkupText.decoded(string($0.value)) }
  }
}

/// A start tag that was looked for.
struct MarkupTag {
  let token: MarkupScanner.Token
  /// Stands behind the tag.
  let scanner: MarkupScanner

  subscript(attribute: String) -> String? { scanner.value(attribute, of: token) }

  /// An attribute's number; `nil` for what is none.
  func integer(_ attribute: String) -> Int? { self[attribute].flatMap { Int($0.trimmingXMLSpace) } }

  var localName: String { scanner.localName(token) }

  /// The whole element.
  var range: Range<Int> {
    var ahead = scanner
    return token.range.lowerBound..<ahead.skipElement(token)
  }
}

extension MarkupScanner {
  /// The start tags of some names in a part, at any depth.
  static func tags(_ names: String..., in bytes: [UInt8]) -> UnfoldSequence<MarkupTag, MarkupScanner> {
    sequence(state: MarkupScanner(bytes)) { scanner in
      while let token = scanner.next() {
        if token.isStart, names.contains(scanner.localName(token)) {
          return MarkupTag(token: token, scanner: scanner)
        }
      }
      return nil
    }
  }
}

extension Sequence<MarkupTag> {
  /// The highest number that an attribute has, as far as it makes sense; 0 without one.
  func highest(_ attribute: String) -> Int {
    reduce(0) { Swift.max($0, Swift.min($1.integer(attribute) ?? 0, 1 << 28)) }
  }
}

/// Text of XML with its references, `&amp;` and `&#21512;`.
enum MarkupText {
  /// The text of what stands between two tags; none of comments and the like.
  static func content(_ raw: String) -> String {
    if raw.hasPrefix("<![CDATA[") { return String(raw.dropFirst(9).dropLast(3)) }
    return raw.hasPrefix("<") ? "" : decoded(raw)
  }

  /// Elements as they read where a prefix belongs to their names, unless they have one. The text must be XML with `<` in
  /// tags only.
  static func prefixed(_ xml: String, _ prefix: String) -> String {
    if prefix.isEmpty { return xml }
    let bytes = Array(xml.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      result.append(byte)
      place += 1
      guard byte == UInt8(ascii: "<") else { continue }
      if place < bytes.count, bytes[place] == UInt8(ascii: "/") {
        result.append(bytes[place])
        place += 1
      }
      let name = bytes[place...].prefix { !MarkupScanner.endsName($0) }
      if !name.contains(UInt8(ascii: ":")) { result += prefix.utf8 }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A text as the value of an attribute, whichever quotes stand around it.
  static func attribute(_ text: String) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.append(attributeText: text)
    return Array(String(decoding: buffer.array(), as: UTF8.self).replacing("'", with: "&apos;").utf8)
  }

  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let ampersand = rest.firstIndex(of: "&") {
      result += rest[..<ampersand]
      rest = rest[rest.index(after: ampersand)...]
      guard let end = rest.prefix(12).firstIndex(of: ";"), let character = reference(rest[..<end]) else {
        result += "&"
        continue
      }
      result.append(character)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func reference(_ name: Substring) -> Character? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return code.flatMap(Unicode.Scalar.init).map(Character.init)
    }
  }
}

/// Replacements in a part's bytes.
struct Patches {
  private var patches: [(range: Range<Int>, order: Int, bytes: [UInt8])] = []

  var isEmpty: Bool { patches.isEmpty }

  /// Puts bytes in the place of a range; at an empty range they are inserted, after what was inserted there before.
  mutating func replace(_ range: Range<Int>, with bytes: some Sequence<UInt8>) {
    patches.append((range, patches.count, Array(bytes)))
  }

  mutating func replace(_ range: Range<Int>, with text: String) { replace(range, with: text.utf8) }

  /// Adds the replacements of another list.
  mutating func append(_ other: Patches) {
    for patch in other.patches.sorted(by: { $0.order < $1.order }) { replace(patch.range, with: patch.bytes) }
  }

  mutating func insert(_ text: String, at place: Int) { replace(place..<place, with: text.utf8) }

  /// Sets an attribute of a tag, behind the others if it is new; `nil` takes it out.
  mutating func set(
    _ name: String, _ value: String?, of tag: MarkupScanner.Token, in scanner: MarkupScanner
  ) {
    switch (scanner.attribute(name, of: tag), value) {
    case (let known?, let value?): replace(known.value, with: MarkupText.attribute(value))
    case (let known?, nil): replace(known.range, with: "")
    case (nil, let value?):
      let place = scanner.attributes(tag).last?.range.upperBound ?? tag.name.upperBound
      replace(
        place..<place, with: Array(" \(name)=\"".utf8) + MarkupText.attribute(value) + [UInt8(ascii: "\"")])
    case (nil, nil): break
    }
  }

  /// The bytes with all replacements made. Of overlapping ones the first wins; what is inserted where another begins comes
  /// before it.
  func applied(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + patches.reduce(0) { $0 + $1.bytes.count })
    var position = 0
    func key(_ patch: (range: Range<Int>, order: Int, bytes: [UInt8])) -> (Int, Int, Int) {
      (patch.range.lowerBound, patch.range.isEmpty ? 0 : 1, patch.order)
    }
    for patch in patches.sorted(by: { key($0) < key($1) }) {
      guard patch.range.lowerBound >= position, patch.range.upperBound <= bytes.count else { continue }
      result += bytes[position..<patch.range.lowerBound]
      result += patch.bytes
      position = patch.range.upperBound
    }
    result += bytes[position...]
    return result
  }
}
