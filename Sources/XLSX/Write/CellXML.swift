/// Rows and cells as a sheet part has them (ECMA-376 Part 1, 18.3.1.73 and 18.3.1.4).
enum CellXML {
  /// A row with its cells.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a cell that Excel cannot hold.
  static func append(
    _ row: CellStore.Row, sheet: String, to xml: inout ByteBuffer, strings: inout SharedStringTable
  ) throws(XLSXError) {
    appendStart(of: row.index, row.settings, isEmpty: row.cells.isEmpty, to: &xml)
    if row.cells.isEmpty { return }
    for cell in row.cells {
      try append(cell, row: row.index, sheet: sheet, to: &xml, strings: &strings)
    }
    xml.append("</row>")
  }

  /// `<row …>`, or `<row …/>` for a row without cells.
  static func appendStart(of row: Int, _ settings: RowSettings, isEmpty: Bool, to xml: inout ByteBuffer) {
    xml.append("<row r=\"")
    xml.append(decimal: row)
    xml.append(UInt8(ascii: "\""))
    if let style = settings.style {
      xml.attribute("s", style)
      xml.attribute("customFormat", 1)
    }
    if let height = settings.height {
      xml.attribute("ht", height)
      xml.attribute("customHeight", 1)
    }
    if settings.isHidden { xml.attribute("hidden", 1) }
    if settings.outlineLevel > 0 { xml.attribute("outlineLevel", settings.outlineLevel) }
    if settings.isCollapsed { xml.attribute("collapsed", 1) }
    if isEmpty { xml.endEmpty() } else { xml.endTag() }
  }

  /// One cell.
  static func append(
    _ cell: CellStore.Cell, row: Int, sheet: String, to xml: inout ByteBuffer,
    strings: inout SharedStringTable
  ) throws(XLSXError) {
    xml.append("<c r=\"")
    xml.append(column: cell.column)
    xml.append(decimal: row)
    xml.append(UInt8(ascii: "\""))
    if cell.style != 0 { xml.attribute("s", cell.style) }
    try append(cell.value, row: row, column: cell.column, sheet: sheet, to: &xml, strings: &strings)
  }

  /// What follows the attributes that a cell has whatever it holds.
  @inline(__always)
  static func append(
    _ value: CellValue, row: Int, column: Int, sheet: String, to xml: inout ByteBuffer,
    strings: inout SharedStringTable
  ) throws(XLSXError) {
    switch value {
    case .empty:
      xml.append("/>")
    case .number(let number):
      if !number.isFinite { throw notANumber(number, sheet, row, column) }
      xml.append("><v>")
      xml.append(number: number)
      xml.append("</v></c>")
    case .text(let text):
      try checkText(text, sheet, row, column)
      guard let index = strings.index(of: text) else {
        xml.append(" t=\"inlineStr\"><is>")
        xml.element("t", text: text)
        xml.append("</is></c>")
        return
      }
      xml.append(" t=\"s\"><v>")
      xml.append(decimal: index)
      xml.append("</v></c>")
    case .richText(let text):
      try checkText(text.plainText, sheet, row, column)
      try WorkbookRules.checkRuns(of: text)
      guard let index = strings.index(of: text) else {
        xml.append(" t=\"inlineStr\"><is>")
        RichTextXML.append(text, to: &xml)
        xml.append("</is></c>")
        return
      }
      xml.append(" t=\"s\"><v>")
      xml.append(decimal: index)
      xml.append("</v></c>")
    case .bool(let bool):
      xml.append(bool ? " t=\"b\"><v>1</v></c>" : " t=\"b\"><v>0</v></c>")
    case .error(let error):
      try checkError(error, sheet, row, column)
      xml.append(" t=\"e\"><v>")
      xml.append(plainText: error.text)
      xml.append("</v></c>")
    case .formula(let formula, let cached):
      if formula.isDynamic {
        strings.hasDynamicArrays = true
        xml.attribute("cm", strings.dynamicArrayIndex)
      }
      try append(formula, cached: cached.result, sheet, row, column, to: &xml)
    }
  }

  private static func append(
    _ formula: Formula, cached: CellValue, _ sheet: String, _ row: Int, _ column: Int,
    to xml: inout ByteBuffer
  ) throws(XLSXError) {
    let place = CellReference(row: row, column: column)
    try ContentRules.checkFormula(formula.text, "The formula", sheet: sheet, cell: place)
    switch cached {
    case .empty, .number, .formula: xml.append(">")
    case .text, .richText: xml.append(" t=\"str\">")
    case .bool: xml.append(" t=\"b\">")
    case .error: xml.append(" t=\"e\">")
    }
    let arrayRange = formula.arrayRange ?? (formula.isDynamic ? CellRange(place) : nil)
    if let range = arrayRange {
      if range.first != place {
        throw ContentRules.invalid(
          "The array formula stands in \(place) and fills \(range)", sheet: sheet, cell: place)
      }
      try ContentRules.checkInGrid(range, "The array formula", sheet: sheet)
    }
    append(formula: formula.text, arrayRange: arrayRange, to: &xml)
    switch cached {
    case .empty, .formula:
      xml.append("</c>")
      return
    case .number(let number):
      if !number.isFinite { throw notANumber(number, sheet, row, column) }
      xml.append("<v>")
      xml.append(number: number)
    case .text, .richText:
      let text = cached.text ?? ""
      try checkText(text, sheet, row, column)
      xml.append("<v>")
      xml.append(text: text)
    case .bool(let bool):
      xml.append(bool ? "<v>1" : "<v>0")
    case .error(let error):
      try checkError(error, sheet, row, column)
      xml.append("<v>")
      xml.append(plainText: error.text)
    }
    xml.append("</v></c>")
  }

  /// `<f>…</f>`.
  static func append(formula text: String, arrayRange: CellRange?, to xml: inout ByteBuffer) {
    xml.begin("f")
    if let arrayRange {
      xml.attribute("t", "array")
      xml.attribute("ref", range: arrayRange)
    }
    xml.endTag()
    xml.append(plainText: FormulaPrefixes.stored(text))
    xml.append("</f>")
  }

  private static func notANumber(_ number: Double, _ sheet: String, _ row: Int, _ column: Int) -> XLSXError {
    ContentRules.invalid(
      "A cell cannot hold \(number); write an error value such as #N/A instead", sheet: sheet,
      cell: CellReference(row: row, column: column))
  }

  @inline(__always)
  private static func checkText(_ text: String, _ sheet: String, _ row: Int, _ column: Int) throws(XLSXError)
  {
    if text.utf8.count <= ContentRules.maximumTextLength { return }
    try ContentRules.checkLength(
      text, atMost: ContentRules.maximumTextLength, "The text", sheet: sheet,
      cell: CellReference(row: row, column: column))
  }

  private static func checkError(_ error: CellError, _ sheet: String, _ row: Int, _ column: Int)
    throws(XLSXError)
  {
    if error.text.hasPrefix("#") && error.text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return }
    throw ContentRules.invalid(
      "\"\(error.text)\" is no error value such as #N/A", sheet: sheet,
      cell: CellReference(row: row, column: column))
  }
}
