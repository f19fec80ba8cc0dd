import Foundation
import XLSX

/// A sheet `…分单位` of an older workbook, read against a form: which column holds which field.
struct UnitGrid {
  let grid: Grid
  let form: FormDefinition
  /// The column of each field that was found.
  let columns: [FieldKey: Int]
  private let unitColumn: Int
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
    unitColumn = corner.column
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

  /// The units' lines, down to the row of totals.
  func lines(
    campaign: Campaign, label: String, origins: [ConsolidatedWorkbook.OriginKey: FigureOrigin]
  ) -> [ConsolidatedWorkbook.Line] {
    let register = UnitRegister(campaign)
    var lines: [ConsolidatedWorkbook.Line] = []
    var row = firstRow
    // The list of units has no gap; the total's label stands over its column 单位 and leaves this one empty.
    while let name = grid.cells[CellReference(row: row, column: unitColumn)]?.value.words, !name.isEmpty,
      row <= CellReference.maximumRow
    {
      var line = ConsolidatedWorkbook.Line(
        unitName: name, unit: register.match(name).unit, readings: [], origins: [:])
      for field in form.fields {
        let cell = columns[field.key].map { CellReference(row: row, column: $0) }
        var reading = Reading(field: field.key, cell: cell, state: cell == nil ? .missing : .blank)
        if let content = cell.flatMap({ grid.cells[$0] }) { reading.take(content) }
        line.origins[field.key] = origins[.init(label: label, unit: name, field: field.key.rawValue)]
        line.readings.append(reading)
      }
      lines.append(line)
      row += 1
    }
    return lines
  }
}

extension UnitGrid {
  /// The row of totals below the list of units, as far as there are figures in it.
  func totals(below lines: [ConsolidatedWorkbook.Line]) -> [FieldKey: Decimal] {
    let row = firstRow + lines.count
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
    formula = cell.formula
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
