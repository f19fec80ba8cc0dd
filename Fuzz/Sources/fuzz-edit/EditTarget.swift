import Harness

@testable import XLSX

/// Edits of a stranger's workbook: what is saved opens again and holds the new values, beside all the old ones.
///
/// The input is a file, or a bundle of parts; see ``Bundle``.
@main
struct EditTarget {
  static func main() {
    Fuzzer.run { start, count in
      let file = Bundle.file(bytes(start, count))
      for change in [EditTarget.edit, SettingsChange.apply, StructureFuzz.apply, ObjectsChange.apply] {
        do { try change(file) } catch {
          if !(error is XLSXError) { violated("errors are XLSXErrors: \(error)") }
        }
      }
      return 0
    }
  }

  private static func edit(_ file: [UInt8]) throws {
    let book = try Workbook(bytes: file)
    guard let position = book.sheets.indices.first(where: { book.sheets[$0].kind == .worksheet }) else {
      return
    }
    let sheet = try book.sheet(at: position)
    let cells = sheet.content.cells
    // Names that occur twice lead to the first sheet only.
    guard book.sheets.count(where: { $0.name.lowercased() == sheet.name.lowercased() }) == 1 else { return }
    let values: [(CellReference, CellValue)] = [
      (CellReference(row: 1, column: 1), 15), (CellReference(row: 2, column: 3), "文 & <b>"),
      (CellReference(row: 900, column: 30), .formula("SUM(A1:A9)", cached: 3)),
      (CellReference(row: 3, column: 2), .empty),
    ]
    var written: [CellReference: CellValue] = [:]
    for (cell, value) in values where (try? book.set(value, at: cell, inSheet: sheet.name)) != nil {
      written[cell] = value
    }
    let marked: CellReference = "A2"
    if sheet.mergedRange(containing: marked).map({ $0.first == marked }) ?? true {
      sheet.changeStyle(for: CellRange(marked)) { $0.fill = .solid(.rgb(0xFFFF00)) }
    }
    if sheet.thread(at: "A1") == nil { sheet.setComment("应为15", author: "市总", at: "A1") }
    let saved: [UInt8]
    do { saved = try book.serialized() } catch is XLSXError { return }
    let again: Worksheet
    do { again = try Workbook(bytes: saved).sheet(at: position) } catch {
      violated("a saved edit opens: \(error)")
    }
    for (cell, value) in written where again[cell] != value {
      // A cell that heads a table's column holds text only: a number becomes its text.
      if value == 15, again[cell] == "15" { continue }
      violated("\(cell) holds \(value) after saving, not \(again[cell])")
    }
    for row in cells.rows {
      for cell in row.cells {
        let reference = CellReference(row: row.index, column: cell.column)
        // A formula may have lost what it shared with a formula that went, but never its result.
        guard written[reference] == nil, cell.value.result == cell.value.result else { continue }
        if again[reference].result != cell.value.result { violated("\(reference) is what it was") }
      }
    }
  }
}
