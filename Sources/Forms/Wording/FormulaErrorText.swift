/// Why a formula could not be calculated, in both languages.
enum FormulaErrorText {
  /// - Parameter fact: What the library says (`FormulaError.description`), in English.
  static func reason(_ fact: String) -> LocalizedText {
    LocalizedText(zh: chinese(fact), en: fact)
  }

  private static func chinese(_ fact: String) -> String {
    if fact.hasPrefix("circular reference") { return "循环引用：该格用到了自己" }
    if let words = SentencePattern("cannot be recalculated: function …").words(of: fact) {
      return "暂不能计算函数\(words[0])"
    }
    if fact.hasPrefix("cannot be recalculated") { return "含有暂不能计算的引用或写法" }
    if let words = SentencePattern("… at character … of the formula").words(of: fact) {
      return "公式第\(words[1])个字符处写法有误"
    }
    return "公式过长或过于复杂"
  }
}

/// A sentence with blanks, each written `…`.
struct SentencePattern {
  private let pieces: [Substring]

  init(_ text: String) { pieces = text.split(separator: "…", omittingEmptySubsequences: false) }

  /// What stands in the blanks of a sentence of this pattern; `nil` for any other sentence.
  func words(of sentence: String) -> [String]? {
    guard let first = pieces.first, sentence.hasPrefix(first) else { return nil }
    var rest = sentence.dropFirst(first.count)
    var words: [String] = []
    for (position, piece) in pieces.enumerated().dropFirst() {
      let isLast = position == pieces.count - 1
      if isLast {
        guard rest.hasSuffix(piece) else { return nil }
        words.append(String(rest.dropLast(piece.count)))
        return words
      }
      guard let place = rest.firstRange(of: piece) else { return nil }
      words.append(String(rest[..<place.lowerBound]))
      rest = rest[place.upperBound...]
    }
    return rest.isEmpty ? words : nil
  }

  /// A sentence of another language, `{0}` standing for the first blank's words.
  static func fill(_ text: String, _ words: [String]) -> String {
    var values: [String: MessageValue] = [:]
    for (position, word) in words.enumerated() { values[String(position)] = MessageValue(word) }
    return MessageTemplate.fill(LocalizedText(zh: text, en: text), values).chinese
  }
}
