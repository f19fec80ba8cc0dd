/// Elements, attributes and text.
///
///     xml.begin("row"); xml.attribute("r", 5); xml.endTag()   // <row r="5">
///     …
///     xml.end("row")                                          // </row>
extension ByteBuffer {
  /// What is written, as a text.
  static func text(_ write: (inout ByteBuffer) -> Void) -> String {
    var xml = ByteBuffer()
    write(&xml)
    return String(decoding: xml.array(), as: UTF8.self)
  }

  /// `<?xml …?>` as every part begins.
  mutating func declaration() {
    append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
  }

  /// The beginning of a part and the start tag of its root, open for attributes.
  mutating func begin(part root: StaticString, _ namespaces: KeyValuePairs<StaticString, String>) {
    declaration()
    begin(root)
    for (prefix, uri) in namespaces { attribute(prefix, uri) }
  }

  /// `<name`, open for attributes.
  mutating func begin(_ name: StaticString) {
    append(UInt8(ascii: "<"))
    append(name)
  }

  /// `>` after the attributes.
  mutating func endTag() { append(UInt8(ascii: ">")) }

  /// `/>` after the attributes.
  mutating func endEmpty() { append("/>") }

  /// `<name>`
  mutating func start(_ name: StaticString) {
    begin(name)
    endTag()
  }

  /// `</name>`
  mutating func end(_ name: StaticString) {
    append("</")
    append(name)
    append(UInt8(ascii: ">"))
  }

  /// `<name val="…"/>`, as much of SpreadsheetML and DrawingML is.
  mutating func value(_ name: StaticString, _ value: String) {
    begin(name)
    attribute("val", value)
    endEmpty()
  }

  mutating func value(_ name: StaticString, _ value: Int) {
    begin(name)
    attribute("val", value)
    endEmpty()
  }

  mutating func value(_ name: StaticString, _ value: Double) {
    begin(name)
    attribute("val", value)
    endEmpty()
  }

  mutating func attribute(_ name: StaticString, _ value: String) {
    beginAttribute(name)
    append(attributeText: value)
    append(UInt8(ascii: "\""))
  }

  mutating func attribute(_ name: StaticString, _ value: Int) {
    beginAttribute(name)
    append(decimal: value)
    append(UInt8(ascii: "\""))
  }

  mutating func attribute(_ name: StaticString, _ value: Double) {
    beginAttribute(name)
    append(number: value)
    append(UInt8(ascii: "\""))
  }

  /// `name="1"` or `name="0"`
  mutating func attribute(_ name: StaticString, _ value: Bool) { attribute(name, value ? 1 : 0) }

  mutating func attribute(_ name: StaticString, reference: CellReference) {
    beginAttribute(name)
    append(reference: reference)
    append(UInt8(ascii: "\""))
  }

  mutating func attribute(_ name: StaticString, range: CellRange) {
    beginAttribute(name)
    append(range: range)
    append(UInt8(ascii: "\""))
  }

  /// A list of ranges, separated by spaces.
  mutating func attribute(_ name: StaticString, ranges: [CellRange]) {
    beginAttribute(name)
    for (place, range) in ranges.enumerated() {
      if place > 0 { append(UInt8(ascii: " ")) }
      append(range: range)
    }
    append(UInt8(ascii: "\""))
  }

  /// ` name="`
  mutating func beginAttribute(_ name: StaticString) {
    append(UInt8(ascii: " "))
    append(name)
    append("=\"")
  }

  /// `<name>text</name>`, with the space kept where XML would be free to drop it.
  mutating func element(_ name: StaticString, text: String) {
    begin(name)
    if Self.needsSpacePreserved(text) { append(" xml:space=\"preserve\"") }
    endTag()
    append(text: text)
    end(name)
  }

  /// Whether text must carry `xml:space="preserve"`: Excel trims leading and trailing white space otherwise.
  static func needsSpacePreserved(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return first <= 0x20 || last <= 0x20
  }
}

/// Escaping.
///
/// XML 1.0 cannot hold most control characters at all. SpreadsheetML writes them, and FFFE and FFFF, as `_xHHHH_`
/// (ST_Xstring, ECMA-376 Part 1, 22.9.2.19), so text that happens to read `_x0041_` has its underscore written as
/// `_x005F_`.
extension ByteBuffer {
  /// Text of an element of type ST_Xstring.
  mutating func append(text string: String) {
    var copy = string
    copy.withUTF8 { append(escaping: $0, inAttribute: false, codesControls: true) }
  }

  /// Text of an element of type ST_Xstring, as UTF-8.
  mutating func append(text bytes: UnsafeBufferPointer<UInt8>) {
    append(escaping: bytes, inAttribute: false, codesControls: true)
  }

  /// Text of an element that is no ST_Xstring, such as a formula: no `_xHHHH_`.
  ///
  /// Control characters have no spelling there; they are refused before anything is written.
  mutating func append(plainText string: String) {
    var copy = string
    copy.withUTF8 { append(escaping: $0, inAttribute: false, codesControls: false) }
  }

  /// The value of an attribute.
  mutating func append(attributeText string: String) {
    var copy = string
    copy.withUTF8 { append(escaping: $0, inAttribute: true, codesControls: true) }
  }

  private mutating func append(
    escaping bytes: UnsafeBufferPointer<UInt8>, inAttribute: Bool, codesControls: Bool
  ) {
    reserve(bytes.count)
    var start = 0
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if !Escape.isCandidate(byte) {
        place &+= 1
        continue
      }
      let escape = Escape(bytes, at: place, inAttribute: inAttribute, codesControls: codesControls)
      if escape.length > 0 {
        append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<place]))
        append(escape.text)
        start = place &+ escape.length
        place = start
      } else {
        place &+= 1
      }
    }
    append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start...]))
  }
}

/// What replaces the bytes at one place, and how many of them; none for most.
private struct Escape {
  var length = 0
  var text: StaticString = ""

  /// Whether a byte can begin something to escape; all others are copied without a second look.
  @inline(__always)
  static func isCandidate(_ byte: UInt8) -> Bool {
    if byte > UInt8(ascii: ">") { return byte == UInt8(ascii: "_") || byte == 0xEF }
    return byte < 0x20 || byte == UInt8(ascii: "&") || byte >= UInt8(ascii: "<") || byte == UInt8(ascii: "\"")
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int, inAttribute: Bool, codesControls: Bool) {
    switch bytes[place] {
    case UInt8(ascii: "&"): self.init(1, "&amp;")
    case UInt8(ascii: "<"): self.init(1, "&lt;")
    case UInt8(ascii: ">"): self.init(1, "&gt;")
    case UInt8(ascii: "\""): self = inAttribute ? .init(1, "&quot;") : .init(0, "")
    case UInt8(ascii: "\t"): self = inAttribute ? .init(1, "&#9;") : .init(0, "")
    case UInt8(ascii: "\n"): self = inAttribute ? .init(1, "&#10;") : .init(0, "")
    case UInt8(ascii: "\r"): self = codesControls ? .init(1, "_x000D_") : .init(1, "&#13;")
    case UInt8(ascii: "_") where codesControls && Self.looksLikeCode(bytes, at: place):
      self.init(1, "_x005F_")
    case let control where control < 0x20:
      self = codesControls ? .init(1, Self.codes[Int(control)]) : .init(0, "")
    case 0xEF where place + 2 < bytes.count && bytes[place + 1] == 0xBF && bytes[place + 2] == 0xBE:
      self.init(3, "_xFFFE_")
    case 0xEF where place + 2 < bytes.count && bytes[place + 1] == 0xBF && bytes[place + 2] == 0xBF:
      self.init(3, "_xFFFF_")
    default: self.init(0, "")
    }
  }

  private init(_ length: Int, _ text: StaticString) {
    self.length = length
    self.text = text
  }

  /// Whether the text at an underscore reads `_xHHHH_`.
  private static func looksLikeCode(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    guard place + 6 < bytes.count, bytes[place + 1] == UInt8(ascii: "x"),
      bytes[place + 6] == UInt8(ascii: "_")
    else { return false }
    return (2...5).allSatisfy { offset in
      switch bytes[place + offset] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"),
        UInt8(ascii: "a")...UInt8(ascii: "f"):
        true
      default: false
      }
    }
  }

  private static let codes: [StaticString] = [
    "_x0000_", "_x0001_", "_x0002_", "_x0003_", "_x0004_", "_x0005_", "_x0006_", "_x0007_", "_x0008_",
    "_x0009_",
    "_x000A_", "_x000B_", "_x000C_", "_x000D_", "_x000E_", "_x000F_", "_x0010_", "_x0011_", "_x0012_",
    "_x0013_",
    "_x0014_", "_x0015_", "_x0016_", "_x0017_", "_x0018_", "_x0019_", "_x001A_", "_x001B_", "_x001C_",
    "_x001D_",
    "_x001E_", "_x001F_",
  ]
}
