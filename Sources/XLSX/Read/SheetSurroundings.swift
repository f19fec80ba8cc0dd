/// Reads the parts that a sheet leads to: links, comments, tables, pictures.
///
/// A sheet is worth having without them. One that is missing or damaged is left out; only a passed limit is an error.
struct SheetSurroundings {
  let source: WorkbookSource
  let part: String
  let relationships: Relationships

  init(source: WorkbookSource, part: String) throws {
    self.source = source
    self.part = part
    relationships = try source.package.relationships(of: part)
  }

  func complete(_ parts: SheetParts) throws {
    for link in parts.linked {
      guard let target = target(of: link.relationship, location: link.location) else { continue }
      parts.setLink(Hyperlink(target, tooltip: link.tooltip), for: link.cells)
    }
    try tolerating {
      (parts.content.comments, parts.content.threads) = try CommentReader(self).read()
    }
    for id in parts.tables {
      try tolerating {
        guard let (table, filter) = try table(of: id) else { return }
        parts.content.tables.append(table)
        if let filter { parts.content.activeFilters.append(filter) }
      }
    }
    try tolerating { parts.content.pictures = try DrawingReader(self).pictures() }
    try tolerating { parts.content.charts = try DrawingReader(self).charts() }
    try tolerating { parts.content.pivotTables = try PivotTableReader(self).tables() }
  }

  /// The part that the sheet's first relationship of a kind leads to, if it exists.
  func existingPart(ofKind kind: String) -> String? {
    relationships.first(ofKind: kind).flatMap { existingTarget(of: $0) }
  }

  /// The parts that the sheet's relationships of a kind lead to, as far as they exist, each with the relationship's id.
  func existingParts(ofKind kind: String) -> [(id: String, part: String)] {
    relationships.all(ofKind: kind).compactMap { link in existingTarget(of: link).map { (link.id, $0) } }
  }

  private func existingTarget(of relationship: Relationship) -> String? {
    source.package.target(of: relationship, from: part).flatMap { source.package.contains($0) ? $0 : nil }
  }

  func tolerating(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as XLSXError where error.code != .limitExceeded {
      return
    }
  }

  private func target(of id: String, location: String?) -> Hyperlink.Target? {
    guard let relationship = relationships[id] else { return location.map { .location($0) } }
    if !relationship.isExternal, relationship.target.hasPrefix("#") {
      return .location(String(relationship.target.dropFirst()))
    }
    return .external(relationship.target + (location.map { "#\($0)" } ?? ""))
  }

  /// A table, and the range in which its filter hides rows.
  func table(of id: String) throws -> (Table, CellRange?)? {
    guard let relationship = relationships[id], let part = existingTarget(of: relationship) else {
      return nil
    }
    let table = Box<Table?>(nil)
    var columns: [String] = []
    var activeFilter: CellRange?
    try source.package.walk(part) { element, path in
      if path.isEmpty {
        table.value = Table(element: element)
        return .enter
      }
      return element.name == "tableColumns" ? .enter : .collect
    } collected: { element, _ in
      switch element.name {
      case "tableColumn": columns.append((element["name"] ?? "").decodingEscapes)
      case "tableStyleInfo": table.value?.styleName = element["name"]
      case "autoFilter":
        table.value?.showsFilter = true
        if element.filtersRows { activeFilter = element.range("ref") ?? table.value?.range }
      default: break
      }
    }
    table.value?.columns = columns
    table.value?.origin.mark = .init(relationship: id)
    return table.value.map { ($0, activeFilter) }
  }
}

extension Table {
  /// Reads the attributes of a `<table>`.
  fileprivate init?(element: XMLElement) {
    guard let range = element.range("ref") else { return nil }
    self.init(element["displayName"] ?? element["name"] ?? "", range: range, columns: [], styleName: nil)
    showsTotals = (element.integer("totalsRowCount") ?? 0) > 0
    showsFilter = false
    hasHeaders = element.integer("headerRowCount") != 0
  }
}
