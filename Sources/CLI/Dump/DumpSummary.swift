import XLSX

/// Writes the number of cells by type, and the sum of the numbers, of every sheet.
enum DumpSummary {
  static func write(_ book: Workbook, to output: inout JSONStream) throws {
    output.raw("{\"sheets\":[")
    var isFirst = true
    for (position, info) in book.sheets.enumerated() where info.kind == .worksheet {
      let summary = try book.summary(ofSheetAt: position)
      if !isFirst { output.raw(",") }
      isFirst = false
      output.raw("\n{\"name\":")
      output.string(info.name)
      output.raw(",\"state\":")
      output.string(info.visibility.rawValue)
      output.raw(",\"cells\":{\"number\":")
      output.number(summary.numbers)
      output.raw(",\"string\":")
      output.number(summary.strings)
      output.raw(",\"bool\":")
      output.number(summary.bools)
      output.raw(",\"error\":")
      output.number(summary.errors)
      output.raw("},\"formulas\":")
      output.number(summary.formulas)
      output.raw(",\"sum\":")
      output.number(summary.sum)
      output.raw("}")
    }
    output.raw("\n]}\n")
  }
}
