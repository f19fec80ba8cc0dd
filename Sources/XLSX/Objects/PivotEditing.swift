/// Adds pivot tables to a sheet that is being edited, and takes them away (ECMA-376 Part 1, 18.10).
struct PivotEditing {
  let sheet: String
  let part: String
  let workbookPart: String

  /// Puts a pivot table on the sheet, with a cache of its own; its cells are written as any others.
  func add(
    _ pivot: PivotTable, _ snapshot: PivotSnapshot, _ folder: String, to edits: inout PackageEdits
  ) throws {
    // Those that only slicers use count too.
    let number =
      MarkupScanner.tags("pivotCache", in: try edits.bytes(of: workbookPart)).highest("cacheId") + 1
    let table = edits.freeName("\(folder)pivotTables/pivotTable", ".xml")
    let cache = edits.freeName("\(folder)pivotCache/pivotCacheDefinition", ".xml")
    let records = edits.freeName("\(folder)pivotCache/pivotCacheRecords", ".xml")
    // Its relationships are there before its content names one of them.
    let link = try edits.add(
      records, .pivotCacheRecords, edits.namespaced(PivotXML.records(snapshot).array()), to: cache,
      "pivotCacheRecords")
    let id = try edits.add(
      cache, .pivotCacheDefinition, edits.namespaced(PivotXML.cache(pivot, snapshot, records: link).array()),
      to: workbookPart, "pivotCacheDefinition")
    try edits.add(
      table, .pivotTable, edits.namespaced(PivotXML.table(pivot, snapshot, cache: number).array()), to: part,
      "pivotTable")
    _ = try edits.relate(table, "pivotCacheDefinition", to: cache)
    let namespace = edits.relationshipNamespace
    try edits.change(workbookPart) { root in
      root.change("pivotCaches", order: WorkbookChildren.order) { list in
        var entry = MarkupElement("pivotCache", prefix: list.prefix)
        entry["cacheId"] = String(number)
        entry["xmlns:r"] = namespace
        entry["r:id"] = id
        list.append([entry])
      }
    }
  }

  /// Takes a pivot table away, and its cache with the last table that stands on it. What its cells show stays.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a table that slicers, timelines or charts belong to.
  func remove(_ pivot: PivotTable, _ relationship: String, from edits: inout PackageEdits) throws {
    guard let table = try edits.linked(from: part, "pivotTable", id: relationship) else { return }
    try checkStandsAlone(pivot.name, edits)
    let cache = try edits.linked(from: table, "pivotCacheDefinition")
    try edits.detach(table, from: part)
    try edits.change(part) { root in
      // What was selected in it is no selection any more.
      root.changeAll("sheetViews") { _, views in
        views?.changeAll("sheetView") { _, view in
          view?.changeAll("pivotSelection") { _, selection in
            if selection?.attributeValue(localName: "id") == relationship { selection = nil }
          }
        }
      }
    }
    if let cache { try removeUnused(cache, from: &edits) }
  }

  /// Takes a cache away on which no table stands any more.
  func removeUnused(_ cache: String, from edits: inout PackageEdits) throws {
    guard edits.contains(cache), try !isUsed(cache, edits) else { return }
    let key = PartName.key(cache)
    let ids = Set(try edits.links(of: workbookPart).filter { PartName.key($0.part) == key }.map(\.id))
    guard let root = MarkupElement(try edits.bytes(of: workbookPart)) else { return }
    // Slicers of the workbook may stand on it by themselves.
    let extensions = root.child("extLst").map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    if ids.contains(where: { extensions.contains("\"\($0)\"") }) { return }
    try edits.detach(cache, from: workbookPart)
    try edits.change(workbookPart) { root in
      root.changeAll("pivotCaches") { _, list in
        list?.changeAll("pivotCache") { _, entry in
          if let id = entry?.attributeValue(localName: "id"), ids.contains(id) { entry = nil }
        }
        if list?.has("pivotCache") == false { list = nil }
      }
    }
  }

  /// Whether another part than the workbook leads to a cache.
  private func isUsed(_ cache: String, _ edits: PackageEdits) throws -> Bool {
    try edits.parts.compactMap { PartName.source(ofRelationships: $0) }
      .filter { PartName.key($0) != PartName.key(workbookPart) }
      .contains { try edits.links(of: $0).contains { PartName.key($0.part) == PartName.key(cache) } }
  }

  /// What belongs to a pivot table by its name, and would belong to nothing without it.
  func checkStandsAlone(_ name: String, _ edits: PackageEdits) throws {
    for part in try edits.targets(ofKinds: ["slicerCache", "timelineCache", "chart"]).sorted() {
      for tag in MarkupScanner.tags("pivotTable", "pivotSource", in: try edits.bytes(of: part)) {
        let source = MarkupElement(Array(tag.scanner.bytes[tag.range]))?.child("name")?.text
        guard tag["name"] == name || source?.hasSuffix("!" + name) == true else { continue }
        throw XLSXError(
          .unsupportedChange,
          "Slicers, a timeline or a chart belong to the pivot table “\(name)”; take them away first, in Excel.",
          part: part, sheet: sheet)
      }
    }
  }
}
