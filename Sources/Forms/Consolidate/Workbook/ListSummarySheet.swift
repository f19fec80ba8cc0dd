import Foundation
import XLSX

/// `附表3汇总`: lines and sums of each unit and of all together, over all and by the values of the columns that the list is
/// grouped by. Every figure is a formula over the lines.
struct ListSummarySheet {
  let consolidation: FormConsolidation
  let table: ListTable
  let look: SheetLook
  let asOf: CalendarDate
  let name: String
  let title: String?
  /// The workbook that last year's sums come from.
  var previousFile: String?
  /// Whether groups only stand below each other, as on a page: not beside each other too.
  var isNarrow = false

  /// A run of columns: all lines, or those with one value of a column.
  private struct Block {
    /// `困难类型`, `大病`; both empty for all lines.
    var group: String
    var value: String
    /// The position among the list's groups.
    var index: Int?
    var firstColumn: Int
  }

  private static let headingRow = 3
  static let firstRow = 6
  /// Over the columns of all lines, whatever their groups.
  static let wholeHeading = "全部"
  /// Values of a column that get columns of their own; of more there are only the sums of all units, below.
  private static let mostValues = 24

  private var totals: [FieldKey] { table.list.totals }
  /// Columns a block: the number of lines, then the sums.
  private var width: Int { totals.count + 1 }

  func paint() -> SheetDraft {
    let sheet = SheetDraft(name)
    let blocks = blocks()
    // On a page of a document there is room for few columns.
    let year =
      isNarrow && width > 3
      ? nil
      : ListYearColumns(
        consolidation, firstColumn: 2 + blocks.count * width, look: look, file: previousFile)
    let pathColumn =
      consolidation.offices.isEmpty || isNarrow ? nil : 2 + blocks.count * width + (year?.width ?? 0)
    let last = pathColumn ?? 1 + blocks.count * width + (year?.width ?? 0)
    sheet.put(
      .text(title ?? "\(table.form.title)汇总"),
      over: CellRange(row: 1, columns: 1...min(last, Self.firstPageColumns)), look.title(18))
    sheet.height(34, of: 1)
    let due =
      "应报\(consolidation.expected)个单位，已报\(consolidation.reported)个；截至\(asOf)。行数、金额由“\(table.sheet)”算出。"
    sheet.put(.text(due), over: CellRange(row: 2, columns: 1...min(last, Self.firstPageColumns)), look.note())
    paintHead(blocks, on: sheet)
    year?.paintHead(top: Self.headingRow, heading: heading, on: sheet)
    if let pathColumn {
      sheet.put(
        .text(UnitTable.pathHeading),
        over: CellRange(rows: Self.headingRow...(Self.headingRow + 2), column: pathColumn), look.heading)
    }
    var row = Self.firstRow
    for unit in consolidation.units {
      let sums = unit.submission == nil ? nil : unit.lines
      sheet.put(.words(unit.unit.name), row: row, column: 1, look.text())
      for block in blocks { paint(block, among: blocks, of: sums, unitRow: row, on: sheet) }
      year?.paint(unit, row: row, on: sheet)
      if let pathColumn {
        sheet.put(.words(unit.pathText), row: row, column: pathColumn, look.text(.left, wraps: false))
      }
      sheet.height(Self.rowHeight, of: row)
      row += 1
    }
    paintTotal(blocks, row: row, on: sheet)
    year?.paintTotal(rows: Self.firstRow...max(Self.firstRow, row - 1), row: row, on: sheet)
    paintGroups(below: row + 2, totalRow: row, on: sheet)
    sheet.width(nameWidth, of: 1)
    for column in 2...max(2, last) { sheet.width(Self.columnWidth, of: column) }
    if let pathColumn { sheet.width(Self.pathWidth, of: pathColumn) }
    sheet.frozenAt = CellReference(row: Self.firstRow, column: 2)
    setUpPage(sheet, columns: last)
    return sheet
  }

  private static let columnWidth = 13.0
  /// 教育工会（青州市总工会） is longer than most names.
  private var nameWidth: Double {
    min(36, max(20, (consolidation.units.map { Double($0.unit.name.displayWidth) }.max() ?? 0) + 3))
  }
  private static let pathWidth = 26.0
  private static let rowHeight = 20.0
  /// What the title stands over: no more than the first page holds.
  private static let firstPageColumns = 12

  /// On one page where that can be read, else page after page with the units on each.
  private func setUpPage(_ sheet: SheetDraft, columns: Int) {
    let width = nameWidth + Self.columnWidth * Double(columns - 1)
    let page = PageFit.whole(width: width)
    page.apply(to: &sheet.pageSetup)
    if page.scale < Self.smallestScale {
      let perPage = PageFit.landscapeCharacters / Self.smallestScale
      sheet.pageSetup.paperSize = 9
      sheet.pageSetup.scaling = .fit(width: Int((width / perPage).rounded(.up)), height: nil)
      sheet.pageSetup.repeatedColumns = 1...1
      sheet.pageSetup.centersHorizontally = false
    }
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.repeatedRows = Self.headingRow...(Self.firstRow - 1)
  }

  /// Smaller print is not read.
  private static let smallestScale = 0.6

  private func blocks() -> [Block] {
    var blocks = [Block(group: "", value: "", index: nil, firstColumn: 2)]
    for (index, key) in table.list.groups.enumerated() where !isNarrow {
      let values = consolidation.groupValues(index)
      if values.count > Self.mostValues { continue }
      for value in values {
        blocks.append(
          Block(
            group: key.path.joined(separator: " "), value: value, index: index,
            firstColumn: 2 + blocks.count * width))
      }
    }
    return blocks
  }

  // The head

  private func paintHead(_ blocks: [Block], on sheet: SheetDraft) {
    let top = Self.headingRow
    sheet.put(
      .text("单位"),
      over: CellRange(CellReference(row: top, column: 1), CellReference(row: top + 2, column: 1)),
      look.heading)
    for block in blocks {
      let columns = block.firstColumn...(block.firstColumn + width - 1)
      if block.index == nil {
        sheet.put(
          .text(Self.wholeHeading),
          over: CellRange(
            CellReference(row: top, column: columns.lowerBound),
            CellReference(row: top + 1, column: columns.upperBound)), look.heading)
      } else {
        sheet.put(.text(block.group), over: CellRange(row: top, columns: columns), look.heading)
        sheet.put(.text(label(block.value)), over: CellRange(row: top + 1, columns: columns), look.heading)
      }
      paintColumns(row: top + 2, firstColumn: block.firstColumn, on: sheet)
    }
    sheet.height(columnHeight, of: top + 2)
  }

  private func heading(_ key: FieldKey) -> String {
    let unit = table.form.field(key)?.measure.unit ?? ""
    return key.path.joined(separator: " ") + (unit.isEmpty ? "" : "（\(unit)）")
  }

  /// The height of a row of headings: none of them is cut.
  private var columnHeight: Double {
    let lines =
      totals.map { PageFit.lines(of: heading($0), size: 11, width: Self.columnWidth - 1) }.max() ?? 1
    return max(30, Double(lines) * 15 + 4)
  }

  private func paintColumns(row: Int, firstColumn: Int, on sheet: SheetDraft) {
    sheet.put(.text("行数"), row: row, column: firstColumn, look.heading)
    for (offset, key) in totals.enumerated() {
      sheet.put(.text(heading(key)), row: row, column: firstColumn + 1 + offset, look.heading)
    }
  }

  private func label(_ value: String) -> String { value.isEmpty ? FormConsolidation.noValue : value }

  // Figures

  private func paint(
    _ block: Block, among blocks: [Block], of sums: ListSums?, unitRow row: Int, on sheet: SheetDraft
  ) {
    let group = sums.map { sums -> ListSums.Group in
      guard let index = block.index else { return ListSums.Group(rows: sums.rows, inputs: sums.inputs) }
      return sums.groups[index][block.value] ?? ListSums.Group()
    }
    guard let group else {
      for column in block.firstColumn..<(block.firstColumn + width) {
        sheet.put(.empty, row: row, column: column, look.text().filled(SheetLook.absentFill))
      }
      return
    }
    if block.index != nil, block.value.isEmpty {
      let others = blocks.filter { $0.index == block.index && !$0.value.isEmpty }
      return paintRest(group, row: row, firstColumn: block.firstColumn, on: sheet) { offset in
        let whole = CellReference(row: row, column: 2 + offset)
        return (whole, others.map { CellReference(row: row, column: $0.firstColumn + offset).description })
      }
    }
    var criteria = [(column: ListTable.unitColumn, text: "\"=\"&$A\(row)")]
    if let index = block.index, let column = table.column(table.list.groups[index]) {
      let value = CellReference(row: Self.headingRow + 1, column: block.firstColumn)
      criteria.append((column, "\"=\"&\(value.absolute)"))
    }
    paintFigures(group, criteria, row: row, firstColumn: block.firstColumn, on: sheet)
  }

  /// Lines whose value is blank, or none that there is: all but the others.
  private func paintRest(
    _ group: ListSums.Group, row: Int, firstColumn: Int, on sheet: SheetDraft,
    _ places: (Int) -> (whole: CellReference, parts: [String])
  ) {
    let figures = table.form.figures(fromInputs: group.inputs)
    for offset in 0..<width {
      let (whole, parts) = places(offset)
      let figure = offset == 0 ? Decimal(group.rows) : figures[totals[offset - 1]] ?? 0
      let rest = parts.isEmpty ? "\(whole)" : "ROUND(\(whole)-SUM(\(parts.joined(separator: ","))),6)"
      sheet.put(
        .formula(Formula(rest), cached: .number(figure.cellNumber)), row: row, column: firstColumn + offset,
        look.figure(format(offset)))
    }
  }

  private func format(_ offset: Int) -> NumberFormat {
    offset == 0 ? "#,##0" : table.form.field(totals[offset - 1])?.measure.numberFormat ?? .general
  }

  private func paintFigures(
    _ group: ListSums.Group, _ criteria: [(column: Int, text: String)], row: Int, firstColumn: Int,
    on sheet: SheetDraft
  ) {
    let figures = table.form.figures(fromInputs: group.inputs)
    sheet.put(
      .formula(Formula(count(criteria)), cached: .number(Double(group.rows))), row: row, column: firstColumn,
      look.figure("#,##0"))
    for (offset, key) in totals.enumerated() {
      let format = table.form.field(key)?.measure.numberFormat ?? .general
      sheet.put(
        .formula(Formula(sum(key, criteria)), cached: .number((figures[key] ?? 0).cellNumber)), row: row,
        column: firstColumn + 1 + offset, look.figure(format))
    }
  }

  /// `COUNTIFS('附表3明细'!$A$4:$A$81,"="&$A6,…)`, of each sheet.
  private func count(_ criteria: [(column: Int, text: String)]) -> String {
    let ranges = criteria.map { table.ranges(ofColumn: $0.column) }
    return table.sheets.indices.map { sheet in
      let pairs = zip(ranges, criteria).map { "\($0[sheet]),\($1.text)" }
      return "COUNTIFS(\(pairs.joined(separator: ",")))"
    }.joined(separator: "+")
  }

  /// The sum of a column, of one of totals that of its parts: what is typed there adds nothing.
  private func sum(_ key: FieldKey, _ criteria: [(column: Int, text: String)]) -> String {
    let ranges = criteria.map { table.ranges(ofColumn: $0.column) }
    let terms = table.form.inputs(behind: key).compactMap(table.column).flatMap { column -> [String] in
      let added = table.ranges(ofColumn: column)
      return table.sheets.indices.map { sheet in
        let pairs = zip(ranges, criteria).map { "\($0[sheet]),\($1.text)" }
        return "SUMIFS(\(([added[sheet]] + pairs).joined(separator: ",")))"
      }
    }
    // Cents added in binary leave a rest that people see.
    return "ROUND(\(terms.joined(separator: "+")),6)"
  }

  private func paintTotal(_ blocks: [Block], row: Int, on sheet: SheetDraft) {
    guard let all = consolidation.listSums else { return }
    sheet.put(.text("合计"), row: row, column: 1, look.total())
    sheet.height(Self.rowHeight, of: row)
    for block in blocks {
      var group = ListSums.Group(rows: all.rows)
      group.inputs = all.inputs
      if let index = block.index { group = all.groups[index][block.value] ?? ListSums.Group() }
      let figures = table.form.figures(fromInputs: group.inputs)
      for offset in 0..<width {
        let column = block.firstColumn + offset
        let range = CellRange(rows: Self.firstRow...max(Self.firstRow, row - 1), column: column)
        let figure = offset == 0 ? Decimal(group.rows) : figures[totals[offset - 1]] ?? 0
        let format: NumberFormat =
          offset == 0 ? "#,##0" : table.form.field(totals[offset - 1])?.measure.numberFormat ?? .general
        sheet.put(
          .formula(Formula("ROUND(SUM(\(range)),6)"), cached: .number(figure.cellNumber)), row: row,
          column: column, look.total(format))
      }
    }
  }

  /// Below: all units together, a line for each value.
  private func paintGroups(below first: Int, totalRow: Int, on sheet: SheetDraft) {
    guard let all = consolidation.listSums else { return }
    var row = first
    for (index, key) in table.list.groups.enumerated() {
      guard let column = table.column(key) else { continue }
      sheet.put(.text("按\(key.path.joined(separator: " "))"), row: row, column: 1, look.heading)
      paintColumns(row: row, firstColumn: 2, on: sheet)
      sheet.height(columnHeight, of: row)
      row += 1
      let top = row
      let values = consolidation.groupValues(index)
      for value in values.prefix(Self.longestGroup) {
        let group = all.groups[index][value] ?? ListSums.Group()
        sheet.put(.text(label(value)), row: row, column: 1, look.text())
        sheet.height(Self.rowHeight, of: row)
        if value.isEmpty {
          paintRest(group, from: top, to: row, totalRow: totalRow, on: sheet)
        } else {
          paintFigures(group, [(column, "\"=\"&$A\(row)")], row: row, firstColumn: 2, on: sheet)
        }
        row += 1
      }
      let others = values.dropFirst(Self.longestGroup)
      if !others.isEmpty {
        var group = ListSums.Group()
        for value in others { group.add(all.groups[index][value] ?? ListSums.Group()) }
        sheet.put(.text("其余\(others.count)项"), row: row, column: 1, look.text())
        paintRest(group, from: top, to: row, totalRow: totalRow, on: sheet)
        row += 1
      }
      row += 1
    }
  }

  /// What is left of all units' lines below those that are listed.
  private func paintRest(
    _ group: ListSums.Group, from top: Int, to row: Int, totalRow: Int, on sheet: SheetDraft
  ) {
    paintRest(group, row: row, firstColumn: 2, on: sheet) { offset in
      let above = CellRange(rows: top...max(top, row - 1), column: 2 + offset)
      return (CellReference(row: totalRow, column: 2 + offset), row > top ? [above.description] : [])
    }
  }

  /// Values of a column that are listed one by one.
  private static let longestGroup = 5_000
}
