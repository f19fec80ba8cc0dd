/// What goes with something that is taken out.
extension PackageEdits {
  /// Takes out the relationships that a part named before and names no longer, and the parts that nothing else leads to.
  ///
  /// - Complexity: O(relationships of the package)
  mutating func removeLinks(of source: String, namedIn before: [UInt8]) throws {
    let gone = Self.quotedValues(in: before).subtracting(Self.quotedValues(in: try bytes(of: source)))
    let parts = try links(of: source).filter { gone.contains($0.id) }.map(\.part)
    let links = PartName.relationships(of: source)
    guard !gone.isEmpty, contains(links) else { return }
    set(
      links,
      PartEditing.removing(try bytes(of: links)) { scanner, token in
        scanner.localName(token) == "Relationship"
          && scanner.value("Id", of: token).map(gone.contains) == true
      })
    try dropLinksIfEmpty(of: source)
    try removeUnreferenced(parts)
  }

  /// Takes out the relationships by which a part leads to another, and that part if nothing else leads to it.
  mutating func detach(_ part: String, from source: String) throws {
    let key = PartName.key(part)
    for link in try links(of: source) where PartName.key(link.part) == key {
      try removeRelationships([link.id], ofKind: link.kind, from: source)
    }
    try removeUnreferenced([part])
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
