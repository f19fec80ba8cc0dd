/// What `[Content_Types].xml` says about the parts (ECMA-376 Part 2, 6.2.3).
struct ContentTypes: Sendable {
  /// By extension in lower case, without the dot.
  private(set) var defaults: [String: String] = [:]
  /// By ``PartName/key(_:)``.
  private(set) var overrides: [String: String] = [:]
  /// The names of the overrides as they stand in the file, in order.
  private(set) var overriddenParts: [String] = []

  mutating func append(_ element: XMLElement) {
    guard let type = element["ContentType"] else { return }
    if element.name == "Default", let ext = element["Extension"] {
      defaults[ext.lowercased()] = type
    } else if element.name == "Override", let part = element["PartName"] {
      overrides[PartName.key(part)] = type
      overriddenParts.append(part)
    }
  }

  /// The content type of a part; `nil` if the file gives none.
  subscript(part: String) -> String? {
    if let type = overrides[PartName.key(part)] { return type }
    guard let dot = part.lastIndex(of: "."), part[dot...].firstIndex(of: "/") == nil else { return nil }
    return defaults[part[part.index(after: dot)...].lowercased()]
  }
}
