import XLSX

/// Makes heading trees of the cells that hold them: merged cells, repeated words, or a word with blanks beside it.
struct HeadingForest {
  /// A heading of a tree with the leaves it covers.
  struct Tree {
    var text: String
    var cell: CellReference
    var children: [Tree] = []
    /// The row or column of the leaf, where it has no children.
    var leaf: Int?
  }

  private struct Step: Equatable {
    var cell: CellReference
    var text: String
  }

  private let table: LearnTable

  init(_ table: LearnTable) { self.table = table }

  /// The trees over columns, by rows of headings.
  func columns(_ columns: [Int], rows: ClosedRange<Int>) -> [Tree] {
    trees(leaves: columns, levels: Array(rows)) { CellReference(row: $0, column: $1) }
  }

  /// The trees beside rows, by columns of headings.
  ///
  /// - Parameter spare: Columns such as 序号, in which a row that has no heading elsewhere has it: 合计.
  func rows(_ rows: [Int], columns: [Int], spare: [Int]) -> [Tree] {
    trees(leaves: rows, levels: columns, spare: spare) { CellReference(row: $1, column: $0) }
  }

  private func trees(
    leaves: [Int], levels: [Int], spare: [Int] = [],
    place: (_ level: Int, _ leaf: Int) -> CellReference
  ) -> [Tree] {
    var paths: [(leaf: Int, steps: [Step])] = []
    /// What the leaf before has on each level, for words with blanks beside them.
    var before: [Step?] = Array(repeating: nil, count: levels.count)
    for leaf in leaves {
      var row: [Step?] = levels.map { level in
        let cell = table.origin(place(level, leaf))
        let text = LearnText.printed(table.text(cell))
        return text.isEmpty ? nil : Step(cell: cell, text: text)
      }
      for index in row.indices where row[index] == nil {
        // A blank beside a word belongs to the word where something stands below it.
        let isCovered = table.merge(at: place(levels[index], leaf)) != nil
        if !isCovered, row[(index + 1)...].contains(where: { $0 != nil }),
          row[..<index].elementsEqual(before[..<index])
        {
          row[index] = before[index]
        }
      }
      before = row
      var steps: [Step] = []
      for step in row.compactMap(\.self) where steps.last != step { steps.append(step) }
      if steps.isEmpty {
        steps =
          spare.map { table.origin(place($0, leaf)) }
          .map { Step(cell: $0, text: LearnText.printed(table.text($0))) }
          .first { !$0.text.isEmpty }.map { [$0] } ?? []
      }
      if !steps.isEmpty { paths.append((leaf, steps)) }
    }
    return tree(paths, level: 0)
  }

  private func tree(_ paths: [(leaf: Int, steps: [Step])], level: Int) -> [Tree] {
    var result: [Tree] = []
    var index = 0
    while index < paths.count {
      let step = paths[index].steps[level]
      var end = index + 1
      // The same cell, or the same word again over something that differs.
      while end < paths.count, paths[end].steps.count > level + 1, paths[index].steps.count > level + 1,
        paths[end].steps[level] == step || paths[end].steps[level].text == step.text
      {
        end += 1
      }
      var tree = Tree(text: step.text, cell: step.cell)
      if paths[index].steps.count > level + 1 {
        tree.children = self.tree(Array(paths[index..<end]), level: level + 1)
      } else {
        tree.leaf = paths[index].leaf
        end = index + 1
      }
      result.append(tree)
      index = end
    }
    return result
  }
}
