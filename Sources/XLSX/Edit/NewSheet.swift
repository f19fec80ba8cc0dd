/// A sheet that is added to an existing workbook.
struct NewSheet {
  /// What tells it from the other sheets.
  let key: Int
  let name: String
  let visibility: SheetInfo.Visibility
  let content: SheetContent
  /// The styles that the cells name beyond those of the workbook's file.
  let styles: [Int: StyleChange]
  /// Its pictures, charts, tables and pivot tables.
  let objects: ObjectEditing?

  var hasFormulas: Bool { content.cells.rows.contains { $0.cells.contains { $0.value.formula != nil } } }

  private var hasDynamicArrays: Bool {
    content.cells.rows.contains { $0.cells.contains { $0.value.formula?.isDynamic == true } }
  }

  /// Adds the sheet's part, and lists it in the workbook part behind the others.
  ///
  /// - Parameters:
  ///   - isActive: Whether the workbook opens on the sheet.
  ///   - style: Gives a style of the new sheet its index in the file.
  func add(
    to edits: inout PackageEdits, workbookPart: String, isActive: Bool,
    style: (StyleChange, CellReference?) throws -> Int?,
    differential: (ConditionalFormat.Appearance) throws -> Int
  ) throws {
    let folder = PartName.folder(of: workbookPart)
    let part = edits.freeName("\(folder)worksheets/sheet", ".xml")
    let namespace = MarkupElement(try edits.bytes(of: workbookPart))?.namespace ?? Namespace.main
    let dynamicArrayIndex =
      hasDynamicArrays
      ? try DynamicArrayMetadata.index(in: &edits, workbookPart: workbookPart, sheet: name) : 1
    var bytes = try xml(
      namespace: namespace, isActive: isActive, dynamicArrayIndex: dynamicArrayIndex, style: style)
    if !content.conditionalFormats.isEmpty || !content.sparklines.isEmpty {
      var markup = try SheetMarkup(bytes, sheet: name, part: part)
      try ConditionalFormatEditing(adding: content.conditionalFormats).apply(
        to: &markup, differential: differential)
      try SparklineEditing(adding: content.sparklines).apply(to: &markup)
      bytes = markup.root.bytes
    }
    edits.set(part, bytes)
    try edits.setContentType(.worksheet, of: part)
    let state = visibility == .visible ? nil : visibility.rawValue
    try edits.list(part, named: name, state: state, in: workbookPart)
    var additions = EditPlan.Sheet()
    additions.hyperlinks = content.hyperlinks.mapValues { HyperlinkChange(old: nil, new: $0) }
    try SheetAdditions(name: name, part: part, sheet: additions).apply(to: &edits)
    try objects?.apply(to: &edits, part: part, workbookPart: workbookPart)
    let twins = try ThreadEditing(part: part, workbookPart: workbookPart)
      .apply(content.threads.mapValues { .init(old: nil, new: $0) }, to: &edits)
    try CommentEditing(content: content, part: part)
      .apply(content.comments.mapValues { $0 }, twins: twins, to: &edits)
  }

  private func xml(
    namespace: String, isActive: Bool, dynamicArrayIndex: Int,
    style: (StyleChange, CellReference?) throws -> Int?
  ) throws -> [UInt8] {
    var indices: [Int: Int] = [:]
    func index(_ known: Int, at cell: CellReference?) throws -> Int {
      guard let change = styles[known] else { return known }
      if let index = indices[known] { return index }
      let index = try style(change, cell) ?? 0
      indices[known] = index
      return index
    }
    var content = content
    for place in content.columns.indices {
      if let own = content.columns[place].settings.style {
        content.columns[place].settings.style = try index(own, at: nil)
      }
    }
    var xml = ByteBuffer()
    xml.begin(part: "worksheet", ["xmlns": namespace])
    xml.endTag()
    SheetHeadXML.append(
      content, usedRange: content.cells.usedRange ?? "A1", isActive: isActive, to: &xml)
    xml.append("<sheetData>")
    var strings = SharedStringTable(inCells: dynamicArrayIndex)
    for var row in content.cells.rows {
      if let own = row.settings.style { row.settings.style = try index(own, at: nil) }
      for position in row.cells.indices where styles[row.cells[position].style] != nil {
        let place = CellReference(row: row.index, column: row.cells[position].column)
        row.cells[position].style = try index(row.cells[position].style, at: place)
      }
      try CellXML.append(row, sheet: name, to: &xml, strings: &strings)
    }
    xml.append("</sheetData>")
    for child in SheetChild.behindCells { SheetTailXML.append(child, of: content, to: &xml) }
    xml.end("worksheet")
    return xml.array()
  }
}
