import XLSX

/// Joins the parts of a form whose headings are repeated: on the next page, over every kind, or beside the first half.
struct TableParts {
  let sheet: SheetText

  /// Blank rows (columns) between two parts, at most.
  private static let widestGap = 4
  /// Rows between the two halves of a form on two pages, with the title and the lines around it repeated.
  private static let pageGap = 12

  /// The tables of one form, parts of one another joined.
  ///
  /// Two tables are parts of one form if no field is in both, they repeat headings of one side, and stand next to each
  /// other without a title or a line such as 填报单位 in between: those would begin another unit's form.
  func joined(_ tables: [TableCandidate]) -> [TableCandidate] {
    let placed = tables.compactMap { table in table.extent(on: sheet).map { (table: table, extent: $0) } }
      .sorted { $0.extent.first < $1.extent.first }
    var result: [(table: TableCandidate, extent: CellRange)] = []
    for part in placed {
      // The last few tables are near; a sheet of hundreds is not searched through.
      let start = max(0, result.count - 4)
      if let index = result.indices[start...].last(where: { areParts(result[$0], part) }) {
        let areColumns = areColumnsOfLabels(result[index], part)
        result[index].table.absorb(part.table)
        if areColumns { result[index].table.sortByColumns() }
        result[index].extent = result[index].extent.union(part.extent)
      } else {
        result.append(part)
      }
    }
    return result.map(\.table)
  }

  private func areParts(
    _ a: (table: TableCandidate, extent: CellRange), _ b: (table: TableCandidate, extent: CellRange)
  ) -> Bool {
    guard !a.table.places.isEmpty, !b.table.places.isEmpty,
      Set(a.table.places.keys).isDisjoint(with: b.table.places.keys),
      repeats(a.table.above, b.table.above) || repeats(a.table.left, b.table.left)
        || areColumnsOfLabels(a, b)
    else { return false }
    if a.extent.columns.overlaps(b.extent.columns) {
      let between = (a.extent.last.row + 1)..<max(a.extent.last.row + 1, b.extent.first.row)
      let titles = sheet.titles(over: b.extent).filter { between.contains($0.cell.row) }
      let isPage = !titles.isEmpty || between.contains(where: sheet.rowsWithHeadLines.contains)
      guard isPage else { return between.count <= Self.widestGap }
      // The next page may repeat the title, and the unit's own line.
      return between.count <= Self.pageGap && titles.allSatisfy { $0.form == a.table.form }
        && !beginsAnotherUnit(in: between, after: a.extent)
    }
    return a.extent.rows.overlaps(b.extent.rows)
      && b.extent.first.column - a.extent.last.column - 1 <= Self.widestGap
  }

  /// Whether both are labels with room beside them, and stand side by side: 驿站数量 | | 服务职工 | |
  private func areColumnsOfLabels(
    _ a: (table: TableCandidate, extent: CellRange), _ b: (table: TableCandidate, extent: CellRange)
  ) -> Bool {
    a.table.above.isEmpty && b.table.above.isEmpty && !a.extent.columns.overlaps(b.extent.columns)
      && a.extent.rows.overlaps(b.extent.rows)
  }

  /// Whether a line between two tables names another unit than the one above the first.
  private func beginsAnotherUnit(in between: Range<Int>, after extent: CellRange) -> Bool {
    var own: String?
    for line in sheet.headLines where line.reference.row < between.upperBound {
      guard let match = line.matches.first(where: { $0.roles.values.contains(.unit) }) else { continue }
      sheet.probe.isUsed = true
      var unit = match.value
      if unit.isEmpty,
        case .text(let text)? = sheet.grid.cells[
          CellReference(row: line.reference.row, column: line.extent.last.column + 1)]?.shown
      {
        unit = text
      }
      let key = LabelText.key(unit)
      if between.contains(line.reference.row) {
        if !key.isEmpty, key != own { return true }
      } else if line.reference.row < extent.first.row, !key.isEmpty {
        own = key
      }
    }
    return false
  }

  private func repeats(_ a: [HeadingLine], _ b: [HeadingLine]) -> Bool {
    !a.isEmpty && Set(a.map(\.content)) == Set(b.map(\.content))
  }
}

extension TableCandidate {
  /// Reads labels column by column.
  fileprivate mutating func sortByColumns() {
    left.sort {
      ($0.tracks.lowerBound, $0.lines.lowerBound) < ($1.tracks.lowerBound, $1.lines.lowerBound)
    }
  }

  /// Takes in another part of the form.
  fileprivate mutating func absorb(_ part: TableCandidate) {
    places.merge(part.places) { own, _ in own }
    let known = (left: Set(left.map(\.content)), above: Set(above.map(\.content)))
    for line in part.left + part.above { repeated.formUnion(line.headings) }
    left += part.left.filter { !known.left.contains($0.content) }
    above += part.above.filter { !known.above.contains($0.content) }
  }
}
