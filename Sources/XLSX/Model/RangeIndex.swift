/// Ranges by where they lie: which one covers a cell, or meets another range, without looking at all of them.
///
/// A range is filed by its size, rounded up to powers of two, under the blocks of that size that it touches: four at
/// most. Ranges that do not overlap leave only a few of one size to a block, so that asking takes a step for each size
/// that there is (21 × 15 at most), however many ranges there are.
struct RangeIndex: Sendable {
  private(set) var ranges: [CellRange] = []
  /// The positions of ranges by block.
  private var blocks: [Block: [Int]] = [:]
  /// How many ranges there are of each size.
  private var sizes: [Size: Int] = [:]

  /// Powers of two that rows and columns are not more than.
  private struct Size: Hashable {
    var rows: Int
    var columns: Int
  }

  private struct Block: Hashable {
    var size: Size
    var row: Int
    var column: Int
  }

  init() {}

  /// - Complexity: O(*n*)
  init(_ ranges: some Sequence<CellRange>) {
    for range in ranges { append(range) }
  }

  mutating func append(_ range: CellRange) {
    let size = Size(rows: Self.power(range.rows.count), columns: Self.power(range.columns.count))
    sizes[size, default: 0] += 1
    for row in (range.first.row >> size.rows)...(range.last.row >> size.rows) {
      for column in (range.first.column >> size.columns)...(range.last.column >> size.columns) {
        blocks[Block(size: size, row: row, column: column), default: []].append(ranges.count)
      }
    }
    ranges.append(range)
  }

  /// The first range, in the order in which they were added, that covers a cell.
  func first(containing cell: CellReference) -> CellRange? { first(overlapping: CellRange(cell)) }

  /// The first range, in the order in which they were added, that has a cell with another one in common.
  func first(overlapping range: CellRange) -> CellRange? {
    var found: Int?
    for (size, count) in sizes {
      let rows = (range.first.row >> size.rows)...(range.last.row >> size.rows)
      let columns = (range.first.column >> size.columns)...(range.last.column >> size.columns)
      guard rows.count.multipliedReportingOverflow(by: columns.count).partialValue <= count else {
        // A range over more blocks than there are ranges of the size.
        if let first = ranges.firstIndex(where: range.overlaps) { return ranges[first] }
        return nil
      }
      for row in rows {
        for column in columns {
          for position in blocks[Block(size: size, row: row, column: column)] ?? []
          where ranges[position].overlaps(range) {
            found = min(found ?? position, position)
            break
          }
        }
      }
    }
    return found.map { ranges[$0] }
  }

  /// The exponent of the least power of two that is not less.
  private static func power(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}
