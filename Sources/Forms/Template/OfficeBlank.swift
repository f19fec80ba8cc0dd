import XLSX

/// The office's own blank workbook of a form (`blank: 空白表.xlsx`): what it hands out is a copy of it.
///
/// The unit's name goes into a copy that is spliced, so that everything else stays byte for byte. What a blank of ours
/// has and this one lacks altogether is added: sums of totals, rules for what may be typed, protection.
public struct OfficeBlank: Hashable, Sendable {
  /// As shown to people: `2025/空白表.xlsx`.
  public var file: String
  public var bytes: [UInt8]

  public init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// The first heading of a form that the workbook does not have.
  ///
  /// - Throws: `XLSXError` for a file that is no workbook.
  func missingHeading(of form: FormDefinition) throws -> Heading? {
    let book = try Workbook(bytes: bytes)
    var fewest: [Heading]?
    for position in book.sheets.indices {
      let missing = Self.missing(form, in: try book.sheet(at: position))
      if missing.count < fewest?.count ?? .max { fewest = missing }
    }
    return fewest?.first
  }

  /// The sheet with the most of a form's headings.
  static func sheet(of form: FormDefinition, in book: Workbook) throws -> Worksheet? {
    var best: (sheet: Worksheet, missing: Int)?
    for position in book.sheets.indices where book.sheets[position].visibility == .visible {
      let sheet = try book.sheet(at: position)
      let missing = missing(form, in: sheet).count
      if missing < best?.missing ?? .max { best = (sheet, missing) }
    }
    return best?.sheet
  }

  private static let mostCells = 40_000

  private static func missing(_ form: FormDefinition, in sheet: Worksheet) -> [Heading] {
    guard let used = sheet.usedRange else { return form.rows + form.columns }
    var keys: Set<String> = []
    var left = mostCells
    for row in used.rows {
      for column in used.columns where left > 0 {
        left -= 1
        guard case let text = LearnText.printed(plainText(sheet[CellReference(row: row, column: column)])),
          !text.isEmpty
        else { continue }
        keys.formUnion([LabelText.key(text), LabelText.baseKey(text)])
        let name = HeadingWords(text, words: .builtin).name
        keys.formUnion([LabelText.key(name), LabelText.baseKey(name)])
      }
      if left == 0 { break }
    }
    func missing(_ headings: [Heading]) -> [Heading] {
      headings.flatMap { heading -> [Heading] in
        let words = [heading.name, heading.printed] + heading.aliases + heading.synonyms
        let isThere = words.contains {
          keys.contains(LabelText.key($0)) || keys.contains(LabelText.baseKey($0))
        }
        return (isThere ? [] : [heading]) + missing(heading.children)
      }
    }
    return missing(form.rows) + missing(form.columns)
  }

  static func plainText(_ value: CellValue) -> String { CellFigure.text(GridValue(value)) }

  // Handing out.

  /// A copy for a unit, or for anyone.
  ///
  /// - Throws: `XLSXError` for a file that is no workbook.
  func workbook(for forms: [FormDefinition], unit: ReportingUnit?) throws -> Workbook {
    let book = try Workbook(bytes: bytes)
    for form in forms {
      guard let sheet = try Self.sheet(of: form, in: book) else { continue }
      if let unit { fill(unit, of: form, into: sheet) }
      try BlankCompletion(form: form, sheet: sheet, file: file).complete()
    }
    return book
  }

  private func fill(_ unit: ReportingUnit, of form: FormDefinition, into sheet: Worksheet) {
    guard let used = sheet.usedRange else { return }
    let vocabulary = HeadLineVocabulary([form])
    let rows = used.first.row...min(used.last.row, used.first.row + 200)
    var isNamed = false
    for row in rows {
      for column in used.first.column...min(used.last.column, used.first.column + 60) {
        let cell = CellReference(row: row, column: column)
        let text = Self.plainText(sheet[cell])
        guard !text.isEmpty else { continue }
        if unit.code != unit.name, let filled = Self.filled(text, behind: Self.codeLabels, with: unit.code) {
          sheet[cell] = .text(filled)
          continue
        }
        guard !isNamed, let match = vocabulary.matches(in: text).first(where: { $0.roles[0] == .unit }),
          match.certainty == .colon || match.certainty == .alone
        else { continue }
        isNamed = true
        write(unit.name, to: sheet, label: cell, text: text, match: match)
      }
    }
  }

  private static let codeLabels = ["单位代码", "单位编码", "单位编号"]

  /// A text with a word behind one of some labels, in the room that it leaves.
  private static func filled(_ text: String, behind labels: [String], with word: String) -> String? {
    for label in labels {
      guard let range = text.range(of: label),
        let colon = text[range.upperBound...].firstIndex(where: { ":：".contains($0) }),
        text[range.upperBound..<colon].allSatisfy({ $0 == " " || "（）()".contains($0) })
      else { continue }
      return inserted(word, into: text, behind: colon)
    }
    return nil
  }

  /// Puts a word behind a colon, in place of the spaces and lines to write on.
  private static func inserted(_ word: String, into text: String, behind colon: String.Index) -> String {
    let start = text.index(after: colon)
    let rest = text[start...].drop { $0.isWhitespace || "_＿　".contains($0) }
    return text[..<start] + word + (rest.isEmpty ? "" : "    " + rest)
  }

  /// Where the cell beside the label is made for the name it goes there, else behind the label.
  private func write(
    _ name: String, to sheet: Worksheet, label: CellReference, text: String, match: HeadLineVocabulary.Match
  ) {
    let extent = sheet.mergedRange(containing: label)
    let next = CellReference(row: label.row, column: (extent?.last.column ?? label.column) + 1)
    let isRoom =
      match.value.isEmpty && !match.hasRoom && sheet[next].isEmpty
      && (sheet.mergedRange(containing: next)?.first == next || sheet.style(at: next).borders.bottom != nil
        || !sheet.style(at: next).protection.isLocked)
    if isRoom {
      sheet[next] = .text(name)
    } else if let colon = text.firstIndex(where: { ":：".contains($0) }) {
      sheet[label] = .text(Self.inserted(name, into: text, behind: colon))
    } else if sheet[next].isEmpty {
      sheet[next] = .text(name)
    } else {
      sheet[label] = .text(text + "：" + name)
    }
  }
}
