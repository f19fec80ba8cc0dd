import XLSX

/// What the words on a sheet may be, found in one pass: headings, titles, and where anything stands at all.
struct SheetText {
  /// A cell whose text is a heading of some form.
  struct HeadingCell: Sendable {
    var reference: CellReference
    /// The cell with what is merged into it.
    var extent: CellRange
    var text: String
    var meanings: [HeadingMeaning]
    /// The words of a group in the same cell: 上年 in `上年线上`.
    var groupWords: String?

    /// What the text means first of all: 演出场次 is one heading's alias before it is two headings in one.
    var plainMeanings: [HeadingMeaning] {
      meanings.filter { meaning in
        !meaning.isFused || !meanings.contains { $0.form == meaning.form && !$0.isFused }
      }
    }
  }

  /// A cell with one or more labels of the lines around a table.
  struct HeadLineCell: Sendable {
    var reference: CellReference
    var extent: CellRange
    var matches: [HeadLineVocabulary.Match]
  }

  let grid: Grid
  let words: FormVocabulary
  let merges: MergeIndex
  /// Where the lines of lists stand; the words in them are looked at by nobody else.
  let lists: ListBodies
  let probe = ValueProbe()
  /// In reading order.
  private(set) var headings: [HeadingCell] = []
  private(set) var headingIndices: [CellReference: Int] = [:]
  /// In reading order.
  private(set) var titles: [TitleVocabulary.Match] = []
  private(set) var titleCells: Set<CellReference> = []
  /// Cells with the label of a line around a table.
  private(set) var headLines: [HeadLineCell] = []
  private(set) var rowsWithHeadLines: Set<Int> = []
  /// The labels that reach into a row, as positions in ``headLines``.
  private var headLinesByRow: [Int: [Int]] = [:]
  /// Rows with the values of such lines, where the labels stand like headings of a table.
  private(set) var rowsUnderLabels: Set<Int> = []
  /// Every cell with visible text, in reading order.
  private(set) var texts: [(cell: CellReference, text: String)] = []
  /// The columns with something in them, for each row that has a heading or a label; the rows, for each column that
  /// has a heading.
  private var columnsByRow: [Int: [Int]] = [:]
  private var rowsByColumn: [Int: [Int]] = [:]

  /// - Complexity: O(*n* log *n*) for *n* cells.
  init(_ grid: Grid, words: FormVocabulary) {
    self.grid = grid
    self.words = words
    let merges = MergeIndex(grid.merges)
    self.merges = merges
    lists = ListBodies(grid, words: words, merges: merges)
    let lines = Set(lists.bodies.flatMap { $0.rows + $0.totals })
    let heads = Set(lists.bodies.flatMap(\.headRows))
    var filled: [CellReference] = []
    filled.reserveCapacity(grid.cells.count)
    for (reference, cell) in grid.cells where cell.isFilled {
      if !lines.isEmpty, lines.contains(reference.row) { continue }
      // What stands under a merged range is not seen by anyone.
      if let merge = merges.range(around: reference), merge.first != reference { continue }
      filled.append(reference)
      if case .text(let text) = cell.shown { texts.append((reference, text)) }
    }
    texts.sort { $0.cell < $1.cell }
    // Forms repeat their words, and so do hostile files.
    var known: [String: (meanings: [HeadingMeaning], words: String?)] = [:]
    for (reference, text) in texts {
      titles += words.titles.matches(of: text, at: reference)
      // 联系电话 over a list's column is no line around it.
      if !heads.contains(reference.row) { addHeadLines(in: text, at: reference) }
      guard text.utf8.count <= 400 else { continue }
      let read = known[text] ?? words.headings.reading(of: text)
      known[text] = read
      if read.meanings.isEmpty { continue }
      headingIndices[reference] = headings.count
      headings.append(
        HeadingCell(
          reference: reference, extent: extent(ofHeading: text, at: reference), text: text,
          meanings: read.meanings, groupWords: read.words))
    }
    titleCells = Set(titles.map(\.cell))
    indexContent(filled)
    addRowsUnderLabels()
  }

  /// 合计 in the column of the lines' numbers, with nothing beside it, heads its row as if it were merged over both cells.
  private func extent(ofHeading text: String, at cell: CellReference) -> CellRange {
    let own = merges.extent(of: cell)
    let next = cell.offset(columns: 1)
    guard own.rows.count == 1, own.columns.count == 1, cell.row > 1, words.headings.isTotalWord(text),
      grid.cells[next]?.isFilled != true, merges.range(around: next) == nil,
      case .number? = grid.cells[cell.offset(rows: -1)]?.shown,
      case .text? = grid.cells[next.offset(rows: -1)]?.shown
    else { return own }
    return CellRange(rows: own.rows, columns: cell.column...next.column)
  }

  /// The titles in the rows over a table and in its first one, as far up as anyone would put one.
  func titles(over extent: CellRange) -> ArraySlice<TitleVocabulary.Match> {
    let rows = (extent.first.row - 60)...extent.first.row
    let first = titles.partitioningIndex { $0.cell.row >= rows.lowerBound }
    return titles[first..<max(first, titles.partitioningIndex { $0.cell.row > rows.upperBound })]
  }

  private mutating func indexContent(_ filled: [CellReference]) {
    for heading in headings {
      columnsByRow[heading.reference.row] = []
      rowsByColumn[heading.reference.column] = []
    }
    for line in headLines {
      for row in line.extent.first.row...min(line.extent.last.row, line.extent.first.row + 3) {
        columnsByRow[row] = []
      }
      columnsByRow[line.extent.last.row + 1] = []
    }
    for cell in filled {
      columnsByRow[cell.row]?.append(cell.column)
      rowsByColumn[cell.column]?.append(cell.row)
    }
    for row in columnsByRow.keys { columnsByRow[row]?.sort() }
    for column in rowsByColumn.keys { rowsByColumn[column]?.sort() }
  }

  private mutating func addHeadLines(in text: String, at reference: CellReference) {
    let matches = words.headLines.matches(in: text)
    if matches.isEmpty { return }
    let extent = merges.extent(of: reference)
    headLines.append(HeadLineCell(reference: reference, extent: extent, matches: matches))
    for row in extent.first.row...min(extent.last.row, extent.first.row + 3) {
      rowsWithHeadLines.insert(row)
      headLinesByRow[row, default: []].append(headLines.count - 1)
    }
  }

  /// The labels in a row, or merged over it.
  func headLines(inRow row: Int) -> some Sequence<HeadLineCell> {
    (headLinesByRow[row] ?? []).lazy.map { headLines[$0] }
  }

  /// Labels beside labels, with nothing behind them, have their values below.
  private mutating func addRowsUnderLabels() {
    let open = headLines.filter { $0.matches.count == 1 && $0.matches[0].value.isEmpty }
    let labels = Set(open.map(\.reference))
    for line in open {
      let next = CellReference(row: line.reference.row, column: line.extent.last.column + 1)
      let below = line.extent.last.row + 1
      if labels.contains(next), !rowsWithHeadLines.contains(below) { rowsUnderLabels.insert(below) }
    }
  }

  /// The columns with something in them, in a row that holds a heading or a label.
  func filledColumns(inRow row: Int) -> [Int] { columnsByRow[row] ?? [] }
  /// The rows with something in them, in a column that holds a heading.
  func filledRows(inColumn column: Int) -> [Int] { rowsByColumn[column] ?? [] }
}

extension GridCell {
  /// What a reader sees: the stored value as far as it is seen, or for a formula without one what the program computed.
  var shown: GridValue {
    if let seen = appearance?.seen { return seen }
    if case .value(let computed)? = computed, value == .blank { return computed }
    return value
  }

  /// Whether anything can be seen in the cell, or is computed there.
  var isFilled: Bool {
    switch shown {
    case .blank: formula != nil && appearance?.seen == nil
    case .text(let text): !text.unicodeScalars.allSatisfy(TextFolding.isInvisible) || formula != nil
    default: true
    }
  }
}
