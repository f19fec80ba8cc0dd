import XLSX

/// Finds the row of figures under headings that say everything (or the column right of them).
enum FigureLine {
  /// How far below the headings figures are looked for.
  private static let depth = 12

  /// The rows (columns) of figures: one if all is well. Of several, the one that the unit calls their sum, or the one under
  /// 数量; else all of them, for nobody can say which one counts. Where nothing is filled in, the line next to the headings.
  /// With them the column (row) in which the words over them stand, if there are any.
  static func find(
    in sheet: SheetText, under lines: [HeadingLine], side: HeadingSide, measure: (HeadingLine) -> Measure
  ) -> (lines: [Int], caption: Int?) {
    guard let edge = lines.map(\.tracks.upperBound).max() else { return ([], nil) }
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
    if figures.isEmpty { figures = [first] }
    let labels = figures.map { label(of: $0, in: sheet, under: lines, side: side) }
    let own = figures.count > 1 ? chosen(labels.map { $0?.text }, words: sheet.words) : [0]
    // Where the form's own column has no words over it, others' may have.
    let captions = own.compactMap { labels[$0]?.track } + labels.compactMap { $0?.track }
    let edgeLine = (lines.map(\.lines.lowerBound).min() ?? 1) - 1
    let isFree = edgeLine > 0 && !sheet.rowsWithHeadLines.contains(edgeLine)
    return (own.map { figures[$0] }, captions.first ?? (isFree ? edgeLine : nil))
  }

  /// Which of several lines count, by the words over them.
  private static func chosen(_ labels: [String?], words: FormVocabulary) -> [Int] {
    if let total = labels.lastIndex(where: { $0.map(words.headings.isTotalWord) ?? false }) { return [total] }
    // Last year's row and the plan's are not the form's while there is another one.
    let standings = labels.map { $0.map(words.groups.standing) ?? .neutral }
    let best = standings.max() ?? .neutral
    let lowest = best > .neutral && standings.count(where: { $0 == best }) == 1 ? best : .neutral
    let own = labels.indices.filter { standings[$0] >= lowest }
    // A column without words next to the headings; those beside it say what they are.
    if own.count > 1, own.first == 0, labels[0] == nil, own.dropFirst().allSatisfy({ labels[$0] != nil }) {
      return [0]
    }
    return own.isEmpty ? Array(labels.indices) : own
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
  ) -> (text: String, track: Int)? {
    guard let first = lines.map(\.lines.lowerBound).min() else { return nil }
    // 数量 may stand between 上年 and the figures.
    var nearest: (text: String, track: Int)?
    for line in stride(from: first - 1, through: max(1, first - 4), by: -1) {
      if side == .left, sheet.rowsWithHeadLines.contains(line) || sheet.rowsUnderLabels.contains(line) {
        break
      }
      let cell = side.cell(line: line, track: across)
      switch sheet.grid.cells[cell]?.shown {
      case .text(let text)? where !sheet.titleCells.contains(cell):
        let standing = sheet.words.groups.standing(of: text)
        if ![.neutral, .figures].contains(standing) || sheet.words.headings.isTotalWord(text) {
          return (text, line)
        }
        nearest = nearest ?? (text, line)
      case .number?:
        // A year, or a figure of something else.
        guard let year = sheet.probe.year(of: cell, in: sheet.grid) else { continue }
        return (String(year), line)
      default: continue
      }
    }
    return nearest
  }
}
