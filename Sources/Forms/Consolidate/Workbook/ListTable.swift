import Foundation
import XLSX

/// Where the lines of a list stand in the consolidated workbook: the sheet `…明细`, and further ones past a sheet's end.
struct ListTable {
  let form: FormDefinition
  let list: ListRules
  let units: [UnitFigures]
  let sheet: String
  /// The fields that have a column, by position in the form.
  let fields: [Int]
  /// The lines of all units, each as the unit's position and its line.
  private let starts: [Int]
  /// What the office has corrected, by unit and line.
  let corrections: [[Int: [Correction]]]
  private let hasLevels: Bool

  static let unitColumn = 1
  static let firstFieldColumn = 2
  /// The title, the line below it.
  static let headingRow = 3
  static let firstRow = 4
  /// Lines a sheet: what Excel has room for, in round figures.
  static let linesPerSheet = 1_000_000

  init?(_ consolidation: FormConsolidation, sheet: String) {
    guard let list = consolidation.form.list else { return nil }
    form = consolidation.form
    self.list = list
    self.sheet = sheet
    hasLevels = !consolidation.offices.isEmpty
    units = consolidation.units.filter { $0.submission?.list != nil }
    fields = form.fields.indices.filter { consolidation.form.fields[$0].type != .index }
    var starts = [0]
    for unit in units { starts.append(starts[starts.count - 1] + (unit.submission?.list?.lines.count ?? 0)) }
    self.starts = starts
    corrections = units.map { $0.submission?.list?.lines.corrections ?? [:] }
  }

  /// How many values are not those in the units' files.
  var correctionCount: Int { corrections.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.count } } }

  var count: Int { starts[starts.count - 1] }

  /// The unit and the line at a place in the whole list, with what was corrected in it.
  func line(_ index: Int) -> (unit: UnitFigures, line: Int, corrections: [Correction]) {
    let next = starts.partitioningIndex { $0 > index }
    let unit = min(max(0, next - 1), units.count - 1)
    let line = index - starts[unit]
    return (units[unit], line, corrections[unit][line] ?? [])
  }

  /// The sheets with the range of lines on each.
  var sheets: [(name: String, lines: Range<Int>)] {
    var sheets: [(name: String, lines: Range<Int>)] = []
    var first = 0
    repeat {
      let last = min(count, first + Self.linesPerSheet)
      sheets.append((sheets.isEmpty ? sheet : String(sheet.prefix(28)) + "\(sheets.count + 1)", first..<last))
      first = last
    } while first < count
    return sheets
  }

  /// 隶属: where units stand below other units.
  var pathColumn: Int? { hasLevels ? Self.firstFieldColumn + fields.count : nil }
  /// 文件: behind the fields, and 隶属.
  var fileColumn: Int { Self.firstFieldColumn + fields.count + (hasLevels ? 1 : 0) }
  var lastColumn: Int { fileColumn + (correctionCount == 0 ? 2 : 3) }

  /// The column of a field.
  func column(_ key: FieldKey) -> Int? {
    fields.firstIndex { form.fields[$0].key == key }.map { Self.firstFieldColumn + $0 }
  }

  /// The cells of a column on each sheet: `'附表3明细'!$B$4:$B$81`.
  func ranges(ofColumn column: Int) -> [String] {
    sheets.map { name, lines in
      let letters = CellReference(row: 1, column: column).description.filter(\.isLetter)
      let last = Self.firstRow + max(1, lines.count) - 1
      return "\(LiveFormula.quoted(name))!$\(letters)$\(Self.firstRow):$\(letters)$\(last)"
    }
  }
}

/// `附表3明细`: every line of every unit, with where it stands in the unit's file.
struct ListLinesSheet {
  let table: ListTable
  let look: SheetLook
  let title: String?
  let isMasked: Bool

  func paint() -> [SheetDraft] {
    table.sheets.map { name, lines in paint(name, lines) }
  }

  private func paint(_ name: String, _ lines: Range<Int>) -> SheetDraft {
    let sheet = SheetDraft(name)
    let last = table.lastColumn
    sheet.put(
      .text(title ?? table.form.title), over: CellRange(row: 1, columns: 1...last), look.title(18))
    sheet.height(34, of: 1)
    let corrected = table.correctionCount
    let changes = corrected == 0 ? "未改动" : "经审批更正的\(corrected)处在“更正”一栏注明原值"
    sheet.put(
      .text("共\(table.count)行，照各单位所填列出，\(changes)；小计、合计的汇总按各分项相加。"),
      over: CellRange(row: 2, columns: 1...last), look.note())
    let headings =
      ["单位"] + table.fields.map { heading(of: $0) } + (table.pathColumn == nil ? [] : [UnitTable.pathHeading])
      + ["文件", "工作表", "行"] + (corrected == 0 ? [] : ["更正"])
    for (offset, heading) in headings.enumerated() {
      sheet.put(.text(heading), row: ListTable.headingRow, column: offset + 1, look.heading)
      sheet.width(width(of: offset), of: offset + 1)
    }
    let headingLines = headings.enumerated().map { offset, heading in
      PageFit.lines(of: heading, size: 11, width: width(of: offset) - 1)
    }
    sheet.height(max(32, Double(headingLines.max() ?? 1) * 15 + 4), of: ListTable.headingRow)
    let styles =
      [look.text()] + table.fields.map { style(of: table.form.fields[$0]) }
      + (table.pathColumn == nil ? [] : [look.text(.left, wraps: false)])
      + [look.text(.left, wraps: false), look.text(wraps: false), look.text()]
      + (corrected == 0 ? [] : [look.text(.left, wraps: false)])
    sheet.streamedRows = StreamedRows(from: ListTable.firstRow, count: lines.count, columnStyles: styles) {
      index in
      values(lines.lowerBound + index, showsCorrections: corrected > 0)
    }
    sheet.frozenAt = CellReference(row: ListTable.firstRow, column: ListTable.firstFieldColumn)
    sheet.autoFilter = CellRange(
      CellReference(row: ListTable.headingRow, column: 1),
      CellReference(row: ListTable.firstRow + max(1, lines.count) - 1, column: last))
    PageFit.whole(width: sheet.widths.values.reduce(0, +)).apply(to: &sheet.pageSetup)
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.repeatedRows = ListTable.headingRow...ListTable.headingRow
    return sheet
  }

  /// `帮扶金额 慰问金（元）`
  private func heading(of field: Int) -> String {
    let field = table.form.fields[field]
    let unit = field.measure.unit
    return field.key.path.joined(separator: " ") + (unit.isEmpty ? "" : "（\(unit)）")
  }

  private func width(of offset: Int) -> Double {
    if offset == 0 { return 18 }
    guard offset <= table.fields.count else {
      return [table.pathColumn, table.fileColumn, table.fileColumn + 3].contains(offset + 1) ? 30 : 12
    }
    switch table.form.fields[table.fields[offset - 1]].type {
    case .citizenID: return 22
    case .text: return 16
    case .phone, .date, .choice: return 14
    case .number, .percent, .yesNo, .index: return 12
    }
  }

  private func style(of field: Field) -> Style {
    switch field.type {
    case .number: look.figure(field.measure.numberFormat)
    case .percent: look.figure("0.##%")
    case .date: look.figure("yyyy-mm-dd")
    case .text: look.text(.left, wraps: false)
    default: look.text(wraps: false)
    }
  }

  private func values(_ index: Int, showsCorrections: Bool) -> [CellValue] {
    let (unit, line, corrections) = table.line(index)
    guard let submission = unit.submission, let lines = submission.list?.lines else { return [] }
    let states = lines.states(line)
    var values: [CellValue] = [.words(unit.unit.name)]
    values.reserveCapacity(table.lastColumn)
    for field in table.fields {
      switch states[field] {
      case .figure(let figure): values.append(.figure(figure))
      case .value(.date(let date)): values.append(.number(Double(date.dayNumber + 25_569)))
      case .value(let value):
        let text = value.text
        values.append(
          .words(isMasked ? PersonalData.masked(text, type: table.form.fields[field].type) : text))
      case .unreadable:
        let raw = lines.raw(line, field)
        values.append(.words(isMasked ? PersonalData.masked(raw) : raw))
      case .blank, .missing: values.append(.empty)
      }
    }
    if table.pathColumn != nil { values.append(.words(unit.pathText)) }
    if let (place, row) = lines.origin(of: line) {
      values += [.words(place.file), .words(place.sheet), .number(Double(row))]
    } else {
      values += [
        .words(submission.file), .words(lines.sheet(of: line) ?? submission.sheet),
        .number(Double(lines.row(line))),
      ]
    }
    if showsCorrections { values.append(.words(corrections.map(remark).joined(separator: "；"))) }
    return values
  }

  /// `荣誉称号更正：原值省级劳摸，张三：电话核对`
  private func remark(_ correction: Correction) -> String {
    var correction = correction
    let field = correction.field.flatMap { table.form.field($0) }
    if isMasked {
      correction.old = PersonalData.masked(correction.old, type: field?.type)
      correction.reason = PersonalData.masked(correction.reason)
    }
    return (field?.key.path.joined(separator: " ") ?? "") + correction.remark
  }
}
