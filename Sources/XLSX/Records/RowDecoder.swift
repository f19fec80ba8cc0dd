#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads one row as a value whose properties have columns.
struct RowDecoder: Decoder {
  let sheet: Worksheet
  let row: Int
  let headings: RecordHeadings
  let timeZone: TimeZone
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Columns(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw notKeyed }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw notKeyed }

  private var notKeyed: XLSXError {
    ContentRules.invalid(
      "A row becomes a type whose properties have names; a list or a single value has none",
      sheet: sheet.name,
      cell: CellReference(row: row, column: 1))
  }

  /// The text of a cell, a number as it is written with the fewest digits.
  static func text(of value: CellValue) -> String? {
    switch value.result {
    case .text(let text): text
    case .richText(let rich): rich.plainText
    case .number(let number): ByteBuffer.text { $0.append(number: number) }
    default: nil
    }
  }

  private struct Columns<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: RowDecoder
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { decoder.headings.all.compactMap { Key(stringValue: $0) } }

    private func cell(_ key: Key) throws -> CellReference {
      guard let column = try decoder.headings.column(key) else {
        let known = decoder.headings.all.map { "“\($0)”" }.joined(separator: ", ")
        throw ContentRules.invalid(
          "No column is headed “\(key.stringValue)”; the headings of row \(decoder.headings.row) are \(known)",
          sheet: decoder.sheet.name, cell: CellReference(row: decoder.headings.row, column: 1))
      }
      return CellReference(row: decoder.row, column: column)
    }

    private func value(_ key: Key) throws -> CellDecoder {
      CellDecoder(decoder: decoder, cell: try cell(key), key: key)
    }

    // A heading that stands there twice counts as there, so that it is complained of.
    func contains(_ key: Key) -> Bool { decoder.headings.all.contains(key.stringValue) }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key).decodeNil() }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try value(key).decode(type)
    }
    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw try value(key).isNoValue }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      throw try value(key).isNoValue
    }
    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
  }
}

/// Reads one cell as a value.
struct CellDecoder: Decoder, SingleValueDecodingContainer {
  let decoder: RowDecoder
  let cell: CellReference
  let key: any CodingKey
  var codingPath: [any CodingKey] { [key] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  private var value: CellValue { decoder.sheet[cell].result }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw isNoValue
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw isNoValue }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  var isNoValue: XLSXError { error("cannot be a record or a list of its own: a cell holds one value") }

  private func error(_ what: String) -> XLSXError {
    ContentRules.invalid("“\(key.stringValue)” \(what)", sheet: decoder.sheet.name, cell: cell)
  }

  private func mismatch(_ wanted: String) -> XLSXError {
    value.isEmpty
      ? error("is empty, and must be \(wanted)")
      : error("must be \(wanted), and the cell shows “\(decoder.sheet.displayedText(at: cell))”")
  }

  func decodeNil() -> Bool { value.isEmpty }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard let bool = value.bool else { throw mismatch("TRUE or FALSE") }
    return bool
  }

  func decode(_ type: String.Type) throws -> String {
    guard let text = RowDecoder.text(of: value) else { throw mismatch("text") }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double {
    guard let number = value.number else { throw mismatch("a number") }
    return number
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

  private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    guard let number = value.number, let whole = Value(exactly: number) else {
      throw mismatch("a whole number")
    }
    return whole
  }

  func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let special: Any?
    switch type {
    case is Date.Type:
      guard let date = decoder.sheet.date(at: cell)?.date(in: decoder.timeZone) else {
        throw mismatch("a date")
      }
      special = date
    case is Decimal.Type:
      guard value.number != nil, let text = RowDecoder.text(of: value), let decimal = Decimal(string: text)
      else {
        throw mismatch("a number")
      }
      special = decimal
    case is URL.Type:
      let text = decoder.sheet.hyperlink(at: cell).flatMap { link -> String? in
        if case .external(let address) = link.target { address } else { nil }
      }
      guard let address = text ?? value.text, let url = URL(string: address) else {
        throw mismatch("an address")
      }
      special = url
    default: special = nil
    }
    if let value = special as? Value { return value }
    do {
      return try Value(from: self)
    } catch let failure as DecodingError {
      // What an enum says of a raw value that it does not have.
      if case .dataCorrupted(let context) = failure {
        throw error("cannot be “\(decoder.sheet.displayedText(at: cell))”: \(context.debugDescription)")
      }
      throw failure
    }
  }
}
