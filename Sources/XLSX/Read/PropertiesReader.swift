/// Reads the document's properties. A file whose properties are missing or damaged has none.
enum PropertiesReader {
  static func read(_ source: WorkbookSource) -> DocumentProperties {
    var properties = DocumentProperties()
    for (name, text) in texts(of: "core-properties", source) { take(name, text, into: &properties) }
    let extended = texts(of: "extended-properties", source) + texts(of: "extendedProperties", source)
    for (name, text) in extended { take(name, text, into: &properties) }
    return properties
  }

  private static func take(_ name: String, _ text: String, into properties: inout DocumentProperties) {
    switch name {
    case "title": properties.title = text
    case "subject": properties.subject = text
    case "creator": properties.creator = text
    case "keywords": properties.keywords = text
    case "description": properties.description = text
    case "category": properties.category = text
    case "lastModifiedBy": properties.lastModifiedBy = text
    case "created": properties.created = text
    case "modified": properties.modified = text
    case "Company": properties.company = text
    case "Application": properties.application = text
    default: break
    }
  }

  /// The parts that are read, in this order: of two that say the same, the later counts.
  static func parts(of package: Package) -> [String] {
    ["core-properties", "extended-properties", "extendedProperties"].compactMap { part(of: $0, in: package) }
  }

  private static func part(of kind: String, in package: Package) -> String? {
    guard let part = try? package.part(ofKind: kind, from: "/"), package.contains(part) else { return nil }
    return part
  }

  /// When a properties part says that the workbook was last saved; of a damaged one, what can be read of it.
  static func modified(in bytes: UnsafeRawBufferPointer, part: String, limits: Limits) -> String? {
    var modified: String?
    let walker = XMLWalker(part: part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: { element, _ in
      if element.name == "modified", !element.text.isEmpty { modified = element.text.decodingEscapes }
    }
    guard let parser = try? XMLPushParser(part: part, limits: limits, handler: walker) else { return nil }
    try? parser.feed(bytes)
    try? parser.finish()
    return modified
  }

  /// The elements of a properties part and their texts; empty ones are left out.
  private static func texts(of kind: String, _ source: WorkbookSource) -> [(String, String)] {
    let package = source.package
    guard let part = Self.part(of: kind, in: package) else { return [] }
    var texts: [(String, String)] = []
    try? package.walk(part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: { element, _ in
      if !element.text.isEmpty { texts.append((element.name, element.text.decodingEscapes)) }
    }
    return texts
  }

  /// Whether a properties part is XML to its end.
  static func isWhole(_ bytes: [UInt8], part: String, limits: Limits) -> Bool {
    let walker = XMLWalker(part: part) { _, path in
      path.isEmpty ? .enter : .skip
    } collected: { _, _ in
    }
    guard let parser = try? XMLPushParser(part: part, limits: limits, handler: walker) else { return false }
    do {
      try bytes.withUnsafeBytes { try parser.feed($0) }
      try parser.finish()
      return true
    } catch {
      return false
    }
  }
}
