import Foundation

/// What a field holds. The raw values are the words of the campaign's files (`type:`).
public enum FieldType: String, Hashable, Sendable, CaseIterable {
  /// What can be counted, measured and added up; the default where a measure is given.
  case number
  case text
  case date
  /// One of the field's ``Choice``s.
  case choice
  /// A share, kept as an exact decimal of 1: 85 % is 0.85. Never added up.
  case percent
  case yesNo = "yes-no"
  case phone
  /// 公民身份号码: 17 digits and a check digit (GB 11643).
  case citizenID = "citizen-id"
  /// The number of a line. No data.
  case index

  /// Whether its values are decimals.
  public var isNumeric: Bool { self == .number || self == .percent }
  /// Whether its values say who somebody is: shown masked wherever people look on.
  public var isPersonal: Bool { self == .citizenID || self == .phone }
}

/// One of the values that a choice may have.
public struct Choice: Hashable, Sendable {
  /// The name under which it counts: 大病.
  public var name: String
  /// What else is written for it: 重病.
  public var aliases: [String]

  public init(_ name: String, aliases: [String] = []) {
    self.name = name
    self.aliases = aliases
  }
}

/// What a value must fulfil besides being of its type.
public struct ValueLimits: Hashable, Sendable {
  /// A bound of a number, or of a day.
  public enum Bound: Hashable, Sendable {
    case number(Decimal)
    case date(CalendarDate)
  }

  /// The days that count for a date.
  public enum Period: String, Hashable, Sendable, CaseIterable {
    /// Those of the campaign's year.
    case year
  }

  /// Whether every line must have a value.
  public var required: Bool?
  /// How many characters a text has.
  public var length: Int?
  public var least: Bound?
  public var most: Bound?
  public var within: Period?
  /// A regular expression that a whole text matches, in Swift's syntax.
  public var pattern: String?

  public init(
    required: Bool? = nil, length: Int? = nil, least: Bound? = nil, most: Bound? = nil, within: Period? = nil,
    pattern: String? = nil
  ) {
    self.required = required
    self.length = length
    self.least = least
    self.most = most
    self.within = within
    self.pattern = pattern
  }

  public var isRequired: Bool { required == true }

  /// Whether the least value is below zero.
  var isBelowZero: Bool {
    if case .number(let least)? = least { least < 0 } else { false }
  }

  /// These, with what they leave open taken from the heading above.
  func inheriting(_ above: ValueLimits) -> ValueLimits {
    ValueLimits(
      required: required ?? above.required, length: length ?? above.length, least: least ?? above.least,
      most: most ?? above.most, within: within ?? above.within, pattern: pattern ?? above.pattern)
  }
}
