/// Tells a cell with the names of several people from one with the name of one.
struct PersonNames: Sendable {
  private let surnames: Set<String>
  private let familyNames: Set<Unicode.Scalar>

  /// - Parameters:
  ///   - surnames: Those of two characters.
  ///   - familyNames: Those of one.
  init(surnames: [String], familyNames: [String]) {
    self.surnames = Set(surnames)
    self.familyNames = Set(familyNames.compactMap(\.unicodeScalars.first))
  }

  /// How many people a text names, of two to four characters each; 1 for any other text.
  ///
  /// - Complexity: O(length); a look at the length for nearly all names.
  func count(in text: String) -> Int {
    // 王强李丽 in one piece may be one name; two of them with something between have five characters and more.
    guard 13...200 ~= text.utf8.count else { return 1 }
    let listed = NameList.names(in: text, also: ["/", "／"])
    if listed.count > 1 { return listed.allSatisfy(isName) ? listed.count : 1 }
    let apart = text.split(whereSeparator: \.isWhitespace).map(String.init)
    // 王五 组长 and 阿依古丽 买买提 are one person each.
    guard apart.count > 1, apart.allSatisfy({ isName($0) && hasSurname($0) }), !surnames.contains(apart[0])
    else { return 1 }
    return apart.count
  }

  private func hasSurname(_ text: String) -> Bool {
    guard text.unicodeScalars.count <= 3, let first = text.unicodeScalars.first else { return false }
    return familyNames.contains(first)
  }

  private func isName(_ text: String) -> Bool {
    let scalars = text.unicodeScalars.filter { !TextFolding.isInvisible($0) }
    return 2...4 ~= scalars.count && scalars.allSatisfy { 0x4E00...0x9FFF ~= $0.value }
  }
}
