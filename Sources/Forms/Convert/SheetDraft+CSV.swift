import XLSX

extension SheetDraft {
  /// The sheet as CSV (RFC 4180): every row a line of the same number of fields, a merged cell's text in its first.
  ///
  /// A text that a spreadsheet would take for a formula stands behind an apostrophe, and stays text.
  func csv() -> String {
    let cells = painted().cells
    let values = Dictionary(cells.map { ($0.reference, $0.value) }, uniquingKeysWith: { _, last in last })
    let lastRow = lastRow
    let lastColumn = cells.map(\.reference.column).max() ?? 0
    guard lastRow > 0, lastColumn > 0 else { return "" }
    return (1...lastRow).map { row in
      (1...lastColumn).map { column in
        Self.field(values[CellReference(row: row, column: column)] ?? .empty)
      }.joined(separator: ",") + "\r\n"
    }.joined()
  }

  private static func field(_ value: CellValue) -> String {
    let shown = value.shown
    guard value.text != nil, CSVFormulaGuard.isNeeded(shown) else { return quoted(shown) }
    return quoted(CSVFormulaGuard.mark + shown)
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

extension CellValue {
  /// What stands in the cell, numbers with the fewest digits that stand for them.
  var shown: String {
    switch result {
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .bool(let bool): bool ? "TRUE" : "FALSE"
    case .error(let error): error.text
    case let value: value.text ?? ""
    }
  }
}

/// Texts that Excel, WPS and LibreOffice calculate when they open a CSV, whoever wrote them.
enum CSVFormulaGuard {
  /// What makes a text of them, as it does when somebody types it into a cell.
  static let mark = "'"

  static func isNeeded(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    switch first {
    case "=", "+", "@", "\t", "\r", "＝", "＋", "＠": return true
    case "-", "－": return Double(text) == nil
    default: return false
    }
  }

  /// The text without the mark that was put before it.
  static func removed(from text: String) -> String {
    guard text.hasPrefix(mark), isNeeded(String(text.dropFirst())) else { return text }
    return String(text.dropFirst())
  }
}
