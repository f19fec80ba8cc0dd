/// Takes what ``CSVScanner`` finds.
package protocol CSVConsumer {
  /// One field, without its quotes. The bytes are valid only during the call.
  mutating func field(_ bytes: UnsafeRawBufferPointer) throws
  /// The end of a record; an empty line is a record without fields.
  mutating func endRecord() throws
}

/// Splits CSV into fields (RFC 4180), from chunks of any size, without a `String` anywhere.
///
/// Records end with CR LF, LF or CR. A quote inside an unquoted field, and text behind a closing quote, are taken as they
/// are: files from outside have both.
package struct CSVScanner {
  private let delimiter: UInt8
  private var record = RecordState.empty
  /// A CR ended the last record; an LF that follows belongs to it.
  private var skipsLineFeed = false
  private var unescaped: [UInt8] = []

  private enum RecordState {
    /// No field yet: a line break now makes an empty record.
    case empty
    /// A delimiter came last: the field behind it exists, even if it is empty.
    case owesField
    case hasFields
  }

  package init(delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

  /// Hands every complete field to the consumer.
  ///
  /// - Parameters:
  ///   - isLast: No more bytes follow; a last record without a line break is complete.
  /// - Returns: How many bytes are done with. The rest, one field cut in two, is to be put before the next chunk.
  /// - Complexity: O(bytes)
  package mutating func scan<Consumer: CSVConsumer>(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, into consumer: inout Consumer
  ) throws -> Int {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      if isLast { try finish(&consumer) }
      return 0
    }
    let count = bytes.count
    var position = 0
    while position < count {
      if skipsLineFeed {
        skipsLineFeed = false
        if base[position] == 0x0A {
          position += 1
          continue
        }
      }
      if base[position] == UInt8(ascii: "\"") {
        guard let next = try quotedField(bytes, from: position, isLast: isLast, into: &consumer) else {
          return position
        }
        position = next
        continue
      }
      let start = position
      while position < count {
        let byte = base[position]
        if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
        position += 1
      }
      if position == count, !isLast { return start }
      let field = UnsafeRawBufferPointer(start: base + start, count: position - start)
      try deliver(field, isQuoted: false, before: position < count ? base[position] : nil, into: &consumer)
      position += 1
    }
    if isLast { try finish(&consumer) }
    return count
  }

  /// Reads a field from its opening quote on.
  ///
  /// - Returns: The position behind the byte that ends the field; `nil` if the chunk ends before it.
  private mutating func quotedField<Consumer: CSVConsumer>(
    _ bytes: UnsafeRawBufferPointer, from start: Int, isLast: Bool, into consumer: inout Consumer
  ) throws -> Int? {
    let quote = UInt8(ascii: "\"")
    let count = bytes.count
    var position = start + 1
    var from = position
    unescaped.removeAll(keepingCapacity: true)
    // Inside the quotes two quotes are one, and everything else stands for itself.
    while true {
      while position < count, bytes[position] != quote { position += 1 }
      // What follows the quote decides what it means, so it must be in sight.
      if !isLast, position + 1 >= count { return nil }
      guard position + 1 < count, bytes[position + 1] == quote else { break }
      unescaped.append(contentsOf: bytes[from...position])
      position += 2
      from = position
    }
    let closing = position
    // Behind the closing quote the field should end; what stands there all the same belongs to it.
    position = min(position + 1, count)
    let tail = position
    while position < count {
      let byte = bytes[position]
      if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
      position += 1
    }
    if position == count, !isLast { return nil }
    let next = position < count ? bytes[position] : nil
    if unescaped.isEmpty, tail == position {
      try deliver(
        UnsafeRawBufferPointer(rebasing: bytes[from..<closing]), isQuoted: true, before: next, into: &consumer
      )
    } else {
      unescaped.append(contentsOf: bytes[from..<closing])
      unescaped.append(contentsOf: bytes[tail..<position])
      let text = unescaped
      try text.withUnsafeBytes { try deliver($0, isQuoted: true, before: next, into: &consumer) }
    }
    return min(position + 1, count)
  }

  /// - Parameter next: The byte that ends the field; `nil` at the end of the text.
  private mutating func deliver<Consumer: CSVConsumer>(
    _ field: UnsafeRawBufferPointer, isQuoted: Bool, before next: UInt8?, into consumer: inout Consumer
  ) throws {
    if next == delimiter {
      try consumer.field(field)
      record = .owesField
      return
    }
    if record != .empty || isQuoted || !field.isEmpty {
      try consumer.field(field)
      record = .hasFields
    }
    guard let next else { return }
    try consumer.endRecord()
    record = .empty
    skipsLineFeed = next == 0x0D
  }

  private mutating func finish<Consumer: CSVConsumer>(_ consumer: inout Consumer) throws {
    if record == .owesField {
      try consumer.field(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    if record != .empty { try consumer.endRecord() }
    record = .empty
  }
}
