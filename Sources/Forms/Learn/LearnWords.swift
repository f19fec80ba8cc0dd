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
      fileWords, checkHeadings, right, wrong, codes, notAdded, documentVerbs, counted, textual, unitLabels,
      averages, genericCounts, deadlineLeads, counters, further, furtherLeads, continuous, sheetMarks,
      relations
  }

  private var lists: [List: [String]] = [:]
  /// The type of a heading by the words at its end, longest first.
  private(set) var typeEnds: [(word: String, type: LearnedType)] = []
  /// The measure of a heading by the words at its end, longest first.
  private(set) var measureEnds: [(word: String, measure: String)] = []
  let measures = UsualMeasures.settings
  private(set) var synonyms: [[String]] = []
  /// Measures of one thing that no factor says: 平方米 and 亩, by the number of their kind.
  private var kinds: [String: Int] = [:]
  /// The usual short forms of the ends of names: 卫健委 of 卫生健康委员会.
  private(set) var shortNames: [(end: String, short: [String])] = []
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
        "types", "measureWords", "synonyms", "headLines", "contacts", "kindsOfMeasures", "shortNames",
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
    synonyms = try map["synonyms"]?.list { try $0.strings() } ?? []
    for (index, node) in (try map["kindsOfMeasures"]?.list() ?? []).enumerated() {
      for name in try node.strings() { kinds[name] = index }
    }
    for (end, node) in try map["shortNames"]?.mapping().pairs ?? [] {
      shortNames.append((end, try node.strings()))
    }
    headLines = map["headLines"]
    for (name, node) in try map["contacts"]?.mapping().pairs ?? [] { contacts[name] = try node.strings() }
  }

  /// A measure by its name, or as it is compared: m2 for ㎡.
  func measure(named text: String) -> String? { UsualMeasures.measure(named: text)?.unit }

  /// What a heading's measure is called in the campaign: one with more digits behind its point than usual has a name of its
  /// own.
  func measureName(of node: LearnedForm.Node) -> String? {
    guard let measure = node.measure else { return nil }
    let digits = max(node.decimals ?? 0, node.isAverage ? Self.averageDecimals : 0)
    return digits > decimals(of: measure) ? "\(measure)（\(digits)位小数）" : measure
  }

  /// The settings of that measure.
  func measureSettings(of node: LearnedForm.Node) -> [YAMLPair] {
    guard let measure = node.measure else { return [] }
    var settings = measures[measure].flatMap { YAMLText($0).pairs } ?? []
    if measures[measure] == nil, let multiple = UsualMeasures.measure(named: measure) {
      settings = [
        ("scale", .plain(String(multiple.scale))), ("baseUnit", .text(multiple.baseUnit)),
        ("decimals", .plain(String(multiple.decimals))),
      ]
    }
    guard measureName(of: node) != measure else { return settings }
    settings.removeAll { $0.key == "unit" || $0.key == "decimals" }
    let digits = max(node.decimals ?? 0, node.isAverage ? Self.averageDecimals : 0)
    return [("unit", .text(measure)), ("decimals", .plain(String(digits)))] + settings
  }

  private static let averageDecimals = 2

  private func decimals(of measure: String) -> Int { UsualMeasures.measure(named: measure)?.decimals ?? 0 }

  /// How many base units one unit of a measure is, and which.
  func scale(of measure: String) -> (scale: Int, base: String) {
    UsualMeasures.measure(named: measure).map { ($0.scale, $0.baseUnit) } ?? (1, measure)
  }

  /// What a heading that prints no measure counts in by what stands above the table; `nil` where that says nothing of it.
  ///
  /// 单位：万元 is for money, and for what no word says anything of.
  func measure(of name: String, noted notes: [String]) -> String? {
    guard let own = measureEnds.first(where: { name.hasSuffix($0.word) })?.measure else {
      return notes.count == 1 ? notes.first : nil
    }
    return note(for: own, among: notes)
  }

  func isMoney(_ measure: String) -> Bool {
    self[.money].contains(measure) || self[.money].contains(scale(of: measure).base)
  }

  /// The measure above a table that is for figures of another: 万元 for 元, 亩 for 平方米.
  func note(for measure: String, among notes: [String]) -> String? {
    let isMoney = isMoney(measure)
    let base = scale(of: measure).base
    return notes.first {
      isMoney ? self.isMoney($0) : scale(of: $0).base == base || areOfOneKind($0, measure)
    }
  }

  /// Whether two measures measure the same, as 平方米 and 亩 do; also for one that may be mistaken for another.
  func areOfOneKind(_ a: String, _ b: String) -> Bool { kinds[a] != nil && kinds[a] == kinds[b] }

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
    let key = LabelText.key(LearnText.numbered(name)?.rest ?? name)
    return self[.totals].contains { LabelText.key($0) == key }
  }
}

/// What a heading asks for. The raw values are those of `type:` in a form's file.
enum LearnedType: String, Sendable {
  case number, text, date, choice, percent, phone, index
  case yesNo = "yes-no"
  case citizenID = "citizen-id"
}
