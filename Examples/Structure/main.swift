import Foundation
import XLSX

// Changes the structure of a workbook from the command line, for `.ci/structure.py`:
//
//     xlsx-structure change.xlsx out.xlsx insertRows/Sheet1/5/2 removeColumns/Sheet1/3/1 copySheet/Sheet1/Copy
//     xlsx-structure change.xlsx out.xlsx objects/dropPictures
//     xlsx-structure --generate SEED out.xlsx

/// A generator of numbers that gives the same ones for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func change(_ book: Workbook, _ step: String) throws {
  let parts = step.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  let numbers = parts.dropFirst(2).map { Int($0) ?? 1 }
  switch parts[0] {
  case "insertRows": try book[parts[1]].insertRows(at: numbers[0], count: numbers[1])
  case "removeRows": try book[parts[1]].removeRows(numbers[0]...numbers[0] + numbers[1] - 1)
  case "insertColumns":
    try book[parts[1]].insertColumns(at: ColumnRange(numbers[0]...numbers[0]), count: numbers[1])
  case "removeColumns":
    try book[parts[1]].removeColumns(ColumnRange(numbers[0]...numbers[0] + numbers[1] - 1))
  case "moveCells":
    try book[parts[1]].moveCells(CellRange(parts[2]) ?? "A1", to: CellReference(parts[3]) ?? "A1")
  case "copyCells":
    try book[parts[1]].copyCells(CellRange(parts[2]) ?? "A1", to: CellReference(parts[3]) ?? "A1")
  case "renameSheet": try book.renameSheet(named: parts[1], to: parts[2])
  case "removeSheet": try book.removeSheet(named: parts[1])
  case "moveSheet": try book.moveSheet(named: parts[1], to: numbers[0])
  case "copySheet": try book.copySheet(parts[1], as: parts[2])
  default: throw CocoaError(.featureUnsupported)
  }
}

/// Sheets whose formulas, names, rules and merged ranges refer to each other at random.
func generated(_ seed: UInt64) throws -> Workbook {
  var random = SeededGenerator(state: seed)
  let book = Workbook()
  let names = ["Data", "Second sheet", "第三"]
  for name in names { try book.addSheet(named: name) }
  func cell(_ random: inout SeededGenerator, absolute: Bool = false) -> String {
    let column = CellReference.columnName(.random(in: 1...8, using: &random))
    let row = Int.random(in: 1...20, using: &random)
    return (absolute || .random(using: &random) ? "$" : "") + column
      + (absolute || .random(using: &random) ? "$" : "") + "\(row)"
  }
  func area(_ random: inout SeededGenerator) -> String {
    let (a, b) = (Int.random(in: 1...16, using: &random), Int.random(in: 0...6, using: &random))
    let (c, d) = (Int.random(in: 1...6, using: &random), Int.random(in: 0...3, using: &random))
    return "\(CellReference.columnName(c))\(a):\(CellReference.columnName(c + d))\(a + b)"
  }
  func qualifier(_ random: inout SeededGenerator) -> String {
    .random(in: 0..<3, using: &random) > 0
      ? "" : ["Data!", "'Second sheet'!", "第三!"].randomElement(using: &random) ?? ""
  }
  for sheet in try book.worksheets {
    for row in 1...20 {
      for column in 1...8 {
        let place = CellReference(row: row, column: column)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: continue
        case 1: sheet[place] = .text("t\(row)\(column)")
        case 2:
          let kind = Int.random(in: 0..<4, using: &random)
          // To the right and below nothing refers back, so that no formula depends on itself.
          let text =
            switch kind {
            case 0: "ROW(\(qualifier(&random))\(cell(&random)))+COLUMN(\(cell(&random)))"
            case 1: "ROWS(\(qualifier(&random))\(area(&random)))*10+COLUMNS(\(area(&random)))"
            case 2: "ROW(\(qualifier(&random))\(area(&random)))"
            default: "COLUMN(\(cell(&random)))&\"A1:\"&ROWS(3:9)&COLUMNS(B:D)"
            }
          sheet[place] = .formula(Formula(text))
        default: sheet[place] = .number(Double(row * 10 + column))
        }
      }
    }
    for column in [10, 11, 12] where .random(using: &random) {
      sheet[CellReference(row: 2, column: column)] = .formula(
        Formula("SUM(\(qualifier(&random))\(area(&random)))"))
    }
    try sheet.merge(
      CellRange("M\(Int.random(in: 2...8, using: &random)):N\(Int.random(in: 9...14, using: &random))"))
    try sheet.addValidation(
      DataValidation(
        [CellRange("P2:P\(Int.random(in: 3...12, using: &random))")], kind: .whole, operator: .greaterThan,
        formula1: "$A$\(Int.random(in: 1...12, using: &random))"))
    try sheet.addConditionalFormat(
      .expression("$B\(Int.random(in: 2...9, using: &random))>3", .init(fill: .rgb(0xFFFF00))), for: "R2:S12")
    sheet.rows[.random(in: 2...9, using: &random)].height = 33
    sheet.columns[.random(in: 2...9, using: &random)].width = 21
    sheet.comments[CellReference(row: .random(in: 2...9, using: &random), column: 4)] = CellComment("note")
    sheet.pageSetup.printArea = [CellRange("A1:K\(Int.random(in: 10...20, using: &random))")]
    try book.addName(
      "Name\(sheet.name == "第三" ? "Three" : String(sheet.name.prefix(4)))",
      formula:
        "\(qualifier(&random).isEmpty ? "Data!" : qualifier(&random).isEmpty ? "Data!" : "'Second sheet'!")\(cell(&random, absolute: true))"
    )
  }
  return book
}

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  if arguments.count == 3, arguments[0] == "--generate" {
    try generated(UInt64(arguments[1]) ?? 0).save(to: URL(filePath: arguments[2]))
  } else if arguments.count >= 2 {
    let book = try Workbook(contentsOf: URL(filePath: arguments[0]))
    for step in arguments.dropFirst(2) {
      if step.hasPrefix("objects/") {
        // Nothing to change: nothing is written.
        if try changeObjects(book, String(step.dropFirst(8))) == 0 { exit(4) }
      } else {
        try change(book, step)
      }
    }
    try book.save(to: URL(filePath: arguments[1]))
  } else {
    print("xlsx-structure IN OUT CHANGE… | --generate SEED OUT")
    exit(64)
  }
} catch {
  print("refused: \(error)")
  exit(3)
}
