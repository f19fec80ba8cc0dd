/// A sheet of plain values that is added to a workbook being edited.
struct NewSheet {
  var name: String
  var rows: [[CellValue]]
  var columnWidths: [Double]

  static func check(_ name: String, taken: [String]) throws {
    try ContentRules.checkSheetName(name)
    guard !taken.contains(where: { $0.lowercased() == name.lowercased() }) else {
      throw XLSXError(.invalidContent, "The workbook has a sheet of this name already.", sheet: name)
    }
  }

  /// Adds the sheet's part, and lists it in the workbook part behind the others.
  func add(to edits: inout PackageEdits, workbookPart: String) throws {
    let folder = workbookPart.lastIndex(of: "/").map { workbookPart[...$0] } ?? "/"
    let part = edits.freeName("\(folder)worksheets/sheet", ".xml")
    let (namespace, highest) = PartEditing.sheetNumbers(try edits.bytes(of: workbookPart))
    edits.set(part, Array(try xml(namespace: namespace).utf8))
    try edits.setContentType(.worksheet, of: part)
    let id = try edits.relate(workbookPart, "worksheet", to: part)
    var attributes = ByteBuffer()
    attributes.attribute("name", name)
    attributes.attribute("sheetId", highest + 1)
    let text = String(decoding: attributes.array(), as: UTF8.self)
    let relationships = edits.relationshipNamespace
    edits.set(
      workbookPart,
      PartEditing.appending(try edits.bytes(of: workbookPart), to: "sheets") {
        "<\($0)sheet\(text) xmlns:r=\"\(relationships)\" r:id=\"\(id)\"/>"
      })
  }

  private func xml(namespace: String) throws -> String {
    var xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"\(namespace)\">"
    if !columnWidths.isEmpty {
      xml += "<cols>"
      for (index, width) in columnWidths.enumerated() {
        xml +=
          "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(max(0, min(255, width)))\" customWidth=\"1\"/>"
      }
      xml += "</cols>"
    }
    xml += "<sheetData>"
    let markup = CellMarkup(prefix: "")
    for (row, values) in rows.enumerated() {
      let cells = try values.enumerated().filter { !$0.element.isEmpty }.map { column, value in
        let cell = CellReference(row: row + 1, column: column + 1)
        return try markup.cell(attributes: " r=\"\(cell)\"", value, kept: "", sheet: name, at: cell)
      }
      if !cells.isEmpty { xml += "<row r=\"\(row + 1)\">" + cells.joined() + "</row>" }
    }
    return xml + "</sheetData></worksheet>"
  }
}
