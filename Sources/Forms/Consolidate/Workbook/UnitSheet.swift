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
    paintUnits(sheet)
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

  /// A unit's row, painted when it is written: a country has 50,000.
  private func paintUnits(_ sheet: SheetDraft) {
    var numbers: [Int] = []
    var owing = 0
    for unit in consolidation.units {
      if unit.standing == .owing { owing += 1 }
      numbers.append(owing)
    }
    let looks = UnitLooks(sheet, look: look, fields: table.form.fields)
    let first = table.firstUnitRow
    sheet.paintLater(rows: first..<(first + consolidation.units.count)) { row, sheet in
      let position = row - first
      paint(consolidation.units[position], number: numbers[position], at: position, looks: looks, on: sheet)
    }
  }

  private func paint(
    _ unit: UnitFigures, number owing: Int, at position: Int, looks: UnitLooks, on sheet: SheetDraft
  ) {
    let row = table.firstUnitRow + position
    let absent: UnitLooks.Mark = unit.isReported ? .none : .absent
    let number: CellValue =
      unit.standing == .owing ? .number(Double(owing)) : .text(UnitTable.outsideMark)
    let text = looks.text(absent)
    sheet.put(number, row: row, column: UnitTable.numberColumn, looks.number(absent))
    sheet.put(.words(unit.unit.name), row: row, column: UnitTable.unitColumn, text)
    sheet.put(.text(unit.state.word.chinese), row: row, column: UnitTable.stateColumn, text)
    if let column = table.pathColumn { sheet.put(.words(unit.pathText), row: row, column: column, text) }
    let sources =
      names.provenance == nil ? nil : provenance.lines(ofUnit: position, form: table.form.id)
    if provenance.isByUnit, position < Provenance.linksPerSheet, let sources, let line = sources.lines.first {
      link(CellReference(row: row, column: UnitTable.unitColumn), to: (sources.row, line), on: sheet)
    }
    let corrected = unit.correctedFields
    var next = 0
    for (index, field) in table.form.fields.enumerated() {
      let column = UnitTable.firstFigureColumn + index
      let mark: UnitLooks.Mark =
        switch unit.doubtful[field.key] {
        case .error: .error
        case _ where unit.disputed.contains(field.key): .error
        case .warning: .warning
        default: corrected.contains(field.key) ? .corrected : absent
        }
      let value: CellValue
      switch field.role {
      case .input: value = .figure(unit.figures[index])
      case .total:
        value = .formula(table.sum(of: index, unit: position), giving: unit.figures[index])
      }
      sheet.put(value, row: row, column: column, looks.figure(index, mark))
      // The lines are in the order of the fields, and some fields have none.
      if let sources, !provenance.isByUnit, next < sources.lines.count,
        sources.lines[next].field == field.key
      {
        link(
          CellReference(row: row, column: column), to: (sources.row + next, sources.lines[next]), on: sheet)
        next += 1
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
    let hasDoubts = consolidation.units.contains { !$0.doubtful.isEmpty }
    var notes = ["注：空白表示未填报，不作零计；合计、总计由公式按分项算出" + (names.provenance == nil ? "。" : "，点数字可查其来源。")]
    if hasDoubts {
      let place = names.findings.map { "详见“\($0)”。" } ?? ""
      if !consolidation.disputed.isEmpty { notes.append("总计（含待更正数）以红底标出。") }
      notes.append("红底：有错误待更正；黄底：有疑问待核实。" + place)
    }
    if consolidation.units.contains(where: { !$0.correctedFields.isEmpty }) {
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
    let longest = consolidation.units.lazy.map { Double($0.unit.name.displayWidth) }.max() ?? 0
    let states = Set(consolidation.units.lazy.map(\.state))
    let widestState = states.map { Double($0.word.chinese.displayWidth) }.max() ?? 0
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
    var widths = fields.enumerated().map { index, field -> Double in
      var longest = 0
      func measure(_ figure: Decimal) {
        let count = figure.plainCount
        longest = max(longest, count + (field.measure.decimals == 0 ? max(0, count - 1) / 3 : 0))
      }
      measure(consolidation.totals[field.key] ?? 0)
      for unit in consolidation.units {
        if let figure = unit.figures[index] { measure(figure) }
      }
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

/// The looks of the cells of a unit's row, each looked up once for the sheet.
private struct UnitLooks {
  enum Mark: Int, CaseIterable {
    case none, absent, error, warning, corrected

    var fill: Fill? {
      switch self {
      case .none: nil
      case .absent: SheetLook.absentFill
      case .error: SheetLook.errorFill
      case .warning: SheetLook.warningFill
      case .corrected: SheetLook.correctedFill
      }
    }
  }

  private let numbers: [SheetDraft.Look]
  private let texts: [SheetDraft.Look]
  /// By field, then by mark.
  private let figures: [[SheetDraft.Look]]

  init(_ sheet: SheetDraft, look: SheetLook, fields: [Field]) {
    func looks(_ style: Style) -> [SheetDraft.Look] {
      Mark.allCases.map { sheet.look(style.filled($0.fill)) }
    }
    numbers = looks(look.text())
    texts = looks(look.text(wraps: false))
    figures = fields.map { looks(look.figure($0.measure.numberFormat)) }
  }

  func number(_ mark: Mark) -> SheetDraft.Look { numbers[mark.rawValue] }
  func text(_ mark: Mark) -> SheetDraft.Look { texts[mark.rawValue] }
  func figure(_ field: Int, _ mark: Mark) -> SheetDraft.Look { figures[field][mark.rawValue] }
}

extension UnitFigures {
  /// The fields whose figure is another than the one in the file: the office decided so.
  fileprivate var correctedFields: Set<FieldKey> {
    guard let submission, submission.hasCorrections else { return [] }
    return Set(submission.readings.lazy.filter { $0.correction != nil }.map(\.field))
  }
}
