/// Adds the cell formats of one stylesheet to another, behind those that it has.
///
/// Cells of a sheet that moves from one workbook to another keep their look that way: the format with the index *n* in
/// the sheet's own stylesheet becomes the one with the index `first + n`.
enum StyleGrafting {
  /// - Parameter added: A stylesheet as this library writes it, without prefix.
  /// - Returns: The stylesheet with the formats, and the index of the first of them; `nil` if the stylesheet lacks a
  ///   collection that it needs, or cannot take so many formats.
  static func graft(_ added: [UInt8], onto host: [UInt8]) -> (bytes: [UInt8], first: Int)? {
    let ours = StyleCollections(added)
    let theirs = StyleCollections(host)
    guard let formats = theirs["cellXfs"], let fonts = theirs["fonts"], let fills = theirs["fills"],
      let borders = theirs["borders"], let newFormats = ours["cellXfs"], !formats.elements.isEmpty,
      formats.elements.count + newFormats.elements.count <= ContentRules.maximumCellFormats
    else { return nil }
    var patches = Patches()
    let numbers = addNumberFormats(of: ours, to: theirs, &patches)
    for (name, collection) in [("fonts", fonts), ("fills", fills), ("borders", borders)] {
      let elements = ours[name]?.elements.map { theirs.adopting($0, of: ours) } ?? []
      theirs.append(elements, to: collection, &patches)
    }
    let xfs = newFormats.elements.map { range in
      let shifted = ours.shifting(
        range,
        [
          "fontId": { $0 + fonts.elements.count }, "fillId": { $0 + fills.elements.count },
          "borderId": { $0 + borders.elements.count }, "numFmtId": { numbers[$0] ?? $0 },
        ])
      return theirs.adopting(shifted)
    }
    theirs.append(xfs, to: formats, &patches)
    return (patches.applied(to: host), formats.elements.count)
  }

  /// Gives the number formats that have no fixed number one that the host has not taken.
  ///
  /// - Returns: The new numbers by the old ones.
  private static func addNumberFormats(
    of ours: StyleCollections, to host: StyleCollections, _ patches: inout Patches
  ) -> [Int: Int] {
    guard let added = ours["numFmts"], !added.elements.isEmpty else { return [:] }
    var numbers: [Int: Int] = [:]
    var next = max(
      164, (host["numFmts"]?.elements.compactMap { host.number("numFmtId", of: $0) }.max() ?? 0) + 1)
    var elements: [[UInt8]] = []
    for range in added.elements {
      guard let old = ours.number("numFmtId", of: range) else { continue }
      numbers[old] = next
      let number = next
      elements.append(host.adopting(ours.shifting(range, ["numFmtId": { _ in number }])))
      next += 1
    }
    if let collection = host["numFmts"] {
      host.append(elements, to: collection, &patches)
    } else if let place = host.contentStart {
      // The first child of all (ECMA-376 Part 1, 18.8.39).
      let name = host.prefix + "numFmts"
      patches.replace(
        place..<place,
        with: Array("<\(name) count=\"\(elements.count)\">".utf8) + elements.joined()
          + Array("</\(name)>".utf8))
    }
    return numbers
  }
}

/// The collections of a stylesheet and where their elements stand.
private struct StyleCollections {
  struct Collection {
    var elements: [Range<Int>] = []
    /// Before the end tag.
    var end: Int
    /// The value of the attribute `count`.
    var count: Range<Int>?
  }

  let bytes: [UInt8]
  private(set) var prefix = ""
  private(set) var namespace = ""
  /// Behind the start tag of the root.
  private(set) var contentStart: Int?
  private var collections: [String: Collection] = [:]

  private static let names: Set<String> = ["numFmts", "fonts", "fills", "borders", "cellXfs"]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var scanner = MarkupScanner(bytes)
    while let token = scanner.next() {
      guard token.isStart else { continue }
      if contentStart == nil {
        prefix = scanner.prefix(token)
        contentStart = token.range.upperBound
        let name = prefix.dropLast()
        namespace = scanner.value(name.isEmpty ? "xmlns" : "xmlns:" + name, of: token) ?? Namespace.main
        continue
      }
      let name = scanner.localName(token)
      guard Self.names.contains(name), collections[name] == nil, token.kind == .start else {
        _ = scanner.skipElement(token)
        continue
      }
      var collection = Collection(
        end: token.range.upperBound, count: scanner.attribute("count", of: token)?.value)
      while let child = scanner.next() {
        if child.kind == .end {
          collection.end = child.range.lowerBound
          break
        }
        guard child.isStart else { continue }
        let end = scanner.skipElement(child)
        collection.elements.append(child.range.lowerBound..<end)
      }
      collections[name] = collection
    }
  }

  subscript(name: String) -> Collection? { collections[name] }

  func number(_ attribute: String, of range: Range<Int>) -> Int? {
    var scanner = MarkupScanner(Array(bytes[range]))
    return scanner.next().flatMap { scanner.value(attribute, of: $0) }.flatMap { Int($0) }
  }

  /// An element with some numbers among its attributes changed.
  func shifting(_ range: Range<Int>, _ changes: [String: (Int) -> Int]) -> [UInt8] {
    let element = Array(bytes[range])
    var scanner = MarkupScanner(element)
    guard let tag = scanner.next() else { return element }
    var patches = Patches()
    for (name, change) in changes {
      guard let attribute = scanner.attribute(name, of: tag), let old = Int(scanner.string(attribute.value))
      else { continue }
      patches.replace(attribute.value, with: String(change(old)))
    }
    return patches.applied(to: element)
  }

  /// An element of another stylesheet as it can stand in this one.
  func adopting(_ range: Range<Int>, of other: StyleCollections) -> [UInt8] {
    adopting(Array(other.bytes[range]))
  }

  /// An element without prefix, which says its namespace where this stylesheet's elements have a prefix.
  func adopting(_ element: [UInt8]) -> [UInt8] {
    guard !prefix.isEmpty else { return element }
    var scanner = MarkupScanner(element)
    guard let tag = scanner.next() else { return element }
    var patches = Patches()
    patches.insert(" xmlns=\"\(namespace)\"", at: tag.name.upperBound)
    return patches.applied(to: element)
  }

  func append(_ elements: [[UInt8]], to collection: Collection, _ patches: inout Patches) {
    patches.replace(collection.end..<collection.end, with: elements.joined())
    if let count = collection.count {
      patches.replace(count, with: String(collection.elements.count + elements.count))
    }
  }
}
