import DOCX
import XLSX

/// The one part of an OpenDocument file that a return changes.
struct OpenDocumentContent {
  static let part = "content.xml"

  let markup: MarkupEditor
  /// `office:text` or `office:spreadsheet`
  let body: Int

  /// - Throws: `XLSXError` for a file that is damaged; `unsupportedChange` for one that does not name the usual vocabularies by the
  ///   usual prefixes, by which new elements are written.
  init(of archive: ArchiveEditor, body name: String) throws {
    let unsupported = XLSXError(
      .unsupportedChange, "The file is built in a way that cannot be changed.", part: Self.part)
    guard let part = try archive.content(of: Self.part) else { throw unsupported }
    markup = try MarkupEditor(part, name: Self.part)
    for prefix in ["office", "table", "text", "style"] {
      guard markup.attribute(written: "xmlns:" + prefix, of: 0) != nil else { throw unsupported }
    }
    guard let body = markup.child("body", of: 0), let content = markup.child(name, of: body) else {
      throw unsupported
    }
    self.body = content
  }
}
