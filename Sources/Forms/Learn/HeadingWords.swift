/// What the words of one heading say: what it is called, in which measure it counts, of which type it is.
struct HeadingWords {
  var name: String
  var measure: String?
  var isPercent = false
  var isPart = false
  var choices: [String] = []
  var hintsDate = false

  init(_ text: String, words: LearnWords) {
    name = LearnText.printed(text)
    for part in words[.parts] where name.hasPrefix(part) && name.count > part.count {
      isPart = true
      name.removeFirst(part.count)
    }
    while let first = name.first, "：:；;、".contains(first) { name.removeFirst() }
    while let bracket = bracket(words) { name = bracket }
    // 金额/万元
    if measure == nil, let slash = name.lastIndex(where: { "/／,，:：".contains($0) }) {
      let behind = LearnText.plain(String(name[name.index(after: slash)...]))
      if words.measures[behind] != nil, slash > name.startIndex {
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

  /// The name without a bracket at its end that says how to fill it in.
  private mutating func bracket(_ words: LearnWords) -> String? {
    let (rest, inside) = LearnText.splitBracket(name)
    guard let inside else { return nil }
    var unit = LearnText.plain(inside)
    for head in ["计量单位:", "单位:", "单位"] where unit.hasPrefix(head) && unit.count > head.count {
      unit.removeFirst(head.count)
    }
    if ["%", "百分比", "百分数"].contains(unit) {
      isPercent = true
      return rest
    }
    if let known = words.measure(named: unit) {
      measure = measure ?? known
      return rest
    }
    let parts = NameList.measures(in: unit)
    if parts.count >= 2, parts.allSatisfy({ words.measures[$0] != nil }) {
      // 篇/次
      measure = measure ?? (words.measures[parts.joined()] != nil ? parts.joined() : parts[0])
      return rest
    }
    if parts.count == 2, words[.yes].contains(parts[0]), words[.no].contains(parts[1]) {
      choices = parts
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
