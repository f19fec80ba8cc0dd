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
    let (bytes, tokens) = FormulaLexer.tokens(text)
    var result: [UInt8] = []
    var copied = 0
    func isSymbol(_ index: Int, _ symbol: Unicode.Scalar) -> Bool {
      tokens.indices.contains(index) && tokens[index].kind == .symbol
        && bytes[tokens[index].range.lowerBound] == UInt8(ascii: symbol)
    }
    func isWord(_ index: Int) -> Bool {
      tokens.indices.contains(index) && (tokens[index].kind == .word || tokens[index].kind == .number)
    }
    func word(_ index: Int) -> String { String(decoding: bytes[tokens[index].range], as: UTF8.self) }
    func part(_ index: Int) -> ReferencePart? {
      guard tokens.indices.contains(index), tokens[index].kind == .word, !isSymbol(index + 1, "("),
        !isSymbol(index + 1, "!"), !(tokens.indices.contains(index + 1) && tokens[index + 1].kind == .bracket)
      else { return nil }
      return ReferencePart(bytes[tokens[index].range])
    }
    func replace(_ range: Range<Int>, with text: String) {
      result += bytes[copied..<range.lowerBound]
      result += text.utf8
      copied = range.upperBound
    }

    var index = 0
    while index < tokens.count {
      var sheet = Sheet.own
      var start = index
      let follows = index > 0 && tokens[index - 1].kind == .bracket
      if tokens[index].kind == .quotedName, isSymbol(index + 1, "!") {
        let inside = String(word(index).dropFirst().dropLast()).replacing("''", with: "'")
        sheet = follows || inside.contains("[") || inside.contains(":") ? .other : .named(inside)
        index += 2
      } else if isWord(index), isSymbol(index + 1, "!") {
        sheet = follows ? .other : .named(word(index))
        index += 2
      } else if isWord(index), isSymbol(index + 1, ":"), isWord(index + 2), isSymbol(index + 3, "!") {
        sheet = .other
        index += 4
      }
      let here = index
      index += 1
      guard tokens.indices.contains(here) else { break }
      let from = tokens[start].range.lowerBound
      start = here
      guard let first = part(here) else {
        let isName = sheet != .own && tokens[here].kind == .word && !isSymbol(here + 1, "(")
        if isName, name(sheet) {
          replace(from..<tokens[here].range.upperBound, with: CellError.reference.text)
        }
        continue
      }
      var second: ReferencePart?
      if isSymbol(here + 1, ":"), let last = part(here + 2), first.isCell == last.isCell,
        first.isRow == last.isRow
      {
        second = last
        index = here + 3
      } else if !first.isCell {
        continue
      }
      let end = tokens[second == nil ? here : here + 2].range.upperBound
      switch reference(sheet, first, second) {
      case .keep: continue
      case .parts(let a, let b):
        replace(tokens[start].range.lowerBound..<end, with: a.text + (b.map { ":" + $0.text } ?? ""))
      case .lost: replace(from..<end, with: CellError.reference.text)
      }
    }
    if copied == 0 { return text }
    result += bytes[copied...]
    return String(decoding: result, as: UTF8.self)
  }
}
