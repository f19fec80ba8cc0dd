import XLSX

/// Where other forms' tables begin, and the parents in heads of theirs that stand beside a form's own: 线上 under 覆盖人数, beside
/// 媒体报道, is no column of a form that knows no 媒体报道, though it has a 线上 of its own.
///
/// Forms share words; one of another's own among them makes it the other's head.
struct ForeignHeads {
  private struct Parent {
    var cell: SheetText.HeadingCell
    var columns: ClosedRange<Int>
  }

  /// The titles of other forms and the rows of their headings, from above.
  private var beginnings: [(row: Int, columns: ClosedRange<Int>)]
  private var parents: Set<CellReference> = []
  private var columnsByRow: [Int: [ClosedRange<Int>]] = [:]

  /// - Complexity: O(*n* log *n*) for *n* headings.
  init(on sheet: SheetText, to form: Int) {
    beginnings = sheet.titles.filter { $0.isTitle && $0.form != form }.map {
      (row: $0.cell.row, columns: sheet.merges.extent(of: $0.cell).columns)
    }
    for (row, cells) in Dictionary(grouping: sheet.headings, by: \.reference.row) where cells.count > 1 {
      let theirs = Self.theirs(among: cells, form)
      if theirs.isEmpty { continue }
      // No figure beside them, or it is a row of a table.
      if theirs.count > 1, !Self.hasFigures(sheet, inRow: row) {
        for cell in theirs { beginnings.append((row, cell.extent.columns)) }
      }
      var run: [Parent] = []
      for cell in cells.sorted(by: { $0.reference.column < $1.reference.column }) {
        // Beside each other, nothing left blank between: one head.
        if let last = run.last, last.columns.upperBound + 1 < cell.reference.column {
          add(run, form)
          run = []
        }
        run.append(Parent(cell: cell, columns: Self.reach(of: cell, on: sheet)))
      }
      add(run, form)
    }
    beginnings.sort { $0.row < $1.row }
  }

  /// Whether one begins between two rows, in any of some columns.
  func begin(below first: Int, above last: Int, in columns: ClosedRange<Int>) -> Bool {
    beginnings[beginnings.partitioningIndex { $0.row > first }...].prefix { $0.row < last }
      .contains { $0.columns.overlaps(columns) }
  }

  /// The headings over columns without those of foreign heads; all of them where the form has something nowhere else, which then
  /// is its own, whatever stands beside it.
  func removed(from above: [HeadingHit], beside left: [HeadingHit], on sheet: SheetText) -> [HeadingHit] {
    if columnsByRow.isEmpty { return above }
    let own = above.filter { !contain(sheet.headings[$0.cell].extent) }
    if own.count == above.count { return above }
    func contents(_ hits: [HeadingHit]) -> Set<HeadingLine.Content> {
      Set(hits.lazy.compactMap(\.meanings.first).map { .init(rows: $0.rows, columns: $0.columns) })
    }
    return contents(above).isSubset(of: contents(left + own)) ? own : above
  }

  /// Whether a heading is one of them or stands directly under one.
  private func contain(_ extent: CellRange) -> Bool {
    if parents.contains(extent.first) { return true }
    return columnsByRow[extent.rows.lowerBound - 1]?.contains {
      $0.lowerBound <= extent.columns.lowerBound && extent.columns.upperBound <= $0.upperBound
    } ?? false
  }

  /// A parent that is not merged reaches as far as headings stand under it and nothing beside it.
  private static func reach(of cell: SheetText.HeadingCell, on sheet: SheetText) -> ClosedRange<Int> {
    let (row, under) = (cell.extent.rows.upperBound, cell.extent.rows.upperBound + 1)
    var last = cell.extent.columns.upperBound
    while sheet.headingIndices[CellReference(row: under, column: last + 1)] != nil,
      sheet.grid.cells[CellReference(row: row, column: last + 1)]?.isFilled != true
    {
      last += 1
    }
    return cell.extent.columns.lowerBound...last
  }

  /// The headings that are other forms' too, where one among them is not this form's; else none.
  private static func theirs(among cells: [SheetText.HeadingCell], _ form: Int) -> [SheetText.HeadingCell] {
    let strange = cells.filter { cell in !cell.meanings.contains { $0.form == form } }
    if strange.isEmpty { return [] }
    let others = Set(strange.flatMap { $0.meanings.map(\.form) })
    return cells.filter { cell in cell.meanings.contains { others.contains($0.form) } }
  }

  private static func hasFigures(_ sheet: SheetText, inRow row: Int) -> Bool {
    sheet.filledColumns(inRow: row).contains { column in
      if case .number? = sheet.grid.cells[CellReference(row: row, column: column)]?.shown {
        true
      } else {
        false
      }
    }
  }

  /// A head that has a word which is another form's alone and none that is this form's alone is the other's.
  private mutating func add(_ run: [Parent], _ form: Int) {
    guard !run.isEmpty, Self.theirs(among: run.map(\.cell), form).count == run.count else { return }
    for parent in run {
      parents.insert(parent.cell.extent.first)
      columnsByRow[parent.cell.extent.rows.upperBound, default: []].append(parent.columns)
    }
  }
}
