/// Collects the text of paragraphs of an OpenDocument text, with what is not read marked.
struct OpenDocumentTextRuns {
  private(set) var text = FormattedText()
  /// Text boxes, which are read after the paragraph that anchors them.
  private(set) var boxes: [MarkupNode] = []
  /// Tables within a cell.
  private(set) var tables: [MarkupNode] = []
  private let styles: OpenDocumentTextStyles
  /// What was deleted with changes tracked, by the name of the deletion.
  private let deletions: [String: String]
  /// What stands around the runs: a hidden section, a reading over characters.
  private var around: LeftOut.Kind?
  /// Whether the last character is a space that more white space adds nothing to (OpenDocument 1.3 Part 3, 6.1.2).
  private var endsInSpace = true

  init(
    _ styles: OpenDocumentTextStyles, deletions: [String: String] = [:], around: LeftOut.Kind? = nil
  ) {
    self.styles = styles
    self.deletions = deletions
    self.around = around
  }

  /// What holds paragraphs and is no text of its own.
  static let containers: Set<String> = [
    "section", "list", "list-item", "list-header", "numbered-paragraph", "index-body", "index-title",
    "table-of-content", "user-index", "illustration-index", "table-index", "object-index",
    "alphabetical-index", "bibliography", "text-box", "frame", "g", "a",
  ]

  /// Whether the section is not shown.
  static func isHidden(_ section: MarkupNode) -> Bool {
    section.name == "section" && section["display"].map { $0 != "true" } ?? false
  }

  mutating func append(cell: MarkupNode) {
    for child in cell.children {
      switch child.name {
      case "p", "h":
        if !text.isEmpty { text.append("\n") }
        append(paragraph: child)
      case "table": tables.append(child)
      case "custom-shape", "rect", "ellipse": boxes.append(child)
      case let name where Self.containers.contains(name):
        let outside = around
        if Self.isHidden(child) { around = .hidden }
        append(cell: child)
        around = outside
      default: continue
      }
    }
  }

  mutating func append(paragraph node: MarkupNode) {
    endsInSpace = true
    append(node, styles.properties(node["style-name"], family: "paragraph"))
  }

  /// Appends what stands in a paragraph, or in part of one.
  private mutating func append(_ node: MarkupNode, _ properties: OpenDocumentTextStyles.Properties) {
    let mark = around ?? properties.mark
    for child in node.children {
      if let piece = child.text {
        append(collapsing: piece, mark)
        continue
      }
      switch child.name {
      case "span":
        append(child, styles.properties(child["style-name"], family: "text").over(properties))
      case "s":
        let count = child["c"].flatMap { Int($0) } ?? 1
        put(String(repeating: " ", count: min(max(1, count), 1_000)), mark)
      case "tab": put("\t", mark)
      case "line-break": put("\n", mark)
      case "note":
        // The mark is worked out where the page is laid out.
        let citation = child.child("note-citation").map(\.allText) ?? ""
        text.append(citation, around ?? .footnote, isStored: false)
      case "ruby":
        for part in child.children {
          if part.name == "ruby-base" { append(part, properties) }
          if part.name == "ruby-text" { text.append(part.allText, .ruby) }
        }
      case "change":
        let deleted = child["change-id"].flatMap { deletions[$0] } ?? ""
        text.append(deleted, .struck, isStored: false)
      case "frame", "g": collectBoxes(of: child)
      case "custom-shape", "rect", "ellipse": boxes.append(child)
      case "hidden-text", "hidden-paragraph":
        if child["is-hidden"] != "false" { put(child.allText, .hidden) }
      // What only says what is to be written, and what stands beside the text.
      case "placeholder", "annotation", "annotation-end", "tracked-changes", "script", "bookmark": continue
      default: append(child, properties)
      }
    }
  }

  private mutating func collectBoxes(of node: MarkupNode) {
    for child in node.children {
      switch child.name {
      case "text-box", "custom-shape", "rect", "ellipse": boxes.append(child)
      case "frame", "g": collectBoxes(of: child)
      default: continue
      }
    }
  }

  private mutating func put(_ piece: String, _ mark: LeftOut.Kind?) {
    text.append(piece, mark)
    endsInSpace = false
  }

  /// White space of any length counts as one space, and as none at the beginning of a paragraph.
  private mutating func append(collapsing piece: String, _ mark: LeftOut.Kind?) {
    var result = ""
    for scalar in piece.unicodeScalars {
      if scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" {
        if !endsInSpace { result.unicodeScalars.append(" ") }
        endsInSpace = true
      } else {
        result.unicodeScalars.append(scalar)
        endsInSpace = false
      }
    }
    text.append(result, mark)
  }
}
