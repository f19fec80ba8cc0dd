/// The name of a figure: the path of its headings, rows first — `送文艺/场次/线上`. Public in the JSON of every command.
public struct FieldKey: Hashable, Sendable, RawRepresentable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  public init(_ path: [String]) { rawValue = path.joined(separator: "/") }
  public init(stringLiteral value: String) { rawValue = value }

  public var path: [Substring] { rawValue.split(separator: "/") }
  public var description: String { rawValue }
}
