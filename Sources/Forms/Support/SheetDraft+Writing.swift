import XLSX

extension SheetDraft {
  /// Excel opens no sheet with more links (65,530; its specifications and limits).
  private static let maximumLinks = 65_000

  /// Adds the sheet to a workbook that is whole in memory.
  ///
  /// - Throws: ``XLSXError`` for what Excel would refuse.
  func add(to book: Workbook) throws {
    let sheet = try book.addSheet(named: name)
    setUp(sheet)
    try forEachRow { row in
      for cell in row.cells {
        sheet[cell.reference] = cell.value
        sheet.setStyle(style(of: cell.look), at: cell.reference)
      }
      if let height = row.height { sheet.setRowHeight(height, for: row.row) }
      try annotate(sheet, row)
    }
    sheet.streamedRows = streamedRows
    try finish(sheet)
  }

  /// Streams the sheet into a workbook: of the rows that are painted later, one is in memory at a time.
  ///
  /// - Throws: ``XLSXError`` for what Excel would refuse, or a disk that is full.
  func write(to writer: StreamingWorkbookWriter) throws {
    let sheet = try writer.addSheet(named: name)
    setUp(sheet)
    var formats: [StreamingWorkbookWriter.CellFormat?] = []
    try forEachRow { row in
      let missing = row.row - 1 - writer.rowCount
      if missing > 0 { try writer.skipRows(missing) }
      try writer.beginRow(height: row.height)
      var column = 1
      for cell in row.cells {
        while column < cell.reference.column {
          try writer.appendEmpty()
          column += 1
        }
        while formats.count <= cell.look.index { formats.append(nil) }
        let format = formats[cell.look.index] ?? writer.format(style(of: cell.look))
        formats[cell.look.index] = format
        try writer.append(cell.value, as: format)
        column += 1
      }
      try writer.endRow()
      try annotate(sheet, row)
    }
    if let streamedRows { try write(streamedRows, to: writer) }
    try finish(sheet)
  }

  private func write(_ rows: StreamedRows, to writer: StreamingWorkbookWriter) throws {
    let plain = writer.format(.default)
    let formats = rows.columnStyles.map(writer.format)
    for index in 0..<rows.count {
      let missing = rows.firstRow + index - 1 - writer.rowCount
      if missing > 0 { try writer.skipRows(missing) }
      try writer.beginRow()
      for (column, value) in rows.values(index).enumerated() {
        try writer.append(value, as: column < formats.count ? formats[column] : plain)
      }
      try writer.endRow()
    }
  }

  /// What has to be known before the first row.
  private func setUp(_ sheet: Worksheet) {
    for (column, width) in widths { sheet.setColumnWidth(width, for: column) }
    sheet.freeze(at: frozenAt)
    sheet.view.showsGridLines = false
    sheet.pageSetup = pageSetup
  }

  private func annotate(_ sheet: Worksheet, _ row: PaintedRow) throws {
    for range in row.merges { try sheet.merge(range) }
    for (reference, link) in row.links where sheet.hyperlinkCount < Self.maximumLinks {
      sheet.setHyperlink(link, at: reference)
    }
  }

  private func finish(_ sheet: Worksheet) throws {
    for range in merges { try sheet.merge(range) }
    for (reference, link) in links where sheet.hyperlinkCount < Self.maximumLinks {
      sheet.setHyperlink(link, at: reference)
    }
    for chart in charts { try sheet.addChart(chart) }
    for format in conditionalFormats { try sheet.addConditionalFormat(format) }
    sheet.autoFilter = autoFilter
  }
}
