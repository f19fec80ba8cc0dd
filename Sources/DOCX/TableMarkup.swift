extension Markup {
  mutating func append(_ table: DocumentTable) {
    let grid = TableGrid(table)
    element("w:tbl") { xml in
      xml.element("w:tblPr") { xml in
        xml.empty(
          "w:tblW",
          ["w:w": String(Self.twentieths(table.columnWidths.reduce(0, +))), "w:type": "dxa"])
        xml.value("w:jc", "center")
        xml.empty("w:tblLayout", ["w:type": "fixed"])
        xml.element("w:tblCellMar") { xml in
          xml.empty("w:left", ["w:w": "40", "w:type": "dxa"])
          xml.empty("w:right", ["w:w": "40", "w:type": "dxa"])
        }
        if let description = table.description { xml.value("w:tblDescription", description) }
      }
      xml.element("w:tblGrid") { xml in
        for width in table.columnWidths { xml.empty("w:gridCol", ["w:w": String(Self.twentieths(width))]) }
      }
      for row in table.rowHeights.indices { xml.append(row: row, of: table, grid) }
    }
  }

  private mutating func append(row: Int, of table: DocumentTable, _ grid: TableGrid) {
    element("w:tr") { xml in
      xml.element("w:trPr") { xml in
        xml.empty("w:cantSplit")
        if let height = table.rowHeights[row] {
          xml.empty("w:trHeight", ["w:val": String(Self.twentieths(height)), "w:hRule": "atLeast"])
        }
        if row < table.headingRows { xml.empty("w:tblHeader") }
      }
      var column = 0
      while column < table.columnWidths.count {
        guard let index = grid[row, column] else {
          xml.append(blankOver: table.columnWidths[column])
          column += 1
          continue
        }
        let cell = table.cells[index]
        let end = min(cell.column + cell.columns, table.columnWidths.count)
        let width = table.columnWidths[column..<end].reduce(0, +)
        xml.append(cell, isFirst: row == cell.row, columns: end - column, width: width)
        column = end
      }
    }
  }

  private mutating func append(blankOver width: Double) {
    element("w:tc") { xml in
      xml.element("w:tcPr") { $0.empty("w:tcW", ["w:w": String(Self.twentieths(width)), "w:type": "dxa"]) }
      xml.empty("w:p")
    }
  }

  private mutating func append(_ cell: DocumentTable.Cell, isFirst: Bool, columns: Int, width: Double) {
    element("w:tc") { xml in
      xml.element("w:tcPr") { xml in
        xml.empty("w:tcW", ["w:w": String(Self.twentieths(width)), "w:type": "dxa"])
        if columns > 1 { xml.value("w:gridSpan", columns) }
        if cell.rows > 1 {
          if isFirst { xml.value("w:vMerge", "restart") } else { xml.empty("w:vMerge") }
        }
        if cell.hasBorders {
          xml.element("w:tcBorders") { xml in
            for side in ["w:top", "w:left", "w:bottom", "w:right"] {
              xml.empty(side, ["w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "000000"])
            }
          }
        }
        if let fill = cell.fill {
          xml.empty("w:shd", ["w:val": "clear", "w:color": "auto", "w:fill": fill])
        }
        xml.value("w:vAlign", cell.verticalAlignment.rawValue)
      }
      if isFirst {
        xml.append(cell.paragraph)
      } else {
        xml.append(Paragraph("", style: cell.paragraph.style))
      }
    }
  }
}

/// Which cell covers each place of a table.
struct TableGrid {
  private let columns: Int
  private var places: [Int?]

  init(_ table: DocumentTable) {
    columns = table.columnWidths.count
    places = Array(repeating: nil, count: columns * table.rowHeights.count)
    for (index, cell) in table.cells.enumerated() {
      guard cell.row >= 0, cell.column >= 0, cell.rows > 0, cell.columns > 0,
        cell.column + cell.columns <= columns, cell.row + cell.rows <= table.rowHeights.count
      else { continue }
      let covered = (cell.row..<(cell.row + cell.rows)).flatMap { row in
        (cell.column..<(cell.column + cell.columns)).map { row * columns + $0 }
      }
      guard covered.allSatisfy({ places[$0] == nil }) else { continue }
      for place in covered { places[place] = index }
    }
  }

  subscript(row: Int, column: Int) -> Int? { places[row * columns + column] }
}
