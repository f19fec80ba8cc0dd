import Dispatch

/// Builds an OPC package (ECMA-376 Part 2): parts, their content types and the relationships between them.
///
/// A part comes with its content type and a relationship with the part it leads to, so the three cannot disagree: a
/// part without content type, or a relationship to a part that is missing, is what makes Excel call a file damaged.
package struct PackageWriter {
  private struct Part {
    var name: String
    var type: String
    var content: Content
  }
  private enum Content {
    case bytes(PartBytes)
    case entry(ZipEntry)
  }
  private struct Relationship {
    var type: RelationshipType
    var target: String
    var isExternal: Bool
  }

  private var parts: [Part] = []
  /// By name of the source part, the package itself under the empty name; the order of adding is kept.
  private var relationships: [String: [Relationship]] = [:]
  /// Content types by file name extension, for the kinds of parts that Excel declares so.
  private var defaults: [String: String] = ["rels": relationshipsType, "xml": "application/xml"]

  package init() {}

  /// Adds a part of text, `/word/document.xml`.
  package mutating func add(_ name: String, type: PartType, text: String) {
    var bytes = ByteBuffer(capacity: text.utf8.count)
    bytes.append(raw: text)
    add(name, type: type, bytes)
  }

  /// Adds a part that is packed already, such as a workbook within a document; its content type goes by its extension.
  package mutating func add(_ name: String, extensionType: PartType, packed: [UInt8]) {
    var bytes = ByteBuffer(capacity: packed.count)
    bytes.append(packed)
    add(name, extensionType: extensionType, bytes, isCompressed: true)
  }

  /// The whole package. The same parts give the same bytes.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess`` when memory is out.
  package func bytes() throws(XLSXError) -> [UInt8] { try archive(level: 6).bytes() }

  /// Adds a part, `/xl/workbook.xml`.
  mutating func add(_ name: String, type: PartType, _ bytes: consuming ByteBuffer) {
    parts.append(
      Part(name: name, type: type.rawValue, content: .bytes(PartBytes(bytes, isCompressed: false))))
  }

  /// Adds a part that is deflated already. The name of the entry must be the part's, without the leading slash.
  mutating func add(_ entry: ZipEntry, type: PartType) {
    parts.append(Part(name: "/" + entry.name, type: type.rawValue, content: .entry(entry)))
  }

  /// Adds a part whose content type goes by its file name extension: pictures and VML.
  mutating func add(
    _ name: String, extensionType: PartType, _ bytes: consuming ByteBuffer, isCompressed: Bool = false
  ) {
    if let dot = name.lastIndex(of: ".") {
      defaults[String(name[name.index(after: dot)...])] = extensionType.rawValue
    }
    parts.append(Part(name: name, type: "", content: .bytes(PartBytes(bytes, isCompressed: isCompressed))))
  }

  /// Leads from a part, or from the package (`nil`), to a part.
  ///
  /// - Returns: The relationship's id, `rId1`.
  @discardableResult
  package mutating func relate(_ source: String?, _ type: RelationshipType, to target: String) -> String {
    let relative = Self.relativePath(from: source ?? "/", to: target)
    return add(Relationship(type: type, target: relative, isExternal: false), from: source)
  }

  /// Leads from a part to somewhere outside the package.
  mutating func relate(_ source: String, _ type: RelationshipType, toExternal target: String) -> String {
    add(Relationship(type: type, target: target, isExternal: true), from: source)
  }

  private mutating func add(_ relationship: Relationship, from source: String?) -> String {
    let source = source ?? ""
    if let known = relationships[source, default: []].firstIndex(where: {
      relationship.isExternal && $0.isExternal && $0.type == relationship.type
        && $0.target == relationship.target
    }) {
      return "rId\(known + 1)"
    }
    relationships[source, default: []].append(relationship)
    return "rId\(relationships[source, default: []].count)"
  }

  /// The package as an archive, content types first, as Excel orders it.
  ///
  /// - Parameter level: libdeflate's compression level.
  func archive(level: Int32) -> ZipWriter {
    var sources: [(name: String, bytes: PartBytes)] = [("[Content_Types].xml", contentTypes())]
    sources.append(contentsOf: relationships["", default: []].isEmpty ? [] : [relationshipPart(of: "")])
    var places: [Int?] = []
    var ready: [ZipEntry] = []
    for _ in sources { places.append(nil) }
    for part in parts {
      switch part.content {
      case .bytes(let bytes):
        sources.append((String(part.name.dropFirst()), bytes))
        places.append(nil)
      case .entry(let entry):
        places.append(ready.count)
        ready.append(entry)
      }
      if relationships[part.name] != nil {
        sources.append(relationshipPart(of: part.name))
        places.append(nil)
      }
    }
    let deflated = Self.deflate(sources, level: level)
    var archive = ZipWriter()
    var next = 0
    for place in places {
      if let place {
        archive.add(ready[place])
      } else {
        archive.add(deflated[next])
        next += 1
      }
    }
    return archive
  }

  private static func deflate(_ sources: [(name: String, bytes: PartBytes)], level: Int32) -> [ZipEntry] {
    let results = Slots<ZipEntry>(sources.count)
    DispatchQueue.concurrentPerform(iterations: sources.count) { index in
      let source = sources[index]
      results[index] = source.bytes.buffer.withBytes { bytes in
        source.bytes.isCompressed
          ? ZipEntry(name: source.name, storing: bytes)
          : ZipEntry(name: source.name, deflating: bytes, level: level)
      }
    }
    return results.values
  }

  private func contentTypes() -> PartBytes {
    var xml = ByteBuffer()
    xml.declaration()
    xml.append("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">")
    for (name, type) in defaults.sorted(by: { $0.key < $1.key }) {
      xml.begin("Default")
      xml.attribute("Extension", name)
      xml.attribute("ContentType", type)
      xml.endEmpty()
    }
    for part in parts where !part.type.isEmpty {
      xml.begin("Override")
      xml.attribute("PartName", part.name)
      xml.attribute("ContentType", part.type)
      xml.endEmpty()
    }
    xml.end("Types")
    return PartBytes(xml, isCompressed: false)
  }

  /// The relationships part of a part: `xl/worksheets/_rels/sheet1.xml.rels`.
  private func relationshipPart(of source: String) -> (name: String, bytes: PartBytes) {
    var xml = ByteBuffer()
    xml.declaration()
    xml.append("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">")
    for (place, relationship) in relationships[source, default: []].enumerated() {
      xml.begin("Relationship")
      xml.attribute("Id", "rId\(place + 1)")
      xml.attribute("Type", relationship.type.rawValue)
      xml.attribute("Target", relationship.target)
      if relationship.isExternal { xml.attribute("TargetMode", "External") }
      xml.endEmpty()
    }
    xml.end("Relationships")
    let slash = source.lastIndex(of: "/").map { source.index(after: $0) } ?? source.startIndex
    let name = "\(source[..<slash])_rels/\(source[slash...]).rels"
    return (name.hasPrefix("/") ? String(name.dropFirst()) : name, PartBytes(xml, isCompressed: false))
  }

  /// The way from one part to another, `../comments1.xml`: Excel reads absolute targets too, other programs do not.
  static func relativePath(from source: String, to target: String) -> String {
    let here = source.split(separator: "/").dropLast()
    let there = target.split(separator: "/")
    let common = zip(here, there).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: here.count - common)
    return (up + there.dropFirst(common).map(String.init)).joined(separator: "/")
  }

  private static let relationshipsType = "application/vnd.openxmlformats-package.relationships+xml"
}

/// A part's bytes with a shared owner, so that parts can wait in an array.
private final class PartBytes: Sendable {
  let buffer: ByteBuffer
  let isCompressed: Bool

  init(_ buffer: consuming ByteBuffer, isCompressed: Bool) {
    self.buffer = buffer
    self.isCompressed = isCompressed
  }
}

/// Results of concurrent work, each written once by the iteration that owns its index.
private final class Slots<Value: Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Value?>

  init(_ count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  subscript(index: Int) -> Value? {
    get { storage[index] }
    set { storage[index] = newValue }
  }

  var values: [Value] { storage.compactMap(\.self) }
}
