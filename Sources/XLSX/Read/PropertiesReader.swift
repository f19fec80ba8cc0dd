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

  /// The elements of a properties part and their texts; empty ones are left out.
  private static func texts(of kind: String, _ source: WorkbookSource) -> [(String, String)] {
    let package = source.package
    guard let part = try? package.part(ofKind: kind, from: "/"), package.contains(part) else { return [] }
    var texts: [(String, String)] = []
    try? package.walk(part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: { element, _ in
      if !element.text.isEmpty { texts.append((element.name, element.text.decodingEscapes)) }
    }
    return texts
  }
}
