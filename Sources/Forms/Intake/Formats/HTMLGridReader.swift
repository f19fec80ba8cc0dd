/// Reads the tables of an HTML text, which office-automation systems save under the name of an .xls.
struct HTMLGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    guard let text = Self.text(of: bytes) else { throw IntakeProblem.unknown }
    let document = try MarkupDocument(html: text)
    var flow = HTMLFlow(PageStyles(document.root))
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
  var builder = FlowGridBuilder(name: "HTML", isTyped: false)
  private var paragraph = HTMLText()
  private var inside: HTMLContext

  init(_ styles: PageStyles) { inside = HTMLContext(styles) }

  mutating func append(_ node: MarkupNode) {
    for child in node.children {
      if let text = child.text {
        paragraph.append(text, inside.look.mark)
        continue
      }
      switch child.name {
      case "br": endParagraph()
      case "head", "title", "xml": continue
      default: if !HTMLText.isSilent(child) { enter(child) }
      }
    }
  }

  private mutating func enter(_ child: MarkupNode) {
    let outside = inside
    inside.enter(child)
    defer { inside = outside }
    switch child.name {
    case "table":
      endParagraph()
      if inside.look.isDisplayed { append(table: child) }
    case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "center", "form", "section":
      endParagraph()
      append(child)
      endParagraph()
    case "input", "select", "textarea": paragraph.append(control: child, inside)
    case "rt", "rp", "rtc": paragraph.append(ruby: child)
    default: append(child)
    }
  }

  mutating func endParagraph() {
    builder.append(paragraph: paragraph.text)
    paragraph = HTMLText()
  }

  private mutating func append(table: MarkupNode) {
    var rows: [[FlowGridBuilder.TableCell]] = []
    var inner: [(table: MarkupNode, inside: HTMLContext)] = []
    collectRows(of: table, inside, into: &rows, inner: &inner)
    builder.append(table: rows)
    let outside = inside
    for (table, context) in inner {
      inside = context
      append(table: table)
    }
    inside = outside
  }

  private func collectRows(
    of node: MarkupNode, _ context: HTMLContext, into rows: inout [[FlowGridBuilder.TableCell]],
    inner: inout [(table: MarkupNode, inside: HTMLContext)]
  ) {
    for child in node.children where child.isElement {
      let context = context.entering(child)
      // A row or a cell that is not displayed takes no place.
      guard context.look.isDisplayed else { continue }
      switch child.name {
      case "tr":
        var cells: [FlowGridBuilder.TableCell] = []
        for cell in child.children where cell.name == "td" || cell.name == "th" {
          let context = context.entering(cell)
          guard context.look.isDisplayed else { continue }
          var text = HTMLText(isChoice: HTMLText.hasTicked(cell))
          text.append(cell, context, inner: &inner)
          cells.append(
            .init(
              text: text.text, columnSpan: cell["colspan"].flatMap { Int($0) } ?? 1,
              rowSpan: cell["rowspan"].flatMap { Int($0) } ?? 1))
        }
        rows.append(cells)
      case "thead", "tbody", "tfoot", "form":
        collectRows(of: child, context, into: &rows, inner: &inner)
      case "caption":
        var text = HTMLText()
        text.append(child, context, inner: &inner)
        rows.append([.init(text: text.text)])
      default: continue
      }
    }
  }
}

/// The elements around a place of a page, and what they say of the text there.
private struct HTMLContext {
  private let styles: PageStyles
  private var around: [MarkupNode] = []
  private(set) var look = PageStyles.Look()

  init(_ styles: PageStyles) { self.styles = styles }

  mutating func enter(_ node: MarkupNode) {
    look = styles.look(of: node, in: around, inheriting: look)
    around.append(node)
  }

  func entering(_ node: MarkupNode) -> HTMLContext {
    var result = self
    result.enter(node)
    return result
  }
}

/// The text of a cell or a paragraph as a browser shows it.
private struct HTMLText {
  private(set) var text = FormattedText()
  /// Whether some box or button is ticked: then those that are not are choices that were not made. Where none is, they are
  /// there to mark lines with, and say nothing about what stands beside them.
  private var isChoice = false

  init(isChoice: Bool = false) { self.isChoice = isChoice }

  /// Whether an element holds nothing that is ever shown.
  static func isSilent(_ node: MarkupNode) -> Bool {
    ["script", "style", "template", "noscript", "datalist", "button"].contains(node.name)
  }

  mutating func append(
    _ node: MarkupNode, _ context: HTMLContext, inner: inout [(table: MarkupNode, inside: HTMLContext)]
  ) {
    /// What stands behind a box or a button that is not ticked names a choice that was not made.
    var isUnchosen = false
    for child in node.children {
      if let part = child.text {
        if !isUnchosen { append(part, context.look.mark) }
        continue
      }
      if Self.isSilent(child) { continue }
      let context = context.entering(child)
      switch child.name {
      case "br", "p", "div":
        isUnchosen = false
        if !text.isEmpty { text.append("\n") }
        append(child, context, inner: &inner)
      case "table": inner.append((child, context))
      case "input", "select", "textarea":
        if let isTicked = Self.isTicked(child) { isUnchosen = isChoice && !isTicked }
        append(control: child, context)
      case "label":
        if !isUnchosen, !(isChoice && Self.isUnchosen(child)) { append(child, context, inner: &inner) }
      case "rt", "rp", "rtc": append(ruby: child)
      default: if !isUnchosen { append(child, context, inner: &inner) }
      }
    }
  }

  mutating func append(_ part: String, _ mark: LeftOut.Kind?) { text.append(Self.collapsed(part), mark) }

  /// The reading over characters, which a browser sets above them.
  mutating func append(ruby node: MarkupNode) {
    if node.name != "rp" { text.append(Self.collapsed(Self.content(node)), .ruby) }
  }

  /// What a control shows: the text typed in, the option chosen.
  mutating func append(control node: MarkupNode, _ context: HTMLContext) {
    let mark = context.look.mark
    switch node.name {
    case "textarea": text.append(Self.content(node), mark)
    case "select":
      let options = Self.options(node)
      let chosen = options.filter { $0["selected"] != nil }
      if chosen.isEmpty {
        // A list with one line shows its first.
        if node["multiple"] == nil, Int(node["size"] ?? "1") ?? 1 <= 1, let first = options.first {
          text.append(Self.collapsed(Self.content(first)), mark)
        }
      } else {
        // Of a list with one line the last one marked is shown.
        let shown = node["multiple"] == nil ? Array(chosen.suffix(1)) : chosen
        text.append(shown.map { Self.collapsed(Self.content($0)) }.joined(separator: "、"), mark)
      }
    default:
      switch (node["type"] ?? "text").lowercased() {
      case "hidden", "checkbox", "radio", "button", "submit", "reset", "image", "file", "password", "color",
        "range":
        break
      default: text.append(node["value"] ?? "", mark)
      }
    }
  }

  /// Whether a box or a button is ticked; `nil` for any other control.
  private static func isTicked(_ node: MarkupNode) -> Bool? {
    guard node.name == "input", let type = node["type"]?.lowercased(), type == "checkbox" || type == "radio"
    else { return nil }
    return node["checked"] != nil
  }

  static func hasTicked(_ node: MarkupNode) -> Bool {
    node.children.contains { isTicked($0) ?? hasTicked($0) }
  }

  /// Whether a label is that of a box inside it which is not ticked.
  private static func isUnchosen(_ label: MarkupNode) -> Bool {
    label.children.contains { isTicked($0) == false }
  }

  private static func options(_ node: MarkupNode) -> [MarkupNode] {
    node.children.flatMap { child in
      child.name == "option" ? [child] : child.name == "optgroup" ? options(child) : []
    }
  }

  private static func content(_ node: MarkupNode) -> String {
    node.children.map { $0.text ?? content($0) }.joined()
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
