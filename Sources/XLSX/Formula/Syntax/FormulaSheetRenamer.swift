/// Makes the references of formulas follow a sheet that gets another name, as Excel does.
///
/// Only the name changes: quoted text, other workbooks' sheets (`[1]Sheet1!A1`) and everything else stay byte for byte.
/// The new name stands in apostrophes, which Excel accepts for every name.
package struct FormulaSheetRenamer: Sendable {
  private let old: String
  private let new: String

  /// Sheet names are equal if they differ only in case.
  package init(from old: String, to new: String) {
    self.old = old.lowercased()
    self.new = new
  }

  /// The formula with the sheet renamed; the same text if it does not mention the sheet.
  ///
  /// - Complexity: O(length)
  package func renamed(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "!")) else { return text }
    let (bytes, tokens) = FormulaLexer.tokens(text)
    var result: [UInt8] = []
    var position = 0
    func isSymbol(_ index: Int, _ symbol: Unicode.Scalar) -> Bool {
      tokens.indices.contains(index) && tokens[index].kind == .symbol
        && bytes[tokens[index].range.lowerBound] == UInt8(ascii: symbol)
    }
    func isWord(_ index: Int) -> Bool {
      tokens.indices.contains(index) && (tokens[index].kind == .word || tokens[index].kind == .number)
    }
    func word(_ index: Int) -> String { String(decoding: bytes[tokens[index].range], as: UTF8.self) }
    func replace(_ range: Range<Int>, with names: [String]) {
      result += bytes[position..<range.lowerBound]
      let inside = names.map { $0.replacing("'", with: "''") }.joined(separator: ":")
      result += "'\(inside)'".utf8
      position = range.upperBound
    }

    var index = 0
    while index < tokens.count {
      let here = index
      index += 1
      let follows = here > 0 && tokens[here - 1].kind == .bracket
      if tokens[here].kind == .quotedName, isSymbol(here + 1, "!"), !follows {
        let inside = word(here).dropFirst().dropLast().replacing("''", with: "'")
        // `'C:\data\[other.xlsx]Sheet1'!A1` is a sheet of another workbook.
        if inside.contains("[") { continue }
        if let names = renamed(
          inside.split(separator: ":", omittingEmptySubsequences: false).map(String.init))
        {
          replace(tokens[here].range, with: names)
        }
      } else if isWord(here), !follows {
        if isSymbol(here + 1, "!") {
          if let names = renamed([word(here)]) { replace(tokens[here].range, with: names) }
        } else if isSymbol(here + 1, ":"), isWord(here + 2), isSymbol(here + 3, "!"), !isSymbol(here - 1, "!")
        {
          // `甲:丙!A1` goes through all sheets from one to the other.
          if let names = renamed([word(here), word(here + 2)]) {
            replace(tokens[here].range.lowerBound..<tokens[here + 2].range.upperBound, with: names)
          }
          index = here + 3
        }
      }
    }
    if position == 0 { return text }
    result += bytes[position...]
    return String(decoding: result, as: UTF8.self)
  }

  /// The names of a reference, with the sheet's replaced; `nil` if it is not among them.
  private func renamed(_ names: [String]) -> [String]? {
    guard names.count <= 2, names.contains(where: { $0.lowercased() == old }) else { return nil }
    return names.map { $0.lowercased() == old ? new : $0 }
  }
}
