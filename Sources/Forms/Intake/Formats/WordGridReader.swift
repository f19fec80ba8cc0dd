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
    var inflater = ZipInflater(limits: limits)
    let document = try MarkupDocument(xml: inflater.content(of: entry, in: bytes))
    guard let body = document.root.child("body") else { throw IntakeProblem.truncated }
    var builder = FlowGridBuilder(name: "Word")
    Self.append(body, to: &builder)
    return GridBook(format: .docx, grids: [builder.grid])
  }

  private static func append(_ container: MarkupNode, to builder: inout FlowGridBuilder) {
    for node in container.children {
      switch node.name {
      case "p":
        var text = WordText()
        text.append(node)
        builder.append(paragraph: text.text)
        for box in text.boxes { append(box, to: &builder) }
      case "tbl": append(table: node, to: &builder)
      // Content controls, custom XML, tracked insertions: what they hold counts.
      case "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo": append(node, to: &builder)
      default: continue
      }
    }
  }

  private static func append(table: MarkupNode, to builder: inout FlowGridBuilder) {
    var rows: [[FlowGridBuilder.TableCell]] = []
    var inner: [MarkupNode] = []
    collectRows(of: table, into: &rows, inner: &inner)
    builder.append(table: rows)
    // A table inside a cell is read as one that follows.
    for table in inner { append(table: table, to: &builder) }
  }

  private static func collectRows(
    of node: MarkupNode, into rows: inout [[FlowGridBuilder.TableCell]], inner: inout [MarkupNode]
  ) {
    for child in node.children {
      switch child.name {
      case "tr":
        var cells: [FlowGridBuilder.TableCell] = []
        let before = child.child("trPr")?.child("gridBefore")?["val"].flatMap { Int($0) } ?? 0
        if before > 0 { cells.append(.init(text: "", columnSpan: before)) }
        collectCells(of: child, into: &cells, inner: &inner)
        rows.append(cells)
      case "sdt", "sdtContent", "customXml", "ins": collectRows(of: child, into: &rows, inner: &inner)
      default: continue
      }
    }
  }

  private static func collectCells(
    of row: MarkupNode, into cells: inout [FlowGridBuilder.TableCell], inner: inout [MarkupNode]
  ) {
    for child in row.children {
      switch child.name {
      case "tc":
        let properties = child.child("tcPr")
        var cell = FlowGridBuilder.TableCell(text: "")
        cell.columnSpan = properties?.child("gridSpan")?["val"].flatMap { Int($0) } ?? 1
        // Without a value the cell goes on; `restart` begins one (17.4.84).
        if let merge = properties?.child("vMerge") { cell.continuesAbove = merge["val"] != "restart" }
        var text = WordText()
        text.append(cell: child, inner: &inner)
        cell.text = text.text
        cells.append(cell)
      case "sdt", "sdtContent", "customXml", "ins": collectCells(of: child, into: &cells, inner: &inner)
      default: continue
      }
    }
  }
}

/// Collects the visible text of paragraphs.
private struct WordText {
  private(set) var text = ""
  /// Text boxes, which are read after the paragraph that anchors them.
  private(set) var boxes: [MarkupNode] = []

  mutating func append(cell: MarkupNode, inner: inout [MarkupNode]) {
    for child in cell.children {
      switch child.name {
      case "p":
        if !text.isEmpty { text += "\n" }
        append(child)
      case "tbl": inner.append(child)
      case "sdt", "sdtContent", "customXml", "ins": append(cell: child, inner: &inner)
      default: continue
      }
    }
  }

  mutating func append(_ node: MarkupNode) {
    for child in node.children {
      switch child.name {
      case "t":
        for part in child.children { text += part.text ?? "" }
      case "tab", "ptab": text += "\t"
      case "br", "cr": text += "\n"
      case "noBreakHyphen": text += "-"
      case "txbxContent": boxes.append(child)
      // Deleted text, field codes, and what stands in for a drawing that is told already.
      case "del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr": continue
      default: append(child)
      }
    }
  }
}
