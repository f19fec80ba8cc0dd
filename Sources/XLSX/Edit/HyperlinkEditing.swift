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

  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a link of more cells than the model gives a link to.
  func apply(to root: inout MarkupElement, _ edits: inout PackageEdits) throws {
    if changes.isEmpty { return }
    // Of several links of a cell the last is the one that is read.
    var homes: [CellReference: (place: Int, count: Int)] = [:]
    let links = root.children("hyperlinks").flatMap { $0.children("hyperlink") }
    for (place, link) in links.enumerated() {
      for cell in try changed(in: link) { homes[cell] = (place, (homes[cell]?.count ?? 0) + 1) }
    }
    let added = changes.filter { $0.value.new != nil && homes[$0.key] == nil }.sorted { $0.key < $1.key }
    var replaced: Set<String> = []
    var addresses = try Addresses(of: part, in: edits)
    var place = -1
    let declarations = root
    try root.changeAll("hyperlinks") { _, list in
      guard var changedList = list else { return }
      let scopes = [changedList, declarations]
      try changedList.replaceAll("hyperlink") { link in
        place += 1
        let changed = try changed(in: link)
        guard !changed.isEmpty, let cells = Self.cells(of: link) else { return nil }
        let reference = Self.reference(of: link, in: scopes)
        // One that has to be written with references may stay.
        if let id = reference.flatMap({ link[$0] }), !id.contains(where: { "&<>\"'".contains($0) }) {
          replaced.insert(id)
        }
        var new = Self.remainder(of: cells, without: Set(changed)).map { Self.copy(of: link, at: $0) }
        for cell in changed {
          guard let home = homes[cell], home.place == place, let change = changes[cell],
            let target = change.new
          else { continue }
          var copy = Self.copy(of: link, at: CellRange(cell))
          addresses.set(target, insteadOf: home.count == 1 ? change.old : nil, of: &copy, reference)
          new.append(copy)
        }
        return new
      }
      // An empty list is not allowed.
      list = changedList.childNames.isEmpty && added.isEmpty ? nil : changedList
    }
    if !added.isEmpty {
      root.change("hyperlinks", order: SheetChild.order) { list in
        list.append(
          added.compactMap { cell, change in
            guard let target = change.new else { return nil }
            var link = Self.copy(of: MarkupElement("hyperlink", prefix: list.prefix), at: CellRange(cell))
            addresses.set(target, insteadOf: nil, of: &link, nil)
            return link
          })
      }
    }
    try edits.relate(part, "hyperlink", toExternal: addresses.added)
    if replaced.isEmpty { return }
    let unused = Self.unused(replaced, in: root.bytes)
    try edits.removeRelationships(of: part) { tag in
      tag["Id"].map(unused.contains) == true && tag["Type"]?.hasSuffix("/hyperlink") == true
    }
  }

  private static func cells(of link: MarkupElement) -> CellRange? {
    link["ref"].flatMap { CellRange($0.trimmingXMLSpace) }
  }

  /// The cells of a link that change, in order.
  private func changed(in link: MarkupElement) throws -> [CellReference] {
    guard let cells = Self.cells(of: link) else { return [] }
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

  /// The link for other cells.
  private static func copy(of link: MarkupElement, at cells: CellRange) -> MarkupElement {
    var copy = link
    copy["ref"] = cells.description
    return copy
  }

  /// The name of the attribute that leads to a relationship, `r:id`, whatever its prefix.
  ///
  /// - Parameter scopes: What stands around the link and may declare the prefix, the nearest first.
  private static func reference(of link: MarkupElement, in scopes: [MarkupElement]) -> String? {
    link.attributeNames.last { name in
      let parts = name.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1] == "id" else { return false }
      let namespace = ([link] + scopes).lazy.compactMap { $0["xmlns:\(parts[0])"] }.first
      return namespace?.hasSuffix("/relationships") == true
    }
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

    private mutating func id(for address: String) -> String {
      repeat { number += 1 } while taken.contains("rId\(number)")
      let id = "rId\(number)"
      added.append((id, HyperlinkXML.escaped(address)))
      return id
    }

    /// Lets a `<hyperlink>` lead elsewhere.
    ///
    /// - Parameters:
    ///   - old: What the element says; `nil` if that is not certain.
    ///   - reference: Its attribute that leads to a relationship.
    mutating func set(
      _ new: Hyperlink, insteadOf old: Hyperlink?, of link: inout MarkupElement, _ reference: String?
    ) {
      if old?.target != new.target {
        switch new.target {
        case .external(let address):
          link["location"] = nil
          if let reference {
            link[reference] = id(for: address)
          } else {
            let prefix = Self.freePrefix(link.attributeNames)
            link["xmlns:\(prefix)"] = namespace
            link["\(prefix):id"] = id(for: address)
          }
        case .location(let place):
          if let reference { link[reference] = nil }
          link["location"] = place
        }
      }
      if old == nil || old?.tooltip != new.tooltip { link["tooltip"] = new.tooltip }
    }

    /// A prefix that an element does not use: `r`, or `r` with a number.
    private static func freePrefix(_ names: [String]) -> String {
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
