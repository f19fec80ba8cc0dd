import XLSX

extension SheetText {
  /// Rows between a title and the line of its year, over or under it, at most.
  private static let yearReach = 2

  /// The years that a title says, or a line of its own beside it that says nothing else: `（2023年度）`.
  ///
  /// - Parameter table: The table under the title; what stands in or under it is no year of the form's.
  /// - Returns: `nil` if there is none.
  func years(around title: TitleVocabulary.Match, before table: CellRange) -> (
    years: [Int], cell: CellReference
  )? {
    if !title.years.isEmpty { return (title.years, title.cell) }
    let rows = (title.cell.row - Self.yearReach)...(title.cell.row + Self.yearReach)
    let first = texts.partitioningIndex { $0.cell.row >= rows.lowerBound }
    for (cell, text) in texts[first...].prefix(while: { $0.cell.row <= rows.upperBound })
    where cell.row < table.first.row && Self.mayBeYearLine(text) {
      let years = TitleYears.years(in: text)
      guard !years.isEmpty, isYearAlone(text) || isBrokenTitle(text, of: title) else { continue }
      return (years, cell)
    }
    return nil
  }

  /// Whether a text may be the line of a title's year: what it says then matters to the letter. A day is none.
  static func mayBeYearLine(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return text.utf8.count <= 90 && scalars.contains("年") && !scalars.contains("月")
      && !TitleYears.years(in: text).isEmpty
  }

  private func isYearAlone(_ text: String) -> Bool {
    let rest = LabelText.key(text).unicodeScalars.filter {
      !"年度0123456789〇零一二三四五六七八九至到和".unicodeScalars.contains($0)
    }
    return rest.isEmpty
  }

  /// The first line of a title of two lines: 2023年“中国梦·劳动美·工会情” over 文化活动进基层情况统计表.
  private func isBrokenTitle(_ text: String, of title: TitleVocabulary.Match) -> Bool {
    guard words.forms.indices.contains(title.form) else { return false }
    let key = LabelText.key(text).drop { $0.isNumber || $0 == "年" || $0 == "度" }
    let form = words.forms[title.form]
    return key.count >= 4 && ([form.title] + form.titleAliases).contains { LabelText.key($0).contains(key) }
  }
}
