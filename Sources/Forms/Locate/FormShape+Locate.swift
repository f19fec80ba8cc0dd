import XLSX

extension FormShape {
  /// What is to be said about the shape of a table that was found to be a form.
  ///
  /// - Parameters:
  ///   - foreign: The headings of the tables around it, as positions.
  ///   - neighbours: Where these tables stand.
  init(
    of table: TableCandidate, form: FormDefinition, extent: CellRange, sheet: SheetText, foreign: Set<Int>,
    neighbours: [CellRange]
  ) {
    self.init()
    self.table = extent
    undecided = Self.undecided(in: table)
    aliases = Self.aliases(in: table, sheet: sheet)
    (rowsReordered, columnsReordered) = Self.order(of: table)
    missingHeadings = Self.missing(in: table, form: form)
    let others = PrintedMeasures(table, form: form, sheet: sheet).others()
    otherMeasures = others.isEmpty ? nil : others
    if form.kind == .list { return }
    grandTotals = AddedTotals(table, form: form, sheet: sheet, foreign: foreign, neighbours: neighbours)
      .totals()
  }

  private static func undecided(in table: TableCandidate) -> Undecided? {
    let blocks = table.groups.filter { !$0.undecided.isEmpty }
    guard let first = blocks.first else { return nil }
    var headings: [String] = []
    for name in blocks.flatMap(\.names) where !headings.contains(name) { headings.append(name) }
    return Undecided(headings: headings, groups: first.undecided, isDivision: first.isDivision)
  }

  private static func aliases(in table: TableCandidate, sheet: SheetText) -> [Label] {
    var told: Set<Int> = []
    var labels: [Label] = []
    for line in table.left + table.above where line.isSettled {
      let row = line.meaning.rows.single ?? -1
      let column = line.meaning.columns.single ?? -1
      for cell in line.headings {
        let heading = sheet.headings[cell]
        let meaning = heading.meanings.first {
          $0.form == table.form && line.meaning.levels.isSuperset(of: $0.levels)
        }
        guard let label = meaning?.aliasedLabel(row: row, column: column), told.insert(cell).inserted else {
          continue
        }
        labels.append(Label(label: label, written: heading.text.squeezed, cell: heading.reference))
      }
    }
    return labels.sorted { $0.cell < $1.cell }
  }

  /// Whether the headings found stand in another order than the definition's. A table with its axes swapped has both in
  /// another order.
  private static func order(of table: TableCandidate) -> (rows: Bool, columns: Bool) {
    let isTurned =
      table.left.contains { !$0.meaning.levels.isDisjoint(with: .columns) }
      || table.above.contains { !$0.meaning.levels.isDisjoint(with: .rows) }
    if isTurned { return (true, true) }
    func isReordered(_ leaves: [Int]) -> Bool { zip(leaves, leaves.dropFirst()).contains { $0 > $1 } }
    return (
      isReordered(table.left.compactMap(\.meaning.rows.single)),
      isReordered(table.above.compactMap(\.meaning.columns.single))
    )
  }

  /// Headings none of whose figures has a place, the highest such heading alone; then single fields.
  static func missing(in table: TableCandidate, form: FormDefinition) -> [[String]] {
    if table.places.isEmpty { return missingSides(of: table, form: form) }
    // The numbers of lines are no data.
    let absent = form.fields.indices.filter { table.places[$0] == nil && form.fields[$0].type != .index }
    if absent.isEmpty { return [] }
    var count: (rows: [Int: Int], columns: [Int: Int]) = ([:], [:])
    for field in absent {
      count.rows[form.fields[field].row, default: 0] += 1
      count.columns[form.fields[field].column, default: 0] += 1
    }
    // A whole row first; a column counts as missing if it is missing in every row that is there.
    let rows = form.rowLeaves.indices.filter {
      form.rowLeaves[$0].isEmpty ? false : count.rows[$0] == form.columnLeaves.count
    }
    let columns = form.columnLeaves.indices.filter { column in
      guard !form.columnLeaves[column].isEmpty, rows.count < form.rowLeaves.count else { return false }
      return (count.columns[column] ?? 0) == form.rowLeaves.count
    }
    var paths = highest(rows, of: form.rowLeaves) + highest(columns, of: form.columnLeaves)
    for index in absent
    where !rows.contains(form.fields[index].row) && !columns.contains(form.fields[index].column) {
      paths.append(form.fields[index].key.path.map(String.init))
    }
    return paths
  }

  /// What is missing where the headings of one side stand alone.
  private static func missingSides(of table: TableCandidate, form: FormDefinition) -> [[String]] {
    let lines = table.left + table.above
    let rows = Set(lines.compactMap(\.meaning.rows.single))
    let columns = Set(lines.compactMap(\.meaning.columns.single))
    return highest(
      form.rowLeaves.indices.filter { !rows.contains($0) && !form.rowLeaves[$0].isEmpty }, of: form.rowLeaves)
      + highest(
        form.columnLeaves.indices.filter { !columns.contains($0) && !form.columnLeaves[$0].isEmpty },
        of: form.columnLeaves)
  }

  /// Leaves by their highest ancestor all of whose leaves are among them.
  private static func highest(_ leaves: [Int], of paths: [[Heading]]) -> [[String]] {
    let chosen = Set(leaves)
    var result: [[String]] = []
    for leaf in leaves {
      let names = paths[leaf].map(\.name)
      let depth =
        (1...max(1, names.count)).first { depth in
          paths.indices.allSatisfy { other in
            chosen.contains(other)
              || !paths[other].prefix(depth).map(\.name).elementsEqual(names.prefix(depth))
          }
        } ?? names.count
      let path = Array(names.prefix(depth))
      if !result.contains(path) { result.append(path) }
    }
    return result
  }
}

extension String {
  /// Without spaces and line breaks.
  var squeezed: String { String(unicodeScalars.filter { !TextFolding.isInvisible($0) }) }
}
