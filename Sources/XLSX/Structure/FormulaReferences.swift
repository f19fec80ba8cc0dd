/// Goes through the references of a formula and lets them be replaced; everything else stays byte for byte.
enum FormulaReferences {
  enum Replacement {
    case keep
    case parts(ReferencePart, ReferencePart?)
    /// `#REF!` for the reference and the name of its sheet: LibreOffice does not understand `Sheet1!#REF!`.
    case lost
  }

  /// Which sheet a reference names.
  enum Sheet: Equatable {
    /// The one the formula stands in.
    case own
    case named(String)
    /// Several sheets, or another workbook's.
    case other
  }

  /// - Parameters:
  ///   - name: Is asked for a defined name of a sheet, `Sheet1!合计`: `true` gives `#REF!`.
  ///   - reference: Is asked for every cell, range, and span of whole rows or columns.
  /// - Complexity: O(length)
  static func rewritten(
    _ text: String, name: (Sheet) -> Bool = { _ in false },
    reference: (Sheet, ReferencePart, ReferencePart?) -> Replacement
  ) -> String {
    var tokens = FormulaTokens(text)
    var index = 0
    while index < tokens.count {
      var sheet = Sheet.own
      let start = index
      let follows = tokens.kind(index - 1) == .bracket
      if tokens.kind(index) == .quotedName, tokens.isSymbol(index + 1, "!") {
        let inside = String(tokens.text(index).dropFirst().dropLast()).replacing("''", with: "'")
        sheet = follows || inside.contains("[") || inside.contains(":") ? .other : .named(inside)
        index += 2
      } else if tokens.isWord(index), tokens.isSymbol(index + 1, "!") {
        sheet = follows ? .other : .named(tokens.text(index))
        index += 2
      } else if tokens.isWord(index), tokens.isSymbol(index + 1, ":"), tokens.isWord(index + 2),
        tokens.isSymbol(index + 3, "!")
      {
        sheet = .other
        index += 4
      }
      let here = index
      index += 1
      guard here < tokens.count else { break }
      guard let first = tokens.part(here) else {
        let isName = sheet != .own && tokens.kind(here) == .word && !tokens.isSymbol(here + 1, "(")
        if isName, name(sheet) { tokens.replace(start...here, with: CellError.reference.text) }
        continue
      }
      var second: ReferencePart?
      if tokens.isSymbol(here + 1, ":"), let last = tokens.part(here + 2), first.isCell == last.isCell,
        first.isRow == last.isRow
      {
        second = last
        index = here + 3
      } else if !first.isCell {
        continue
      }
      let end = second == nil ? here : here + 2
      switch reference(sheet, first, second) {
      case .keep: continue
      case .parts(let a, let b):
        tokens.replace(here...end, with: a.text + (b.map { ":" + $0.text } ?? ""))
      case .lost: tokens.replace(start...end, with: CellError.reference.text)
      }
    }
    return tokens.finished()
  }
}
