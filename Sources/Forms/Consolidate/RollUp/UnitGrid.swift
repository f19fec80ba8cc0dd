import Foundation
import XLSX

/// A sheet `…分单位` of an older workbook, read against a form: which column holds which field.
struct UnitGrid {
  let grid: Grid
  let form: FormDefinition
  /// The column of each field that was found.
  let columns: [FieldKey: Int]
  private let numberColumn: Int?
  private let unitColumn: Int
  /// The column 隶属, where there are levels between the office and its units.
  private let pathColumn: Int?
  private let firstRow: Int

  /// `nil` if the sheet has not the shape of such a sheet, or none of the form's inputs.
  init?(_ grid: Grid, form: FormDefinition) {
    // Rows and columns may have been inserted since; the corner is the cell 单位 beside 序号.
    let corner = (1...20).lazy.compactMap { row -> CellReference? in
      let words = grid.words(inRow: row)
      guard words.values.contains("序号"), let unit = words.first(where: { $0.value == "单位" }) else {
        return nil
      }
      return CellReference(row: row, column: unit.key)
    }.first
    guard let corner else { return nil }
    let headings = UnitTable.headings(of: form)
    let depth = max(1, headings.map(\.count).max() ?? 1)
    let paths = Self.paths(in: grid, from: corner, depth: depth)
    var columns: [FieldKey: Int] = [:]
    for (field, headings) in zip(form.fields, headings) {
      let column = paths.first { _, path in
        path.count == headings.count && zip(path, headings).allSatisfy { $1.isCalled($0) }
      }
      if let column { columns[field.key] = column.key }
    }
    guard form.fields.contains(where: { $0.isInput && columns[$0.key] != nil }) else { return nil }
    self.grid = grid
    self.form = form
    self.columns = columns
    let heads = grid.words(inRow: corner.row)
    numberColumn = heads.first { $0.value == "序号" }?.key
    unitColumn = corner.column
    pathColumn = heads.first { $0.value == UnitTable.pathHeading }?.key
    firstRow = corner.row + depth
  }

  /// The words over each column from the top, a merged heading over all its columns and once over all its rows.
  private static func paths(in grid: Grid, from corner: CellReference, depth: Int) -> [Int: [String]] {
    var merged: [CellReference: CellReference] = [:]
    let rows = corner.row..<(corner.row + depth)
    for range in grid.merges where rows.contains(range.first.row) && range.columns.count <= 512 {
      for row in range.rows.clamped(to: corner.row...(corner.row + depth - 1)) {
        for column in range.columns { merged[CellReference(row: row, column: column)] = range.first }
      }
    }
    var paths: [Int: [String]] = [:]
    for column in (corner.column + 1)...(corner.column + 512) {
      var path: [String] = []
      var last: CellReference?
      for row in rows {
        let place = CellReference(row: row, column: column)
        let source = merged[place] ?? place
        guard source != last, let word = grid.cells[source]?.value.words, !word.isEmpty else { continue }
        path.append(word)
        last = source
      }
      if !path.isEmpty { paths[column] = path }
    }
    return paths
  }

  /// The units' lines, and the row of totals below them.
  ///
  /// Rows without anything between the lines are passed over; a row with figures and without a unit's name is a line too,
  /// of a unit that is not known. Below the row of totals stands nothing that counts.
  func lines() -> (lines: [ConsolidatedWorkbook.Line], totals: [FieldKey: Decimal]) {
    let figureColumns = Set(columns.values)
    let firstFigure = figureColumns.min() ?? unitColumn + 1
    var used: Set<Int> = []
    for reference in grid.cells.keys
    where reference.row >= firstRow
      && (reference.column <= firstFigure || figureColumns.contains(reference.column))
    {
      used.insert(reference.row)
    }
    var lines: [ConsolidatedWorkbook.Line] = []
    for row in used.sorted() {
      let name = word(row, unitColumn)
      if name.isEmpty, (1..<firstFigure).contains(where: { Self.totalWords.contains(word(row, $0)) }) {
        return (lines, totals(in: row))
      }
      let line = line(row, name: name)
      if !name.isEmpty || line.isReported { lines.append(line) }
    }
    return (lines, [:])
  }

  private static let totalWords: Set<String> = ["总计", "合计", "全部合计"]

  private func word(_ row: Int, _ column: Int) -> String {
    grid.cells[CellReference(row: row, column: column)]?.value.words ?? ""
  }

  private func line(_ row: Int, name: String) -> ConsolidatedWorkbook.Line {
    var line = ConsolidatedWorkbook.Line(
      unitName: name, unit: nil, readings: [], origins: [:],
      cell: CellReference(row: row, column: unitColumn))
    line.path = pathColumn.map { word(row, $0).split(separator: "/").map(String.init) } ?? []
    line.isOwing = numberColumn.map { word(row, $0) } != UnitTable.outsideMark
    line.readings.reserveCapacity(form.fields.count)
    for field in form.fields {
      let cell = columns[field.key].map { CellReference(row: row, column: $0) }
      var reading = Reading(field: field.key, cell: cell, state: cell == nil ? .missing : .blank)
      if let content = cell.flatMap({ grid.cells[$0] }) {
        reading.take(content)
        // A total that nobody has worked out, as of another program's file without results, says nothing.
        if !field.isInput, content.formula != nil, content.computed == nil, reading.state == .blank {
          reading.state = .missing
        }
      }
      line.readings.append(reading)
    }
    return line
  }

  private func totals(in row: Int) -> [FieldKey: Decimal] {
    var totals: [FieldKey: Decimal] = [:]
    for (field, column) in columns {
      guard let content = grid.cells[CellReference(row: row, column: column)] else { continue }
      var reading = Reading(field: field, state: .blank)
      reading.take(content)
      totals[field] = reading.figure
    }
    return totals
  }
}

extension Reading {
  /// Takes what a cell of a consolidated workbook holds: numbers as they are, for a formula the result that the program
  /// computed itself. A total without parts is an empty text.
  fileprivate mutating func take(_ cell: GridCell) {
    var value = cell.value
    if case .value(let computed) = cell.computed { value = computed }
    raw = value.words
    // A row's totals are this program's formulas: what they give is judged, not how they are written.
    switch value {
    case .number(let number): state = .figure(number)
    case .blank: state = .blank
    case .text(let text): state = text.allSatisfy(\.isWhitespace) ? .blank : .unreadable
    case .bool: state = .unreadable
    case .error(let error):
      state = .unreadable
      notes = [.error(error)]
    }
    if state == .unreadable, notes.isEmpty { notes = [.notANumber(candidates: [])] }
  }
}

extension Heading {
  fileprivate func isCalled(_ word: String) -> Bool {
    word == printed || word == name || aliases.contains(word) || synonyms.contains(word)
  }
}
