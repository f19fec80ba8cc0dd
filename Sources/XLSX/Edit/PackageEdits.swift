/// A package with changes on top of it: parts changed, added and taken out, with what ties them together.
struct PackageEdits {
  let package: Package
  private var contents: [String: [UInt8]] = [:]
  /// Parts of the package whose new contents are deflated already.
  private var deflated: [String: ZipEntry] = [:]
  private var added: [String] = []
  private var removed: Set<String> = []
  /// Whether the package is of ISO 29500 Strict, whose relationships have other types.
  let isStrict: Bool

  private static let contentTypes = "/[Content_Types].xml"

  init(_ package: Package) throws {
    self.package = package
    isStrict = try package.relationships(of: "/").all.contains { $0.type.hasPrefix("http://purl.oclc.org/") }
  }

  func contains(_ part: String) -> Bool {
    let key = PartName.key(part)
    return !removed.contains(key) && (contents[key] != nil || package.contains(part))
  }

  /// The parts of the package that are still there, in its order, and those that were added.
  var parts: [String] {
    package.archive.entries.map { "/" + $0.name.drop { $0 == "/" } }.filter { contains($0) }
      + added.filter(contains)
  }

  /// A part as it is now, in UTF-8, with a place inside its root for what is added.
  func bytes(of part: String) throws -> [UInt8] {
    let key = PartName.key(part)
    if let bytes = contents[key] { return bytes }
    let stored = try deflated[key]?.inflated() ?? package.bytes(of: part)
    return PartEditing.openingRoot(try PartText.utf8(stored, part: part))
  }

  /// How large a part of the package is, as its archive says; `nil` for one that has been changed.
  func untouchedSize(of part: String) -> UInt64? {
    let key = PartName.key(part)
    guard contents[key] == nil, deflated[key] == nil, !removed.contains(key) else { return nil }
    return package.entry(of: part)?.size
  }

  /// Changes a part of the package to what is deflated already.
  mutating func set(_ part: String, deflated entry: ZipEntry) { deflated[PartName.key(part)] = entry }

  /// Changes a part, or adds it. A new part needs a content type, and a relationship that leads to it.
  mutating func set(_ part: String, _ bytes: [UInt8]) {
    let key = PartName.key(part)
    // A part of the file that had gone comes back in its old place.
    if removed.remove(key) == nil, !contains(part) { added.append(part) }
    deflated[key] = nil
    contents[key] = bytes
  }

  /// Takes a part out, with the relationships of `source` that lead to it and its content type.
  mutating func remove(_ part: String, from source: String) throws {
    guard contains(part) else { return }
    try unlink(part, from: source)
    try removePart(part)
  }

  /// Takes out the relationships by which a part leads to another.
  mutating func unlink(_ part: String, from source: String) throws {
    let key = PartName.key(part)
    let leading = try links(of: source).filter { PartName.key($0.part) == key }
    // By the type too: in a damaged file a relationship of another one can have the same id.
    try removeRelationships(of: source) { tag in
      leading.contains { $0.id == tag["Id"] && $0.kind == tag["Type"].map(Self.kind(ofType:)) }
    }
  }

  /// Takes a part out with its content type and its relationships; what leads to it stays.
  mutating func removePart(_ part: String) throws {
    drop(part)
    let links = PartName.relationships(of: part)
    if contains(links) { drop(links) }
    guard contains(Self.contentTypes) else { return }
    let key = PartName.key(part)
    set(
      Self.contentTypes,
      PartEditing.removing("Override", from: try bytes(of: Self.contentTypes)) {
        $0["PartName"].map(PartName.key) == key
      })
  }

  /// Changes the root of a part, if it is whole.
  mutating func change(_ part: String, _ body: (inout MarkupElement) throws -> Void) throws {
    guard var root = MarkupElement(try bytes(of: part)) else { return }
    try body(&root)
    set(part, root.bytes)
  }

  private mutating func drop(_ part: String) {
    let key = PartName.key(part)
    if let place = added.firstIndex(where: { PartName.key($0) == key }) { added.remove(at: place) }
    contents[key] = nil
    deflated[key] = nil
    if package.contains(part) { removed.insert(key) }
  }

  /// Leads from a part to another.
  ///
  /// - Returns: The relationship's id, one that the part did not have.
  mutating func relate(_ source: String, _ kind: String, to target: String) throws -> String {
    try relate(source, ofType: relationshipBase + kind, to: target)
  }

  /// Leads from a part, or from the package (`/`), to another part by a relationship of a type given in full.
  mutating func relate(_ source: String, ofType type: String, to target: String) throws -> String {
    let ids = try relationshipIDs(of: source)
    var number = ids.count + 1
    while ids.contains("rId\(number)") { number += 1 }
    let id = "rId\(number)"
    let path = PackageWriter.relativePath(from: source, to: target)
    try append([Self.relationship(id, type, path, isExternal: false)], to: source)
    return id
  }

  /// Adds a part, and what leads to it.
  ///
  /// - Returns: The id of the relationship.
  @discardableResult
  mutating func add(
    _ part: String, _ type: PartType, _ bytes: [UInt8], to source: String, _ kind: String,
    byExtension: Bool = false
  ) throws -> String {
    set(part, bytes)
    try setContentType(type, of: part, byExtension: byExtension)
    return try relate(source, kind, to: part)
  }

  /// Leads from a part to addresses outside the package, by ids that the part does not have.
  mutating func relate(
    _ source: String, _ kind: String, toExternal addresses: [(id: String, address: String)]
  ) throws {
    if addresses.isEmpty { return }
    let type = relationshipBase + kind
    try append(addresses.map { Self.relationship($0.id, type, $0.address, isExternal: true) }, to: source)
  }

  /// The ids that a part's relationships have, and those like Excel's that the part names without having them: a new
  /// relationship of such an id would make them point somewhere.
  func relationshipIDs(of source: String) throws -> Set<String> {
    (contains(source) ? Self.namedIDs(in: try bytes(of: source)) : [])
      .union(try relationships(of: source).compactMap { $0["Id"] })
  }

  /// Every `rId` with a number that stands behind a quote.
  private static func namedIDs(in bytes: [UInt8]) -> Set<String> {
    var ids: Set<String> = []
    let word = Array("rId".utf8)
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      guard bytes[(place + 1)...].starts(with: word) else { continue }
      let digits = bytes[(place + 1 + word.count)...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      ids.insert("rId" + String(decoding: digits, as: UTF8.self))
    }
    return ids
  }

  /// The attributes of a `<Relationship>`.
  private static func relationship(
    _ id: String, _ type: String, _ target: String, isExternal: Bool
  ) -> String {
    var element = ByteBuffer()
    element.attribute("Id", id)
    element.attribute("Type", type)
    element.attribute("Target", target)
    if isExternal { element.attribute("TargetMode", "External") }
    return String(decoding: element.array(), as: UTF8.self)
  }

  private mutating func append(_ relationships: [String], to source: String) throws {
    let links = PartName.relationships(of: source)
    let empty =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"\(Self.relationshipsNamespace)\"></Relationships>"
    let bytes = contains(links) ? try bytes(of: links) : Array(empty.utf8)
    set(
      links,
      PartEditing.appending(bytes) { prefix in
        relationships.map { "<\(prefix)Relationship\($0)/>" }.joined()
      })
  }

  /// Takes relationships of a part out; with the last one goes the part that lists them.
  mutating func removeRelationships(of source: String, where test: (MarkupTag) -> Bool) throws {
    let links = PartName.relationships(of: source)
    guard contains(links) else { return }
    set(links, PartEditing.removing("Relationship", from: try bytes(of: links), where: test))
    if try relationships(of: source).isEmpty { drop(links) }
  }

  /// The namespace of `r:id` attributes.
  var relationshipNamespace: String { String(relationshipBase.dropLast()) }

  private var relationshipBase: String {
    isStrict
      ? "http://purl.oclc.org/ooxml/officeDocument/relationships/"
      : "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
  }

  private static let relationshipsNamespace = "http://schemas.openxmlformats.org/package/2006/relationships"

  /// Gives a part its content type by its name, whatever it had.
  mutating func setContentType(_ type: String, of part: String) throws {
    let bytes = try bytes(of: Self.contentTypes)
    var patches = Patches()
    for tag in contentTypes(of: part, in: bytes) {
      patches.set("ContentType", type, of: tag.token, in: tag.scanner)
    }
    set(
      Self.contentTypes,
      patches.isEmpty
        ? PartEditing.appending(bytes) { "<\($0)Override PartName=\"\(part)\" ContentType=\"\(type)\"/>" }
        : patches.applied(to: bytes))
  }

  /// Gives a new part its content type: by its name, or, for parts that are known by their extension, by that.
  mutating func setContentType(_ type: PartType, of part: String, byExtension: Bool = false) throws {
    guard byExtension, let dot = part.lastIndex(of: ".") else {
      return try setContentType(type.rawValue, of: part)
    }
    let suffix = String(part[part.index(after: dot)...])
    if try package.contentTypes().defaults[suffix.lowercased()] != nil { return }
    let bytes = try bytes(of: Self.contentTypes)
    if String(decoding: bytes, as: UTF8.self).contains("Extension=\"\(suffix)\"") { return }
    // Defaults stand before overrides in what Excel writes; the schema allows any order.
    set(
      Self.contentTypes,
      PartEditing.appending(bytes) {
        "<\($0)Default Extension=\"\(suffix)\" ContentType=\"\(type.rawValue)\"/>"
      })
  }

  /// Gives a part the content type of another.
  mutating func copyContentType(of part: String, to copy: String) throws {
    let known = contentTypes(of: part, in: try bytes(of: Self.contentTypes))
    if let type = known.first?["ContentType"] { try setContentType(type, of: copy) }
  }

  private func contentTypes(of part: String, in bytes: [UInt8]) -> [MarkupTag] {
    let key = PartName.key(part)
    return MarkupScanner.tags("Override", in: bytes).filter { $0["PartName"].map(PartName.key) == key }
  }

  /// A name that no part has or had: `/xl/comments3.xml`.
  func freeName(_ start: String, _ end: String) -> String {
    var number = 1
    while package.contains("\(start)\(number)\(end)") || contains("\(start)\(number)\(end)") { number += 1 }
    return "\(start)\(number)\(end)"
  }

  /// A name without a number if it is free, else one with: `/xl/styles.xml`.
  func freeName(plain start: String, _ end: String) -> String {
    contains(start + end) ? freeName(start, end) : start + end
  }

  /// The changes as the archive takes them.
  func zipEdits() throws -> ZipEditor {
    var zip = ZipEditor()
    let addedKeys = Set(added.map(PartName.key))
    for (key, bytes) in contents where !addedKeys.contains(key) && !removed.contains(key) {
      guard let entry = package.entry(of: key) else { continue }
      zip.replacements[entry.index] = ZipEditor.deflated(bytes)
    }
    for (key, content) in deflated {
      if let entry = package.entry(of: key) { zip.replacements[entry.index] = content }
    }
    for part in added {
      guard let bytes = contents[PartName.key(part)] else { continue }
      zip.additions.append((String(part.drop { $0 == "/" }), bytes))
    }
    for key in removed { if let entry = package.entry(of: key) { zip.removals.insert(entry.index) } }
    return zip
  }
}
