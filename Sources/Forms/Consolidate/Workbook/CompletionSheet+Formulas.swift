import Foundation
import XLSX

/// The formulas of a sheet of completion, each with the value that it gives.
extension CompletionSheet {
  func completedFormula(_ unit: UnitFigures) -> CellValue {
    let references = references(targetTable.fields, of: unit.unit)
    guard !references.isEmpty else {
      // A column that the sheet of sums does not have.
      guard sums != nil, let completed = unit.completed else { return .empty }
      return .number(completed.cellNumber)
    }
    return .formula(LiveFormula.sum(references, scaledBy: table.measure.scale), giving: unit.completed)
  }

  /// The cells of some figures of a unit, on the sheet that has them.
  private func references(_ keys: [FieldKey], of unit: ReportingUnit) -> [String] {
    source?.references(keys, of: unit) ?? sums?.references(keys, of: unit) ?? []
  }

  func rateFormula(row: Int, completed: Decimal?, target: Decimal?) -> CellValue {
    guard let done = table.cell(.completed, row: row), let whole = table.cell(.target, row: row) else {
      return .empty
    }
    return .formula(LiveFormula.rate(done, of: whole), giving: Self.quotient(completed, target))
  }

  func shortfallFormula(row: Int, completed: Decimal?, target: Decimal?) -> CellValue {
    guard let done = table.cell(.completed, row: row), let whole = table.cell(.target, row: row) else {
      return .empty
    }
    let left = completed.flatMap { done in target.map { $0 - done } }
    return .formula(LiveFormula.shortfall(done, of: whole), giving: left)
  }

  /// The sum of a column over the units with a target.
  func sumFormula(_ column: CompletionTable.Column, giving sum: Decimal?) -> CellValue {
    guard let parts = table.units(column) else { return .empty }
    return .formula(LiveFormula.sum([parts.description]), giving: sum)
  }

  /// The place of each rate from the highest down; equal ones share a place and the next is left out, as RANK counts.
  static func ranks(_ rates: [Decimal?]) -> [Decimal?] {
    var places: [Decimal: Int] = [:]
    for (index, rate) in rates.compactMap(\.self).sorted(by: >).enumerated() where places[rate] == nil {
      places[rate] = index + 1
    }
    return rates.map { rate in rate.flatMap { places[$0] }.map { Decimal($0) } }
  }

  static func quotient(_ part: Decimal?, _ whole: Decimal?) -> Decimal? {
    guard let part, let whole, whole != 0 else { return nil }
    return part / whole
  }

  // Shares.

  /// The last of the channels that make up the whole is what the others leave, so that the shares shown add up to 100 %.
  func isRest(_ channel: Int) -> Bool {
    table.channelsMakeWhole && table.channels.count > 1 && channel == table.channels.count - 1
  }

  /// The shares of the other channels in a row: `G4`, `SUM(G4:H4)`.
  func restCells(row: Int) -> String {
    let cells = table.channels.indices.dropLast().compactMap { table.cell(.share($0), row: row) }
    guard let first = cells.first, let last = cells.last else { return "0" }
    return first == last ? first.description : "SUM(\(CellRange(first, last)))"
  }

  /// Excel takes 255 arguments and 8,192 characters; what is longer is not worth a formula.
  private static let mostReferences = 120

  func shareFormula(_ channel: Int, of units: [UnitFigures], row: Int) -> CellValue {
    guard let done = table.cell(.completed, row: row) else { return .empty }
    let share = share(channel, of: units)
    if isRest(channel) {
      let rest = restCells(row: row)
      return .formula("IF(N(\(done))=0,\"\",IF(ISNUMBER(\(rest)),1-\(rest),\"\"))", giving: share)
    }
    func cells(_ keys: [FieldKey]) -> [String] {
      guard let source, consolidation.offices.isEmpty else {
        return units.flatMap { references(keys, of: $0.unit) }
      }
      let positions = units.compactMap { source.position(of: $0.unit) }
      let cells = positions.flatMap { position in keys.compactMap { source.cell($0, unit: position) } }
      return LiveFormula.references(to: cells, onSheet: source.sheet)
    }
    let part = cells(table.channels[channel].inputs)
    let whole = cells(consolidation.targetInputs)
    guard !part.isEmpty, !whole.isEmpty, part.count + whole.count <= Self.mostReferences else {
      return .text("—")
    }
    let quotient = "SUM(\(part.joined(separator: ",")))/SUM(\(whole.joined(separator: ",")))"
    return .formula("IF(N(\(done))=0,\"\",ROUND(\(quotient),3))", giving: share)
  }

  /// A channel's part in what some units completed, to a tenth of a percent; `nil` where nothing was.
  func share(_ channel: Int, of units: [UnitFigures]) -> Decimal? {
    func sum(_ keys: [FieldKey]) -> Decimal {
      units.reduce(0) { sum, unit in keys.reduce(sum) { $0 + (unit.inputs[$1] ?? 0) } }
    }
    let whole = sum(consolidation.targetInputs)
    guard whole != 0, units.contains(where: { ($0.completed ?? 0) != 0 }) else { return nil }
    if isRest(channel) {
      return table.channels.indices.dropLast().reduce(Decimal(1)) { rest, other in
        rest - (share(other, of: units) ?? 0)
      }
    }
    return (sum(table.channels[channel].inputs) / whole).rounded(3, .plain)
  }

  // Kinds.

  func kindsFormula(of unit: UnitFigures, row: Int) -> CellValue {
    let kinds = table.kinds.map { references($0, of: unit.unit) }
    guard let done = table.cell(.completed, row: row), kinds.allSatisfy({ !$0.isEmpty }) else {
      return .empty
    }
    let held = kinds.map { "(SUM(\($0.joined(separator: ",")))>0)" }
    let count = table.kinds.count { inputs in inputs.reduce(Decimal(0)) { $0 + (unit.inputs[$1] ?? 0) } > 0 }
    return .formula(
      "IF(\(done)=\"\",\"\",0+\(held.joined(separator: "+")))",
      giving: unit.completed == nil ? nil : Decimal(count))
  }

  // The larger unit of measure.

  /// A part in the larger unit, as an array formula in its own cell.
  func rounded(_ formula: String, at row: Int, steps: Decimal?) -> CellValue {
    guard let cell = table.cell(.rounded, row: row) else { return .empty }
    let figure = steps.map { $0 / 100 }
    return .formula(
      Formula(formula, arrayRange: CellRange(cell)),
      cached: figure.map { .number($0.cellNumber) } ?? .text(""))
  }

  func roundedTotal(_ cell: CellReference, steps: Decimal?) -> CellValue {
    .formula(
      "IF(\(cell)=\"\",\"\",ROUND(\(cell)/\(table.measure.scale),\(RoundedParts.decimals)))",
      giving: steps.map { $0 / 100 })
  }

  // Last year.

  func comparison(
    _ column: CompletionTable.Column, row: Int, now: Decimal?, before: Decimal?
  ) -> CellValue {
    guard let done = table.cell(.completed, row: row), let then = table.cell(.before, row: row),
      let change = table.cell(.change, row: row)
    else { return .empty }
    let difference = now.flatMap { now in before.map { now - $0 } }
    if column == .change {
      return .formula("IF(OR(\(done)=\"\",\(then)=\"\"),\"\",\(done)-\(then))", giving: difference)
    }
    return .formula(
      "IF(OR(\(change)=\"\",N(\(then))=0),\"\",\(change)/\(then))", giving: Self.quotient(difference, before))
  }

  /// Over the units that have a figure in both years, so that a missing one does not look like a decline.
  var totalChange: (change: Decimal, before: Decimal)? {
    let both = table.withTarget.compactMap { unit in
      unit.completed.flatMap { now in unit.previous.map { (change: now - $0, before: $0) } }
    }
    guard !both.isEmpty else { return nil }
    return both.reduce((change: 0, before: 0)) { ($0.change + $1.change, $0.before + $1.before) }
  }
}
