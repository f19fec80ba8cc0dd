/// 同上 and the signs for it, which stand for what the line above says.
enum DittoText {
  private static let words: Set<String> = [
    "同上", "同前", "同上行", "同上栏", "同上一行", "上同", "〃", "″", "”", "\"", "''", "′′", "〞", "＂", "々", "ditto",
  ]

  /// - Complexity: O(1): longer texts are none.
  static func isDitto(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 16 else { return false }
    if words.contains(text) { return true }
    guard text.contains(" ") || text.contains("　") || text.contains("(") || text.contains("（") else {
      return false
    }
    return words.contains(
      text.filter { !" 　()（）".contains($0) })
  }
}
