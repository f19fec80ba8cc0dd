import XLSX

extension SheetDraft {
  /// Sheets as one page of HTML, each a table with the sheet's merged cells, borders and fonts.
  static func html(_ drafts: [SheetDraft], title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="zh-CN">
    <head>
    <meta charset="utf-8">
    <title>\(escaped(title))</title>
    <style>
    table { border-collapse: collapse; margin: 1cm auto; page-break-after: always; }
    table:last-child { page-break-after: auto; }
    td { padding: 0 .4em; white-space: pre-line; }
    td.box { border: 1px solid #000; }
    </style>
    </head>
    <body>
    \(drafts.map { $0.htmlTable() }.joined(separator: "\n"))
    </body>
    </html>

    """
  }

  private func htmlTable() -> String {
    let byPlace = Dictionary(cells.map { ($0.reference, $0) }, uniquingKeysWith: { _, last in last })
    let starts = Dictionary(merges.map { ($0.first, $0) }, uniquingKeysWith: { first, _ in first })
    var covered: Set<CellReference> = []
    for range in merges {
      for row in range.rows {
        for column in range.columns { covered.insert(CellReference(row: row, column: column)) }
      }
    }
    let lastRow = cells.map(\.reference.row).max() ?? 0
    let lastColumn = cells.map(\.reference.column).max() ?? 0
    guard lastRow > 0, lastColumn > 0 else { return "<table></table>" }
    var lines = ["<table>", "<colgroup>"]
    for column in 1...lastColumn {
      // A character of a column's width is about half an em of the usual font.
      lines.append("<col style=\"width: \((widths[column] ?? 10) * 0.55)em\">")
    }
    lines.append("</colgroup>")
    for row in 1...lastRow {
      lines.append("<tr style=\"height: \(heights[row] ?? 20)pt\">")
      for column in 1...lastColumn {
        let place = CellReference(row: row, column: column)
        if let range = starts[place] {
          lines.append(Self.cell(byPlace[place], rows: range.rows.count, columns: range.columns.count))
        } else if !covered.contains(place) {
          lines.append(Self.cell(byPlace[place], rows: 1, columns: 1))
        }
      }
      lines.append("</tr>")
    }
    lines.append("</table>")
    return lines.joined(separator: "\n")
  }

  private static func cell(
    _ cell: (reference: CellReference, value: CellValue, style: Style)?, rows: Int, columns: Int
  ) -> String {
    var attributes = ""
    if rows > 1 { attributes += " rowspan=\"\(rows)\"" }
    if columns > 1 { attributes += " colspan=\"\(columns)\"" }
    guard let cell else { return "<td\(attributes)></td>" }
    if cell.style.borders != .none { attributes += " class=\"box\"" }
    let font = cell.style.font
    let align = cell.style.alignment.horizontal == .center ? "center" : "left"
    attributes += " style=\"font: \(font.size)pt '\(escaped(font.name))', serif; text-align: \(align)\""
    return "<td\(attributes)>\(escaped(cell.value.shown))</td>"
  }

  /// Text as HTML, so that nothing in a unit's file is taken for markup.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }
}
