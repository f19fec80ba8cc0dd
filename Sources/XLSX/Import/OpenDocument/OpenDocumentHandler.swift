/// Reads styles and tables as libxml2 finds them; nothing of the document is kept but the cells.
final class OpenDocumentHandler: XMLHandler {
  private enum Place {
    /// Elements in which others are looked at as if these were not there: groups of rows and columns, bodies.
    case open
    case styles, row, cell, paragraph
    case table
    /// Shapes over a sheet, and the paragraphs in them.
    case shapes, shape, shapeParagraph
    /// Inside an element whose content is no part of any cell.
    case ignored
  }

  private let book: ImportedBook
  private var styles = OpenDocumentStyles()
  private var places: [Place] = []
  /// Whether a spreadsheet has been met, with tables or none.
  private(set) var hasBody = false

  // The table being read.
  private var sheet: ImportedSheet?
  private var row = 1
  private var column = 1
  private var columnStyles: [(columns: ClosedRange<Int>, style: String)] = []
  // Its row.
  private var rowCount = 1
  private var rowStyle: String?
  private var isRowHidden = false
  private var rowCells: [RowCell] = []
  // Its cell.
  private var cell = OpenDocumentCell()
  // The shape over the sheet: its paragraphs are read as a cell's are.
  private var shape = OpenDocumentCell()

  private struct RowCell {
    var columns: ClosedRange<Int>
    var span: (rows: Int, columns: Int)
    var content: Content

    enum Content {
      case none
      case value(CellValue, style: Int, formula: String?)
      case text(index: Int, style: Int, formula: String?)
    }
  }

  init(_ book: ImportedBook) {
    self.book = book
    book.styles = [.default]
  }

  // Elements

  func start(_ element: XMLStart) throws {
    switch places.last ?? .open {
    case .ignored: places.append(.ignored)
    case .styles:
      styles.start(XMLElement(element))
      places.append(.styles)
    case .open: try startOutside(element)
    case .table: try startInTable(element)
    case .row: startInRow(element)
    case .cell:
      if element.name == "p", element.namespace.mayBe(.odText) {
        cell.beginParagraph()
        places.append(.paragraph)
      } else {
        startShape(element)
      }
    case .shapes: startShape(element)
    case .shape:
      if element.name == "p", element.namespace.mayBe(.odText) {
        shape.beginParagraph()
        places.append(.shapeParagraph)
      } else {
        places.append(element.name == "annotation" ? .ignored : .shape)
      }
    case .shapeParagraph:
      places.append(shape.start(element, styles: styles) ? .shapeParagraph : .ignored)
    case .paragraph:
      places.append(cell.start(element, styles: styles) ? .paragraph : .ignored)
    }
  }

  private func startOutside(_ element: XMLStart) throws {
    if element.name == "automatic-styles" || element.name == "styles" {
      places.append(.styles)
    } else if element.name == "table", element.namespace.mayBe(.odTable) {
      // What formulas took from other files is kept in tables that no program shows: `'file:///a.ods'#Sheet1`.
      let name = element.attributes.openDocument("name", .odTable) ?? ""
      guard !(name.hasPrefix("'") && name.contains("'#")) else { return places.append(.ignored) }
      try beginTable(element.attributes, named: name)
      places.append(.table)
    } else if element.name == "spreadsheet" {
      hasBody = true
      places.append(.open)
    } else {
      // Changes that are tracked, links to other documents and drawings have tables and cells of their own.
      let isAround =
        element.name == "document-content" || element.name == "document-styles" || element.name == "document"
        || element.name == "body"
      places.append(isAround ? .open : .ignored)
    }
  }

  private func startInTable(_ element: XMLStart) throws {
    guard element.namespace.mayBe(.odTable), sheet?.isFull == false else { return places.append(.ignored) }
    if element.name == "table-row" {
      beginRow(element.attributes)
      places.append(.row)
    } else if element.name == "table-column" {
      try takeColumns(element.attributes)
      places.append(.ignored)
    } else if element.name == "shapes" {
      places.append(.shapes)
    } else {
      let isGroup =
        element.name == "table-rows" || element.name == "table-header-rows"
        || element.name == "table-row-group"
        || element.name == "table-columns" || element.name == "table-header-columns"
        || element.name == "table-column-group"
      places.append(isGroup ? .table : .ignored)
    }
  }

  private func startInRow(_ element: XMLStart) {
    guard element.namespace.mayBe(.odTable),
      element.name == "table-cell" || element.name == "covered-table-cell"
    else {
      return places.append(.ignored)
    }
    cell = OpenDocumentCell(element.attributes)
    places.append(.cell)
  }

  func end() throws {
    switch places.popLast() ?? .open {
    case .styles: styles.end()
    case .row: try endRow()
    case .cell: try endCell()
    case .paragraph: cell.end()
    case .shapeParagraph: shape.end()
    case .shape: if places.last != .shape { try endShape() }
    case .table: if !places.contains(where: { $0 == .table }) { sheet = nil }
    case .open, .shapes, .ignored: break
    }
  }

  func text(_ bytes: XMLBytes) throws {
    switch places.last {
    case .paragraph: cell.append(bytes)
    case .shapeParagraph: shape.append(bytes)
    case .styles: styles.text(bytes)
    default: break
    }
  }

  // Shapes

  private func startShape(_ element: XMLStart) {
    // Comments on cells are shapes, too, but of another namespace.
    let isShape =
      element.name == "frame" || element.name == "custom-shape" || element.name == "rect"
      || element.name == "g"
      || element.name == "ellipse"
    if isShape { shape = OpenDocumentCell() }
    places.append(isShape ? .shape : .ignored)
  }

  /// A shape is bound to a cell, or to the sheet: then nobody says over which cells it lies.
  private func endShape() throws {
    let place =
      places.last == .cell ? CellReference(row: row, column: column) : CellReference(row: 1, column: 1)
    switch shape.value() {
    case .text(let text): try sheet?.add(TextBox(RichText([.init(text)]), over: CellRange(place)))
    case .richText(let text): try sheet?.add(TextBox(text, over: CellRange(place)))
    default: break
    }
  }

  // Tables

  private func beginTable(_ attributes: XMLAttributes, named name: String) throws {
    let isHidden = attributes.openDocument("style-name", .odTable).map { styles.hidesTable($0) } ?? false
    sheet = try book.addSheet(
      named: name, visibility: isHidden ? .hidden : .visible)
    row = 1
    column = 1
    columnStyles = []
  }

  private func takeColumns(_ attributes: XMLAttributes) throws {
    let count = Self.count(
      attributes.openDocument("number-columns-repeated", .odTable), limit: CellReference.maximumColumn)
    guard column <= CellReference.maximumColumn else { return }
    let columns = column...min(column + count - 1, CellReference.maximumColumn)
    column = columns.upperBound + 1
    if Self.isHidden(attributes) { try sheet?.hide(columns: columns) }
    if let style = attributes.openDocument("default-cell-style-name", .odTable) {
      columnStyles.append((columns, style))
    }
  }

  private func beginRow(_ attributes: XMLAttributes) {
    rowCount = Self.count(
      attributes.openDocument("number-rows-repeated", .odTable), limit: CellReference.maximumRow)
    rowStyle = attributes.openDocument("default-cell-style-name", .odTable)
    isRowHidden = Self.isHidden(attributes)
    rowCells.removeAll(keepingCapacity: true)
    column = 1
  }

  private func endCell() throws {
    defer { column = min(column + cell.repetitions, CellReference.maximumColumn + 1) }
    guard column <= CellReference.maximumColumn else { return }
    let columns = column...min(column + cell.repetitions - 1, CellReference.maximumColumn)
    let value = cell.value()
    var content = RowCell.Content.none
    if value != .empty || cell.formula != nil {
      let style = styles.index(
        of: cell.style ?? rowStyle ?? defaultStyle(at: column), cell.kind, in: &book.styles)
      switch value {
      // One text, however often the cell is repeated.
      case .text(let text):
        content = .text(index: try book.addText(RichText([.init(text)])), style: style, formula: cell.formula)
      case .richText(let rich):
        content = .text(index: try book.addText(rich), style: style, formula: cell.formula)
      default: content = .value(value, style: style, formula: cell.formula)
      }
    } else if cell.span.rows * cell.span.columns == 1 {
      return
    }
    rowCells.append(RowCell(columns: columns, span: cell.span, content: content))
  }

  private func defaultStyle(at column: Int) -> String? {
    // Columns are told from left to right.
    var low = 0
    var high = columnStyles.count
    while low < high {
      let middle = (low + high) / 2
      if columnStyles[middle].columns.upperBound < column { low = middle + 1 } else { high = middle }
    }
    return low < columnStyles.count && columnStyles[low].columns.contains(column)
      ? columnStyles[low].style : nil
  }

  /// Rows are repeated in earnest only where they hold something, which the last million rows do not.
  private func endRow() throws {
    guard let sheet, row <= CellReference.maximumRow else { return }
    let rows = row...min(row + rowCount - 1, CellReference.maximumRow)
    row = rows.upperBound + 1
    guard !rowCells.isEmpty else { return }
    for row in rows {
      for cell in rowCells {
        for column in cell.columns {
          try put(cell, at: CellReference(row: row, column: column), of: sheet)
          if sheet.isFull { return }
        }
      }
      if isRowHidden { sheet.hide(row: row) }
    }
  }

  private func put(_ cell: RowCell, at place: CellReference, of sheet: ImportedSheet) throws {
    switch cell.content {
    case .none: break
    case .value(let value, let style, let formula):
      try sheet.put(value, at: place, style: style, formula: formula)
    case .text(let index, let style, let formula):
      try sheet.put(sharedText: index, at: place, style: style, formula: formula)
    }
    let last = place.offset(rows: cell.span.rows - 1, columns: cell.span.columns - 1)
    if last != place { try sheet.merge(CellRange(place, last)) }
  }

  private static func isHidden(_ attributes: XMLAttributes) -> Bool {
    let visibility = attributes.openDocument("visibility", .odTable)
    return visibility == "collapse" || visibility == "filter"
  }

  /// A count of a file: at least 1, at most what a sheet has.
  static func count(_ text: String?, limit: Int) -> Int { min(max(1, text.flatMap { Int($0) } ?? 1), limit) }
}
