import Foundation
import XLSX

extension GridBook {
  /// Computes every formula itself and keeps what it gives beside what the file stores.
  ///
  /// A sheet with more formulas than any form has is left with its stored results.
  ///
  /// - Parameters:
  ///   - names: What defined names stand for, in lower case.
  ///   - limit: The most formulas of one sheet that are computed.
  mutating func computeFormulas(
    names: @autoclosure () -> [String: String] = [:], limit: Int = GridBounds.formulas
  ) {
    guard grids.contains(where: \.cells.hasFormulas) else { return }
    var cells: [(grid: Int, cell: CellReference, formula: String)] = []
    for (index, grid) in grids.enumerated() {
      let found = grid.cells.compactMap { cell, content in content.formula.map { (index, cell, $0) } }
      if found.count <= limit { cells += found }
    }
    guard !cells.isEmpty else { return }
    let evaluator = FormulaEvaluator(GridFormulaContext(grids, names: names()))
    // No form needs as much; a workbook among a thousand must not hold up the others.
    evaluator.maximumTotalWork = 1 << 25
    // In a fixed order, so that circles break at the same cell in every run.
    for (index, cell, _) in cells.sorted(by: { ($0.grid, $0.cell) < ($1.grid, $1.cell) }) {
      grids[index].cells[cell]?.computed = Self.computed(cell, sheet: index, by: evaluator)
    }
  }

  private static func computed(
    _ cell: CellReference, sheet: Int, by evaluator: FormulaEvaluator
  ) -> GridCell.Computed {
    do {
      return .value(GridValue(try evaluator.value(of: cell, sheet: sheet)))
    } catch {
      return .failed("\(error)")
    }
  }
}

extension GridValue {
  /// The value as the forms see it; of a formula, its result.
  init(_ value: CellValue) {
    switch value.result {
    case .number(let number): self = Decimal(shortest: number).map { .number($0) } ?? .error("#NUM!")
    case .text(let text): self = text.isEmpty ? .blank : .text(text)
    case .richText(let rich): self = .text(rich.plainText)
    case .bool(let bool): self = .bool(bool)
    case .error(let error): self = .error(error.text)
    case .empty, .formula: self = .blank
    }
  }

  /// The value as formulas see it.
  fileprivate var cellValue: CellValue {
    switch self {
    case .blank: .empty
    case .number(let number): number.isNaN ? .error(.number) : .number(number.cellNumber)
    case .text(let text): .text(text)
    case .bool(let bool): .bool(bool)
    case .error(let text): .error(CellError(text))
    }
  }
}

/// Grids as formulas see them.
private final class GridFormulaContext: FormulaContext {
  private let grids: [Grid]
  private let names: [String: String]
  private let positions: [String: Int]
  private var usedRanges: [Int: CellRange?] = [:]
  /// The formulas of cells that were looked at: whether one spills is found out once, not for each cell that looks there.
  private var formulas: [String: Formula] = [:]

  init(_ grids: [Grid], names: [String: String]) {
    self.grids = grids
    self.names = names
    positions = Dictionary(
      grids.enumerated().map { ($1.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  }

  // Days were brought to this system when the sheet was read.
  var dateSystem: DateSystem { .excel1900 }
  /// A form whose figures depend on the day on which it is read has none.
  var now: Double? { nil }

  func position(ofSheet name: String) -> Int? { positions[name.lowercased()] }

  func worksheets(in positions: ClosedRange<Int>) -> [Int] { positions.filter { grids.indices.contains($0) } }

  func cell(_ reference: CellReference, sheet: Int) -> CellValue {
    guard grids.indices.contains(sheet) else { return .empty }
    return grids[sheet].cells[reference].map(value) ?? .empty
  }

  private func value(of cell: GridCell) -> CellValue {
    guard let text = cell.formula else { return cell.value.cellValue }
    let formula = formulas[text] ?? Formula(text)
    formulas[text] = formula
    return .formula(formula, cached: cell.value.cellValue)
  }

  func usedRange(ofSheet sheet: Int) -> CellRange? {
    if let known = usedRanges[sheet] { return known }
    var range: CellRange?
    if grids.indices.contains(sheet) {
      for cell in grids[sheet].cells.keys {
        let first = range?.first ?? cell
        let last = range?.last ?? cell
        range = CellRange(
          CellReference(row: min(first.row, cell.row), column: min(first.column, cell.column)),
          CellReference(row: max(last.row, cell.row), column: max(last.column, cell.column)))
      }
    }
    usedRanges[sheet] = .some(range)
    return range
  }

  func forEachCell(
    in range: CellRange, sheet: Int, _ body: (CellReference, CellValue) throws -> Void
  ) rethrows -> Int {
    guard grids.indices.contains(sheet) else { return 0 }
    let cells = grids[sheet].cells
    if range.count <= 4 * cells.count {
      for row in range.rows {
        for column in range.columns {
          let cell = CellReference(row: row, column: column)
          if let content = cells[cell] { try body(cell, value(of: content)) }
        }
      }
      return range.count
    }
    for cell in cells.keys.filter({ range.contains($0) }).sorted() {
      if let content = cells[cell] { try body(cell, value(of: content)) }
    }
    return cells.count
  }

  func definedName(_ name: String, sheet: Int) -> String? { names[name.lowercased()] }

  func arrayFormula(covering reference: CellReference, sheet: Int) -> (
    master: CellReference, range: CellRange
  )? { nil }

  func isRowHidden(_ row: Int, sheet: Int) -> (hidden: Bool, isFiltered: Bool) {
    (grids.indices.contains(sheet) && grids[sheet].hiddenRows.contains(row), false)
  }
}
