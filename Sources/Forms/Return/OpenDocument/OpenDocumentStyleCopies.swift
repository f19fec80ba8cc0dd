import XLSX

/// The styles that marked cells or paragraphs get: copies of those they had, with another colour behind.
struct OpenDocumentStyleCopies {
  private let content: MarkupEditor
  /// `table-cell` or `paragraph`.
  private let family: String
  /// What a style builds upon that has none of its own.
  private let base: String?
  private let known: [String: Int]
  private var copies: [String: String] = [:]
  private(set) var added = ""
  private var taken: Set<String>
  /// Not every document names the vocabulary that colours are of.
  static let vocabulary = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
  /// Takes an earlier return's words out of comments that are written anew.
  var cleaner: OpenDocumentComment.Cleaner?

  init(_ content: MarkupEditor, family: String = "table-cell", base: String? = nil) {
    self.content = content
    self.family = family
    self.base = base
    let all = content.child("automatic-styles", of: 0).map { content.elements[$0].children } ?? []
    let styles = all.filter { content.elements[$0].name == "style" }
    known = Dictionary(
      styles.filter { content.attribute("family", of: $0) == family }
        .compactMap { style in content.attribute("name", of: style).map { ($0, style) } },
      uniquingKeysWith: { first, _ in first })
    taken = Set(all.compactMap { content.attribute("name", of: $0) })
  }

  mutating func add(_ xml: String) { added += xml }

  /// What no style's name in the document begins with: `page-`, `page2-`.
  func freePrefix(_ word: String) -> String {
    var number = 1
    func prefix() -> String { number == 1 ? "\(word)-" : "\(word)\(number)-" }
    while taken.contains(where: { $0.hasPrefix(prefix()) }) { number += 1 }
    return prefix()
  }

  /// The elements of properties that give one of some colours.
  func properties(withBackground colors: Set<String>) -> [Int] {
    known.values.compactMap { content.child("\(family)-properties", of: $0) }.filter { properties in
      let color = content.attribute("background-color", of: properties)?.uppercased() ?? ""
      return colors.contains(String(color.drop { $0 == "#" }))
    }.sorted()
  }

  /// The name of a style like another with a colour behind.
  mutating func copy(of style: String?, color: String) -> String {
    let key = "\(style ?? "")/\(color)"
    if let name = copies[key] { return name }
    let mark = family == "table-cell" ? "return" : "return-\(family)"
    var number = copies.count + 1
    while taken.contains("\(mark)\(number)") { number += 1 }
    let name = "\(mark)\(number)"
    taken.insert(name)
    copies[key] = name
    let background = "fo:background-color=\"#\(color.lowercased())\""
    guard let style, let element = known[style],
      var copy = try? MarkupEditor(
        Array(content.source(content.elements[element].range).utf8), name: "content.xml")
    else {
      let parent = (style ?? base).map { " style:parent-style-name=\"\(PageText.escaped($0))\"" } ?? ""
      added +=
        "<style:style xmlns:fo=\"\(Self.vocabulary)\" style:name=\"\(name)\" style:family=\"\(family)\"\(parent)>"
        + "<style:\(family)-properties \(background)/></style:style>"
      return name
    }
    copy.set("style:name", name, of: 0)
    if copy.attribute(written: "xmlns:fo", of: 0) == nil { copy.set("xmlns:fo", Self.vocabulary, of: 0) }
    if let properties = copy.child("\(family)-properties", of: 0) {
      copy.set("fo:background-color", "#" + color.lowercased(), of: properties)
    } else {
      copy.prepend("<style:\(family)-properties \(background)/>", to: 0)
    }
    added += String(decoding: copy.bytes(), as: UTF8.self)
    return name
  }
}
