import XLSX

/// A form as the office hands it out: an official sheet on A4, the cells to fill in open and validated, the totals locked
/// formulas.
///
///     try BlankForm.workbook(for: form, campaign: campaign, unit: unit).save(to: url)
public enum BlankForm {
  /// A workbook with the blank form of one unit, or with the generic one.
  ///
  /// - Parameter unit: The unit whose name is filled in.
  /// - Throws: ``XLSXError`` if the definition asks for what a workbook cannot hold, such as a label that is no sheet name.
  public static func workbook(
    for form: FormDefinition, campaign: Campaign, unit: ReportingUnit? = nil
  ) throws -> Workbook {
    try workbook(for: [form], campaign: campaign, unit: unit)
  }

  /// A workbook with a sheet for each of several forms.
  public static func workbook(
    for forms: [FormDefinition], campaign: Campaign, unit: ReportingUnit? = nil
  ) throws -> Workbook {
    let book = Workbook()
    book.properties.title = forms.map(\.title).joined(separator: "、")
    book.properties.subject = unit?.name
    book.properties.creator = campaign.office
    for form in forms { try add(form, unit: unit, to: book) }
    return book
  }

  /// The formula of a total: the sum as soon as all parts are there, and nothing before. A part left blank is not zero,
  /// and a total over it would read as if it were: `IF(COUNT(C6:D6)<2,"",SUM(C6:D6))`.
  static func totalFormula(_ parts: [CellReference]) -> String {
    let list = CellRange.joining(parts).map(\.description).joined(separator: ",")
    return "IF(COUNT(\(list))<\(parts.count),\"\",SUM(\(list)))"
  }

  private static func add(_ form: FormDefinition, unit: ReportingUnit?, to book: Workbook) throws {
    let geometry = FormGeometry(form)
    let sheet = try book.addSheet(named: form.label)
    let paper = PaperSheet(sheet: sheet, layout: form.layout, columns: geometry.lastColumn)
    for (index, width) in geometry.columnWidths.enumerated() { sheet.setColumnWidth(width, for: index + 1) }
    try paper.head(label: form.label, title: form.title)
    try addHeadings(geometry, paper)
    addFigures(geometry, paper)
    try addLines(geometry, paper, unit: unit)
    try addValidations(geometry, sheet)
    try addMarkers(geometry, sheet, book)
    paper.setUpPage(geometry.page)
    // Lines of a list are added and taken out, which a protected sheet does not let anyone.
    if form.kind == .matrix {
      sheet.protect(allowing: [.selectLockedCells, .selectUnlockedCells, .formatColumns, .formatRows])
    }
    let open = geometry.lines.first { $0.head.role == (unit == nil ? .unit : .filledOn) }
    sheet.view.activeCell = open?.value.first ?? geometry.figures.first
  }

  private static func addHeadings(_ geometry: FormGeometry, _ paper: PaperSheet) throws {
    if let corner = geometry.corner { try paper.fill(corner, with: .empty, style: paper.cellStyle) }
    for box in geometry.columnBoxes + geometry.rowBoxes {
      let width = box.range.columns.reduce(0) { $0 + geometry.columnWidths[$1 - 1] }
      let text = paper.broken(box.heading.printed, toFit: width)
      try paper.fill(box.range, with: .text(text), style: paper.cellStyle)
    }
    for row in geometry.table.rows { paper.sheet.setRowHeight(geometry.form.layout.rowHeight, for: row) }
  }

  private static func addFigures(_ geometry: FormGeometry, _ paper: PaperSheet) {
    let total = paper.figureStyle
    for field in geometry.form.fields {
      var input = paper.figureStyle
      input.protection = .unlocked
      if let format = field.typedFormat { input.numberFormat = format }
      for (line, cell) in geometry.lines(of: field).enumerated() {
        switch field.role {
        case .input:
          if field.type == .index { paper.sheet[cell] = .number(Double(line + 1)) }
          paper.sheet.setStyle(input, at: cell)
        case .total(let parts):
          let cells = parts.compactMap(geometry.form.field).map { geometry.cell(of: $0).offset(rows: line) }
          paper.sheet[cell] = .formula(Formula(totalFormula(cells)), cached: .text(""))
          paper.sheet.setStyle(total, at: cell)
        }
      }
    }
    addTotalLine(geometry, paper)
  }

  /// The 合计 line of a list.
  private static func addTotalLine(_ geometry: FormGeometry, _ paper: PaperSheet) {
    guard let row = geometry.totalRow, let list = geometry.form.list else { return }
    for (position, field) in geometry.form.fields.enumerated() {
      let cell = CellReference(row: row, column: geometry.cell(of: field).column)
      paper.sheet.setStyle(paper.figureStyle, at: cell)
      if list.totals.contains(field.key) {
        let range = geometry.cells(of: field).description
        paper.sheet[cell] = .formula(Formula("IF(COUNT(\(range))=0,\"\",SUM(\(range)))"), cached: .text(""))
      } else if position == 0 {
        paper.sheet[cell] = .text("合计")
      }
    }
  }

  private static func addLines(_ geometry: FormGeometry, _ paper: PaperSheet, unit: ReportingUnit?) throws {
    for line in geometry.lines {
      try paper.fill(line.label, with: .text(line.head.label + "："), style: paper.lineStyle)
      var style = paper.lineStyle
      var value = CellValue.empty
      switch line.head.role {
      case .unit:
        // A name that the office filled in is not for the unit to change.
        style.protection = unit == nil ? .unlocked : .init()
        value = unit.map { .text($0.name) } ?? .empty
      case .filledOn:
        style.protection = .unlocked
        // Excel makes a typed 2024-11-18 a date; this shows it as the notice writes dates.
        style.numberFormat = "yyyy\"年\"m\"月\"d\"日\""
      case .filledBy:
        style.protection = .unlocked
      case .phone:
        style.protection = .unlocked
        // As text, so that a leading 0 stays and no mobile number turns into 1.39E+10.
        style.numberFormat = .text
      }
      try paper.fill(line.value, with: value, style: style)
      paper.sheet.setRowHeight(geometry.form.layout.textSize * 2, for: line.label.first.row)
    }
  }

  private static func addMarkers(_ geometry: FormGeometry, _ sheet: Worksheet, _ book: Workbook) throws {
    var markers: [(FormMarker, CellRange)] = [(.table, geometry.table), (.figures, geometry.figures)]
    markers += geometry.lines.map { (.head($0.head.role), CellRange($0.value.first)) }
    for (marker, range) in markers {
      try book.addName(
        marker.name(form: geometry.form.id), formula: range.absolute(inSheet: sheet.name), sheet: sheet.name,
        hidden: true)
    }
  }
}
