import XLSX

/// Writes what a formula gives now beside the value that the file stores.
struct Calculation {
  let evaluator: FormulaEvaluator
  /// The sheet's position.
  let sheet: Int

  /// `,"calculated":{"type":"number","value":15}`, with `"differs":true` where the stored value is another one or
  /// missing; `,"calculated":{"error":"…"}` where the formula cannot be computed.
  func write(_ cell: Row.Cell, to output: inout JSONStream) {
    output.raw(",\"calculated\":{")
    do {
      let value = try evaluator.value(of: cell.reference, sheet: sheet)
      Self.write(value, to: &output)
      if !Self.isSame(value, cell.value.result) { output.raw(",\"differs\":true") }
    } catch {
      output.raw("\"error\":")
      output.string("\(error)")
    }
    output.raw("}")
  }

  private static func write(_ value: CellValue, to output: inout JSONStream) {
    if let number = value.number {
      output.raw("\"type\":\"number\",\"value\":")
      output.number(number)
    } else if let bool = value.bool {
      output.raw(bool ? "\"type\":\"bool\",\"value\":true" : "\"type\":\"bool\",\"value\":false")
    } else if let error = value.error {
      output.raw("\"type\":\"error\",\"value\":")
      output.string(error.text)
    } else {
      output.raw("\"type\":\"string\",\"value\":")
      output.string(value.text ?? "")
    }
  }

  /// Numbers are the same if Excel would show the same 15 digits, which is all that some programs store.
  private static func isSame(_ value: CellValue, _ stored: CellValue) -> Bool {
    if let a = value.number, let b = stored.number {
      return a == b || abs(a - b) <= 1e-14 * max(abs(a), abs(b))
    }
    return value.number == stored.number && value.bool == stored.bool && value.error == stored.error
      && (value.text ?? "") == (stored.text ?? "") && value.isEmpty == stored.isEmpty
  }
}
