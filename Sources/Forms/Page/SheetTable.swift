import XLSX

/// A drafted sheet as a part of a page: its title and notes as text, its cells as a table whose headings are headings.
struct SheetTable {
  let draft: SheetDraft
  /// What a text of the sheet is called on the page.
  var translate: (String) -> String = { $0 }
  /// Whether the sheet's own lines over and under the table are shown.
  var showsLines = true
  /// The level of the sheet's title among the page's headings.
  var headingLevel = 2

  private let layout: DraftLayout
  private var lastRow: Int { layout.lastRow }
  private var lastColumn: Int { layout.lastColumn }

  init(_ draft: SheetDraft) {
    self.draft = draft
    layout = DraftLayout(draft)
  }

  /// Wider texts are sentences, in columns of terminals: eight Chinese characters.
  private static let longestWord = 16

  /// The title of the sheet: the largest line over the table.
  var title: String? { layout.titleLine.map { text(of: $0.value, $0.style) } }

  /// The table, with the lines over and under it.
  func html() -> String {
    guard lastRow > 0, lastColumn > 0 else { return "" }
    let size = layout.titleLine?.style.font.size ?? 0
    var lines: [String] = []
    if showsLines {
      for line in layout.linesAbove {
        let words = text(of: line.value, line.style)
        if line.style.font.size == size {
          lines.append(PageText.element("h\(headingLevel)", words))
        } else {
          lines.append(
            PageText.element(
              "p", words, attributes: line.style.font.size > 12 ? "class=\"label\"" : "class=\"note\""))
        }
      }
    }
    lines.append(table(rows: layout.tableRows))
    if showsLines {
      lines += layout.linesBelow.map {
        PageText.element("p", text(of: $0.value, $0.style), attributes: "class=\"note\"")
      }
    }
    return lines.joined(separator: "\n")
  }

  // The table.

  private func table(rows: ClosedRange<Int>) -> String {
    let total = (1...lastColumn).reduce(0.0) { $0 + (draft.widths[$1] ?? 10) }
    var lines = ["<table\(lastColumn > 16 ? " class=\"many\"" : "")>", "<colgroup>"]
    for column in 1...lastColumn {
      let share = (draft.widths[column] ?? 10) / max(total, 1) * 100
      lines.append("<col style=\"width:\(PageText.number(share))%\">")
    }
    lines.append("</colgroup>")
    let head = draft.pageSetup.repeatedRows.map { $0.clamped(to: rows) }
    let unitColumn = head.flatMap(nameColumn)
    if let head {
      lines.append("<thead>")
      for row in head { lines.append(line(row, isHead: true, unitColumn: nil)) }
      lines.append("</thead>")
    }
    lines.append("<tbody>")
    for row in rows where head?.contains(row) != true {
      lines.append(line(row, isHead: false, unitColumn: unitColumn))
    }
    lines.append("</tbody>")
    lines.append("</table>")
    return "<div class=\"scroll\">\n" + lines.joined(separator: "\n") + "\n</div>"
  }

  /// The column whose cells name the rows.
  private func nameColumn(_ head: ClosedRange<Int>) -> Int? {
    for row in head {
      for column in 1...lastColumn
      where layout[CellReference(row: row, column: column)]?.value.shown == "单位" { return column }
    }
    return nil
  }

  private func line(_ row: Int, isHead: Bool, unitColumn: Int?) -> String {
    var cells = ""
    var isSum = false
    for column in 1...lastColumn {
      let place = CellReference(row: row, column: column)
      let range = layout.merge(startingAt: place)
      if range == nil, layout.isCovered(place) { continue }
      let cell = layout[place]
      if !isHead, let cell, cell.style.fill == SheetLook.headingFill, column == 1 { isSum = true }
      let heading: SheetDraft.Heading? =
        isHead ? .column : draft.headings[place] ?? (column == unitColumn ? .row : nil)
      cells += self.cell(cell, range: range, heading: heading, isSum: isSum)
    }
    // A form's rows keep their height on paper; a list's are as high as their text.
    let isForm = draft.pageSetup.repeatedRows == nil
    let height = isForm ? draft.heights[row].map { " style=\"height:\(PageText.number($0))pt\"" } ?? "" : ""
    return "<tr\(isSum ? " class=\"sum\"" : "")\(height)>\(cells)</tr>"
  }

  private func cell(
    _ cell: DraftLayout.Cell?, range: CellRange?, heading: SheetDraft.Heading?, isSum: Bool
  ) -> String {
    var attributes = ""
    let (rows, columns) = (range?.rows.count ?? 1, range?.columns.count ?? 1)
    if rows > 1 { attributes += " rowspan=\"\(rows)\"" }
    if columns > 1 { attributes += " colspan=\"\(columns)\"" }
    guard let cell else { return "<td\(attributes)></td>" }
    let words = text(of: cell.value, cell.style)
    let name = heading == nil || words.isEmpty ? "td" : "th"
    if name == "th" {
      let isGroup = heading == .column ? columns > 1 : rows > 1
      attributes += " scope=\"\(heading == .column ? "col" : "row")\(isGroup ? "group" : "")\""
    }
    var classes: [String] = []
    if cell.style.borders != .none { classes.append("box") }
    if cell.style.alignment.horizontal == .left { classes.append("l") }
    // Figures, dates, telephone numbers and names stay on one line; Chinese text may break between any two characters, so
    // that a narrow column would be one character wide.
    if words.displayWidth <= Self.longestWord, !words.contains("\n") {
      classes.append("n")
    } else if words.displayWidth > Self.longestWord * 2 {
      classes.append("t")
    }
    if !classes.isEmpty { attributes += " class=\"\(classes.joined(separator: " "))\"" }
    var styles: [String] = []
    if heading != .column, !isSum || cell.style.fill != SheetLook.headingFill,
      case .solid(.argb(let color)) = cell.style.fill
    {
      styles.append("background:\(Self.hex(color))")
    }
    if draft.pageSetup.repeatedRows == nil {
      styles.append("font:\(PageText.number(cell.style.font.size))pt '\(cell.style.font.name)',var(--text)")
    }
    if cell.style.alignment.indent > 1 { styles.append("padding-left:\(cell.style.alignment.indent)em") }
    if !styles.isEmpty { attributes += " style=\"\(PageText.escaped(styles.joined(separator: ";")))\"" }
    return PageText.element(name, words, attributes: String(attributes.drop { $0 == " " }))
  }

  private func text(of value: CellValue, _ style: Style) -> String {
    layout.text(of: value, style, translate: translate)
  }

  private static func hex(_ color: UInt32) -> String {
    let digits = String(color & 0xFF_FFFF, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
