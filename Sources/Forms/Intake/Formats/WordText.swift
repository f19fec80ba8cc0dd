/// Collects the text of paragraphs, with what is not read marked.
struct WordText {
  private(set) var text = FormattedText()
  /// Text boxes, which are read after the paragraph that anchors them.
  private(set) var boxes: [MarkupNode] = []
  private let styles: WordStyles
  private let table: WordStyles.Properties
  /// What the paragraph's styles say.
  private var paragraph = WordStyles.Properties()
  /// What stands around the runs: a deletion, a reading over characters.
  private var around: LeftOut.Kind?
  private var isDeleted = false
  /// The code of the field that is open, in pieces as it comes.
  private var code: String?

  /// - Parameter isDeleted: Whether all of it stands in a row or a cell whose deletion is tracked.
  init(_ styles: WordStyles, table: WordStyles.Properties = .init(), isDeleted: Bool = false) {
    self.styles = styles
    self.table = table
    self.isDeleted = isDeleted
    around = isDeleted ? .struck : nil
  }

  mutating func append(cell: MarkupNode, inner: inout [MarkupNode]) {
    for child in cell.children {
      switch child.name {
      case "p":
        if !text.isEmpty { text.append("\n") }
        append(paragraph: child)
      case "tbl": inner.append(child)
      case "sdt": if !Self.isPlaceholder(child) { append(cell: child, inner: &inner) }
      case "sdtContent", "customXml", "ins", "moveTo": append(cell: child, inner: &inner)
      default: continue
      }
    }
  }

  mutating func append(paragraph node: MarkupNode) {
    paragraph = styles.paragraph(node.child("pPr")?.child("pStyle")?["val"], in: table)
    append(node)
  }

  /// Appends what stands in a paragraph, or in part of one.
  private mutating func append(_ node: MarkupNode, mark: LeftOut.Kind? = nil) {
    for child in node.children {
      switch child.name {
      case "r": append(child, mark: around ?? styles.mark(of: child.child("rPr"), in: paragraph))
      case "t", "delText":
        for part in child.children {
          text.append(part.text ?? "", mark, isStored: !isDeleted && child.name == "t")
        }
      case "tab", "ptab": text.append("\t", mark)
      case "br", "cr": text.append("\n", mark)
      case "noBreakHyphen": text.append("-", mark)
      case "sym": text.append(Self.symbol(child), mark)
      case "footnoteReference", "endnoteReference":
        // The mark is worked out where the page is laid out; a mark of one's own follows as text.
        if child["customMarkFollows"] == nil, let id = child["id"] {
          text.append(id, around ?? .footnote, isStored: false)
        }
      case "txbxContent": boxes.append(child)
      case "del", "moveFrom": appendDeleted(child)
      case "rt":
        let outside = around
        around = .ruby
        append(child, mark: .ruby)
        around = outside
      case "sdt": if !Self.isPlaceholder(child) { append(child, mark: mark) }
      case "fldChar":
        if child["fldCharType"] == "begin" {
          code = ""
        } else if let code = code.take(), let (base, reading) = Self.guide(code) {
          text.append(reading, .ruby)
          text.append(base, mark)
        }
      case "instrText":
        for part in child.children { code? += part.text ?? "" }
      // What stands in for a drawing that is told already.
      case "delInstrText", "Fallback", "pPr", "rPr", "rubyPr", "sdtPr", "sdtEndPr": continue
      default: append(child, mark: mark)
      }
    }
  }

  /// 拼音指南 of older documents: `EQ \* jc2 \o\ad(\s\up 9(qìn),沁)` sets a reading over a character.
  private static func guide(_ code: String) -> (base: String, reading: String)? {
    guard code.trimmedOfInvisible.lowercased().hasPrefix("eq "), let start = code.firstRange(of: "\\up"),
      let open = code[start.upperBound...].firstIndex(of: "("),
      let close = code[open...].firstIndex(of: ")"),
      let comma = code[close...].firstIndex(where: { ",;，".contains($0) }),
      let end = code[comma...].lastIndex(of: ")")
    else { return nil }
    return (String(code[code.index(after: comma)..<end]), String(code[code.index(after: open)..<close]))
  }

  private mutating func appendDeleted(_ node: MarkupNode) {
    let outside = (around, isDeleted)
    (around, isDeleted) = (.struck, true)
    append(node, mark: .struck)
    (around, isDeleted) = outside
  }

  /// Whether a content control only says what is to be written in it.
  private static func isPlaceholder(_ node: MarkupNode) -> Bool {
    guard let sign = node.child("sdtPr")?.child("showingPlcHdr") else { return false }
    return !["0", "false", "off"].contains(sign["val"] ?? "1")
  }

  /// A character of a symbol font stands in the private area; nobody can say what it looks like.
  private static func symbol(_ node: MarkupNode) -> String {
    guard let value = node["char"].flatMap({ UInt32($0, radix: 16) }), !(0xE000...0xF8FF ~= value),
      let scalar = Unicode.Scalar(value)
    else { return "" }
    return String(scalar)
  }
}
