import DOCX
import XLSX

/// Blocks of a document as an OpenDocument text has them, with the styles that they need.
struct OpenDocumentPage {
  private(set) var xml = ""
  /// For the automatic styles of the document.
  private(set) var styles = ""

  private let prefix: String
  private var names: [String: String] = [:]

  /// - Parameter prefix: What no style's name in the document begins with.
  init(_ blocks: [Document.Block], styleNames prefix: String) {
    self.prefix = prefix
    for block in blocks {
      switch block {
      case .paragraph(let paragraph): xml += markup(paragraph)
      case .table(let table): xml += markup(table)
      case .chart: continue
      }
    }
  }

  /// The name of a style, which is written once for all that look alike.
  private mutating func style(_ family: String, _ properties: String) -> String {
    let key = family + properties
    if let name = names[key] { return name }
    let name = "\(prefix)\(names.count + 1)"
    names[key] = name
    styles +=
      "<style:style xmlns:fo=\"\(OpenDocumentStyleCopies.vocabulary)\" style:name=\"\(name)\" style:family=\"\(family)\">\(properties)</style:style>"
    return name
  }

  private static let sides: [ParagraphStyle.Alignment: String] = [
    .left: "start", .center: "center", .right: "end", .justified: "justify",
  ]

  private mutating func markup(_ paragraph: Paragraph) -> String {
    let side = Self.sides[paragraph.alignment ?? .left] ?? "start"
    var properties =
      "fo:text-align=\"\(side)\" fo:margin-top=\"0pt\" fo:margin-bottom=\"0pt\" fo:text-indent=\"0pt\" fo:margin-left=\"0pt\" style:snap-to-layout-grid=\"false\""
    if paragraph.startsNewPage { properties += " fo:break-before=\"page\"" }
    if paragraph.endsPage { properties += " fo:break-after=\"page\"" }
    let name = style("paragraph", "<style:paragraph-properties \(properties)/>")
    let runs = paragraph.runs.map { run -> String in
      let text = Self.text(run.text)
      guard let font = run.font else { return text }
      return "<text:span text:style-name=\"\(style("text", Self.properties(font)))\">\(text)</text:span>"
    }
    return "<text:p text:style-name=\"\(name)\">\(runs.joined())</text:p>"
  }

  private static func properties(_ font: TextFont) -> String {
    let (latin, asian) = (PageText.escaped("'\(font.latin)'"), PageText.escaped("'\(font.eastAsian)'"))
    let size = PageText.number(font.size)
    let weight = font.isBold ? "bold" : "normal"
    return "<style:text-properties fo:font-family=\"\(latin)\" style:font-family-asian=\"\(asian)\""
      + " fo:font-size=\"\(size)pt\" style:font-size-asian=\"\(size)pt\""
      + " fo:font-weight=\"\(weight)\" style:font-weight-asian=\"\(weight)\" fo:color=\"#\(font.color?.lowercased() ?? "000000")\"/>"
  }

  /// Text in which line breaks and spaces in a row stay.
  private static func text(_ text: String) -> String {
    var result = ""
    var isBehindSpace = true
    for piece in PageText.escaped(text).unicodeScalars {
      switch piece {
      case "\n": result += "<text:line-break/>"
      case "\t": result += "<text:tab/>"
      case " " where isBehindSpace: result += "<text:s/>"
      default: result.unicodeScalars.append(piece)
      }
      isBehindSpace = piece == " " || piece == "\n"
    }
    return result
  }

  private mutating func markup(_ table: DocumentTable) -> String {
    let width = PageText.number(table.columnWidths.reduce(0, +))
    let look = style(
      "table",
      "<style:table-properties style:width=\"\(width)pt\" table:align=\"left\" table:border-model=\"collapsing\"/>"
    )
    let title = PageText.escaped(ReturnStamp.sheetName)
    var xml = "<table:table table:name=\"\(title)\" table:style-name=\"\(look)\">"
    for width in table.columnWidths {
      let name = style(
        "table-column", "<style:table-column-properties style:column-width=\"\(PageText.number(width))pt\"/>")
      xml += "<table:table-column table:style-name=\"\(name)\"/>"
    }
    let cells = Dictionary(
      table.cells.map { (CellReference(row: $0.row + 1, column: $0.column + 1), $0) },
      uniquingKeysWith: { first, _ in first })
    let covered = Set(
      table.cells.flatMap { cell in
        let first = CellReference(row: cell.row + 1, column: cell.column + 1)
        let range = CellRange(first, first.offset(rows: cell.rows - 1, columns: cell.columns - 1))
        return range.rows.flatMap { row in
          range.columns.map { CellReference(row: row, column: $0) }
        }.filter { $0 != first }
      })
    let rowCount = max(table.rowHeights.count, (table.cells.map { $0.row + $0.rows }.max() ?? 0))
    for row in 0..<rowCount {
      if row == 0, table.headingRows > 0 { xml += "<table:table-header-rows>" }
      let height = table.rowHeights.indices.contains(row) ? table.rowHeights[row] : nil
      let properties = height.map { "style:min-row-height=\"\(PageText.number($0))pt\" " } ?? ""
      let name = style(
        "table-row", "<style:table-row-properties \(properties)fo:keep-together=\"always\"/>")
      xml += "<table:table-row table:style-name=\"\(name)\">"
      for column in table.columnWidths.indices {
        let place = CellReference(row: row + 1, column: column + 1)
        xml += covered.contains(place) ? "<table:covered-table-cell/>" : markup(cells[place])
      }
      xml += "</table:table-row>"
      if row + 1 == table.headingRows { xml += "</table:table-header-rows>" }
    }
    return xml + "</table:table>"
  }

  private mutating func markup(_ cell: DocumentTable.Cell?) -> String {
    guard let cell else { return "<table:table-cell><text:p/></table:table-cell>" }
    let vertical = cell.verticalAlignment == .center ? "middle" : cell.verticalAlignment.rawValue
    var properties = "style:vertical-align=\"\(vertical)\" fo:padding=\"2pt\""
    if cell.hasBorders { properties += " fo:border=\"0.5pt solid #000000\"" }
    if let fill = cell.fill { properties += " fo:background-color=\"#\(fill.lowercased())\"" }
    let name = style("table-cell", "<style:table-cell-properties \(properties)/>")
    var spans = ""
    if cell.columns > 1 { spans += " table:number-columns-spanned=\"\(cell.columns)\"" }
    if cell.rows > 1 { spans += " table:number-rows-spanned=\"\(cell.rows)\"" }
    return
      "<table:table-cell table:style-name=\"\(name)\"\(spans) office:value-type=\"string\">\(markup(cell.paragraph))</table:table-cell>"
  }
}
