import XLSX

/// Which way the headings of a line point: a heading stands left of its row of figures or above its column.
enum HeadingSide: Hashable, Sendable, CaseIterable {
  case left, above

  /// The rows (or columns) of figures that an extent heads.
  func lines(of extent: CellRange) -> ClosedRange<Int> { self == .left ? extent.rows : extent.columns }
  /// The columns (or rows) in which the headings stand.
  func tracks(of extent: CellRange) -> ClosedRange<Int> { self == .left ? extent.columns : extent.rows }

  func line(of cell: CellReference) -> Int { self == .left ? cell.row : cell.column }
  func track(of cell: CellReference) -> Int { self == .left ? cell.column : cell.row }

  func cell(line: Int, track: Int) -> CellReference {
    self == .left ? CellReference(row: line, column: track) : CellReference(row: track, column: line)
  }
}

/// A heading in its place, for one form.
struct HeadingHit: Sendable {
  /// The position in ``SheetText/headings``.
  var cell: Int
  /// What it may mean to the form, the likeliest first.
  var meanings: [HeadingMeaning]
  var lines: ClosedRange<Int>
  var tracks: ClosedRange<Int>
}

/// A row or a column of figures with everything that its headings say.
struct HeadingLine: Sendable {
  var form: Int
  /// The rows (columns) of figures: more than one where the last heading is merged over several.
  var lines: ClosedRange<Int>
  /// From the first to the last column (row) that the headings take up.
  var tracks: ClosedRange<Int>
  /// Where the headings start.
  var anchors: [Int]
  var meaning: HeadingMeaning
  /// The headings, as positions in ``SheetText/headings``.
  var headings: [Int]
  /// What the headings of the line can mean besides, if the first choice meets a contradiction.
  var alternatives: [HeadingMeaning] = []

  /// The one row leaf and the one column leaf that the headings leave, if they do.
  var field: (row: Int, column: Int)? {
    guard let row = meaning.rows.single, let column = meaning.columns.single else { return nil }
    return (row, column)
  }

  /// Whether the headings leave one leaf of each axis that they speak of.
  var isSettled: Bool {
    (meaning.levels.isDisjoint(with: .rows) || meaning.rows.single != nil)
      && (meaning.levels.isDisjoint(with: .columns) || meaning.columns.single != nil)
  }

  /// What two lines say is the same if they leave the same leaves.
  struct Content: Hashable {
    var rows: LeafSet
    var columns: LeafSet
  }
  var content: Content { Content(rows: meaning.rows, columns: meaning.columns) }
}
