import XLSX

/// The cells that a formula adds up, where adding up is all it does.
enum FormulaTerms {
  /// `C5+D5`, `SUM(C5:D5)`, `SUM(C5,E5)`, `ROUND(C5+D5,2)`, and what blanks have so that nothing filled in shows nothing:
  /// `IF(COUNT(C5:D5)<2,"",SUM(C5:D5))`. `nil` for any other formula.
  static func added(_ formula: String) -> [CellReference]? {
    guard var text = bare(formula) else { return nil }
    for sum in ["SUBTOTAL(9,", "SUBTOTAL(109,"] { text = text.replacing(sum, with: "SUM(") }
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

  /// What a formula works out without what blanks have around it: `IF(C5="","",…)`, `IFERROR(…,"")`, `ROUND(…,2)`.
  static func bare(_ formula: String) -> String? {
    var text = formula.filter { !$0.isWhitespace && $0 != "$" }.uppercased()
    if text.hasPrefix("=") { text.removeFirst() }
    let blanks = ["\"\"", "0"]
    // Each may stand in another.
    for _ in 0..<3 {
      guard text.hasSuffix(")"),
        let name = ["IF(", "IFERROR(", "ROUND("].first(where: text.hasPrefix)
      else { break }
      let parts = arguments(text.dropFirst(name.count).dropLast())
      if name == "IF(" {
        guard parts.count == 3,
          let rest = blanks.contains(parts[1]) ? parts[2] : blanks.contains(parts[2]) ? parts[1] : nil
        else { return nil }
        text = rest
      } else {
        // ROUND(C5,2)/ROUND(D5,2) has its last bracket from another.
        guard parts.count == 2, !parts[1].contains("(") else { break }
        text = parts[0]
      }
    }
    return text
  }

  /// The cells that a formula works with, where it works out a number: `D4*E4`, `SUM(C5:D5)`, `IF(C5=0,"",D5/C5)`. `nil` for
  /// any other formula.
  static func worked(_ formula: String) -> [CellReference]? {
    if let added = added(formula) { return added }
    guard let text = bare(formula), text.contains(where: { "+-*/".contains($0) }) else { return nil }
    var cells: [CellReference] = []
    for word in text.split(whereSeparator: { "+-*/()%,:".contains($0) }).map(String.init) {
      if let cell = CellReference(word) {
        cells.append(cell)
      } else if Double(word) == nil, !["SUM", "ROUND", "PRODUCT", "AVERAGE", "MAX", "MIN"].contains(word) {
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
