import XLSX

/// The labels of the lines around a campaign's tables: 填报单位（盖章）, 填报时间, 填报人, 联系电话.
struct HeadLineVocabulary: Sendable {
  typealias Role = FormDefinition.HeadLine.Role

  /// A label found in a text, with what follows it there.
  struct Match: Hashable, Sendable {
    var roles: [Int: Role]
    /// Trimmed; empty if nothing follows, or only the place to write it.
    var value: String
    var certainty: Certainty
    /// Whether the text leaves room to write behind the label: spaces, underscores, 年 月 日.
    var hasRoom: Bool
  }

  /// How sure it is that a text is such a line, and not a sentence that happens to begin with its words.
  enum Certainty: Int, Comparable, Hashable, Sendable {
    /// `填报人张三`
    case attached
    /// `填报人 张三`
    case spaced
    /// `填报人` alone in its cell.
    case alone
    /// `填报人：…`
    case colon

    static func < (a: Certainty, b: Certainty) -> Bool { a.rawValue < b.rawValue }
  }

  private struct Label: Sendable {
    var key: [Unicode.Scalar]
    /// The form's position → what the label means there.
    var roles: [Int: Role]
  }

  /// The longest first.
  private var labels: [Label] = []
  private var firstScalars: Set<Unicode.Scalar> = []
  private var measures: Set<String> = []
  /// In bytes; what is longer is a unit's name, and the list need not be at hand.
  private static let longestMeasure = 24

  init(_ forms: [FormDefinition]) {
    var roles: [String: [Int: Role]] = [:]
    for (index, form) in forms.enumerated() {
      for line in form.headLines {
        for text in [line.label] + line.aliases {
          for key in [LabelText.key(text), LabelText.baseKey(text)] where key.unicodeScalars.count >= 2 {
            if roles[key]?[index] == nil { roles[key, default: [:]][index] = line.role }
          }
        }
      }
    }
    for form in forms {
      for field in form.fields { measures.insert(LabelText.key(field.measure.unit)) }
    }
    labels = roles.map { (text: $0, label: Label(key: Array($0.unicodeScalars), roles: $1)) }
      .sorted { ($1.label.key.count, $0.text) < ($0.label.key.count, $1.text) }.map(\.label)
    firstScalars = Set(labels.compactMap(\.key.first))
  }

  /// The labels in a text, in order. `填报人：张三    联系电话：0391-3999920` has two.
  ///
  /// - Complexity: O(length × labels) for texts of up to 200 characters; longer ones are no such lines.
  func matches(in text: String) -> [Match] {
    guard text.utf8.count <= 600, text.unicodeScalars.contains(where: firstScalars.contains) else {
      return []
    }
    let source = Array(text.unicodeScalars)
    var folded: [(scalar: Unicode.Scalar, source: Int)] = []
    for (index, scalar) in source.enumerated() {
      LabelText.fold(scalar) { folded.append(($0, index)) }
    }
    var found: [(start: Int, end: Int, label: Label, certainty: Certainty)] = []
    var index = 0
    while index < folded.count {
      if let label = label(in: folded, at: index) {
        let start = folded[index].source
        let end = Self.end(of: label, from: folded[index + label.key.count - 1].source + 1, in: source)
        if let certainty = Self.certainty(of: source, start: start, end: end) {
          found.append((start, end, label, certainty))
          index += label.key.count
          continue
        }
      }
      index += 1
    }
    return found.enumerated().map { position, match in
      let limit = position + 1 < found.count ? found[position + 1].start : source.count
      let rest = match.end < limit ? source[match.end..<limit] : []
      let value = Self.value(rest)
      return Match(
        roles: match.label.roles, value: value, certainty: match.certainty,
        hasRoom: value.isEmpty && rest.contains { !Self.isColon($0) })
    }
  }

  /// Whether a text is nothing but measures, of the forms or such as everybody knows: 元, 万元、人次.
  func isMeasures(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 60 else { return false }
    let parts = NameList.measures(in: text)
    return !parts.isEmpty
      && parts.allSatisfy { part in
        let key = LabelText.key(part)
        return measures.contains(key)
          || key.utf8.count <= Self.longestMeasure && UsualMeasures.measure(named: part) != nil
      }
  }

  private func label(in folded: [(scalar: Unicode.Scalar, source: Int)], at index: Int) -> Label? {
    guard firstScalars.contains(folded[index].scalar) else { return nil }
    return labels.first { label in
      index + label.key.count <= folded.count
        && label.key.indices.allSatisfy { folded[index + $0].scalar == label.key[$0] }
    }
  }

  /// The position behind a label's words, and behind the marks of footnotes there.
  private static func end(of label: Label, from start: Int, in source: [Unicode.Scalar]) -> Int {
    var end = endOfWords(of: label, from: start, in: source)
    while let last = label.key.last, let next = FootnoteMarks.end(ofMarkAt: end, in: source, behind: last) {
      end = next
    }
    return end
  }

  /// The position behind a label's words: what stands in brackets behind it belongs to it (（盖章）, （签字）).
  private static func endOfWords(of label: Label, from start: Int, in source: [Unicode.Scalar]) -> Int {
    var end = start
    while end < source.count, LabelText.isClosingBracket(source[end]) { end += 1 }
    var next = end
    while next < source.count, TextFolding.isInvisible(source[next]) { next += 1 }
    guard next < source.count, LabelText.isOpeningBracket(source[next]) else { return end }
    let close = source[next...].firstIndex(where: LabelText.isClosingBracket)
    guard let close, close - next <= 12 else { return end }
    let after = source[(close + 1)...].first { !TextFolding.isInvisible($0) }
    return after.map(isColon) ?? true ? close + 1 : end
  }

  private static func certainty(of source: [Unicode.Scalar], start: Int, end: Int) -> Certainty? {
    let after = source[end...].first { !TextFolding.isInvisible($0) }
    if let after, isColon(after) { return .colon }
    let isFirst = source[..<start].allSatisfy(TextFolding.isInvisible)
    let isParted = start > 0 && !isWord(source[start - 1])
    if after == nil { return isFirst ? .alone : isParted ? .spaced : nil }
    if end < source.count, !isWord(source[end]) { return isFirst || isParted ? .spaced : nil }
    return isFirst ? .attached : nil
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool { LabelText.isWordLike(scalar) }

  static func isColon(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ":", "：", "﹕", "∶", "︰", "ː": true
    default: false
    }
  }

  /// What stands behind a label, without colons, spaces and the line to write on. A place-holder is nothing.
  private static func value(_ rest: ArraySlice<Unicode.Scalar>) -> String {
    func isPadding(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar {
      case "_", "＿", "—", "－", "-", "…", "；", ";", "，", ",", "|", "｜", "、", "/": true
      default: TextFolding.isInvisible(scalar) || isColon(scalar)
      }
    }
    var rest = rest
    rest = rest.drop { isPadding($0) && $0 != "-" }
    if let start = strangeLabel(in: rest, isBreak: isPadding) { rest = rest[..<start] }
    while let last = rest.last, isPadding(last) { rest.removeLast() }
    let value = String(rest)
    return isPlaceholder(value) ? "" : value
  }

  /// Where a label begins that is none of the form's own, behind a value: 审核人 in `王芳    审核人：张三`.
  private static func strangeLabel(
    in rest: ArraySlice<Unicode.Scalar>, isBreak: (Unicode.Scalar) -> Bool
  ) -> Int? {
    for colon in rest.indices where isColon(rest[colon]) {
      var start = colon
      while start > rest.startIndex, !isBreak(rest[start - 1]) { start -= 1 }
      let words = rest[start..<colon].filter { !LabelText.isBracket($0) }
      if start > rest.startIndex, 2...10 ~= words.count, words.allSatisfy(TextFolding.isAlphabetic) {
        return start
      }
    }
    return nil
  }

  /// Whether a text is a label that no form has, with or without its value (`审核人：`, `备注：含直播`), or a sentence: nothing
  /// that anyone would write as a value.
  static func isRemark(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    if scalars.contains("。") { return true }
    guard let colon = scalars.firstIndex(where: isColon) else { return false }
    var count = 0
    for scalar in scalars[..<colon] where !TextFolding.isInvisible(scalar) && !LabelText.isBracket(scalar) {
      guard !scalar.isASCII, TextFolding.isAlphabetic(scalar) else { return false }
      count += 1
    }
    return 1...8 ~= count
  }

  /// Whether a text only says that something is to be written there: `年 月 日`, `（请填写）`, `××`.
  static func isPlaceholder(_ text: String) -> Bool {
    let key = LabelText.scalars(text)
    return key.allSatisfy { $0 == "x" || $0 == "某" || $0 == "o" } || placeholders.contains(String(key))
  }

  private static let placeholders: Set<String> = [
    "年月日", "年月", "请填写", "请填", "待填", "待填写", "填写", "请输入", "此处填写", "在此填写",
  ]
}
