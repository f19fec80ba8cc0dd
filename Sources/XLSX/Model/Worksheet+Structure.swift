/// Rows and columns that come and go, and cells that move, with everything that refers to them: formulas of all sheets, names,
/// rules, charts, tables, links, comments, pictures, print set-up.
extension Worksheet {
  /// Puts empty rows in; what was there moves down.
  ///
  ///     sheet.insertRows(at: 6, count: 12, copyingStyleFrom: 5)
  ///
  /// - Parameters:
  ///   - row: The first new row, from 1.
  ///   - count: How many.
  ///   - model: A row, by its number before, whose height and looks the new ones get; `nil` leaves them plain.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a place outside the grid, cells that would be pushed off it, or an array
  ///   formula that would be cut.
  /// - Complexity: O(stored cells of all sheets in memory)
  public func insertRows(at row: Int, count: Int = 1, copyingStyleFrom model: Int? = nil) throws {
    let looks = model.flatMap { content.cells.row($0) }
    try change(GridChange(axis: .rows, start: row, count: count))
    guard let looks else { return }
    for new in row..<(row + count) {
      content.cells.updateRow(new) { target in
        target.settings = looks.settings
        target.cells = looks.cells.map { CellStore.Cell(column: $0.column, style: $0.style, value: .empty) }
      }
    }
  }

  /// Takes rows out; what is below moves up, and what referred to them becomes `#REF!`.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for rows outside the grid, an array formula or the header of a table that would
  ///   be cut.
  /// - Complexity: O(stored cells of all sheets in memory)
  public func removeRows(_ rows: ClosedRange<Int>) throws {
    try change(GridChange(axis: .rows, start: rows.lowerBound, count: -rows.count))
  }

  /// Takes one row out.
  public func removeRow(_ row: Int) throws { try removeRows(row...row) }

  /// Puts empty columns in; what was there moves to the right. Inside a table they become columns of it, with names of their own.
  ///
  /// - Parameter model: A column, by its letters before, whose width and looks the new ones get; `nil` leaves them plain.
  /// - Throws: As ``insertRows(at:count:copyingStyleFrom:)``.
  public func insertColumns(
    at column: ColumnRange, count: Int = 1, copyingStyleFrom model: ColumnRange? = nil
  ) throws {
    let start = column.indices.lowerBound
    let from = model?.indices.lowerBound
    let settings = from.map(columnSettings)
    let looks: [(row: Int, style: Int)] = content.cells.rows.compactMap { row in
      from.flatMap { from in row.cells.first { $0.column == from } }.map { (row.index, $0.style) }
    }
    try change(GridChange(axis: .columns, start: start, count: count))
    if let settings { updateColumns(start...start + count - 1) { $0 = settings } }
    for (row, style) in looks {
      for new in start..<(start + count) {
        content.cells.update(CellReference(row: row, column: new)) { $0.style = style }
      }
    }
    for table in content.tables where table.hasHeaders {
      for new in start..<(start + count) where table.range.columns.contains(new) {
        let place = new - table.range.first.column
        guard table.columns.indices.contains(place) else { continue }
        self[CellReference(row: table.range.first.row, column: new)] = CellValue.text(table.columns[place])
      }
    }
  }

  /// Takes columns out; what is right of them moves to the left, and what referred to them becomes `#REF!`.
  ///
  /// - Throws: As ``removeRows(_:)``.
  public func removeColumns(_ columns: ColumnRange) throws {
    try change(GridChange(axis: .columns, start: columns.indices.lowerBound, count: -columns.indices.count))
  }

  /// Moves cells to another place on the sheet, over what is there. Formulas that refer to them follow, as when cells are cut and
  /// pasted in Excel; what referred to the cells that were there becomes `#REF!`.
  ///
  /// - Parameter cell: Where the first cell of the range is to be.
  /// - Throws: ``XLSXError/Code/invalidContent`` if the range would leave the grid, or cut an array formula or merged cells.
  /// - Complexity: O(cells of the range, and stored cells of all sheets in memory)
  public func moveCells(_ range: CellRange, to cell: CellReference) throws {
    let (rows, columns) = (cell.row - range.first.row, cell.column - range.first.column)
    let target = try checkTarget(of: range, rows: rows, columns: columns)
    guard (rows, columns) != (0, 0) else { return }
    let merged = content.merges.filter { range.contains($0) }
    let taken = take(range)
    clear(target)
    let change = StructureChange.moved(range, rows: rows, columns: columns, sheet: key ?? -1, name: name)
    // What moves keeps its text but for references to cells that move along.
    var moved = SheetContent()
    for (place, cell) in taken.cells { moved.cells.update(place) { $0 = cell } }
    moved.follow(change, isOwn: true)
    if let book, key != nil { book.apply(change) } else { content.follow(change, isOwn: true) }
    for row in moved.cells.rows {
      for cell in row.cells {
        content.cells.update(CellReference(row: row.index + rows, column: cell.column + columns)) { target in
          target.style = cell.style
          target.value = cell.value
        }
      }
    }
    for (place, link) in taken.links { content.hyperlinks[place.offset(rows: rows, columns: columns)] = link }
    for (place, comment) in taken.comments {
      content.comments[place.offset(rows: rows, columns: columns)] = comment
    }
    for merge in merged {
      content.merges.append(
        CellRange(
          merge.first.offset(rows: rows, columns: columns), merge.last.offset(rows: rows, columns: columns)))
    }
  }

  /// Copies cells to another place on the sheet, over what is there; relative references of their formulas move along.
  ///
  /// - Throws: As ``moveCells(_:to:)``.
  /// - Complexity: O(cells of the range)
  public func copyCells(_ range: CellRange, to cell: CellReference) throws {
    let (rows, columns) = (cell.row - range.first.row, cell.column - range.first.column)
    let target = try checkTarget(of: range, rows: rows, columns: columns)
    guard (rows, columns) != (0, 0) else { return }
    let merged = content.merges.filter { range.contains($0) }
    let copied = take(range, isCopy: true)
    clear(target)
    for (place, source) in copied.cells {
      var value = source.value
      if case .formula(var formula, let cached) = value {
        formula.text = FormulaShifter.shift(formula.text, rows: rows, columns: columns)
        formula.arrayRange = formula.arrayRange.map {
          CellRange(
            $0.first.offset(rows: rows, columns: columns), $0.last.offset(rows: rows, columns: columns))
        }
        value = .formula(formula, cached: cached)
      }
      content.cells.update(place.offset(rows: rows, columns: columns)) { target in
        target.style = source.style
        target.value = value
      }
    }
    for (place, link) in copied.links {
      content.hyperlinks[place.offset(rows: rows, columns: columns)] = link
    }
    for (place, comment) in copied.comments {
      content.comments[place.offset(rows: rows, columns: columns)] = comment
    }
    for merge in merged {
      content.merges.append(
        CellRange(
          merge.first.offset(rows: rows, columns: columns), merge.last.offset(rows: rows, columns: columns)))
    }
  }

  // What the methods above share.

  private var key: Int? {
    guard let book, let position = book.sheets.indices.first(where: { book.loadedSheet(at: $0) === self })
    else {
      return nil
    }
    return book.keys[position]
  }

  private func change(_ grid: GridChange) throws {
    guard grid.count != 0 else { return }
    try check(grid)
    let change = StructureChange.grid(
      grid, sheet: key ?? -1, name: name, lost: LostTables(of: content.tables, grid))
    if let book, key != nil { book.apply(change) } else { content.follow(change, isOwn: true) }
  }

  private func check(_ grid: GridChange) throws {
    let last = grid.start &+ abs(grid.count) &- 1
    guard grid.start >= 1, last <= grid.maximum, last >= grid.start else {
      throw ContentRules.invalid(
        "There are no \(grid.axis == .rows ? "rows" : "columns") \(grid.start) to \(last)", sheet: name)
    }
    for row in content.cells.rows {
      for cell in row.cells {
        let place = CellReference(row: row.index, column: cell.column)
        if grid.count > 0, !cell.value.isEmpty, grid.cell(place) == nil {
          throw ContentRules.invalid(
            "The cell would be pushed off the sheet; clear it first", sheet: name, cell: place)
        }
        guard case .formula(let formula, _) = cell.value, let area = formula.arrayRange, !area.isSingleCell
        else { continue }
        let new = grid.range(area)
        let isWhole = new.map { $0.rows.count == area.rows.count && $0.columns.count == area.columns.count }
        let isAllGone = new == nil && grid.cell(place) == nil
        if isWhole == true || isAllGone { continue }
        throw ContentRules.invalid("The array formula over \(area) would be cut", sheet: name, cell: place)
      }
    }
    for pivot in content.pivotTables {
      guard let area = grid.range(pivot.area), area.count != pivot.area.count else { continue }
      throw ContentRules.invalid(
        "The pivot table \(pivot.name) would be cut", sheet: name, cell: pivot.area.first)
    }
    for table in content.tables where grid.count < 0 && grid.range(table.range) != nil {
      guard grid.axis == .rows else { continue }
      let body = table.range.rows.lowerBound + (table.hasHeaders ? 1 : 0)...table.range.rows.upperBound
      if table.hasHeaders, grid.place(table.range.first.row) == nil {
        throw ContentRules.invalid(
          "The header of the table \(table.name) cannot go without the table", sheet: name,
          cell: table.range.first)
      }
      if grid.span(body) == nil {
        throw ContentRules.invalid(
          "The table \(table.name) keeps at least one row", sheet: name, cell: table.range.first)
      }
    }
  }

  private func checkTarget(of range: CellRange, rows: Int, columns: Int) throws -> CellRange {
    let target = CellRange(
      range.first.offset(rows: rows, columns: columns), range.last.offset(rows: rows, columns: columns))
    try ContentRules.checkInGrid(range, "The range", sheet: name)
    try ContentRules.checkInGrid(target, "The place", sheet: name)
    for area in [range, target] {
      if let merge = content.merges.first(where: { $0.overlaps(area) && !area.contains($0) }) {
        throw ContentRules.invalid("The merged range \(merge) would be cut", sheet: name, cell: merge.first)
      }
      for row in content.cells.rows {
        for cell in row.cells {
          guard case .formula(let formula, _) = cell.value, let array = formula.arrayRange,
            array.overlaps(area),
            !area.contains(array)
          else { continue }
          throw ContentRules.invalid(
            "The array formula over \(array) would be cut", sheet: name, cell: array.first)
        }
      }
      if let table = content.tables.first(where: {
        $0.range.overlaps(area) && $0.range.rows.contains($0.range.first.row)
          && area.rows.contains($0.range.first.row) && $0.hasHeaders
      }) {
        throw ContentRules.invalid(
          "The range holds headers of the table \(table.name), which stay", sheet: name,
          cell: table.range.first)
      }
    }
    return target
  }

  private struct Taken {
    var cells: [CellReference: CellStore.Cell] = [:]
    var links: [CellReference: Hyperlink] = [:]
    var comments: [CellReference: CellComment] = [:]
  }

  /// The cells of a range with what is attached to them; taken away unless they are copied.
  private func take(_ range: CellRange, isCopy: Bool = false) -> Taken {
    var taken = Taken()
    for row in content.cells.rows where range.rows.contains(row.index) {
      for cell in row.cells where range.columns.contains(cell.column) {
        taken.cells[CellReference(row: row.index, column: cell.column)] = cell
      }
    }
    taken.links = content.hyperlinks.filter { range.contains($0.key) }
    taken.comments = content.comments.filter { range.contains($0.key) && content.threads[$0.key] == nil }
    if !isCopy { clear(range) }
    return taken
  }

  /// Empties the cells of a range, looks and all.
  private func clear(_ range: CellRange) {
    for row in content.cells.rows where range.rows.contains(row.index) {
      for cell in row.cells where range.columns.contains(cell.column) {
        let place = CellReference(row: row.index, column: cell.column)
        let style = inheritedStyle(at: place)
        content.cells.update(place) { cell in
          cell.value = .empty
          cell.style = style
        }
      }
    }
    content.hyperlinks = content.hyperlinks.filter { !range.contains($0.key) }
    content.comments = content.comments.filter { !range.contains($0.key) || content.threads[$0.key] != nil }
    content.merges.removeAll { range.contains($0) }
  }
}
