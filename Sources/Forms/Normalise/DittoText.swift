/// 同上 and the signs for it, which stand for what the line above says.
enum DittoText {
  private static let words: Set<String> = [
    "同上", "同前", "同上行", "同上栏", "同上一行", "上同", "〃", "″", "”", "\"", "''", "′′", "〞", "＂", "々", "ditto",
  ]

  private static let first = Array("同上〃″”\"'′〞＂々d(（".unicodeScalars)

  /// - Complexity: O(1): longer texts are none.
  static func isDitto(_ text: String) -> Bool {
    // Every text of a list is asked: most are none by their first character.
    guard text.utf8.count <= 16, let first = text.unicodeScalars.first, Self.first.contains(first) else {
      return false
    }
    if words.contains(text) { return true }
    guard text.contains(" ") || text.contains("　") || text.contains("(") || text.contains("（") else {
      return false
    }
    return words.contains(
      text.filter { !" 　()（）".contains($0) })
  }
}
