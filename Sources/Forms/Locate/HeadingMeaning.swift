/// The levels of a form's two heading trees that a text speaks of: `场次` of the second level of the rows,
/// `送文艺场次` of both levels.
struct HeadingLevels: OptionSet, Hashable, Sendable {
  var rawValue: UInt32

  static let rows = HeadingLevels(rawValue: 0x0000_FFFF)
  static let columns = HeadingLevels(rawValue: 0xFFFF_0000)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The level of an axis, from 0 at the root; deeper than 15 counts as 15.
  init(_ axis: HeadingAxis, level: Int) {
    let bit = UInt32(min(max(level, 0), 15))
    rawValue = 1 << (axis == .rows ? bit : bit + 16)
  }
}

/// The two heading trees of a form.
enum HeadingAxis: Hashable, Sendable {
  case rows, columns
}

/// What a text on a sheet may mean to one form: which leaves it leaves open.
struct HeadingMeaning: Hashable, Sendable {
  /// How close the text is to the word on the form.
  enum Wording: Int, Comparable, Hashable, Sendable {
    case printed, synonym, alias
    static func < (a: Wording, b: Wording) -> Bool { a.rawValue < b.rawValue }
  }

  /// A heading of the definition that the text names.
  struct Node: Hashable, Sendable {
    var axis: HeadingAxis
    /// A number shared by the headings under one parent.
    var siblings: Int
    var leaves: LeafSet
    var wording: Wording
    /// The heading as the definition prints it.
    var label: String
  }

  /// The form's position in the campaign.
  var form: Int
  var levels: HeadingLevels
  var rows: LeafSet
  var columns: LeafSet
  var nodes: [Node]

  /// Whether it is several headings in one.
  var isFused: Bool { levels.rawValue & (levels.rawValue &- 1) != 0 }

  /// The closest wording among the headings that it may be.
  var wording: Wording { nodes.map(\.wording).min() ?? .alias }

  /// Both together, as when parent and child share a cell; `nil` if they contradict each other or speak of one level.
  func joined(with other: HeadingMeaning) -> HeadingMeaning? {
    guard form == other.form, levels.isDisjoint(with: other.levels) else { return nil }
    let rows = rows.intersection(other.rows)
    let columns = columns.intersection(other.columns)
    guard !rows.isEmpty, !columns.isEmpty else { return nil }
    return HeadingMeaning(
      form: form, levels: levels.union(other.levels), rows: rows, columns: columns, nodes: nodes + other.nodes
    )
  }

  /// The definition's word for a heading that stands here in other words, given the leaves that it turned out to head.
  func aliasedLabel(row: Int, column: Int) -> String? {
    let meant = nodes.filter { $0.leaves.contains($0.axis == .rows ? row : column) }
    // A fused text names one heading of each level; any of them may be the odd one.
    // The higher level first.
    let byLevel = Dictionary(grouping: meant, by: \.siblings).sorted { $0.key < $1.key }.map(\.value)
    let odd = byLevel.compactMap { $0.min { $0.wording < $1.wording } }.filter { $0.wording == .alias }
    return odd.isEmpty ? nil : odd.map(\.label).joined(separator: "/")
  }
}
