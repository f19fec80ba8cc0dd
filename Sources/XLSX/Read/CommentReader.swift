/// Reads a sheet's comments: the old ones (ECMA-376 Part 1, 18.7), whether they show (their VML boxes), and the threads of
/// Excel 365 ([MS-XLSX] 2.6.205), each of which has an old comment as its stand-in.
struct CommentReader {
  private let surroundings: SheetSurroundings

  init(_ surroundings: SheetSurroundings) { self.surroundings = surroundings }

  /// - Returns: The comments, conversations among them as one text each, and the conversations by themselves.
  func read() throws -> (comments: [CellReference: CellComment], threads: [CellReference: CommentThread]) {
    var comments = try legacyComments()
    var threads: [CellReference: CommentThread] = [:]
    if !comments.isEmpty {
      try surroundings.tolerating {
        for cell in try visibleNotes() { comments[cell]?.isVisible = true }
      }
    }
    try surroundings.tolerating { threads = try readThreads() }
    comments.merge(threads.mapValues(\.comment)) { _, thread in thread }
    return (comments, threads)
  }

  private func legacyComments() throws -> [CellReference: CellComment] {
    guard let part = surroundings.existingPart(ofKind: "comments") else { return [:] }
    var authors: [String] = []
    var comments: [CellReference: CellComment] = [:]
    try surroundings.source.package.walk(part) { element, path in
      path.isEmpty || element.name == "authors" || element.name == "commentList" ? .enter : .collect
    } collected: { element, _ in
      if element.name == "author" { authors.append(element.text.decodingEscapes) }
      guard element.name == "comment", let cell = element["ref"].flatMap({ CellReference($0) }) else {
        return
      }
      let author = element.integer("authorId") ?? -1
      let text = element.child("text").map { RichTextReader.read($0) } ?? RichText([])
      comments[cell] = CellComment(text, author: authors.indices.contains(author) ? authors[author] : "")
    }
    return comments
  }

  /// The cells whose note is shown all the time. VML counts rows and columns from 0.
  private func visibleNotes() throws -> [CellReference] {
    guard let part = surroundings.existingPart(ofKind: "vmlDrawing") else { return [] }
    var cells: [CellReference] = []
    try surroundings.source.package.walk(part) { element, path in
      path.isEmpty ? .enter : element.name == "shape" ? .collect : .skip
    } collected: { shape, _ in
      guard let data = shape.child("ClientData"), data["ObjectType"] == "Note",
        data.child("Visible").map({ $0.text.trimmingXMLSpace != "False" }) == true,
        let row = (data.child("Row")?.text.trimmingXMLSpace).flatMap({ Int($0) }),
        let column = (data.child("Column")?.text.trimmingXMLSpace).flatMap({ Int($0) }),
        0..<CellReference.maximumRow ~= row, 0..<CellReference.maximumColumn ~= column
      else { return }
      cells.append(CellReference(row: row + 1, column: column + 1))
    }
    return cells
  }

  private func readThreads() throws -> [CellReference: CommentThread] {
    guard let part = surroundings.existingPart(ofKind: "threadedComment") else { return [:] }
    let persons = try persons()
    var threads: [CellReference: CommentThread] = [:]
    try surroundings.source.package.walk(part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: {
      element, _ in
      guard element.name == "threadedComment", let cell = element["ref"].flatMap({ CellReference($0) }) else {
        return
      }
      let entry = CommentThread.Entry(
        element.child("text")?.text ?? "", author: element["personId"].flatMap { persons[$0] } ?? "",
        date: element["dT"].map(Self.seconds))
      threads[cell, default: CommentThread([])].entries.append(entry)
      if element.flag("done") == true { threads[cell]?.isResolved = true }
    }
    return threads
  }

  /// `2024-11-20T08:00:00.00` as ``CommentThread/Entry/date`` has it. Excel stores UTC without saying so.
  private static func seconds(_ text: String) -> String {
    let date = text.prefix(19)
    return date.utf8.count == 19 ? date + "Z" : text
  }

  private func persons() throws -> [String: String] {
    let source = surroundings.source
    guard let part = try source.package.part(ofKind: "person", from: source.part),
      source.package.contains(part)
    else { return [:] }
    var names: [String: String] = [:]
    try source.package.walk(part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: { element, _ in
      if let id = element["id"] { names[id] = element["displayName"] }
    }
    return names
  }
}
