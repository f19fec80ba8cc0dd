import XLSX

/// `来源`: the file, sheet and cell of every figure, and what became of every file that came in.
struct ProvenanceSheet {
  let provenance: Provenance
  let files: [InputFile]
  let look: SheetLook
  let name: String
  let title: String?
  /// Where the units' figures stand, by the form's id: each line leads back to its figure.
  let tables: [String: UnitTable]

  private static let columns: [(heading: String, width: Double)] = [
    ("表", 9), ("单位", 18), ("指标", 26), ("数值", 12), ("文件", 46), ("工作表", 14), ("单元格", 9), ("原文", 16),
    ("说明", 32),
  ]
  private static let lastColumn = columns.count

  func paint() -> SheetDraft {
    let sheet = SheetDraft(name)
    sheet.put(.text(title ?? "数据来源"), over: CellRange(row: 1, columns: 1...Self.lastColumn), look.title(18))
    sheet.height(34, of: 1)
    sheet.put(
      .text("一、每个数字取自哪个文件的哪个单元格（原文照录，更正在说明栏注明）；二、所有来件及处理结果，列在其后。"),
      over: CellRange(row: 2, columns: 1...Self.lastColumn), look.note())
    sheet.height(20, of: 2)
    for (position, column) in Self.columns.enumerated() {
      sheet.put(.text(column.heading), row: 3, column: position + 1, look.heading)
      sheet.width(column.width, of: position + 1)
    }
    sheet.height(24, of: 3)
    paintEntries(sheet)
    paintFiles(sheet, from: provenance.lastRow + 2)
    sheet.autoFilter = CellRange(
      CellReference(row: 3, column: 1), CellReference(row: provenance.lastRow, column: Self.lastColumn))
    sheet.frozenAt = CellReference(row: Provenance.firstRow, column: 1)
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.margins = PageFit.margins
    // The sources of single figures are there to be looked up; on paper they would be most of the workbook.
    let files = provenance.lastRow + 2
    sheet.pageSetup.printArea = [
      CellRange(
        CellReference(row: files, column: 1),
        CellReference(row: files + max(self.files.count, 1), column: Self.lastColumn - 3))
    ]
    sheet.pageSetup.header = "&C来件及处理结果"
    return sheet
  }

  private func paintEntries(_ sheet: SheetDraft) {
    // Long paths and remarks shrink: the lines stay of one height, and nothing runs over the border.
    let text = look.text(.left, wraps: false).shrunk
    let middle = look.text(wraps: false).shrunk
    let figure = look.figure(.general)
    let looks = (text: sheet.look(text), middle: sheet.look(middle), figure: sheet.look(figure))
    let cursor = ProvenanceCursor(provenance)
    sheet.paintLater(rows: Provenance.firstRow..<(Provenance.firstRow + provenance.count)) { row, sheet in
      guard let (form, position, entry) = cursor.line(atRow: row) else { return }
      sheet.height(17, of: row)
      sheet.put(.words(form.form.label), row: row, column: 1, looks.middle)
      sheet.put(.words(form.units[position].unit.name), row: row, column: 2, looks.middle)
      sheet.put(.words(entry.field.rawValue), row: row, column: 3, looks.text)
      sheet.put(
        entry.figures.map { .words($0) } ?? .figure(entry.figure), row: row, column: 4, looks.figure)
      if let table = tables[form.form.id], let cell = table.cell(entry.field, unit: position) {
        sheet.link(
          CellReference(row: row, column: 4), to: LiveFormula.quoted(table.sheet) + "!\(cell)",
          tooltip: "\(table.sheet) \(cell)")
      }
      sheet.put(.words(entry.file), row: row, column: 5, looks.text)
      sheet.put(.words(entry.sheet), row: row, column: 6, looks.middle)
      sheet.put(.words(entry.cells ?? entry.cell?.description), row: row, column: 7, looks.middle)
      sheet.put(.words(entry.raw), row: row, column: 8, looks.text)
      sheet.put(.words(entry.note), row: row, column: 9, looks.text)
    }
    if provenance.count == 0 {
      sheet.put(
        .text("尚无数据"), over: CellRange(row: Provenance.firstRow, columns: 1...Self.lastColumn), look.text())
    }
  }

  /// The list of files shares the columns of the list above: number, state, reason, file, format.
  private func paintFiles(_ sheet: SheetDraft, from top: Int) {
    func line(
      _ row: Int, _ words: (String, String, String, String, String), on sheet: SheetDraft,
      _ style: (Bool) -> SheetDraft.Look
    ) {
      sheet.put(.words(words.0), row: row, column: 1, style(false))
      sheet.put(.words(words.1), row: row, column: 2, style(false))
      sheet.put(.words(words.2), over: CellRange(row: row, columns: 3...4), style(true))
      sheet.put(.words(words.3), row: row, column: 5, style(true))
      sheet.put(.words(words.4), row: row, column: 6, style(false))
    }
    let heading = sheet.look(look.heading)
    line(top, ("序号", "处理", "原因", "文件", "格式"), on: sheet) { _ in heading }
    sheet.height(24, of: top)
    func looks(_ fill: Fill?) -> (text: SheetDraft.Look, word: SheetDraft.Look) {
      (sheet.look(look.text(.left).filled(fill)), sheet.look(look.text().filled(fill)))
    }
    let (plain, rejected) = (looks(nil), looks(SheetLook.errorFill))
    sheet.paintLater(rows: (top + 1)..<(top + 1 + files.count)) { row, sheet in
      let file = files[row - top - 1]
      let looks = file.state == .rejected ? rejected : plain
      line(
        row,
        (String(row - top), file.state.word.chinese, file.reason.chinese, file.file, file.format.rawValue),
        on: sheet
      ) { $0 ? looks.text : looks.word }
      sheet.height(lines(file.reason.chinese, 36, file.file, 44) * 16 + 4, of: row)
    }
  }

  /// How many lines the longer of two texts takes in a column of its width.
  private func lines(_ a: String, _ widthA: Int, _ b: String, _ widthB: Int) -> Double {
    Double(max(1, (a.displayWidth + widthA - 1) / widthA, (b.displayWidth + widthB - 1) / widthB))
  }
}
