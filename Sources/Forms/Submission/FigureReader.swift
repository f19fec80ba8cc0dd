import Foundation
import XLSX

/// Reads the figures of a located form.
struct FigureReader {
  private let located: LocatedForm
  private let grid: Grid
  private let year: Int

  /// - Parameter year: The year of the task.
  init(_ located: LocatedForm, grid: Grid, year: Int) {
    self.located = located
    self.grid = grid
    self.year = year
  }

  /// A reading for every field, in the form's order.
  func readings() -> [Reading] {
    located.form.fields.indices.map { index in
      let field = located.form.fields[index]
      let cells = located.figures.cells[index]
      guard let first = cells.first else { return Reading(field: field.key, state: .missing) }
      // Of several groups nobody can say which one counts (F07).
      if located.shape.undecided != nil { return Reading(field: field.key, cell: first, state: .unreadable) }
      if cells.count == 1 { return reading(at: first, of: index) }
      let filled = cells.filter { grid.cells[$0]?.isFilled == true }
      return filled.count > 1
        ? contradiction(filled, of: field) : reading(at: filled.first ?? first, of: index)
    }
  }

  private func reading(at cell: CellReference, of index: Int) -> Reading {
    let field = located.form.fields[index]
    let content = TypedCell(grid.cells[cell], field: field, year: year)
    var reading = Reading(
      field: field.key, cell: cell, raw: content.raw, state: content.state, notes: content.notes,
      formula: content.formula, isHidden: isHidden(cell))
    // A cell merged over several fields has one figure, and nobody can say whose.
    if let range = located.figures.shared[cell] {
      reading.notes = [.merged(range)]
      reading.state = .unreadable
    }
    return reading
  }

  /// Two cells claim to be one field and both are filled in.
  private func contradiction(_ cells: [CellReference], of field: Field) -> Reading {
    let contents = cells.map { CellFigure(grid, at: $0, measure: field.measure, year: year) }
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
