import Foundation
import XLSX

/// `任务完成情况`, `覆盖面完成情况`: each unit's figures held against the targets of an annex.
struct CompletionSheet {
  let consolidation: FormConsolidation
  let targetTable: TargetTable
  let table: UnitTable
  let look: SheetLook
  let asOf: CalendarDate

  static let firstRow = 4
  private static let columns = 5

  /// What a target counts, as a word: 场 is 场次, 人次 stays.
  private var countWord: String {
    let unit =
      consolidation.targetInputs.first.flatMap { consolidation.form.field($0)?.measure.baseUnit } ?? ""
    return unit.hasSuffix("次") ? unit : unit + "次"
  }

  private var scale: Int {
    consolidation.targetInputs.first.flatMap { consolidation.form.field($0)?.measure.scale } ?? 1
  }

  private var withTarget: [UnitFigures] { consolidation.units.filter { $0.target != nil } }
  private var withoutTarget: [UnitFigures] {
    consolidation.units.filter { $0.target == nil && $0.completed != nil }
  }
  private var totalRow: Int { Self.firstRow + withTarget.count }

  func paint() -> SheetDraft {
    let sheet = SheetDraft(SheetNames.completion(targetTable))
    let widths = [24.0, 15, 15, 15, 15]
    TableHead(
      title: "\(targetTable.label)　\(targetTable.title)完成情况", of: consolidation, asOf: asOf,
      width: widths.reduce(0, +)
    ).paint(on: sheet, columns: Self.columns, look: look)
    for (position, word) in [targetTable.unitHeading, "目标\(countWord)", "完成\(countWord)", "完成率", "差额"]
      .enumerated()
    {
      sheet.put(.text(word), row: 3, column: position + 1, look.heading)
      sheet.width(widths[position], of: position + 1)
    }
    sheet.height(32, of: 3)
    for (position, unit) in withTarget.enumerated() { paint(unit, row: Self.firstRow + position, on: sheet) }
    paintTotal(sheet)
    paintWithoutTarget(sheet)
    sheet.frozenAt = CellReference(row: Self.firstRow, column: 2)
    sheet.pageSetup.repeatedRows = 3...3
    return sheet
  }

  private func paint(_ unit: UnitFigures, row: Int, on sheet: SheetDraft) {
    let fill: Fill? = unit.isReported ? nil : SheetLook.absentFill
    sheet.put(.words(unit.unit.name), row: row, column: 1, look.text().filled(fill))
    sheet.put(
      .figure(unit.target.map { Decimal($0) }), row: row, column: 2, look.figure("#,##0").filled(fill))
    paintResult(
      row, completed: completedFormula(unit), unit.completed, target: unit.target.map { Decimal($0) },
      on: sheet
    ) { look.figure($0).filled(fill) }
    sheet.height(30, of: row)
  }

  private func paintTotal(_ sheet: SheetDraft) {
    let row = totalRow
    sheet.put(.text(targetTable.totalLabel), row: row, column: 1, look.total())
    let last = max(Self.firstRow, row - 1)
    let target = withTarget.compactMap(\.target).reduce(0) { $0 &+ $1 }
    let targets = CellRange(rows: Self.firstRow...last, column: 2).description
    let parts = CellRange(rows: Self.firstRow...last, column: 3).description
    sheet.put(
      withTarget.isEmpty ? .empty : .formula(Formula("SUM(\(targets))"), cached: .number(Double(target))),
      row: row,
      column: 2, look.total("#,##0"))
    paintResult(
      row, completed: withTarget.isEmpty ? nil : LiveFormula.sum([parts]), consolidation.completed,
      target: Decimal(target), on: sheet
    ) { look.total($0) }
    sheet.height(32, of: row)
  }

  /// Completed, rate and what is left, in columns 3 to 5 of a row whose target stands in column 2.
  private func paintResult(
    _ row: Int, completed formula: String?, _ completed: Decimal?, target: Decimal?, on sheet: SheetDraft,
    style: (NumberFormat) -> Style
  ) {
    let done = CellReference(row: row, column: 3)
    let whole = CellReference(row: row, column: 2)
    let count = format(completed)
    guard let formula, let target else {
      for column in 3...Self.columns { sheet.put(.empty, row: row, column: column, style(count)) }
      return
    }
    let rate = completed.flatMap { $0.isNaN || target == 0 ? nil : $0 / target }
    sheet.put(.formula(formula, giving: completed), at: done, style(count))
    sheet.put(.formula(LiveFormula.rate(done, of: whole), giving: rate), row: row, column: 4, style(.percent))
    sheet.put(
      .formula(LiveFormula.shortfall(done, of: whole), giving: completed.map { target - $0 }), row: row,
      column: 5,
      style(count))
  }

  /// Whoever reported without owing a target, below the total: in the city's figures, in no rate.
  private func paintWithoutTarget(_ sheet: SheetDraft) {
    var row = totalRow + 1
    for unit in withoutTarget {
      sheet.put(.text(unit.unit.name + "（无指标）"), row: row, column: 1, look.text())
      sheet.put(.empty, row: row, column: 2, look.text())
      if let formula = completedFormula(unit) {
        sheet.put(
          .formula(formula, giving: unit.completed), row: row, column: 3, look.figure(format(unit.completed)))
      }
      for column in 4...Self.columns { sheet.put(.text("—"), row: row, column: column, look.text()) }
      sheet.height(30, of: row)
      row += 1
    }
    if !withoutTarget.isEmpty {
      let parts = CellRange(rows: totalRow...(row - 1), column: 3).description
      let all = withoutTarget.compactMap(\.completed).reduce(consolidation.completed ?? 0, +)
      sheet.put(.text("全部合计"), row: row, column: 1, look.total())
      sheet.put(.empty, row: row, column: 2, look.total())
      sheet.put(.formula(LiveFormula.sum([parts]), giving: all), row: row, column: 3, look.total(format(all)))
      for column in 4...Self.columns { sheet.put(.text("—"), row: row, column: column, look.total()) }
      sheet.height(32, of: row)
      row += 1
    }
    var notes = ["注：差额＝目标－完成，负数为超额完成；未报单位空白，不作零计。"]
    if !withoutTarget.isEmpty { notes.append("无指标的单位不计算完成率，其数字计入全部合计，不计入总计。") }
    sheet.put(.text(notes.joined()), over: CellRange(row: row, columns: 1...Self.columns), look.note())
    sheet.height(notes.count > 1 ? 36 : 22, of: row)
  }

  private func completedFormula(_ unit: UnitFigures) -> String? {
    guard let position = table.position(of: unit.unit) else { return nil }
    // The target's own fields, 合计 where it names them, so that the formula reads as the notice counts.
    let cells = targetTable.fields.compactMap { table.cell($0, unit: position) }
    guard !cells.isEmpty else { return nil }
    return LiveFormula.sum(LiveFormula.references(to: cells, onSheet: table.sheet), scaledBy: scale)
  }

  /// Whole numbers by thousands; a fraction of a person, which a slip can give, is shown and not rounded away.
  private func format(_ figure: Decimal?) -> NumberFormat {
    guard let figure, figure.plainText.contains(".") else { return "#,##0" }
    return "#,##0.0###"
  }
}
