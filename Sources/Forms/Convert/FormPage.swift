import Foundation
import XLSX

/// A form in its official layout with something in its cells: the label, the title, the lines above, the table, the lines
/// below, each where the blank form has it. The consolidated workbook's `…汇总` sheets and converted forms are drawn
/// from it.
struct FormPage {
  let form: FormDefinition
  /// The printed title, its lines apart.
  var title: String
  /// What stands after the label of a line around the table.
  var headLine: (FormDefinition.HeadLine) -> String?
  /// What stands in a figure's cell, given the cells of all figures.
  var value: (Field, _ cells: (FieldKey) -> CellReference?) -> CellValue
  /// What stands in a line of a list, by the positions of line and field, and in its 合计 line.
  var lineValue: (_ line: Int, _ field: Int) -> CellValue = { _, _ in .empty }
  var totalValue: (Field) -> CellValue = { _ in .empty }
  /// A line below everything, in small print.
  var note: String?
  /// The colour behind a figure.
  var fill: (Field) -> Fill? = { _ in nil }

  private var layout: FormLayout { form.layout }

  /// The title as the form prints it.
  static func printedTitle(of form: FormDefinition) -> String {
    form.layout.titleLines.isEmpty ? form.title : form.layout.titleLines.joined(separator: "\n")
  }

  func draft(named name: String) -> SheetDraft {
    let geometry = FormGeometry(form)
    let columns = 1...geometry.lastColumn
    let sheet = SheetDraft(name)
    for (index, width) in geometry.columnWidths.enumerated() { sheet.width(width, of: index + 1) }
    let label = Style(
      font: Font(name: layout.labelFont, size: layout.labelSize), alignment: Alignment(vertical: .center))
    sheet.put(.text(form.label), row: 1, column: 1, label)
    sheet.height(layout.labelSize * 1.75, of: 1)
    let titleStyle = Style(
      font: Font(name: layout.titleFont, size: layout.titleSize),
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true))
    sheet.put(.text(title), over: CellRange(row: 2, columns: columns), titleStyle)
    sheet.height(lines(of: title, size: layout.titleSize) * layout.titleSize * 1.4 + 14, of: 2)
    drawHeadLines(geometry, sheet)
    drawTable(geometry, sheet)
    if let note {
      let style = Style(
        font: Font(name: layout.textFont, size: 10.5),
        alignment: Alignment(vertical: .center, wrapsText: true))
      sheet.put(.text(note), over: CellRange(row: geometry.lastRow + 1, columns: columns), style)
      sheet.height(lines(of: note, size: 10.5) * 15 + 6, of: geometry.lastRow + 1)
    }
    sheet.pageSetup.orientation = layout.landscape ? .landscape : .portrait
    sheet.pageSetup.margins = .centimetres(
      left: layout.margins.left, right: layout.margins.right, top: layout.margins.top,
      bottom: layout.margins.bottom)
    sheet.pageSetup.scaling = .fit(width: 1, height: form.kind == .list ? nil : 1)
    sheet.pageSetup.footer = nil
    return sheet
  }

  private func drawHeadLines(_ geometry: FormGeometry, _ sheet: SheetDraft) {
    let style = Style(
      font: Font(name: layout.textFont, size: layout.textSize),
      alignment: Alignment(horizontal: .left, vertical: .center, shrinksToFit: true))
    for line in geometry.lines {
      sheet.put(.text(line.head.label + "："), over: line.label, style)
      sheet.put(.words(headLine(line.head)), over: line.value, style)
      sheet.height(layout.textSize * 2, of: line.label.first.row)
    }
  }

  private func drawTable(_ geometry: FormGeometry, _ sheet: SheetDraft) {
    let heading = Style(
      font: Font(name: layout.textFont, size: layout.textSize), borders: .thin,
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true))
    if let corner = geometry.corner { sheet.put(.empty, over: corner, heading) }
    for box in geometry.columnBoxes + geometry.rowBoxes {
      sheet.put(.text(box.heading.printed), over: box.range, heading)
    }
    for box in geometry.columnBoxes { sheet.markHeading(box.range.first, over: .column) }
    for box in geometry.rowBoxes { sheet.markHeading(box.range.first, over: .row) }
    let cells = { (key: FieldKey) in form.field(key).map(geometry.cell(of:)) }
    for (index, field) in form.fields.enumerated() {
      // Figures must stay readable as a whole, so long ones shrink.
      var style = heading
      style.alignment = Alignment(horizontal: .center, vertical: .center, shrinksToFit: true)
      style.numberFormat = field.typedFormat ?? field.measure.numberFormat
      if form.kind == .list {
        for (line, cell) in geometry.lines(of: field).enumerated() {
          sheet.put(lineValue(line, index), at: cell, style)
        }
        if let row = geometry.totalRow {
          let total = totalValue(field)
          let cell = CellReference(row: row, column: geometry.cell(of: field).column)
          sheet.put(index == 0 && total == .empty ? .text("合计") : total, at: cell, style)
        }
        continue
      }
      sheet.put(value(field, cells), at: geometry.cell(of: field), style.filled(fill(field)))
    }
    for row in geometry.table.rows { sheet.height(layout.rowHeight, of: row) }
  }

  /// How many lines a text takes over the whole width.
  private func lines(of text: String, size: Double) -> Double {
    text.split(separator: "\n").reduce(0) { lines, line in
      lines + max(1, (TextWidth.characters(line, size: size) / layout.textWidth).rounded(.up))
    }
  }
}
