/// A link from a part (or from the package) to another part or to somewhere outside (ECMA-376 Part 2, 6.5).
struct Relationship: Hashable, Sendable {
  var id: String
  /// The last segment of the type's URI: `worksheet`, `sharedStrings`, `threadedComment`. Transitional, Strict and
  /// Microsoft's own types differ only in what stands before it. Unknown kinds are kept and looked at by nobody.
  var kind: String
  /// The type in full, as it stands in the file.
  var type: String
  /// The target as it stands in the file.
  var target: String
  /// Whether the target is an address outside the package.
  var isExternal: Bool
}

/// The relationships of one part, in file order.
struct Relationships: Sendable {
  /// The part they belong to; `/` for the package.
  let source: String
  private(set) var all: [Relationship] = []

  init(source: String) { self.source = source }

  /// The relationship of an id; of several with the same id, which is an error, the first.
  subscript(id: String) -> Relationship? { all.first { $0.id == id } }

  func first(ofKind kind: String) -> Relationship? {
    all.first { !$0.isExternal && $0.kind.lowercased() == kind.lowercased() }
  }

  func all(ofKind kind: String) -> [Relationship] {
    all.filter { !$0.isExternal && $0.kind.lowercased() == kind.lowercased() }
  }

  mutating func append(_ element: XMLElement) {
    // Id, Type and Target are required, but a relationship that lacks one breaks nothing that does not need it.
    let type = element["Type"] ?? ""
    let kind = type.split(separator: "/").last.map(String.init) ?? ""
    all.append(
      Relationship(
        id: element["Id"] ?? "", kind: kind, type: type, target: element["Target"] ?? "",
        isExternal: element["TargetMode"]?.lowercased() == "external"))
  }
}
