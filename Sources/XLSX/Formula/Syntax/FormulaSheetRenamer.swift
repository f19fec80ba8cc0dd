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
    var tokens = FormulaTokens(text)
    func replace(_ places: ClosedRange<Int>, _ names: [String]) {
      guard let names = renamed(names) else { return }
      let inside = names.map { $0.replacing("'", with: "''") }.joined(separator: ":")
      tokens.replace(places, with: "'\(inside)'")
    }
    var index = 0
    while index < tokens.count {
      let here = index
      index += 1
      if tokens.kind(here - 1) == .bracket { continue }
      if tokens.kind(here) == .quotedName, tokens.isSymbol(here + 1, "!") {
        let inside = tokens.text(here).dropFirst().dropLast().replacing("''", with: "'")
        // `'C:\data\[other.xlsx]Sheet1'!A1` is a sheet of another workbook.
        if inside.contains("[") { continue }
        replace(here...here, inside.split(separator: ":", omittingEmptySubsequences: false).map(String.init))
      } else if tokens.isWord(here), tokens.isSymbol(here + 1, "!") {
        replace(here...here, [tokens.text(here)])
      } else if tokens.isWord(here), tokens.isSymbol(here + 1, ":"), tokens.isWord(here + 2),
        tokens.isSymbol(here + 3, "!"), !tokens.isSymbol(here - 1, "!")
      {
        // `甲:丙!A1` goes through all sheets from one to the other.
        replace(here...here + 2, [tokens.text(here), tokens.text(here + 2)])
        index = here + 3
      }
    }
    return tokens.finished()
  }

  /// The names of a reference, with the sheet's replaced; `nil` if it is not among them.
  private func renamed(_ names: [String]) -> [String]? {
    guard names.count <= 2, names.contains(where: { $0.lowercased() == old }) else { return nil }
    return names.map { $0.lowercased() == old ? new : $0 }
  }
}
