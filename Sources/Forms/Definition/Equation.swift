/// A sum that a form prints: one total, and the figures that it adds up.
///
/// A total where a total row and a total column cross has two equations, one along each axis; a total column over
/// groups with subtotals of their own has one for each level. All of them must hold.
public struct Equation: Hashable, Sendable {
  /// Along which headings it adds.
  public enum Axis: Hashable, Sendable {
    /// Figures of one row, by column headings: 合计 = 线上 + 线下.
    case columns
    /// Figures of one column, by row headings: 总计 = 送文艺 + 送电影 + ….
    case rows
  }

  public var total: FieldKey
  public var parts: [FieldKey]
  public var axis: Axis

  public init(total: FieldKey, parts: [FieldKey], axis: Axis) {
    self.total = total
    self.parts = parts
    self.axis = axis
  }
}

extension Equation {
  /// The equations of one axis, as leaf paths: for every leaf below a total heading, the leaves that it adds up.
  struct Sum {
    var total: [String]
    var parts: [[String]]
    /// The heading that is the total, and the part of it that leads nowhere, if any.
    var heading: Heading
    var unresolved: String?
  }

  /// - Parameter leaves: The leaf headings of one axis as paths.
  /// - Complexity: O(leaves² × depth)
  static func sums(of leaves: [[Heading]]) -> [Sum] {
    let names = leaves.map { $0.map(\.name) }
    var sums: [Sum] = []
    for (index, path) in leaves.enumerated() {
      for (level, heading) in path.enumerated() {
        guard let totalOf = heading.totalOf else { continue }
        var sum = Sum(total: names[index], parts: [], heading: heading)
        for part in totalOf {
          let steps = part.split(separator: "/").map(String.init)
          let wanted = names[index][..<level] + steps + names[index][(level + 1)...]
          var found = resolve(Array(wanted), in: leaves, names: names).filter { $0 != names[index] }
          // Of another group, by its whole path: 进港/小计.
          if found.isEmpty, level == path.count - 1, steps.count > 1, names.contains(steps) {
            found = [steps]
          }
          if found.isEmpty { sum.unresolved = part }
          sum.parts += found
        }
        sums.append(sum)
      }
    }
    return sums
  }

  /// The leaf at a path; below a group that is named without its subtotal, all leaves that are no totals.
  private static func resolve(_ path: [String], in leaves: [[Heading]], names: [[String]]) -> [[String]] {
    if names.contains(path) { return [path] }
    return zip(leaves, names).filter { leaf, name in
      name.starts(with: path) && !leaf.dropFirst(path.count).contains(where: \.isTotal)
    }.map(\.1)
  }
}
