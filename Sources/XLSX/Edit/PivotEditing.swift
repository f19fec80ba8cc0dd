/// Adds pivot tables to a sheet that is being edited, and takes them away (ECMA-376 Part 1, 18.10).
struct PivotEditing {
  let sheet: String
  let part: String
  let workbookPart: String

  /// Puts a pivot table on the sheet, with a cache of its own; its cells are written as any others.
  func add(
    _ pivot: PivotTable, _ snapshot: PivotSnapshot, _ folder: String, to edits: inout PackageEdits
  ) throws {
    let book = try edits.bytes(of: workbookPart)
    let number = Self.highestCache(in: book) + 1
    let table = edits.freeName("\(folder)pivotTables/pivotTable", ".xml")
    let cache = edits.freeName("\(folder)pivotCache/pivotCacheDefinition", ".xml")
    let records = edits.freeName("\(folder)pivotCache/pivotCacheRecords", ".xml")
    edits.set(table, edits.namespaced(PivotXML.table(pivot, snapshot, cache: number).array()))
    try edits.setContentType(.pivotTable, of: table)
    edits.set(records, edits.namespaced(PivotXML.records(snapshot).array()))
    try edits.setContentType(.pivotCacheRecords, of: records)
    // Its relationships are there before its content names one of them.
    let link = try edits.relate(cache, "pivotCacheRecords", to: records)
    edits.set(cache, edits.namespaced(PivotXML.cache(pivot, snapshot, records: link).array()))
    try edits.setContentType(.pivotCacheDefinition, of: cache)
    _ = try edits.relate(table, "pivotCacheDefinition", to: cache)
    _ = try edits.relate(part, "pivotTable", to: table)
    let id = try edits.relate(workbookPart, "pivotCacheDefinition", to: cache)
    guard var root = MarkupElement(book) else { return }
    let namespace = edits.relationshipNamespace
    root.change("pivotCaches", order: WorkbookChildren.order) { list in
      var entry = MarkupElement("pivotCache", prefix: list.prefix)
      entry["cacheId"] = String(number)
      entry["xmlns:r"] = namespace
      entry["r:id"] = id
      list.append([entry])
    }
    edits.set(workbookPart, root.bytes)
  }

  /// The highest number that a cache has, those that only slicers use among them.
  private static func highestCache(in book: [UInt8]) -> Int {
    var scanner = MarkupScanner(book)
    var highest = 0
    while let token = scanner.next() {
      guard token.isStart, scanner.localName(token) == "pivotCache" else { continue }
      highest = max(highest, min(scanner.value("cacheId", of: token).flatMap { Int($0) } ?? 0, 1 << 28))
    }
    return highest
  }

  /// Takes a pivot table away, and its cache with the last table that stands on it. What its cells show stays.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a table that slicers, timelines or charts belong to.
  func remove(_ pivot: PivotTable, _ relationship: String, from edits: inout PackageEdits) throws {
    guard
      let table = try edits.links(of: part).first(where: { $0.id == relationship && $0.kind == "pivotTable" }
      )?.part
    else { return }
    try checkStandsAlone(pivot.name, edits)
    let cache = try edits.links(of: table).first { $0.kind == "pivotCacheDefinition" }?.part
    try edits.detach(table, from: part)
    if var root = MarkupElement(try edits.bytes(of: part)), root.has("sheetViews") {
      // What was selected in it is no selection any more.
      root.changeAll("sheetViews") { _, views in
        views?.changeAll("sheetView") { _, view in
          view?.changeAll("pivotSelection") { _, selection in
            if selection?.attributeValue(localName: "id") == relationship { selection = nil }
          }
        }
      }
      edits.set(part, root.bytes)
    }
    guard let cache, edits.contains(cache), try !isUsed(cache, edits) else { return }
    let key = PartName.key(cache)
    let ids = Set(try edits.links(of: workbookPart).filter { PartName.key($0.part) == key }.map(\.id))
    guard var root = MarkupElement(try edits.bytes(of: workbookPart)) else { return }
    // Slicers of the workbook may stand on it by themselves.
    let extensions = root.child("extLst").map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    if ids.contains(where: { extensions.contains("\"\($0)\"") }) { return }
    try edits.detach(cache, from: workbookPart)
    root.changeAll("pivotCaches") { _, list in
      list?.changeAll("pivotCache") { _, entry in
        if let id = entry?.attributeValue(localName: "id"), ids.contains(id) { entry = nil }
      }
      if list?.has("pivotCache") == false { list = nil }
    }
    edits.set(workbookPart, root.bytes)
  }

  /// Whether another part than the workbook leads to a cache.
  private func isUsed(_ cache: String, _ edits: PackageEdits) throws -> Bool {
    for links in edits.parts {
      guard let source = PartName.source(ofRelationships: links),
        PartName.key(source) != PartName.key(workbookPart)
      else { continue }
      if try edits.links(of: source).contains(where: { PartName.key($0.part) == PartName.key(cache) }) {
        return true
      }
    }
    return false
  }

  /// What belongs to a pivot table by its name, and would belong to nothing without it.
  private func checkStandsAlone(_ name: String, _ edits: PackageEdits) throws {
    for part in try edits.targets(ofKinds: ["slicerCache", "timelineCache", "chart"]).sorted() {
      var scanner = MarkupScanner(try edits.bytes(of: part))
      while let token = scanner.next() {
        guard token.isStart else { continue }
        let isNamed =
          switch scanner.localName(token) {
          case "pivotTable": scanner.value("name", of: token) == name
          case "pivotSource":
            MarkupElement(
              Array(scanner.bytes[token.range.lowerBound...]))?.child("name")?.text.hasSuffix("!" + name)
              == true
          default: false
          }
        if isNamed {
          throw XLSXError(
            .unsupportedChange,
            "Slicers, a timeline or a chart belong to the pivot table “\(name)”; take them away first, in Excel.",
            part: part, sheet: sheet)
        }
      }
    }
  }
}
