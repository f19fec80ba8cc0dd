import XLSX

/// The references in a formula, to be moved or to be called by names.
struct CheckReferences {
  private let formula: [Character]

  /// Cells of a range that are written one by one.
  private static let mostCells = 40

  init(_ formula: String) {
    var text = formula[...]
    if text.hasPrefix("=") { text = text.dropFirst() }
    self.formula = Array(text)
  }

  private struct Reference {
    var place: Range<Int>
    var cell: CellReference
    var isColumnFixed: Bool
    var isRowFixed: Bool
  }

  /// The references outside of texts; `nil` where one leads to another sheet or to whole columns.
  private var references: [Reference]? {
    var found: [Reference] = []
    var index = 0
    var isText = false
    while index < formula.count {
      let character = formula[index]
      if character == "\"" { isText.toggle() }
      guard !isText else {
        index += 1
        continue
      }
      if character == "!" || character == "[" { return nil }
      let isStart = index == 0 || !Self.isWord(formula[index - 1])
      if isStart, character.isASCII, character.isLetter || character == "$", let reference = read(at: index) {
        found.append(reference)
        index = reference.place.upperBound
        continue
      }
      index += 1
    }
    return found
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "." || character == "$"
  }

  private func read(at start: Int) -> Reference? {
    var index = start
    func take(_ isPart: (Character) -> Bool) -> String {
      var text = ""
      while index < formula.count, formula[index].isASCII, isPart(formula[index]) {
        text.append(formula[index])
        index += 1
      }
      return text
    }
    let isColumnFixed = !take { $0 == "$" }.isEmpty
    let letters = take(\.isLetter)
    let isRowFixed = !take { $0 == "$" }.isEmpty
    let digits = take(\.isNumber)
    guard (1...3).contains(letters.count), (1...7).contains(digits.count),
      index == formula.count || !(Self.isWord(formula[index]) || formula[index] == "("),
      let cell = CellReference(letters.uppercased() + digits)
    else { return nil }
    return Reference(place: start..<index, cell: cell, isColumnFixed: isColumnFixed, isRowFixed: isRowFixed)
  }

  /// The formula as it stands in another cell.
  func moved(from first: CellReference, to cell: CellReference) -> String {
    guard let references else { return String(formula) }
    var result = ""
    var position = 0
    for reference in references {
      result += String(formula[position..<reference.place.lowerBound])
      let row = reference.cell.row + (reference.isRowFixed ? 0 : cell.row - first.row)
      let column = reference.cell.column + (reference.isColumnFixed ? 0 : cell.column - first.column)
      result += CellReference(row: max(1, row), column: max(1, column)).description
      position = reference.place.upperBound
    }
    return result + String(formula[position...])
  }

  /// The formula with names in place of references, ranges as lists of names; `nil` where one has no name.
  func replaced(_ name: (CellReference) -> String?) -> String? {
    guard let references else { return nil }
    var result = ""
    var position = 0
    var index = 0
    while index < references.count {
      let reference = references[index]
      result += String(formula[position..<reference.place.lowerBound])
      position = reference.place.upperBound
      if position < formula.count, formula[position] == ":", index + 1 < references.count,
        references[index + 1].place.lowerBound == position + 1
      {
        let range = CellRange(reference.cell, references[index + 1].cell)
        guard range.count <= Self.mostCells else { return nil }
        let names = range.rows.flatMap { row in
          range.columns.map { name(CellReference(row: row, column: $0)) }
        }
        let known = names.compactMap(\.self)
        guard known.count == names.count else { return nil }
        result += known.joined(separator: ",")
        position = references[index + 1].place.upperBound
        index += 2
        continue
      }
      guard let known = name(reference.cell) else { return nil }
      result += known
      index += 1
    }
    return result + String(formula[position...])
  }

  /// The arguments of a function, split at the commas outside brackets and texts.
  static func arguments(_ text: some StringProtocol) -> [String] {
    var parts = [""]
    var depth = 0
    var isText = false
    for character in text {
      if character == "\"" { isText.toggle() }
      if !isText {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if character == ",", depth == 0 {
          parts.append("")
          continue
        }
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  static func hasComparison(_ text: String) -> Bool {
    var isText = false
    return text.contains { character in
      if character == "\"" { isText.toggle() }
      return !isText && "=<>".contains(character)
    }
  }
}
