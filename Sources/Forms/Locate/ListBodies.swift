import XLSX

/// Where the lines of lists stand on a sheet. What stands in lines is no heading, title or label, whatever its words are,
/// and is not looked through for such.
///
/// A row or two of a list's headings begin its lines; they go on over empty rows and sums until a title, headings or a line
/// such as 填报人 says that something else begins.
struct ListBodies {
  struct Body: Sendable {
    /// The form's position in the campaign.
    var form: Int
    var headRows: ClosedRange<Int>
    /// The columns of its headings.
    var columns: ClosedRange<Int>
    /// Rows with something in them that may be lines, in order.
    var rows: [Int] = []
    /// Rows that begin with a word for sums.
    var totals: [Int] = []
  }

  private(set) var bodies: [Body] = []

  private let grid: Grid
  private let words: FormVocabulary
  private let merges: MergeIndex
  /// The headings of the rows just above, for each list.
  private var heads: [Int: Head] = [:]
  private var open: Int?
  /// Whether the open list has seemed to end: only full lines belong to it from there.
  private var hasEnded = false

  private struct Head {
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>
    var leaves: LeafSet
  }

  private struct Cell {
    var column: Int
    /// `nil` for what is no text.
    var text: String?
  }

  /// - Complexity: O(cells) for sheets in reading order.
  init(_ grid: Grid, words: FormVocabulary, merges: MergeIndex) {
    self.grid = grid
    self.words = words
    self.merges = merges
    guard !words.lists.isEmpty else { return }
    let order = grid.cells.readingOrder
    var next = order.startIndex
    var cells: [Cell] = []
    while next < order.endIndex {
      let row = grid.cells.keys[order[next]].row
      cells.removeAll(keepingCapacity: true)
      while next < order.endIndex, grid.cells.keys[order[next]].row == row {
        let place = grid.cells.keys[order[next]]
        let content = grid.cells.values[order[next]]
        next += 1
        guard content.isFilled,
          merges.isEmpty || merges.range(around: place).map({ $0.first == place }) ?? true
        else { continue }
        var text: String?
        if case .text(let shown) = content.shown { text = shown }
        cells.append(Cell(column: place.column, text: text))
      }
      if !cells.isEmpty { take(cells, row: row) }
    }
    // Headings at the end of the sheet have no lines below them.
    openBody(before: .max)
  }

  func body(of form: Int, below rows: ClosedRange<Int>) -> Body? {
    bodies.first { $0.form == form && $0.headRows.overlaps(rows) }
  }

  private mutating func take(_ cells: [Cell], row: Int) {
    if open == nil || mayBeHead(cells) {
      if takeHead(cells, row: row) { return }
      // Whatever comes below headings is a line.
      openBody(before: row)
    }
    guard let open else { return }
    if hasEnded, !isFull(cells, of: bodies[open]) { return }
    if isTotal(cells, of: bodies[open]) {
      bodies[open].totals.append(row)
    } else if isEnd(cells, of: bodies[open], row: row) {
      hasEnded = true
    } else {
      bodies[open].rows.append(row)
    }
  }

  // Headings

  /// Whether a row within lines may be one of headings: asked of every line, and answered by a glance.
  private func mayBeHead(_ cells: [Cell]) -> Bool {
    var looked = 0
    for cell in cells {
      guard let text = cell.text else { continue }
      looked += 1
      if words.headings.mayBeHeading(text), headingCount(of: cells) * 2 >= cells.count,
        headingCount(of: cells) >= 2
      {
        return true
      }
      if looked == 3 { break }
    }
    return false
  }

  private func headingCount(of cells: [Cell]) -> Int {
    cells.count { cell in
      guard let text = cell.text, text.utf8.count <= 120 else { return false }
      return !words.headings.meanings(of: text).isEmpty
    }
  }

  private mutating func takeHead(_ cells: [Cell], row: Int) -> Bool {
    var found: [Int: (leaves: LeafSet, columns: ClosedRange<Int>, count: Int, last: Int)] = [:]
    var others: [Int: Int] = [:]
    for cell in cells {
      guard let text = cell.text, text.utf8.count <= 400 else { continue }
      let extent = merges.extent(of: CellReference(row: row, column: cell.column))
      for meaning in words.headings.meanings(of: text) {
        guard words.lists.contains(meaning.form) else {
          others[meaning.form, default: 0] += 1
          continue
        }
        var next =
          found[meaning.form]
          ?? (
            LeafSet(0..<0, of: words.forms[meaning.form].columnLeaves.count), extent.columns, 0,
            extent.last.row
          )
        next.leaves.formUnion(meaning.columns)
        next.columns =
          min(next.columns.lowerBound, extent.first.column)...max(next.columns.upperBound, extent.last.column)
        next.count += 1
        // A heading merged over two rows says where the head ends; one over ten is none.
        if extent.rows.count <= 4 { next.last = max(next.last, extent.last.row) }
        found[meaning.form] = next
      }
    }
    var isHead = false
    for (form, hits) in found where hits.count * 2 >= cells.count {
      if let open, bodies[open].form == form || hits.count >= 2 {
        self.open = nil
        heads = [:]
      }
      var head =
        heads[form] ?? Head(rows: row...max(row, hits.last), columns: hits.columns, leaves: hits.leaves)
      if row - head.rows.upperBound > 1 {
        head = Head(rows: row...max(row, hits.last), columns: hits.columns, leaves: hits.leaves)
      }
      head.leaves.formUnion(hits.leaves)
      head.rows = head.rows.lowerBound...max(head.rows.upperBound, row, hits.last)
      head.columns =
        min(
          head.columns.lowerBound, hits.columns.lowerBound)...max(
          head.columns.upperBound, hits.columns.upperBound)
      heads[form] = head
      isHead = true
    }
    // Another form begins.
    if !isHead, open != nil, others.values.contains(where: { $0 >= 2 && $0 * 2 >= cells.count }) {
      open = nil
      return true
    }
    // The second row of headings has words of one group only: 慰问金, 物资.
    if !isHead, let above = heads.values.map(\.rows.upperBound).max(), row <= above { return true }
    return isHead
  }

  private mutating func openBody(before row: Int) {
    guard !heads.isEmpty else { return }
    let best = heads.filter { form, head in
      let columns = words.forms[form].fields.count { $0.type != .index }
      return head.rows.upperBound < row && head.leaves.count >= max(1, min(2, columns))
        && head.leaves.count * 2 >= columns
    }.max { a, b in (a.value.leaves.count, b.key) < (b.value.leaves.count, a.key) }
    heads = [:]
    guard let (form, head) = best else { return }
    bodies.append(Body(form: form, headRows: head.rows, columns: head.columns))
    open = bodies.count - 1
    hasEnded = false
  }

  // Lines

  /// Whether a row has something in at least half of the columns.
  private func isFull(_ cells: [Cell], of body: Body) -> Bool {
    let inside = cells.count { body.columns.contains($0.column) }
    return inside >= 2 && inside * 2 >= words.forms[body.form].fields.count
  }

  /// Whether a row begins with a word for sums: 合计 in the column of numbers, names, or a column or two further.
  private func isTotal(_ cells: [Cell], of body: Body) -> Bool {
    for cell in cells.prefix(2) {
      guard let text = cell.text, cell.column <= body.columns.lowerBound + 3 else { continue }
      if text.utf8.count <= 40, words.headings.isAddedTotalWord(text, forRows: true) { return true }
    }
    return false
  }

  /// Whether a row is none of the list's: a title, a line such as 填报人, a remark.
  private func isEnd(_ cells: [Cell], of body: Body, row: Int) -> Bool {
    guard let first = cells.first else { return true }
    // A label or a remark stands at the front, or alone.
    let isSparse = cells.count <= max(3, words.forms[body.form].fields.count / 2)
    guard isSparse || first.text.map(HeadLineVocabulary.isRemark) == true else { return false }
    for cell in cells {
      guard let text = cell.text else { continue }
      if words.headLines.matches(in: text).contains(where: { $0.certainty >= .alone }) { return true }
      let place = CellReference(row: row, column: cell.column)
      if cells.count <= 2, words.titles.matches(of: text, at: place).contains(where: \.isTitle) {
        return true
      }
    }
    guard let text = first.text else { return false }
    let isWide = merges.extent(of: CellReference(row: row, column: first.column)).columns.count > 1
    let isAlone = cells.count == 1 && (isWide || first.column <= body.columns.lowerBound + 1)
    return HeadLineVocabulary.isRemark(text) && (isAlone || first.column <= body.columns.lowerBound)
      || isAlone && isWide && text.count > 8
  }
}

extension GridCells {
  /// The positions of the cells, row by row.
  ///
  /// - Complexity: O(1) for cells that came in that order.
  var readingOrder: [Int] {
    isOrdered ? Array(keys.indices) : keys.indices.sorted { keys[$0] < keys[$1] }
  }
}
