import XLSX

/// A drafted sheet as a table of an OpenDocument spreadsheet, with the styles that it needs.
struct OpenDocumentSheet {
  private(set) var xml = ""
  /// For the automatic styles of the document.
  private(set) var styles = ""

  private let prefix: String
  private var cellStyles: [Style: String] = [:]
  private var sizes: [String: String] = [:]

  // The page of a foreign document is upright and cannot be told otherwise without changing its other parts: what is drawn for
  // a page on its side is made narrower.
  private static let narrower = 0.64
  private static let smallerPrint = 0.82
  private static let higher = 1.2

  /// - Parameter prefix: What no style's name in the document begins with.
  init(_ draft: SheetDraft, styleNames prefix: String) {
    self.prefix = prefix
    let painted = draft.painted()
    let cells = Dictionary(painted.cells.map { ($0.reference, $0) }, uniquingKeysWith: { _, last in last })
    let starts = Dictionary(painted.merges.map { ($0.first, $0) }, uniquingKeysWith: { first, _ in first })
    let links = Dictionary(draft.links.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
    let lastRow = painted.cells.map(\.reference.row).max() ?? 1
    let lastColumn = painted.cells.map(\.reference.column).max() ?? 1
    xml = "<table:table table:name=\"\(PageText.escaped(draft.name))\" table:print=\"true\">"
    for column in 1...lastColumn {
      let width = PageText.number(((draft.widths[column] ?? 10) * 5.25 + 3.75) * Self.narrower)
      let style = size("table-column", "style:column-width=\"\(width)pt\"")
      xml += "<table:table-column table:style-name=\"\(style)\"/>"
    }
    for row in 1...lastRow {
      if let height = draft.heights[row] {
        let properties =
          "style:row-height=\"\(PageText.number(height * Self.higher))pt\" style:use-optimal-row-height=\"false\""
        xml += "<table:table-row table:style-name=\"\(size("table-row", properties))\">"
      } else {
        xml += "<table:table-row>"
      }
      for column in 1...lastColumn {
        let place = CellReference(row: row, column: column)
        guard let cell = cells[place] else {
          xml += "<table:table-cell/>"
          continue
        }
        let isCovered = painted.merges.contains { $0.contains(place) && $0.first != place }
        xml += self.cell(
          cell.value, cell.style, over: starts[place], isCovered: isCovered, link: links[place])
      }
      xml += "</table:table-row>"
    }
    xml += "</table:table>"
  }

  private mutating func cell(
    _ value: CellValue, _ style: Style, over range: CellRange?, isCovered: Bool, link: Hyperlink?
  ) -> String {
    let name = isCovered ? "table:covered-table-cell" : "table:table-cell"
    var tag = "<\(name) table:style-name=\"\(self.style(style))\""
    if let range {
      tag +=
        " table:number-columns-spanned=\"\(range.columns.count)\" table:number-rows-spanned=\"\(range.rows.count)\""
    }
    let text = value.shown
    if text.isEmpty { return tag + "/>" }
    if case .number(let number) = value {
      tag += " office:value-type=\"float\" office:value=\"\(number)\""
    } else {
      tag += " office:value-type=\"string\""
    }
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      "<text:p>\(Self.linked(PageText.escaped(String(line)), link))</text:p>"
    }
    return tag + ">" + paragraphs.joined() + "</\(name)>"
  }

  /// A text that leads to a cell: `#附件2.C7`.
  private static func linked(_ text: String, _ link: Hyperlink?) -> String {
    guard case .location(let location)? = link?.target, let mark = location.lastIndex(of: "!") else {
      return text
    }
    let target = "#" + location[..<mark] + "." + location[location.index(after: mark)...]
    return "<text:a xlink:href=\"\(PageText.escaped(target))\" xlink:type=\"simple\" "
      + "xmlns:xlink=\"http://www.w3.org/1999/xlink\">\(text)</text:a>"
  }

  // Styles.

  private mutating func size(_ family: String, _ properties: String) -> String {
    if let name = sizes[properties] { return name }
    let name = "\(prefix)\(family)-\(sizes.count + 1)"
    sizes[properties] = name
    styles +=
      "<style:style style:name=\"\(name)\" style:family=\"\(family)\"><style:\(family)-properties \(properties)/></style:style>"
    return name
  }

  private mutating func style(_ style: Style) -> String {
    if let name = cellStyles[style] { return name }
    let name = "\(prefix)cell-\(cellStyles.count + 1)"
    cellStyles[style] = name
    var cell = "style:vertical-align=\"middle\""
    if style.borders != .none { cell += " fo:border=\"0.5pt solid #000000\"" }
    if case .solid(.argb(let color)) = style.fill { cell += " fo:background-color=\"#\(Self.hex(color))\"" }
    if style.alignment.wrapsText { cell += " fo:wrap-option=\"wrap\"" }
    let sides: [Alignment.Horizontal: String] = [.left: "start", .center: "center", .right: "end"]
    let side = sides[style.alignment.horizontal]
    let paragraph =
      side.map {
        "<style:paragraph-properties fo:text-align=\"\($0)\"/>"
      } ?? ""
    if side != nil { cell += " style:text-align-source=\"fix\"" }
    let font = PageText.escaped("'\(style.font.name)'")
    var text = "fo:font-family=\"\(font)\" style:font-family-asian=\"\(font)\""
    let size = PageText.number(style.font.size * Self.smallerPrint)
    text += " fo:font-size=\"\(size)pt\" style:font-size-asian=\"\(size)pt\""
    if style.font.isBold { text += " fo:font-weight=\"bold\" style:font-weight-asian=\"bold\"" }
    if case .argb(let color)? = style.font.color { text += " fo:color=\"#\(Self.hex(color))\"" }
    styles +=
      "<style:style xmlns:fo=\"\(OpenDocumentStyleCopies.vocabulary)\" style:name=\"\(name)\" style:family=\"table-cell\" style:parent-style-name=\"Default\">"
      + "<style:table-cell-properties \(cell)/>\(paragraph)<style:text-properties \(text)/></style:style>"
    return name
  }

  private static func hex(_ color: UInt32) -> String {
    let digits = String(color & 0xFF_FFFF, radix: 16)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }
}
