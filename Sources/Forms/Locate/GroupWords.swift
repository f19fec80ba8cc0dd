/// What the words over a group of rows or columns say about it: whether its figures are those that are asked for.
struct GroupWords: Sendable {
  /// How much speaks for a group, least first.
  enum Standing: Int, Comparable, Sendable {
    /// Of another time or kind: last year's, the plan's.
    case other
    /// Nothing that anybody knows.
    case neutral
    /// 数量: plain figures.
    case figures
    /// 本期: asked for, unless another group says so more clearly.
    case period
    /// The sum of the others.
    case total
    case ours

    static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }
  }

  private struct Word: Sendable {
    let scalars: [Unicode.Scalar]
    let letters: LetterSet

    init(_ key: String) {
      scalars = Array(key.unicodeScalars)
      letters = LetterSet(scalars)
    }

    /// Where any of some words stands in a text.
    static func ranges(of words: [Word], in text: [Unicode.Scalar], _ letters: LetterSet) -> [Range<Int>] {
      var found: [Range<Int>] = []
      for word in words where letters.lacking(word.letters) == 0 {
        found += text.positions(of: word.scalars).map { $0..<($0 + word.scalars.count) }
      }
      return found
    }
  }

  private let ours: [Word]
  private let period: [Word]
  private let others: [Word]
  /// All three.
  private let framing: [Word]
  private let totals: Set<String>
  private let figures: [[Unicode.Scalar]]
  private let remarks: Set<String>
  private let samples: [String]
  private let continued: Set<String>
  private let year: Int

  /// Longer texts are sentences.
  private static let longestText = 24

  init(_ words: TableWords, totals: [String], year: Int) {
    func keys(_ list: TableWords.List) -> [String] {
      words[list].map { LabelText.key($0) }.filter { !$0.isEmpty }
    }
    ours = keys(.ours).map(Word.init)
    period = keys(.period).map(Word.init)
    others = keys(.others).map(Word.init)
    framing = ours + period + others
    figures = keys(.figures).map { Array($0.unicodeScalars) }
    self.totals = Set((["合计", "总计", "小计", "共计", "总数"] + totals).map { LabelText.key($0) })
    remarks = Set(keys(.remarks))
    samples = keys(.samples)
    continued = Set(keys(.continued))
    self.year = year
  }

  /// - Complexity: O(words × length) for texts of a heading's length, O(length) for longer ones.
  func standing(of text: String) -> Standing { standing(of: FoldedText(text)) }

  func standing(of text: FoldedText) -> Standing {
    let key = text.scalars
    guard !key.isEmpty, key.count <= Self.longestText else { return .neutral }
    let letters = LetterSet(key)
    // The longer word decides: 任务完成 is ours though 任务 alone is not, 完成率 is not though 完成 is.
    let own = Word.ranges(of: ours, in: key, letters)
    let foreign = Word.ranges(of: others, in: key, letters)
    if foreign.contains(where: { part in
      !own.contains {
        $0.count > part.count && $0.lowerBound <= part.lowerBound && $0.upperBound >= part.upperBound
      }
    }) {
      return .other
    }
    if let named = Self.year(in: key) {
      if named.year != year { return .other }
      if named.isWhole || !own.isEmpty { return .ours }
      return .neutral
    }
    if !own.isEmpty { return .ours }
    if !Word.ranges(of: period, in: key, letters).isEmpty { return .period }
    if isTotal(text) { return .total }
    return figures.contains { key.starts(with: $0) } ? .figures : .neutral
  }

  /// 小计, or a few letters before it: 线上小计, 1—11月合计.
  private func isTotal(_ text: FoldedText) -> Bool {
    totals.contains(text.key) || (text.scalars.count <= 10 && totals.contains { text.key.hasSuffix($0) })
  }

  /// `2023年`, `2023年度`, `2023`: the year that a text begins with, and whether it says nothing more than that.
  private static func year(in key: [Unicode.Scalar]) -> (year: Int, isWhole: Bool)? {
    let digits = key.prefix { 0x30...0x39 ~= $0.value }
    guard digits.count == 4, let year = Int(String(String.UnicodeScalarView(digits))), 1990...2100 ~= year
    else { return nil }
    let rest = String(String.UnicodeScalarView(key.dropFirst(4)))
    guard rest.isEmpty || rest.hasPrefix("年") else { return nil }
    return (year, ["", "年", "年度", "年数", "年全年"].contains(rest))
  }

  /// Whether a heading is that of remarks, numbers of rows and the like: no figures, whatever stands there.
  func isRemark(_ label: String) -> Bool {
    remarks.contains(LabelText.key(label)) || remarks.contains(LabelText.baseKey(label))
  }

  /// Whether a name or a caption says that a table only shows how it is filled in.
  func isSample(_ text: String) -> Bool {
    let key = LabelText.key(text)
    return samples.contains { key.holds($0) }
  }

  /// Whether a text over a table is such a word by itself, or has one in brackets at its end: …统计表（示例）.
  func isSampleCaption(_ text: String) -> Bool {
    let key = LabelText.key(text)
    guard samples.contains(where: key.holds) else { return false }
    let base = LabelText.baseKey(text)
    return key.count <= 8 || !samples.contains(where: base.holds)
  }

  /// Whether a title says that its table continues another: …统计表（续）.
  func isContinued(_ title: String) -> Bool {
    let key = LabelText.key(title)
    return continued.contains { key.hasSuffix($0) || key.hasPrefix($0) }
  }

  /// A text apart from the words of a group at its beginning or its end: `上年线上`, `场次（计划）`.
  func parted(_ text: FoldedText) -> [(words: String, rest: String)] {
    let key = text.scalars
    guard 3...Self.longestText ~= key.count else { return [] }
    var found: [(words: String, rest: String)] = []
    func add(_ words: ArraySlice<Unicode.Scalar>, _ rest: ArraySlice<Unicode.Scalar>) {
      found.append((String(words), String(rest)))
    }
    let letters = LetterSet(key)
    var lengths: Set<Int> = []
    var endings: Set<Int> = []
    for word in framing where letters.lacking(word.letters) == 0 {
      if key.starts(with: word.scalars) { lengths.insert(word.scalars.count) }
      if key.suffix(word.scalars.count).elementsEqual(word.scalars) { endings.insert(word.scalars.count) }
    }
    if Self.year(in: key) != nil { lengths.formUnion([5, 6]) }
    for length in lengths.sorted(by: >) where length < key.count { add(key[..<length], key[length...]) }
    for length in endings.sorted(by: >) where length < key.count {
      add(key.suffix(length), key.dropLast(length))
    }
    return found
  }
}

extension String {
  /// Whether another text stands within this one, byte for byte: every text over every table is asked, and a search that
  /// knows of normal forms takes a hundred times as long.
  fileprivate func holds(_ other: String) -> Bool {
    guard let first = other.utf8.first else { return true }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: other.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
