import XLSX

/// Puts the lines of one form together into tables.
struct TableAssembler {
  let sheet: SheetText
  let index: Int
  let form: FormDefinition
  private let above: [HeadingRun]
  private let left: [HeadingRun]
  private let groups: [HeadingGroups.Block]
  /// The last row of the highest of a run's headings.
  private let bottoms: [Int]
  /// The runs of column headings from the lowest on the sheet up.
  private let fromBelow: [Int]
  private let foreign: ForeignHeads

  /// How many heads of tables above a row are looked at: more than any sheet has, fewer than a hostile one could.
  private static let headsInView = 16

  init(sheet: SheetText, index: Int, form: FormDefinition, hits: HeadingHits) {
    self.sheet = sheet
    self.index = index
    self.form = form
    var found = Dictionary(
      uniqueKeysWithValues: HeadingSide.allCases.map { ($0, hits.hits(of: index, on: $0)) })
    foreign = ForeignHeads(on: sheet, to: index)
    found[.above] = foreign.removed(from: found[.above] ?? [], beside: found[.left] ?? [], on: sheet)
    var groups: [HeadingGroups.Block] = []
    func runs(_ side: HeadingSide) -> [HeadingRun] {
      let opposite = found[side == .left ? .above : .left] ?? []
      if form.kind == .list {
        // What stands under a list's headings are its lines.
        let lines = HeadingLineBuilder(sheet: sheet, side: side, form: index, hits: found[side] ?? []).lines()
        return HeadingRun.runs(of: lines, side: side)
      }
      let split = HeadingSplits(sheet: sheet, side: side, opposite: opposite).resolved(found[side] ?? [])
      let lines = HeadingLineBuilder(sheet: sheet, side: side, form: index, hits: split.hits).lines()
      let sorted = HeadingGroups(sheet: sheet, side: side, opposite: opposite).sorted(lines)
      groups += split.groups + sorted.blocks
      return HeadingRun.runs(of: sorted.lines, side: side)
    }
    let above = runs(.above)
    self.above = above
    left = runs(.left)
    self.groups = groups
    bottoms = above.map { run in run.lines.map(\.tracks.upperBound).min() ?? 0 }
    fromBelow = above.indices.sorted { [bottoms] in (bottoms[$1], $0) < (bottoms[$0], $1) }
  }

  /// Every table that gives at least one field a place, and every one that has most headings of one side and none of
  /// the other: there the figures have no place, which is for the form's shape to say.
  func candidates() -> [TableCandidate] {
    let parts = TableParts(sheet: sheet)
    var found = parts.joined(crossings().filter { !$0.places.isEmpty })
    let used = Set(found.flatMap(\.headings))
    let singles = (above + left).compactMap { run -> TableCandidate? in
      let lines = run.lines.filter { $0.field != nil && used.isDisjoint(with: $0.headings) }
      return lines.isEmpty ? nil : singleLine(of: run, lines)
    }
    found += parts.joined(singles.filter { !$0.places.isEmpty })
    for table in found.indices where !groups.isEmpty {
      let headings = found[table].headings
      found[table].groups = groups.filter { !$0.headings.isDisjoint(with: headings) }
    }
    return found + halves(besides: Set(found.flatMap(\.headings)))
  }

  private func halves(besides used: Set<Int>) -> [TableCandidate] {
    HeadingSide.allCases.compactMap { side in
      let axis: HeadingLevels = side == .left ? .rows : .columns
      let leaves = side == .left ? form.rowLeaves.count : form.columnLeaves.count
      let lines = (side == .left ? left : above).flatMap(\.lines).filter {
        $0.isSettled && $0.meaning.levels.isSubset(of: axis) && used.isDisjoint(with: $0.headings)
      }
      let distinct = Set(lines.map(\.content)).count
      guard distinct == lines.count, distinct >= max(4, leaves * 6 / 10) else { return nil }
      return side == .left
        ? TableCandidate(form: index, left: lines) : TableCandidate(form: index, above: lines)
    }
  }

  private func crossings() -> [TableCandidate] {
    var rowsByHead: [Int: [HeadingLine]] = [:]
    for run in left {
      let heads = run.lines.map(head)
      // A row that needs no column heading belongs where its neighbours do, unless most are like it.
      let lone = run.lines.indices.filter { heads[$0] == nil && run.lines[$0].field != nil }
      let crossed = heads.compactMap(\.self)
      for (line, head) in zip(run.lines, heads) {
        if let head { rowsByHead[head, default: []].append(line) }
      }
      if let first = crossed.first, lone.count <= crossed.count {
        for index in lone {
          let head = heads[..<index].compactMap(\.self).last ?? first
          rowsByHead[head, default: []].append(run.lines[index])
        }
      }
    }
    // Rows that are read in different ways may have come in several runs.
    return rowsByHead.sorted { $0.key < $1.key }.map { head, rows in
      table(above[head], rows: rows.sorted { $0.lines.lowerBound < $1.lines.lowerBound })
    }
  }

  private func table(_ head: HeadingRun, rows: [HeadingLine]) -> TableCandidate {
    var table = TableCandidate(form: index)
    var usedRows: Set<Int> = []
    var usedColumns: Set<Int> = []
    for (r, row) in rows.enumerated() {
      for (c, column) in head.lines.enumerated() {
        guard let field = crossing(row, column) else { continue }
        table.add(CellRange(rows: row.lines, columns: column.lines), for: field)
        usedRows.insert(r)
        usedColumns.insert(c)
      }
    }
    // A heading that needs none on the other side: 媒体报道 as a row has its figure under any of the columns. Where most
    // are like that, they are the head of another table.
    func lone(_ lines: [HeadingLine], _ used: Set<Int>) -> [Int] {
      let lone = lines.indices.filter { lines[$0].field != nil }
      guard lone.count <= used.count else { return [] }
      return lone.filter { lines[$0].field.flatMap(position).map { table.places[$0] == nil } ?? false }
    }
    for r in lone(rows, usedRows) {
      for c in usedColumns.sorted() { add(rows[r].field, rows[r], head.lines[c], to: &table) }
      usedRows.insert(r)
    }
    for c in lone(head.lines, usedColumns) {
      for r in usedRows.sorted() { add(head.lines[c].field, rows[r], head.lines[c], to: &table) }
      usedColumns.insert(c)
    }
    table.left = usedRows.sorted().map { rows[$0] }
    table.above = usedColumns.sorted().map { head.lines[$0] }
    return table
  }

  private func add(
    _ field: (row: Int, column: Int)?, _ row: HeadingLine, _ column: HeadingLine,
    to table: inout TableCandidate
  ) {
    guard let field = field.flatMap(position) else { return }
    table.add(CellRange(rows: row.lines, columns: column.lines), for: field)
  }

  /// The field where a row and a column cross; `nil` if their headings leave several open, or speak of one level: an
  /// added 合计 row crosses the 合计 column in no field of the form.
  private func crossing(_ row: HeadingLine, _ column: HeadingLine) -> Int? {
    guard !row.tracks.contains(column.lines.lowerBound),
      let meaning = row.meaning.joined(with: column.meaning),
      let leafRow = meaning.rows.single, let leafColumn = meaning.columns.single
    else { return nil }
    return position((leafRow, leafColumn))
  }

  private func position(_ field: (row: Int, column: Int)) -> Int? {
    let position = field.row * form.columnLeaves.count + field.column
    return form.fields.indices.contains(position) ? position : nil
  }

  /// Whether another form's table begins between a head and a row.
  private func isParted(_ row: HeadingLine, from head: Int, columns: ClosedRange<Int>) -> Bool {
    let span = min(row.tracks.lowerBound, columns.lowerBound)...max(row.tracks.upperBound, columns.upperBound)
    return foreign.begin(below: bottoms[head], above: row.lines.lowerBound, in: span)
  }

  /// The head of the table that a row belongs to: the nearest above, with no other one between; of several side by
  /// side one with something under it in this row, the next one to the right of the row's heading.
  private func head(for row: HeadingLine) -> Int? {
    let start = fromBelow.partitioningIndex { bottoms[$0] < row.lines.lowerBound }
    var best: (index: Int, rank: HeadRank)?
    var covered: [ClosedRange<Int>] = []
    for index in fromBelow[start...].prefix(Self.headsInView) {
      let run = above[index]
      let columns = run.lines.filter { crossing(row, $0) != nil }.map(\.lines.lowerBound)
      guard let first = columns.first, let last = columns.last,
        !covered.contains(where: { $0.overlaps(first...last) }),
        !isParted(row, from: index, columns: first...last),
        let nearest = columns.first(where: { $0 > row.tracks.upperBound }) ?? columns.last
      else { continue }
      covered.append(first...last)
      // The line under a table is no row of one that stands beside it.
      if nearest < row.tracks.lowerBound, sheet.rowsWithHeadLines.contains(row.lines.lowerBound) { continue }
      let rank = HeadRank(
        isLeft: nearest < row.tracks.lowerBound,
        isBlank: !columns.contains { column in
          sheet.grid.cells[CellReference(row: row.lines.lowerBound, column: column)]?.isFilled == true
        },
        gap: abs(nearest - row.tracks.upperBound))
      if best.map({ rank < $0.rank }) ?? true { best = (index, rank) }
    }
    return best?.index
  }

  private struct HeadRank: Comparable {
    var isLeft: Bool
    var isBlank: Bool
    var gap: Int

    static func < (a: HeadRank, b: HeadRank) -> Bool {
      (a.isLeft ? 1 : 0, a.isBlank ? 1 : 0, a.gap) < (b.isLeft ? 1 : 0, b.isBlank ? 1 : 0, b.gap)
    }
  }

  /// A table whose headings say everything, so that one row (or column) of figures is left.
  private func singleLine(of run: HeadingRun, _ lines: [HeadingLine]) -> TableCandidate {
    var table = TableCandidate(form: index)
    if run.side == .above { table.above = lines } else { table.left = lines }
    let figures = figureLines(of: run, lines)
    table.caption = figures.caption
    for across in figures.lines {
      for line in lines {
        guard let field = line.field.flatMap(position) else { continue }
        let range =
          run.side == .above
          ? CellRange(rows: across...across, columns: line.lines)
          : CellRange(rows: line.lines, columns: across...across)
        table.add(range, for: field)
      }
    }
    return table
  }

  private func figureLines(of run: HeadingRun, _ lines: [HeadingLine]) -> (lines: [Int], caption: Int?) {
    FigureLine.find(in: sheet, under: lines, side: run.side) { line in
      line.field.flatMap(position).map { form.fields[$0].measure } ?? Measure(unit: "")
    }
  }
}
