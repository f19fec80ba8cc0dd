import XLSX

/// The cells that a formula adds up, where adding up is all it does.
enum FormulaTerms {
  /// `C5+D5`, `SUM(C5:D5)`, `SUM(C5,E5)`, `ROUND(C5+D5,2)`, and what blanks have so that nothing filled in shows nothing:
  /// `IF(COUNT(C5:D5)<2,"",SUM(C5:D5))`. `nil` for any other formula.
  static func added(_ formula: String) -> [CellReference]? {
    var text = formula.filter { !$0.isWhitespace && $0 != "$" }.uppercased()
    if text.hasPrefix("=") { text.removeFirst() }
    if text.hasPrefix("IF("), text.hasSuffix(")") {
      let parts = arguments(text.dropFirst(3).dropLast())
      guard parts.count == 3 else { return nil }
      let blanks = ["\"\"", "0"]
      guard let rest = blanks.contains(parts[1]) ? parts[2] : blanks.contains(parts[2]) ? parts[1] : nil
      else {
        return nil
      }
      text = rest
    }
    if text.hasPrefix("ROUND("), text.hasSuffix(")") {
      let parts = arguments(text.dropFirst(6).dropLast())
      guard parts.count == 2 else { return nil }
      text = parts[0]
    }
    var cells: [CellReference] = []
    for term in terms(text) {
      if let cell = CellReference(term) {
        cells.append(cell)
      } else if term.hasPrefix("SUM("), term.hasSuffix(")") {
        for part in arguments(term.dropFirst(4).dropLast()) {
          guard let range = CellRange(part), range.count <= 2_000 else {
            // SUM(C5+D5)
            let inner = terms(part).map { CellReference($0) }
            guard inner.count > 1, !inner.contains(nil) else { return nil }
            cells += inner.compactMap(\.self)
            continue
          }
          for row in range.rows {
            for column in range.columns { cells.append(CellReference(row: row, column: column)) }
          }
        }
      } else {
        return nil
      }
    }
    return cells.isEmpty ? nil : cells
  }

  /// Split at the plus signs outside brackets.
  private static func terms(_ text: some StringProtocol) -> [String] { split(text, at: "+") }

  private static func arguments(_ text: some StringProtocol) -> [String] { split(text, at: ",") }

  private static func split(_ text: some StringProtocol, at sign: Character) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == sign, depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }
}
