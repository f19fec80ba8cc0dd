import XLSX

/// Marks places in a Word document that somebody else made, comments on them and puts a page in front. Whatever is not
/// marked stays byte for byte as it is.
package struct DocumentEditor {
  /// A place by its number among all of its kind, in the order of the document.
  package enum Place: Hashable, Sendable {
    case cell(Int)
    case paragraph(Int)
  }

  package static let mainPart = "word/document.xml"
  private static let relationshipsPart = "word/_rels/document.xml.rels"

  private var archive: ArchiveEditor
  private var document: MarkupEditor
  private var comments: DocumentComments
  private let body: Int
  private let prefix: String
  private let cells: [Int]
  private let paragraphs: [Int]
  /// The elements of shading that have got another colour.
  private var recoloured: Set<Int> = []
  /// What goes into paragraphs that are empty elements.
  private var filled: [Int: (properties: String, content: String)] = [:]

  /// - Throws: `XLSXError` for a file that is damaged, or built in a way that cannot be changed.
  package init(_ bytes: [UInt8], limits: Limits) throws {
    archive = try ArchiveEditor(bytes, limits: limits)
    guard let main = try archive.content(of: Self.mainPart) else { throw Self.unsupported }
    document = try MarkupEditor(main, name: Self.mainPart)
    guard let body = document.child("body", of: 0) else { throw Self.unsupported }
    self.body = body
    prefix = document.elements[0].prefix
    // Attributes need a prefix of their own; what is written here calls it w.
    guard prefix == "w:", document.attribute(written: "xmlns:w", of: 0) != nil else { throw Self.unsupported }
    let elements = document.elements
    cells = elements.indices.filter { elements[$0].name == "tc" }
    paragraphs = elements.indices.filter { elements[$0].name == "p" }
    comments = try DocumentComments(archive, relationships: Self.relationshipsPart, document: document)
  }

  private static let unsupported = XLSXError(
    .unsupportedChange, "The document is built in a way that cannot be changed.", part: mainPart)

  private func element(_ place: Place) -> Int? {
    switch place {
    case .cell(let number): cells.indices.contains(number) ? cells[number] : nil
    case .paragraph(let number): paragraphs.indices.contains(number) ? paragraphs[number] : nil
    }
  }

  /// The width between the margins of the first section, in points.
  package var textWidth: Double {
    let usual = 415.0
    guard let section = document.descendant("sectPr", of: body),
      let size = document.child("pgSz", of: section),
      let margins = document.child("pgMar", of: section)
    else { return usual }
    func points(_ name: String, _ element: Int) -> Double? {
      document.attribute(name, of: element).flatMap(Double.init).map { $0 / 20 }
    }
    guard let width = points("w", size), let left = points("left", margins),
      let right = points("right", margins)
    else { return usual }
    return (72...2_000).contains(width - left - right) ? width - left - right : usual
  }

  // Marking.

  /// What may stand before the shading among a cell's or a paragraph's properties (17.4.69, 17.3.1.26).
  private static let beforeShading: Set<String> = [
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "pStyle", "keepNext", "keepLines",
    "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr",
  ]

  /// Gives a cell or a paragraph a colour, `FFC8CD`. To be called before ``comment(_:at:author:date:)``.
  package mutating func shade(_ place: Place, _ color: String) {
    guard let element = element(place) else { return }
    let shading = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"\(color)\"/>"
    let container: String
    if case .cell = place { container = "tcPr" } else { container = "pPr" }
    guard let properties = document.child(container, of: element) else {
      let text = "<w:\(container)>\(shading)</w:\(container)>"
      if document.elements[element].isEmpty {
        filled[element, default: ("", "")].properties += text
      } else {
        document.prepend(text, to: element)
      }
      return
    }
    if let old = document.child("shd", of: properties) {
      recoloured.insert(old)
      return document.replace(document.elements[old].range, with: shading)
    }
    if document.elements[properties].isEmpty { return document.append(shading, to: properties) }
    let before = document.elements[properties].children.last {
      Self.beforeShading.contains(document.elements[$0].name)
    }
    let at = before.map { document.elements[$0].range.upperBound }
    document.insert(shading, at: at ?? document.elements[properties].start.upperBound)
  }

  /// Takes the colours of some set off all cells and paragraphs, but for those that have just got one.
  package mutating func clearShading(_ colors: Set<String>) {
    for (index, element) in document.elements.enumerated()
    where element.name == "shd" && !recoloured.contains(index) {
      guard let color = document.attribute("fill", of: index)?.uppercased(), colors.contains(color),
        let parent = element.parent, ["tcPr", "pPr"].contains(document.elements[parent].name)
      else { continue }
      document.remove(index)
    }
  }

  /// Comments on a cell or a paragraph.
  ///
  /// - Parameter date: `2024-12-01`.
  package mutating func comment(_ text: String, at place: Place, author: String, date: String) {
    guard let element = element(place) else { return }
    let paragraph: Int?
    if case .cell = place { paragraph = document.descendant("p", of: element) } else { paragraph = element }
    guard let paragraph else { return }
    let id = comments.add(text, author: author, date: date)
    let start = "<w:commentRangeStart w:id=\"\(id)\"/>"
    let end =
      "<w:commentRangeEnd w:id=\"\(id)\"/><w:r><w:commentReference w:id=\"\(id)\"/></w:r>"
    let found = document.elements[paragraph]
    if found.isEmpty {
      filled[paragraph, default: ("", "")].content += start + end
      return
    }
    let properties = document.child("pPr", of: paragraph)
    document.insert(
      start, at: properties.map { document.elements[$0].range.upperBound } ?? found.start.upperBound)
    document.insert(end, at: found.end.lowerBound)
  }

  /// Takes out comments by what they say, with their marks in the text.
  package mutating func removeComments(where isOurs: (String) -> Bool) {
    let ids = comments.remove(where: isOurs)
    guard !ids.isEmpty else { return }
    for (index, element) in document.elements.enumerated() {
      guard ["commentRangeStart", "commentRangeEnd", "commentReference"].contains(element.name),
        let id = document.attribute("id", of: index), ids.contains(id)
      else { continue }
      // The run that holds nothing but the reference goes with it.
      if element.name == "commentReference", let run = element.parent, document.elements[run].name == "r",
        document.elements[run].children.allSatisfy({ $0 == index || document.elements[$0].name == "rPr" })
      {
        document.remove(run)
      } else {
        document.remove(index)
      }
    }
  }

  // The page in front.

  /// Puts blocks before everything else, and a new page behind them.
  package mutating func insertFront(_ blocks: [Document.Block]) {
    var xml = Markup()
    for block in blocks {
      switch block {
      case .paragraph(let paragraph): xml.append(paragraph)
      case .table(let table): xml.append(table)
      case .chart: continue
      }
    }
    document.prepend(xml.text, to: body)
  }

  /// Takes out the first elements of the body.
  package mutating func removeFront(_ count: Int) {
    for element in document.elements[body].children.prefix(count) { document.remove(element) }
  }

  /// The document with everything that was marked.
  package func bytes() throws -> [UInt8] {
    var archive = archive
    var document = document
    for (element, content) in filled { document.append(content.properties + content.content, to: element) }
    archive.set(Self.mainPart, document.bytes())
    try comments.write(to: &archive, relationships: Self.relationshipsPart)
    return try archive.bytes()
  }
}
