extension TableWords {
  static let file = "words.yaml"
  static let keys = List.allCases.map(\.rawValue)

  /// What holds where a campaign says nothing else.
  public static let builtin: TableWords = {
    var result = TableWords()
    YAMLReader.builtin(file) { try result.read($0.mapping(keys: keys)) }
    return result
  }()

  /// Takes over the lists of a mapping, each as a whole.
  mutating func read(_ map: YAMLMapping) throws {
    for list in List.allCases {
      if let node = map[list.rawValue] { lists[list] = try node.strings() }
    }
  }
}

extension CampaignLoader {
  private static let wordKeys = ["totals", "ratios"] + TableWords.keys

  /// The words of all campaigns, changed list by list by the layers' `words:`.
  func readWords() throws -> TableWords {
    var result = TableWords.builtin
    for node in values("words") { try result.read(node.mapping(keys: Self.wordKeys)) }
    return result
  }

  /// The words for a sum.
  func totalWords() throws -> [String] {
    var words: [String] = []
    for node in values("words") {
      if let totals = try node.mapping(keys: Self.wordKeys)["totals"] { words = try totals.strings() }
    }
    return words
  }

  /// The words in which headings of ratios end.
  func ratioWords() throws -> [String] {
    var words = RatioWords.usual
    for node in values("words") {
      if let ratios = try node.mapping(keys: Self.wordKeys)["ratios"] { words = try ratios.strings() }
    }
    return words
  }
}
