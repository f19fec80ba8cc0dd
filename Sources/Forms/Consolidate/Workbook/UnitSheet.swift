import Foundation
import XLSX

/// `附件2分单位`: one row per unit, whether or not it has reported, and the row of totals.
struct UnitSheet {
  let table: UnitTable
  let consolidation: FormConsolidation
  let look: SheetLook
  let provenance: Provenance
  let asOf: CalendarDate
  let title: String?
  /// The names of the sheets with findings and sources; `nil` where the workbook has none.
  let names: (findings: String?, provenance: String?)

  func paint() -> SheetDraft {
    let sheet = SheetDraft(table.sheet)
    let widths = columnWidths
    // In the order of the columns: a sum of doubles depends on the order, and the same figures must give the same bytes.
    let inOrder = widths.sorted { $0.key < $1.key }
    for (column, width) in inOrder { sheet.width(width, of: column) }
    let pages = UnitPages(table: table, widths: inOrder.map(\.value))
    let head = paintHead(sheet, pages: pages)
    paintHeadings(sheet)
    var owing = 0
    for (position, unit) in consolidation.units.enumerated() {
      if unit.standing == .owing { owing += 1 }
      paint(unit, number: owing, at: position, on: sheet)
    }
    paintTotals(sheet)
    paintNotes(sheet, pages: pages)
    setUpPage(sheet, pages, head: head)
    return sheet
  }

  private func paintHead(_ sheet: SheetDraft, pages: UnitPages) -> Double {
    let head = TableHead(
      title: title ?? "\(table.form.label)　\(table.form.title)分单位汇总", of: consolidation, asOf: asOf,
      width: pages.textWidth)
    head.paint(on: sheet, columns: pages.textColumns, look: look)
    return head.height
  }

  /// The form's row and column headings, both over the columns here: 送文艺 over 场次 over 线上.
  private func paintHeadings(_ sheet: SheetDraft) {
    let top = UnitTable.firstHeadingRow
    let bottom = table.lastHeadingRow
    for (column, word) in [
      (UnitTable.numberColumn, "序号"), (UnitTable.unitColumn, "单位"), (UnitTable.stateColumn, "报送"),
    ] { sheet.put(.text(word), over: CellRange(rows: top...bottom, column: column), look.heading) }

    if let column = table.pathColumn {
      sheet.put(
        .text(UnitTable.pathHeading), over: CellRange(rows: top...bottom, column: column), look.heading)
    }
    for block in HeadingBlock.blocks(of: table.headings, depth: table.headingDepth) {
      let range = CellRange(
        CellReference(
          row: top + block.levels.lowerBound, column: UnitTable.firstFigureColumn + block.leaves.lowerBound),
        CellReference(
          row: top + block.levels.upperBound, column: UnitTable.firstFigureColumn + block.leaves.upperBound))
      sheet.put(.text(block.heading.printed), over: range, look.heading)
    }
    for row in top...bottom { sheet.height(top == bottom ? 38 : 24, of: row) }
  }

  private func paint(_ unit: UnitFigures, number owing: Int, at position: Int, on sheet: SheetDraft) {
    let row = table.firstUnitRow + position
    let absent: Fill? = unit.isReported ? nil : SheetLook.absentFill
    let number: CellValue =
      unit.standing == .owing ? .number(Double(owing)) : .text(UnitTable.outsideMark)
    sheet.put(number, row: row, column: UnitTable.numberColumn, look.text().filled(absent))
    sheet.put(
      .words(unit.unit.name), row: row, column: UnitTable.unitColumn, look.text(wraps: false).filled(absent))
    sheet.put(
      .text(unit.state.word.chinese), row: row, column: UnitTable.stateColumn,
      look.text(wraps: false).filled(absent))
    if let column = table.pathColumn {
      sheet.put(.words(unit.pathText), row: row, column: column, look.text(wraps: false).filled(absent))
    }
    if let source = provenance.row(form: table.form.id, unit: unit.unit.code),
      position < Provenance.linksPerSheet
    {
      link(CellReference(row: row, column: UnitTable.unitColumn), to: source, on: sheet)
    }
    for field in table.form.fields {
      guard let cell = table.cell(field.key, unit: position) else { continue }
      let correction = unit.submission?.reading(field.key)?.correction
      let mark: Fill? =
        switch unit.doubtful[field.key] {
        case .error: SheetLook.errorFill
        case _ where unit.disputed.contains(field.key): SheetLook.errorFill
        case .warning: SheetLook.warningFill
        default: correction == nil ? absent : SheetLook.correctedFill
        }
      let style = look.figure(field.measure.numberFormat).filled(mark)
      switch field.role {
      case .input:
        sheet.put(.figure(unit.inputs[field.key]), at: cell, style)
      case .total(let parts):
        let cells = parts.compactMap { table.cell($0, unit: position) }
        sheet.put(
          .formula(LiveFormula.sum(LiveFormula.references(to: cells)), giving: unit.figures[field.key]),
          at: cell, style)
      }
      if let source = provenance.row(form: table.form.id, unit: unit.unit.code, field: field.key) {
        link(cell, to: source, on: sheet)
      }
    }
  }

  private func link(
    _ cell: CellReference, to source: (row: Int, entry: Provenance.Entry), on sheet: SheetDraft
  ) {
    guard let sources = names.provenance else { return }
    sheet.link(
      cell, to: "\(LiveFormula.quoted(sources))!A\(source.row)", tooltip: source.entry.tooltip)
  }

  private func paintTotals(_ sheet: SheetDraft) {
    let row = table.totalRow
    sheet.put(.text("总计"), over: CellRange(row: row, columns: 1...UnitTable.stateColumn), look.total())
    sheet.height(26, of: row)
    let disputed = consolidation.disputed
    for field in table.form.fields {
      guard let column = table.column(of: field.key) else { continue }
      let rows = table.firstUnitRow...table.lastUnitRow
      let value = LiveFormula.together(
        field, giving: consolidation.totals[field.key],
        range: { key in table.column(of: key).map { CellRange(rows: rows, column: $0).description } },
        sum: { LiveFormula.sum([CellRange(rows: rows, column: column).description]) })
      sheet.put(
        value, row: row, column: column,
        look.total(field.measure.numberFormat).filled(
          disputed.contains(field.key) ? SheetLook.errorFill : nil))
    }
    if let column = table.pathColumn { sheet.put(.empty, row: row, column: column, look.total()) }
  }

  private func paintNotes(_ sheet: SheetDraft, pages: UnitPages) {
    let figures = consolidation.units.flatMap(\.doubtful.values)
    var notes = ["注：空白表示未填报，不作零计；合计、总计由公式按分项算出" + (names.provenance == nil ? "。" : "，点数字可查其来源。")]
    if !figures.isEmpty {
      let place = names.findings.map { "详见“\($0)”。" } ?? ""
      if !consolidation.disputed.isEmpty { notes.append("总计（含待更正数）以红底标出。") }
      notes.append("红底：有错误待更正；黄底：有疑问待核实。" + place)
    }
    if consolidation.units.contains(where: {
      $0.submission?.readings.contains { $0.correction != nil } == true
    }) {
      notes.append("蓝底：经审批更正" + (names.provenance.map { "，原值见“\($0)”。" } ?? "。"))
    }
    let outside = consolidation.units.filter { $0.standing == .outside }.map(\.unit.name)
    if !outside.isEmpty { notes.append("“另”：\(outside.joined(separator: "、"))，计入总计，不计入应报单位数。") }
    let row = table.totalRow + 1
    sheet.put(
      .text(notes.joined()), over: CellRange(row: row, columns: pages.textColumns), look.note())
    sheet.height(36, of: row)
  }

  private func setUpPage(_ sheet: SheetDraft, _ pages: UnitPages, head: Double) {
    let page = pages.fit
    page.apply(to: &sheet.pageSetup)
    sheet.pageSetup.repeatedRows = UnitTable.firstHeadingRow...table.lastHeadingRow
    if !pages.breaks.isEmpty {
      // Excel takes no account of breaks on sheets that are fitted to a number of pages.
      sheet.pageSetup.scaling = .percent(page.percent)
      sheet.pageSetup.columnBreaks = pages.breaks
      sheet.pageSetup.repeatedColumns = 1...UnitTable.stateColumn
    }
    sheet.frozenAt = CellReference(row: table.firstUnitRow, column: UnitTable.firstFigureColumn)
    // The rows share what the page has left, so that the table fills its page and goes to a second one only when it must.
    let fixed = head + Double(table.headingDepth) * 24 + 26 + 36
    let height = page.rowHeight(for: table.units.count, beside: fixed)
    for row in table.firstUnitRow...table.lastUnitRow { sheet.height(height, of: row) }
  }

  private var columnWidths: [Int: Double] {
    let longest = consolidation.units.map { Double($0.unit.name.displayWidth) }.max() ?? 0
    let widestState = consolidation.units.map { Double($0.state.word.chinese.displayWidth) }.max() ?? 0
    var widths = figureWidths
    widths[UnitTable.numberColumn] = 5.5
    if let column = table.pathColumn {
      widths[column] = min(
        40, max(10, (consolidation.units.map { Double($0.pathText.displayWidth) }.max() ?? 0) + 2))
    }
    widths[UnitTable.unitColumn] = min(36, max(13, longest + 2))
    widths[UnitTable.stateColumn] = max(7, widestState + 1.5)
    return widths
  }

  /// The width of each figure's column: wide enough for its longest figure, as a number that does not fit shows as ####,
  /// and for its headings.
  private var figureWidths: [Int: Double] {
    let fields = table.form.fields
    var widths = fields.map { field -> Double in
      let figures =
        consolidation.units.compactMap { $0.figures[field.key] } + [consolidation.totals[field.key] ?? 0]
      let longest =
        figures.map { figure in
          let text = figure.plainText
          return text.count + (field.measure.decimals == 0 ? max(0, text.count - 1) / 3 : 0)
        }.max() ?? 0
      return max(Double(longest) + 1.6, 5.6)
    }
    for block in HeadingBlock.blocks(of: table.headings, depth: table.headingDepth) {
      // A heading alone over its column has several rows' height and may break its line.
      let isTall = block.levels.count > 1 || table.headingDepth == 1
      let words = Double(block.heading.printed.displayWidth)
      let needed = (isTall ? min(words, max(8, words / 2 + 1)) : words) + 1.6
      let missing = needed - widths[block.leaves].reduce(0, +)
      if missing > 0 { for leaf in block.leaves { widths[leaf] += missing / Double(block.leaves.count) } }
    }
    return Dictionary(
      uniqueKeysWithValues: widths.enumerated().map { (UnitTable.firstFigureColumn + $0, $1) })
  }
}
