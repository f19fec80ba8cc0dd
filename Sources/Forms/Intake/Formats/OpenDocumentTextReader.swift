import DOCX
import XLSX

/// Reads the paragraphs and tables of an OpenDocument text (.odt), which LibreOffice and WPS write.
struct OpenDocumentTextReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    try OpenDocumentText(bytes, limits: limits).book
  }
}

/// An OpenDocument text as a grid, and where in the document each of its cells is.
struct OpenDocumentText: ReturnableDocument {
  let book: GridBook
  let places: [CellReference: DocumentEditor.Place]
  let pageElements: Int

  static let mainPart = "content.xml"
  /// What stands before the text and is none.
  static let declarations: Set<String> = [
    "forms", "tracked-changes", "variable-decls", "sequence-decls", "user-field-decls",
    "dde-connection-decls",
    "alphabetical-index-auto-mark-file", "calculation-settings", "content-validations", "label-ranges",
  ]
  static let paragraphNames: Set<String> = ["p", "h"]

  init(_ bytes: [UInt8], limits: IntakeLimits, findsPlaces: Bool = false) throws {
    guard let directory = ZipDirectory(bytes, limit: 10_000) else { throw IntakeProblem.truncated }
    let inflater = ZipInflater(limits: limits)
    func part(_ name: String) -> MarkupDocument? {
      guard let entry = directory.entry(named: name) else { return nil }
      return try? MarkupDocument(xml: inflater.content(of: entry, in: bytes))
    }
    if let manifest = part("META-INF/manifest.xml")?.root,
      manifest.children.contains(where: { $0.child("encryption-data") != nil })
    {
      throw IntakeProblem.encrypted
    }
    guard let entry = directory.entry(named: Self.mainPart) else { throw IntakeProblem.truncated }
    let document = try MarkupDocument(xml: inflater.content(of: entry, in: bytes))
    guard let text = document.root.child("body")?.child("text") else { throw IntakeProblem.truncated }
    let common = part("styles.xml")
    let styles = OpenDocumentTextStyles(common: common?.root, content: document.root)
    let numbers =
      findsPlaces
      ? ElementNumbers(document.root, cell: "table-cell", paragraphs: Self.paragraphNames) : nil
    let elements = text.children.filter { $0.isElement && !Self.declarations.contains($0.name) }
    pageElements = ReturnPage.count(of: elements)
    let deletions = Self.deletions(of: text)
    var grids: [Grid] = []
    if pageElements > 0 {
      var page = OpenDocumentFlow(styles, named: ReturnStamp.sheetName)
      for element in elements.prefix(pageElements) { page.append(node: element) }
      grids.append(page.builder.grid)
    }
    var flow = OpenDocumentFlow(styles, named: "Word", numbers: numbers, deletions: deletions)
    for element in elements.dropFirst(pageElements) { flow.append(node: element) }
    grids.append(flow.builder.grid)
    places = flow.builder.places
    var book = GridBook(format: .odt, grids: grids)
    if let meta = part("meta.xml")?.root.child("meta") {
      book.isReport = meta.children.contains {
        $0.name == "keyword" && $0.allText.contains(YearReport.mark)
      }
    }
    self.book = book
  }

  /// What was deleted with changes tracked: it no longer stands where it stood.
  private static func deletions(of text: MarkupNode) -> [String: String] {
    var found: [String: String] = [:]
    for region in text.child("tracked-changes")?.children.filter(\.isElement) ?? [] {
      guard let id = region["id"], let deletion = region.child("deletion") else { continue }
      let lines = deletion.children.filter { paragraphNames.contains($0.name) }
      found[id] = lines.map(\.allText).joined(separator: "\n")
    }
    return found
  }
}

/// Walks through the body of a document: paragraphs and tables, in their order.
private struct OpenDocumentFlow {
  private(set) var builder: FlowGridBuilder
  private let styles: OpenDocumentTextStyles
  private let numbers: ElementNumbers?
  private let deletions: [String: String]
  /// Within a section that is not shown.
  private var isHidden = false
  /// Cells that may still come: a row of a few bytes may stand for a thousand.
  private var cellBudget = GridBounds.importedCells

  init(
    _ styles: OpenDocumentTextStyles, named name: String, numbers: ElementNumbers? = nil,
    deletions: [String: String] = [:]
  ) {
    self.styles = styles
    self.numbers = numbers
    self.deletions = deletions
    builder = FlowGridBuilder(name: name)
  }

  private var runs: OpenDocumentTextRuns {
    OpenDocumentTextRuns(styles, deletions: deletions, around: isHidden ? .hidden : nil)
  }

  private mutating func append(_ container: MarkupNode) {
    for node in container.children { append(node: node) }
  }

  mutating func append(node: MarkupNode) {
    switch node.name {
    case "p", "h":
      var text = runs
      text.append(paragraph: node)
      builder.append(paragraph: text.text, from: numbers?[node])
      for box in text.boxes { append(box) }
    case "table": append(table: node)
    case "custom-shape", "rect", "ellipse": append(node)
    case let name where OpenDocumentTextRuns.containers.contains(name):
      let outside = isHidden
      isHidden = isHidden || OpenDocumentTextRuns.isHidden(node)
      append(node)
      isHidden = outside
    default: return
    }
  }

  private mutating func append(table: MarkupNode) {
    var rows: [[FlowGridBuilder.TableCell]] = []
    var inner: (tables: [MarkupNode], boxes: [MarkupNode]) = ([], [])
    collectRows(of: table, into: &rows, inner: &inner)
    for box in inner.boxes {
      var text = runs
      text.append(cell: box)
      builder.append(box: text.text.seenText)
    }
    builder.append(table: rows, widths: widths(of: table))
    // A table inside a cell is read as one that follows.
    for table in inner.tables { append(table: table) }
  }

  /// Of the columns of a table, in points; empty where one of them has none.
  private func widths(of node: MarkupNode) -> [Double] {
    var result: [Double] = []
    for child in node.children where result.count < Self.repeated {
      switch child.name {
      case "table-column":
        guard let width = child["style-name"].flatMap({ styles.columnWidths[$0] }) else { return [] }
        result += Array(repeating: width, count: Self.count("number-columns-repeated", of: child))
      case "table-columns", "table-header-columns", "table-column-group": result += widths(of: child)
      default: continue
      }
    }
    return result
  }

  /// Rows and cells that are written once for several.
  private static let repeated = 1_024

  private mutating func collectRows(
    of node: MarkupNode, into rows: inout [[FlowGridBuilder.TableCell]],
    inner: inout (tables: [MarkupNode], boxes: [MarkupNode])
  ) {
    for child in node.children {
      switch child.name {
      case "table-row":
        let count = Self.count("number-rows-repeated", of: child)
        var cells: [FlowGridBuilder.TableCell] = []
        for cell in child.children where cell.name == "table-cell" {
          var text = runs
          text.append(cell: cell)
          inner.tables += text.tables
          inner.boxes += text.boxes
          let repeated = Self.count("number-columns-repeated", of: cell)
          let read = FlowGridBuilder.TableCell(
            text: text.text, columnSpan: Self.count("number-columns-spanned", of: cell),
            rowSpan: Self.count("number-rows-spanned", of: cell),
            // What stands for several cells cannot be marked without the others.
            place: count == 1 && repeated == 1 ? numbers?[cell] : nil)
          cells += Array(repeating: read, count: repeated)
        }
        cellBudget -= (cells.count + 1) * count
        guard cellBudget > 0 else { return }
        rows += Array(repeating: cells, count: count)
      case "table-header-rows", "table-rows", "table-row-group":
        collectRows(of: child, into: &rows, inner: &inner)
      default: continue
      }
    }
  }

  private static func count(_ name: String, of node: MarkupNode) -> Int {
    min(max(1, node[name].flatMap { Int($0) } ?? 1), repeated)
  }
}
