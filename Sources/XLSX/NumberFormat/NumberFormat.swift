/// The code by which a number is shown: `General`, `0.0%`, `yyyy"年"m"月"d"日"` (ECMA-376 Part 1, 18.8.31).
public struct NumberFormat: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The format code in Excel's English notation.
  public var code: String

  /// A format by its code, as Excel's dialogue shows it in English.
  public init(_ code: String) { self.code = code }
  /// A format of its code.
  public init(stringLiteral value: String) { self.init(value) }

  /// Numbers as they come.
  public static let general = NumberFormat("General")
  /// Whole numbers.
  public static let integer = NumberFormat("0")
  /// Percentages with one decimal.
  public static let percent = NumberFormat("0.0%")
  /// What is typed stays text.
  public static let text = NumberFormat("@")
  /// Dates as in ISO 8601.
  public static let isoDate = NumberFormat("yyyy-mm-dd")
}
