/// What the words of one heading say: what it is called, in which measure it counts, of which type it is.
struct HeadingWords {
  var name: String
  var measure: String?
  var isPercent = false
  var isPart = false
  var choices: [String] = []
  /// What may be written there: 新建, 续建 and 改造 of 项目类别（新建/续建/改造）.
  var options: [String] = []
  var hintsDate = false

  init(_ text: String, words: LearnWords) {
    name = LearnText.printed(text)
    for part in words[.parts] where name.hasPrefix(part) && name.count > part.count {
      isPart = true
      name.removeFirst(part.count)
    }
    while let first = name.first, "：:；;、".contains(first) { name.removeFirst() }
    // （亩） below 面积 and nothing else.
    if let unit = Self.unit(name, words: words), name != unit {
      name = unit
      isPercent = Self.percents.contains(unit)
      measure = isPercent ? nil : words.measure(named: unit) ?? unit
      return
    }
    while let bracket = bracket(words) { name = bracket }
    // 金额/万元
    if measure == nil, let slash = name.lastIndex(where: { "/／,，:：".contains($0) }) {
      let behind = LearnText.plain(String(name[name.index(after: slash)...]))
      if words.measure(named: behind) != nil, slash > name.startIndex {
        measure = behind
        name = String(name[..<slash])
      }
    }
    while let last = name.last, "：:；;、*＊".contains(last) { name.removeLast() }
    if let last = name.last, "%％".contains(last), name.count > 1 {
      isPercent = true
      name.removeLast()
    }
    if name.isEmpty { name = LearnText.printed(text) }
    // A slash parts the steps of a path.
    name = String(name.map { $0 == "/" ? "／" : $0 })
  }

  private static let percents = ["%", "百分比", "百分数"]

  /// The unit of measure that a text is and nothing more: `（万元）`, `(单位：亩)`, `%`, and `公斤`, which is no heading of its own
  /// as 场次 is.
  static func unit(_ text: String, words: LearnWords) -> String? {
    let scalars = Array(LearnText.printed(text).unicodeScalars)
    guard let first = scalars.first, let last = scalars.last else { return nil }
    guard LabelText.isOpeningBracket(first), LabelText.isClosingBracket(last), scalars.count > 2 else {
      let plain = LearnText.plain(text)
      if percents.contains(plain) { return "%" }
      guard let known = words.measure(named: plain), !words.measureEnds.contains(where: { $0.word == plain })
      else { return nil }
      return known
    }
    var inside = LearnText.plain(String(String.UnicodeScalarView(scalars[1..<(scalars.count - 1)])))
    for head in ["计量单位:", "单位:"] where inside.hasPrefix(head) { inside.removeFirst(head.count) }
    if percents.contains(inside) { return "%" }
    return words.measure(named: inside)
  }

  /// The choices that a bracket behind a heading for words offers.
  private static func options(_ inside: String, of name: String, words: LearnWords) -> [String]? {
    let parts = inside.split(whereSeparator: { "/|".contains($0) }).map(String.init)
    guard parts.count >= 2, Set(parts).count == parts.count,
      parts.allSatisfy({ (1...10).contains($0.count) }),
      parts.allSatisfy({ !$0.contains { "等…()".contains($0) } }),
      words.typeEnds.first(where: { name.hasSuffix($0.word) })?.type == .text,
      !parts.contains(where: {
        words[.unitEnds].contains($0) || words[.notMeasures].contains($0) && $0 != "男" && $0 != "女"
      })
    else { return nil }
    return parts
  }

  /// The name without a bracket at its end that says how to fill it in.
  private mutating func bracket(_ words: LearnWords) -> String? {
    let (rest, inside) = LabelText.splitBracket(name)
    guard let inside else { return nil }
    var unit = LearnText.plain(inside)
    for head in ["计量单位:", "单位:", "单位"] where unit.hasPrefix(head) && unit.count > head.count {
      unit.removeFirst(head.count)
    }
    if Self.percents.contains(unit) {
      isPercent = true
      return rest
    }
    if let known = words.measure(named: unit) {
      measure = measure ?? known
      return rest
    }
    let parts = NameList.measures(in: unit)
    if parts.count >= 2, parts.allSatisfy({ words.measure(named: $0) != nil }) {
      // 篇/次
      measure = measure ?? (words.measures[parts.joined()] != nil ? parts.joined() : parts[0])
      return rest
    }
    if parts.count == 2, words[.yes].contains(parts[0]), words[.no].contains(parts[1]) {
      choices = parts
      return rest
    }
    if let found = Self.options(unit, of: rest, words: words) {
      options = found
      return rest
    }
    // 外借册次（册次）
    if (1...4).contains(unit.count), !words[.notMeasures].contains(unit), rest.count > unit.count,
      rest.hasSuffix(unit)
    {
      measure = measure ?? unit
      return rest
    }
    // 周课时数（节）: what the name counts, though no list has it.
    if (1...3).contains(unit.count), !words[.notMeasures].contains(unit),
      unit.unicodeScalars.allSatisfy({ $0.properties.isIdeographic }),
      words[.counted].contains(where: { rest.hasSuffix($0) })
    {
      measure = measure ?? unit
      return rest
    }
    if ["年月日", "年-月-日", "年月", "yyyy-mm-dd", "年.月.日", "年/月/日"].contains(unit.lowercased()) {
      hintsDate = true
      return rest
    }
    return nil
  }
}
