import XLSX

/// Writes every cell of a workbook, row by row as they are read: the `dump` of the command-line contract.
enum DumpCells {
  /// - Parameter calculator: Gives every formula its `calculated` value; none without it.
  static func write(
    _ book: Workbook, calculator: FormulaEvaluator? = nil, to output: inout JSONStream
  ) throws {
    output.raw("{\"sheets\":[")
    var isFirst = true
    for (position, info) in book.sheets.enumerated() where info.kind == .worksheet {
      if !isFirst { output.raw(",") }
      isFirst = false
      output.raw("\n{\"name\":")
      output.string(info.name)
      output.raw(",\"state\":")
      output.string(info.visibility.rawValue)
      output.raw(",\"cells\":{")
      let rows = try book.rows(inSheetAt: position)
      let calculation = calculator.map { Calculation(evaluator: $0, sheet: position) }
      var writer = CellWriter(dateSystem: book.dateSystem, calculation: calculation)
      while let row = try rows.next() {
        for cell in row.cells { writer.write(cell, to: &output) }
        try output.flushIfFull()
      }
      // A file stores its merged ranges after the rows, and so they come here.
      output.raw("},\"merged\":[")
      for (index, range) in rows.mergedRanges.enumerated() {
        if index > 0 { output.raw(",") }
        output.string(range.description)
      }
      output.raw("]}")
      try output.flushIfFull()
    }
    output.raw("\n]}\n")
  }
}

/// Writes the cells of one sheet.
private struct CellWriter {
  let dateSystem: DateSystem
  let calculation: Calculation?
  private var isFirst = true
  /// What a cell format adds to a cell, by its index: worked out once.
  private var formats: [Int: [UInt8]] = [:]

  init(dateSystem: DateSystem, calculation: Calculation?) {
    self.dateSystem = dateSystem
    self.calculation = calculation
  }

  mutating func write(_ cell: Row.Cell, to output: inout JSONStream) {
    if cell.kind == .empty && !cell.hasFormula { return }
    output.raw(isFirst ? "\n" : ",\n")
    isFirst = false
    output.string(cell.reference.description)
    output.raw(":{")
    writeValue(cell, to: &output)
    if let formula = cell.formula {
      output.raw(",\"formula\":")
      output.string(formula.text)
      calculation?.write(cell, to: &output)
    }
    writeFormat(cell, to: &output)
    output.raw("}")
  }

  private func writeValue(_ cell: Row.Cell, to output: inout JSONStream) {
    switch cell.kind {
    case .empty: output.raw("\"type\":\"number\",\"value\":null")
    case .number:
      output.raw("\"type\":\"number\",\"value\":")
      output.number(cell.number ?? .nan)
    case .bool:
      output.raw(cell.bool == true ? "\"type\":\"bool\",\"value\":true" : "\"type\":\"bool\",\"value\":false")
    case .text, .error:
      output.raw(cell.kind == .text ? "\"type\":\"string\",\"value\":" : "\"type\":\"error\",\"value\":")
      cell.withText { output.string($0) }
    }
  }

  private mutating func writeFormat(_ cell: Row.Cell, to output: inout JSONStream) {
    let index = cell.styleIndex
    if let known = formats[index] {
      output.raw(known)
    } else {
      let format = cell.style.numberFormat
      var bytes: [UInt8] = []
      if format != .general {
        var piece = JSONStream(descriptor: -1)
        piece.raw(",\"numberFormat\":")
        piece.string(format.code)
        bytes = piece.bytes
      }
      formats[index] = bytes
      output.raw(bytes)
    }
    if let number = cell.number, cell.isDate, let date = dateSystem.date(fromSerial: number) {
      output.raw(",\"date\":")
      output.string(date.iso8601)
    }
  }
}
