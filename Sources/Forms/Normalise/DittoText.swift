/// 同上 and the signs for it, which stand for what the line above says: the list `ditto` of a campaign's words.
struct DittoText: Sendable {
  private let words: Set<String>
  private let first: Set<Unicode.Scalar>
  private let longest: Int

  init(_ words: [String]) {
    self.words = Set(words)
    // Brackets may stand around it.
    // Three bytes a character in front, behind and between.
    longest = (words.map(\.utf8.count).max() ?? 0) * 2 + 6
    first = Set(words.compactMap(\.unicodeScalars.first)).union(["(", "（"])
  }

  /// - Complexity: O(1): longer texts are none.
  func isDitto(_ text: String) -> Bool {
    // Every text of a list is asked: most are none by their first character.
    guard text.utf8.count <= longest, let first = text.unicodeScalars.first, self.first.contains(first) else {
      return false
    }
    if words.contains(text) { return true }
    guard text.contains(" ") || text.contains("　") || text.contains("(") || text.contains("（") else {
      return false
    }
    return words.contains(text.filter { !" 　()（）".contains($0) })
  }
}
