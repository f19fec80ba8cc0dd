/// By which words what comes in beside the forms is known: 总结, 实施方案, 图文 … All of it is data,
/// `Templates/documents.yaml` and a campaign's `documents:`.
public struct DocumentWords: Hashable, Sendable {
  /// Words in the name or the first lines of what is no form.
  public var names: [String]
  /// Words in the name of what was meant as a form.
  public var forms: [String]

  /// Places where mailers put what is too large to be attached.
  public var links: [LinkService]

  /// A server for large attachments, a shared disk, documents on a page.
  public struct LinkService: Hashable, Sendable {
    public var name: String
    /// Parts of its addresses or of the words around them.
    public var marks: [String]

    public init(name: String, marks: [String]) {
      self.name = name
      self.marks = marks
    }
  }

  public init(names: [String] = [], forms: [String] = [], links: [LinkService] = []) {
    self.names = names
    self.forms = forms
    self.links = links
  }

  static let file = "documents.yaml"

  /// What holds where a campaign says nothing else.
  public static let builtin: DocumentWords = {
    var result = DocumentWords()
    YAMLReader.builtin(file) { try result.read($0) }
    return result
  }()

  /// - Throws: ``FormsError`` with file and line, for a key that is not known.
  mutating func read(_ node: YAMLNode) throws {
    let map = try node.mapping(keys: ["names", "forms", "links"])
    if let node = map["names"] { names = try node.strings().map { LabelText.key($0) } }
    if let node = map["links"] {
      links = try node.mapping().pairs.map { LinkService(name: $0, marks: try $1.strings()) }
    }
    if let node = map["forms"] { forms = try node.strings().map { LabelText.key($0) } }
  }
}

extension CampaignLoader {
  /// The words of all campaigns, or those of the layers' `documents:`.
  func readDocuments() throws -> DocumentWords {
    var result = DocumentWords.builtin
    for node in values("documents") where !node.isSequence { try result.read(node) }
    return result
  }
}

extension Campaign {
  /// Whether a file's name says that it was meant as a form: by a form's label or title, or by a word for forms.
  func meansForm(_ file: String) -> Bool {
    let name = LabelText.key(ReportJudge.name(of: file))
    return documents.forms.contains { name.contains($0) }
      || forms.contains { form in
        ReportJudge.names(form, in: file) || name.contains(LabelText.key(form.title))
      }
  }

  /// Whether a text says what kind of document it is.
  func namesDocument(_ text: String) -> Bool {
    let text = LabelText.key(text)
    return documents.names.contains { text.contains($0) }
  }

  /// Whether a file without a form in it is a document beside the forms, and no form that failed.
  ///
  /// - Parameter opening: The first lines of its text.
  func isReceivedDocument(_ file: String, format: FileFormat, opening: [String], hasTable: Bool) -> Bool {
    guard format.isText, !meansForm(file) else { return false }
    // A table is a form that failed, whatever its name says; a Word document may have one of another kind.
    if format == .csv, hasTable { return false }
    if namesDocument(ReportJudge.name(of: file)) { return true }
    // So are sentences in place of the table.
    return format != .csv && !hasTable && !opening.isEmpty && !opening.contains(where: saysForm)
  }

  /// Whether a line is a form's label or has its title: `附件2`.
  private func saysForm(_ line: String) -> Bool {
    let key = LabelText.key(line)
    return forms.contains { form in
      key == LabelText.key(form.label) || key.contains(LabelText.key(form.title))
    }
  }
}

extension GridBook {
  /// The first lines of a text.
  var opening: [String] {
    var lines: [String] = []
    for cell in grids.first?.cells.values ?? [] {
      if case .text(let text) = cell.value { lines.append(text) }
      if lines.count == 5 { break }
    }
    return lines
  }

  /// Whether anything in it looks like a table: two rows of three cells or more, in a text file of two.
  var hasTable: Bool {
    let fewest = format == .csv ? 2 : 3
    return grids.contains { grid in
      var cellsInRow: [Int: Int] = [:]
      for (place, cell) in grid.cells where cell.value != .blank { cellsInRow[place.row, default: 0] += 1 }
      return cellsInRow.values.count { $0 >= fewest } >= 2
    }
  }
}
