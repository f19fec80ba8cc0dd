extension Worksheet {
  /// Gives every cell of a range a style, in place of the one it had.
  ///
  /// Whole columns (`"A1:C1048576"`) and whole rows (`"A1:XFD3"`) get a style of their own that holds for their empty
  /// cells too; nothing is stored for each cell then.
  ///
  /// - Complexity: O(cells in the range), O(stored cells) for whole rows and columns.
  public func setStyle(_ style: Style, for range: CellRange) {
    let index = workbook.styles.index(of: style)
    restyle(range) { _ in index }
  }

  /// Gives one cell a style.
  public func setStyle(_ style: Style, at cell: CellReference) {
    setStyle(style, for: CellRange(cell))
  }

  /// Changes a part of the style of every cell of a range and leaves the rest as it is:
  ///
  ///     sheet.changeStyle(for: "C6:D15") { $0.protection = .unlocked }
  ///
  /// - Complexity: O(cells in the range); the closure is called once for each style found there.
  public func changeStyle(for range: CellRange, _ change: (inout Style) -> Void) {
    var changed: [Int: Int] = [:]
    restyle(range) { index in
      if let known = changed[index] { return known }
      var style = workbook.styles[index]
      change(&style)
      let new = workbook.styles.index(of: style)
      changed[index] = new
      return new
    }
  }

  /// The stored cells whose look passes a test, in order; the test is called once for each style of the workbook.
  ///
  ///     let marked = sheet.cells { $0.fill == .solid(.rgb(0xFFFF00)) }
  ///
  /// - Complexity: O(stored cells)
  public func cells(whereStyle test: (Style) -> Bool) -> [CellReference] {
    var known: [Int: Bool] = [:]
    return content.cells.rows.flatMap { row in
      row.cells.compactMap { cell in
        let passes = known[cell.style] ?? test(workbook.styles[cell.style])
        known[cell.style] = passes
        return passes ? CellReference(row: row.index, column: cell.column) : nil
      }
    }
  }

  /// The style of a cell: its own, or the one its row or column gives to empty cells.
  public func style(at cell: CellReference) -> Style { workbook.styles[styleIndex(at: cell)] }

  func styleIndex(at cell: CellReference) -> Int {
    content.cells[cell]?.style ?? inheritedStyle(at: cell)
  }

  /// What a cell that is not there would look like: its row decides before its column.
  func inheritedStyle(at cell: CellReference) -> Int {
    content.cells.settings(ofRow: cell.row)?.style
      ?? content.columns.first { $0.range.contains(cell.column) }?.settings.style ?? 0
  }

  private func restyle(_ range: CellRange, _ style: (Int) -> Int) {
    let wholeColumns = range.rows == 1...CellReference.maximumRow
    let wholeRows = range.columns == 1...CellReference.maximumColumn
    if wholeColumns {
      updateColumns(range.columns) { $0.style = style($0.style ?? 0) }
      restyleStoredCells(in: range, style)
    } else if wholeRows {
      for row in range.rows {
        content.cells.updateRow(row) { $0.settings.style = style($0.settings.style ?? 0) }
      }
      restyleStoredCells(in: range, style)
    } else {
      for row in range.rows {
        for column in range.columns {
          let cell = CellReference(row: row, column: column)
          let new = style(styleIndex(at: cell))
          content.cells.update(cell) { $0.style = new }
        }
      }
    }
  }

  private func restyleStoredCells(in range: CellRange, _ style: (Int) -> Int) {
    content.cells.updateStoredRows { row in
      guard range.rows.contains(row.index) else { return }
      for place in row.cells.indices where range.columns.contains(row.cells[place].column) {
        row.cells[place].style = style(row.cells[place].style)
      }
    }
  }
}
