import XLSX

/// The parents in heads of other forms that stand beside a form's own: 线上 under 覆盖人数, beside 媒体报道, is no column of a form
/// that knows no 媒体报道, though it has a 线上 of its own.
struct ForeignHeads {
  private struct Parent {
    var cell: SheetText.HeadingCell
    var columns: ClosedRange<Int>
  }

  private var parents: Set<CellReference> = []
  private var columnsByRow: [Int: [ClosedRange<Int>]] = [:]

  /// - Complexity: O(*n* log *n*) for *n* headings.
  init(on sheet: SheetText, to form: Int) {
    for (_, cells) in Dictionary(grouping: sheet.headings, by: \.reference.row) where cells.count > 1 {
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

  /// A head that has a word which is another form's alone and none that is this form's alone is the other's.
  private mutating func add(_ run: [Parent], _ form: Int) {
    let strange = run.map(\.cell).filter { cell in !cell.meanings.contains { $0.form == form } }
    guard let others = strange.first.map({ Set($0.meanings.map(\.form)) }), !others.isEmpty,
      run.allSatisfy({ parent in parent.cell.meanings.contains { others.contains($0.form) } })
    else { return }
    for parent in run {
      parents.insert(parent.cell.extent.first)
      columnsByRow[parent.cell.extent.rows.upperBound, default: []].append(parent.columns)
    }
  }
}
