import Foundation
import XLSX

/// Finds the lines around tables (填报单位, 填报时间, 填报人, 联系电话), their values, and the table that each belongs to.
struct HeadLineFinder {
  typealias Role = FormDefinition.HeadLine.Role

  private struct Candidate {
    var roles: [Int: Role]
    var label: CellRange
    var line: FoundLine
    var certainty: HeadLineVocabulary.Certainty
  }

  private let sheet: SheetText
  private let tables: [(form: Int, extent: CellRange)]
  private let forms: [FormDefinition]

  /// How many rows from its table a line may stand.
  private static let distance = 60
  /// How far right of its label a value may stand.
  private static let reach = 12

  init(_ sheet: SheetText, tables: [(form: Int, extent: CellRange)], forms: [FormDefinition]) {
    self.sheet = sheet
    self.tables = tables
    self.forms = forms
  }

  /// The lines of each table, in the order of the tables, and wherever a day is looked for.
  func lines() -> (byTable: [[Role: FoundLine]], days: [HeadSource]) {
    let candidates = sheet.headLines.flatMap(candidates)
    var result: [[Role: FoundLine]] = Array(repeating: [:], count: tables.count)
    for role in Role.allCases {
      for (table, line) in assignment(of: role, among: candidates) { result[table][role] = line }
    }
    return (
      result, candidates.filter { $0.roles.values.contains(.filledOn) }.map(\.line.source)
    )
  }

  /// A cell that is known to hold a line's value, unless it is a heading or a label.
  func line(at cell: CellReference) -> FoundLine? {
    guard isValue(cell) else { return nil }
    return FoundLine(source: .value(cell), reading: Self.reading(of: sheet.grid.cells[cell], at: cell))
  }

  /// What a cell with nothing but a line's value says.
  static func reading(of content: GridCell?, at cell: CellReference) -> HeadReading {
    let text = text(of: content)
    return HeadReading(cell: cell, raw: HeadLineVocabulary.isPlaceholder(text) ? "" : text)
  }

  // One candidate for every label in a cell.
  private func candidates(_ line: SheetText.HeadLineCell) -> [Candidate] {
    line.matches.enumerated().map { index, match in
      let isLast = index == line.matches.count - 1
      var source = HeadSource.label(line.reference, index)
      var reading = HeadReading(cell: line.reference, raw: match.value)
      if match.value.isEmpty, isLast {
        if let value = valueCell(of: line, match) {
          source = .value(value)
          reading = Self.reading(of: sheet.grid.cells[value], at: value)
        } else if !match.hasRoom, line.extent.columns.count == 1 {
          let next = CellReference(row: line.reference.row, column: line.extent.last.column + 1)
          let place = sheet.merges.anchor(of: next)
          source = .place(place)
          reading.cell = place
        }
      }
      if isLast, match.roles.values.contains(.filledOn) { joinDate(&reading) }
      var roles = match.roles
      // 单位：元 says what is counted, not who reports.
      if roles.values.contains(.unit), sheet.words.headLines.isMeasures(reading.raw) {
        if reading.cell != line.reference { sheet.probe.isUsed = true }
        roles = roles.filter { $0.value != .unit }
      }
      return Candidate(
        roles: roles, label: line.extent, line: FoundLine(source: source, reading: reading),
        certainty: match.certainty)
    }
  }

  /// The next cell with something in it to the right of a label, or the one below it where labels stand like the
  /// headings of a table.
  private func valueCell(
    of line: SheetText.HeadLineCell, _ match: HeadLineVocabulary.Match
  ) -> CellReference? {
    let columns = sheet.filledColumns(inRow: line.reference.row)
    let next = columns.partitioningIndex { $0 > line.extent.last.column }
    var right: CellReference?
    if next < columns.count, columns[next] - line.extent.last.column <= Self.reach {
      let cell = CellReference(row: line.reference.row, column: columns[next])
      // 单位 over the units' column, beside 完成 and 上年 over the figures.
      if isValue(cell), match.certainty != .alone || !isGroupWord(cell) { right = cell }
    }
    if let right, right.column == line.extent.last.column + 1 { return right }
    return valueBelow(line, match, rowColumns: columns) ?? right
  }

  private func valueBelow(
    _ line: SheetText.HeadLineCell, _ match: HeadLineVocabulary.Match, rowColumns: [Int]
  ) -> CellReference? {
    let row = line.reference.row
    let below = CellReference(row: line.extent.last.row + 1, column: line.reference.column)
    // 填报人： with its colon asks for the value behind it.
    guard match.certainty == .alone, sheet.grid.cells[below]?.isFilled == true, isValue(below),
      ![-1, 1].contains(where: { isLabel(below.offset(columns: $0)) }),
      !tables.contains(where: { $0.extent.contains(below) })
    else { return nil }
    // Only where the cells beside it are labels, too, and none of them has its value beside it.
    // What stands in a table next to it is none of its neighbours.
    let columns = rowColumns.filter { column in
      !tables.contains { $0.extent.contains(CellReference(row: row, column: column)) }
    }
    let right = columns.filter { $0 > line.extent.last.column }
    let left = Array(columns.filter { $0 < line.reference.column }.reversed())
    func beside(gap: Int) -> [Int] {
      neighbours(right, of: line.extent.last.column, gap: gap)
        + neighbours(left, of: line.reference.column, gap: gap)
    }
    let close = beside(gap: 1)
    let beside = close.isEmpty ? beside(gap: 2) : close
    let isHead = beside.allSatisfy {
      isLabel(sheet.merges.anchor(of: CellReference(row: row, column: $0)))
    }
    return !beside.isEmpty && isHead ? below : nil
  }

  /// The columns of a row that follow one another from a column on, each at most so far from the one before.
  private func neighbours(_ columns: [Int], of column: Int, gap: Int) -> [Int] {
    var last = column
    return Array(
      columns.prefix(Self.reach).prefix { next in
        defer { last = next }
        return abs(next - last) <= gap
      })
  }

  private func isLabel(_ cell: CellReference) -> Bool {
    guard case .text(let text)? = sheet.grid.cells[cell]?.shown else { return false }
    return sheet.words.headLines.matches(in: text).contains { $0.certainty >= .alone }
  }

  /// Completes a day that stands in several cells: `2024`, `年`, `11`, `月`, `18`, `日`, or `2024年`, `11月`, `18日`.
  private func joinDate(_ reading: inout HeadReading) {
    guard let start = reading.cell, DatePieces.isPiece(reading.raw) else { return }
    // What the next cells say decides.
    sheet.probe.isUsed = true
    var pieces = DatePieces(reading.raw)
    var last = sheet.merges.extent(of: start).last.column
    let columns = sheet.filledColumns(inRow: start.row)
    for column in columns[columns.partitioningIndex({ $0 > last })...] {
      let cell = CellReference(row: start.row, column: column)
      guard column - last <= 2, pieces.append(Self.text(of: sheet.grid.cells[cell])) else { break }
      last = sheet.merges.extent(of: cell).last.column
    }
    if pieces.count > 1 { reading.raw = pieces.isUnfilled ? "" : pieces.text }
  }

  /// Whether a cell can be a value: no label, no heading, no title.
  private func isValue(_ cell: CellReference) -> Bool {
    if sheet.headingIndices[cell] != nil || sheet.titleCells.contains(cell) { return false }
    guard case .text(let text)? = sheet.grid.cells[cell]?.shown else { return true }
    return !HeadLineVocabulary.isRemark(text)
      && !sheet.words.headLines.matches(in: text).contains { $0.certainty >= .alone }
  }

  private func isGroupWord(_ cell: CellReference) -> Bool {
    guard case .text(let text)? = sheet.grid.cells[cell]?.shown, text.count <= 8,
      !text.contains(where: \.isNumber)
    else { return false }
    return sheet.words.groups.standing(of: text) != .neutral
  }

  /// A cell's content as a person reads it; a date as 2024-11-18.
  private static func text(of content: GridCell?) -> String {
    guard let content else { return "" }
    if content.isDate, case .date(let date) = DateText.read(content, campaignYear: 2000) {
      return date.description
    }
    let value = CellFigure.text(content.shown)
    let scalars = value.unicodeScalars
    guard let first = scalars.firstIndex(where: { !TextFolding.isInvisible($0) }),
      let last = scalars.lastIndex(where: { !TextFolding.isInvisible($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Every table gets the nearest line of a role that is not another table's; a table without one shares its
  /// neighbour's.
  private func assignment(of role: Role, among candidates: [Candidate]) -> [(
    table: Int, line: FoundLine
  )] {
    var pairs: [(cost: Double, table: Int, candidate: Int)] = []
    for (table, place) in tables.enumerated() {
      let rows = place.extent.rows
      let first = candidates.partitioningIndex { $0.label.first.row >= rows.lowerBound - Self.distance }
      let end = candidates.partitioningIndex { $0.label.first.row > rows.upperBound + Self.distance }
      for index in first..<max(first, end) where candidates[index].roles[place.form] == role {
        pairs.append((cost(candidates[index], table: place, role: role), table, index))
      }
    }
    pairs.sort { ($0.cost, $0.table, $0.candidate) < ($1.cost, $1.table, $1.candidate) }
    var served: [Int: Int] = [:]
    var used: Set<Int> = []
    for pair in pairs where served[pair.table] == nil && !used.contains(pair.candidate) {
      served[pair.table] = pair.candidate
      used.insert(pair.candidate)
    }
    improve(&served, costs: pairs)
    for pair in pairs where served[pair.table] == nil { served[pair.table] = pair.candidate }
    return served.map { ($0.key, candidates[$0.value].line) }
  }

  /// Exchanges the lines of two tables where both together come nearer to their own: the lines between two tables are
  /// near to the upper one and belong to the lower one.
  private func improve(_ served: inout [Int: Int], costs: [(cost: Double, table: Int, candidate: Int)]) {
    guard 2...50 ~= served.count else { return }
    let cost = Dictionary(
      costs.map { (Pair(table: $0.table, candidate: $0.candidate), $0.cost) },
      uniquingKeysWith: { first, _ in first })
    let order = served.keys.sorted()
    for _ in order {
      var isBetter = false
      for (index, a) in order.enumerated() {
        for b in order[(index + 1)...] {
          guard let x = served[a], let y = served[b], let ax = cost[Pair(table: a, candidate: x)],
            let by = cost[Pair(table: b, candidate: y)], let ay = cost[Pair(table: a, candidate: y)],
            let bx = cost[Pair(table: b, candidate: x)], ay + bx < ax + by
          else { continue }
          (served[a], served[b]) = (y, x)
          isBetter = true
        }
      }
      if !isBetter { return }
    }
  }

  private struct Pair: Hashable {
    var table: Int
    var candidate: Int
  }

  /// How far a line is from a table, in rows. What stands beside the table is far, and so is what may be a sentence.
  private func cost(_ candidate: Candidate, table: (form: Int, extent: CellRange), role: Role) -> Double {
    let extent = table.extent
    let row = candidate.label.first.row
    let isAbove = row < extent.first.row
    var cost = Double(isAbove ? extent.first.row - row : max(0, row - extent.last.row))
    let column = candidate.label.first.column
    let aside = max(0, extent.first.column - candidate.label.last.column, column - extent.last.column)
    cost += Double(max(0, aside - 1)) * 3
    if forms[table.form].headLine(role)?.place == (isAbove ? .below : .above) { cost += 0.5 }
    if candidate.line.reading.raw.isEmpty { cost += 8 }
    switch candidate.certainty {
    case .colon, .alone: break
    case .spaced: cost += 4
    case .attached: cost += 20
    }
    return cost
  }
}
