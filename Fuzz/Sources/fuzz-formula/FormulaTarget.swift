import Harness

@testable import XLSX

/// Formulas: parsed, shifted, and computed in a small workbook.
///
/// Each line of the input is a cell of column A, from A1 on: `=` begins a formula, `{=` an array formula over two columns, `name
/// text` a defined name (it takes no cell), anything else is a number or a text.
@main
struct FormulaTarget {
  static func main() {
    Fuzzer.run { start, count in
      FormulaTarget.compute(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
      return 0
    }
  }

  private static func compute(_ text: String) {
    let book = Workbook()
    guard let sheet = try? book.addSheet(named: "表1"), (try? book.addSheet(named: "表 2")) != nil else {
      return
    }
    var row = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(64) {
      if line.hasPrefix("name "), let space = line.dropFirst(5).firstIndex(of: " ") {
        let formula = String(line[line.index(after: space)...])
        book.definedNames.append(DefinedName(String(line.dropFirst(5)[..<space]), formula: formula))
        continue
      }
      row += 1
      let cell = CellReference(row: row, column: 1)
      if line.hasPrefix("=") {
        let formula = String(line.dropFirst())
        shift(formula)
        sheet[cell] = .formula(Formula(formula), cached: 7)
      } else if line.hasPrefix("{=") {
        let range = CellRange(cell, CellReference(row: row, column: 2))
        sheet[cell] = .formula(Formula(String(line.dropFirst(2)), arrayRange: range), cached: .empty)
      } else {
        let number = Double(line).flatMap { $0.isFinite ? $0 : nil }
        sheet[cell] = number.map { .number($0) } ?? .text(String(line))
      }
    }
    let calculator = book.calculator(now: CalendarDateTime(year: 2024, month: 12, day: 1))
    for row in 1...max(1, row) {
      for column in 1...2 {
        do {
          let value = try calculator.value(of: CellReference(row: row, column: column), sheet: 0)
          if let number = value.number, !number.isFinite { violated("numbers are finite: \(number)") }
        } catch {
          if !(error is FormulaError) { violated("errors are FormulaErrors: \(error)") }
        }
      }
    }
  }

  /// A formula that moves stays a formula, and one that moves there and back inside the grid is what it was.
  private static func shift(_ formula: String) {
    let moved = FormulaShifter.shift(formula, rows: 3, columns: 2)
    _ = FormulaShifter.shift(formula, rows: -1, columns: -20_000)
    guard let node = try? FormulaParser.parse(formula) else { return }
    let result: FormulaNode
    do {
      result = try FormulaParser.parse(moved)
    } catch FormulaError.tooComplex {
      return
    } catch {
      violated("a formula that moves stays one: \(formula) → \(moved): \(error)")
    }
    guard !moved.contains("#REF!") else { return }
    // What is not understood is kept as it is written, and moving a reference writes it in capitals.
    let back = try? FormulaParser.parse(FormulaShifter.shift(moved, rows: -3, columns: -2))
    if back != node, back.map({ "\($0)".uppercased() }) != "\(node)".uppercased() {
      violated("moving there and back: \(formula) → \(moved), \(result)")
    }
  }
}
