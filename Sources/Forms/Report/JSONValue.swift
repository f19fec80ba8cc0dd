import Foundation

/// A JSON document that keeps the order of its keys and the digits of its numbers.
///
/// Every command's `--format json` is built from it, so that two runs over the same files give the same bytes:
///
///     let line: JSONValue = ["unit": "沁阳市总工会", "completed": 63, "rate": .number(rate), "note": nil]
///     print(line.serialised())
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// Printed with all its digits and no exponent, never by way of binary floating point.
  case number(Decimal)
  case string(String)
  case array([JSONValue])
  /// Members in the order in which they are printed.
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }
}

extension JSONValue {
  /// A whole number.
  public static func integer(_ value: Int) -> JSONValue { .number(Decimal(value)) }
  /// The text, or `null`.
  public static func string(orNull text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
  /// The number, or `null`.
  public static func number(orNull number: Decimal?) -> JSONValue { number.map(JSONValue.number) ?? .null }

  /// The value of a member of an object; `nil` if this is no object or has no such member.
  ///
  /// - Complexity: O(members)
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The elements of an array; `nil` for anything else.
  public var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Keeps the order of the literal.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

extension JSONValue {
  /// An object with more members behind its own; any other value as it is.
  func adding(_ more: [Member]) -> JSONValue {
    guard !more.isEmpty, case .object(let members) = self else { return self }
    return .object(members + more)
  }
}
