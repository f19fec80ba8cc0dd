/// A cell's link before and after a change; `nil` is none.
struct HyperlinkChange {
  var old: Hyperlink?
  var new: Hyperlink?
}

/// Adds, changes and takes away links of a sheet part. A link that leads elsewhere keeps what else its element says; one
/// that several cells share stays with those that did not change (ECMA-376 Part 1, 18.3.1.47).
struct HyperlinkEditing {
  let sheet: String
  let part: String
  let changes: [CellReference: HyperlinkChange]

  /// A `<hyperlink>`.
  private struct Element {
    var range: Range<Int>
    var tag: MarkupScanner.Token
    var cells: CellRange
    /// Those that change, in order.
    var changed: [CellReference]
  }

  /// A `<hyperlinks>`.
  private struct List {
    var tag: MarkupScanner.Token
    var range: Range<Int>
    var elements: [Element] = []
    /// How many elements no change concerns.
    var others = 0
  }

  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a link of more cells than the model gives a link to.
  func applying(to bytes: [UInt8], _ edits: inout PackageEdits) throws -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    let (root, lists) = try read(&scanner)
    // Of several links of a cell the last is the one that is read.
    var homes: [CellReference: (place: Int, count: Int)] = [:]
    for element in lists.flatMap(\.elements) {
      for cell in element.changed {
        homes[cell] = (element.range.lowerBound, (homes[cell]?.count ?? 0) + 1)
      }
    }
    let added = changes.filter { $0.value.new != nil && homes[$0.key] == nil }.sorted { $0.key < $1.key }
    var patches = Patches()
    var replaced: Set<String> = []
    var addresses = try Addresses(of: part, in: edits)
    for list in lists {
      var remaining = list.others + added.count
      var own = Patches()
      for element in list.elements {
        let copy = Copy(
          of: scanner.string(element.range), scopes: [(scanner, list.tag), (scanner, root)])
        if let id = copy.relationship { replaced.insert(id) }
        var texts = Self.remainder(of: element.cells, without: Set(element.changed)).map { copy.text(at: $0) }
        for cell in element.changed {
          guard let home = homes[cell], home.place == element.range.lowerBound,
            let change = changes[cell], let link = change.new
          else { continue }
          let old = home.count == 1 ? change.old : nil
          texts.append(copy.text(at: CellRange(cell), link, insteadOf: old, &addresses))
        }
        remaining += texts.count
        own.replace(element.range, with: texts.joined())
      }
      if remaining == 0, !list.elements.isEmpty {
        // An empty list is not allowed.
        patches.replace(list.range, with: "")
      } else {
        patches.append(own)
      }
    }
    var result = patches.applied(to: bytes)
    if !added.isEmpty {
      let elements = added.compactMap { cell, change in
        change.new.map { Self.element($0, at: cell, &addresses) }
      }
      result = SheetChild.appending(result, to: "hyperlinks", elements, isCounted: false)
    }
    try edits.relate(part, "hyperlink", toExternal: addresses.added)
    if !replaced.isEmpty {
      let unused = Self.unused(replaced, in: result)
      if !unused.isEmpty { try edits.removeRelationships(unused, ofKind: "hyperlink", from: part) }
    }
    return result
  }

  private func read(
    _ scanner: inout MarkupScanner
  ) throws -> (root: MarkupScanner.Token, lists: [List]) {
    var root: MarkupScanner.Token?
    var lists: [List] = []
    while let token = scanner.next() {
      guard token.isStart else { continue }
      if root == nil {
        root = token
      } else if scanner.localName(token) == "hyperlinks" {
        lists.append(try readList(token, &scanner))
      } else {
        _ = scanner.skipElement(token)
      }
    }
    return (root ?? MarkupScanner.Token(kind: .other, range: 0..<0, name: 0..<0), lists)
  }

  private func readList(_ tag: MarkupScanner.Token, _ scanner: inout MarkupScanner) throws -> List {
    var list = List(tag: tag, range: tag.range)
    while tag.kind == .start, let token = scanner.next(), token.kind != .end {
      guard token.isStart else { continue }
      let end = scanner.skipElement(token)
      guard scanner.localName(token) == "hyperlink",
        let cells = scanner.value("ref", of: token).flatMap({ CellRange($0.trimmingXMLSpace) })
      else {
        list.others += 1
        continue
      }
      let changed = try changed(in: cells)
      if changed.isEmpty {
        list.others += 1
      } else {
        list.elements.append(
          Element(range: token.range.lowerBound..<end, tag: token, cells: cells, changed: changed))
      }
    }
    list.range = tag.range.lowerBound..<scanner.position
    return list
  }

  private func changed(in cells: CellRange) throws -> [CellReference] {
    if cells.isSingleCell { return changes[cells.first] == nil ? [] : [cells.first] }
    guard cells.count > SheetParts.maximumLinkedCells else {
      return cells.rows.flatMap { row in
        cells.columns.map { CellReference(row: row, column: $0) }.filter { changes[$0] != nil }
      }
    }
    if let cell = changes.keys.filter(cells.contains).min() {
      throw XLSXError(
        .unsupportedChange,
        "The link belongs to all of \(cells) and cannot be changed for one cell; change it in Excel or WPS.",
        sheet: sheet, cell: cell)
    }
    return []
  }

  /// What is left of a range without some of its cells, in rectangles.
  static func remainder(of range: CellRange, without cells: Set<CellReference>) -> [CellRange] {
    var rectangles: [CellRange] = []
    for row in range.rows {
      var runs: [ClosedRange<Int>] = []
      for column in range.columns where !cells.contains(CellReference(row: row, column: column)) {
        if let last = runs.last, last.upperBound == column - 1 {
          runs[runs.count - 1] = last.lowerBound...column
        } else {
          runs.append(column...column)
        }
      }
      for run in runs {
        if let above = rectangles.lastIndex(where: { $0.columns == run && $0.last.row == row - 1 }) {
          rectangles[above].last.row = row
        } else {
          rectangles.append(
            CellRange(
              CellReference(row: row, column: run.lowerBound),
              CellReference(row: row, column: run.upperBound)))
        }
      }
    }
    return rectangles
  }

  /// The ids that no attribute of a part can name: a relationship that anything may use stays.
  private static func unused(_ ids: Set<String>, in bytes: [UInt8]) -> Set<String> {
    var unused = ids
    let longest = ids.lazy.map(\.utf8.count).max() ?? 0
    var start: Int?
    // Of what stands between two quotes, anything may be a value.
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      if let start, place - start <= longest {
        unused.remove(String(decoding: bytes[start..<place], as: UTF8.self))
      }
      start = place + 1
    }
    return unused
  }

  /// `<hyperlink …/>`; an address outside the workbook becomes a relationship of the sheet.
  private static func element(
    _ link: Hyperlink, at cell: CellReference, _ addresses: inout Addresses
  ) -> String {
    ByteBuffer.text { xml in
      xml.begin("hyperlink")
      xml.attribute("ref", reference: cell)
      switch link.target {
      case .external(let address):
        xml.attribute("xmlns:r", addresses.namespace)
        xml.attribute("r:id", addresses.id(for: address))
      case .location(let place): xml.attribute("location", place)
      }
      if let tooltip = link.tooltip { xml.attribute("tooltip", tooltip) }
      xml.endEmpty()
    }
  }
}

extension HyperlinkEditing {
  /// The new addresses outside the workbook, which become relationships of the sheet.
  private struct Addresses {
    /// Of `r:id`.
    let namespace: String
    private(set) var added: [(id: String, address: String)] = []
    private let taken: Set<String>
    private var number: Int

    init(of part: String, in edits: PackageEdits) throws {
      namespace = edits.relationshipNamespace
      taken = try edits.relationshipIDs(of: part)
      number = taken.count
    }

    mutating func id(for address: String) -> String {
      repeat { number += 1 } while taken.contains("rId\(number)")
      let id = "rId\(number)"
      added.append((id, HyperlinkXML.escaped(address)))
      return id
    }
  }

  /// A `<hyperlink>` of the file, to be written again for other cells or with another target.
  private struct Copy {
    private let scanner: MarkupScanner
    private let tag: MarkupScanner.Token
    /// The `r:id`, whatever its prefix.
    private var link: MarkupScanner.Attribute?

    /// - Parameter scopes: The tags around the element, which may declare its prefixes, the nearest first.
    init(of text: String, scopes: [(scanner: MarkupScanner, tag: MarkupScanner.Token)]) {
      scanner = MarkupScanner(Array(text.utf8))
      var reader = scanner
      tag = reader.next() ?? MarkupScanner.Token(kind: .other, range: 0..<0, name: 0..<0)
      for attribute in scanner.attributes(tag) {
        let name = scanner.string(attribute.name).split(separator: ":", omittingEmptySubsequences: false)
        guard name.count == 2, name[1] == "id" else { continue }
        let declaration = "xmlns:\(name[0])"
        let namespace =
          scanner.value(declaration, of: tag)
          ?? scopes.lazy.compactMap { $0.scanner.value(declaration, of: $0.tag) }.first
        if namespace?.hasSuffix("/relationships") == true { link = attribute }
      }
    }

    /// The id of its relationship; `nil` for one that has to be written with references.
    var relationship: String? {
      link.flatMap { scanner.bytes[$0.value].contains(UInt8(ascii: "&")) ? nil : scanner.string($0.value) }
    }

    /// The element for other cells.
    func text(at cells: CellRange) -> String {
      var patches = Patches()
      set("ref", cells.description, &patches)
      return String(decoding: patches.applied(to: scanner.bytes), as: UTF8.self)
    }

    /// The element for a cell, with another link.
    ///
    /// - Parameter old: What the element says; `nil` if that is not certain.
    func text(
      at cells: CellRange, _ new: Hyperlink, insteadOf old: Hyperlink?, _ addresses: inout Addresses
    ) -> String {
      var patches = Patches()
      set("ref", cells.description, &patches)
      if old?.target != new.target {
        switch new.target {
        case .external(let address):
          let id = addresses.id(for: address)
          set("location", nil, &patches)
          if let link {
            patches.replace(link.value, with: id)
          } else {
            let prefix = freePrefix
            set("xmlns:\(prefix)", addresses.namespace, &patches)
            set("\(prefix):id", id, &patches)
          }
        case .location(let place):
          if let link { patches.replace(link.range, with: "") }
          set("location", place, &patches)
        }
      }
      if old == nil || old?.tooltip != new.tooltip { set("tooltip", new.tooltip, &patches) }
      return String(decoding: patches.applied(to: scanner.bytes), as: UTF8.self)
    }

    private func set(_ name: String, _ value: String?, _ patches: inout Patches) {
      patches.set(name, value, of: tag, in: scanner)
    }

    /// A prefix that the element does not use: `r`, or `r` with a number.
    private var freePrefix: String {
      let names = scanner.attributes(tag).map { scanner.string($0.name) }
      var prefix = "r"
      var number = 1
      while names.contains(where: { $0 == "xmlns:\(prefix)" || $0.hasPrefix("\(prefix):") }) {
        prefix = "r\(number)"
        number += 1
      }
      return prefix
    }
  }
}
