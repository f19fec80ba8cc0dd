import XLSX

/// Which rows and columns of a table are headings, which are to be filled in.
struct TableShape {
  let table: LearnTable
  let words: LearnWords
  /// The rows of column headings, from the top.
  private(set) var head: ClosedRange<Int>
  /// The rows to be filled in.
  private(set) var body: [Int] = []
  /// The row of sums below a list.
  private(set) var totalRow: Int?
  /// The columns of row headings, without numbers of lines and units of measure.
  private(set) var rowHeadings: [Int] = []
  /// The column that says what each row counts in.
  private(set) var measureColumn: Int?
  /// The columns that number the lines.
  private(set) var indices: [Int] = []
  /// The columns to be filled in.
  private(set) var columns: [Int] = []
  private(set) var kind: LearnedForm.Kind = .matrix

  init?(_ table: LearnTable, words: LearnWords) {
    self.table = table
    self.words = words
    let rows = table.range.rows
    let isBlank: (Int) -> Bool = { row in
      table.range.columns.allSatisfy { table.isBlank(CellReference(row: row, column: $0)) }
    }
    guard let first = rows.first(where: { !isBlank($0) }) else { return nil }
    head = first...first
    while let next = nextHeadRow() { head = first...next }
    var below = rows.filter { $0 > head.upperBound }
    if let numbers = below.first, isNumbering(numbers) { below.removeFirst() }
    split(below)
    guard !columns.isEmpty else { return nil }
  }

  private func at(_ row: Int, _ column: Int) -> CellReference { CellReference(row: row, column: column) }
  func text(_ row: Int, _ column: Int) -> String { LearnText.plain(table.text(at(row, column))) }
  private func span(_ row: Int, _ column: Int) -> CellRange {
    table.merge(at: at(row, column)) ?? CellRange(at(row, column))
  }

  // The rows of headings.

  /// The row that belongs to the column headings too: one that a heading reaches down to, or one that divides a heading.
  private func nextHeadRow() -> Int? {
    let last = head.upperBound
    let next = last + 1
    guard next <= table.range.rows.upperBound, head.count < 6 else { return nil }
    for column in table.range.columns {
      let span = span(last, column)
      // A merged heading that is blank is room to write in, unless it is the corner.
      if span.rows.upperBound > last, !text(last, column).isEmpty || column == table.range.columns.lowerBound
      {
        return next
      }
    }
    if isUnits(next) { return next }
    let left = span(last, table.range.columns.lowerBound).columns
    let outside = table.range.columns.filter { $0 > left.upperBound && !text(next, $0).isEmpty }
    guard !outside.isEmpty, outside.allSatisfy({ isWord(next, $0) }) else { return nil }
    // A heading over several columns, merged or with blank neighbours, is divided by the row below.
    let groups = table.range.columns.filter { column in
      let span = span(last, column)
      return span.first.column == column && !text(last, column).isEmpty
        && (span.columns.count > 1
          || (column < table.range.columns.upperBound && text(last, column + 1).isEmpty))
    }
    let divides = groups.contains { group in
      var end = span(last, group).columns.upperBound
      while end < table.range.columns.upperBound, text(last, end + 1).isEmpty { end += 1 }
      return (group...end).allSatisfy { !text(next, $0).isEmpty } && end > group
    }
    return divides ? next : nil
  }

  /// Whether a row under headings says what they count in, and nothing else: `（亩） | （万元） | （%）`.
  private func isUnits(_ row: Int) -> Bool {
    let columns = table.range.columns.filter { !text(row, $0).isEmpty && span(row, $0).first.row == row }
    guard !columns.contains(table.range.columns.lowerBound), !columns.isEmpty,
      columns.allSatisfy({ HeadingWords.unit(text(row, $0), words: words) != nil })
    else { return false }
    // 人 alone in a cell may be what its row counts in.
    let isBracketed = columns.allSatisfy { text(row, $0).trimmingBrackets != text(row, $0) }
    let named = table.range.columns.filter { $0 != columns.first && !text(row - 1, $0).isEmpty }
    return isBracketed || columns.count >= 2 && columns.count * 3 >= named.count * 2
  }

  private func isWord(_ row: Int, _ column: Int) -> Bool {
    guard let cell = table.cells[table.origin(at(row, column))] else { return false }
    return !cell.isNumber && cell.formula == nil
  }

  /// `甲 乙 1 2 3`: numbers of columns under the headings.
  private func isNumbering(_ row: Int) -> Bool {
    let texts = table.range.columns.map { text(row, $0) }.filter { !$0.isEmpty }
    guard texts.count >= 2, texts.contains(where: { Int($0.trimmingBrackets) == 1 }) else { return false }
    return texts.allSatisfy { text in
      let bare = text.trimmingBrackets
      return ["甲", "乙", "丙", "丁", "戊"].contains(bare) || Int(bare).map { $0 <= 100 } ?? false
        || bare.contains("=") && bare.allSatisfy { $0.isNumber || "=+-()/*".contains($0) }
    } && texts.count >= table.range.columns.count - 1
  }

  // Below them.

  private mutating func split(_ rows: [Int]) {
    let headings = table.range.columns.map { column in
      head.map { text($0, column) }.last { !$0.isEmpty } ?? ""
    }
    func heading(_ column: Int) -> String { headings[column - table.range.columns.lowerBound] }
    let all = Array(table.range.columns)
    indices = all.filter { isIndex($0, heading: heading($0), rows: rows) }
    let rest = all.filter { !indices.contains($0) }
    // A sum below blank lines is the end of a list, sums among named rows are rows.
    let sums = rows.filter { row in
      all.contains {
        words.isTotal(text(row, $0)) && table.merge(at: at(row, $0))?.columns.count ?? 1 <= all.count
      }
    }
    let named = rows.filter { row in
      !sums.contains(row) && rest.contains { column in !text(row, column).isEmpty && isWord(row, column) }
    }
    let blank = rows.filter { !named.contains($0) && !sums.contains($0) }
    if named.isEmpty || isFilledList(named, columns: rest)
      || (named.count < blank.count && named.allSatisfy { isSample($0) })
    {
      columns = all
      body = blank.isEmpty ? named : blank
      totalRow = sums.last
      kind = .list
      return
    }
    // Columns of row headings, from the left.
    measureColumn = rest.first { column in
      words[.measureColumns].contains(heading(column))
        && named.contains { words.measure(named: text($0, column)) != nil }
        && named.allSatisfy { text($0, column).isEmpty || text($0, column).count <= 4 }
    }
    body = rows.filter { named.contains($0) || sums.contains($0) }
    for column in rest where column != measureColumn {
      let filled = body.filter { !text($0, column).isEmpty && isWord($0, column) }
      guard filled.count * 3 >= body.count || (rowHeadings.isEmpty && !filled.isEmpty) else { break }
      rowHeadings.append(column)
    }
    columns = rest.filter { column in
      column != measureColumn && column > rowHeadings.last ?? 0
    }
    kind = .matrix
  }

  /// Lines of a list that somebody filled in: words in several columns, and hardly a blank.
  private func isFilledList(_ rows: [Int], columns: [Int]) -> Bool {
    let filled = rows.count { row in
      let texts = columns.filter { !text(row, $0).isEmpty }
      return texts.count * 5 >= columns.count * 4 && texts.count { isWord(row, $0) } >= 3
    }
    return filled * 5 >= rows.count * 3
  }

  /// A line that shows how the list is filled in: 例 in front.
  private func isSample(_ row: Int) -> Bool {
    table.range.columns.lazy.map { text(row, $0) }.first { !$0.isEmpty }.map {
      $0.hasPrefix("例") || $0.hasPrefix("示例")
    }
      ?? false
  }

  /// Whether 1, 2, 3 … is printed down a column.
  private func countsUp(_ column: Int, rows: [Int]) -> Bool {
    let numbers = rows.map { text($0, column) }.filter { !$0.isEmpty && !words.isTotal($0) }
    return numbers.count >= 2 && numbers.enumerated().allSatisfy { Int($1) == $0 + 1 }
  }

  /// A column that numbers the lines.
  private func isIndex(_ column: Int, heading: String, rows: [Int]) -> Bool {
    let isCode =
      words[.codes].contains(heading) && rows.contains(where: { !text($0, column).isEmpty })
      || words[.codes].contains { heading.hasSuffix($0) } && countsUp(column, rows: rows)
    guard words[.index].contains(heading) || isCode else { return false }
    return rows.allSatisfy { row in
      let text = text(row, column)
      return text.isEmpty
        || text.count <= 4 && !text.contains(where: { $0.isLetter && !"一二三四五六七八九十ABCDEFG".contains($0) })
        || words.isTotal(text) || ["...", "……", "…"].contains(text)
    }
  }
}
