/// Opens, goes on with and takes away conversations in a workbook that is being edited ([MS-XLSX] 2.6.205). Entries that are
/// as they were keep what else the file says of them.
struct ThreadEditing {
  /// The conversation of a cell before and after.
  struct Change {
    var old: CommentThread?
    var new: CommentThread?
  }

  let part: String
  let workbookPart: String

  private static let relationships = "http://schemas.microsoft.com/office/2017/10/relationships/"

  /// - Returns: What stands in for the new conversations among the comments.
  func apply(_ threads: [CellReference: Change], to edits: inout PackageEdits) throws
    -> [CellReference: ThreadTwin]
  {
    if threads.isEmpty { return [:] }
    let folder = PartName.folder(of: workbookPart)
    let known = try edits.linked(from: part, "threadedComment")
    let target = known ?? edits.freeName("\(folder)threadedComments/threadedComment", ".xml")
    guard
      var root = MarkupElement(try known.map { try edits.bytes(of: $0) } ?? Self.empty("ThreadedComments"))
    else { return [:] }
    var persons = try Persons(of: workbookPart, folder, in: edits)
    var twins: [CellReference: ThreadTwin] = [:]
    var before: [CellReference: [MarkupElement]] = [:]
    var taken: Set<String> = []
    for element in root.children("threadedComment") {
      if let cell = Self.cell(of: element) { before[cell, default: []].append(element) }
      if let id = element["id"] { taken.insert(id) }
    }
    var kept: [CellReference: Int] = [:]
    for (cell, change) in threads {
      let same = zip(change.old?.entries ?? [], change.new?.entries ?? []).prefix { $0 == $1 }.count
      kept[cell] = min(same, before[cell]?.count ?? 0)
    }
    var seen: [CellReference: Int] = [:]
    root.changeAll("threadedComment") { _, element in
      guard let cell = element.flatMap({ Self.cell(of: $0) }), let count = kept[cell] else { return }
      let place = seen[cell, default: 0]
      seen[cell] = place + 1
      if place >= count { return element = nil }
      if place == 0 { element?["done"] = threads[cell]?.new?.isResolved == true ? "1" : nil }
    }
    var added: [MarkupElement] = []
    for (cell, change) in threads.sorted(by: { $0.key < $1.key }) {
      guard let new = change.new else { continue }
      let first = before[cell]?.first?["id"] ?? Self.free("\(target) \(cell) 0", &taken)
      for (place, entry) in new.entries.enumerated().dropFirst(kept[cell] ?? 0) {
        let id = place == 0 ? first : Self.free("\(target) \(cell) \(place)", &taken)
        let person = persons.identifier(of: entry.author)
        let made = MarkupElement(prefix: root.prefix) {
          ThreadXML.append(
            entry, at: cell, person: person, identifier: id, parent: place == 0 ? nil : first,
            isResolved: place == 0 && new.isResolved, to: &$0)
        }
        if let made { added.append(made) }
      }
      twins[cell] = ThreadTwin(
        identifier: first, comment: CellComment(ThreadXML.twinText(of: new), author: "tc=\(first)"))
    }
    if !added.isEmpty { root.append(added) }
    if root.has("threadedComment") {
      edits.set(target, root.bytes)
      if known == nil {
        try edits.setContentType(.threadedComments, of: target)
        _ = try edits.relate(part, ofType: Self.relationships + "threadedComment", to: target)
      }
    } else if known != nil {
      try edits.detach(target, from: part)
    }
    try persons.finish(in: &edits)
    return twins
  }

  /// Reads what was changed again.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` if the file does not read as the model says: nothing is lost in silence.
  static func check(
    _ threads: [CellReference: Change], in source: WorkbookSource, part: String, sheet: String
  ) throws {
    if threads.isEmpty { return }
    let read = try CommentReader(SheetSurroundings(source: source, part: part)).read().threads
    for (cell, change) in threads.sorted(by: { $0.key < $1.key })
    where read[cell]?.entries.count != change.new?.entries.count
      || read[cell]?.isResolved != change.new?.isResolved
    {
      throw XLSXError(
        .unsupportedChange,
        "The conversation on this cell stands in the file in an unusual form, which cannot be changed without losing what it says; change it in Excel.",
        part: part, sheet: sheet, cell: cell)
    }
  }

  private static func cell(of element: MarkupElement) -> CellReference? {
    element["ref"].flatMap { CellReference($0.trimmingXMLSpace) }
  }

  private static func empty(_ root: String) -> [UInt8] {
    var xml = ByteBuffer()
    xml.declaration()
    xml.append(
      raw: "<\(root) xmlns=\"\(Namespace.threadedComments)\" xmlns:x=\"\(Namespace.main)\"></\(root)>")
    return xml.array()
  }

  /// An identifier that no entry has.
  private static func free(_ text: String, _ taken: inout Set<String>) -> String {
    var attempt = text
    while !taken.insert(StableIdentifier.guid(attempt)).inserted { attempt += "'" }
    return StableIdentifier.guid(attempt)
  }

  /// The workbook's list of who wrote in conversations.
  private struct Persons {
    let workbookPart: String
    let part: String
    let isNew: Bool
    var root: MarkupElement?
    var identifiers: [String: String] = [:]
    var taken: Set<String> = []
    var isChanged = false

    init(of workbookPart: String, _ folder: String, in edits: PackageEdits) throws {
      let known = try edits.linked(from: workbookPart, "person")
      self.workbookPart = workbookPart
      isNew = known == nil
      part = known ?? edits.freeName("\(folder)persons/person", ".xml")
      root = MarkupElement(try known.map { try edits.bytes(of: $0) } ?? ThreadEditing.empty("personList"))
      for person in root?.children("person") ?? [] {
        if let id = person["id"] { taken.insert(id) }
        guard let name = person["displayName"], let id = person["id"], identifiers[name] == nil else {
          continue
        }
        identifiers[name] = id
      }
    }

    mutating func identifier(of name: String) -> String {
      if let known = identifiers[name] { return known }
      let id = ThreadEditing.free("person \(name)", &taken)
      let made = MarkupElement(prefix: root?.prefix ?? "") {
        ThreadXML.appendPerson(name, identifier: id, to: &$0)
      }
      if let made { root?.append([made]) }
      identifiers[name] = id
      isChanged = true
      return id
    }

    func finish(in edits: inout PackageEdits) throws {
      guard isChanged, let root else { return }
      edits.set(part, root.bytes)
      guard isNew else { return }
      try edits.setContentType(.persons, of: part)
      _ = try edits.relate(workbookPart, ofType: ThreadEditing.relationships + "person", to: part)
    }
  }
}
