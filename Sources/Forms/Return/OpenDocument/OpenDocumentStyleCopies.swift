import XLSX

/// The styles that marked cells get: copies of those they had, with another colour behind.
struct OpenDocumentStyleCopies {
  private let content: MarkupEditor
  private let known: [String: Int]
  private var copies: [String: String] = [:]
  private(set) var added = ""
  private var taken: Set<String>
  /// Not every document names the vocabulary that colours are of.
  static let vocabulary = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
  /// Takes an earlier return's words out of comments that are written anew.
  var cleaner: OpenDocumentComment.Cleaner?

  init(_ content: MarkupEditor) {
    self.content = content
    let all = content.child("automatic-styles", of: 0).map { content.elements[$0].children } ?? []
    let styles = all.filter { content.elements[$0].name == "style" }
    known = Dictionary(
      styles.filter { content.attribute("family", of: $0) == "table-cell" }
        .compactMap { style in content.attribute("name", of: style).map { ($0, style) } },
      uniquingKeysWith: { first, _ in first })
    taken = Set(all.compactMap { content.attribute("name", of: $0) })
  }

  mutating func add(_ xml: String) { added += xml }

  /// The elements of cell properties that give one of some colours.
  func cellStyles(withBackground colors: Set<String>) -> [Int] {
    known.values.compactMap { content.child("table-cell-properties", of: $0) }.filter { properties in
      let color = content.attribute("background-color", of: properties)?.uppercased() ?? ""
      return colors.contains(String(color.drop { $0 == "#" }))
    }.sorted()
  }

  /// The name of a style like another with a colour behind the cell.
  mutating func copy(of style: String?, color: String) -> String {
    let key = "\(style ?? "")/\(color)"
    if let name = copies[key] { return name }
    var number = copies.count + 1
    while taken.contains("return\(number)") { number += 1 }
    let name = "return\(number)"
    taken.insert(name)
    copies[key] = name
    let background = "fo:background-color=\"#\(color.lowercased())\""
    guard let style, let element = known[style],
      var copy = try? MarkupEditor(
        Array(content.source(content.elements[element].range).utf8), name: "content.xml")
    else {
      let parent = PageText.escaped(style ?? "Default")
      added +=
        "<style:style xmlns:fo=\"\(Self.vocabulary)\" style:name=\"\(name)\" style:family=\"table-cell\" style:parent-style-name=\"\(parent)\">"
        + "<style:table-cell-properties \(background)/></style:style>"
      return name
    }
    copy.set("style:name", name, of: 0)
    if copy.attribute(written: "xmlns:fo", of: 0) == nil { copy.set("xmlns:fo", Self.vocabulary, of: 0) }
    if let properties = copy.child("table-cell-properties", of: 0) {
      copy.set("fo:background-color", "#" + color.lowercased(), of: properties)
    } else {
      copy.prepend("<style:table-cell-properties \(background)/>", to: 0)
    }
    added += String(decoding: copy.bytes(), as: UTF8.self)
    return name
  }
}
