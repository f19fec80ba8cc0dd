import BuiltinTemplates

/// Which characters are taken for one another when a name is written by hand or typed by its sound: such as look alike
/// (涉 and 陟), and such as sound alike whatever their tone (洲 and 州).
///
/// The table is data, `Templates/look-alikes.txt`, which names its sources.
struct LookAlikes: Sendable {
  /// The table inside the program, read when the first name needs it.
  static let shared = LookAlikes(BuiltinTemplates.text(ofFile: "look-alikes.txt") ?? "")

  /// The groups of each character, ascending.
  private let groups: [Unicode.Scalar: [Int32]]

  /// - Parameter text: Lines of groups of characters; what follows `#` is a remark, a word in brackets begins a section,
  ///   and a word of letters in front of a group is what it sounds like.
  /// - Complexity: O(length)
  init(_ text: String) {
    var groups: [Unicode.Scalar: [Int32]] = [:]
    var count: Int32 = 0
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") && !line.hasPrefix("[") {
      for group in line.split(separator: " ") {
        guard let first = group.unicodeScalars.first, !first.isASCII else { continue }
        for scalar in group.unicodeScalars { groups[scalar, default: []].append(count) }
        count += 1
      }
    }
    self.groups = groups
  }

  /// - Complexity: O(groups of the two characters), a dozen at most.
  func areAlike(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
    if a == b { return true }
    guard let first = groups[a], let second = groups[b] else { return false }
    return first.contains { second.contains($0) }
  }
}
