/// Which units have a line in the consolidation of a form, from the top down: those that owe it in the campaign's order,
/// then those that report outside the list.
///
/// An office whose units report is the sum of their lines. One from which nothing came has a single line, and so has one
/// that sent a form of its own and nothing else: it stands for its units.
struct RollUpLines {
  struct Line {
    var unit: ReportingUnit
    var isOwing: Bool
    var hasReported: Bool
  }

  /// An office with the lines of all units below it.
  struct Group {
    var unit: ReportingUnit
    var isOwing: Bool
    var lines: Range<Int>
    /// 0 at the top.
    var depth: Int
  }

  /// How many units at one depth of the tree owe the form, and of how many something came.
  struct Level: Hashable {
    var reported = 0
    var expected = 0
  }

  private(set) var lines: [Line] = []
  /// Parents before their children.
  private(set) var groups: [Group] = []
  /// From the top.
  private(set) var levels: [Level] = []

  private let tree: UnitTree
  private let owing: [Bool]
  private let reported: [Bool]
  /// Whether any unit below has reported, or owes the form.
  private var reportedBelow: [Bool]
  private var owingBelow: [Bool]

  /// - Complexity: O(units)
  init(form: FormDefinition, tree: UnitTree, outside: [String], hasReported: (String) -> Bool) {
    self.tree = tree
    let due = Set(form.dueFrom)
    owing = tree.units.map { due.contains($0.code) }
    reported = tree.units.map { hasReported($0.code) }
    reportedBelow = Array(repeating: false, count: tree.units.count)
    owingBelow = reportedBelow
    for root in tree.roots { lookBelow(root) }
    visit(tree.roots, depth: 0)
    for root in tree.roots { count(root, depth: 0) }
  }

  private mutating func lookBelow(_ position: Int) {
    for child in tree.children(of: position) {
      lookBelow(child)
      if reported[child] || reportedBelow[child] { reportedBelow[position] = true }
      if owing[child] || owingBelow[child] { owingBelow[position] = true }
    }
  }

  private mutating func visit(_ positions: [Int], depth: Int) {
    for position in positions where owing[position] || owingBelow[position] { visit(position, depth: depth) }
    for position in positions where !owing[position] && !owingBelow[position] {
      visit(position, depth: depth)
    }
  }

  private mutating func visit(_ position: Int, depth: Int) {
    let unit = tree.units[position]
    let counts = owing[position] || reported[position]
    let hasOwnLine = reported[position] || (owing[position] && !reportedBelow[position])
    let first = lines.count
    if hasOwnLine {
      lines.append(Line(unit: unit, isOwing: owing[position], hasReported: reported[position]))
    }
    let children = tree.children(of: position)
    guard !children.isEmpty, reportedBelow[position] || !counts else { return }
    let group = groups.count
    groups.append(Group(unit: unit, isOwing: owing[position], lines: first..<first, depth: depth))
    visit(children, depth: depth + 1)
    groups[group].lines = first..<lines.count
    if groups[group].lines.isEmpty { groups.remove(at: group) }
  }

  private mutating func count(_ position: Int, depth: Int) {
    if owing[position] {
      while levels.count <= depth { levels.append(Level()) }
      levels[depth].expected += 1
      if reported[position] || reportedBelow[position] { levels[depth].reported += 1 }
    }
    if reported[position], !reportedBelow[position] { return }
    for child in tree.children(of: position) { count(child, depth: depth + 1) }
  }
}
