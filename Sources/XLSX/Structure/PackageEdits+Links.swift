/// What parts lead to, as it is while the package is changed.
extension PackageEdits {
  struct Link {
    var id: String
    /// The last part of the relationship's type, `comments`.
    var kind: String
    var part: String
  }

  /// The parts that a part leads to, in order, as far as they are there.
  func links(of part: String) throws -> [Link] {
    try relationships(of: part).compactMap { tag in
      guard tag["TargetMode"]?.lowercased() != "external", let type = tag["Type"], let target = tag["Target"],
        let resolved = resolved(target, from: part)
      else { return nil }
      return Link(id: tag["Id"] ?? "", kind: Self.kind(ofType: type), part: resolved)
    }
  }

  /// All relationships of a part, in order.
  func relationships(of source: String) throws -> [MarkupTag] {
    let links = PartName.relationships(of: source)
    return contains(links) ? Array(MarkupScanner.tags("Relationship", in: try bytes(of: links))) : []
  }

  /// The part that a part leads to by a relationship of a kind, or by the one of an id.
  func linked(from part: String, _ kind: String? = nil, id: String? = nil) throws -> String? {
    try links(of: part).first { $0.kind == kind ?? $0.kind && $0.id == id ?? $0.id }?.part
  }

  static func kind(ofType type: String) -> String {
    String(type[(type.lastIndex(of: "/").map { type.index(after: $0) } ?? type.startIndex)...])
  }

  /// The part that a relationship's target names; `nil` if there is none.
  func resolved(_ target: String, from part: String) -> String? {
    if target.hasPrefix("#") { return nil }
    let plain = PartName.resolve(target, from: part)
    return [plain, PartName.percentDecoded(plain), PartName.resolve(target, from: "/")].lazy.compactMap(
      \.self
    )
    .first { contains($0) }
  }

  /// The parts that belong to a sheet, and those that belong to its drawings.
  func partsBelow(_ sheet: String) throws -> [(part: String, kind: String)] {
    var result: [(part: String, kind: String)] = []
    var seen: Set<String> = [PartName.key(sheet)]
    var open = [sheet]
    while let part = open.popLast() {
      for link in try links(of: part) where link.kind != "pivotCacheDefinition" {
        guard seen.insert(PartName.key(link.part)).inserted else { continue }
        result.append((link.part, link.kind))
        if link.kind == "drawing" || link.kind == "chart" { open.append(link.part) }
      }
    }
    return result
  }

  /// Takes a table out of a sheet.
  mutating func removeTable(_ table: String, from sheet: String) throws {
    let key = PartName.key(table)
    let ids = Set(try links(of: sheet).filter { PartName.key($0.part) == key }.map(\.id))
    try removeWithOwned(table, from: sheet)
    try change(sheet) { root in
      root.changeAll("tableParts") { _, list in
        list?.changeAll("tablePart") { _, part in
          if let id = part?.attributeValue(localName: "id"), ids.contains(id) { part = nil }
        }
        let count = list?.childNames.count ?? 0
        if count == 0 { list = nil } else { list?["count"] = String(count) }
      }
    }
  }
}
