/// Reads the paragraphs and tables of a Word document (ECMA-376 Part 1, 17), in which units fill in the notice's own
/// tables.
struct WordGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    guard let directory = ZipDirectory(bytes, limit: 10_000) else { throw IntakeProblem.truncated }
    // Word and WPS both name the main part so; a package that does not names it document2.xml and the like.
    let entry =
      directory.entry(named: "word/document.xml")
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
    var flow = WordFlow(styles)
    flow.append(body)
    return GridBook(format: .docx, grids: [flow.builder.grid])
  }
}

/// Walks through the body of a document: paragraphs and tables, in their order.
private struct WordFlow {
  private(set) var builder = FlowGridBuilder(name: "Word")
  private let styles: WordStyles

  init(_ styles: WordStyles) { self.styles = styles }

  mutating func append(_ container: MarkupNode) {
    for node in container.children {
      switch node.name {
      case "p":
        var text = WordText(styles)
        text.append(paragraph: node)
        builder.append(paragraph: text.text)
        for box in text.boxes { append(box) }
      case "tbl": append(table: node)
      // Content controls, custom XML, tracked insertions: what they hold counts.
      case "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo": append(node)
      default: continue
      }
    }
  }

  private mutating func append(table: MarkupNode) {
    var rows: [[FlowGridBuilder.TableCell]] = []
    var inner = Inner()
    let style = styles.table(table.child("tblPr")?.child("tblStyle")?["val"])
    collectRows(of: table, style: style, into: &rows, inner: &inner)
    for box in inner.boxes { builder.append(box: boxText(box)) }
    builder.append(table: rows)
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
        cells.append(cell)
      case "sdt", "sdtContent", "customXml", "ins":
        collectCells(of: child, style: style, isDeleted: isDeleted, into: &cells, inner: &inner)
      default: continue
      }
    }
  }
}
