/// Reads the pivot tables of a sheet with the list that they stand on.
struct PivotTableReader {
  let surroundings: SheetSurroundings

  init(_ surroundings: SheetSurroundings) { self.surroundings = surroundings }

  func tables() throws -> [PivotTable] {
    var tables: [PivotTable] = []
    for (id, part) in surroundings.existingParts(ofKind: "pivotTable") {
      try surroundings.tolerating {
        guard var table = try table(part) else { return }
        table.origin.mark = .init(relationship: id)
        tables.append(table)
      }
    }
    return tables
  }

  private func table(_ part: String) throws -> PivotTable? {
    let package = surroundings.source.package
    guard let root = try root(of: part), let area = root.child("location")?.range("ref") else { return nil }
    let links = try package.relationships(of: part)
    guard let link = links.first(ofKind: "pivotCacheDefinition"),
      let cachePart = package.target(of: link, from: part), package.contains(cachePart),
      let cache = try self.root(of: cachePart)
    else { return nil }
    let source = cache.child("cacheSource")?.child("worksheetSource")
    let names = (cache.child("cacheFields")?.children("cacheField") ?? []).map {
      ($0["name"] ?? "").decodingEscapes
    }
    func name(_ index: Int?) -> String? { index.flatMap { names.indices.contains($0) ? names[$0] : nil } }
    func fields(_ list: String, _ element: String, _ key: String) -> [String] {
      (root.child(list)?.children(element) ?? []).compactMap { name($0.integer(key)) }
    }
    let values = (root.child("dataFields")?.children("dataField") ?? []).compactMap {
      field -> PivotTable.Value? in
      guard let heading = name(field.integer("fld")) else { return nil }
      let function = field["subtotal"].flatMap { PivotTable.Function(rawValue: $0) } ?? .sum
      return PivotTable.Value(heading, function, caption: (field["name"] ?? heading).decodingEscapes)
    }
    var text = source?["ref"] ?? source?["name"] ?? ""
    if source?["ref"] != nil, let sheet = source?["sheet"] {
      text = "\(SheetReference.quoted(sheet))!\(text)"
    }
    var table = PivotTable(
      (root["name"] ?? "").decodingEscapes, source: text, at: area.first,
      rows: fields("rowFields", "field", "x"),
      columns: fields("colFields", "field", "x"), filters: fields("pageFields", "pageField", "fld"),
      values: values,
      styleName: root.child("pivotTableStyleInfo")?["name"])
    table.area = area
    return table
  }

  /// The root of a part with the children that say something here; rows and items are passed over.
  private func root(of part: String) throws -> XMLElement? {
    let wanted: Set<String> = [
      "location", "rowFields", "colFields", "pageFields", "dataFields", "pivotTableStyleInfo", "cacheSource",
      "cacheFields",
    ]
    let root = Box<XMLElement?>(nil)
    var children: [XMLElement] = []
    try surroundings.source.package.walk(part) { element, path in
      if path.isEmpty {
        root.value = element
        return .enter
      }
      return wanted.contains(element.name) ? .collect : .skip
    } collected: { element, _ in
      children.append(element)
    }
    guard var element = root.value else { return nil }
    element.children = children
    return element
  }
}
