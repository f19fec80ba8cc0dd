import XLSX

/// Where the lines of a list that was found stand.
struct LocatedList: Sendable {
  /// The columns of each field; none for one that is not there.
  let columns: [ClosedRange<Int>?]
  let headRows: ClosedRange<Int>
  /// Rows that may be lines, in order.
  let rows: [Int]
  /// Rows that begin with a word for sums.
  let totals: [Int]

  /// Headings wider than that head no column.
  private static let widestHeading = 16

  init?(_ table: TableCandidate, form: FormDefinition, sheet: SheetText) {
    guard form.kind == .list else { return nil }
    var columns = [ClosedRange<Int>?](repeating: nil, count: form.fields.count)
    for (field, ranges) in table.places where columns.indices.contains(field) {
      // Of two columns that claim to be one, none is it, and a finding says so.
      if ranges.count == 1, ranges[0].columns.count <= Self.widestHeading {
        columns[field] = ranges[0].columns
      }
    }
    self.columns = columns
    let heads = Self.headRows(of: table)
    headRows = heads
    let body = sheet.lists.body(of: table.form, below: heads)
    rows = body?.rows ?? []
    totals = body?.totals ?? []
  }

  private static func headRows(of table: TableCandidate) -> ClosedRange<Int> {
    let tracks = table.above.map(\.tracks)
    let first = tracks.map(\.lowerBound).min() ?? 1
    return first...max(first, tracks.map(\.upperBound).max() ?? 1)
  }

  /// The tables of a sheet, those that are lists reaching down to the end of their lines. Words that only happen to be a
  /// list's, elsewhere on a sheet that has the list, are no list.
  static func attached(
    to tables: [(table: TableCandidate, extent: CellRange)], on sheet: SheetText
  ) -> [(table: TableCandidate, extent: CellRange)] {
    guard !sheet.words.lists.isEmpty else { return tables }
    let withLines = Set(sheet.lists.bodies.map(\.form))
    return tables.compactMap { table, extent in
      guard sheet.words.lists.contains(table.form) else { return (table, extent) }
      guard !table.above.isEmpty else { return nil }
      guard let body = sheet.lists.body(of: table.form, below: headRows(of: table)) else {
        return withLines.contains(table.form) ? nil : (table, extent)
      }
      var table = table
      let first = body.headRows.upperBound + 1
      let last = max(first, body.rows.last ?? first, body.totals.last ?? first)
      table.places = table.places.mapValues { ranges in
        ranges.map { CellRange(rows: first...last, columns: $0.columns) }
      }
      return (table, table.extent(on: sheet) ?? extent)
    }
  }

  /// A list goes on on the next page, or sheet, where its headings are repeated without another unit's name.
  func isContinued(by part: LocatedForm, of first: LocatedForm) -> Bool {
    guard part.list != nil else { return false }
    let unit = part.head[.unit]?.raw ?? ""
    return unit.isEmpty || LabelText.key(unit) == LabelText.key(first.head[.unit]?.raw ?? "")
  }
}
