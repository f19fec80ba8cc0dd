import Foundation
import XLSX

/// Reads the lines of a located list, page by page.
struct ListReader {
  private let form: FormDefinition
  private let year: Int
  private let ditto: DittoText
  private(set) var content: ListContent
  private var pageTotals: [ListContent.PageTotal] = []
  /// The last line of the sheet that is being read, and whether a 合计 line stands between.
  private var lastRow: Int?
  private var fullTotal: (part: Int, row: Int, isWhole: Bool)?

  init(form: FormDefinition, year: Int, ditto: DittoText) {
    self.form = form
    self.year = year
    self.ditto = ditto
    content = ListContent(lines: ListLines(fieldCount: form.fields.count))
  }

  /// - Parameter sheet: The sheet's name, where it is not the submission's own.
  mutating func read(_ located: LocatedForm, grid: Grid, sheet: String?) {
    guard let list = located.list else { return }
    let rows = GridRows(grid)
    let columns = list.columns.map { $0?.lowerBound }
    content.lines.add(
      ListLines.Part(sheet: sheet, columns: columns, isHidden: grid.isHidden))
    let page = Page(list, form: form, merges: located.merges, rows: rows, grid: grid)
    lastRow = list.headRows.upperBound
    var position = rows.position(ofRow: list.headRows.upperBound + 1)
    var isFirst = true
    let firstLine = content.lines.count
    let sums = page.sums(rows)
    var belowTotal: [Int] = []
    let crossedOut = page.crossedOut(rows)
    for row in crossedOut {
      content.gaps.append(
        .init(kind: .crossedOut, sheet: sheet, rows: row...row, column: page.firstColumn, linesBelow: 0))
    }
    var empty = Set(crossedOut)
    var hidden = ListContent.Hidden(sheet: sheet, isWhole: grid.isHidden)
    for (index, row) in list.rows.enumerated() {
      let cells = rows.cells(inRow: row, from: &position)
      if isFirst, page.isCounting(cells, form: form) { continue }
      isFirst = false
      if empty.contains(row) { continue }
      if let title = page.numberedText(cells),
        page.isAcrossFields(title) || page.hasLines(below: index, in: rows, from: position)
      {
        empty.insert(row)
        continue
      }
      var values = page.values(cells, row: row, form: form, year: year)
      if content.lines.count > firstLine { resolveDittos(&values) }
      if values.allSatisfy(\.saysNothing) {
        // Only its number stands there, and formulas that are printed on every line.
        empty.insert(row)
        continue
      }
      content.lines.append(row: row, values)
      if page.isHidden(row) { hidden.add(row) }
      if let total = sums.last, row > total { belowTotal.append(row) }
    }
    if content.lines.count > firstLine, !grid.hiddenColumns.isEmpty {
      hidden.fields = columns.indices.filter { field in
        form.fields[field].type != .index && columns[field].map(grid.hiddenColumns.contains) == true
      }
    }
    if !hidden.rows.isEmpty || !hidden.fields.isEmpty { content.hidden.append(hidden) }
    addGaps(
      from: firstLine, list: list, numbered: empty, column: page.firstColumn, sheet: sheet,
      belowTotal: belowTotal)
    // Sums of parts, with lines below the last one, are none of the whole.
    if sums.isEmpty, let last = content.lines.count > firstLine ? content.lines.rows.last : nil,
      list.totals.count > 1 || list.totals.contains(where: { $0 < last })
    {
      return
    }
    readTotals(list, page: page, rows: rows, sheet: sheet)
  }

  /// 同上 stands for what the line above says.
  private func resolveDittos(_ values: inout [TypedCell]) {
    guard values.contains(where: { ditto.isDitto($0.raw) }) else { return }
    let above = content.lines.states(content.lines.count - 1)
    for field in values.indices where ditto.isDitto(values[field].raw) {
      guard above.indices.contains(field), above[field] != .unreadable, above[field] != .missing else {
        continue
      }
      values[field].state = above[field]
      values[field].notes = above[field] == .blank ? [] : [.normalised]
    }
  }

  /// L08
  private mutating func addGaps(
    from firstLine: Int, list: LocatedList, numbered: Set<Int>, column: Int, sheet: String?, belowTotal: [Int]
  ) {
    let lines = content.lines
    var previous = list.headRows.upperBound
    let totals = Set(list.totals)
    for line in firstLine..<lines.count {
      let row = lines.row(line)
      defer { previous = row }
      guard row - previous > 1, line > firstLine else { continue }
      let blank = ((previous + 1)..<row).prefix(10_000).filter {
        !numbered.contains($0) && !totals.contains($0)
      }
      guard let first = blank.first, let last = blank.last else { continue }
      content.gaps.append(
        ListContent.Gap(
          kind: blank.count >= 3 ? .wide : .short, sheet: sheet, rows: first...last, column: column,
          linesBelow: lines.count - line))
    }
    // Beneath sums that stand over them, as some put them, all lines are.
    if let first = belowTotal.first, let last = belowTotal.last, belowTotal.count < lines.count - firstLine {
      content.gaps.append(
        ListContent.Gap(
          kind: .belowTotal, sheet: sheet, rows: first...last, column: column, linesBelow: belowTotal.count))
    }
  }

  /// The last 合计 line; sums of a page (小计) only where there is no other.
  private mutating func readTotals(_ list: LocatedList, page: Page, rows: GridRows, sheet: String?) {
    var hasWhole = false
    defer {
      if hasWhole { pageTotals.append(.init(part: content.lines.parts.count - 1, readings: content.totals)) }
      if pageTotals.count > 1 { content.pageTotals = pageTotals }
    }
    for row in list.totals {
      var position = rows.position(ofRow: row)
      let cells = rows.cells(inRow: row, from: &position)
      let isWhole = !page.isSubtotal(cells)
      if fullTotal?.isWhole == true, !isWhole { continue }
      hasWhole = hasWhole || isWhole
      fullTotal = (0, row, isWhole)
      let values = page.values(cells, row: row, form: form, year: year, isTotal: true)
      content.totals = form.fields.indices.filter { form.fields[$0].type.isNumeric }.map { index in
        let value = values[index]
        var reading = Reading(
          field: ListRules.totalKey(form.fields[index].key),
          cell: list.columns[index].map { CellReference(row: row, column: $0.lowerBound) }, raw: value.raw,
          state: value.state, notes: value.notes, formula: value.formula, isHidden: page.isHidden(row))
        reading.sheet = sheet
        return reading
      }
    }
  }

  /// What is the same for all lines of one sheet.
  private struct Page {
    let list: LocatedList
    let merges: MergeIndex
    let grid: Grid
    /// The field of each column.
    private var fieldOf: [Int: Int] = [:]
    private let types: [FieldType]

    init(
      _ list: LocatedList, form: FormDefinition, merges: MergeIndex, rows: GridRows, grid: Grid
    ) {
      types = form.fields.map(\.type)
      self.list = list
      self.merges = merges
      self.grid = grid
      for (field, columns) in list.columns.enumerated() {
        for column in columns ?? 1...1 where columns != nil { fieldOf[column] = field }
      }
    }

    var firstColumn: Int { list.columns.compactMap { $0?.lowerBound }.min() ?? 1 }

    /// The rows below the headings of which all that stands there is crossed out, or is only their number.
    func crossedOut(_ rows: GridRows) -> [Int] {
      guard grid.cells.hasAppearances else { return [] }
      var found: [Int] = []
      var position = rows.position(ofRow: list.headRows.upperBound + 1)
      while let row = rows.row(at: position) {
        let cells = rows.cells(inRow: row, from: &position)
        guard cells.contains(where: { grid.cells.values[$0].isCrossedOut }) else {
          continue
        }
        let isWhole = cells.allSatisfy { position in
          let content = grid.cells.values[position]
          guard content.isFilled else { return true }
          return fieldOf[grid.cells.keys[position].column].map { types[$0] == .index } ?? true
        }
        let isOfTheTable = cells.count { fieldOf[grid.cells.keys[$0].column] != nil } > 1
        if isWhole, isOfTheTable { found.append(row) }
      }
      return found
    }

    func isHidden(_ row: Int) -> Bool { grid.isHidden || grid.hiddenRows.contains(row) }

    /// A value for every field.
    func values(
      _ cells: ArraySlice<Int>, row: Int, form: FormDefinition, year: Int, isTotal: Bool = false
    ) -> [TypedCell] {
      var values = [TypedCell](repeating: TypedCell(), count: list.columns.count)
      for position in cells {
        guard let field = fieldOf[grid.cells.keys[position].column] else { continue }
        let type = types[field]
        if type == .index || (isTotal && !type.isNumeric) { continue }
        if values[field].state != .blank { continue }
        if let figure = grid.cells.values[position].plainNumber, type == .number {
          values[field].state = .figure(figure)
          if isTotal { values[field].raw = figure.plainText }
          continue
        }
        values[field] = TypedCell(grid.cells.values[position], field: form.fields[field], year: year)
      }
      if !merges.isEmpty { spread(&values, row: row, form: form, year: year) }
      for (field, columns) in list.columns.enumerated() where columns == nil {
        values[field].state = form.fields[field].type == .index ? .blank : .missing
      }
      return values
    }

    /// What is merged over several lines stands in each of them; of a number nobody can say whose it is.
    private func spread(_ values: inout [TypedCell], row: Int, form: FormDefinition, year: Int) {
      for (field, columns) in list.columns.enumerated() {
        guard let columns, form.fields[field].type != .index else { continue }
        let cell = CellReference(row: row, column: columns.lowerBound)
        guard let range = merges.range(around: cell), range.rows.count > 1, range.rows.count <= 5_000,
          !range.rows.contains(list.headRows.upperBound)
        else { continue }
        let value = TypedCell(grid.cells[range.first], field: form.fields[field], year: year)
        if value.state == .blank { continue }
        values[field] = value
        if form.fields[field].type.isNumeric {
          values[field].state = .unreadable
          values[field].notes = [.merged(range)]
        }
      }
    }

    /// The row of numbers of columns that some forms have below the headings: 1 2 3 …, 甲 乙 1 2.
    func isCounting(_ cells: ArraySlice<Int>, form: FormDefinition) -> Bool {
      let texts = cells.compactMap { position -> String? in
        let content = grid.cells.values[position]
        return content.isFilled ? CellFigure.text(content.shown).squeezed : nil
      }
      guard texts.count >= 3, texts.count * 2 >= list.columns.compactMap(\.self).count else { return false }
      var next = 1
      for (index, text) in texts.enumerated() {
        let plain = text.trimmingCharacters(in: CharacterSet(charactersIn: "()（）①②③④⑤⑥⑦⑧⑨⑩"))
        if index < 6, "甲乙丙丁戊己".contains(text), text.count == 1 { continue }
        guard let number = Int(plain), number == next else { return false }
        next += 1
      }
      return true
    }

    /// Where `（一）机关单位` stands alone in a row: what the lines below it are, or a name that somebody numbered.
    func numberedText(_ cells: ArraySlice<Int>) -> CellReference? {
      guard types.count >= 4 else { return nil }
      var title: (cell: CellReference, text: String)?
      for position in cells where grid.cells.values[position].isFilled {
        guard title == nil, case .text(let text) = grid.cells.values[position].shown else { return nil }
        title = (grid.cells.keys[position], text)
      }
      guard let title, NumberedText(title.text)?.isTitleOfPart == true else { return nil }
      return title.cell
    }

    /// Whether a cell is merged over several fields, as no value of a line is.
    func isAcrossFields(_ cell: CellReference) -> Bool {
      guard !merges.isEmpty, let range = merges.range(around: cell) else { return false }
      return list.columns.count { $0?.overlaps(range.columns) == true } > 1
    }

    /// Whether lines stand below a row with a numbered text alone, before the next such row. Where those lines are numbered in
    /// the same way, it is one of them.
    func hasLines(below index: Int, in rows: GridRows, from start: Int) -> Bool {
      var position = start
      for row in list.rows[(index + 1)...] {
        let cells = rows.cells(inRow: row, from: &position)
        if numberedText(cells) != nil { return false }
        let filled = cells.filter { position in
          guard let field = fieldOf[grid.cells.keys[position].column] else { return false }
          return types[field] != .index && grid.cells.values[position].isFilled
        }
        guard filled.count >= 2 else { continue }
        return !filled.contains { position in
          if case .text(let text) = grid.cells.values[position].shown {
            NumberedText(text)?.isTitleOfPart == true
          } else {
            false
          }
        }
      }
      return false
    }

    /// The lines that add up more than a part.
    func sums(_ rows: GridRows) -> [Int] {
      list.totals.filter { row in
        var position = rows.position(ofRow: row)
        return !isSubtotal(rows.cells(inRow: row, from: &position))
      }
    }

    /// Whether a line of sums says that it is that of a part.
    func isSubtotal(_ cells: ArraySlice<Int>) -> Bool {
      for position in cells.prefix(2) {
        if case .text(let text) = grid.cells.values[position].shown {
          let key = LabelText.key(text)
          return key.hasSuffix("小计") || key.hasPrefix("本页")
        }
      }
      return false
    }
  }
}

extension TypedCell {
  /// Whether nobody has put anything here: nothing, or a formula that finds nothing to work on.
  fileprivate var saysNothing: Bool {
    switch state {
    case .blank, .missing: notes.allSatisfy(\.isAboutFormula)
    case .figure(let figure): figure == 0 && formula != nil && notes.allSatisfy(\.isAboutFormula)
    // #DIV/0!
    case .unreadable: formula != nil && notes.allSatisfy(\.isOfEmptyQuotient)
    case .value: false
    }
  }
}

extension GridCell {
  fileprivate var isCrossedOut: Bool { appearance?.leftOut.contains { $0.kind == .struck } == true }
}

extension Reading.Note {
  fileprivate var isAboutFormula: Bool {
    switch self {
    case .evaluated, .notEvaluated: true
    default: false
    }
  }

  /// What a quotient of two empty cells gives; any other error hides a value.
  fileprivate var isOfEmptyQuotient: Bool { if case .error("#DIV/0!") = self { true } else { false } }
}

/// The cells of a grid row by row.
struct GridRows {
  private let grid: Grid
  private let order: [Int]

  init(_ grid: Grid) {
    self.grid = grid
    order = grid.cells.readingOrder
  }

  /// The position of a row's first cell in the order, or where it would be.
  func position(ofRow row: Int) -> Int {
    order.partitioningIndex { grid.cells.keys[$0].row >= row }
  }

  /// The row of the cell at a position; `nil` behind the last one.
  func row(at position: Int) -> Int? {
    order.indices.contains(position) ? grid.cells.keys[order[position]].row : nil
  }

  /// The cells of a row, as positions in the grid's cells; `position` stands at the row or before it, and moves behind it.
  func cells(inRow row: Int, from position: inout Int) -> ArraySlice<Int> {
    while position < order.count, grid.cells.keys[order[position]].row < row { position += 1 }
    let first = position
    while position < order.count, grid.cells.keys[order[position]].row == row { position += 1 }
    return order[first..<position]
  }
}
