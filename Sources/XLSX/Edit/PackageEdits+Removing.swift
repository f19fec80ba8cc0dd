/// What goes with something that is taken out.
extension PackageEdits {
  /// Takes out the relationships that a part named before and names no longer, and the parts that nothing else leads to.
  ///
  /// - Complexity: O(relationships of the package)
  mutating func removeLinks(of source: String, namedIn before: [UInt8]) throws {
    let gone = Self.quotedValues(in: before).subtracting(Self.quotedValues(in: try bytes(of: source)))
    let parts = try links(of: source).filter { gone.contains($0.id) }.map(\.part)
    if gone.isEmpty { return }
    try removeRelationships(of: source) { $0["Id"].map(gone.contains) == true }
    try removeUnreferenced(parts)
  }

  /// Takes out the relationships by which a part leads to another, and that part if nothing else leads to it.
  mutating func detach(_ part: String, from source: String) throws {
    try unlink(part, from: source)
    try removeUnreferenced([part])
  }

  /// Takes a part out, and what it alone led to.
  mutating func removeWithOwned(_ part: String, from source: String) throws {
    let below = try links(of: part).map(\.part)
    try remove(part, from: source)
    try removeUnreferenced(below)
  }

  /// The parts that relationships of some kinds lead to.
  ///
  /// - Complexity: O(relationships of the package)
  func targets(ofKinds kinds: Set<String>) throws -> Set<String> {
    var found: Set<String> = []
    for part in parts {
      guard let source = PartName.source(ofRelationships: part) else { continue }
      for link in try links(of: source) where kinds.contains(link.kind) { found.insert(link.part) }
    }
    return found
  }

  /// The tables of all sheets.
  func tables() throws -> [(id: Int, name: String)] {
    try parts.filter { $0.lowercased().contains("/tables/") && $0.hasSuffix(".xml") }
      .flatMap { MarkupScanner.tags("table", in: try bytes(of: $0)).prefix(1) }
      .map { (max(0, min($0.integer("id") ?? 0, 1 << 28)), $0["displayName"] ?? $0["name"] ?? "") }
  }

  /// The values of all attributes that lead somewhere, `r:id` and its kin.
  private static func quotedValues(in bytes: [UInt8]) -> Set<String> {
    var scanner = MarkupScanner(bytes)
    var values: Set<String> = []
    while let token = scanner.next() {
      guard token.isStart else { continue }
      for attribute in scanner.attributes(token) where scanner.string(attribute.name).contains(":") {
        values.insert(MarkupText.decoded(scanner.string(attribute.value)))
      }
    }
    return values
  }

  /// Takes out those of some parts that no relationship leads to any more, and what they alone led to.
  mutating func removeUnreferenced(_ candidates: [String]) throws {
    if candidates.isEmpty { return }
    var counts: [String: Int] = [:]
    for part in parts where part.lowercased().hasSuffix(".rels") {
      guard let source = PartName.source(ofRelationships: part) else { continue }
      for link in try links(of: source) { counts[PartName.key(link.part), default: 0] += 1 }
    }
    var open = candidates
    while let part = open.popLast() {
      guard contains(part), counts[PartName.key(part), default: 0] == 0 else { continue }
      let below = try links(of: part).map(\.part)
      for link in below { counts[PartName.key(link), default: 1] -= 1 }
      open += below
      try removePart(part)
    }
  }
}
