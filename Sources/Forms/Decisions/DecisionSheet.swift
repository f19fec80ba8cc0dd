import XLSX

/// A list for a clerk to decide on: headings that filter, one row per matter, the columns to fill in coloured.
struct DecisionSheet {
  struct Column {
    var heading: String
    var width: Double
    /// Long text stands left and breaks its line.
    var isLong = false
    /// To be filled in.
    var isOpen = false
  }

  static let headingRow = 3
  static let firstRow = 4

  let name: String
  let note: String
  let columns: [Column]
  let look: SheetLook

  /// - Parameters:
  ///   - rows: The values of each row, by column.
  ///   - isBanded: Whether a row belongs to a group that is set off from its neighbours.
  func paint(rows: [[CellValue]], isBanded: [Bool], ifNone: String) -> SheetDraft {
    let sheet = SheetDraft(name)
    let all = 1...columns.count
    sheet.put(.text(name), over: CellRange(row: 1, columns: all), look.title(18))
    sheet.height(34, of: 1)
    sheet.put(.text(note), over: CellRange(row: 2, columns: all), look.note())
    sheet.height(36, of: 2)
    for (position, column) in columns.enumerated() {
      sheet.put(
        .text(column.heading), row: Self.headingRow, column: position + 1,
        look.heading.filled(column.isOpen ? SheetLook.openHeadingFill : nil))
      sheet.width(column.width, of: position + 1)
    }
    sheet.height(28, of: Self.headingRow)
    for (offset, row) in rows.enumerated() { paint(row, isBanded[offset], at: Self.firstRow + offset, sheet) }
    if rows.isEmpty {
      sheet.put(.text(ifNone), over: CellRange(row: Self.firstRow, columns: all), look.text())
      sheet.height(24, of: Self.firstRow)
    }
    let last = Self.firstRow + max(rows.count, 1) - 1
    sheet.autoFilter = CellRange(
      CellReference(row: Self.headingRow, column: 1), CellReference(row: last, column: columns.count))
    sheet.frozenAt = CellReference(row: Self.firstRow, column: 1)
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.margins = PageFit.margins
    sheet.pageSetup.repeatedRows = Self.headingRow...Self.headingRow
    return sheet
  }

  private func paint(_ values: [CellValue], _ isBanded: Bool, at row: Int, _ sheet: SheetDraft) {
    var lines = 1
    for (position, (column, value)) in zip(columns, values).enumerated() {
      let style = look.text(column.isLong ? .left : .center)
      let fill = column.isOpen ? SheetLook.openFill : isBanded ? SheetLook.bandFill : nil
      sheet.put(value, row: row, column: position + 1, style.filled(fill))
      let words = Double((value.text ?? "").displayWidth)
      lines = max(lines, Int((words / max(1, column.width - 2)).rounded(.up)))
    }
    sheet.height(max(22, Double(min(lines, 24)) * 15 + 6), of: row)
  }

  /// The cell of a column in a row, counted from 0.
  func cell(of heading: String, row: Int) -> CellReference? {
    columns.firstIndex { $0.heading == heading }.map {
      CellReference(row: Self.firstRow + row, column: $0 + 1)
    }
  }

  /// The cells of a column, for a validation.
  func cells(of heading: String, rows: Int) -> CellRange? {
    guard let position = columns.firstIndex(where: { $0.heading == heading }), rows > 0 else { return nil }
    return CellRange(rows: Self.firstRow...(Self.firstRow + rows - 1), column: position + 1)
  }
}

extension SheetLook {
  /// What a clerk fills in.
  static let openFill = Fill.solid(.rgb(0xFFFBE6))
  static let openHeadingFill = Fill.solid(.rgb(0xFFE699))
  /// Rows that belong together, set off from the next ones.
  static let bandFill = Fill.solid(.rgb(0xEAF1FB))
  /// A figure that counts by correction.
  static let correctedFill = Fill.solid(.rgb(0xDDEBF7))
}
