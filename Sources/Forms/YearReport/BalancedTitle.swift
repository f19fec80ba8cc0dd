/// Breaks a title into lines of about the same length, as official documents have it.
enum BalancedTitle {
  /// - Parameter width: Of the widest line, in Chinese characters.
  static func lines(_ title: String, width: Int) -> [String] {
    var rest = Array(title)
    let count = max(1, (title.displayWidth + 2 * width - 1) / (2 * width))
    var lines: [String] = []
    for left in stride(from: count, to: 1, by: -1) {
      let goal = String(rest).displayWidth / left
      guard let end = bestBreak(rest, near: goal, widest: 2 * width) else { break }
      lines.append(String(rest[..<end]))
      rest = Array(rest[end...].drop(while: \.isWhitespace))
    }
    return lines + [String(rest)]
  }

  /// The place nearest to a width where a line may end; what stands between quotation marks is kept together where it can be.
  private static func bestBreak(_ text: [Character], near goal: Int, widest: Int) -> Int? {
    var best: (place: Int, cost: Int)?
    var width = 0
    var depth = 0
    for (place, character) in text.enumerated() {
      if place > 0, width <= widest, mayBreak(text[place - 1], character) {
        let cost = abs(width - goal) + (depth > 0 ? goal / 3 : 0)
        if cost < best?.cost ?? .max { best = (place, cost) }
      }
      if opening.contains(character) { depth += 1 }
      if closing.contains(character) { depth -= 1 }
      width += String(character).displayWidth
    }
    return best?.place
  }

  private static let opening: Set<Character> = ["“", "‘", "《", "（", "("]
  private static let closing: Set<Character> = ["”", "’", "》", "）", ")"]
  private static let neverFirst: Set<Character> = ["、", "，", "。", "；", "：", "的", "·"]

  /// Not before a closing mark, after an opening one, or within a number or a word of Latin letters.
  private static func mayBreak(_ before: Character, _ after: Character) -> Bool {
    if closing.contains(after) || neverFirst.contains(after) || opening.contains(before) { return false }
    // A year belongs to its number.
    if before.isNumber, after == "年" { return false }
    return !(before.isASCII && after.isASCII && !before.isWhitespace && !after.isWhitespace)
  }
}
