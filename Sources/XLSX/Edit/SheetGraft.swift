/// A sheet that was made in a workbook of its own and moves into one that is being edited, with its look.
struct SheetGraft {
  let name: String
  private let book: Workbook
  private let sheet: Worksheet

  /// - Throws: ``XLSXError/Code/invalidContent`` if the book does not have exactly one sheet, if Excel would refuse it, or
  ///   if it has something that a sheet part does not hold by itself.
  init(_ book: Workbook) throws {
    guard book.sheets.count == 1 else {
      throw ContentRules.invalid("One sheet moves at a time; the workbook has \(book.sheets.count)")
    }
    try WorkbookRules.check(book)
    sheet = try book.sheet(at: 0)
    self.book = book
    name = sheet.name
    let content = sheet.content
    guard content.comments.isEmpty, content.pictures.isEmpty, content.charts.isEmpty, content.tables.isEmpty,
      content.conditionalFormats.isEmpty, content.sparklines.isEmpty, content.pivotTables.isEmpty,
      content.hyperlinks.values.allSatisfy({ if case .location = $0.target { true } else { false } })
    else {
      throw ContentRules.invalid(
        "A sheet with comments, drawings, tables, conditional formats or outward links cannot move",
        sheet: name)
    }
  }

  /// Adds the sheet's part and its formats; the list of sheets is for the caller to change.
  func add(to changes: inout PackageEdits, workbookPart: String) throws -> SheetListEditing.Inserted {
    let folder = workbookPart.lastIndex(of: "/").map { workbookPart[...$0] } ?? "/"
    var firstStyle: Int?
    // A workbook without styles may just have got some.
    let styles = try changes.package.part(ofKind: "styles", from: workbookPart) ?? "\(folder)styles.xml"
    if changes.contains(styles),
      let grafted = StyleGrafting.graft(try stylesheet(), onto: try changes.bytes(of: styles))
    {
      changes.set(styles, grafted.bytes)
      firstStyle = grafted.first
    }
    if sheet.content.cells.rows.contains(where: { $0.cells.contains { $0.value.formula?.isDynamic == true } })
    {
      throw ContentRules.invalid("A sheet with formulas that spill cannot move", sheet: name)
    }
    let part = changes.freeName("\(folder)worksheets/sheet", ".xml")
    let (namespace, highest) = PartEditing.sheetNumbers(try changes.bytes(of: workbookPart))
    changes.set(
      part,
      try xml(firstStyle: firstStyle, namespace: namespace, relationships: changes.relationshipNamespace))
    try changes.setContentType(.worksheet, of: part)
    return SheetListEditing.Inserted(
      name: name, sheetID: highest + 1,
      relationship: try changes.relate(workbookPart, "worksheet", to: part),
      namespace: changes.relationshipNamespace, names: names)
  }

  /// The names of its print set-up.
  var names: [DefinedName] { DefinedNamesXML.names(of: book).filter { $0.sheet == name } }

  /// The stylesheet that its cells refer to.
  func stylesheet() throws -> [UInt8] { try Stylesheet(book.styles, Differentials()).part().array() }

  /// The sheet part.
  ///
  /// - Parameters:
  ///   - firstStyle: Where its formats begin in the new workbook; `nil` gives up its look.
  ///   - namespace: Of the new workbook's elements, transitional or Strict.
  func xml(firstStyle: Int?, namespace: String, relationships: String) throws -> [UInt8] {
    func moved(_ style: Int) -> Int { firstStyle.map { $0 + style } ?? 0 }
    let copy = Worksheet(info: sheet.info, workbook: book)
    copy.content = sheet.content
    copy.content.cells.updateStoredRows { row in
      row.settings.style = row.settings.style.map(moved)
      for place in row.cells.indices {
        row.cells[place].style = moved(row.cells[place].style)
        if case .richText(let text) = row.cells[place].value {
          row.cells[place].value = .text(text.plainText)
        }
      }
    }
    for place in copy.content.columns.indices {
      copy.content.columns[place].settings.style = copy.content.columns[place].settings.style.map(moved)
    }
    // Text goes into the cells, so that the shared strings of the workbook stay as they are.
    var writer = WorkbookWriter(book, spillFolder: nil, sharedTextLimit: 0)
    var xml = ByteBuffer(capacity: 1 << 14)
    writer.appendSheetStart(
      copy, position: 0, usedRange: copy.content.cells.usedRange ?? "A1", to: &xml)
    for row in copy.content.cells.rows {
      try CellXML.append(row, sheet: name, to: &xml, strings: &writer.strings)
    }
    try writer.appendSheetEnd(copy, part: "/xl/worksheets/sheet1.xml", to: &xml)
    let text = String(decoding: xml.array(), as: UTF8.self)
    guard namespace != Namespace.main else { return Array(text.utf8) }
    return Array(
      text.replacing("xmlns=\"\(Namespace.main)\"", with: "xmlns=\"\(namespace)\"", maxReplacements: 1)
        .replacing("\"\(Namespace.relationships)\"", with: "\"\(relationships)\"", maxReplacements: 1).utf8)
  }
}
