extension JSONValue {
  /// The document as one line of JSON text (RFC 8259), without a line break at its end.
  public func serialised() -> String { String(decoding: utf8(), as: UTF8.self) }

  /// The document as UTF-8 bytes.
  ///
  /// - Complexity: O(bytes)
  public func utf8() -> [UInt8] {
    var sink = JSONBytes(capacity: 1 << 12)
    write(to: &sink)
    return sink.bytes
  }

  func write(to sink: inout some JSONSink) {
    switch self {
    case .null: sink.null()
    case .bool(let value): sink.bool(value)
    case .number(let number): sink.number(number)
    case .string(let text): sink.string(text)
    case .array(let elements): sink.array(elements) { $1.write(to: &$0) }
    case .object(let members):
      sink.object { sink in
        for member in members { sink.member(member.key) { member.value.write(to: &$0) } }
      }
    }
  }
}
