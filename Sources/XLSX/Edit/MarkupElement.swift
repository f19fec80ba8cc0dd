/// An element of a part, taken apart one level deep: attributes can be set, children changed, put in and left out. What
/// is not touched stays byte for byte, also what this library does not know.
///
/// Made from a whole part it is the root, and keeps what stands around it.
struct MarkupElement {
  private enum Piece {
    /// Text, comments and the like.
    case other(ArraySlice<UInt8>)
    /// A child by its local name.
    case element(String, ArraySlice<UInt8>)

    var bytes: ArraySlice<UInt8> {
      switch self {
      case .other(let bytes), .element(_, let bytes): bytes
      }
    }

    var name: String? { if case .element(let name, _) = self { name } else { nil } }
  }

  private var before: ArraySlice<UInt8> = []
  private var tag: [UInt8]
  private var pieces: [Piece] = []
  /// The end tag; none if the element is written as an empty one.
  private var end: [UInt8] = []
  private var after: ArraySlice<UInt8> = []
  /// The name as written.
  private var qualifiedName: String

  /// An element without attributes and children.
  ///
  /// - Parameter prefix: As ``prefix`` gives it.
  init(_ name: String, prefix: String) {
    qualifiedName = prefix + name
    tag = Array("<\(qualifiedName)/>".utf8)
  }

  /// The first element that some bytes hold; `nil` if it is not whole.
  init?(_ bytes: [UInt8]) {
    var scanner = MarkupScanner(bytes)
    var start: MarkupScanner.Token?
    while start == nil, let token = scanner.next() { if token.isStart { start = token } }
    guard let start else { return nil }
    before = bytes[..<start.range.lowerBound]
    tag = Array(bytes[start.range])
    qualifiedName = scanner.string(start.name)
    guard tag.last == UInt8(ascii: ">") else { return nil }
    if start.kind == .empty {
      after = bytes[start.range.upperBound...]
      return
    }
    while let token = scanner.next() {
      switch token.kind {
      case .other: pieces.append(.other(bytes[token.range]))
      case .start, .empty:
        let name = scanner.localName(token)
        pieces.append(.element(name, bytes[token.range.lowerBound..<scanner.skipElement(token)]))
      case .end:
        end = Array(bytes[token.range])
        after = bytes[token.range.upperBound...]
        return
      }
    }
    return nil
  }

  /// An element as it reads where names have no prefix.
  init?(_ xml: String, prefixed prefix: String) { self.init(Array(MarkupText.prefixed(xml, prefix).utf8)) }

  /// An element as it is written where names have no prefix.
  init?(prefix: String, _ write: (inout ByteBuffer) -> Void) {
    self.init(ByteBuffer.text(write), prefixed: prefix)
  }

  var bytes: [UInt8] {
    var bytes = Array(before) + tag
    bytes.reserveCapacity(bytes.count + pieces.reduce(0) { $0 + $1.bytes.count } + end.count + after.count)
    for piece in pieces { bytes += piece.bytes }
    return bytes + end + after
  }

  /// `x:`, or empty.
  var prefix: String { qualifiedName.firstIndex(of: ":").map { String(qualifiedName[...$0]) } ?? "" }

  /// The namespace of a root's own elements.
  var namespace: String { self[prefix.isEmpty ? "xmlns" : "xmlns:" + prefix.dropLast()] ?? Namespace.main }

  var localName: String { String(qualifiedName.dropFirst(prefix.count)) }

  // Attributes

  /// The value of an attribute by its name as written; `nil` takes it out.
  subscript(attribute: String) -> String? {
    get {
      var scanner = MarkupScanner(tag)
      return scanner.next().flatMap { scanner.value(attribute, of: $0) }
    }
    set {
      guard newValue != self[attribute] else { return }
      var scanner = MarkupScanner(tag)
      guard let token = scanner.next() else { return }
      var patches = Patches()
      patches.set(attribute, newValue, of: token, in: scanner)
      tag = patches.applied(to: tag)
    }
  }

  /// The names of the attributes as written.
  var attributeNames: [String] {
    var scanner = MarkupScanner(tag)
    return scanner.next().map { scanner.attributes($0).map { scanner.string($0.name) } } ?? []
  }

  /// The name as written of the attribute that has a local name: `r:id`.
  func attributeName(_ localName: String) -> String? {
    attributeNames.first { $0 == localName || $0.hasSuffix(":" + localName) }
  }

  /// The value of the first attribute of a local name, whatever its prefix.
  func attributeValue(localName: String) -> String? { attributeName(localName).flatMap { self[$0] } }

  /// Gives the element another name, with the prefix that it has.
  mutating func rename(to name: String) {
    let old = qualifiedName.utf8.count
    qualifiedName = prefix + name
    tag = Array("<\(qualifiedName)".utf8) + tag.dropFirst(old + 1)
    if !end.isEmpty { end = Array("</\(qualifiedName)>".utf8) }
  }

  /// An `xsd:boolean` attribute.
  func flag(_ attribute: String) -> Bool {
    self[attribute].map { ["1", "true", "on"].contains($0.lowercased()) } ?? false
  }

  func integer(_ attribute: String) -> Int? { self[attribute].flatMap { Int($0.trimmingXMLSpace) } }

  // Children

  /// The names of the children, in order.
  var childNames: [String] { pieces.compactMap(\.name) }

  func has(_ name: String) -> Bool { pieces.contains { $0.name == name } }

  func children(_ name: String) -> [MarkupElement] {
    pieces.compactMap { $0.name == name ? MarkupElement(Array($0.bytes)) : nil }
  }

  func child(_ name: String) -> MarkupElement? { children(name).first }

  /// The text directly inside.
  var text: String {
    pieces.lazy.filter { $0.name == nil }
      .map { MarkupText.content(String(decoding: $0.bytes, as: UTF8.self)) }.joined()
  }

  /// Puts text in the place of everything inside.
  ///
  /// - Parameter codesControls: Whether control characters are written as `_xHHHH_`; formulas have no such spelling.
  mutating func setText(_ text: String, codesControls: Bool = false) {
    var xml = ByteBuffer()
    if codesControls { xml.append(text: text) } else { xml.append(plainText: text) }
    open()
    pieces = [.other(xml.array()[...])]
  }

  /// Changes the first child of a name, which is made at its place in the schema's order if there is none.
  ///
  /// - Parameter prefix: Of a child that is made; else it has the element's own.
  mutating func change(
    _ name: String, order: [String] = [], prefix other: String? = nil,
    _ body: (inout MarkupElement) throws -> Void
  ) rethrows {
    guard let index = pieces.firstIndex(where: { $0.name == name }),
      var child = MarkupElement(Array(pieces[index].bytes))
    else {
      var child = MarkupElement(name, prefix: other ?? prefix)
      try body(&child)
      insert(child, order: order)
      return
    }
    try body(&child)
    pieces[index] = .element(name, child.bytes[...])
  }

  /// Puts any number of elements in the place of every child of a name, or of every child; `nil` leaves one as it is.
  mutating func replaceAll(
    _ name: String?, with body: (MarkupElement) throws -> [MarkupElement]?
  ) rethrows {
    var result: [Piece] = []
    for piece in pieces {
      guard let known = piece.name, known == name ?? known, let child = MarkupElement(Array(piece.bytes)),
        let new = try body(child)
      else {
        result.append(piece)
        continue
      }
      result += new.map { .element($0.localName, $0.bytes[...]) }
    }
    pieces = result
  }

  /// Changes every child of a name, given with its number among them; one that is set to `nil` goes.
  mutating func changeAll(_ name: String?, _ body: (Int, inout MarkupElement?) throws -> Void) rethrows {
    var number = 0
    try replaceAll(name) { child in
      var changed: MarkupElement? = child
      try body(number, &changed)
      number += 1
      return changed.map { [$0] } ?? []
    }
  }

  /// Changes every child, whatever its name; one that is set to `nil` goes.
  mutating func changeEach(_ body: (inout MarkupElement?) throws -> Void) rethrows {
    try changeAll(nil) { try body(&$1) }
  }

  mutating func remove(_ name: String) { pieces.removeAll { $0.name == name } }

  /// Puts a child in front of the first one that has to follow it: by the order of names, or by a test among those of its
  /// own name.
  mutating func insert(
    _ child: MarkupElement, order: [String], before test: ((MarkupElement) -> Bool)? = nil
  ) {
    open()
    let name = child.localName
    let following = Set(order.drop { $0 != name }.dropFirst())
    let place = pieces.firstIndex { piece in
      guard let other = piece.name else { return false }
      if following.contains(other) { return true }
      guard let test, other == name, let known = MarkupElement(Array(piece.bytes)) else { return false }
      return test(known)
    }
    pieces.insert(.element(name, child.bytes[...]), at: place ?? pieces.endIndex)
  }

  /// Puts children behind all others.
  mutating func append(_ children: [MarkupElement]) {
    open()
    for child in children { pieces.append(.element(child.localName, child.bytes[...])) }
  }

  /// The element with one child as an empty one, for reading everything else of it.
  func emptying(_ name: String) -> MarkupElement {
    var copy = self
    for index in copy.pieces.indices where copy.pieces[index].name == name {
      copy.pieces[index] = .element(name, MarkupElement(name, prefix: prefix).bytes[...])
    }
    return copy
  }

  /// Makes `<a/>` into `<a></a>`.
  private mutating func open() {
    guard end.isEmpty else { return }
    tag = tag.dropLast(2) + [UInt8(ascii: ">")]
    end = Array("</\(qualifiedName)>".utf8)
  }
}
