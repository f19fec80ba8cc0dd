import XLSX

/// Where everything stands on the blank form of a definition: the label in row 1, the title in row 2, the head lines
/// above, the table, the head lines below.
struct FormGeometry {
  /// A head line's two cells.
  struct Line {
    var head: FormDefinition.HeadLine
    var label: CellRange
    var value: CellRange
  }

  /// A heading over (or beside) the leaves it has.
  struct Box {
    var heading: Heading
    var range: CellRange
  }

  let form: FormDefinition
  /// Widths in characters, one for every column of the sheet.
  let columnWidths: [Double]
  let tableTop: Int
  /// The first row and column of figures.
  let figuresTop: Int
  let figuresLeft: Int

  init(_ form: FormDefinition) {
    self.form = form
    // The value of a head line needs a column of its own, which a form of one column does not have.
    let columns = max(2, form.rowHeadingDepth + form.columnLeaves.count)
    let given = form.layout.columnWidths
    columnWidths =
      given.count == columns
      ? given
      : form.kind == .list
        ? ListColumns(form).widths
        : Array(repeating: (form.layout.textWidth / Double(columns)).rounded(.down), count: columns)
    tableTop = 3 + form.headLines.filter { $0.place == .above }.count
    figuresTop = tableTop + form.columnHeadingDepth
    figuresLeft = 1 + form.rowHeadingDepth
  }

  var lastColumn: Int { columnWidths.count }
  /// Rows to fill in: of a list those that are printed empty.
  var figureRows: Int { form.list?.blankLines ?? form.rowLeaves.count }
  /// The 合计 line of a list.
  var totalRow: Int? {
    guard let list = form.list, !list.totals.isEmpty else { return nil }
    return figuresTop + figureRows
  }
  var tableBottom: Int { totalRow ?? figuresTop + figureRows - 1 }
  var lastRow: Int { tableBottom + form.headLines.filter { $0.place == .below }.count }
  var tableRight: Int { figuresLeft + form.columnLeaves.count - 1 }

  var table: CellRange { range(rows: tableTop...tableBottom, columns: 1...tableRight) }
  var figures: CellRange { range(rows: figuresTop...tableBottom, columns: figuresLeft...tableRight) }
  var page: CellRange { range(rows: 1...lastRow, columns: 1...lastColumn) }

  /// The empty corner above the row headings and left of the column headings.
  var corner: CellRange? {
    guard figuresTop > tableTop, figuresLeft > 1 else { return nil }
    return range(rows: tableTop...(figuresTop - 1), columns: 1...(figuresLeft - 1))
  }

  func cell(of field: Field) -> CellReference {
    CellReference(row: figuresTop + field.row, column: figuresLeft + field.column)
  }

  /// All cells of a field: of a list one in each line.
  func cells(of field: Field) -> CellRange {
    let first = cell(of: field)
    return CellRange(first, first.offset(rows: form.list == nil ? 0 : figureRows - 1))
  }

  /// The same one by one.
  func lines(of field: Field) -> [CellReference] {
    let cells = cells(of: field)
    return cells.rows.map { CellReference(row: $0, column: cells.first.column) }
  }

  var columnBoxes: [Box] {
    boxes(form.columns, depth: form.columnHeadingDepth).map { heading, levels, leaves in
      Box(
        heading: heading,
        range: range(
          rows: (tableTop + levels.lowerBound)...(tableTop + levels.upperBound),
          columns: (figuresLeft + leaves.lowerBound)...(figuresLeft + leaves.upperBound)))
    }
  }

  var rowBoxes: [Box] {
    boxes(form.rows, depth: form.rowHeadingDepth).map { heading, levels, leaves in
      Box(
        heading: heading,
        range: range(
          rows: (figuresTop + leaves.lowerBound)...(figuresTop + leaves.upperBound),
          columns: (1 + levels.lowerBound)...(1 + levels.upperBound)))
    }
  }

  /// The head lines, each with its label at the left and the cell for its value beside it.
  var lines: [Line] {
    var above = 3
    var below = tableBottom + 1
    return form.headLines.map { head in
      let row = head.place == .above ? above : below
      if head.place == .above { above += 1 } else { below += 1 }
      let columns = labelColumns(head)
      return Line(
        head: head, label: range(rows: row...row, columns: 1...columns),
        value: range(rows: row...row, columns: (columns + 1)...lastColumn))
    }
  }

  /// How many columns from the left the text of a label needs; at least one stays for the value.
  private func labelColumns(_ head: FormDefinition.HeadLine) -> Int {
    let needed = TextWidth.characters(head.label + "：", size: form.layout.textSize)
    var width = 0.0
    for (index, columnWidth) in columnWidths.enumerated() {
      width += columnWidth
      if width >= needed { return min(index + 1, lastColumn - 1) }
    }
    return lastColumn - 1
  }

  /// Every heading of a tree with the levels and leaves that it covers. A leaf reaches down to the last level.
  private func boxes(
    _ headings: [Heading], depth: Int
  ) -> [(heading: Heading, levels: ClosedRange<Int>, leaves: ClosedRange<Int>)] {
    var boxes: [(Heading, ClosedRange<Int>, ClosedRange<Int>)] = []
    func add(_ heading: Heading, level: Int, firstLeaf: Int) -> Int {
      guard !heading.children.isEmpty else {
        boxes.append((heading, level...max(level, depth - 1), firstLeaf...firstLeaf))
        return 1
      }
      let place = boxes.count
      boxes.append((heading, level...level, firstLeaf...firstLeaf))
      var leaves = 0
      for child in heading.children { leaves += add(child, level: level + 1, firstLeaf: firstLeaf + leaves) }
      boxes[place].2 = firstLeaf...(firstLeaf + leaves - 1)
      return leaves
    }
    var leaves = 0
    for heading in headings { leaves += add(heading, level: 0, firstLeaf: leaves) }
    return boxes
  }

  private func range(rows: ClosedRange<Int>, columns: ClosedRange<Int>) -> CellRange {
    CellRange(
      CellReference(row: rows.lowerBound, column: columns.lowerBound),
      CellReference(row: rows.upperBound, column: columns.upperBound))
  }
}
