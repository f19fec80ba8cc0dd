/// The name of a figure: the path of its headings, rows first — `送文艺/场次/线上`. Public in the JSON of every command.
public struct FieldKey: Hashable, Sendable, Codable, RawRepresentable, CodingKeyRepresentable,
  CustomStringConvertible,
  ExpressibleByStringLiteral
{
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  public init(_ path: [String]) { rawValue = path.joined(separator: "/") }
  public init(stringLiteral value: String) { rawValue = value }

  // By bytes: keys of one campaign are spelt in one way, and Swift's own comparing and hashing normalises Chinese text
  // character by character, for every figure of every unit.
  public static func == (a: FieldKey, b: FieldKey) -> Bool {
    let isSame = a.rawValue.utf8.withContiguousStorageIfAvailable { a in
      b.rawValue.utf8.withContiguousStorageIfAvailable { b in
        a.count == b.count && (a.baseAddress == b.baseAddress || a.elementsEqual(b))
      }
    }
    return isSame.flatMap(\.self) ?? a.rawValue.utf8.elementsEqual(b.rawValue.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    var text = rawValue
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  public var path: [Substring] { rawValue.split(separator: "/") }
  public var description: String { rawValue }
}
