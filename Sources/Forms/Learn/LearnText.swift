import Foundation

/// Texts of notices and forms, as they are compared and taken apart.
enum LearnText {
  /// Half-width letters, digits and signs, nothing invisible: `填报 单位（盖章）：` gives `填报单位(盖章):`.
  static func plain(_ text: String) -> String {
    String(TextFolding.scalars(of: text).filter { $0 != " " })
  }

  /// Without spaces and line breaks, the characters as they are written.
  static func printed(_ text: String) -> String {
    String(text.unicodeScalars.filter { !TextFolding.isInvisible($0) })
  }

  /// How much of two titles is the same: the length of the longest text that both have, by ``LabelText/key(_:)``.
  ///
  /// - Complexity: O(length × length)
  static func common(_ a: String, _ b: String) -> Int {
    let a = Array(LabelText.key(a).unicodeScalars.prefix(120))
    let b = Array(LabelText.key(b).unicodeScalars.prefix(120))
    var best = 0
    var row = [Int](repeating: 0, count: b.count + 1)
    for x in a {
      var diagonal = 0
      for (index, y) in b.enumerated() {
        let above = row[index + 1]
        row[index + 1] = x == y ? diagonal + 1 : 0
        best = max(best, row[index + 1])
        diagonal = above
      }
    }
    return best
  }

  private static let numerals = Array("一二三四五六七八九十")

  /// `附件 3`, `附表3：`, `表一`, also with words of the title behind: the label as printed, and what follows.
  static func label(_ text: String, words: LearnWords) -> (label: String, rest: String)? {
    let plain = Array(Self.plain(text))
    for word in words[.labels].map(Array.init).sorted(by: { $0.count > $1.count })
    where plain.starts(with: word) {
      var start = word.count
      while start < plain.count, ":-—".contains(plain[start]) { start += 1 }
      var end = start
      while end < plain.count, plain[end].isASCIIDigit { end += 1 }
      while end == start || plain[end - 1].isNumber, end + 1 < plain.count, plain[end] == "-",
        plain[end + 1].isASCIIDigit, end > start
      {
        end += 2
      }
      if end == start, start < plain.count, numerals.contains(plain[start]) { end = start + 1 }
      guard end > start || (start == plain.count && word.count > 1), end - start <= 5 else { continue }
      var rest = plain[end...]
      while let first = rest.first, ":).、-—．".contains(first) { rest.removeFirst() }
      return (String(word) + String(plain[start..<end]), String(rest))
    }
    return nil
  }

  /// 一、总计, （二）省级, 3.其他: the level of the number in front, the outermost first, and what follows.
  static func numbered(_ text: String) -> (level: Int, rest: String)? {
    let plain = Array(Self.plain(text))
    func run(_ start: Int, _ isPart: (Character) -> Bool) -> Int {
      var end = start
      while end < plain.count, end - start < 3, isPart(plain[end]) { end += 1 }
      return end
    }
    let isNumeral: (Character) -> Bool = { numerals.contains($0) }
    let isDigit: (Character) -> Bool = { $0.isASCIIDigit }
    func rest(_ level: Int, _ end: Int) -> (Int, String)? {
      end < plain.count ? (level, String(plain[end...])) : nil
    }
    let (word, digits) = (run(0, isNumeral), run(0, isDigit))
    if word > 0, word < plain.count, "、.".contains(plain[word]) { return rest(1, word + 1) }
    if digits > 0, digits < plain.count, "、.".contains(plain[digits]),
      digits + 1 < plain.count, !plain[digits + 1].isASCIIDigit
    {
      return rest(3, digits + 1)
    }
    guard plain.first == "(" else { return nil }
    for (level, end) in [(2, run(1, isNumeral)), (4, run(1, isDigit))] where end > 1 {
      if end < plain.count, plain[end] == ")" { return rest(level, end + 1) }
    }
    return nil
  }

  /// 附件二 and 附件2 are one label.
  static func labelKey(_ label: String) -> String {
    LabelText.key(
      String(
        label.map { character in
          numerals.firstIndex(of: character).map {
            Character(String($0 + 1).count == 1 ? String($0 + 1) : "十")
          }
            ?? character
        }))
  }
}

extension Character {
  /// 0 to 9. (参 and 万 are numbers to Unicode.)
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
