/// Changes what lies on a sheet that is being edited: pictures, charts, tables and pivot tables that come, change and go.
struct ObjectEditing {
  private let sheet: Worksheet
  private let pictures: ObjectChanges<Picture>
  /// With the values of their series filled in.
  private let charts: ObjectChanges<Chart>
  private let tables: ObjectChanges<Table>
  private let pivots: ObjectChanges<PivotTable>

  /// What became of the objects that a sheet had; `nil` if nothing did.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for what Excel would refuse.
  init?(_ sheet: Worksheet, since old: SheetContent, of workbook: Workbook) throws {
    let content = sheet.content
    self.sheet = sheet
    pictures = ObjectChanges(from: old.pictures, to: content.pictures)
    var charts = ObjectChanges(from: old.charts, to: content.charts)
    charts.added = charts.added.map { ChartCache.filled($0, from: workbook) }
    for (place, chart) in charts.kept.enumerated() where chart.old != chart.new {
      charts.kept[place].new = ChartCache.filled(chart.new, since: chart.old, from: workbook)
    }
    self.charts = charts
    tables = ObjectChanges(from: old.tables, to: content.tables)
    pivots = ObjectChanges(from: old.pivotTables, to: content.pivotTables)
    if pictures.isReordered || charts.isReordered {
      throw XLSXError(
        .unsupportedChange,
        "The order of pictures or charts that the file holds cannot be changed; take them away and add them again.",
        sheet: sheet.name)
    }
    if pictures.isEmpty, charts.isEmpty, tables.isEmpty, pivots.isEmpty { return nil }
    for picture in pictures.added { try DrawingRules.check(picture, sheet: sheet.name) }
    for chart in charts.added { try DrawingRules.check(chart, sheet: sheet.name) }
    if tables.added.isEmpty, tables.changed.isEmpty { return }
    try ContentRules.checkNoOverlap(content.tables.map(\.range), "The tables", sheet: sheet.name)
    let laid = tables.changed.filter { $0.new.isLaidOut(unlike: $0.old) }
    for table in tables.added + laid.map(\.new) {
      try TableRules.check(table, on: sheet)
      if workbook.definedNames.contains(where: {
        $0.sheet == nil && $0.name.lowercased() == table.name.lowercased()
      }) {
        throw Self.taken(table, on: sheet)
      }
    }
  }

  private static func taken(_ table: Table, on sheet: Worksheet) -> XLSXError {
    ContentRules.invalid("The name \"\(table.name)\" of a table is taken", sheet: sheet.name)
  }

  /// - Throws: ``XLSXError/Code/unsupportedChange`` for what the file holds in a form that cannot be changed,
  ///   ``XLSXError/Code/invalidContent`` for a table whose name is taken.
  func apply(to changes: inout PackageEdits, part: String, workbookPart: String) throws {
    let folder = PartName.folder(of: workbookPart)
    let drawing = DrawingEditing(sheet: sheet.name, pictures: pictures, charts: charts)
    if !drawing.isEmpty, let known = try changes.linked(from: part, "drawing") {
      try drawing.apply(to: &changes, part: part, drawing: known, folder: folder)
    }
    if !pictures.added.isEmpty || !charts.added.isEmpty { try draw(&changes, part, folder) }
    for (mark, old, new) in tables.changed {
      try TableEditing(old: old, new: new, sheet: sheet).apply(
        to: &changes, part: part, relationship: mark.relationship)
    }
    if !tables.added.isEmpty { try addTables(&changes, part, folder) }
    let editing = PivotEditing(sheet: sheet.name, part: part, workbookPart: workbookPart)
    for (mark, table) in pivots.removed { try editing.remove(table, mark.relationship, from: &changes) }
    for table in pivots.added {
      try editing.add(table, sheet.snapshot(of: table), folder, to: &changes)
    }
  }

  /// Reads what was changed again.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` if the file does not read as the model says: nothing is lost in silence.
  func check(_ source: WorkbookSource, part: String) throws {
    let surroundings = try SheetSurroundings(source: source, part: part)
    let drawing = DrawingReader(surroundings)
    let names = Set(pivots.all.map(\.name))
    guard try pictures.isEmpty || pictures.isFollowed(by: drawing.pictures()),
      try charts.isEmpty || charts.isFollowed(by: drawing.charts()),
      try pivots.isEmpty || Set(PivotTableReader(surroundings).tables().map(\.name)) == names,
      try tables.isEmpty || areTablesFollowed(in: surroundings)
    else {
      throw XLSXError(
        .unsupportedChange,
        "The pictures, charts or tables of this sheet stand in the file in an unusual form, which cannot be changed without losing what it says; change them in Excel or WPS.",
        part: part, sheet: sheet.name)
    }
  }

  private func areTablesFollowed(in surroundings: SheetSurroundings) throws -> Bool {
    let bytes = try surroundings.source.package.bytes(of: surroundings.part)
    let ids = MarkupElement(try PartText.utf8(bytes, part: surroundings.part))?
      .child("tableParts")?.children("tablePart").compactMap { $0.attributeValue(localName: "id") }
    let read = try (ids ?? []).compactMap { try surroundings.table(of: $0)?.0 }
    let changed = tables.added + tables.changed.map(\.new)
    return read.count == tables.all.count
      && changed.allSatisfy { table in
        read.contains {
          $0.name == table.name && $0.range == table.range && $0.columns.count == table.columns.count
            && $0.showsTotals == table.showsTotals && $0.showsFilter == table.showsFilter
        }
      }
  }

  // Drawings

  private func draw(_ changes: inout PackageEdits, _ part: String, _ folder: String) throws {
    let drawing = try drawing(of: part, folder, &changes)
    var shape = max(1, MarkupScanner.tags("cNvPr", in: try changes.bytes(of: drawing)).highest("id"))
    var anchors: [String] = []
    for picture in pictures.added {
      shape += 1
      let id = try changes.addMedia(picture, to: drawing, folder)
      anchors.append(
        ByteBuffer.text { DrawingXML.append(picture, relationship: id, shape: shape, to: &$0) })
    }
    for chart in charts.added {
      shape += 1
      let id = try changes.add(
        changes.freeName("\(folder)charts/chart", ".xml"), .chart,
        changes.namespaced(ChartXML.part(chart, axisBase: 1_000 + shape * 10).array()), to: drawing, "chart")
      anchors.append(ByteBuffer.text { DrawingXML.append(chart, relationship: id, shape: shape, to: &$0) })
    }
    let text = anchors.map(Self.declaringNamespaces).joined()
    let xml = String(decoding: changes.namespaced(Array(text.utf8)), as: UTF8.self)
    changes.set(drawing, PartEditing.appending(try changes.bytes(of: drawing)) { _ in xml })
  }

  /// The drawing of a sheet, which is made if there is none.
  private func drawing(of part: String, _ folder: String, _ changes: inout PackageEdits) throws -> String {
    let id = MarkupElement(try changes.bytes(of: part))?.child("drawing")?.attributeValue(localName: "id")
    if let id, let known = try changes.linked(from: part, "drawing", id: id) { return known }
    let name = changes.freeName("\(folder)drawings/drawing", ".xml")
    var xml = ByteBuffer()
    xml.declaration()
    xml.append(raw: "<xdr:wsDr\(Self.namespaces)></xdr:wsDr>")
    let link = try changes.add(name, .drawing, changes.namespaced(xml.array()), to: part, "drawing")
    try changes.lead(part, by: "drawing", id: link)
    return name
  }

  private static let namespaces =
    " xmlns:xdr=\"\(Namespace.spreadsheetDrawing)\" xmlns:a=\"\(Namespace.drawing)\" xmlns:r=\"\(Namespace.relationships)\""

  /// An anchor with its prefixes declared, in case the drawing that takes it uses others.
  private static func declaringNamespaces(_ anchor: String) -> String {
    let end = anchor.firstIndex(of: ">") ?? anchor.endIndex
    return anchor[..<end] + namespaces + anchor[end...]
  }

  // Tables

  private func addTables(_ changes: inout PackageEdits, _ part: String, _ folder: String) throws {
    let known = try changes.tables()
    var highest = known.map(\.id).max() ?? 0
    var names = Set(known.map { $0.name.lowercased() })
    var elements: [String] = []
    for table in tables.added {
      guard names.insert(table.name.lowercased()).inserted else {
        throw Self.taken(table, on: sheet)
      }
      highest += 1
      let id = try changes.add(
        changes.freeName("\(folder)tables/table", ".xml"), .table,
        changes.namespaced(TableXML.part(table, id: highest, on: sheet).array()), to: part, "table")
      elements.append("<tablePart xmlns:r=\"\(changes.relationshipNamespace)\" r:id=\"\(id)\"/>")
    }
    try changes.change(part) { $0.append(elements, to: "tableParts") }
  }
}
