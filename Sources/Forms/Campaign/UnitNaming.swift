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
  /// The kinds of places, which tell places of one name apart: `市`, `县`, `区`.
  public var kinds: [String]
  /// How the names of a unit's parts end, which are no units themselves: `街道`, `镇`.
  public var parts: [String]
  /// How the names of those end who belong to the unit that stands before them: `温县第一中学`.
  public var members: [String]

  /// - Parameters:
  ///   - kinds: `nil` takes the usual ones, `Templates/naming.yaml`; so do `parts` and `members`.
  public init(
    prefixes: [String] = [], suffixes: [String] = [], fileWords: [String] = [], kinds: [String]? = nil,
    parts: [String]? = nil, members: [String]? = nil
  ) {
    self.prefixes = prefixes
    self.suffixes = suffixes
    self.fileWords = fileWords
    self.kinds = kinds ?? Self.usual["kinds"] ?? []
    self.parts = parts ?? Self.usual["parts"] ?? []
    self.members = members ?? Self.usual["members"] ?? []
  }

  /// The words that every campaign uses unless it has its own.
  private static let usual: [String: [String]] = {
    let keys = ["kinds", "parts", "members"]
    let words = YAMLReader.builtin("naming.yaml") { root in
      let map = try root.mapping(keys: keys)
      return try keys.reduce(into: [:]) { $0[$1] = try map[$1]?.strings() }
    }
    return words ?? [:]
  }()
}
