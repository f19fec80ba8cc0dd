import Foundation

/// Takes a JSON document piece by piece: as bytes (``JSONBytes``), which is how large reports are printed, or as a
/// ``JSONValue`` (``JSONTree``), which can be looked into.
///
///     sink.object {
///       $0.member("unit", text: unit.name)
///       $0.member("values") { $0.object { … } }
///     }
protocol JSONSink {
  mutating func beginObject()
  mutating func endObject()
  mutating func beginArray()
  mutating func endArray()
  /// Begins a member of an object; its value comes next.
  mutating func key(_ key: String)
  mutating func null()
  mutating func bool(_ value: Bool)
  mutating func number(_ number: Decimal)
  mutating func string(_ text: String)
  /// Hands over what has been written so far, if it goes anywhere and is much.
  mutating func handOver()
}

extension JSONSink {
  mutating func handOver() {}

  mutating func object(_ members: (inout Self) -> Void) {
    beginObject()
    members(&self)
    endObject()
  }

  mutating func array<Elements: Sequence>(
    _ elements: Elements, _ element: (inout Self, Elements.Element) -> Void
  ) {
    beginArray()
    for next in elements { element(&self, next) }
    endArray()
  }

  mutating func member(_ key: String, text: String?) {
    self.key(key)
    if let text { string(text) } else { null() }
  }

  mutating func member(_ key: String, number: Decimal?) {
    self.key(key)
    if let number { self.number(number) } else { null() }
  }

  mutating func member(_ key: String, whole: Int) { member(key, number: Decimal(whole)) }

  mutating func member(_ key: String, _ value: (inout Self) -> Void) {
    self.key(key)
    value(&self)
  }
}

/// Writes JSON text (RFC 8259), on one line, in UTF-8.
struct JSONBytes: JSONSink {
  private(set) var bytes: [UInt8] = []
  /// Takes what has been written so far, and leaves it out of ``bytes``.
  private var output: ((UnsafeRawBufferPointer) -> Void)?
  /// Whether the next element or member follows another one.
  private var needsComma = false

  init() {}

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Writes to an output, in pieces as ``flush()`` comes.
  init(output: @escaping (UnsafeRawBufferPointer) -> Void) { self.output = output }

  /// Bytes that are worth an output's while.
  private static let piece = 1 << 16

  mutating func handOver() {
    if bytes.count >= Self.piece { flush() }
  }

  /// Hands what has been written to the output, if there is one.
  mutating func flush() {
    guard let output, !bytes.isEmpty else { return }
    bytes.withUnsafeBytes { output($0) }
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func beginObject() { begin(UInt8(ascii: "{")) }
  mutating func endObject() { end(UInt8(ascii: "}")) }
  mutating func beginArray() { begin(UInt8(ascii: "[")) }
  mutating func endArray() { end(UInt8(ascii: "]")) }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  mutating func number(_ number: Decimal) {
    if let whole = number.whole { return self.whole(whole) }
    // JSON has no word for what is no number.
    if number.isNaN { return null() }
    separate()
    bytes.append(contentsOf: number.plainText.utf8)
  }

  private mutating func whole(_ number: Int) {
    separate()
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  mutating func string(_ text: String) {
    separate()
    quote(text)
  }

  /// Adds elements that another sink has written.
  mutating func append(_ elements: [UInt8]) {
    guard !elements.isEmpty else { return }
    separate()
    bytes.append(contentsOf: elements)
    flush()
  }

  /// Quotes a text: only what RFC 8259 demands is escaped, everything else stays UTF-8.
  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain = text.utf8.withContiguousStorageIfAvailable { utf8 in
      for byte in utf8 where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        return false
      }
      bytes.append(contentsOf: utf8)
      return true
    }
    if isPlain != true { for byte in text.utf8 { escape(byte) } }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    case 0..<0x20:
      bytes.append(contentsOf: #"\u00"#.utf8)
      bytes.append(Self.hexDigit(byte >> 4))
      bytes.append(Self.hexDigit(byte & 15))
    default: bytes.append(byte)
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

/// Builds a ``JSONValue``.
struct JSONTree: JSONSink {
  private enum Level {
    case array([JSONValue])
    case object([JSONValue.Member])
  }

  private var levels: [Level] = []
  private var keys: [String] = []
  /// The document, once it is complete.
  private(set) var value = JSONValue.null

  mutating func beginObject() { levels.append(.object([])) }
  mutating func beginArray() { levels.append(.array([])) }
  mutating func endObject() { end() }
  mutating func endArray() { end() }
  mutating func key(_ key: String) { keys.append(key) }
  mutating func null() { add(.null) }
  mutating func bool(_ value: Bool) { add(.bool(value)) }
  mutating func number(_ number: Decimal) { add(.number(number)) }
  mutating func string(_ text: String) { add(.string(text)) }

  private mutating func end() {
    switch levels.popLast() {
    case .array(let elements)?: add(.array(elements))
    case .object(let members)?: add(.object(members))
    case nil: return
    }
  }

  private mutating func add(_ value: JSONValue) {
    switch levels.popLast() {
    case .array(var elements)?:
      elements.append(value)
      levels.append(.array(elements))
    case .object(var members)?:
      members.append(JSONValue.Member(keys.popLast() ?? "", value))
      levels.append(.object(members))
    case nil: self.value = value
    }
  }
}
