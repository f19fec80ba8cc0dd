/// Every word that a campaign's forms use as a heading, so that scanning a sheet is one look-up per text cell.
struct HeadingVocabulary: Sendable {
  private var meanings: [String: [HeadingMeaning]] = [:]
  /// The words for a sum: those of every campaign's language, and those of this campaign's totals.
  private var totalWords: Set<String> = ["合计", "总计", "小计", "共计", "总数"]
  private var totalScalars: Set<Unicode.Scalar> = []
  private var longestWord = 0
  private var firstScalars: Set<Unicode.Scalar> = []
  private let groups: GroupWords

  init(_ forms: [FormDefinition], groups: GroupWords) {
    self.groups = groups
    var siblings = 0
    for (index, form) in forms.enumerated() {
      let sizes = (rows: form.rowLeaves.count, columns: form.columnLeaves.count)
      var leaf = 0
      add(form.rows, of: index, axis: .rows, level: 0, leaf: &leaf, sizes: sizes, siblings: &siblings)
      leaf = 0
      add(form.columns, of: index, axis: .columns, level: 0, leaf: &leaf, sizes: sizes, siblings: &siblings)
    }
    for key in meanings.keys { meanings[key] = meanings[key]?.map(Self.withoutWeakerSiblings) }
    totalScalars = Set((totalWords.union(Self.addedTotalWords)).joined().flatMap(\.unicodeScalars))
    longestWord = meanings.keys.map(\.unicodeScalars.count).max() ?? 0
    firstScalars = Set(meanings.keys.compactMap(\.unicodeScalars.first))
  }

  /// Whether a text is a word for a sum, whatever form it stands in.
  func isTotalWord(_ text: String) -> Bool { isTotalWord(FoldedText(text)) }

  func isTotalWord(_ text: FoldedText) -> Bool {
    if totalWords.contains(text.key) || text.base != text.key && totalWords.contains(text.base) {
      return true
    }
    return text.unmarked.map { isTotalWord($0) } ?? false
  }

  /// Whether a text has a character of some word for sums, or one that may stand for such: asked of every line of a list.
  private func mayBeTotalWord(_ text: String) -> Bool {
    text.unicodeScalars.contains { !(0x4E00...0x9FFF ~= $0.value) || totalScalars.contains($0) }
  }

  /// Whether a text is what people call sums that they add to a form: also 五项合计 or 全年总计, and for rows 核对数 or 累计.
  func isAddedTotalWord(_ text: String, forRows: Bool) -> Bool {
    // Folding is for what may be one.
    mayBeTotalWord(text) && isAddedTotalWord(FoldedText(text), forRows: forRows)
  }

  func isAddedTotalWord(_ text: FoldedText, forRows: Bool) -> Bool {
    if isTotalWord(text) { return true }
    if forRows, Self.addedTotalWords.contains(text.key) { return true }
    // A few letters (scalars) before the word.
    guard text.scalars.count <= 6 else { return false }
    let ending = String(text.scalars.suffix(2))
    return totalWords.contains(ending) || (forRows && Self.addedTotalWords.contains(ending))
  }

  /// What a row of sums adds up whose label says so itself: the measure in 场次合计, 合计（参加人数）; empty for others.
  func meaningsOfAddedTotal(_ text: String) -> [HeadingMeaning] { meaningsOfAddedTotal(FoldedText(text)) }

  func meaningsOfAddedTotal(_ text: FoldedText) -> [HeadingMeaning] {
    let key = text.scalars
    guard 3...12 ~= key.count else { return [] }
    for length in 2...3 where key.count > length {
      for (word, rest) in [
        (key.suffix(length), key.dropLast(length)), (key.prefix(length), key.dropFirst(length)),
      ] where totalWords.contains(String(word)) || Self.addedTotalWords.contains(String(word)) {
        if let found = meanings[String(rest)] { return found }
      }
    }
    return []
  }

  private static let addedTotalWords: Set<String> = [
    "核对数", "总合计", "合计数", "总计数", "总和", "累计", "汇总", "累计数", "汇总数",
  ]

  /// What a text can mean: a heading, a heading with its unit of measure in brackets or a number before it, or several
  /// headings in one cell (`送文艺场次`, `送文艺（场次）`).
  ///
  /// - Complexity: O(length²) for texts no longer than a few headings, O(length) for longer ones.
  func meanings(of text: String) -> [HeadingMeaning] { meanings(of: FoldedText(text)) }

  func meanings(of text: FoldedText) -> [HeadingMeaning] {
    var found = parsed(text.key)
    if text.key != text.base {
      // 活动场次（场） may be one form's heading, and 场次 in brackets nothing to another.
      let known = Set(found.map(\.form))
      found += parsed(text.base).filter { !known.contains($0.form) }
    }
    if !found.isEmpty { return found }
    if let unnumbered = NumberedText(text.text)?.heading {
      let found = parsed(LabelText.key(String(unnumbered)))
      if !found.isEmpty { return found }
    }
    // 参加人数①, 线下²
    return text.unmarked.map { meanings(of: $0) } ?? []
  }

  /// Whether a text begins as some heading does; asked of every line of a list.
  func mayBeHeading(_ text: String) -> Bool {
    guard text.utf8.count <= 120,
      let first = text.unicodeScalars.first(where: { !TextFolding.isInvisible($0) })
    else { return false }
    if firstScalars.contains(first) { return true }
    // 1.姓名, （一）姓名
    return !first.properties.isIdeographic && text.unicodeScalars.contains(where: firstScalars.contains)
  }

  /// What a text can mean, with the words of a group that stand in it: 上年 in `上年线上` or `场次（上年）`.
  ///
  /// - Complexity: as ``meanings(of:)``, and O(words × length) for short texts that are no heading.
  func reading(of text: String) -> (meanings: [HeadingMeaning], words: String?) {
    reading(of: FoldedText(text))
  }

  func reading(of text: FoldedText) -> (meanings: [HeadingMeaning], words: String?) {
    let own = meanings(of: text)
    if !own.isEmpty {
      let (key, base) = (text.key, text.base)
      guard key.utf8.count > base.utf8.count, key.hasPrefix(base) else { return (own, nil) }
      let words = String(key.dropFirst(base.count))
      return (own, groups.standing(of: words) == .neutral ? nil : words)
    }
    // 累计场次 is a sum that was added.
    guard text.text.utf8.count <= 90, meaningsOfAddedTotal(text).isEmpty else { return ([], nil) }
    for (words, rest) in groups.parted(text) where !isAddedTotalWord(words, forRows: true) {
      let found = parsed(rest)
      if !found.isEmpty { return (found, words) }
    }
    return ([], nil)
  }

  /// A single heading, or else headings put together. An alias such as 演出场次 may be read both ways.
  private func parsed(_ key: String) -> [HeadingMeaning] {
    // Most texts of a sheet begin with no heading.
    guard let first = key.unicodeScalars.first, firstScalars.contains(first) else { return [] }
    let whole = meanings[key] ?? []
    if whole.contains(where: { $0.wording != .alias }) { return whole }
    let fused = fused(Array(key.unicodeScalars)[...], parts: 1)
    return whole
      + fused.filter { meaning in !whole.contains { $0.form == meaning.form && $0.levels == meaning.levels } }
  }

  private func fused(_ key: ArraySlice<Unicode.Scalar>, parts: Int) -> [HeadingMeaning] {
    guard parts <= 6, key.count >= 2, key.count <= 6 * longestWord else { return [] }
    // The first heading that leaves a readable rest; of several the one that says most, and the longest of those:
    // 培训场次 is 场次, but 送培训 and 场次 in 培训场次线下. Forms differ in which one that is.
    var found: [HeadingMeaning] = []
    for length in stride(from: min(key.count - 1, longestWord), through: 1, by: -1) {
      guard let first = meanings[String(key.prefix(length))] else { continue }
      let rest = key.dropFirst(length)
      let second = meanings[String(rest)] ?? fused(rest, parts: parts + 1)
      let joined = first.flatMap { a in second.compactMap { a.joined(with: $0) } }
      for form in Set(joined.map(\.form)) {
        let (own, new) = (found.filter { $0.form == form }, joined.filter { $0.form == form })
        guard own.isEmpty || Self.openness(new) < Self.openness(own) else { continue }
        found.removeAll { $0.form == form }
        found += new
      }
    }
    return found
  }

  /// How many fields the narrowest of some readings leaves.
  private static func openness(_ meanings: [HeadingMeaning]) -> Int {
    meanings.map { $0.rows.count * $0.columns.count }.min() ?? .max
  }

  private mutating func add(
    _ headings: [Heading], of form: Int, axis: HeadingAxis, level: Int, leaf: inout Int,
    sizes: (rows: Int, columns: Int), siblings: inout Int
  ) {
    siblings += 1
    let group = siblings
    for heading in headings {
      let first = leaf
      if heading.children.isEmpty {
        leaf += 1
      } else {
        add(
          heading.children, of: form, axis: axis, level: level + 1, leaf: &leaf, sizes: sizes,
          siblings: &siblings)
      }
      let leaves = LeafSet(first..<leaf, of: axis == .rows ? sizes.rows : sizes.columns)
      var known: Set<String> = []
      let words: [(HeadingMeaning.Wording, [String])] = [
        (.printed, [heading.name, heading.printed]), (.synonym, heading.synonyms), (.alias, heading.aliases),
      ]
      for (wording, texts) in words {
        for key in texts.flatMap({ [LabelText.key($0), LabelText.baseKey($0)] })
        where !key.isEmpty && known.insert(key).inserted {
          if heading.isTotal, wording != .alias { totalWords.insert(key) }
          let node = HeadingMeaning.Node(
            axis: axis, siblings: group, leaves: leaves, wording: wording, label: heading.printed)
          add(node, under: key, form: form, levels: HeadingLevels(axis, level: level), sizes: sizes)
        }
      }
    }
  }

  private mutating func add(
    _ node: HeadingMeaning.Node, under key: String, form: Int, levels: HeadingLevels,
    sizes: (rows: Int, columns: Int)
  ) {
    if let index = meanings[key]?.firstIndex(where: { $0.form == form && $0.levels == levels }) {
      meanings[key]?[index].nodes.append(node)
      if node.axis == .rows {
        meanings[key]?[index].rows.formUnion(node.leaves)
      } else {
        meanings[key]?[index].columns.formUnion(node.leaves)
      }
      return
    }
    meanings[key, default: []].append(
      HeadingMeaning(
        form: form, levels: levels, rows: node.axis == .rows ? node.leaves : LeafSet(all: sizes.rows),
        columns: node.axis == .columns ? node.leaves : LeafSet(all: sizes.columns), nodes: [node]))
  }

  /// A word that is one heading's own name is not also the alias of its sibling.
  private static func withoutWeakerSiblings(_ meaning: HeadingMeaning) -> HeadingMeaning {
    var meaning = meaning
    let best = Dictionary(grouping: meaning.nodes, by: \.siblings).mapValues { $0.map(\.wording).min() }
    meaning.nodes = meaning.nodes.filter { $0.wording == best[$0.siblings] }
    guard var leaves = meaning.nodes.first?.leaves, let axis = meaning.nodes.first?.axis else {
      return meaning
    }
    for node in meaning.nodes.dropFirst() { leaves.formUnion(node.leaves) }
    if axis == .rows { meaning.rows = leaves } else { meaning.columns = leaves }
    return meaning
  }
}
