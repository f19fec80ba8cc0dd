import XLSX

extension SheetDraft {
  /// The sheet as CSV (RFC 4180): every row a line of the same number of fields, a merged cell's text in its first.
  func csv() -> String {
    let values = Dictionary(cells.map { ($0.reference, $0.value) }, uniquingKeysWith: { _, last in last })
    let lastRow = cells.map(\.reference.row).max() ?? 0
    let lastColumn = cells.map(\.reference.column).max() ?? 0
    guard lastRow > 0, lastColumn > 0 else { return "" }
    return (1...lastRow).map { row in
      (1...lastColumn).map { column in
        Self.quoted((values[CellReference(row: row, column: column)] ?? .empty).shown)
      }.joined(separator: ",") + "\r\n"
    }.joined()
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
