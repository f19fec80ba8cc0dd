extension Worksheet {
  /// Fills in a template: puts a value where a text stands.
  ///
  ///     sheet.replace("{{name}}", with: "沁阳市总工会")
  ///     sheet.replace("{{total}}", with: .number(620))
  ///
  /// A cell that holds the text and nothing else gets the value itself, a number as a number. In a longer text the value is
  /// written as text, and fonts of parts of it stay. Formulas are left alone.
  ///
  /// - Returns: How many cells were changed.
  /// - Complexity: O(stored cells)
  @discardableResult
  public func replace(_ placeholder: String, with value: CellValue) -> Int {
    guard !placeholder.isEmpty else { return 0 }
    let inserted = CompiledNumberFormat(.general).text(for: value, dateSystem: workbook.dateSystem)
    var changed: [(CellReference, CellValue)] = []
    for row in content.cells.rows {
      for cell in row.cells {
        let new: CellValue
        switch cell.value {
        case .text(placeholder): new = value
        case .text(let text) where text.contains(placeholder):
          new = .text(text.replacing(placeholder, with: inserted))
        case .richText(let rich) where rich.plainText == placeholder: new = value
        case .richText(let rich) where rich.plainText.contains(placeholder):
          new = .richText(rich.replacing(placeholder, with: inserted))
        default: continue
        }
        changed.append((CellReference(row: row.index, column: cell.column), new))
      }
    }
    for (cell, value) in changed { self[cell] = value }
    return changed.count
  }

  /// Fills in a template with a text.
  @discardableResult
  public func replace(_ placeholder: String, with text: String) -> Int {
    replace(placeholder, with: CellValue.text(text))
  }
}

extension RichText {
  /// The text with every occurrence replaced; what is put in has the font of the first letter that it replaces.
  func replacing(_ old: String, with new: String) -> RichText {
    // Letter by letter with the number of its run, so that runs may divide what is looked for.
    var letters: [(letter: Character, run: Int)] = []
    for (number, run) in runs.enumerated() { letters += run.text.map { ($0, number) } }
    let wanted = Array(old)
    var texts = runs.map { _ in "" }
    var place = 0
    while place < letters.count {
      let end = place + wanted.count
      if end <= letters.count, letters[place..<end].elementsEqual(wanted, by: { $0.letter == $1 }) {
        texts[letters[place].run] += new
        place = end
      } else {
        texts[letters[place].run].append(letters[place].letter)
        place += 1
      }
    }
    return RichText(zip(runs, texts).filter { !$1.isEmpty }.map { Run($1, font: $0.font) })
  }
}
