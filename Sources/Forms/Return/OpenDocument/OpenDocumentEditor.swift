import Foundation
import XLSX

/// Marks cells of an OpenDocument spreadsheet that somebody else made, comments on them and puts a sheet in front. Every part
/// but `content.xml` stays byte for byte as it is, and so does what is not marked in that.
struct OpenDocumentEditor {
  private var archive: ArchiveEditor
  private var content: MarkupEditor
  private let spreadsheet: Int
  /// The sheets by name.
  private let tables: [(name: String, element: Int)]
  private var styles: OpenDocumentStyleCopies
  private var marks: [Int: [Mark]] = [:]

  struct Mark {
    var cell: CellReference
    /// `FFC8CD`
    var color: String
    var comment: OpenDocumentComment
  }

  /// - Throws: `XLSXError` for a file that is damaged, or built in a way that cannot be changed.
  init(_ bytes: [UInt8], limits: Limits) throws {
    archive = try ArchiveEditor(bytes, limits: limits)
    let opened = try OpenDocumentContent(of: archive, body: "spreadsheet")
    let content = opened.markup
    self.content = content
    spreadsheet = opened.body
    tables = content.elements[spreadsheet].children.filter { content.elements[$0].name == "table" }
      .map { (content.attribute("name", of: $0) ?? "", $0) }
    styles = OpenDocumentStyleCopies(content, base: "Default")
  }

  var sheetNames: [String] { tables.map(\.name) }

  mutating func mark(_ mark: Mark, inSheet name: String) {
    guard let table = tables.first(where: { $0.name == name }) else { return }
    marks[table.element, default: []].append(mark)
  }

  mutating func removeSheet(named name: String) {
    for table in tables where table.name == name { content.remove(table.element) }
  }

  /// Takes off what an earlier return left: colours of a set, and comments between two marks.
  mutating func clearMarks(colors: Set<String>, opening: String, closing: String) {
    for style in styles.properties(withBackground: colors) {
      content.set("fo:background-color", nil, of: style)
    }
    let cleaner = OpenDocumentComment.Cleaner(opening: opening, closing: closing)
    styles.cleaner = cleaner
    for annotation in content.descendants("annotation", of: spreadsheet) {
      guard let cleaned = cleaner.cleaned(annotation, in: content) else { continue }
      content.replace(content.elements[annotation].range, with: cleaned)
    }
  }

  /// Puts a sheet before all others.
  mutating func insertFront(_ sheet: SheetDraft) {
    let table = OpenDocumentSheet(sheet, styleNames: styles.freePrefix("page"))
    styles.add(table.styles)
    guard let first = tables.first else { return content.append(table.xml, to: spreadsheet) }
    content.insert(table.xml, at: content.elements[first.element].start.lowerBound)
  }

  func bytes() throws -> [UInt8] {
    var (archive, content, styles) = (self.archive, self.content, self.styles)
    for (table, marks) in marks.sorted(by: { $0.key < $1.key }) {
      OpenDocumentRows(table: table, in: content).apply(marks, to: &content, styles: &styles)
    }
    if !styles.added.isEmpty {
      if let automatic = content.child("automatic-styles", of: 0) {
        content.append(styles.added, to: automatic)
      } else if let body = content.child("body", of: 0) {
        content.insert(
          "<office:automatic-styles>\(styles.added)</office:automatic-styles>",
          at: content.elements[body].start.lowerBound)
      }
    }
    archive.set(OpenDocumentContent.part, content.bytes())
    return try archive.bytes()
  }
}

/// A comment on a cell.
struct OpenDocumentComment {
  var text: String
  var author: String
  /// `2024-12-01`
  var date: String

  private var paragraphs: String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "<text:p>\(PageText.escaped(String($0)))</text:p>" }.joined()
  }

  /// Wide enough to be read.
  private static let box =
    "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" svg:width=\"8cm\" svg:height=\"4.5cm\""

  /// On a cell of a spreadsheet.
  var xml: String { "<office:annotation office:display=\"false\" \(Self.box)>\(inner)</office:annotation>" }

  /// Within a paragraph of a text.
  var inText: String { "<office:annotation>\(inner)</office:annotation>" }

  private var inner: String {
    // Not every document names the vocabulary that these two are of.
    let names = "xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    return "<dc:creator \(names)>\(PageText.escaped(author))</dc:creator>"
      + "<dc:date \(names)>\(date)T00:00:00</dc:date>\(paragraphs)"
  }

  /// Below what a comment says already.
  func appended(to annotation: String) -> String {
    guard let end = annotation.range(of: "</", options: .backwards) else { return xml }
    return annotation[..<end.lowerBound] + paragraphs + annotation[end.lowerBound...]
  }

  /// Finds what an earlier return wrote.
  struct Cleaner {
    var opening: String
    var closing: String

    /// - Returns: The comment without it, empty where nothing else is left; `nil` where nothing of it is there.
    func cleaned(_ annotation: Int, in content: MarkupEditor) -> String? {
      guard content.text(of: annotation).contains(opening) else { return nil }
      let range = content.elements[annotation].range
      var kept = ""
      var position = range.lowerBound
      var (isInside, hasText) = (false, false)
      for paragraph in content.elements[annotation].children where content.elements[paragraph].name == "p" {
        let text = content.text(of: paragraph)
        if text.contains(opening) { isInside = true }
        let found = content.elements[paragraph].range
        if isInside {
          kept += content.source(position..<found.lowerBound)
          position = found.upperBound
        } else if !text.isInvisible {
          hasText = true
        }
        if text.contains(closing) { isInside = false }
      }
      return hasText ? kept + content.source(position..<range.upperBound) : ""
    }
  }
}
