import XLSX

/// Finds the row of figures under headings that say everything (or the column right of them).
enum FigureLine {
  /// How far below the headings figures are looked for.
  private static let depth = 12

  /// The rows (columns) of figures: one if all is well. Of several, the one that the unit calls their sum; else all of
  /// them, for nobody can say which one counts. Where nothing is filled in, the line next to the headings.
  static func find(
    in sheet: SheetText, under lines: [HeadingLine], side: HeadingSide, measure: (HeadingLine) -> Measure
  ) -> [Int] {
    guard let edge = lines.map(\.tracks.upperBound).max() else { return [] }
    let first = edge + 1
    var filled: [Int: [(cell: CellReference, line: HeadingLine)]] = [:]
    for line in lines {
      let content =
        side == .above
        ? sheet.filledRows(inColumn: line.lines.lowerBound)
        : sheet.filledColumns(inRow: line.lines.lowerBound)
      let start = content.partitioningIndex { $0 >= first }
      for across in content[start...].prefix(depth) where across < first + depth {
        filled[across, default: []].append((side.cell(line: line.lines.lowerBound, track: across), line))
      }
    }
    var figures: [Int] = []
    var counts: [Int: Int] = [:]
    for across in filled.keys.sorted() {
      let cells = filled[across] ?? []
      // The next table's headings, or the lines around this one, end the search.
      if cells.contains(where: { sheet.headingIndices[$0.cell] != nil }) { break }
      if side == .above, sheet.rowsWithHeadLines.contains(across) { break }
      // One block of figures: a gap after it means something else.
      if let last = figures.last, across > last + 1 { break }
      counts[across] = cells.count { isFigure(sheet.grid.cells[$0.cell], measure($0.line), sheet.probe) }
      if counts[across] != 0 { figures.append(across) }
    }
    // A figure or two beside a full line are remarks.
    let fullest = counts.values.max() ?? 0
    figures.removeAll { (counts[$0] ?? 0) * 2 < fullest }
    if figures.count > 1 {
      let labels = figures.map { label(of: $0, in: sheet, under: lines, side: side) }
      if let total = figures.indices.last(where: { labels[$0].map(sheet.words.headings.isTotalWord) ?? false }
      ) {
        return [figures[total]]
      }
      // Last year's row and the plan's are not the form's while there is another one.
      let standings = labels.map { $0.map(sheet.words.groups.standing) ?? .neutral }
      let best = standings.max() ?? .neutral
      let lowest = best > .neutral && standings.count(where: { $0 == best }) == 1 ? best : .neutral
      let own = figures.indices.filter { standings[$0] >= lowest }
      if !own.isEmpty { return own.map { figures[$0] } }
    }
    return figures.isEmpty ? [first] : figures
  }

  private static func isFigure(_ cell: GridCell?, _ measure: Measure, _ probe: ValueProbe) -> Bool {
    guard let cell else { return false }
    if cell.formula != nil { return true }
    if case .text(let text) = cell.shown {
      if HeadLineVocabulary.isRemark(text) { return false }
      probe.isUsed = true
    }
    let reading = FigureText.read(cell.shown, measure: measure)
    if case .figure = reading.state { return true }
    return reading.notes.contains {
      switch $0 {
      case .error: true
      case .notANumber(let candidates): !candidates.isEmpty
      default: false
      }
    }
  }

  /// The word left of a row (above a column) of figures.
  private static func label(
    of across: Int, in sheet: SheetText, under lines: [HeadingLine], side: HeadingSide
  ) -> String? {
    guard let first = lines.map(\.lines.lowerBound).min() else { return nil }
    // 数量 may stand between 上年 and the figures.
    var nearest: String?
    for line in stride(from: first - 1, through: max(1, first - 4), by: -1) {
      if side == .left, sheet.rowsWithHeadLines.contains(line) { break }
      switch sheet.grid.cells[side.cell(line: line, track: across)]?.shown {
      case .text(let text)?:
        if sheet.words.groups.standing(of: text) != .neutral || sheet.words.headings.isTotalWord(text) {
          return text
        }
        nearest = nearest ?? text
      case .number(let number)? where number >= 1990 && number <= 2100 && number.isWhole:
        // A year, or a figure of something else.
        sheet.probe.isUsed = true
        return number.plainText
      default: continue
      }
    }
    return nearest
  }
}
