/// The names of tables, which a workbook has once, and the formulas that use them: `销售[金额]`.
enum TableNames {
  /// A formula with tables renamed, by their old names in lower case.
  static func renamed(formula: String, _ names: [String: String]) -> String {
    guard !names.isEmpty, formula.contains("[") else { return formula }
    let (bytes, tokens) = FormulaLexer.tokens(formula)
    var result: [UInt8] = []
    var copied = 0
    for (token, next) in zip(tokens, tokens.dropFirst()) where token.kind == .word && next.kind == .bracket {
      guard let new = names[String(decoding: bytes[token.range], as: UTF8.self).lowercased()] else {
        continue
      }
      result += bytes[copied..<token.range.lowerBound]
      result += new.utf8
      copied = token.range.upperBound
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  /// A formula in which references to tables that are gone are `#REF!`.
  static func lost(in formula: String, _ names: Set<String>) -> String {
    guard !names.isEmpty, formula.contains("[") else { return formula }
    let (bytes, tokens) = FormulaLexer.tokens(formula)
    var result: [UInt8] = []
    var copied = 0
    for (token, next) in zip(tokens, tokens.dropFirst()) where token.kind == .word && next.kind == .bracket {
      guard names.contains(String(decoding: bytes[token.range], as: UTF8.self).lowercased()) else { continue }
      result += bytes[copied..<token.range.lowerBound]
      result += CellError.reference.text.utf8
      copied = next.range.upperBound
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
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
