import XLSX

/// A table on a sheet that may be a form: where its figures would stand.
struct TableCandidate: Sendable {
  var form: Int
  /// For each field found, by its position in ``FormDefinition/fields``, the cells where its figure may stand: one
  /// range if all is well, several if two rows or columns claim to be the same one.
  var places: [Int: [CellRange]] = [:]
  /// The row headings and the column headings in use, in order.
  var left: [HeadingLine] = []
  var above: [HeadingLine] = []

  /// Headings that repeat others, where a form stands in parts.
  var repeated: Set<Int> = []

  /// The row (column) of words over its figures, where the headings of one side say everything: 数量 beside 项目.
  var caption: Int?

  /// What was said of the groups that its rows and columns stand in.
  var groups: [HeadingGroups.Block] = []

  /// The headings in use, as positions in ``SheetText/headings``.
  var headings: Set<Int> { repeated.union(left.flatMap(\.headings) + above.flatMap(\.headings)) }

  /// The rows (columns) beside it that have its headings and are not its figures.
  func aside(_ side: HeadingSide) -> [ClosedRange<Int>] {
    groups.filter { $0.side == side }.flatMap(\.aside)
  }

  mutating func add(_ range: CellRange, for field: Int) {
    if places[field]?.contains(range) != true { places[field, default: []].append(range) }
  }

  /// The smallest range around headings and figures; `nil` without either.
  func extent(on sheet: SheetText) -> CellRange? {
    var extent: CellRange?
    for range in Array(places.values.joined()) + headings.map({ sheet.headings[$0].extent }) {
      extent = extent?.union(range) ?? range
    }
    return extent
  }
}

extension CellRange {
  /// The smallest range that holds both.
  func union(_ other: CellRange) -> CellRange {
    CellRange(
      CellReference(
        row: Swift.min(first.row, other.first.row), column: Swift.min(first.column, other.first.column)),
      CellReference(
        row: Swift.max(last.row, other.last.row), column: Swift.max(last.column, other.last.column)))
  }

  init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.init(
      CellReference(row: rows.lowerBound, column: columns.lowerBound),
      CellReference(row: rows.upperBound, column: columns.upperBound))
  }
}
