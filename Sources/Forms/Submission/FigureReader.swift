import Foundation
import XLSX

/// Reads the figures of a located form.
struct FigureReader {
  private let located: LocatedForm
  private let grid: Grid
  private let merges: MergeIndex
  /// The fields whose figures stand in a cell, merged cells by their first one.
  private let fieldsByCell: [CellReference: Set<Int>]

  /// Cells of one field that are looked at: a heading merged further than that heads no form.
  private static let cellLimit = 64

  init(_ located: LocatedForm, grid: Grid) {
    self.located = located
    self.grid = grid
    let merges = located.merges
    self.merges = merges
    var fieldsByCell: [CellReference: Set<Int>] = [:]
    for (field, ranges) in located.places {
      for cell in Self.cells(in: ranges, merges) { fieldsByCell[cell, default: []].insert(field) }
    }
    self.fieldsByCell = fieldsByCell
  }

  /// A reading for every field, in the form's order.
  func readings() -> [Reading] {
    located.form.fields.indices.map { index in
      let field = located.form.fields[index]
      let cells = Self.cells(in: located.places[index] ?? [], merges)
      guard let first = cells.first else { return Reading(field: field.key, state: .missing) }
      let filled = cells.filter { grid.cells[$0]?.isFilled == true }
      return filled.count > 1
        ? contradiction(filled, of: field) : reading(at: filled.first ?? first, of: index)
    }
  }

  private static func cells(in ranges: [CellRange], _ merges: MergeIndex) -> [CellReference] {
    var cells: [CellReference] = []
    for range in ranges {
      for row in range.rows.prefix(cellLimit) {
        for column in range.columns.prefix(cellLimit) {
          let anchor = merges.anchor(of: CellReference(row: row, column: column))
          if !cells.contains(anchor) { cells.append(anchor) }
          if cells.count >= cellLimit { return cells }
        }
      }
    }
    return cells
  }

  private func reading(at cell: CellReference, of index: Int) -> Reading {
    let field = located.form.fields[index]
    let content = CellFigure(grid, at: cell, measure: field.measure)
    var reading = Reading(
      field: field.key, cell: cell, raw: content.raw, state: content.state, notes: content.notes,
      formula: content.formula, isHidden: isHidden(cell))
    // A cell merged over several fields has one figure, and nobody can say whose.
    if let shared = fieldsByCell[cell], shared.count > 1, let range = merges.range(around: cell) {
      reading.notes = [.merged(range)]
      reading.state = .unreadable
    }
    return reading
  }

  /// Two cells claim to be one field and both are filled in.
  private func contradiction(_ cells: [CellReference], of field: Field) -> Reading {
    let contents = cells.map { CellFigure(grid, at: $0, measure: field.measure) }
    var candidates: [Decimal] = []
    for figure in contents.compactMap(\.figure) where !candidates.contains(figure) {
      candidates.append(figure)
    }
    return Reading(
      field: field.key, cell: cells.first, raw: contents.map(\.raw).joined(separator: "；"),
      state: .unreadable,
      notes: [.notANumber(candidates: candidates)], isHidden: cells.allSatisfy(isHidden))
  }

  private func isHidden(_ cell: CellReference) -> Bool {
    grid.isHidden || grid.hiddenRows.contains(cell.row) || grid.hiddenColumns.contains(cell.column)
  }
}
