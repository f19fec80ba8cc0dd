import ArgumentParser
import Forms
import Foundation
import XLSX

/// `dump FILE`: every cell of a workbook as JSON, or its figures in short.
struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "把工作簿的每个单元格写成 JSON")

  @OptionGroup var global: GlobalOptions

  @Flag(help: "counts and sums per sheet instead of cells")
  var summary = false

  @Flag(help: "what each formula gives now, beside its stored value")
  var recalculate = false

  @Argument(help: ArgumentHelp("a workbook", valueName: "文件"))
  var file: String

  mutating func run() throws {
    let book = try TableFile.open(file)
    var output = JSONStream(descriptor: 1)
    if summary {
      try DumpSummary.write(book, to: &output)
    } else {
      let day = global.judgementDay
      let now = CalendarDateTime(year: day.year, month: day.month, day: day.day)
      try DumpCells.write(book, calculator: recalculate ? book.calculator(now: now) : nil, to: &output)
    }
    try output.flush()
  }
}
