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
    let form = located.form
    let figures = located.figures
    return form.fields.indices.map { index in
      let cells = figures.cells[index]
      guard let first = cells.first else { return Reading(field: form.fields[index].key, state: .missing) }
      // Of several groups nobody can say which one counts (F07).
      if located.shape.undecided != nil {
        return Reading(field: form.fields[index].key, cell: first, state: .unreadable)
      }
      if cells.count == 1 { return reading(at: first, of: index) }
      let filled = cells.filter { grid.cells[$0]?.isFilled == true }
      return filled.count > 1
        ? contradiction(filled, of: form.fields[index]) : reading(at: filled.first ?? first, of: index)
    }
  }

  private func reading(at cell: CellReference, of index: Int) -> Reading {
    let content = grid.cells[cell]
    // Most cells of a form are plain numbers.
    if located.form.fields[index].type == .number, located.figures.shared.isEmpty,
      let number = content?.plainNumber
    {
      return Reading(
        field: located.form.fields[index].key, cell: cell, raw: number.plainText, state: .figure(number),
        isHidden: isHidden(cell))
    }
    let field = located.form.fields[index]
    return reading(TypedCell(content, field: field, year: year), at: cell, of: field)
  }

  private func reading(_ content: TypedCell, at cell: CellReference, of field: Field) -> Reading {
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
