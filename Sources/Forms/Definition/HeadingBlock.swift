/// One heading as it is printed: a block of cells over all the leaves below it.
///
/// For column headings `levels` are rows and `leaves` columns; for row headings the other way round. Both count from 0.
struct HeadingBlock: Hashable {
  var heading: Heading
  var levels: ClosedRange<Int>
  var leaves: ClosedRange<Int>

  /// The blocks of a heading tree, given by its leaf paths, without gap or overlap.
  ///
  /// Neighbouring leaves below the same heading share its block; a path that ends early reaches to the last level.
  ///
  /// - Parameter depth: How many levels there are; at least the longest path.
  static func blocks(of leaves: [[Heading]], depth: Int) -> [HeadingBlock] {
    let names = leaves.map { $0.map(\.name) }
    var blocks: [HeadingBlock] = []
    for level in 0..<max(depth, 0) {
      var first = 0
      while first < leaves.count {
        guard level < leaves[first].count else {
          first += 1
          continue
        }
        let isLeaf = leaves[first].count == level + 1
        var last = first
        if !isLeaf {
          let path = names[first].prefix(level + 1)
          while last + 1 < leaves.count, names[last + 1].count > level + 1, names[last + 1].starts(with: path)
          {
            last += 1
          }
        }
        blocks.append(
          HeadingBlock(
            heading: leaves[first][level], levels: level...(isLeaf ? depth - 1 : level), leaves: first...last)
        )
        first = last + 1
      }
    }
    return blocks
  }
}
