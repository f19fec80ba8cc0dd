/// Reads the tables of an HTML text, which office-automation systems save under the name of an .xls.
struct HTMLGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    guard let text = Self.text(of: bytes) else { throw IntakeProblem.unknown }
    let document = try MarkupDocument(html: text)
    var flow = HTMLFlow()
    flow.append(document.root)
    flow.endParagraph()
    return GridBook(format: .html, grids: [flow.builder.grid])
  }

  /// The text in the character set that the page names for itself, or else in the one that it looks like.
  private static func text(of bytes: [UInt8]) -> String? {
    let start = String(decoding: bytes.prefix(2_048).filter { $0 < 0x80 }, as: UTF8.self).lowercased()
    if start.contains("charset=gb") || start.contains("charset=\"gb") || start.contains("charset='gb") {
      // Some name GB2312 and write UTF-8 all the same.
      if TextDecoding.charset(of: bytes[...])?.charset != .utf8 { return GB18030.decodeRepairing(bytes[...]) }
    }
    return TextDecoding.text(of: bytes[...])
  }
}

/// Walks through a page: text outside tables becomes paragraphs, tables become tables.
private struct HTMLFlow {
  var builder = FlowGridBuilder(name: "HTML")
  private var paragraph = ""

  mutating func append(_ node: MarkupNode) {
    for child in node.children {
      if let text = child.text {
        paragraph += HTMLText.collapsed(text)
        continue
      }
      switch child.name {
      case "table":
        endParagraph()
        append(table: child)
      case "br": endParagraph()
      case "script", "style", "head", "title", "xml": continue
      case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "center", "form", "section":
        endParagraph()
        append(child)
        endParagraph()
      default: append(child)
      }
    }
  }

  mutating func endParagraph() {
    builder.append(paragraph: paragraph)
    paragraph = ""
  }

  private mutating func append(table: MarkupNode) {
    var rows: [[FlowGridBuilder.TableCell]] = []
    var inner: [MarkupNode] = []
    collectRows(of: table, into: &rows, inner: &inner)
    builder.append(table: rows)
    for table in inner { append(table: table) }
  }

  private func collectRows(
    of node: MarkupNode, into rows: inout [[FlowGridBuilder.TableCell]], inner: inout [MarkupNode]
  ) {
    for child in node.children {
      switch child.name {
      case "tr":
        var cells: [FlowGridBuilder.TableCell] = []
        for cell in child.children where cell.name == "td" || cell.name == "th" {
          var text = HTMLText()
          text.append(cell, inner: &inner)
          cells.append(
            .init(
              text: text.text, columnSpan: cell["colspan"].flatMap { Int($0) } ?? 1,
              rowSpan: cell["rowspan"].flatMap { Int($0) } ?? 1))
        }
        rows.append(cells)
      case "thead", "tbody", "tfoot", "form": collectRows(of: child, into: &rows, inner: &inner)
      case "caption":
        var text = HTMLText()
        text.append(child, inner: &inner)
        rows.append([.init(text: text.text)])
      default: continue
      }
    }
  }
}

/// The text of a cell as a browser shows it.
private struct HTMLText {
  private(set) var text = ""

  mutating func append(_ node: MarkupNode, inner: inout [MarkupNode]) {
    for child in node.children {
      if let part = child.text {
        text += Self.collapsed(part)
        continue
      }
      switch child.name {
      case "br", "p", "div":
        if !text.isEmpty { text += "\n" }
        append(child, inner: &inner)
      case "table": inner.append(child)
      case "script", "style": continue
      case "input": text += child["value"] ?? ""
      default: append(child, inner: &inner)
      }
    }
  }

  /// White space in the source is one space.
  static func collapsed(_ text: String) -> String {
    var result = ""
    var pending = false
    for scalar in text.unicodeScalars {
      if scalar == " " || 0x09...0x0D ~= scalar.value {
        pending = true
      } else {
        if pending { result.unicodeScalars.append(" ") }
        pending = false
        result.unicodeScalars.append(scalar)
      }
    }
    if pending { result.unicodeScalars.append(" ") }
    return result
  }
}
