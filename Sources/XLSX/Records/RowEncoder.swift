#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes the properties of a value into the cells of one row.
struct RowEncoder: Encoder {
  let sheet: Worksheet
  let row: Int
  let headings: RecordHeadings
  let timeZone: TimeZone
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Columns(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusingContainer(error: notKeyed) }
  func singleValueContainer() -> any SingleValueEncodingContainer { RefusingContainer(error: notKeyed) }

  private var notKeyed: XLSXError {
    ContentRules.invalid(
      "A row is made of a type whose properties have names; a list or a single value has none",
      sheet: sheet.name, cell: CellReference(row: row, column: 1))
  }

  private struct Columns<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: RowEncoder
    var codingPath: [any CodingKey] { [] }

    private func cell(_ key: Key) throws -> CellEncoder {
      CellEncoder(
        encoder: encoder,
        cell: CellReference(row: encoder.row, column: try encoder.headings.makeColumn(key)), key: key)
    }

    // An empty cell; the column is there for the rows that have something.
    func encodeNil(forKey key: Key) throws { _ = try cell(key) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try cell(key).encode(value) }
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
      if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try present(value, key) }
    private func present<Value: Encodable>(_ value: Value?, _ key: Key) throws {
      if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(RefusingColumns(error: refusal(key)))
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      RefusingContainer(error: refusal(key))
    }
    func superEncoder() -> any Encoder { encoder }
    func superEncoder(forKey key: Key) -> any Encoder {
      (try? cell(key)) ?? CellEncoder(encoder: encoder, cell: .nowhere, key: key)
    }

    private func refusal(_ key: Key) -> XLSXError {
      CellEncoder(encoder: encoder, cell: CellReference(row: encoder.row, column: 1), key: key).isNoValue
    }
  }
}

/// Writes one value into a cell.
private struct CellEncoder: Encoder, SingleValueEncodingContainer {
  let encoder: RowEncoder
  let cell: CellReference
  let key: any CodingKey
  var codingPath: [any CodingKey] { [key] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  var isNoValue: XLSXError {
    ContentRules.invalid(
      "“\(key.stringValue)” is a record or a list of its own, and a cell holds one value",
      sheet: encoder.sheet.name, cell: cell)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusingColumns(error: isNoValue))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusingContainer(error: isNoValue) }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  private func put(_ value: CellValue) { encoder.sheet[cell] = value }

  /// Whole numbers beyond 2⁵³ have no exact place in a cell.
  private func put<Value: BinaryInteger>(integer value: Value) throws {
    guard let number = Double(exactly: value) else {
      throw ContentRules.invalid(
        "“\(key.stringValue)” is \(value), which no cell can hold exactly; make it text",
        sheet: encoder.sheet.name,
        cell: cell)
    }
    put(.number(number))
  }

  func encodeNil() {}
  func encode(_ value: Bool) { put(.bool(value)) }
  func encode(_ value: String) { put(.text(value)) }
  func encode(_ value: Double) { put(.number(value)) }
  func encode(_ value: Float) { put(.number(Double(value))) }
  func encode(_ value: Int) throws { try put(integer: value) }
  func encode(_ value: Int8) throws { try put(integer: value) }
  func encode(_ value: Int16) throws { try put(integer: value) }
  func encode(_ value: Int32) throws { try put(integer: value) }
  func encode(_ value: Int64) throws { try put(integer: value) }
  func encode(_ value: UInt) throws { try put(integer: value) }
  func encode(_ value: UInt8) throws { try put(integer: value) }
  func encode(_ value: UInt16) throws { try put(integer: value) }
  func encode(_ value: UInt32) throws { try put(integer: value) }
  func encode(_ value: UInt64) throws { try put(integer: value) }

  func encode<Value: Encodable>(_ value: Value) throws {
    switch value {
    case let date as Date:
      encoder.sheet.setDate(CalendarDateTime(date, in: encoder.timeZone), at: cell)
    case let decimal as Decimal: put(Double(decimal.description).map { .number($0) } ?? .empty)
    case let url as URL:
      put(.text(url.absoluteString))
      encoder.sheet.setHyperlink(url.absoluteString, at: cell)
    default: try value.encode(to: self)
    }
  }
}

/// Takes nothing: the type asked for a shape that a row does not have.
private struct RefusingContainer: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let error: XLSXError
  var codingPath: [any CodingKey] { [] }
  var count: Int { 0 }

  func encodeNil() throws { throw error }
  func encode<Value: Encodable>(_ value: Value) throws { throw error }
  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusingColumns(error: error))
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { RefusingEncoder(error: error) }
}

private struct RefusingColumns<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let error: XLSXError
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws { throw error }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { throw error }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(RefusingColumns<Nested>(error: error)) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    RefusingContainer(error: error)
  }
  func superEncoder() -> any Encoder { RefusingEncoder(error: error) }
  func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

private struct RefusingEncoder: Encoder {
  let error: XLSXError
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusingColumns(error: error))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusingContainer(error: error) }
  func singleValueContainer() -> any SingleValueEncodingContainer { RefusingContainer(error: error) }
}
