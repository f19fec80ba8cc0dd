import Harness

@testable import XLSX

/// A whole workbook from bytes: everything that can be asked of it is asked, and gives an answer or an ``XLSXError``.
///
/// The input is a file, or a bundle of parts; see ``Bundle``.
@main
struct PackageTarget {
  static func main() {
    Fuzzer.run { start, count in
      PackageTarget.read(Bundle.file(bytes(start, count)))
      return 0
    }
  }

  private static func read(_ file: [UInt8]) {
    tolerating {
      let package = try Package(bytes: file, limits: .default)
      for entry in package.archive.entries.prefix(50) {
        tolerating { _ = try package.bytes(of: "/" + entry.name) }
      }
    }
    tolerating {
      let book = try Workbook(bytes: file)
      _ = book.properties
      for position in book.sheets.indices.prefix(20) {
        tolerating { try stream(book, position) }
        tolerating { try look(at: book.sheet(at: position)) }
      }
      for name in book.definedNames.prefix(100) { _ = try? FormulaParser.parse(name.formula) }
    }
  }

  /// Reads the rows as `dump --summary` does, and as `check` does.
  private static func stream(_ book: Workbook, _ position: Int) throws {
    _ = try book.summary(ofSheetAt: position)
    let rows = try book.rows(inSheetAt: position)
    var length = 0
    while let row = try rows.next() {
      for cell in row.cells {
        length &+= cell.withText(\.count) ?? 0
        length &+= cell.formula?.text.utf8.count ?? 0
        _ = (cell.value, cell.style, cell.isDate)
      }
    }
    _ = (rows.mergedRanges, rows.hiddenColumns)
  }

  private static func look(at sheet: Worksheet) throws {
    _ = (sheet.usedRange, sheet.comments, sheet.hyperlinks, sheet.validations, sheet.conditionalFormats)
    _ = (sheet.tables, sheet.pictures, sheet.pageSetup, sheet.view, sheet.protection, sheet.autoFilter)
    for row in sheet.content.cells.rows.prefix(2000) {
      for cell in row.cells.prefix(200) {
        let reference = CellReference(row: row.index, column: cell.column)
        let style = sheet.style(at: reference)
        _ = CompiledNumberFormat(style.numberFormat).text(for: cell.value)
        _ = CompiledNumberFormat(style.numberFormat, language: .chinese).text(for: cell.value)
        guard sheet[reference] == cell.value || cell.value != cell.value else {
          violated("a cell is found where the rows hold it: \(reference)")
        }
      }
    }
  }

  private static func tolerating(_ body: () throws -> Void) {
    do { try body() } catch { if !(error is XLSXError) { violated("errors are XLSXErrors: \(error)") } }
  }
}
