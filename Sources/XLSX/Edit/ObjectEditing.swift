/// Puts pictures, charts and tables on a sheet that is being edited, beside those that it has.
struct ObjectEditing {
  private let sheet: Worksheet
  private let pictures: [Picture]
  /// With the values of their series filled in.
  private let charts: [Chart]
  private let tables: [Table]

  /// What a sheet has beyond what it had; `nil` if there is nothing.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for what Excel would refuse.
  init?(_ sheet: Worksheet, since old: SheetContent, of workbook: Workbook) throws {
    let content = sheet.content
    self.sheet = sheet
    pictures = Array(content.pictures.dropFirst(old.pictures.count))
    charts = content.charts.dropFirst(old.charts.count).map { ChartCache.filled($0, from: workbook) }
    tables = Array(content.tables.dropFirst(old.tables.count))
    if pictures.isEmpty, charts.isEmpty, tables.isEmpty { return nil }
    for picture in pictures { try DrawingRules.check(picture, sheet: sheet.name) }
    for chart in charts { try DrawingRules.check(chart, sheet: sheet.name) }
    if tables.isEmpty { return }
    try ContentRules.checkNoOverlap(content.tables.map(\.range), "The tables", sheet: sheet.name)
    for table in tables {
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

  /// - Throws: ``XLSXError/Code/unsupportedChange`` in a workbook of ISO 29500 Strict, ``XLSXError/Code/invalidContent`` for a
  ///   table whose name is taken.
  func apply(to changes: inout PackageEdits, part: String, workbookPart: String) throws {
    if changes.isStrict {
      throw XLSXError(
        .unsupportedChange,
        "Pictures, charts and tables cannot be added to a workbook in the Strict format; save it as an ordinary .xlsx in Excel.",
        sheet: sheet.name)
    }
    let folder = workbookPart.lastIndex(of: "/").map { String(workbookPart[...$0]) } ?? "/"
    if !pictures.isEmpty || !charts.isEmpty { try draw(&changes, part, folder) }
    if !tables.isEmpty { try addTables(&changes, part, folder) }
  }

  // Drawings

  private func draw(_ changes: inout PackageEdits, _ part: String, _ folder: String) throws {
    let drawing = try drawing(of: part, folder, &changes)
    var shape = Self.highestID(in: try changes.bytes(of: drawing))
    var anchors: [String] = []
    for picture in pictures {
      shape += 1
      let media = changes.freeName("\(folder)media/image", ".\(picture.format.rawValue)")
      changes.set(media, picture.data)
      try changes.setContentType(picture.format == .png ? .png : .jpeg, of: media, byExtension: true)
      let id = try changes.relate(drawing, "image", to: media)
      anchors.append(
        ByteBuffer.text { DrawingXML.append(picture, relationship: id, shape: shape, to: &$0) })
    }
    for chart in charts {
      shape += 1
      let name = changes.freeName("\(folder)charts/chart", ".xml")
      changes.set(name, ChartXML.part(chart, axisBase: 1_000 + shape * 10).array())
      try changes.setContentType(.chart, of: name)
      let id = try changes.relate(drawing, "chart", to: name)
      anchors.append(ByteBuffer.text { DrawingXML.append(chart, relationship: id, shape: shape, to: &$0) })
    }
    let xml = anchors.map(Self.declaringNamespaces).joined()
    changes.set(drawing, PartEditing.appending(try changes.bytes(of: drawing)) { _ in xml })
  }

  /// The drawing of a sheet, which is made if there is none.
  private func drawing(of part: String, _ folder: String, _ changes: inout PackageEdits) throws -> String {
    let bytes = try changes.bytes(of: part)
    if let id = MarkupElement(bytes)?.child("drawing")?.attributeValue(localName: "id"),
      let known = try changes.links(of: part).first(where: { $0.id == id && $0.kind == "drawing" })
    {
      return known.part
    }
    let name = changes.freeName("\(folder)drawings/drawing", ".xml")
    var xml = ByteBuffer()
    xml.declaration()
    xml.append("<xdr:wsDr")
    xml.append(raw: Self.namespaces)
    xml.append("></xdr:wsDr>")
    changes.set(name, xml.array())
    try changes.setContentType(.drawing, of: name)
    let id = try changes.relate(part, "drawing", to: name)
    changes.set(
      part, PartEditing.leading(bytes, by: "drawing", id: id, namespace: changes.relationshipNamespace))
    return name
  }

  private static let namespaces =
    " xmlns:xdr=\"\(Namespace.spreadsheetDrawing)\" xmlns:a=\"\(Namespace.drawing)\" xmlns:r=\"\(Namespace.relationships)\""

  /// An anchor with its prefixes declared, in case the drawing that takes it uses others.
  private static func declaringNamespaces(_ anchor: String) -> String {
    let end = anchor.firstIndex(of: ">") ?? anchor.endIndex
    return anchor[..<end] + namespaces + anchor[end...]
  }

  /// The highest id that a shape has.
  private static func highestID(in bytes: [UInt8]) -> Int {
    var scanner = MarkupScanner(bytes)
    var highest = 1
    while let token = scanner.next() {
      guard token.isStart, scanner.localName(token) == "cNvPr" else { continue }
      highest = max(highest, min(scanner.value("id", of: token).flatMap { Int($0) } ?? 0, 1 << 28))
    }
    return highest
  }

  // Tables

  private func addTables(_ changes: inout PackageEdits, _ part: String, _ folder: String) throws {
    var (highest, names) = (0, Set<String>())
    for part in changes.parts where part.lowercased().contains("/tables/") && part.hasSuffix(".xml") {
      guard let table = MarkupElement(try changes.bytes(of: part)) else { continue }
      highest = max(highest, min(table.integer("id") ?? 0, 1 << 28))
      names.insert((table["displayName"] ?? table["name"] ?? "").lowercased())
    }
    var elements: [String] = []
    for table in tables {
      guard names.insert(table.name.lowercased()).inserted else {
        throw Self.taken(table, on: sheet)
      }
      highest += 1
      let name = changes.freeName("\(folder)tables/table", ".xml")
      changes.set(name, TableXML.part(table, id: highest, on: sheet).array())
      try changes.setContentType(.table, of: name)
      let id = try changes.relate(part, "table", to: name)
      elements.append("<tablePart xmlns:r=\"\(changes.relationshipNamespace)\" r:id=\"\(id)\"/>")
    }
    changes.set(part, SheetChild.appending(try changes.bytes(of: part), to: "tableParts", elements))
  }
}
