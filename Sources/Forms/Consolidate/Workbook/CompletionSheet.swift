import Foundation
import XLSX

/// `任务完成情况`, `覆盖面完成情况`: each unit's figures held against the targets of an annex.
struct CompletionSheet {
  let consolidation: FormConsolidation
  let targetTable: TargetTable
  /// The units' figures that the formulas point to.
  let source: UnitTable?
  /// Where they point to, of a list.
  let sums: ListSummaryPlaces?
  let look: SheetLook
  let asOf: CalendarDate
  let name: String
  let title: String
  let showsChart: Bool
  /// The workbook that last year's figures come from.
  let previousFile: String?
  let table: CompletionTable
  /// Total and grand total with the larger unit's decimals, in steps.
  let roundedTotals: (total: Decimal, grand: Decimal)?
  let roundedUnits: [Decimal?]
  let roundedOthers: [Decimal?]
  let ranks: [Decimal?]

  private static let noteSize = 11.0
  private static let comfortableHeight = 29.0
  static let chartRowHeight = 16.0

  init(
    consolidation: FormConsolidation, targetTable: TargetTable, source: UnitTable?,
    sums: ListSummaryPlaces? = nil,
    look: SheetLook,
    asOf: CalendarDate, name: String, title: String?, showsChart: Bool = true, previousFile: String? = nil
  ) {
    self.consolidation = consolidation
    self.targetTable = targetTable
    self.source = source
    self.sums = sums
    self.look = look
    self.asOf = asOf
    self.name = name
    self.title = title ?? targetTable.resultTitle ?? "\(targetTable.title)完成情况"
    self.showsChart = showsChart
    self.previousFile = previousFile
    table = CompletionTable(consolidation, targets: targetTable)
    ranks = Self.ranks(
      table.withTarget.map {
        $0.isDisputed ? nil : Self.quotient($0.completed, $0.target.map { Decimal($0) })
      })
    let units = table.withTarget.map(\.completed)
    let others = table.withoutTarget.map(\.completed)
    guard table.columns.contains(.rounded), let step = RoundedParts.step(of: table.measure) else {
      (roundedTotals, roundedUnits, roundedOthers) = (nil, [], [])
      return
    }
    // From the top: the grand total is rounded, then shared out, then the total's share among its units.
    let exact = units.compactMap(\.self).reduce(0, +)
    let all = others.compactMap(\.self).reduce(exact, +)
    let grand = (all / Decimal(step)).rounded(0, .plain)
    let below = RoundedParts.steps([exact] + others, step: step, total: grand)
    let total = others.isEmpty ? grand : (below.first.flatMap(\.self) ?? 0)
    roundedTotals = (total, grand)
    roundedOthers = Array(below.dropFirst())
    roundedUnits = RoundedParts.steps(units, step: step, total: total)
  }

  func paint() -> SheetDraft {
    let sheet = SheetDraft(name)
    let widths = table.columns.map(width)
    let width = widths.reduce(0, +)
    for (position, width) in widths.enumerated() { sheet.width(width, of: position + 1) }
    let head = TableHead(title: title, of: consolidation, asOf: asOf, width: width)
    head.paint(on: sheet, columns: 1...table.columns.count, look: look)
    for (position, column) in table.columns.enumerated() {
      sheet.put(.text(heading(column)), row: CompletionTable.headingRow, column: position + 1, look.heading)
    }
    sheet.height(32, of: CompletionTable.headingRow)
    paintRows(sheet)
    mark(sheet)
    let notes = self.notes
    let noteRow = table.lastRow + 1
    sheet.put(
      .text(notes), over: CellRange(row: noteRow, columns: 1...table.columns.count), look.note())
    let noteHeight = Double(PageFit.lines(of: notes, size: Self.noteSize, width: width)) * 15.5 + 8
    sheet.height(noteHeight, of: noteRow)
    let page = PageFit(width: width, prefersPortrait: true)
    let rows = CompletionTable.firstRow...table.lastRow
    let above = head.height + 32 + noteHeight + 20
    // The chart has what comfortable rows leave of the page.
    let left = page.height - above - Double(rows.count) * Self.comfortableHeight
    let chartHeight = paintChart(sheet, from: noteRow + 2, height: left)
    let chartEnd = noteRow + 1 + Int((chartHeight / Self.chartRowHeight).rounded())
    sheet.pageSetup.margins = PageFit.margins
    sheet.pageSetup.orientation = page.isLandscape ? .landscape : .portrait
    sheet.frozenAt = CellReference(row: CompletionTable.firstRow, column: 2)
    sheet.pageSetup.repeatedRows = CompletionTable.headingRow...CompletionTable.headingRow
    let fixed = above + chartHeight
    let height = page.rowHeight(for: rows.count, beside: fixed)
    for row in rows { sheet.height(height, of: row) }
    let fits = fixed + height * Double(rows.count) <= page.height
    let isFollowed = chartHeight > 0 && paintDetailCharts(sheet, from: chartEnd + 3)
    if fits, !isFollowed {
      sheet.pageSetup.scaling = .fit(width: 1, height: 1)
    } else if chartHeight > 0 {
      // No chart is cut in two by the end of a page. Excel takes no account of breaks on sheets that are fitted to pages, so
      // that the scale is given; see `UnitPages` for why it is a little less than there is room for.
      sheet.pageSetup.scaling = .percent(PageFit(width: width / 0.84, isLandscape: page.isLandscape).percent)
      sheet.pageSetup.rowBreaks = (fits ? [] : [noteRow]) + (isFollowed ? [chartEnd + 1] : [])
    }
    // The headings are for tables of several pages, not for pages of charts.
    if fits { sheet.pageSetup.repeatedRows = nil }
    return sheet
  }

  private func paintRows(_ sheet: SheetDraft) {
    let first = CompletionTable.firstRow
    sheet.paintLater(rows: first..<(first + table.withTarget.count)) { row, sheet in
      let position = row - first
      let unit = table.withTarget[position]
      let fill: Fill? = unit.isReported ? nil : SheetLook.absentFill
      for (index, column) in table.columns.enumerated() {
        let style = style(column, unit.completed, look.figure).filled(fill)
        sheet.put(value(column, of: unit, at: position), row: row, column: index + 1, style)
      }
      markDoubt(unit, row: row, on: sheet, style: style(.completed, unit.completed, look.figure))
    }
    for (index, column) in table.columns.enumerated() {
      let style = style(column, consolidation.completed, look.total)
      let isMarked = consolidation.isDisputed && Self.standsOnCompleted(column)
      sheet.put(
        totalValue(column), row: table.totalRow, column: index + 1,
        style.filled(isMarked ? SheetLook.errorFill : nil))
    }
    guard let grandRow = table.grandTotalRow else { return }
    let others = table.totalRow + 1
    sheet.paintLater(rows: others..<(others + table.withoutTarget.count)) { row, sheet in
      let position = row - others
      let unit = table.withoutTarget[position]
      for (index, column) in table.columns.enumerated() {
        let style = style(column, unit.completed, look.figure)
        sheet.put(otherValue(column, of: unit, at: position, row: row), row: row, column: index + 1, style)
      }
      markDoubt(unit, row: row, on: sheet, style: style(.completed, unit.completed, look.figure))
    }
    for (index, column) in table.columns.enumerated() {
      let style = style(column, grandTotal, look.total)
      sheet.put(grandValue(column, row: grandRow), row: grandRow, column: index + 1, style)
    }
  }

  /// Whether a column's total is made of what was completed.
  private static func standsOnCompleted(_ column: CompletionTable.Column) -> Bool {
    switch column {
    case .completed, .rate, .shortfall, .rounded: true
    default: false
    }
  }

  /// What was completed out of figures with an open finding is marked like them.
  private func markDoubt(_ unit: UnitFigures, row: Int, on sheet: SheetDraft, style: Style) {
    let doubts =
      consolidation.targetInputs.compactMap { unit.doubtful[$0] } + (unit.isDisputed ? [.error] : [])
    guard !doubts.isEmpty, let cell = table.cell(.completed, row: row) else { return }
    sheet.restyle(
      cell, style.filled(doubts.contains(.error) ? SheetLook.errorFill : SheetLook.warningFill))
  }

  /// The rate at which a bar is full: the highest that counts, but for one so high that it would flatten all others.
  private var fullRate: Double {
    let rates = table.withTarget.filter { !$0.isDisputed }.compactMap { $0.rate?.cellNumber }
    return min(max(1, rates.max() ?? 1), Self.longestRate)
  }

  /// A list with more holes than this goes without bars.
  private static let mostRanges = 500
  /// Bars end at three times the target.
  static let longestRate = 3.0

  /// Bars for the rates, and red figures where something is lacking.
  private func mark(_ sheet: SheetDraft) {
    guard !table.withTarget.isEmpty, let rates = table.units(.rate), let left = table.units(.shortfall) else {
      return
    }
    let bars = table.settledUnits(.rate)
    if (1...Self.mostRanges).contains(bars.count) {
      sheet.add(
        .dataBar(DataBar(SheetLook.barColor, from: .number(0), to: .number(fullRate), solid: true)), for: bars
      )
    }
    let red = ConditionalFormat.Appearance(fontColor: SheetLook.lackingColor)
    let lacks = { (cell: CellReference, test: String) in "AND(ISNUMBER(\(cell)),\(cell)\(test))" }
    sheet.add(.expression(lacks(rates.first, "<1"), red), for: rates)
    sheet.add(.expression(lacks(left.first, ">0"), red), for: left)
    guard let changes = table.units(.change), let growth = table.units(.growth) else { return }
    for range in [changes, growth] { sheet.add(.expression(lacks(range.first, "<0"), red), for: range) }
  }

  private var notes: String {
    var notes = ["注：差额＝目标－完成，“超”为超额完成；未报单位空白，不作零计。"]
    if consolidation.isDisputed {
      let completed = consolidation.completedText(in: .chinese, show: PageWords.grouped)
      notes.append(
        "完成数\(completed)；完成率\(consolidation.rateText(in: .chinese))（待更正的数字照报计入总计，不参加排名，不列入图表）。")
    }
    if table.columns.contains(.rank) { notes.append("名次按完成率从高到低，相同的并列。") }
    if !table.withoutTarget.isEmpty { notes.append("无指标的单位不计算完成率，其数字计入全部合计，不计入总计。") }
    if table.columns.contains(.rounded) {
      notes.append(
        "\(heading(.rounded))按舍位平衡取\(RoundedParts.decimals)位小数，分项之和等于合计；因四舍五入，个别数末位与精确值可能略有差异，以"
          + "\(heading(.completed))为准。")
    }
    if let previousFile, table.columns.contains(.before) {
      let file = previousFile.split(separator: "/").last.map(String.init) ?? previousFile
      notes.append("上年数取自“\(file)”，增减、增幅只比较两年都有数字的单位。")
    }
    if table.withTarget.contains(where: { unit in
      unit.isDisputed || consolidation.targetInputs.contains { unit.doubtful[$0] != nil }
    }) {
      notes.append("红底、黄底：所含数字有错误待更正、有疑问待核实。")
    }
    return notes.joined()
  }
}
