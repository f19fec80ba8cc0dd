import XLSX

extension LearnTable {
  /// A table without headings, of labels with room to write beside each, perhaps several pairs side by side, as one of two
  /// columns: 项目 and 填报内容. `nil` for any other table.
  ///
  ///     | 驿站数量（个） |   | 服务职工（人次） |   |
  ///     | 是否24小时开放 |   | 开放时间       |   |
  ///
  /// What says who reports (填报单位, 填报人, 联系电话) becomes a line above.
  func unfolded(heads: HeadLineVocabulary) -> LearnTable? {
    // Room at the right edge is drawn, and holds nothing.
    let edge = range.last.column + 1
    let isOpen = range.rows.contains { row in
      cells[CellReference(row: row, column: edge - 1)] != nil
        && (drawn.contains(CellReference(row: row, column: edge))
          || merges.contains { $0.columns.contains(edge) && $0.columns.lowerBound < edge })
    }
    let columns = range.first.column...(isOpen ? edge : range.last.column)
    var pairs: [[(label: CellReference, room: CellReference)]] = []
    var others: [Int] = []
    for row in range.rows {
      if let found = self.pairs(inRow: row, columns) { pairs.append(found) } else { others.append(row) }
    }
    // A few rows of another kind among many with several pairs each do not make it a table with headings.
    guard pairs.count > 1,
      others.isEmpty
        || pairs.count >= 3 && pairs.count * 2 >= range.rows.count && pairs.contains(where: { $0.count > 1 })
    else { return nil }
    var table = LearnTable(place: place, sheet: sheet, range: range)
    (table.above, table.below) = (above, below)
    (table.choiceLists, table.blank) = (choiceLists, blank)
    table.isUnfolded = true
    table.leftOut = others.filter { row in
      let texts = columns.compactMap { cells[CellReference(row: row, column: $0)]?.text }
      // 指标 | 数值 | 指标 | 数值 over the pairs says nothing.
      return !texts.isEmpty && (row != range.first.row || Set(texts).count * 2 > texts.count)
    }.map { CellReference(row: $0, column: range.first.column) }
    table.cells[CellReference(row: 1, column: 1)] = Cell(text: "项目")
    table.cells[CellReference(row: 1, column: 2)] = Cell(text: "填报内容")
    var row = 1
    for position in 0..<(pairs.map(\.count).max() ?? 0) {
      for pair in pairs where pair.indices.contains(position) {
        let (label, room) = pair[position]
        let text = text(label)
        if heads.matches(in: text).contains(where: { $0.certainty >= .alone }) {
          table.above.append(Line(text: text, parts: [text], place: place))
          continue
        }
        row += 1
        let (new, newRoom) = (CellReference(row: row, column: 1), CellReference(row: row, column: 2))
        table.cells[new] = cells[label]
        table.formats[newRoom] = formats[room]
        table.sources[new] = label
        table.sources[newRoom] = room
        if var validation = validation(at: room) {
          validation.ranges = [CellRange(newRoom)]
          table.validations.append(validation)
        }
      }
    }
    guard row > 2 else { return nil }
    table.range = CellRange(CellReference(row: 1, column: 1), CellReference(row: row, column: 2))
    return table
  }

  /// The labels of a row with the room beside each; `nil` for a row of another kind.
  private func pairs(inRow row: Int, _ columns: ClosedRange<Int>) -> [(
    label: CellReference, room: CellReference
  )]? {
    let cells = origins(inRow: row, columns)
    guard !cells.isEmpty, cells.count.isMultiple(of: 2) else { return nil }
    var found: [(label: CellReference, room: CellReference)] = []
    for index in stride(from: 0, to: cells.count, by: 2) {
      let (label, room) = (cells[index], cells[index + 1])
      guard let text = self.cells[label], text.formula == nil, !text.isNumber, isRoom(room) else {
        return nil
      }
      found.append((label, room))
    }
    return found
  }

  /// Whether a cell is blank, or holds no more than boxes to tick and blanks for a day: `□是 □否`, `年 月 日`.
  private func isRoom(_ cell: CellReference) -> Bool {
    guard let text = cells[cell] else { return true }
    return text.formula == nil
      && (HeadLineVocabulary.isPlaceholder(text.text) || text.text.contains { "□☐○◯".contains($0) })
  }

  /// The cells of a row, of merged ones the first; none for a row that a range from above reaches into.
  private func origins(inRow row: Int, _ columns: ClosedRange<Int>) -> [CellReference] {
    var cells: [CellReference] = []
    for column in columns {
      let cell = CellReference(row: row, column: column)
      let origin = origin(cell)
      if origin.row != row { return [] }
      if cells.last != origin { cells.append(origin) }
    }
    return cells
  }
}
