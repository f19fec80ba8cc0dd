import XLSX

/// The comments of a Word document that is being edited (17.13.4).
struct DocumentComments {
  /// The part; `nil` where the document has none yet.
  private let part: String?
  private var existing: MarkupEditor?
  private var added: [(id: Int, xml: String)] = []
  private var next = 0
  /// The paragraphs of comments that are taken out, by the ids by which other parts know them.
  private var removedParagraphs: Set<String> = []

  private static let newPart = "word/comments.xml"
  private static let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
  private static let contentType =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

  init(_ archive: ArchiveEditor, relationships: String, document: MarkupEditor) throws {
    var found: String?
    if let bytes = try archive.content(of: relationships) {
      let links = try MarkupEditor(bytes, name: relationships)
      for index in links.descendants("Relationship", of: 0)
      where links.attribute("Type", of: index)?.hasSuffix("/comments") == true {
        let target = links.attribute("Target", of: index) ?? ""
        found = target.hasPrefix("/") ? String(target.dropFirst()) : "word/" + target
      }
    }
    part = found
    var ids: [Int] = []
    if let found, let bytes = try archive.content(of: found) {
      let editor = try MarkupEditor(bytes, name: found)
      guard editor.elements[0].prefix == "w:" else {
        throw XLSXError(.unsupportedChange, "The comments cannot be changed.", part: found)
      }
      ids = editor.descendants("comment", of: 0).compactMap {
        editor.attribute("id", of: $0).flatMap { Int($0) }
      }
      existing = editor
    }
    for name in ["commentRangeStart", "commentReference"] {
      ids += document.descendants(name, of: 0).compactMap {
        document.attribute("id", of: $0).flatMap { Int($0) }
      }
    }
    // An id that is no number of a comment is nobody's.
    next = (ids.filter { 0..<1_000_000_000 ~= $0 }.max() ?? -1) + 1
  }

  mutating func add(_ text: String, author: String, date: String) -> Int {
    let id = next
    next += 1
    var xml = Markup()
    xml.element(
      "w:comment",
      ["w:id": String(id), "w:author": author, "w:date": date + "T00:00:00Z", "w:initials": "退回"]
    ) { xml in
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        xml.append(Paragraph(String(line)))
      }
    }
    added.append((id, xml.text))
    return id
  }

  /// - Returns: The ids of the comments that are gone.
  mutating func remove(where isOurs: (String) -> Bool) -> Set<String> {
    guard var editor = existing else { return [] }
    var ids: Set<String> = []
    for comment in editor.descendants("comment", of: 0) where isOurs(editor.text(of: comment)) {
      guard let id = editor.attribute("id", of: comment) else { continue }
      ids.insert(id)
      for paragraph in editor.descendants("p", of: comment) {
        if let name = editor.attribute("paraId", of: paragraph) { removedParagraphs.insert(name) }
      }
      editor.remove(comment)
    }
    existing = editor
    return ids
  }

  func write(to archive: inout ArchiveEditor, relationships: String) throws {
    try forgetParagraphs(in: &archive)
    let xml = added.map(\.xml).joined()
    if let part, var editor = existing {
      if !xml.isEmpty { editor.append(xml, to: 0) }
      let bytes = editor.bytes()
      if bytes != (try archive.content(of: part)) { archive.set(part, bytes) }
      return
    }
    guard !xml.isEmpty else { return }
    var content = Markup.part()
    content.open("w:comments", Document.namespaces)
    content.raw(xml)
    content.close("w:comments")
    let name = part ?? Self.newPart
    archive.set(name, Array(content.text.utf8))
    if part == nil { try relate(name, in: &archive, relationships) }
    try declare(name, in: &archive)
  }

  private func relate(_ part: String, in archive: inout ArchiveEditor, _ relationships: String) throws {
    let empty =
      Markup.part().text
      + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"
    var links = try MarkupEditor(
      archive.content(of: relationships) ?? Array(empty.utf8), name: relationships)
    let taken = Set(links.elements.indices.compactMap { links.attribute("Id", of: $0) })
    var number = 1
    while taken.contains("rIdReturn\(number)") { number += 1 }
    let prefix = links.elements[0].prefix
    links.append(
      "<\(prefix)Relationship Id=\"rIdReturn\(number)\" Type=\"\(Self.kind)\" Target=\"comments.xml\"/>",
      to: 0)
    archive.set(relationships, links.bytes())
  }

  private func declare(_ part: String, in archive: inout ArchiveEditor) throws {
    let name = "[Content_Types].xml"
    guard let bytes = try archive.content(of: name) else { return }
    var types = try MarkupEditor(bytes, name: name)
    let isThere = types.descendants("Override", of: 0).contains {
      types.attribute("PartName", of: $0)?.lowercased() == "/" + part.lowercased()
    }
    if isThere { return }
    let prefix = types.elements[0].prefix
    types.append("<\(prefix)Override PartName=\"/\(part)\" ContentType=\"\(Self.contentType)\"/>", to: 0)
    archive.set(name, types.bytes())
  }

  /// What newer versions of Word keep of a comment in parts of their own goes with it.
  private func forgetParagraphs(in archive: inout ArchiveEditor) throws {
    guard !removedParagraphs.isEmpty else { return }
    for name in ["word/commentsExtended.xml", "word/commentsIds.xml"] {
      guard let bytes = try archive.content(of: name) else { continue }
      var editor = try MarkupEditor(bytes, name: name)
      var isChanged = false
      for index in editor.elements[0].children {
        guard let id = editor.attribute("paraId", of: index), removedParagraphs.contains(id) else { continue }
        editor.remove(index)
        isChanged = true
      }
      if isChanged { archive.set(name, editor.bytes()) }
    }
  }
}
