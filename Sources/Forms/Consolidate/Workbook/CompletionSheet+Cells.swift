import Foundation
import XLSX

/// What stands in each column of a sheet of completion: headings, widths, formats, formulas with their values.
extension CompletionSheet {
  func heading(_ column: CompletionTable.Column) -> String {
    let count =
      targetTable.countWord
      ?? CompletionTable.countWord(heading: targetTable.heading, measure: table.measure)
    return switch column {
    case .unit: targetTable.unitHeading
    case .target: "目标" + count
    case .completed: "完成" + count
    case .rate: "完成率"
    case .shortfall: "差额"
    case .rank: "名次"
    case .share(let channel): table.channels[channel].name + "占比"
    case .kinds: "开展种类"
    case .rounded: "折合" + table.measure.unit
    case .before: "上年完成"
    case .change: "增减"
    case .growth: "增幅"
    case .remark: "备注"
    }
  }

  func width(_ column: CompletionTable.Column) -> Double {
    let heading = Double(heading(column).displayWidth) + 2
    switch column {
    case .unit:
      let names = table.withTarget.map(\.unit.name) + table.withoutTarget.map { Self.untargeted($0.unit) }
      return min(36, max(16, heading, (names.map { Double($0.displayWidth) }.max() ?? 0) + 2))
    case .rate: return 13
    case .rank: return 7
    case .remark: return 9
    case .share, .kinds, .growth: return max(9, min(heading, 10))
    case .target, .completed, .shortfall, .rounded, .before, .change:
      let figures = [consolidation.completed, grandTotal, Decimal(targetTable.printedTotal)]
      let longest = figures.compactMap { $0?.rounded(4, .plain).plainText.count }.max() ?? 0
      return max(11, min(heading, 14), Double(longest + longest / 3) + 3)
    }
  }

  /// - Parameter base: A cell of the table for a number format: an ordinary one, or one of a row of totals.
  func style(
    _ column: CompletionTable.Column, _ completed: Decimal?, _ base: (NumberFormat) -> Style
  ) -> Style {
    switch column {
    case .unit: base(.general).wrapped
    case .target: base("#,##0")
    case .completed, .before: base(Self.format(completed))
    case .shortfall: base(Self.shortfallFormat(completed))
    case .remark: base(.general)
    case .rate, .share: base("0.0%")
    case .rank: base("0")
    case .kinds: base(NumberFormat("0\"/\(table.kinds.count)\""))
    case .rounded: base("#,##0.00")
    case .change: base("+#,##0.####;-#,##0.####;0".trimmed(for: completed))
    case .growth: base("+0.0%;-0.0%;0.0%")
    }
  }

  /// Whole numbers by thousands; a fraction of a person, which a slip can give, is shown and not rounded away.
  static func format(_ figure: Decimal?) -> NumberFormat {
    guard let figure, figure.plainText.contains(".") else { return "#,##0" }
    return "#,##0.0###"
  }

  /// What is more than the target is told as that, and not as a shortfall below zero: `超13`.
  static func shortfallFormat(_ figure: Decimal?) -> NumberFormat {
    let code = format(figure).code
    return NumberFormat("\(code);\"超\"\(code);0")
  }

  static func untargeted(_ unit: ReportingUnit) -> String { unit.name + "（无指标）" }

  /// Completed by everybody who reported, with a target or without.
  var grandTotal: Decimal? {
    let parts = [consolidation.completed].compactMap(\.self) + table.withoutTarget.compactMap(\.completed)
    return parts.isEmpty ? nil : parts.reduce(0, +)
  }

  // Units with a target.

  func value(_ column: CompletionTable.Column, of unit: UnitFigures, at position: Int) -> CellValue {
    let row = CompletionTable.firstRow + position
    let target = unit.target.map { Decimal($0) }
    switch column {
    case .unit: return .words(unit.unit.name)
    case .target: return .figure(target)
    case .completed: return completedFormula(unit)
    case .rate: return rateFormula(row: row, completed: unit.completed, target: target)
    case .shortfall: return shortfallFormula(row: row, completed: unit.completed, target: target)
    case .rank:
      guard let rate = table.cell(.rate, row: row), let rates = table.units(.rate) else { return .empty }
      guard let remark = table.cell(.remark, row: row), let remarks = table.units(.remark) else {
        return .formula("IF(\(rate)=\"\",\"\",RANK(\(rate),\(rates.absolute)))", giving: ranks[position])
      }
      // RANK would count those who are not ranked.
      let higher =
        "SUMPRODUCT((\(remarks.absolute)=\"\")*ISNUMBER(\(rates.absolute))*(\(rates.absolute)>\(rate)))"
      return .formula(
        "IF(OR(\(rate)=\"\",\(remark)<>\"\"),\"\",1+\(higher))", giving: ranks[position])
    case .share(let channel): return shareFormula(channel, of: [unit], row: row)
    case .kinds: return kindsFormula(of: unit, row: row)
    case .rounded:
      guard let cell = table.cell(.completed, row: row), let cells = table.units(.completed),
        let total = table.cell(.rounded, row: table.totalRow), let step = RoundedParts.step(of: table.measure)
      else { return .empty }
      let formula = RoundedParts.formula(cell, among: cells, total: total.absolute, step: step)
      return rounded(formula, at: row, steps: roundedUnits[position])
    case .before: return .figure(unit.previous)
    case .change, .growth: return comparison(column, row: row, now: unit.completed, before: unit.previous)
    case .remark: return unit.isDisputed ? .text(Self.disputedRemark) : .empty
    }
  }

  static let disputedRemark = "待更正"

  /// The total over the units with a target.
  func totalValue(_ column: CompletionTable.Column) -> CellValue {
    let row = table.totalRow
    if column == .unit { return .text(targetTable.totalLabel) }
    guard !table.withTarget.isEmpty else {
      // A table of targets without units: what counts and what is lacking are blank, not zero.
      return column == .target || column == .completed
        ? .formula("\"\"", giving: nil) : .empty
    }
    let target = Decimal(table.withTarget.compactMap(\.target).reduce(0) { $0 &+ $1 })
    switch column {
    case .unit: return .empty
    case .target: return sumFormula(column, giving: target)
    case .completed: return sumFormula(column, giving: consolidation.completed)
    case .rate: return rateFormula(row: row, completed: consolidation.completed, target: target)
    case .shortfall: return shortfallFormula(row: row, completed: consolidation.completed, target: target)
    case .rank, .kinds: return .text("—")
    case .remark: return consolidation.isDisputed ? .text("含待更正数") : .empty
    case .share(let channel): return shareFormula(channel, of: table.withTarget, row: row)
    case .rounded:
      guard let cell = table.cell(.completed, row: row), let step = RoundedParts.step(of: table.measure)
      else {
        return .empty
      }
      if let grandRow = table.grandTotalRow, let grand = table.cell(.rounded, row: grandRow) {
        let cells = CellRange(rows: row...(grandRow - 1), column: cell.column)
        return rounded(
          RoundedParts.formula(cell, among: cells, total: grand.absolute, step: step), at: row,
          steps: consolidation.completed == nil ? nil : roundedTotals?.total)
      }
      return roundedTotal(cell, steps: consolidation.completed == nil ? nil : roundedTotals?.total)
    case .before:
      let parts = table.withTarget.compactMap(\.previous)
      return sumFormula(column, giving: parts.isEmpty ? nil : parts.reduce(0, +))
    case .change:
      return sumFormula(column, giving: totalChange?.change)
    case .growth:
      guard let changes = table.units(.change), let before = table.units(.before),
        let change = table.cell(.change, row: row)
      else { return .empty }
      let base = "SUMPRODUCT(ISNUMBER(\(changes))*1,\(before))"
      return .formula(
        "IF(\(change)=\"\",\"\",IF(\(base)=0,\"\",\(change)/\(base)))",
        giving: totalChange.flatMap { $0.before == 0 ? nil : $0.change / $0.before })
    }
  }

  // Units without a target, and everybody together.

  func otherValue(
    _ column: CompletionTable.Column, of unit: UnitFigures, at position: Int, row: Int
  ) -> CellValue {
    switch column {
    case .unit: return .text(Self.untargeted(unit.unit))
    case .target: return .empty
    case .completed: return completedFormula(unit)
    case .rate, .shortfall, .rank: return .text("—")
    case .share(let channel): return shareFormula(channel, of: [unit], row: row)
    case .kinds: return kindsFormula(of: unit, row: row)
    case .rounded:
      guard let cell = table.cell(.completed, row: row), let grandRow = table.grandTotalRow,
        let grand = table.cell(.rounded, row: grandRow), let step = RoundedParts.step(of: table.measure)
      else { return .empty }
      let cells = CellRange(rows: table.totalRow...(grandRow - 1), column: cell.column)
      return rounded(
        RoundedParts.formula(cell, among: cells, total: grand.absolute, step: step), at: row,
        steps: roundedOthers[position])
    case .before: return .figure(unit.previous)
    case .change, .growth: return comparison(column, row: row, now: unit.completed, before: unit.previous)
    case .remark: return unit.isDisputed ? .text(Self.disputedRemark) : .empty
    }
  }

  func grandValue(_ column: CompletionTable.Column, row: Int) -> CellValue {
    guard let cell = table.cell(.completed, row: row) else { return .empty }
    switch column {
    case .unit: return .text("全部合计")
    case .target: return .empty
    case .completed:
      let parts = CellRange(rows: table.totalRow...(row - 1), column: cell.column)
      return .formula(LiveFormula.sum([parts.description]), giving: grandTotal)
    case .rounded: return roundedTotal(cell, steps: grandTotal == nil ? nil : roundedTotals?.grand)
    default: return .text("—")
    }
  }
}

extension Style {
  /// With lines that break where the column ends.
  fileprivate var wrapped: Style {
    var style = self
    style.alignment.wrapsText = true
    style.alignment.shrinksToFit = false
    return style
  }
}

extension String {
  /// A number format without its decimals where the figures are whole: Excel would print the point alone.
  fileprivate func trimmed(for figure: Decimal?) -> NumberFormat {
    let isWhole = figure.map { !$0.plainText.contains(".") } ?? true
    return NumberFormat(isWhole ? replacing(".####", with: "") : replacing(".####", with: ".0###"))
  }
}
