import Foundation

/// What stands in a field, by the field's type: a decimal, a text, a day, 是 or 否. A choice is the text of its name.
public enum FieldValue: Hashable, Sendable, Codable {
  case figure(Decimal)
  case text(String)
  case date(CalendarDate)
  case truth(Bool)

  /// As a person reads it.
  public var text: String {
    switch self {
    case .figure(let figure): figure.plainText
    case .text(let text): text
    case .date(let date): date.description
    case .truth(let truth): truth ? "是" : "否"
    }
  }
}

/// Why a value cannot be what its field asks for.
public struct ValueProblem: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Not of the field's type.
    case type
    /// A day of which the day is missing: 2019年6月.
    case incompleteDate
    case noChoice, length, least, most, year, pattern
    /// A number of 18 digits kept as a number, of which the last ones are lost.
    case lostDigits
    /// The check digit of a citizen's id.
    case checksum
  }

  public var kind: Kind
  /// What may have been meant.
  public var near: [String]

  public init(_ kind: Kind, near: [String] = []) {
    self.kind = kind
    self.near = near
  }
}
