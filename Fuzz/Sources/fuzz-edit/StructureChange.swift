import Harness

@testable import XLSX

/// Rows, columns and sheets that come and go in a stranger's workbook: what is saved opens again, with every value where it
/// belongs.
enum StructureFuzz {
  static func apply(_ file: [UInt8]) throws {
    let book = try Workbook(bytes: file)
    guard let position = book.sheets.indices.first(where: { book.sheets[$0].kind == .worksheet }) else {
      return
    }
    let sheet = try book.sheet(at: position)
    guard Set(book.sheets.map { $0.name.lowercased() }).count == book.sheets.count else { return }
    do {
      try sheet.insertRows(at: 3, count: 2)
      try sheet.removeColumns("B")
      try sheet.insertColumns(at: "D", count: 3)
      try sheet.removeRows(7...8)
      try book.copySheet(sheet.name, as: "fuzz copy")
      try book.moveSheet(named: "fuzz copy", to: 0)
      try sheet.insertRows(at: 1)
    } catch is XLSXError {
      return
    }
    let saved: [UInt8]
    do { saved = try book.serialized() } catch is XLSXError { return }
    let again: Workbook
    do { again = try Workbook(bytes: saved) } catch { violated("a changed workbook opens: \(error)") }
    for wanted in [sheet, try book.sheet(at: 0)] {
      guard let read = try? again.sheet(named: wanted.name) else {
        violated("\(wanted.name) is there and opens")
      }
      for row in wanted.content.cells.rows {
        for cell in row.cells where !cell.value.isEmpty {
          let place = CellReference(row: row.index, column: cell.column)
          if read[place].result != cell.value.result { violated("\(wanted.name) \(place) holds its value") }
        }
      }
    }
  }
}
