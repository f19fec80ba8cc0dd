import Foundation
import XLSX

/// `附表3分级`: where units stand below other units, the lines and sums of each office, level below level.
///
/// Its figures are formulas over the rows of the sheet of sums, where the units of one office stand side by side.
struct ListOfficeSheet {
  let consolidation: FormConsolidation
  let list: ListRules
  /// The sheet of sums.
  let sums: String
  let look: SheetLook
  let asOf: CalendarDate

  private static let firstFigureColumn = 4
  private static let headingRow = 3
  private static let firstRow = 4

  private var keys: [FieldKey] { [ListRules.countKey] + list.totals }

  func paint() -> SheetDraft {
    let sheet = SheetDraft(SheetNames.offices(consolidation.form))
    let rows = OfficeRow.rows(of: consolidation)
    let name = rows.map { Double($0.figures.unit.ownName.displayWidth + 2 * $0.depth) }.max() ?? 0
    let widths = [5.5, min(40, max(16, name + 4)), 11] + keys.map { _ in 14.0 }
    for (index, width) in widths.enumerated() { sheet.width(width, of: index + 1) }
    let total = widths.reduce(0, +)
    TableHead(
      title: "\(consolidation.form.label)　\(consolidation.form.title)分级汇总", of: consolidation, asOf: asOf,
      width: total
    ).paint(on: sheet, columns: 1...widths.count, look: look)
    let headings = ["序号", "单位", "已报/应报"] + keys.map(heading)
    for (index, heading) in headings.enumerated() {
      sheet.put(.text(heading), row: Self.headingRow, column: index + 1, look.heading)
    }
    let lines = zip(headings, widths).map { PageFit.lines(of: $0, size: 11, width: $1 - 1) }.max() ?? 1
    sheet.height(max(30, Double(lines) * 15 + 8), of: Self.headingRow)
    for (index, row) in rows.enumerated() {
      paint(row, number: index + 1, at: Self.firstRow + index, on: sheet)
    }
    let last = Self.firstRow + rows.count
    paintTotal(rows, row: last, on: sheet)
    sheet.put(
      .text("注：各级数字由公式按“\(sums)”各行相加；已报、应报为其下各单位数。总计为第一级各行之和。"),
      over: CellRange(row: last + 1, columns: 1...widths.count), look.note())
    sheet.height(24, of: last + 1)
    PageFit.whole(width: total).apply(to: &sheet.pageSetup)
    sheet.pageSetup.repeatedRows = Self.headingRow...Self.headingRow
    sheet.frozenAt = CellReference(row: Self.firstRow, column: Self.firstFigureColumn)
    return sheet
  }

  private func heading(_ key: FieldKey) -> String {
    guard key != ListRules.countKey else { return key.rawValue }
    let unit = consolidation.form.field(key)?.measure.unit ?? ""
    return key.path.joined(separator: " ") + (unit.isEmpty ? "" : "（\(unit)）")
  }

  private func format(_ key: FieldKey) -> NumberFormat {
    consolidation.form.field(key)?.measure.numberFormat ?? "#,##0"
  }

  /// The cells of a sum of some units, on the sheet of sums.
  private func reference(_ offset: Int, _ lines: Range<Int>) -> String {
    let first = ListSummarySheet.firstRow + lines.lowerBound
    let range = CellRange(
      rows: first...max(first, first + lines.count - 1), column: ListYearColumns.currentColumn + offset)
    return "\(LiveFormula.quoted(sums))!\(range)"
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
    let figures = consolidation.listFigures(of: line.figures)
    for (offset, key) in keys.enumerated() {
      let style = look.figure(format(key)).filled(fill)
      guard !line.lines.isEmpty else {
        sheet.put(.empty, row: row, column: Self.firstFigureColumn + offset, style)
        continue
      }
      sheet.put(
        .formula(LiveFormula.sum([reference(offset, line.lines)]), giving: figures.map { $0[key] ?? 0 }),
        row: row, column: Self.firstFigureColumn + offset, style)
    }
    sheet.height(22, of: row)
  }

  private func paintTotal(_ rows: [OfficeRow], row: Int, on sheet: SheetDraft) {
    sheet.put(.text("总计"), over: CellRange(row: row, columns: 1...2), look.total())
    let top = rows.filter { $0.depth == 0 }
    let counts = top.reduce((0, 0)) { ($0.0 + $1.reported, $0.1 + $1.expected) }
    sheet.put(.text("\(counts.0)/\(counts.1)"), row: row, column: 3, look.total())
    let all = consolidation.listSums.map { sums -> [FieldKey: Decimal] in
      var inputs = sums.inputs
      inputs[ListRules.countKey] = Decimal(sums.rows)
      return consolidation.form.listFigures(inputs) ?? [:]
    }
    for (offset, key) in keys.enumerated() {
      let column = Self.firstFigureColumn + offset
      let cells = rows.indices.filter { rows[$0].depth == 0 }.map {
        CellReference(row: Self.firstRow + $0, column: column)
      }
      // Excel takes at most 255 arguments; far more offices than that stand at no one's top.
      let references = LiveFormula.references(to: cells)
      let formula = LiveFormula.sum(
        references.count <= 200 && !references.isEmpty
          ? references : [reference(offset, 0..<consolidation.units.count)])
      let isThere = consolidation.units.contains { $0.lines != nil }
      sheet.put(
        .formula(formula, giving: isThere ? all.map { $0[key] ?? 0 } : nil), row: row, column: column,
        look.total(format(key)))
    }
    sheet.height(26, of: row)
  }
}
