extension SheetContent {
  /// Makes everything follow a change.
  ///
  /// - Parameter isOwn: Whether this is the sheet that changes.
  mutating func follow(_ change: StructureChange, isOwn: Bool) {
    if case .renamed(let rename) = change { return self.rename(rename) }
    var anchoring: GridChange?
    if case .grid(let grid, _, _, _) = change, isOwn { anchoring = grid }
    followFormulas {
      change.followed($0, isOwn: isOwn)
    } anchored: { formula, ranges in
      guard let anchoring else { return change.followed(formula, isOwn: isOwn) }
      let place = anchoring.anchored(ranges)
      return change.followed(
        FormulaShifter.shift(formula, rows: place.rows, columns: place.columns), isOwn: isOwn)
    }
    if let anchoring { apply(anchoring) }
    if case .table(let table, _, _) = change { follow(table, isOwn: isOwn) }
  }

  private mutating func follow(_ table: TableChange, isOwn: Bool) {
    for index in pivotTables.indices where table.isNamed(pivotTables[index].source) {
      if let new = table.new { pivotTables[index].source = new }
    }
    guard isOwn else { return }
    guard let new = table.new else { return tables.removeAll { table.isNamed($0.name) } }
    for index in tables.indices where table.isNamed(tables[index].name) { tables[index].name = new }
  }

  /// Changes the formulas of cells, validations and conditional formats.
  mutating func mapFormulas(
    _ follow: (String, CellReference) -> String, rules rule: (String, [CellRange]) -> String
  ) {
    cells.updateStoredRows { row in
      for index in row.cells.indices {
        guard case .formula(var formula, let cached) = row.cells[index].value else { continue }
        let text = follow(formula.text, CellReference(row: row.index, column: row.cells[index].column))
        guard text != formula.text else { continue }
        formula.text = text
        row.cells[index].value = .formula(formula, cached: cached)
      }
    }
    for index in validations.indices {
      let ranges = validations[index].ranges
      validations[index].formula1 = validations[index].formula1.map { rule($0, ranges) }
      validations[index].formula2 = validations[index].formula2.map { rule($0, ranges) }
    }
    for index in conditionalFormats.indices {
      let ranges = conditionalFormats[index].ranges
      conditionalFormats[index].rule = conditionalFormats[index].rule.mapFormulas { rule($0, ranges) }
    }
  }

  /// Changes every formula: of cells, links, rules and charts.
  mutating func followFormulas(
    _ follow: (String) -> String, anchored: (String, [CellRange]) -> String
  ) {
    mapFormulas({ formula, _ in follow(formula) }, rules: anchored)
    for (cell, link) in hyperlinks {
      guard case .location(let place) = link.target else { continue }
      hyperlinks[cell]?.target = .location(follow(place))
    }
    for index in charts.indices {
      for place in charts[index].series.indices {
        charts[index].series[place].categories = follow(charts[index].series[place].categories)
        charts[index].series[place].values = follow(charts[index].series[place].values)
      }
    }
    for index in pivotTables.indices { pivotTables[index].source = follow(pivotTables[index].source) }
    for index in sparklines.indices {
      for place in sparklines[index].sparklines.indices {
        sparklines[index].sparklines[place].source = follow(sparklines[index].sparklines[place].source)
      }
    }
  }

  /// Moves what lies on the grid.
  private mutating func apply(_ grid: GridChange) {
    switch grid.axis {
    case .rows:
      cells.renumberRows(grid.place)
      pageSetup.repeatedRows = pageSetup.repeatedRows.flatMap(grid.span)
      pageSetup.rowBreaks = pageSetup.rowBreaks.compactMap(grid.place)
    case .columns:
      cells.updateStoredRows { row in
        row.cells = row.cells.compactMap { cell in
          var cell = cell
          guard let column = grid.place(cell.column) else { return nil }
          cell.column = column
          return cell
        }
      }
      columns = columns.flatMap { run -> [(range: ClosedRange<Int>, settings: ColumnSettings)] in
        // New columns have nothing of their own, also in the middle of a run.
        if grid.count > 0, run.range.lowerBound < grid.start, grid.start <= run.range.upperBound {
          let rest =
            grid.start
            + grid.count...max(
              grid.start + grid.count, min(run.range.upperBound + grid.count, grid.maximum))
          return [(run.range.lowerBound...grid.start - 1, run.settings)]
            + (rest.lowerBound <= grid.maximum ? [(rest, run.settings)] : [])
        }
        if grid.count > 0, run.range.lowerBound >= grid.start {
          guard let first = grid.place(run.range.lowerBound) else { return [] }
          return [(first...(grid.place(run.range.upperBound) ?? grid.maximum), run.settings)]
        }
        if run.range.lowerBound <= 1, run.range.upperBound >= grid.maximum { return [run] }
        return grid.span(run.range).map { [($0, run.settings)] } ?? []
      }
      pageSetup.repeatedColumns = pageSetup.repeatedColumns.flatMap(grid.span)
      pageSetup.columnBreaks = pageSetup.columnBreaks.compactMap(grid.place)
    }
    cells.updateStoredRows { row in
      for index in row.cells.indices {
        guard case .formula(var formula, let cached) = row.cells[index].value, let area = formula.arrayRange
        else {
          continue
        }
        formula.arrayRange = grid.range(area)
        row.cells[index].value = .formula(formula, cached: cached)
      }
    }
    merges = merges.compactMap { grid.range($0) }.filter { !$0.isSingleCell }
    func moved<Value>(_ places: [CellReference: Value]) -> [CellReference: Value] {
      Dictionary(firstOf: places.compactMap { cell, value in grid.cell(cell).map { ($0, value) } })
    }
    hyperlinks = moved(hyperlinks)
    comments = moved(comments)
    threads = moved(threads)
    validations = validations.compactMap { validation in
      var validation = validation
      validation.ranges = grid.ranges(validation.ranges)
      return validation.ranges.isEmpty ? nil : validation
    }
    conditionalFormats = conditionalFormats.compactMap { format in
      var format = format
      format.ranges = grid.ranges(format.ranges)
      return format.ranges.isEmpty ? nil : format
    }
    autoFilter = autoFilter.flatMap(grid.range)
    activeFilters = grid.ranges(activeFilters)
    pageSetup.printArea = grid.ranges(pageSetup.printArea)
    tables.removeAll { grid.range($0.range) == nil }
    for index in tables.indices {
      let old = tables[index].range
      guard let new = grid.range(old) else { continue }
      tables[index].range = new
      if grid.axis == .columns {
        let names = Dictionary(
          firstOf: zip(old.columns, tables[index].columns).compactMap { column, name in
            grid.place(column).map { ($0, name) }
          })
        var taken = Set(tables[index].columns.map { $0.lowercased() })
        tables[index].columns = new.columns.map { names[$0] ?? TableColumnNames.free(&taken) }
      }
    }
    for index in pictures.indices { pictures[index].anchor = grid.anchor(pictures[index].anchor) }
    for index in charts.indices {
      let area = charts[index].area
      charts[index].area = grid.covered(area)
    }
    pivotTables = pivotTables.compactMap { pivot in
      var pivot = pivot
      guard let area = grid.range(pivot.area) else { return nil }
      pivot.area = area
      return pivot
    }
    sparklines = sparklines.compactMap { group in
      var group = group
      group.sparklines = group.sparklines.compactMap { sparkline in
        grid.cell(sparkline.cell).map { SparklineGroup.Sparkline(in: $0, source: sparkline.source) }
      }
      return group.sparklines.isEmpty ? nil : group
    }
    if let frozen = view.frozenAt { view.frozenAt = grid.frozen(frozen) }
    view.activeCell = view.activeCell.map(grid.anchor)
  }
}

extension GridChange {
  /// Where something that lies on a cell is afterwards: if the cell goes, on the one that takes its place.
  func anchor(_ cell: CellReference) -> CellReference {
    if let moved = self.cell(cell) { return moved }
    switch axis {
    case .rows: return CellReference(row: count < 0 ? start : maximum, column: cell.column)
    case .columns: return CellReference(row: cell.row, column: count < 0 ? start : maximum)
    }
  }

  /// What something covers afterwards that lies over cells, up to where the cell behind its last begins.
  func covered(_ area: CellRange) -> CellRange {
    let end = anchor(area.last.offset(rows: 1, columns: 1)).offset(rows: -1, columns: -1)
    let first = anchor(area.first)
    return CellRange(
      first, CellReference(row: max(first.row, end.row), column: max(first.column, end.column)))
  }

  /// Where panes are frozen afterwards: rows put in among those that stay in sight stay in sight too.
  func frozen(_ cell: CellReference) -> CellReference {
    var cell = cell
    switch axis {
    case .rows: cell.row = max(1, kept(cell.row))
    case .columns: cell.column = max(1, kept(cell.column))
    }
    return cell
  }

  private func kept(_ edge: Int) -> Int {
    if start >= edge { return edge }
    return count > 0 ? min(edge + count, maximum) : max(start, edge + count)
  }
}

/// The names of columns that are put into a table, which must differ from the others.
enum TableColumnNames {
  static func free(_ taken: inout Set<String>) -> String {
    var number = 1
    while !taken.insert("column\(number)").inserted { number += 1 }
    return "Column\(number)"
  }
}

extension ConditionalFormat.Rule {
  /// The rule with its formulas changed.
  func mapFormulas(_ change: (String) -> String) -> Self {
    func moved(_ threshold: ConditionalFormat.Threshold) -> ConditionalFormat.Threshold {
      if case .formula(let text) = threshold { .formula(change(text)) } else { threshold }
    }
    switch self {
    case .cell(let comparison, let first, let second, let appearance):
      return .cell(comparison, change(first), second.map(change), appearance)
    case .expression(let formula, let appearance): return .expression(change(formula), appearance)
    case .dataBar(var bar):
      bar.from = moved(bar.from)
      bar.to = moved(bar.to)
      return .dataBar(bar)
    case .colorScale(let points):
      return .colorScale(points.map { .init(at: moved($0.at), color: $0.color) })
    case .iconSet(let name, let thresholds, let reversed, let showsValue):
      return .iconSet(name, thresholds: thresholds.map(moved), reversed: reversed, showsValue: showsValue)
    case .other: return self
    }
  }
}
