import Foundation
import Testing

@testable import XLSX

/// Every formula of the shared corpus against the value that the program which saved the file cached for it.
@Suite("Formulas of real workbooks", .enabled(if: SharedCorpus.isThere))
struct FormulaCorpusTests {
  @Test("computed values are the cached ones")
  func recalculate() throws {
    var tally = Tally()
    for file in SharedCorpus.files {
      guard let book = try? Workbook(contentsOf: file) else { continue }
      let calculator = book.calculator()
      for position in book.sheets.indices {
        guard let sheet = try? book.sheet(at: position) else { continue }
        for row in sheet.content.cells.rows {
          for cell in row.cells {
            guard case .formula(let formula, let cached) = cell.value, !cached.isEmpty else { continue }
            let reference = CellReference(row: row.index, column: cell.column)
            let place = "\(file.lastPathComponent) \(sheet.name)!\(reference) =\(formula.text.prefix(120))"
            do {
              let value = try calculator.value(of: reference, sheet: position)
              tally.add(isSame(value, cached), place, "\(value) for \(cached)")
            } catch {
              tally.addSkipped("\(error)")
            }
          }
        }
      }
    }
    // What differs was looked at one by one: stale caches, Excels of other languages, functions on unsorted tables.
    #expect(tally.same > 26_000, "\(tally)")
    #expect(tally.different.count < 60, "\(tally)")
  }

  private func isSame(_ a: CellValue, _ b: CellValue) -> Bool {
    if let x = a.number, let y = b.number { return abs(x - y) <= max(abs(x), abs(y)) * 1e-9 + 1e-12 }
    if let x = a.text, let y = b.text { return x == y }
    return a == b
  }

  struct Tally: CustomStringConvertible {
    var same = 0
    var different: [String] = []
    var skipped: [String: Int] = [:]

    mutating func add(_ isSame: Bool, _ place: String, _ what: String) {
      if isSame { same += 1 } else { different.append("\(place): \(what)") }
    }

    mutating func addSkipped(_ why: String) { skipped[why, default: 0] += 1 }

    var description: String {
      let reasons = skipped.sorted { $0.value > $1.value }.map { "\($0.value) × \($0.key)" }
      return
        "formulas: \(same) same, \(different.count) different, \(skipped.values.reduce(0, +)) not computed\n"
        + (different + reasons).joined(separator: "\n")
    }
  }
}
