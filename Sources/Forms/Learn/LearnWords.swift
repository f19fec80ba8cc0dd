/// The words by which a notice and a blank form are understood: `Templates/learn.yaml`.
struct LearnWords: Sendable {
  static let file = "learn.yaml"

  /// Plain lists of words, by their key in the file.
  enum List: String, CaseIterable, Sendable {
    case offices, officeTails, labels, unitLists, rosters, vagueUnits, unitEnds, unitHeadings, reporting,
      allForms,
      recurring, nextYear, documents, documentBreaks, documentWords, documentContexts, documentTails, skipped,
      totals, parts, index,
      measureColumns, valueColumns, notes, lists, otherSheets, yesNo, yes, no, money, notMeasures, suffixes,
      fileWords, checkHeadings, right, wrong, codes, notAdded, documentVerbs, counted, textual, unitLabels
  }

  private var lists: [List: [String]] = [:]
  /// The type of a heading by the words at its end, longest first.
  private(set) var typeEnds: [(word: String, type: LearnedType)] = []
  /// The measure of a heading by the words at its end, longest first.
  private(set) var measureEnds: [(word: String, measure: String)] = []
  let measures = UsualMeasures.settings
  private var aliases: [String: String] = [:]
  private(set) var scales: [String: (scale: Int, base: String)] = [:]
  private(set) var synonyms: [[String]] = []
  private(set) var headLines: YAMLNode?
  private(set) var contacts: [String: [String]] = [:]

  subscript(list: List) -> [String] { lists[list] ?? [] }

  /// What is part of the program.
  static let builtin: LearnWords = {
    var words = LearnWords()
    YAMLReader.builtin(file) { try words.read($0) }
    return words
  }()

  private mutating func read(_ root: YAMLNode) throws {
    let map = try root.mapping(
      keys: List.allCases.map(\.rawValue) + [
        "types", "measureWords", "synonyms", "headLines", "contacts",
      ])
    for list in List.allCases { lists[list] = try map[list.rawValue]?.strings() ?? [] }
    for (name, node) in try map["types"]?.mapping().pairs ?? [] {
      guard let type = LearnedType(rawValue: name) else { throw node.error(zh: "没有这种类型", en: "no such type") }
      typeEnds += try node.strings().map { ($0, type) }
    }
    for (name, node) in try map["measureWords"]?.mapping().pairs ?? [] {
      measureEnds += try node.strings().map { ($0, name) }
    }
    typeEnds.sort { $0.word.count > $1.word.count }
    measureEnds.sort { $0.word.count > $1.word.count }
    for (name, node) in measures {
      let settings = try node.mapping()
      scales[name] = (try settings["scale"]?.int() ?? 1, try settings["baseUnit"]?.string() ?? name)
    }
    // ㎡ is m2 to whoever compares texts.
    for name in measures.keys.sorted() where measures[LearnText.plain(name)] == nil {
      aliases[LearnText.plain(name)] = name
    }
    synonyms = try map["synonyms"]?.list { try $0.strings() } ?? []
    headLines = map["headLines"]
    for (name, node) in try map["contacts"]?.mapping().pairs ?? [] { contacts[name] = try node.strings() }
  }

  /// A measure by its name, or as it is compared: m2 for ㎡.
  func measure(named text: String) -> String? {
    measures[text] == nil ? aliases[text] : text
  }

  /// How many base units one unit of a measure is, and which.
  func scale(of measure: String) -> (scale: Int, base: String) { scales[measure] ?? (1, measure) }

  /// Other words for a heading.
  func synonyms(of name: String) -> [String] {
    let key = LabelText.key(name)
    var result: [String] = []
    for group in synonyms where group.contains(where: { LabelText.key($0) == key }) {
      for word in group where LabelText.key(word) != key && !result.contains(word) { result.append(word) }
    }
    return result
  }

  func isTotal(_ name: String) -> Bool {
    let key = LabelText.key(name)
    return self[.totals].contains { LabelText.key($0) == key }
  }
}

/// What a heading asks for. The raw values are those of `type:` in a form's file.
enum LearnedType: String, Sendable {
  case number, text, date, choice, percent, phone, index
  case yesNo = "yes-no"
  case citizenID = "citizen-id"
}
