/// Names that stand one behind the other in a line: `甲县、乙县，丙县`.
public enum NameList {
  /// What parts names. 和 is part of many, and parts none.
  private static let signs = Set("、，,；;\n\r")

  /// - Parameter more: Signs that part names here too.
  /// - Returns: The names without spaces at their ends, none of them empty.
  public static func names(in text: String, also more: Set<Character> = []) -> [String] {
    text.split { signs.contains($0) || more.contains($0) }.map { String($0).trimmedOfInvisible }
      .filter { !$0.isEmpty }
  }

  /// What parts measures: 元、人, 篇/次, 万元或元（人）.
  private static let measureSigns = Set("、，,；;/和或 　（）()")

  /// The measures that a text names.
  static func measures(in text: String) -> [String] {
    text.split { measureSigns.contains($0) }.map(String.init)
  }
}
