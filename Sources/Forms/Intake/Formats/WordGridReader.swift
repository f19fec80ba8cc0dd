import DOCX
import XLSX

/// Reads the paragraphs and tables of a Word document (ECMA-376 Part 1, 17), in which units fill in the notice's own
/// tables.
struct WordGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    try WordDocument(bytes, limits: limits).book
  }
}

/// A Word document as a grid, and where in the document each of its cells is.
struct WordDocument: ReturnableDocument {
  let book: GridBook
  let places: [CellReference: DocumentEditor.Place]
  let pageElements: Int

  init(_ bytes: [UInt8], limits: IntakeLimits, findsPlaces: Bool = false) throws {
    guard let directory = ZipDirectory(bytes, limit: 10_000) else { throw IntakeProblem.truncated }
    // Word and WPS both name the main part so; a package that does not names it document2.xml and the like.
    let entry =
      directory.entry(named: DocumentEditor.mainPart)
      ?? directory.entries.first { entry in
        entry.rawName.starts(with: "word/document".utf8) && entry.rawName.suffix(4).elementsEqual(".xml".utf8)
      }
    guard let entry else { throw IntakeProblem.truncated }
    let inflater = ZipInflater(limits: limits)
    let document = try MarkupDocument(xml: inflater.content(of: entry, in: bytes))
    guard let body = document.root.child("body") else { throw IntakeProblem.truncated }
    var styles = WordStyles()
    // A document is worth reading without its styles.
    if let entry = directory.entry(named: "word/styles.xml"),
      let part = try? MarkupDocument(xml: inflater.content(of: entry, in: bytes))
    {
      styles = WordStyles(part.root)
    }
    let numbers =
      findsPlaces ? ElementNumbers(document.root, cell: "tc", paragraphs: ["p"]) : nil
    let elements = body.children.filter(\.isElement)
    pageElements = ReturnPage.count(of: elements)
    var grids: [Grid] = []
    if pageElements > 0 {
      var page = WordFlow(styles, named: ReturnStamp.sheetName)
      for element in elements.prefix(pageElements) { page.append(node: element) }
      grids.append(page.builder.grid)
    }
    var flow = WordFlow(styles, named: "Word", numbers: numbers)
    for element in elements.dropFirst(pageElements) { flow.append(node: element) }
    grids.append(flow.builder.grid)
    places = flow.builder.places
    var book = GridBook(format: .docx, grids: grids)
    if let entry = directory.entry(named: "docProps/core.xml"),
      let part = try? MarkupDocument(xml: inflater.content(of: entry, in: bytes))
    {
      book.isReport = part.root.child("keywords")?.allText.contains(YearReport.mark) ?? false
    }
    self.book = book
  }
}

/// Walks through the body of a document: paragraphs and tables, in their order.
private struct WordFlow {
  private(set) var builder: FlowGridBuilder
  private let styles: WordStyles
  private let numbers: ElementNumbers?

  init(_ styles: WordStyles, named name: String, numbers: ElementNumbers? = nil) {
    self.styles = styles
    self.numbers = numbers
    builder = FlowGridBuilder(name: name)
  }

  private mutating func append(_ container: MarkupNode) {
    for node in container.children { append(node: node) }
  }

  mutating func append(node: MarkupNode) {
    switch node.name {
    case "p":
      var text = WordText(styles)
      text.append(paragraph: node)
      builder.append(paragraph: text.text, from: numbers?[node])
      for box in text.boxes { append(box) }
    case "tbl": append(table: node)
    // Content controls, custom XML, tracked insertions: what they hold counts.
    case "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo": append(node)
    default: return
    }
  }

  private mutating func append(table: MarkupNode) {
    var rows: [[FlowGridBuilder.TableCell]] = []
    var inner = Inner()
    let style = styles.table(table.child("tblPr")?.child("tblStyle")?["val"])
    collectRows(of: table, style: style, into: &rows, inner: &inner)
    for box in inner.boxes { builder.append(box: boxText(box)) }
    // Twentieths of a point.
    let widths = table.child("tblGrid")?.children.filter { $0.name == "gridCol" }
      .map { ($0["w"].flatMap(Double.init) ?? 0) / 20 }
    builder.append(table: rows, widths: widths ?? [])
    // A table inside a cell is read as one that follows.
    for table in inner.tables { append(table: table) }
  }

  /// What stands in the cells of a table and is no text of theirs.
  private struct Inner {
    var tables: [MarkupNode] = []
    var boxes: [MarkupNode] = []
  }

  private func boxText(_ box: MarkupNode) -> String {
    var text = WordText(styles)
    var tables: [MarkupNode] = []
    text.append(cell: box, inner: &tables)
    return text.text.seenText
  }

  private func collectRows(
    of node: MarkupNode, style: WordStyles.Properties, into rows: inout [[FlowGridBuilder.TableCell]],
    inner: inout Inner
  ) {
    for child in node.children {
      switch child.name {
      case "tr":
        var cells: [FlowGridBuilder.TableCell] = []
        let before = child.child("trPr")?.child("gridBefore")?["val"].flatMap { Int($0) } ?? 0
        if before > 0 { cells.append(.init(text: FormattedText(), columnSpan: before)) }
        let isDeleted = child.child("trPr")?.child("del") != nil
        collectCells(of: child, style: style, isDeleted: isDeleted, into: &cells, inner: &inner)
        rows.append(cells)
      case "sdt", "sdtContent", "customXml", "ins":
        collectRows(of: child, style: style, into: &rows, inner: &inner)
      default: continue
      }
    }
  }

  private func collectCells(
    of row: MarkupNode, style: WordStyles.Properties, isDeleted: Bool,
    into cells: inout [FlowGridBuilder.TableCell], inner: inout Inner
  ) {
    for child in row.children {
      switch child.name {
      case "tc":
        let properties = child.child("tcPr")
        var cell = FlowGridBuilder.TableCell(text: FormattedText())
        cell.columnSpan = properties?.child("gridSpan")?["val"].flatMap { Int($0) } ?? 1
        // Without a value the cell goes on; `restart` begins one (17.4.84).
        if let merge = properties?.child("vMerge") { cell.continuesAbove = merge["val"] != "restart" }
        var text = WordText(
          styles, table: style, isDeleted: isDeleted || properties?.child("cellDel") != nil)
        text.append(cell: child, inner: &inner.tables)
        inner.boxes += text.boxes
        cell.text = text.text
        cell.place = numbers?[child]
        cells.append(cell)
      case "sdt", "sdtContent", "customXml", "ins":
        collectCells(of: child, style: style, isDeleted: isDeleted, into: &cells, inner: &inner)
      default: continue
      }
    }
  }
}
