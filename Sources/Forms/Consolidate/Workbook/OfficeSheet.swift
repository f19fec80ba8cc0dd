import Foundation
import XLSX

/// `附件2分级`: where units stand below other units, each office as the sum of its units, level below level.
///
/// Its sums are formulas over the rows of `附件2分单位`, where the units of one office stand side by side; its 总计 adds up
/// the offices and units at the top.
struct OfficeSheet {
  let consolidation: FormConsolidation
  let table: UnitTable
  let look: SheetLook
  let asOf: CalendarDate

  private static let firstFigureColumn = 4

  func paint() -> SheetDraft {
    let sheet = SheetDraft(SheetNames.offices(table.form))
    let rows = OfficeRow.rows(of: consolidation)
    let widths = [5.5, max(16, widest(rows)), 11] + figureWidths
    for (index, width) in widths.enumerated() { sheet.width(width, of: index + 1) }
    let lastColumn = widths.count
    let total = widths.reduce(0, +)
    TableHead(
      title: "\(table.form.label)　\(table.form.title)分级汇总", of: consolidation, asOf: asOf, width: total
    ).paint(on: sheet, columns: 1...lastColumn, look: look)
    paintHeadings(sheet)
    let first = table.firstUnitRow
    for (position, row) in rows.enumerated() {
      paint(row, number: position + 1, at: first + position, on: sheet)
    }
    let last = first + max(rows.count, 1) - 1
    paintTotal(rows, first: first, row: last + 1, on: sheet)
    sheet.put(
      .text(
        "注：各级数字由公式按“\(table.sheet)”各行相加；已报、应报为其下各单位数。总计为第一级各行之和。"
          + (consolidation.disputed.isEmpty ? "" : "红底各数含待更正数。")),
      over: CellRange(row: last + 2, columns: 1...lastColumn), look.note())
    sheet.height(24, of: last + 2)
    PageFit.whole(width: total).apply(to: &sheet.pageSetup)
    sheet.pageSetup.repeatedRows = UnitTable.firstHeadingRow...table.lastHeadingRow
    sheet.frozenAt = CellReference(row: first, column: Self.firstFigureColumn)
    return sheet
  }

  private func paintHeadings(_ sheet: SheetDraft) {
    let top = UnitTable.firstHeadingRow
    let bottom = table.lastHeadingRow
    for (column, word) in [(1, "序号"), (2, "单位"), (3, "已报/应报")] {
      sheet.put(.text(word), over: CellRange(rows: top...bottom, column: column), look.heading)
    }
    for block in HeadingBlock.blocks(of: table.headings, depth: table.headingDepth) {
      let range = CellRange(
        CellReference(
          row: top + block.levels.lowerBound, column: Self.firstFigureColumn + block.leaves.lowerBound),
        CellReference(
          row: top + block.levels.upperBound, column: Self.firstFigureColumn + block.leaves.upperBound))
      sheet.put(.text(block.heading.printed), over: range, look.heading)
    }
    for row in top...bottom { sheet.height(top == bottom ? 38 : 24, of: row) }
  }

  private func paint(_ line: OfficeRow, number: Int, at row: Int, on sheet: SheetDraft) {
    let fill: Fill? =
      line.figures.isReported ? (line.depth == 0 ? SheetLook.headingFill : nil) : SheetLook.absentFill
    sheet.put(.number(Double(number)), row: row, column: 1, look.text().filled(fill))
    var name = look.text(.left, wraps: false).filled(fill)
    name.alignment.indent = 1 + 2 * min(line.depth, 6)
    sheet.put(.words(line.figures.unit.ownName), row: row, column: 2, name)
    // Text, and not a day of the month.
    sheet.put(
      .text("\(line.reported)/\(line.expected)"), row: row, column: 3, look.text(wraps: false).filled(fill))
    for (index, field) in table.form.fields.enumerated() {
      let isDisputed = line.figures.disputed.contains(field.key)
      let style = look.figure(field.measure.numberFormat).filled(isDisputed ? SheetLook.errorFill : fill)
      guard !line.lines.isEmpty else { continue }
      let first = table.firstUnitRow + line.lines.lowerBound
      let rows = first...(first + line.lines.count - 1)
      func reference(_ key: FieldKey) -> String? {
        table.column(of: key).map {
          "\(LiveFormula.quoted(table.sheet))!\(CellRange(rows: rows, column: $0))"
        }
      }
      let value = LiveFormula.together(
        field, giving: line.figures.figures[field.key], range: reference,
        sum: { LiveFormula.sum(reference(field.key).map { [$0] } ?? []) })
      sheet.put(value, row: row, column: Self.firstFigureColumn + index, style)
    }
    sheet.height(22, of: row)
  }

  private func paintTotal(_ rows: [OfficeRow], first: Int, row: Int, on sheet: SheetDraft) {
    sheet.put(.text("总计"), over: CellRange(row: row, columns: 1...2), look.total())
    let top = rows.filter { $0.depth == 0 }
    let counts = top.reduce((0, 0)) { ($0.0 + $1.reported, $0.1 + $1.expected) }
    sheet.put(.text("\(counts.0)/\(counts.1)"), row: row, column: 3, look.total())
    let disputed = consolidation.disputed
    for (index, field) in table.form.fields.enumerated() {
      let column = Self.firstFigureColumn + index
      let cells = rows.indices.filter { rows[$0].depth == 0 }.map {
        CellReference(row: first + $0, column: column)
      }
      // Excel takes at most 255 arguments; far more offices than that stand at no one's top.
      let references = LiveFormula.references(to: cells)
      let formula =
        references.count <= 200 && !references.isEmpty
        ? LiveFormula.sum(references) : LiveFormula.sum(table.unitsReference(field.key).map { [$0] } ?? [])
      let value = LiveFormula.together(
        field, giving: consolidation.totals[field.key], range: { table.unitsReference($0) },
        sum: { formula })
      sheet.put(
        value, row: row, column: column,
        look.total(field.measure.numberFormat).filled(
          disputed.contains(field.key) ? SheetLook.errorFill : nil))
    }
    sheet.height(26, of: row)
  }

  private func widest(_ rows: [OfficeRow]) -> Double {
    min(40, (rows.map { Double($0.figures.unit.ownName.displayWidth + 2 * $0.depth) }.max() ?? 0) + 4)
  }

  private var figureWidths: [Double] {
    table.form.fields.map { field in
      let text = (consolidation.totals[field.key] ?? 0).plainText
      return max(Double(text.count) + Double(max(0, text.count - 1) / 3) + 1.6, 5.6)
    }
  }
}
