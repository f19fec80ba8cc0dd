/// Adds comments to a sheet that is being edited, beside those that it has.
struct CommentEditing {
  /// The sheet's rows and columns, by which boxes are measured.
  let content: SheetContent
  /// The comments that the file has.
  var known: [CellReference: CellComment] = [:]
  let part: String

  /// - Parameters:
  ///   - comments: The new comments by cell; `nil` takes the cell's comment away.
  ///   - twins: What stands in for conversations that change. That of one that does not change stays.
  ///   - ended: The cells whose conversation is gone.
  func apply(
    _ comments: [CellReference: CellComment?], twins: [CellReference: ThreadTwin] = [:],
    ended: Set<CellReference> = [], to edits: inout PackageEdits
  ) throws {
    var comments = comments
    for (cell, twin) in twins { comments[cell] = .some(twin.comment) }
    var boxless: Set<CellReference> = []
    var entries: [CommentsXML.Entry] = []
    var old: [CellReference: String] = [:]
    let target = try edits.linked(from: part, "comments")
    if let target { old = Self.authors(ofCommentsIn: try edits.bytes(of: target)) }
    for (cell, comment) in comments.sorted(by: { $0.key < $1.key }) {
      let isTwin = old[cell]?.hasPrefix("tc=") == true
      if isTwin, twins[cell] == nil, !ended.contains(cell) { continue }
      if let comment {
        entries.append((cell, comment))
        if old[cell] != nil, needsLargerBox(comment, at: cell) { boxless.insert(cell) }
      } else if old[cell] != nil {
        boxless.insert(cell)
      }
    }
    if entries.isEmpty, boxless.isEmpty { return }
    if let target {
      let removed = boxless.subtracting(entries.map(\.key))
      let bytes = Self.extended(try edits.bytes(of: target), entries, twins, without: removed)
      edits.set(target, bytes)
      // A list without comments is none to Excel; the drawing stays, which can hold other shapes.
      if Self.authors(ofCommentsIn: bytes).isEmpty { try edits.remove(target, from: part) }
    } else {
      let name = edits.freeName("/xl/comments", ".xml")
      let xml = edits.namespaced(CommentsXML.part(entries, twins).array())
      try edits.add(name, .comments, xml, to: part, "comments")
    }
    if !boxless.isEmpty, let drawing = try legacyDrawing(in: edits), edits.contains(drawing) {
      edits.set(drawing, CommentBoxes.removing(try edits.bytes(of: drawing), of: boxless))
    }
    // A comment that replaces another takes its box, if it is large enough.
    try addShapes(entries.filter { old[$0.key] == nil || boxless.contains($0.key) }, to: &edits)
  }

  private func needsLargerBox(_ comment: CellComment, at cell: CellReference) -> Bool {
    guard let before = known[cell] else { return true }
    let (old, new) = (
      CommentsXML.boxSize(for: before.text.plainText), CommentsXML.boxSize(for: comment.text.plainText)
    )
    return new.width > old.width || new.height > old.height
  }

  private func addShapes(_ entries: [CommentsXML.Entry], to edits: inout PackageEdits) throws {
    if entries.isEmpty { return }
    let metrics = SheetMetrics(content)
    if let target = try legacyDrawing(in: edits), edits.contains(target) {
      edits.set(target, extendedDrawing(try edits.bytes(of: target), entries, metrics))
      return
    }
    let block = try freeBlock(edits)
    let blocks = block...(block + entries.count / 1023)
    let name = edits.freeName("/xl/drawings/vmlDrawing", ".vml")
    let xml = CommentsXML.drawing(entries, blocks: blocks, metrics).array()
    let id = try edits.add(name, .vmlDrawing, xml, to: part, "vmlDrawing", byExtension: true)
    try edits.lead(part, by: "legacyDrawing", id: id)
  }

  /// The drawing that the sheet's `legacyDrawing` names: the sheet can have others, for its header.
  private func legacyDrawing(in edits: PackageEdits) throws -> String? {
    let id = MarkupElement(try edits.bytes(of: part))?.child("legacyDrawing")?.attributeValue(localName: "id")
    return try id.flatMap { id in try edits.linked(from: part, id: id) }
  }

  // The comments part.

  /// Who wrote the comment of each cell.
  private static func authors(ofCommentsIn bytes: [UInt8]) -> [CellReference: String] {
    let names = authors(of: bytes)
    var cells: [CellReference: String] = [:]
    for tag in MarkupScanner.tags("comment", in: bytes) {
      guard let cell = tag["ref"].flatMap({ CellReference($0) }) else { continue }
      let author = tag.integer("authorId") ?? -1
      cells[cell] = names.indices.contains(author) ? names[author] : ""
    }
    return cells
  }

  private static func extended(
    _ bytes: [UInt8], _ entries: [CommentsXML.Entry], _ twins: [CellReference: ThreadTwin],
    without removed: Set<CellReference>
  ) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    if !twins.isEmpty { declareRevisions(&root) }
    let replaced = removed.union(entries.map(\.key))
    root.changeAll("commentList") { _, list in
      list?.changeAll("comment") { _, comment in
        let cell = comment?["ref"].flatMap { CellReference($0) }
        if cell.map(replaced.contains) == true { comment = nil }
      }
    }
    var authors = authors(of: bytes)
    let order = ["authors", "commentList", "extLst"]
    for (_, comment) in entries where !authors.contains(comment.author) {
      authors.append(comment.author)
      root.change("authors", order: order) { list in
        var author = MarkupElement("author", prefix: list.prefix)
        author.setText(comment.author, codesControls: true)
        list.append([author])
      }
    }
    let namespace = root.namespace
    root.change("commentList", order: order) { list in
      list.append(
        entries.compactMap { cell, comment in
          MarkupElement(prefix: "") { xml in
            xml.begin("comment")
            xml.attribute("xmlns", namespace)
            xml.attribute("ref", reference: cell)
            xml.attribute("authorId", authors.firstIndex(of: comment.author) ?? 0)
            if let twin = twins[cell] {
              xml.attribute("shapeId", 0)
              xml.attribute("xmlns:xr", Namespace.revision)
              xml.attribute("xr:uid", twin.identifier)
            }
            xml.append("><text>")
            RichTextXML.append(comment.text, to: &xml)
            xml.append("</text></comment>")
          }
        })
    }
    return root.bytes
  }

  /// Lets other programs pass over the identifiers of conversations.
  private static func declareRevisions(_ root: inout MarkupElement) {
    let ignored = root["mc:Ignorable"] ?? ""
    root["xmlns:xr"] = Namespace.revision
    if root["xmlns:mc"] == nil { root["xmlns:mc"] = Namespace.markupCompatibility }
    if !ignored.split(separator: " ").contains("xr") {
      root["mc:Ignorable"] = ignored.isEmpty ? "xr" : ignored + " xr"
    }
  }

  private static func authors(of bytes: [UInt8]) -> [String] {
    MarkupElement(bytes)?.child("authors")?.children("author").map(\.text.decodingEscapes) ?? []
  }

  // The drawing part, which is VML and need not be well-formed XML.

  private func extendedDrawing(
    _ bytes: [UInt8], _ entries: [CommentsXML.Entry], _ metrics: SheetMetrics
  ) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.ranges(of: "</xml>").last?.lowerBound else { return bytes }
    var shape = Self.numbers(after: "_x0000_s", in: text).max() ?? 1024
    var xml = ByteBuffer()
    if !text.contains("_x0000_t202\"") {
      xml.append(
        """
        <v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
        id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
        <v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
        """)
    }
    for (order, entry) in entries.enumerated() {
      shape += 1
      CommentsXML.append(
        entry.key, entry.value, shape: shape, order: text.count { $0 == "<" } + order, metrics, to: &xml)
    }
    // The prefixes are declared again, in case the part uses others.
    let shapes = String(decoding: xml.array(), as: UTF8.self).replacing(
      "<v:shape ",
      with:
        "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\" "
    )
    return Array((text[..<end] + shapes + text[end...]).utf8)
  }

  /// A block of shape ids that no drawing of the workbook has.
  private func freeBlock(_ edits: PackageEdits) throws -> Int {
    var highest = 0
    for entry in edits.package.archive.entries where entry.name.lowercased().hasSuffix(".vml") {
      let text = String(decoding: try edits.bytes(of: "/" + entry.name), as: UTF8.self)
      highest = max(highest, (Self.numbers(after: "_x0000_s", in: text).max() ?? 0) / 1024)
    }
    return highest + 1
  }

  private static func numbers(after mark: String, in text: String) -> [Int] {
    text.split(separator: mark).dropFirst().compactMap { piece in
      let digits = piece.prefix { $0.isASCII && $0.isNumber }
      return digits.count <= 9 ? Int(digits) : nil
    }
  }
}
