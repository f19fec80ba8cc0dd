import DOCX
import XLSX

/// Lays a document that flows (Word, HTML) out as a sheet: a paragraph is a row of one cell or, with tabs in it, of
/// several; a table takes the rows below, its spans as merged ranges.
struct FlowGridBuilder {
  private(set) var grid: Grid
  /// Where in a document cells come from, as far as that is told.
  private(set) var places: [CellReference: DocumentEditor.Place] = [:]
  private var row = 1
  /// Where the range of a first cell is among the merged ones.
  private var merges: [CellReference: Int] = [:]
  /// Columns of a table.
  private static let widest = 1_024

  /// Whether what stands in the cells was typed there: a page may have been saved by a spreadsheet, which leaves out a last 0.
  private let isTyped: Bool

  init(name: String, isTyped: Bool = true) {
    grid = Grid(name: name)
    self.isTyped = isTyped
  }

  /// One cell of a table.
  struct TableCell {
    var text: FormattedText
    var columnSpan = 1
    var rowSpan = 1
    /// The lower part of a vertically merged cell: belongs to the cell above.
    var continuesAbove = false
    /// Where in the document it is.
    var place: DocumentEditor.Place?
  }

  mutating func append(paragraph text: FormattedText, from place: DocumentEditor.Place? = nil) {
    guard text.runs.contains(where: { !$0.text.isInvisible }) else { return }
    for (index, part) in text.splitAtTabs().enumerated() {
      put(part, CellReference(row: row, column: index + 1), from: place)
    }
    row += 1
  }

  /// A text box, which floats over what comes next.
  mutating func append(box text: String) {
    guard grid.textBoxes.count < GridBounds.textBoxes, !text.isInvisible else { return }
    grid.textBoxes.append(FloatingText(text, over: CellRange(CellReference(row: row, column: 1))))
  }

  /// - Parameter widths: Of the table's columns, in points; empty where they are not told.
  mutating func append(table rows: [[TableCell]], widths: [Double] = []) {
    let lines = ColumnLines(widths)
    let isDrawn = lines.isPlain || !place(rows, by: lines, isTrial: true)
    _ = place(rows, by: isDrawn ? ColumnLines([]) : lines, isTrial: false)
    row += rows.count
    // Two tables one below the other are two.
    row += 1
  }

  /// Lays the cells of a table out.
  ///
  /// - Parameter isTrial: Only tries whether every cell that says something has a column.
  /// - Returns: Whether it has.
  private mutating func place(_ rows: [[TableCell]], by lines: ColumnLines, isTrial: Bool) -> Bool {
    // Cells that reach down from rows above, by column: until which row.
    var taken = [Int](repeating: 0, count: 2 * Self.widest + 1)
    var origins = [CellReference?](repeating: nil, count: 2 * Self.widest + 1)
    var lastColumn = 0
    for (offset, cells) in rows.enumerated() {
      let row = self.row + offset
      var column = 1
      for cell in cells {
        while column <= Self.widest, taken[column] >= row { column += 1 }
        guard column <= Self.widest else { break }
        let span = min(max(1, cell.columnSpan), Self.widest)
        let place = CellReference(row: row, column: lines.column(at: column - 1) + 1)
        let width = lines.column(at: column - 1 + span) - lines.column(at: column - 1)
        if width == 0 {
          guard cell.text.stored.isInvisible else { return false }
          column += span
          continue
        }
        lastColumn = max(lastColumn, place.column + width - 1)
        if cell.continuesAbove, let origin = origins[column] {
          if !isTrial { stretch(origin, to: CellReference(row: row, column: place.column + width - 1)) }
        } else {
          // A span cannot reach below its table.
          let height = min(max(1, cell.rowSpan), rows.count - offset)
          if !isTrial {
            put(cell.text, place, from: cell.place)
            stretch(place, to: place.offset(rows: height - 1, columns: width - 1))
          }
          for covered in column..<(column + span) {
            origins[covered] = place
            if height > 1 { taken[covered] = row + height - 1 }
          }
        }
        column += span
      }
    }
    if !isTrial, lastColumn > 0, !rows.isEmpty {
      grid.tables.append(
        CellRange(
          CellReference(row: row, column: 1), CellReference(row: row + rows.count - 1, column: lastColumn)))
    }
    return true
  }

  private mutating func stretch(_ first: CellReference, to last: CellReference) {
    let range = CellRange(first, last)
    if let index = merges[first] {
      grid.merges[index] = range
    } else if !range.isSingleCell, grid.merges.count < GridBounds.merges {
      merges[first] = grid.merges.count
      grid.merges.append(range)
    }
  }

  private mutating func put(_ text: FormattedText, _ place: CellReference, from source: DocumentEditor.Place?)
  {
    if let source { places[place] = source }
    guard place.isInGrid, var cell = text.cell() else { return }
    if isTyped, case .number(let number) = cell.value, cell.appearance == nil {
      let typed = text.stored.trimmedOfInvisible
      if typed.contains(".") || typed != number.plainText { cell.written = typed }
    }
    if grid.cells.count < GridBounds.cells {
      grid.cells[place] = cell
    } else if grid.cutBelow == nil {
      grid.cutBelow = place.row
    }
  }
}

/// Values of formats that hold nothing but text.
enum FlowText {
  /// A number if the text is a plain one, as in a CSV; `nil` for nothing visible.
  static func value(_ text: String) -> GridValue? {
    guard text.unicodeScalars.contains(where: { !TextFolding.isInvisible($0) }) else { return nil }
    var trimmed = text[...]
    while let first = trimmed.unicodeScalars.first, TextFolding.isInvisible(first) {
      trimmed.unicodeScalars.removeFirst()
    }
    while let last = trimmed.unicodeScalars.last, TextFolding.isInvisible(last) {
      trimmed.unicodeScalars.removeLast()
    }
    if trimmed.first == "#", trimmed.last == "!" || trimmed.last == "?" || trimmed == "#N/A" {
      return .error(String(trimmed))
    }
    // 3.10 may be the tenth of March, 12E3 the name of a model: a document has what was typed.
    if isMoreThanANumber(trimmed) { return .text(text) }
    return PlainNumber.read(trimmed).map { .number($0) } ?? .text(text)
  }

  /// Whether a number would lose what is written: an exponent, or the 0 of a day.
  private static func isMoreThanANumber(_ text: Substring) -> Bool {
    if text.contains("E") || text.contains("e") { return true }
    guard text.count <= 5, text.last == "0", let point = text.firstIndex(of: ".") else { return false }
    return text.distance(from: point, to: text.endIndex) == 3
      && Int(text[..<point]).map { 1...12 ~= $0 } ?? false
      && ["10", "20", "30"].contains(text[text.index(after: point)...])
  }
}
