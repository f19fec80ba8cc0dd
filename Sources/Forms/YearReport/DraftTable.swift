import DOCX
import XLSX

/// A drafted sheet as blocks of a document: its lines as paragraphs, its cells as a table that fits the page. The same
/// cells make the workbook, so that no figure can differ from it.
struct DraftTable {
  let draft: SheetDraft
  let page: PageLayout
  /// What a text of the sheet is called in the document.
  var translate: (String) -> String = { $0 }
  /// What stands over the table in place of the sheet's own lines over and under it.
  var title: String?
  /// Whether the sheet's own notes are shown.
  var showsLines = true
  private let layout: DraftLayout

  /// Smaller print is no longer read.
  private static let smallest = 7.5
  private static let largestSize = 26.0
  /// The columns of a sheet have more room than their figures need: where they are made narrower, print shrinks less.
  private static let roomInColumns = 1.2
  private static let smallestFigure = 5.0
  /// How wide a digit is beside half a Chinese character.
  private static let roomOfDigits = 1.08
  private static let lowestRows = 0.55
  private static let mostWidened = 1.5

  init(_ draft: SheetDraft, page: PageLayout) {
    self.draft = draft
    self.page = page
    layout = DraftLayout(draft)
  }

  var blocks: [Document.Block] {
    guard layout.lastRow > 0, layout.lastColumn > 0 else { return [] }
    var blocks: [Document.Block] = []
    if let title { blocks.append(.paragraph(Paragraph(title, style: OfficialStyle.Name.tableTitle))) }
    if showsLines {
      let titleSize = layout.titleLine?.style.font.size
      blocks += layout.linesAbove.map { line in
        let isTitle = line.style.font.size == titleSize
        return .paragraph(
          paragraph(line, isTitle ? OfficialStyle.Name.tableTitle : OfficialStyle.Name.caption))
      }
    }
    // Two tables with nothing between them are one.
    let gap = Document.Block.paragraph(Paragraph("", style: Document.gapStyle.id))
    if !layout.lineRows.isEmpty { blocks += [.table(lines(layout.lineRows)), gap] }
    blocks.append(.table(table))
    if !layout.lastLineRows.isEmpty { blocks += [gap, .table(lines(layout.lastLineRows))] }
    if showsLines {
      blocks += layout.linesBelow.map { .paragraph(paragraph($0, OfficialStyle.Name.caption)) }
    }
    return blocks
  }

  private func paragraph(_ line: DraftLayout.Cell, _ style: String) -> Paragraph {
    var paragraph = Paragraph(
      [Paragraph.Run(text(line), font: font(line.style, scale: 1))], style: style)
    switch line.style.alignment.horizontal {
    case .center: paragraph.alignment = .center
    case .right: paragraph.alignment = .right
    default: paragraph.alignment = .left
    }
    return paragraph
  }

  // A character of Excel's default font and the room around it; see `SheetMetrics`.
  private var widths: [Double] { (1...layout.lastColumn).map { (draft.widths[$0] ?? 10) * 5.25 + 3.75 } }
  /// The table takes the page's width, if it is not much narrower by itself.
  private var scale: Double {
    let scale = page.textWidth / max(1, widths.reduce(0, +))
    return scale < Self.mostWidened ? scale : 1
  }

  /// The lines of a form over or under its table, each with what is written behind it.
  private func lines(_ rows: Range<Int>) -> DocumentTable {
    let (widths, scale) = (self.widths.map { $0 * self.scale }, min(1, self.scale))
    var cells: [DocumentTable.Cell] = []
    for (position, row) in rows.enumerated() {
      var parts: [(column: Int, runs: [Paragraph.Run])] = []
      for column in 1...layout.lastColumn {
        guard let cell = layout[CellReference(row: row, column: column)] else { continue }
        let words = text(cell)
        if words.isEmpty { continue }
        let run = Paragraph.Run(words, font: font(cell.style, scale: scale))
        // What follows a label's colon belongs to it.
        if let last = parts.indices.last, parts[last].runs.last?.text.hasSuffix("：") == true {
          parts[last].runs.append(run)
        } else {
          parts.append((column - 1, [run]))
        }
      }
      for (index, part) in parts.enumerated() {
        let end = index + 1 < parts.count ? parts[index + 1].column : widths.count
        var paragraph = Paragraph(part.runs, style: OfficialStyle.Name.cell)
        paragraph.alignment = .left
        var cell = DocumentTable.Cell(row: position, column: part.column, paragraph)
        cell.columns = end - part.column
        cell.hasBorders = false
        cells.append(cell)
      }
    }
    return DocumentTable(
      columnWidths: widths, rowHeights: rows.map { draft.heights[$0].map { $0 * scale } },
      cells: cells)
  }

  private var table: DocumentTable {
    let (widths, scale) = (self.widths, self.scale)
    let rows = Array(layout.lineRows.upperBound..<layout.lastLineRows.lowerBound)
    var cells: [DocumentTable.Cell] = []
    for (position, row) in rows.enumerated() {
      for column in 1...layout.lastColumn {
        let place = CellReference(row: row, column: column)
        let range = layout.merge(startingAt: place)
        if range == nil, layout.isCovered(place) { continue }
        guard let cell = layout[place] else { continue }
        cells.append(self.cell(cell, row: position, column: column - 1, over: range, scale: scale))
      }
    }
    let heights = rows.map { row in draft.heights[row].map { $0 * rowScale } }
    var table = DocumentTable(columnWidths: widths.map { $0 * scale }, rowHeights: heights, cells: cells)
    if let repeated = draft.pageSetup.repeatedRows, let first = rows.first, repeated.upperBound >= first {
      table.headingRows = repeated.upperBound - first + 1
    }
    table.description = title ?? layout.titleLine.map { text($0) }
    return table
  }

  /// Rows are made lower where the whole would not stay on one page otherwise.
  private var rowScale: Double {
    let around = (showsLines ? layout.linesAbove + layout.linesBelow : []).reduce(40.0) { height, line in
      let lines = text(line).split(separator: "\n", omittingEmptySubsequences: false).reduce(0.0) {
        $0 + max(1, (Double($1.displayWidth) / 2 * line.style.font.size / page.textWidth).rounded(.up))
      }
      return height + lines * max(17, line.style.font.size * 1.5)
    }
    let scale = min(1, self.scale)
    let rows = layout.tableRows.reduce(0.0) { $0 + (draft.heights[$1] ?? 20) * scale }
    let room = page.textHeight - around
    guard rows > room, room > rows * Self.lowestRows else { return scale }
    return scale * room / rows
  }

  private func cell(
    _ content: DraftLayout.Cell, row: Int, column: Int, over range: CellRange?, scale: Double
  ) -> DocumentTable.Cell {
    let style = content.style
    let words = text(content)
    var font = font(style, scale: scale)
    // A figure, a date or a telephone number is set smaller rather than broken.
    if !words.isEmpty, words.utf8.allSatisfy({ $0 < 0x80 }) || style.alignment.shrinksToFit {
      let columns = range?.columns ?? (column + 1)...(column + 1)
      let width = columns.reduce(0.0) { $0 + (widths.indices.contains($1 - 1) ? widths[$1 - 1] : 0) } * scale
      let needed = Double(words.displayWidth) / 2 * Self.roomOfDigits
      let fitting = max(Self.smallestFigure, ((width - 5) / max(1, needed) * 2).rounded(.down) / 2)
      font.size = min(font.size, fitting)
    }
    var paragraph = Paragraph([Paragraph.Run(words, font: font)], style: OfficialStyle.Name.cell)
    switch style.alignment.horizontal {
    case .left: paragraph.alignment = .left
    case .right: paragraph.alignment = .right
    case .general where style.borders == .none: paragraph.alignment = .left
    default: paragraph.alignment = .center
    }
    var cell = DocumentTable.Cell(row: row, column: column, paragraph)
    cell.rows = range?.rows.count ?? 1
    cell.columns = range?.columns.count ?? 1
    cell.hasBorders = style.borders != .none
    if case .solid(.argb(let color)) = style.fill {
      let digits = String(color & 0xFF_FFFF, radix: 16, uppercase: true)
      cell.fill = String(repeating: "0", count: 6 - digits.count) + digits
    }
    return cell
  }

  private func text(_ cell: DraftLayout.Cell) -> String {
    layout.text(of: cell.value, cell.style, translate: translate)
  }

  private func font(_ style: Style, scale: Double) -> TextFont {
    let size = min(
      Self.largestSize,
      max(Self.smallest, (style.font.size * min(1, scale * Self.roomInColumns) * 2).rounded() / 2))
    return TextFont(style.font.name, size: size, bold: style.font.isBold)
  }
}
