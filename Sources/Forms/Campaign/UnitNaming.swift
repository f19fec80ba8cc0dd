/// How units write their names: the words that a campaign's units leave out, add or double (`naming:` in the campaign
/// file). The matching itself is ``UnitRegister``'s.
public struct UnitNaming: Hashable, Sendable {
  /// What may stand before a name without changing who is meant, longest first or not: `焦作市`, `河南省焦作市`.
  public var prefixes: [String]
  /// Words at the end of a name that may be missing, added or doubled: `总工会`, `工会`, `总`, `市`, `县`, `区`.
  public var suffixes: [String]
  /// Words of file names that say nothing about the unit: `统计表`, `情况`, `最终版`, `盖章件`. A short name counts in a
  /// file name only where it stands alone between such words, signs and digits.
  public var fileWords: [String]

  public init(prefixes: [String] = [], suffixes: [String] = [], fileWords: [String] = []) {
    self.prefixes = prefixes
    self.suffixes = suffixes
    self.fileWords = fileWords
  }
}
