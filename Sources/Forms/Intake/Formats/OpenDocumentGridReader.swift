import Foundation
import XLSX

/// Reads OpenDocument spreadsheets (OASIS OpenDocument 1.3 Part 3): cells, spans, formulas, hidden rows, columns and
/// sheets.
struct OpenDocumentGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    guard let directory = ZipDirectory(bytes, limit: 10_000),
      let entry = directory.entry(named: "content.xml")
    else {
      throw IntakeProblem.truncated
    }
    var inflater = ZipInflater(limits: limits)
    if let manifest = directory.entry(named: "META-INF/manifest.xml") {
      let text = try String(decoding: inflater.content(of: manifest, in: bytes), as: UTF8.self)
      if text.contains("encryption-data") { throw IntakeProblem.encrypted }
    }
    let document = try MarkupDocument(xml: inflater.content(of: entry, in: bytes))
    guard let sheets = document.root.child("body")?.child("spreadsheet") else {
      throw IntakeProblem.truncated
    }
    let hiddenStyles = Self.hiddenStyles(document.root)
    var grids: [Grid] = []
    for table in sheets.children where table.name == "table" {
      let isHidden = table["style-name"].map { hiddenStyles.contains($0) } ?? false
      var reader = TableReader(Grid(name: table["name"] ?? "", isHidden: isHidden))
      reader.read(table)
      grids.append(reader.grid)
    }
    var book = GridBook(format: .ods, grids: grids, modified: Self.modified(directory, bytes, &inflater))
    book.computeFormulas()
    return book
  }

  /// The styles of sheets that are not displayed.
  private static func hiddenStyles(_ root: MarkupNode) -> Set<String> {
    var names: Set<String> = []
    guard let styles = root.child("automatic-styles") else { return names }
    for style in styles.children where style.name == "style" {
      if style.child("table-properties")?["display"] == "false", let name = style["name"] {
        names.insert(name)
      }
    }
    return names
  }

  private static func modified(
    _ directory: ZipDirectory, _ bytes: [UInt8], _ inflater: inout ZipInflater
  ) -> String? {
    guard let entry = directory.entry(named: "meta.xml"),
      let content = try? inflater.content(of: entry, in: bytes),
      let document = try? MarkupDocument(xml: content)
    else { return nil }
    return document.root.child("meta")?.child("date")?.children.compactMap(\.text).joined()
  }
}

/// Reads one `table:table`.
private struct TableReader {
  private(set) var grid: Grid
  private var row = 1

  init(_ grid: Grid) { self.grid = grid }

  mutating func read(_ table: MarkupNode) {
    var column = 1
    readColumns(table, column: &column)
    readRows(table)
  }

  /// Columns and rows may stand in groups and headers.
  private mutating func readColumns(_ node: MarkupNode, column: inout Int) {
    for child in node.children {
      switch child.name {
      case "table-column":
        let count = Self.count(child["number-columns-repeated"], limit: CellReference.maximumColumn)
        if Self.isHidden(child) {
          grid.hiddenColumns.formUnion(column..<min(column + count, CellReference.maximumColumn + 1))
        }
        column = min(column + count, CellReference.maximumColumn + 1)
      case "table-columns", "table-header-columns", "table-column-group": readColumns(child, column: &column)
      default: continue
      }
    }
  }

  private mutating func readRows(_ node: MarkupNode) {
    for child in node.children {
      switch child.name {
      case "table-row":
        let count = Self.count(child["number-rows-repeated"], limit: CellReference.maximumRow)
        let filled = cells(of: child)
        // Rows are repeated in earnest only where they hold something, which the last million rows do not.
        for _ in 0..<(filled.isEmpty ? 0 : min(count, 1_000)) {
          for (column, cell, span) in filled { put(cell, column: column, span: span) }
          if Self.isHidden(child) { grid.hiddenRows.insert(row) }
          row += 1
        }
        if filled.isEmpty { row = min(row + count, CellReference.maximumRow + 1) }
      case "table-rows", "table-header-rows", "table-row-group": readRows(child)
      default: continue
      }
    }
  }

  private func cells(of row: MarkupNode) -> [(column: Int, cell: GridCell?, span: (rows: Int, columns: Int))]
  {
    var result: [(Int, GridCell?, (rows: Int, columns: Int))] = []
    var column = 1
    for child in row.children where child.name == "table-cell" || child.name == "covered-table-cell" {
      let count = Self.count(child["number-columns-repeated"], limit: CellReference.maximumColumn)
      let span = (
        rows: Self.count(child["number-rows-spanned"], limit: 10_000),
        columns: Self.count(child["number-columns-spanned"], limit: 1_024)
      )
      let cell = OpenDocumentCell.read(child)
      if cell != nil || span.rows * span.columns > 1 {
        for offset in 0..<min(count, 1_024) { result.append((column + offset, cell, span)) }
      }
      column += count
      if column > CellReference.maximumColumn { break }
    }
    return result
  }

  private mutating func put(_ cell: GridCell?, column: Int, span: (rows: Int, columns: Int)) {
    let place = CellReference(row: row, column: column)
    guard place.isInGrid, grid.cells.count < GridBounds.cells else { return }
    if let cell { grid.cells[place] = cell }
    let last = place.offset(rows: span.rows - 1, columns: span.columns - 1)
    if last != place, last.isInGrid { grid.merges.append(CellRange(place, last)) }
  }

  private static func isHidden(_ node: MarkupNode) -> Bool {
    node["visibility"] == "collapse" || node["visibility"] == "filter"
  }

  private static func count(_ text: String?, limit: Int) -> Int {
    min(max(1, text.flatMap { Int($0) } ?? 1), limit)
  }
}

/// One `table:table-cell`.
private enum OpenDocumentCell {
  static func read(_ node: MarkupNode) -> GridCell? {
    let formula = node["formula"].flatMap(OpenDocumentFormula.excel)
    let (value, isDate) = value(of: node)
    if value == .blank, formula == nil { return nil }
    return GridCell(value, formula: formula, isDate: isDate)
  }

  private static func value(of node: MarkupNode) -> (GridValue, isDate: Bool) {
    switch node["value-type"] {
    case "float", "percentage", "currency":
      guard let text = node["value"], let number = Double(text), let decimal = Decimal(shortest: number)
      else {
        return (.blank, false)
      }
      return (.number(decimal), false)
    case "date":
      guard let text = node["date-value"], let day = CalendarDate(iso: text.prefix(10)) else {
        return (.blank, false)
      }
      return (.number(Decimal(day.dayNumber + 25_569)), true)
    case "boolean": return (.bool(node["boolean-value"] == "true"), false)
    default:
      let text = text(of: node)
      guard text.unicodeScalars.contains(where: { !TextFolding.isInvisible($0) }) else {
        return (.blank, false)
      }
      let isError = text.hasPrefix("#") && (text.hasSuffix("!") || text.hasSuffix("?") || text == "#N/A")
      return (isError ? .error(text) : .text(text), false)
    }
  }

  /// The paragraphs, without the cell's comment.
  private static func text(of node: MarkupNode) -> String {
    var text = ""
    for child in node.children where child.name == "p" {
      if !text.isEmpty { text += "\n" }
      append(child, to: &text)
    }
    return text
  }

  private static func append(_ node: MarkupNode, to text: inout String) {
    for child in node.children {
      if let part = child.text {
        text += part
        continue
      }
      switch child.name {
      case "s": text += String(repeating: " ", count: min(child["c"].flatMap { Int($0) } ?? 1, 1_000))
      case "tab": text += "\t"
      case "line-break": text += "\n"
      case "annotation": continue
      default: append(child, to: &text)
      }
    }
  }
}

/// OpenFormula (OpenDocument 1.3 Part 4) in Excel's notation: `of:=SUM([.C6:.D6];1)` is `SUM(C6:D6,1)`.
enum OpenDocumentFormula {
  /// `nil` for another formula language than OpenFormula.
  static func excel(_ text: String) -> String? {
    guard let sign = text.firstIndex(of: "="), ["", "of:", "oooc:"].contains(text[..<sign]) else {
      return nil
    }
    var result = ""
    var isQuoted = false
    var reference: String?
    for character in text[text.index(after: sign)...] {
      if character == "\"" { isQuoted.toggle() }
      if isQuoted {
        result.append(character)
      } else if character == "[" {
        reference = ""
      } else if character == "]", let found = reference {
        result += excel(reference: found)
        reference = nil
      } else if reference != nil {
        reference?.append(character)
      } else {
        result.append(character == ";" ? "," : character)
      }
    }
    return result
  }

  /// `.C6:.D6` is `C6:D6`, `$'附件 2'.C6` is `'附件 2'!C6`; the second half of a range names no sheet in Excel.
  private static func excel(reference: String) -> String {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    for character in reference {
      if character == "'" { isQuoted.toggle() }
      if character == ":", !isQuoted {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    let cells = parts.enumerated().map { index, part in
      guard let dot = part.lastIndex(of: ".") else { return part }
      let sheet = part[..<dot].drop { $0 == "$" }
      let cell = part[part.index(after: dot)...]
      return sheet.isEmpty || index > 0 ? String(cell) : "\(sheet)!\(cell)"
    }
    return cells.joined(separator: ":")
  }
}
