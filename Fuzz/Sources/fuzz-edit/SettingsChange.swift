import Harness

@testable import XLSX

/// What surrounds the cells of a stranger's workbook, changed in the model and saved: it opens again as the model says, and
/// no cell has another value.
enum SettingsChange {
  static func apply(_ file: [UInt8]) throws {
    let book = try Workbook(bytes: file)
    guard let position = book.sheets.indices.first(where: { book.sheets[$0].kind == .worksheet }) else {
      return
    }
    let sheet = try book.sheet(at: position)
    // Each alone too: one that is refused must not hide the others.
    let changes: [(Worksheet) -> Void] = [
      columns, links, view, page, protection, lists,
      { sheet in
        columns(sheet)
        links(sheet)
        view(sheet)
        page(sheet)
        protection(sheet)
      },
    ]
    let original = sheet.content
    for change in changes {
      sheet.content = original
      change(sheet)
      let saved: [UInt8]
      do { saved = try book.serialized() } catch is XLSXError { continue }
      let again: SheetContent
      do { again = try Workbook(bytes: saved).sheet(at: position).content } catch {
        violated("saved settings open: \(error)")
      }
      if again.hyperlinks != sheet.content.hyperlinks { violated("links read back") }
      if again.view != sheet.content.view { violated("the view reads back") }
      if again.protection != sheet.content.protection { violated("the protection reads back") }
      if again.merges != sheet.content.merges { violated("merged ranges read back") }
      if again.validations != sheet.content.validations { violated("validations read back") }
      if again.conditionalFormats != original.conditionalFormats { violated("conditional formats stay") }
      for column in [1, 2, 4, 16_384] where width(again, column) != width(sheet.content, column) {
        // A listed column has to have a width.
        if width(sheet.content, column) != nil { violated("the width of column \(column) reads back") }
      }
      let (rows, wanted) = (cells(again), cells(sheet.content))
      guard rows.count == wanted.count else { violated("no row comes or goes") }
      for (now, was) in zip(rows, wanted) {
        guard now.index == was.index, now.cells.map(\.column) == was.cells.map(\.column) else {
          violated("no cell comes or goes in row \(was.index)")
        }
        // A value that is no number is not equal to itself.
        for (cell, old) in zip(now.cells, was.cells) where old.value == old.value && cell.value != old.value {
          violated("column \(old.column) of row \(was.index) is what it was")
        }
      }
    }
  }

  private static func cells(_ content: SheetContent) -> [CellStore.Row] {
    content.cells.rows.filter { !$0.cells.isEmpty }
  }

  private static func width(_ content: SheetContent, _ column: Int) -> Double? {
    content.columns.first { $0.range.contains(column) }?.settings.width
  }

  private static func columns(_ sheet: Worksheet) {
    sheet.setColumnWidth(31.5, for: "B:D")
    sheet.groupColumns("C:F", collapsed: true)
    sheet.setRowHeight(30, for: 3...4)
    sheet.defaultColumnWidth = 10.5
  }

  private static func links(_ sheet: Worksheet) {
    for (place, cell) in sheet.hyperlinks.keys.sorted().enumerated() where place % 2 == 0 {
      sheet.setHyperlink(place % 4 == 0 ? nil : Hyperlink(.location("A1"), tooltip: "新"), at: cell)
    }
    sheet.setHyperlink("https://example.org/?a=1&b=2", at: "C3")
  }

  private static func view(_ sheet: Worksheet) {
    sheet.freeze(at: sheet.view.frozenAt == "C4" ? nil : "C4")
    sheet.view.zoom = 85
    sheet.view.showsGridLines.toggle()
    sheet.view.activeCell = "D5"
    sheet.tabColor = sheet.tabColor == nil ? .rgb(0x00B050) : nil
  }

  private static func page(_ sheet: Worksheet) {
    sheet.pageSetup.orientation = sheet.pageSetup.orientation == .portrait ? .landscape : .portrait
    sheet.pageSetup.scaling = .fit(width: 1, height: nil)
    sheet.pageSetup.margins = .init(left: 0.5, right: 0.5)
    sheet.pageSetup.footer = "&P"
    sheet.pageSetup.rowBreaks = [33]
    sheet.pageSetup.printArea = ["A1:H40"]
    sheet.pageSetup.repeatedRows = 1...2
  }

  private static func protection(_ sheet: Worksheet) {
    sheet.protection = sheet.protection == nil ? SheetProtection() : nil
    sheet.autoFilter = sheet.autoFilter == nil && sheet.content.tables.isEmpty ? "A1:D9" : nil
  }

  private static func lists(_ sheet: Worksheet) {
    if let merge = sheet.mergedRanges.first { sheet.unmerge(merge) }
    if !sheet.validations.isEmpty { sheet.validations.removeLast() }
  }
}
