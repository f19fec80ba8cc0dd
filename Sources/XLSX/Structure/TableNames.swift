/// The names of tables, which a workbook has once, and the formulas that use them: `销售[金额]`.
enum TableNames {
  /// A formula with other texts for some of its references to tables.
  ///
  /// - Parameter change: Gets a table's name and the bracket behind it; `nil` leaves both.
  static func rewritten(_ formula: String, _ change: (_ table: String, _ bracket: String) -> String?)
    -> String
  {
    guard formula.utf8.contains(UInt8(ascii: "[")) else { return formula }
    var tokens = FormulaTokens(formula)
    for place in tokens.tokens.indices where tokens.kind(place) == .word && tokens.kind(place + 1) == .bracket
    {
      if let new = change(tokens.text(place), tokens.text(place + 1)) {
        tokens.replace(place...place + 1, with: new)
      }
    }
    return tokens.finished()
  }

  /// A formula with tables renamed, by their old names in lower case.
  static func renamed(formula: String, _ names: [String: String]) -> String {
    names.isEmpty
      ? formula : rewritten(formula) { table, bracket in names[table.lowercased()].map { $0 + bracket } }
  }

  /// A part in whose formulas tables are renamed.
  static func renamed(_ bytes: [UInt8], _ names: [String: String]) -> [UInt8] {
    if names.isEmpty { return bytes }
    var scanner = MarkupScanner(bytes)
    var splice = PartSplice(bytes)
    while let token = scanner.next() {
      guard token.kind == .start, StructureEdits.formulas.contains(scanner.localName(token)),
        let text = scanner.text()
      else { continue }
      let new = renamed(formula: text.text, names)
      if new != text.text { splice.replace(text.range, with: StructureEdits.escaped(new)) }
    }
    return splice.finished()
  }

  /// A name like another that is not taken yet, in lower case: `销售_2`.
  static func free(like name: String, _ taken: inout Set<String>) -> String {
    var number = 2
    while !taken.insert("\(name)_\(number)".lowercased()).inserted { number += 1 }
    return "\(name)_\(number)"
  }
}
