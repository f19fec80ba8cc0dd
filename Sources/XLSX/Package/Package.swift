/// An Open Packaging Conventions package: a zip archive whose entries are parts, tied together by relationships
/// (ECMA-376 Part 2).
///
/// Parts are found by name without regard to case, and reached from one another through relationships only. Everything
/// that is read counts against ``Limits``.
final class Package {
  let archive: ZipArchive
  let limits: Limits
  /// Whether the file that it came from was encrypted.
  private(set) var isDecrypted = false
  private var entries: [String: ZipArchive.Entry] = [:]
  private var relationshipsRead: [String: Relationships] = [:]
  private var contentTypesRead: ContentTypes?
  private let budget: InflationBudget

  init(archive: ZipArchive, limits: Limits) {
    self.archive = archive
    self.limits = limits
    budget = InflationBudget(limits: limits, fileSize: archive.fileSize)
    for entry in archive.entries {
      // Of two entries with the same name the first counts, as in Excel.
      let key = PartName.key(entry.name)
      if entries[key] == nil { entries[key] = entry }
    }
  }

  /// - Parameter password: Opens an encrypted package; `nil` tries ``EncryptedPackage/defaultPasswords``.
  convenience init(path: String, password: String? = nil, limits: Limits) throws {
    do {
      try self.init(archive: ZipArchive(path: path, limits: limits), limits: limits)
    } catch let error as XLSXError where error.code == .encrypted {
      var bytes: [UInt8] = []
      try AtomicFile.read(path) { bytes.append(contentsOf: $0) }
      try self.init(encrypted: bytes, password: password, limits: limits)
    }
  }

  /// - Parameter password: As for a file.
  convenience init(bytes: [UInt8], password: String? = nil, limits: Limits) throws {
    do {
      try self.init(archive: ZipArchive(bytes: bytes, limits: limits), limits: limits)
    } catch let error as XLSXError where error.code == .encrypted {
      try self.init(encrypted: bytes, password: password, limits: limits)
    }
  }

  private convenience init(encrypted bytes: [UInt8], password: String?, limits: Limits) throws {
    let content = try EncryptedPackage(bytes, limits: limits).decrypted(password: password)
    try self.init(archive: ZipArchive(bytes: content, limits: limits), limits: limits)
    isDecrypted = true
  }

  /// The archive's entry for a part; `nil` if there is no such part.
  func entry(of part: String) -> ZipArchive.Entry? { entries[PartName.key(part)] }

  func contains(_ part: String) -> Bool { entry(of: part) != nil }

  /// Opens a part for reading in chunks.
  func open(_ part: String) throws -> PartReader {
    guard let entry = entry(of: part) else {
      throw XLSXError(
        .missingPart, "The workbook lacks a part that it refers to; save it again in Excel or WPS.",
        part: part)
    }
    return try PartReader(part: part, entry: entry, archive: archive, budget: budget)
  }

  /// All bytes of a part.
  func bytes(of part: String) throws -> [UInt8] {
    let reader = try open(part)
    var bytes: [UInt8] = []
    try reader.forEachChunk { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// The relationships of a part, or of the package itself for `/`; none if the part has no relationship part.
  func relationships(of part: String) throws -> Relationships {
    if let known = relationshipsRead[part] { return known }
    var relationships = Relationships(source: part)
    let name = PartName.relationships(of: part)
    if contains(name) {
      try walk(name, visit: { element, _ in element.name == "Relationship" ? .collect : .enter }) {
        element, _ in
        relationships.append(element)
      }
    }
    relationshipsRead[part] = relationships
    return relationships
  }

  /// The content types; empty for a package that lacks the part, which is damaged but readable.
  func contentTypes() throws -> ContentTypes {
    if let known = contentTypesRead { return known }
    var types = ContentTypes()
    if contains("/[Content_Types].xml") {
      try walk(
        "/[Content_Types].xml",
        visit: { element, path in path.isEmpty && element.name == "Types" ? .enter : .collect }
      ) { element, _ in types.append(element) }
    }
    contentTypesRead = types
    return types
  }

  /// The name of the part that a relationship leads to; `nil` for an external target.
  ///
  /// A target that names no part is tried with its percent escapes decoded, and as if it were meant from the root of the
  /// package, as some writers mean it. If nothing helps, the plain resolution is given, for an error message.
  func target(of relationship: Relationship, from source: String) -> String? {
    guard !relationship.isExternal else { return nil }
    let plain = PartName.resolve(relationship.target, from: source)
    let candidates = [
      plain, PartName.percentDecoded(plain), PartName.resolve(relationship.target, from: "/"),
    ]
    return candidates.lazy.compactMap(\.self).first { contains($0) } ?? plain
  }

  /// The part that a source part's first relationship of a kind leads to.
  func part(ofKind kind: String, from source: String) throws -> String? {
    guard let relationship = try relationships(of: source).first(ofKind: kind) else { return nil }
    return target(of: relationship, from: source)
  }

  /// Streams a part's XML element by element; see ``XMLWalker``.
  func walk(_ part: String, visit: @escaping XMLWalker.Visit, collected: @escaping XMLWalker.Collected) throws
  {
    let reader = try open(part)
    let parser = try XMLPushParser(
      part: part, limits: limits, handler: XMLWalker(part: part, visit: visit, collected: collected))
    try reader.forEachChunk { try parser.feed($0) }
    try parser.finish()
  }
}
