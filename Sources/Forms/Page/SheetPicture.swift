import Foundation
import XLSX

/// A unit's own sheet as a part of a page: cells, merged ranges, widths, fonts and colours as they are, numbers as Excel shows
/// them, with the cells marked that something is to be said about.
package struct SheetPicture: Sendable {
  /// How a cell is marked.
  package struct Mark: Sendable {
    package var severity: Severity
    /// The numbers of the findings that are about it.
    package var findings: [Int]
    /// What counts instead of what stands there.
    package var corrected: String?

    package init(severity: Severity, findings: [Int], corrected: String? = nil) {
      (self.severity, self.findings, self.corrected) = (severity, findings, corrected)
    }
  }

  /// A `<table class="paper">`.
  package let html: String
  /// The rules for it, below `.paper`.
  package let css: String
  /// The rows that are shown, of how many.
  package let rows: ClosedRange<Int>
  package let lastRow: Int

  /// More rows or columns than that are looked at piece by piece.
  private static let mostRows = 250
  private static let mostColumns = 80

  /// - Parameter around: A cell that must be among what is shown.
  init(_ sheet: Worksheet, marks: [CellReference: Mark], around: CellReference? = nil) {
    let used = sheet.usedRange
    var last = CellReference(row: max(used?.last.row ?? 1, 1), column: max(used?.last.column ?? 1, 1))
    for cell in marks.keys {
      last = CellReference(row: max(last.row, cell.row), column: max(last.column, cell.column))
    }
    let firstRow = Self.firstRow(around: around?.row, last: last.row)
    let rows = firstRow...min(last.row, firstRow + Self.mostRows - 1)
    let columns = 1...min(last.column, max(Self.mostColumns, around?.column ?? 0))
    let window = SheetWindow(sheet, rows: rows, columns: columns, marks: marks)
    var styles = SheetStyles()
    html = window.html(&styles)
    css = styles.css(below: "paper")
    self.rows = rows
    lastRow = last.row
  }

  private static func firstRow(around row: Int?, last: Int) -> Int {
    guard let row, last > mostRows, row > mostRows - 20 else { return 1 }
    return max(1, min(row - mostRows / 2, last - mostRows + 1))
  }
}

/// The part of a sheet that is shown.
private struct SheetWindow {
  let sheet: Worksheet
  let rows: [Int]
  let columns: [Int]
  let marks: [CellReference: SheetPicture.Mark]
  /// How many shown rows and columns a cell goes over, by the first of them that is shown; cells that others lie over have
  /// no entry of their own.
  private var spans: [CellReference: (merge: CellRange, rows: Int, columns: Int)] = [:]
  private var covered: Set<CellReference> = []

  init(
    _ sheet: Worksheet, rows: ClosedRange<Int>, columns: ClosedRange<Int>,
    marks: [CellReference: SheetPicture.Mark]
  ) {
    self.sheet = sheet
    self.marks = marks
    let markedRows = Set(marks.keys.map(\.row))
    let markedColumns = Set(marks.keys.map(\.column))
    let shownRows = rows.filter { markedRows.contains($0) || !sheet.rowSettings($0).isHidden }
    let shownColumns = columns.filter { markedColumns.contains($0) || !sheet.columnSettings($0).isHidden }
    self.rows = shownRows.isEmpty ? [rows.lowerBound] : shownRows
    self.columns = shownColumns.isEmpty ? [columns.lowerBound] : shownColumns
    for merge in sheet.mergedRanges where !merge.isSingleCell && merge.rows.overlaps(rows) {
      let inRows = self.rows.filter { merge.rows.contains($0) }
      let inColumns = self.columns.filter { merge.columns.contains($0) }
      guard let row = inRows.first, let column = inColumns.first else { continue }
      spans[CellReference(row: row, column: column)] = (merge, inRows.count, inColumns.count)
      for row in inRows {
        for column in inColumns { covered.insert(CellReference(row: row, column: column)) }
      }
    }
  }

  func html(_ styles: inout SheetStyles) -> String {
    var lines = ["<table class=\"paper\">", "<colgroup><col width=\"34\">"]
    var width = 34
    for column in columns {
      let pixels = pixels(ofColumn: column)
      width += pixels
      lines.append("<col width=\"\(pixels)\">")
    }
    lines[0] = "<table class=\"paper\" width=\"\(width)\">"
    let heads = columns.map { column in
      "<th scope=\"col\"\(sheet.columnSettings(column).isHidden ? " class=\"unseen-line\"" : "")>\(CellReference(row: 1, column: column).description.dropLast())</th>"
    }
    lines.append("</colgroup>\n<thead><tr><td class=\"corner\"></td>\(heads.joined())</tr></thead>\n<tbody>")
    for row in rows { lines.append(line(row, &styles)) }
    lines.append("</tbody></table>")
    return lines.joined(separator: "\n")
  }

  private func line(_ row: Int, _ styles: inout SheetStyles) -> String {
    let settings = sheet.rowSettings(row)
    let height = Int(((settings.height ?? sheet.defaultRowHeight ?? 15) * 96 / 72).rounded())
    var text =
      "<tr height=\"\(min(max(height, 8), 546))\"><th scope=\"row\"\(settings.isHidden ? " class=\"unseen-line\"" : "")>\(row)</th>"
    for column in columns {
      let place = CellReference(row: row, column: column)
      if let span = spans[place] {
        text += cell(span.merge.first, rows: span.rows, columns: span.columns, merge: span.merge, &styles)
      } else if !covered.contains(place) {
        text += cell(place, rows: 1, columns: 1, merge: nil, &styles)
      }
    }
    return text + "</tr>"
  }

  private func cell(
    _ place: CellReference, rows: Int, columns: Int, merge: CellRange?, _ styles: inout SheetStyles
  ) -> String {
    var style = sheet.style(at: place)
    // The lines around a merged range are those of its cells along the edges.
    if let merge {
      let last = sheet.style(at: merge.last).borders
      style.borders.right = last.right ?? style.borders.right
      style.borders.bottom = last.bottom ?? style.borders.bottom
    }
    let value = sheet[place]
    let isNumber = value.number != nil
    var classes = [styles.name(of: style, isNumber: isNumber)]
    if isNumber { classes.append("num") }
    if flowsOver(place, value, style, merge) { classes.append("over") }
    var attributes = ""
    if rows > 1 { attributes += " rowspan=\"\(rows)\"" }
    if columns > 1 { attributes += " colspan=\"\(columns)\"" }
    let mark = marks[place] ?? merge.flatMap { merge in marks.first { merge.contains($0.key) }?.value }
    var tail = ""
    if let mark {
      classes.append("mark mark-\(mark.severity.rawValue)")
      let numbers = mark.findings.map(String.init).joined(separator: " ")
      attributes += " data-findings=\"\(numbers)\" tabindex=\"-1\""
      if let corrected = mark.corrected {
        classes.append("fixed")
        tail = "<ins>\(PageText.escaped(corrected))</ins>"
      }
    }
    let list = classes.filter { !$0.isEmpty }.joined(separator: " ")
    if !list.isEmpty { attributes += " class=\"\(list)\"" }
    let shown = sheet.displayedText(at: place, language: .chinese)
    let words = PageText.escaped(String(shown.prefix(4_000)))
    let content = mark?.corrected == nil || words.isEmpty ? words : "<del>\(words)</del>"
    return "<td data-cell=\"\(place)\"\(attributes)>\(content)\(tail)</td>"
  }

  /// Whether a text goes on over the empty cells beside it, as Excel lets it.
  private func flowsOver(_ place: CellReference, _ value: CellValue, _ style: Style, _ merge: CellRange?)
    -> Bool
  {
    guard merge == nil, value.text != nil, !style.alignment.wrapsText, !style.alignment.shrinksToFit,
      [.general, .left, .center].contains(style.alignment.horizontal), let last = columns.last,
      place.column < last
    else { return false }
    let next = CellReference(row: place.row, column: place.column + 1)
    return sheet[next].isEmpty && !covered.contains(next)
  }

  /// A width in characters as Excel draws it, with the 7 pixels of a digit of its usual font.
  private func pixels(ofColumn column: Int) -> Int {
    let width = sheet.columnSettings(column).width ?? sheet.defaultColumnWidth ?? 9.14
    return min(max(Int((width * 7).rounded()) + 2, 12), 900)
  }
}

extension SheetPicture {
  /// The first sheet of a workbook, without marks.
  package init(contentsOf path: String) throws {
    let book = try Workbook(contentsOf: URL(fileURLWithPath: path))
    let name = book.sheets.first { $0.kind == .worksheet && $0.visibility == .visible }?.name ?? ""
    self.init(try book.sheet(named: name), marks: [:])
  }
}
