/// A part of XML taken apart into its elements by position, to be changed in places and to stay byte for byte what it is
/// everywhere else.
package struct MarkupEditor: Sendable {
  package struct Element: Sendable {
    /// With its colon, `w:`; empty without one.
    package var prefix: String
    package var name: String
    var tag: MarkupScanner.Token
    /// The end tag; empty, behind the tag, for an empty element.
    package var end: Range<Int>
    package var parent: Int?
    /// Positions in ``MarkupEditor/elements``.
    package var children: [Int] = []

    /// The start tag, or the whole of an empty element.
    package var start: Range<Int> { tag.range }
    package var isEmpty: Bool { end.isEmpty }
    package var range: Range<Int> { start.lowerBound..<end.upperBound }
  }

  /// In the order of the part.
  package private(set) var elements: [Element] = []
  private let scanner: MarkupScanner
  private var patches = Patches()

  /// - Throws: ``XLSXError/Code/malformedPart`` for an encoding that cannot be written, or tags without partners.
  package init(_ part: [UInt8], name: String) throws {
    scanner = MarkupScanner(try PartText.utf8(part, part: name))
    var reader = scanner
    var open: [Int] = []
    while let token = reader.next() {
      switch token.kind {
      case .start, .empty:
        let prefix = reader.prefix(token)
        let place = token.range.upperBound
        elements.append(
          Element(
            prefix: prefix, name: reader.localName(token), tag: token, end: place..<place, parent: open.last))
        if let parent = open.last { elements[parent].children.append(elements.count - 1) }
        if token.kind == .start { open.append(elements.count - 1) }
      case .end:
        guard let last = open.popLast(), elements[last].name == reader.localName(token) else {
          throw Self.malformed(name)
        }
        elements[last].end = token.range
      case .other: continue
      }
    }
    guard open.isEmpty, !elements.isEmpty else { throw Self.malformed(name) }
  }

  private static func malformed(_ name: String) -> XLSXError {
    XLSXError(.malformedPart, "A part of the document cannot be taken apart.", part: name)
  }

  // Looking.

  package func child(_ name: String, of element: Int) -> Int? {
    elements[element].children.first { elements[$0].name == name }
  }

  /// The first element of a name below another, at any depth.
  package func descendant(_ name: String, of element: Int) -> Int? {
    let range = elements[element].range
    return elements[(element + 1)...].firstIndex { $0.name == name && range.contains($0.start.lowerBound) }
      .flatMap { range.contains(elements[$0].start.lowerBound) ? $0 : nil }
  }

  /// The elements of a name below another, at any depth, in their order.
  package func descendants(_ name: String, of element: Int) -> [Int] {
    let end = elements[element].range.upperBound
    return elements.indices.dropFirst(element + 1).prefix { elements[$0].start.lowerBound < end }
      .filter { elements[$0].name == name }
  }

  /// An attribute by its local name, decoded.
  package func attribute(_ name: String, of element: Int) -> String? {
    attributes(of: element).first { $0.name == name }?.value
  }

  /// The attributes of an element: names without their prefixes, values decoded.
  package func attributes(of element: Int) -> [(name: String, value: String)] {
    scanner.attributes(elements[element].tag).map { attribute in
      let name = scanner.string(attribute.name)
      let local = name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
      return (local, MarkupText.decoded(scanner.string(attribute.value)))
    }
  }

  /// An attribute by its name as written, `xmlns:w`.
  package func attribute(written name: String, of element: Int) -> String? {
    scanner.value(name, of: elements[element].tag)
  }

  /// The text between the tags of an element, decoded.
  package func text(of element: Int) -> String {
    var reader = MarkupScanner(Array(scanner.bytes[elements[element].range]))
    var text = ""
    while let token = reader.next() {
      guard token.kind == .other else { continue }
      text += MarkupText.content(reader.string(token.range))
    }
    return text
  }

  /// The bytes of a range as they are.
  package func source(_ range: Range<Int>) -> String { scanner.string(range) }

  // Changing. Of changes that overlap the first one counts.

  package mutating func insert(_ text: String, at place: Int) { patches.insert(text, at: place) }
  package mutating func replace(_ range: Range<Int>, with text: String) {
    patches.replace(range, with: text)
  }
  package mutating func remove(_ element: Int) { replace(elements[element].range, with: "") }

  /// Sets an attribute, named as written; `nil` takes it out.
  package mutating func set(_ name: String, _ value: String?, of element: Int) {
    patches.set(name, value, of: elements[element].tag, in: scanner)
  }

  /// Puts text before the end of an element, which may be an empty one.
  package mutating func append(_ text: String, to element: Int) {
    let found = elements[element]
    if found.isEmpty {
      replace(
        (found.start.upperBound - 2)..<found.start.upperBound, with: ">\(text)</\(found.prefix)\(found.name)>"
      )
    } else {
      insert(text, at: found.end.lowerBound)
    }
  }

  /// Puts text at the beginning of an element's content.
  package mutating func prepend(_ text: String, to element: Int) {
    let found = elements[element]
    if found.isEmpty { return append(text, to: element) }
    insert(text, at: found.start.upperBound)
  }

  package func bytes() -> [UInt8] { patches.applied(to: scanner.bytes) }
}
