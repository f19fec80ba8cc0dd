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
    let name = PartName.relationships(of: part)
    guard contains(name) else { return [] }
    var scanner = MarkupScanner(try bytes(of: name))
    var links: [Link] = []
    while let token = scanner.next() {
      guard token.isStart, scanner.localName(token) == "Relationship",
        scanner.value("TargetMode", of: token)?.lowercased() != "external",
        let type = scanner.value("Type", of: token), let target = scanner.value("Target", of: token),
        let resolved = resolved(target, from: part)
      else { continue }
      links.append(
        Link(id: scanner.value("Id", of: token) ?? "", kind: Self.kind(ofType: type), part: resolved))
    }
    return links
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

  /// Gives a part the content type of another.
  mutating func copyContentType(of part: String, to copy: String) throws {
    let list = "/[Content_Types].xml"
    let bytes = try bytes(of: list)
    var scanner = MarkupScanner(bytes)
    while let token = scanner.next() {
      guard token.isStart, scanner.localName(token) == "Override",
        scanner.value("PartName", of: token).map(PartName.key) == PartName.key(part),
        let type = scanner.value("ContentType", of: token)
      else { continue }
      set(
        list,
        PartEditing.appending(bytes) { "<\($0)Override PartName=\"\(copy)\" ContentType=\"\(type)\"/>" })
      return
    }
  }

  /// Takes a table out of a sheet.
  mutating func removeTable(_ table: String, from sheet: String) throws {
    let key = PartName.key(table)
    let ids = Set(try links(of: sheet).filter { PartName.key($0.part) == key }.map(\.id))
    let below = try links(of: table).map(\.part)
    try remove(table, from: sheet)
    try removeUnreferenced(below)
    guard var root = MarkupElement(try bytes(of: sheet)) else { return }
    root.changeAll("tableParts") { _, list in
      list?.changeAll("tablePart") { _, part in
        if let id = part?.attributeValue(localName: "id"), ids.contains(id) { part = nil }
      }
      let count = list?.childNames.count ?? 0
      if count == 0 { list = nil } else { list?["count"] = String(count) }
    }
    set(sheet, root.bytes)
  }
}

extension MarkupElement {
  /// The value of the first attribute of a name, whatever its prefix.
  func attributeValue(localName: String) -> String? {
    var scanner = MarkupScanner(bytes)
    while let token = scanner.next() {
      guard token.isStart else { continue }
      return scanner.attributes(token).first {
        let name = scanner.string($0.name)
        return name == localName || name.hasSuffix(":" + localName)
      }.map { MarkupText.decoded(scanner.string($0.value)) }
    }
    return nil
  }
}
