/// Changes the document's properties: only the elements that say something else now (ECMA-376 Part 2, 11, and Part 1,
/// 22.2).
struct PropertiesEditing {
  let old: DocumentProperties
  let new: DocumentProperties

  /// A property by the name of its element.
  private struct Property {
    let name: String
    let value: KeyPath<DocumentProperties, String?>
    /// Where the element's name comes from; `nil` is the namespace of the part's root.
    var vocabulary: Vocabulary?
  }

  private enum Vocabulary: String {
    case core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    case elements = "http://purl.org/dc/elements/1.1/"
    case terms = "http://purl.org/dc/terms/"
    case instance = "http://www.w3.org/2001/XMLSchema-instance"

    var usualPrefix: String {
      switch self {
      case .core: "cp"
      case .elements: "dc"
      case .terms: "dcterms"
      case .instance: "xsi"
      }
    }
  }

  private static var core: [Property] {
    [
      Property(name: "title", value: \.title, vocabulary: .elements),
      Property(name: "subject", value: \.subject, vocabulary: .elements),
      Property(name: "creator", value: \.creator, vocabulary: .elements),
      Property(name: "keywords", value: \.keywords, vocabulary: .core),
      Property(name: "description", value: \.description, vocabulary: .elements),
      Property(name: "lastModifiedBy", value: \.lastModifiedBy, vocabulary: .core),
      Property(name: "category", value: \.category, vocabulary: .core),
      Property(name: "created", value: \.created, vocabulary: .terms),
      Property(name: "modified", value: \.modified, vocabulary: .terms),
    ]
  }

  private static var extended: [Property] {
    [
      Property(name: "Application", value: \.application), Property(name: "Company", value: \.company),
    ]
  }

  var isEmpty: Bool { changes(Self.core).isEmpty && changes(Self.extended).isEmpty }

  /// What Excel would repair must not be written; what a file has is its own affair.
  func check() throws {
    for property in changes(Self.core) where property.vocabulary == .terms {
      if let date = text(property, new) { try ContentRules.checkDate(date, "The document's date") }
    }
  }

  /// - Throws: ``XLSXError/Code/unsupportedChange`` for properties that cannot be read.
  func apply(to edits: inout PackageEdits) throws {
    let core = changes(Self.core)
    if !core.isEmpty {
      let parts = try parts(ofKinds: ["core-properties"], edits)
      if parts.isEmpty {
        try add(
          "core", .coreProperties, relationship: RelationshipType.coreProperties.rawValue,
          kinds: ["core-properties"], root: "cp:coreProperties xmlns:cp=\"\(Vocabulary.core.rawValue)\"",
          core,
          to: &edits)
      }
      try set(core, in: parts, &edits)
    }
    let extended = changes(Self.extended)
    if !extended.isEmpty {
      let kinds = ["extended-properties", "extendedProperties"]
      let parts = try parts(ofKinds: kinds, edits)
      if parts.isEmpty {
        let namespace =
          edits.isStrict
          ? "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
          : "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
        let relationship =
          edits.isStrict
          ? "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties"
          : RelationshipType.extendedProperties.rawValue
        try add(
          "app", .extendedProperties, relationship: relationship, kinds: kinds,
          root: "Properties xmlns=\"\(namespace)\"", extended, to: &edits)
      }
      try set(extended, in: parts, &edits)
    }
  }

  // What changes

  /// An empty property is none.
  private func text(_ property: Property, _ properties: DocumentProperties) -> String? {
    properties[keyPath: property.value].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func changes(_ properties: [Property]) -> [Property] {
    properties.filter { text($0, old) != text($0, new) }
  }

  // Where

  /// The parts that are read, in this order: of two that say the same, the later counts.
  private func parts(ofKinds kinds: [String], _ edits: PackageEdits) throws -> [String] {
    try kinds.compactMap { try edits.package.part(ofKind: $0, from: "/") }.filter { edits.contains($0) }
  }

  private func set(_ changed: [Property], in parts: [String], _ edits: inout PackageEdits) throws {
    for (place, part) in parts.enumerated() {
      let bytes = try edits.bytes(of: part)
      guard PropertiesReader.isWhole(bytes, part: part, limits: edits.package.limits) else {
        throw XLSXError(
          .unsupportedChange,
          "The document properties are damaged and cannot be changed; save the workbook again in Excel or WPS.",
          part: part)
      }
      let isLast = place == parts.count - 1
      edits.set(part, changing(bytes, changed.map { ($0, isLast ? text($0, new) : nil) }))
    }
  }

  /// Adds a part with what is new, and what leads to it.
  private func add(
    _ name: String, _ type: PartType, relationship: String, kinds: [String], root: String,
    _ changed: [Property], to edits: inout PackageEdits
  ) throws {
    let empty = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<\(root)/>"
    let bytes = changing(Array(empty.utf8), changed.map { ($0, text($0, new)) })
    // A relationship that leads to nothing gets its part.
    let missing = try kinds.lazy.compactMap { try edits.package.part(ofKind: $0, from: "/") }.first
    let part = missing ?? edits.freeName(plain: "/docProps/\(name)", ".xml")
    edits.set(part, bytes)
    if try edits.package.contentTypes().overrides[PartName.key(part)] == nil {
      try edits.setContentType(type, of: part)
    }
    if missing == nil { _ = try edits.relate("/", ofType: relationship, to: part) }
  }

  // How

  /// A part with the texts of elements set; `nil` takes an element out.
  private func changing(_ bytes: [UInt8], _ changes: [(property: Property, text: String?)]) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    for (property, text) in changes {
      // Of two elements of a name the last is the one that is read.
      let count = root.children(property.name).count
      root.changeAll(property.name) { number, element in
        if let text, number == count - 1 {
          element?.setText(text, codesControls: true)
        } else {
          element = nil
        }
      }
      if count == 0, let text { root.append([Self.element(property, text, in: root)]) }
    }
    return root.bytes
  }

  /// A new element. It declares the prefixes that the root does not.
  private static func element(
    _ property: Property, _ text: String, in root: MarkupElement
  ) -> MarkupElement {
    var declarations: [Vocabulary] = []
    func prefix(_ vocabulary: Vocabulary) -> String {
      let known = root.attributeNames.first { $0.hasPrefix("xmlns:") && root[$0] == vocabulary.rawValue }
      if known == nil { declarations.append(vocabulary) }
      return String(known?.dropFirst(6) ?? vocabulary.usualPrefix[...]) + ":"
    }
    let own = property.vocabulary.map(prefix) ?? root.prefix
    var element = MarkupElement(property.name, prefix: own)
    let type = property.vocabulary == .terms ? prefix(.instance) + "type" : nil
    for vocabulary in declarations { element["xmlns:" + vocabulary.usualPrefix] = vocabulary.rawValue }
    if let type { element[type] = own + "W3CDTF" }
    element.setText(text, codesControls: true)
    return element
  }
}
