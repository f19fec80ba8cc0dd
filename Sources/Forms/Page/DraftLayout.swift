import XLSX

/// A drafted sheet taken apart for pages and documents: the lines over the table, the table, the lines under it.
struct DraftLayout {
  typealias Cell = (value: CellValue, style: Style)

  let lastRow: Int
  let lastColumn: Int
  /// The lines over the table: one text without borders and nothing else beside it.
  private(set) var linesAbove: [Cell] = []
  private(set) var linesBelow: [Cell] = []
  private(set) var tableRows = 1...1
  private let byPlace: [CellReference: Cell]
  private let starts: [CellReference: CellRange]
  private let covered: Set<CellReference>
  private let formats: [String: CompiledNumberFormat]

  init(_ draft: SheetDraft) {
    let (cells, merges) = draft.painted()
    byPlace = Dictionary(
      cells.map { ($0.reference, (value: $0.value, style: $0.style)) },
      uniquingKeysWith: { _, last in last })
    starts = Dictionary(merges.map { ($0.first, $0) }, uniquingKeysWith: { first, _ in first })
    var covered: Set<CellReference> = []
    for range in merges {
      for row in range.rows {
        for column in range.columns { covered.insert(CellReference(row: row, column: column)) }
      }
    }
    self.covered = covered
    lastRow = draft.lastRow
    lastColumn = cells.map(\.reference.column).max() ?? 0
    var formats: [String: CompiledNumberFormat] = [:]
    for cell in cells where formats[cell.style.numberFormat.code] == nil {
      formats[cell.style.numberFormat.code] = CompiledNumberFormat(cell.style.numberFormat)
    }
    self.formats = formats
    let end = draft.pageSetup.repeatedRows?.lowerBound ?? lastRow
    for row in 1..<max(1, end) {
      guard let line = wholeLine(row) else { break }
      linesAbove.append(line)
    }
    let first = linesAbove.count + 1
    var last = lastRow
    while last > first, let note = wholeLine(last) {
      linesBelow.insert(note, at: 0)
      last -= 1
    }
    tableRows = first...max(first, last)
  }

  subscript(place: CellReference) -> Cell? { byPlace[place] }

  func merge(startingAt place: CellReference) -> CellRange? { starts[place] }

  /// Whether a place lies in a merged range.
  func isCovered(_ place: CellReference) -> Bool { covered.contains(place) }

  /// The largest line over the table.
  var titleLine: Cell? { linesAbove.max { $0.style.font.size < $1.style.font.size } }

  /// The rows at the top of the table that are lines of a form (填报单位：… 填报时间：…): texts without borders.
  var lineRows: Range<Int> {
    var end = tableRows.lowerBound
    while end < tableRows.upperBound, isLine(end) { end += 1 }
    return tableRows.lowerBound..<end
  }

  /// The same at the foot of the table (填报人：… 联系电话：…).
  var lastLineRows: Range<Int> {
    var start = tableRows.upperBound + 1
    while start - 1 > lineRows.upperBound, isLine(start - 1) { start -= 1 }
    return start..<(tableRows.upperBound + 1)
  }

  private func isLine(_ row: Int) -> Bool {
    var isEmpty = true
    for column in 1...max(1, lastColumn) {
      guard let cell = byPlace[CellReference(row: row, column: column)] else { continue }
      if cell.style.borders != .none { return false }
      if !cell.value.shown.isEmpty { isEmpty = false }
    }
    return !isEmpty
  }

  private func wholeLine(_ row: Int) -> Cell? {
    var found: Cell?
    for column in 1...max(1, lastColumn) {
      guard let cell = byPlace[CellReference(row: row, column: column)] else { continue }
      if cell.style.borders != .none { return nil }
      if cell.value.shown.isEmpty { continue }
      if found != nil { return nil }
      found = cell
    }
    return found
  }

  /// What a cell shows in Excel: with its number format, a formula its value.
  func text(of value: CellValue, _ style: Style, translate: (String) -> String = { $0 }) -> String {
    guard case .number(let number) = value.result else { return translate(value.shown) }
    guard let format = formats[style.numberFormat.code], !format.isGeneral else { return value.shown }
    // `超13`: a format may have words too.
    let text = format.text(forNumber: number, dateSystem: .excel1900)
    return text.utf8.allSatisfy { $0 < 0x80 } ? text : translate(text)
  }
}
