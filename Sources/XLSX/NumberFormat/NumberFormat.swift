/// The code by which a number is shown: `General`, `0.0%`, `yyyy"年"m"月"d"日"` (ECMA-376 Part 1, 18.8.31).
public struct NumberFormat: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The format code in Excel's English notation.
  public var code: String

  public init(_ code: String) { self.code = code }
  public init(stringLiteral value: String) { self.init(value) }

  public static let general = NumberFormat("General")
  public static let integer = NumberFormat("0")
  public static let percent = NumberFormat("0.0%")
  public static let text = NumberFormat("@")
  public static let isoDate = NumberFormat("yyyy-mm-dd")
}
