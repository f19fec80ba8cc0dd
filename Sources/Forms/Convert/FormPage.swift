import Foundation
import XLSX

/// A form in its official layout with something in its cells: the label, the title, the lines above, the table, the lines
/// below. The consolidated workbook's `…汇总` sheets and converted forms are drawn from it.
struct FormPage {
  let form: FormDefinition
  /// The printed title, its lines apart.
  var title: String
  /// What stands on a line around the table, its label included.
  var headLine: (FormDefinition.HeadLine) -> String
  /// What stands in a figure's cell, given the cells of all figures.
  var value: (Field, _ cells: (FieldKey) -> CellReference?) -> CellValue
  /// How a figure is shown; its measure's own way unless this says otherwise.
  var format: (Field) -> NumberFormat = { $0.measure.numberFormat }
  /// A line below everything, in small print.
  var note: String?

  private var layout: FormLayout { form.layout }
  private var lastColumn: Int { max(form.rowHeadingDepth + form.columnLeaves.count, 2) }
  private var headingDepth: Int { max(form.columnHeadingDepth, 1) }

  /// The title as the form prints it.
  static func printedTitle(of form: FormDefinition) -> String {
    form.layout.titleLines.isEmpty ? form.title : form.layout.titleLines.joined(separator: "\n")
  }

  func draft(named name: String) -> SheetDraft {
    let sheet = SheetDraft(name)
    let look = FormLook(layout)
    sheet.put(.text(form.label), over: CellRange(row: 1, columns: 1...lastColumn), look.label)
    sheet.height(24, of: 1)
    sheet.put(.text(title), over: CellRange(row: 2, columns: 1...lastColumn), look.title)
    let titleLines = title.count { $0 == "\n" } + 1
    sheet.height(Double(titleLines) * layout.titleSize * 1.6 + 10, of: 2)
    var row = drawHeadLines(sheet, look, .above, at: 3)
    row = drawTable(sheet, look, at: row)
    row = drawHeadLines(sheet, look, .below, at: row)
    if let note {
      sheet.put(.text(note), over: CellRange(row: row, columns: 1...lastColumn), look.note)
      sheet.height(lines(of: note) * 15 + 4, of: row)
    }
    setUpPage(sheet)
    return sheet
  }

  /// The lines above or below the table, two in a row.
  private func drawHeadLines(
    _ sheet: SheetDraft, _ look: FormLook, _ place: FormDefinition.HeadLine.Place, at row: Int
  ) -> Int {
    let lines = form.headLines.filter { $0.place == place }
    let middle = (lastColumn + 1) / 2
    var row = row
    for first in stride(from: 0, to: lines.count, by: 2) {
      let hasTwo = first + 1 < lines.count
      sheet.put(
        .words(headLine(lines[first])),
        over: CellRange(row: row, columns: 1...(hasTwo ? middle : lastColumn)),
        look.line)
      if hasTwo {
        sheet.put(
          .words(headLine(lines[first + 1])), over: CellRange(row: row, columns: (middle + 1)...lastColumn),
          look.line)
      }
      sheet.height(30, of: row)
      row += 1
    }
    return row
  }

  private func drawTable(_ sheet: SheetDraft, _ look: FormLook, at top: Int) -> Int {
    let left = form.rowHeadingDepth
    let firstRow = top + headingDepth
    if left > 0 {
      // The corner is empty, as the notice prints it.
      sheet.put(
        .empty,
        over: CellRange(CellReference(row: top, column: 1), CellReference(row: firstRow - 1, column: left)),
        look.figure(.general))
    }
    for block in HeadingBlock.blocks(of: form.columnLeaves, depth: headingDepth) {
      sheet.put(
        .text(block.heading.printed),
        over: CellRange(
          CellReference(row: top + block.levels.lowerBound, column: left + 1 + block.leaves.lowerBound),
          CellReference(row: top + block.levels.upperBound, column: left + 1 + block.leaves.upperBound)),
        look.figure(.general))
    }
    for block in HeadingBlock.blocks(of: form.rowLeaves, depth: left) {
      sheet.put(
        .text(block.heading.printed),
        over: CellRange(
          CellReference(row: firstRow + block.leaves.lowerBound, column: 1 + block.levels.lowerBound),
          CellReference(row: firstRow + block.leaves.upperBound, column: 1 + block.levels.upperBound)),
        look.figure(.general))
    }
    func cell(_ key: FieldKey) -> CellReference? {
      form.field(key).map { CellReference(row: firstRow + $0.row, column: left + 1 + $0.column) }
    }
    for field in form.fields {
      guard let reference = cell(field.key) else { continue }
      sheet.put(value(field, cell), at: reference, look.figure(format(field)))
    }
    let last = firstRow + form.rowLeaves.count - 1
    for row in top...last { sheet.height(layout.rowHeight, of: row) }
    return last + 1
  }

  /// How many lines a text takes over the whole width, in small print.
  private func lines(of text: String) -> Double {
    let width = (1...lastColumn).reduce(0.0) { $0 + columnWidth($1) }
    return max(1, (Double(text.displayWidth) / max(20, width - 4)).rounded(.up))
  }

  private func columnWidth(_ column: Int) -> Double {
    layout.columnWidths.indices.contains(column - 1) ? layout.columnWidths[column - 1] : 16
  }

  private func setUpPage(_ sheet: SheetDraft) {
    for column in 1...lastColumn { sheet.width(columnWidth(column), of: column) }
    sheet.pageSetup.orientation = layout.landscape ? .landscape : .portrait
    sheet.pageSetup.margins = .centimetres(
      left: layout.margins.left, right: layout.margins.right, top: layout.margins.top,
      bottom: layout.margins.bottom)
    sheet.pageSetup.scaling = .fit(width: 1, height: 1)
    sheet.pageSetup.footer = nil
  }
}

/// The fonts and lines of a form as the notice prints it.
private struct FormLook {
  let label: Style
  let title: Style
  let line: Style
  let note: Style
  private let cell: Style

  init(_ layout: FormLayout) {
    label = Style(
      font: Font(name: layout.labelFont, size: layout.labelSize), alignment: Alignment(vertical: .center))
    title = Style(
      font: Font(name: layout.titleFont, size: layout.titleSize),
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true))
    line = Style(
      font: Font(name: layout.textFont, size: layout.textSize), alignment: Alignment(vertical: .center))
    note = Style(
      font: Font(name: layout.textFont, size: 10.5), alignment: Alignment(vertical: .center, wrapsText: true))
    cell = Style(
      font: Font(name: layout.textFont, size: layout.textSize), borders: .thin,
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true))
  }

  func figure(_ format: NumberFormat) -> Style {
    var style = cell
    style.numberFormat = format
    return style
  }
}
