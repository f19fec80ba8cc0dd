/// Moves the relative references of a formula, as Excel does when a formula is copied or when a shared formula is read
/// for a cell other than its master (ECMA-376 Part 1, 18.3.1.40).
///
/// Quoted text, sheet names, function names (`LOG10(`), defined names (`A1B`), table columns and absolute parts stay
/// as they are, byte for byte. A reference that leaves the grid becomes `#REF!`, as it does in Excel.
package enum FormulaShifter {
  /// The formula as it reads `rows` further down and `columns` further right.
  ///
  /// - Complexity: O(length)
  package static func shift(_ text: String, rows: Int, columns: Int) -> String {
    rows == 0 && columns == 0 ? text : SharedFormula(text).text(rows: rows, columns: columns)
  }
}

/// A formula cut into what moves and what does not, so that a shared formula is read once for all the cells that
/// share it.
struct SharedFormula: Sendable {
  private enum Piece: Sendable {
    case fixed(String)
    case cell(ReferencePart)
    case area(ReferencePart, ReferencePart)
  }

  private var pieces: [Piece] = []

  init(_ text: String) {
    let (bytes, tokens) = FormulaLexer.tokens(text)
    var fixedStart = 0
    func isSymbol(_ index: Int, _ symbol: Unicode.Scalar) -> Bool {
      tokens.indices.contains(index) && tokens[index].kind == .symbol
        && bytes[tokens[index].range.lowerBound] == UInt8(ascii: symbol)
    }
    func part(_ index: Int) -> ReferencePart? {
      guard tokens.indices.contains(index), tokens[index].kind == .word else { return nil }
      return ReferencePart(bytes[tokens[index].range])
    }
    func flush(upTo end: Int, next start: Int) {
      if end > fixedStart { pieces.append(.fixed(String(decoding: bytes[fixedStart..<end], as: UTF8.self))) }
      fixedStart = start
    }

    var index = 0
    while index < tokens.count {
      let here = index
      index += 1
      guard let first = part(here), !isSymbol(here + 1, "!"), !Self.isCall(tokens, bytes, here),
        !(tokens.indices.contains(here + 1) && tokens[here + 1].kind == .bracket)
      else { continue }
      if isSymbol(here + 1, ":"), let second = part(here + 2), !isSymbol(here + 3, "!"),
        !Self.isCall(tokens, bytes, here + 2), first.isCell == second.isCell, first.isRow == second.isRow
      {
        flush(upTo: tokens[here].range.lowerBound, next: tokens[here + 2].range.upperBound)
        pieces.append(.area(first, second))
        index = here + 3
      } else if isSymbol(here + 1, ":"), tokens.indices.contains(here + 2), isSymbol(here + 3, "!") {
        // `Q1:Q4!A1`: sheets that look like cells.
        index = here + 3
      } else if first.isCell {
        flush(upTo: tokens[here].range.lowerBound, next: tokens[here].range.upperBound)
        pieces.append(.cell(first))
      }
    }
    flush(upTo: bytes.count, next: bytes.count)
  }

  /// The formula at a distance from the cell it was written for.
  ///
  /// - Parameter wraps: Whether a reference that leaves the grid comes in on the other side, as in defined names.
  func text(rows: Int, columns: Int, wraps: Bool = false) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .fixed(let fixed): text += fixed
      case .cell(let cell):
        text += cell.shifted(rows: rows, columns: columns, wraps: wraps)?.text ?? CellError.reference.text
      case .area(let first, let last):
        if let first = first.shifted(rows: rows, columns: columns, wraps: wraps),
          let last = last.shifted(rows: rows, columns: columns, wraps: wraps)
        {
          text += first.text + ":" + last.text
        } else {
          text += CellError.reference.text
        }
      }
    }
    return text
  }

  /// Whether a word is a function's name: a bracket follows at once.
  private static func isCall(_ tokens: [FormulaLexer.Token], _ bytes: [UInt8], _ index: Int) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].kind == .symbol
      && bytes[tokens[index + 1].range.lowerBound] == UInt8(ascii: "(")
  }
}
