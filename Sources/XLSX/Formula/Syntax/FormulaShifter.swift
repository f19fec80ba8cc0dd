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
    let tokens = FormulaTokens(text)
    let bytes = tokens.bytes
    var fixedStart = 0
    func add(_ piece: Piece, for places: ClosedRange<Int>) {
      flush(upTo: tokens.tokens[places.lowerBound].range.lowerBound)
      pieces.append(piece)
      fixedStart = tokens.tokens[places.upperBound].range.upperBound
    }
    func flush(upTo end: Int) {
      if end > fixedStart { pieces.append(.fixed(String(decoding: bytes[fixedStart..<end], as: UTF8.self))) }
    }

    var index = 0
    while index < tokens.count {
      let here = index
      index += 1
      guard let first = tokens.part(here) else { continue }
      if tokens.isSymbol(here + 1, ":"), let second = tokens.part(here + 2), first.isCell == second.isCell,
        first.isRow == second.isRow
      {
        add(.area(first, second), for: here...here + 2)
        index = here + 3
      } else if tokens.isSymbol(here + 1, ":"), tokens.isSymbol(here + 3, "!") {
        // `Q1:Q4!A1`: sheets that look like cells.
        index = here + 3
      } else if first.isCell {
        add(.cell(first), for: here...here)
      }
    }
    flush(upTo: bytes.count)
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
}
