/// A set of leaf headings of one axis of a form, as positions in ``FormDefinition/rowLeaves`` or `columnLeaves`.
///
/// What a heading says is a set of leaves: 送文艺 over its two rows is both of them, 场次 under five kinds all five.
/// What a row of a sheet says is the intersection of its headings, and a figure is where one row leaf and one column
/// leaf remain.
struct LeafSet: Hashable, Sendable {
  private var words: [UInt64]

  /// All leaves of an axis.
  init(all count: Int) {
    words = Array(repeating: .max, count: (count + 63) / 64)
    if count % 64 != 0, !words.isEmpty { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
  }

  /// A run of leaves of an axis with a number of leaves.
  init(_ range: Range<Int>, of count: Int) {
    words = Array(repeating: 0, count: (count + 63) / 64)
    for leaf in range where leaf < count { words[leaf / 64] |= 1 << UInt64(leaf % 64) }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  func contains(_ leaf: Int) -> Bool {
    words.indices.contains(leaf / 64) && words[leaf / 64] & (1 << UInt64(leaf % 64)) != 0
  }

  /// The only leaf; `nil` if there are several, or none.
  var single: Int? {
    var found: Int?
    for (index, word) in words.enumerated() where word != 0 {
      if found != nil || word.nonzeroBitCount > 1 { return nil }
      found = index * 64 + word.trailingZeroBitCount
    }
    return found
  }

  func intersection(_ other: LeafSet) -> LeafSet {
    var result = self
    for index in result.words.indices {
      result.words[index] &= index < other.words.count ? other.words[index] : 0
    }
    return result
  }

  mutating func formUnion(_ other: LeafSet) {
    for index in words.indices where index < other.words.count { words[index] |= other.words[index] }
  }

  func isDisjoint(with other: LeafSet) -> Bool {
    zip(words, other.words).allSatisfy { $0 & $1 == 0 }
  }
}
