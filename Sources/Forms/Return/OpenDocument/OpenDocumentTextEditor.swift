import DOCX
import XLSX

/// Marks cells and paragraphs of an OpenDocument text that somebody else made, comments on them and puts a page in front.
/// Every part but `content.xml` stays byte for byte as it is, and so does what is not marked in that.
struct OpenDocumentTextEditor: ReturnableDocumentEditor {
  private var archive: ArchiveEditor
  private var content: MarkupEditor
  /// `office:text`
  private let text: Int
  private let cells: [Int]
  private let paragraphs: [Int]
  private var cellStyles: OpenDocumentStyleCopies
  private var paragraphStyles: OpenDocumentStyleCopies
  private var pageStyles = ""
  let textWidth: Double

  /// - Throws: `XLSXError` for a file that is damaged, or built in a way that cannot be changed.
  init(_ bytes: [UInt8], limits: Limits) throws {
    archive = try ArchiveEditor(bytes, limits: limits)
    let opened = try OpenDocumentContent(of: archive, body: "text")
    let content = opened.markup
    self.content = content
    text = opened.body
    let elements = content.elements
    cells = elements.indices.filter { elements[$0].name == "table-cell" }
    paragraphs = elements.indices.filter { OpenDocumentText.paragraphNames.contains(elements[$0].name) }
    cellStyles = OpenDocumentStyleCopies(content)
    paragraphStyles = OpenDocumentStyleCopies(content, family: "paragraph")
    textWidth = Self.textWidth(try? archive.content(of: "styles.xml"))
  }

  /// What the page named `Standard` leaves between its margins.
  private static func textWidth(_ styles: [UInt8]??) -> Double {
    let usual = 415.0
    guard let bytes = styles.flatMap({ $0 }), let part = try? MarkupEditor(bytes, name: "styles.xml"),
      let page = part.descendants("master-page", of: 0).first(where: {
        part.attribute("name", of: $0) == "Standard"
      }),
      let layout = part.descendants("page-layout", of: 0).first(where: {
        part.attribute("name", of: $0) == part.attribute("page-layout-name", of: page)
      }),
      let properties = part.child("page-layout-properties", of: layout)
    else { return usual }
    func points(_ name: String) -> Double? {
      part.attribute(name, of: properties).flatMap(OpenDocumentLength.points)
    }
    guard let width = points("page-width") else { return usual }
    let margin = points("margin") ?? 0
    let result = width - (points("margin-left") ?? margin) - (points("margin-right") ?? margin)
    return (72...2_000).contains(result) ? result : usual
  }

  private func element(_ place: DocumentEditor.Place) -> Int? {
    switch place {
    case .cell(let number): cells.indices.contains(number) ? cells[number] : nil
    case .paragraph(let number): paragraphs.indices.contains(number) ? paragraphs[number] : nil
    }
  }

  // Marking.

  mutating func shade(_ place: DocumentEditor.Place, _ color: String) {
    guard let element = element(place) else { return }
    let style = content.attribute("style-name", of: element)
    if case .cell = place {
      content.set("table:style-name", cellStyles.copy(of: style, color: color), of: element)
    } else {
      content.set("text:style-name", paragraphStyles.copy(of: style, color: color), of: element)
    }
  }

  mutating func clearShading(_ colors: Set<String>) {
    for styles in [cellStyles, paragraphStyles] {
      for properties in styles.properties(withBackground: colors) {
        content.set("fo:background-color", nil, of: properties)
      }
    }
  }

  mutating func comment(_ text: String, at place: DocumentEditor.Place, author: String, date: String) {
    guard let element = element(place) else { return }
    let comment = OpenDocumentComment(text: text, author: author, date: date)
    guard case .cell = place else { return content.prepend(comment.inText, to: element) }
    if let paragraph = content.descendant("p", of: element) {
      content.prepend(comment.inText, to: paragraph)
    } else {
      content.append("<text:p>\(comment.inText)</text:p>", to: element)
    }
  }

  mutating func removeComments(where isOurs: (String) -> Bool) {
    var names: Set<String> = []
    for annotation in content.descendants("annotation", of: text)
    where isOurs(content.text(of: annotation)) {
      if let name = content.attribute("name", of: annotation) { names.insert(name) }
      content.remove(annotation)
    }
    for end in content.descendants("annotation-end", of: text) {
      if let name = content.attribute("name", of: end), names.contains(name) { content.remove(end) }
    }
  }

  // The page in front.

  private var elements: [Int] {
    content.elements[text].children.filter {
      !OpenDocumentText.declarations.contains(content.elements[$0].name)
    }
  }

  mutating func insertFront(_ blocks: [Document.Block]) {
    let page = OpenDocumentPage(blocks, styleNames: cellStyles.freePrefix("page"))
    pageStyles += page.styles
    guard let first = elements.first else { return content.append(page.xml, to: text) }
    content.insert(page.xml, at: content.elements[first].start.lowerBound)
  }

  mutating func removeFront(_ count: Int) {
    for element in elements.prefix(count) { content.remove(element) }
  }

  func bytes() throws -> [UInt8] {
    var (archive, content) = (archive, content)
    let added = cellStyles.added + paragraphStyles.added + pageStyles
    if let automatic = content.child("automatic-styles", of: 0) {
      content.append(added, to: automatic)
    } else if let body = content.child("body", of: 0) {
      content.insert(
        "<office:automatic-styles>\(added)</office:automatic-styles>",
        at: content.elements[body].start.lowerBound)
    }
    archive.set(OpenDocumentContent.part, content.bytes())
    return try archive.bytes()
  }
}
