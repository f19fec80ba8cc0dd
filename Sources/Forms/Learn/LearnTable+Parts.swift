import XLSX

extension LearnTable {
  /// The tables of a sheet, each with the lines around it: usually one, else one below the other, each under a title of its
  /// own.
  static func all(
    on sheet: Worksheet, file: String, words: LearnWords, heads: HeadLineVocabulary
  ) -> [LearnTable] {
    let parts = SheetParts(sheet, words: words, heads: heads).rows
    return parts.compactMap {
      LearnTable(sheet, rows: $0, file: file, words: words, heads: heads)
    }
  }
}

/// Where the tables of a sheet begin and end that stand one below the other.
private struct SheetParts {
  /// The rows of each, with the lines around it.
  private(set) var rows: [ClosedRange<Int>?] = [nil]

  private let sheet: Worksheet
  private let words: LearnWords
  private let heads: HeadLineVocabulary
  private let range: CellRange
  private let merges: [CellRange]

  /// Rows between a title and its headings: 填报单位, 单位：元.
  private static let mostBetween = 3
  /// Rows between 附件2 and the headings: a title, its second line, 填报单位, 单位：元, blanks.
  private static let mostBelowLabel = 7

  init(_ sheet: Worksheet, words: LearnWords, heads: HeadLineVocabulary) {
    self.sheet = sheet
    self.words = words
    self.heads = heads
    range =
      sheet.usedRange.map {
        CellRange($0.first, CellReference(row: min($0.last.row, 400), column: min($0.last.column, 80)))
      } ?? CellRange("A1")
    merges = sheet.mergedRanges
    guard range.first.row < range.last.row else { return }
    var starts: [Int] = []
    var headings: [[String]] = []
    var hasTable = false
    for row in range.rows {
      if hasTable, let next = headingsBelow(label: row) {
        // 附件2 begins another form, also one with the headings of the first.
        starts.append(row)
        headings.append(next)
      } else if hasTable, let next = headingsBelow(title: row), !headings.contains(next) {
        starts.append(row)
        headings.append(next)
      } else if let own = headingTexts(row) {
        hasTable = true
        if headings.isEmpty { headings.append(own) }
      }
    }
    guard !starts.isEmpty else { return }
    let first = [range.first.row] + starts
    let last = starts.map { $0 - 1 } + [range.last.row]
    rows = zip(first, last).map { $0...$1 }
  }

  private func texts(_ row: Int) -> [(column: Int, text: String)] {
    range.columns.compactMap { column in
      let value = sheet[CellReference(row: row, column: column)]
      if case .formula = value { return nil }
      let text = LearnText.plain(CellFigure.text(GridCell(GridValue(value)).shown))
      return text.isEmpty ? nil : (column, text)
    }
  }

  /// Whether nothing stands in a row, and nothing is worked out there.
  private func isBlank(_ row: Int) -> Bool {
    range.columns.allSatisfy { column in
      if case .formula = sheet[CellReference(row: row, column: column)] { return false }
      return true
    } && texts(row).isEmpty
  }

  private func isDrawn(_ row: Int) -> Bool {
    range.columns.count { sheet.style(at: CellReference(row: row, column: $0)).borders != .none } >= 2
  }

  private func isAround(_ text: String) -> Bool {
    heads.matches(in: text).contains { $0.certainty >= .alone } || LearnedUnitNote(text, words: words) != nil
      || HeadLineVocabulary.isRemark(text)
        && !words[.parts].contains(where: LearnText.plain(text).hasPrefix)
  }

  /// 巾帼志愿服务情况统计表 across the width of the sheet, which needs nothing above it.
  private func isTitle(_ text: String, _ row: Int) -> Bool {
    (words[.lists] + ["表"]).contains(where: text.hasSuffix)
      && merges.contains {
        $0.first.row == row && $0.columns.count >= 3 && $0.columns.count * 2 > range.columns.count
      }
  }

  /// The words of a row of headings; `nil` for any other row.
  private func headingTexts(_ row: Int) -> [String]? {
    let found = texts(row)
    guard found.count >= 2, !found.contains(where: { isAround($0.text) && $0.text.contains(":") }),
      found.allSatisfy({ Double($0.text) == nil }),
      !found.contains(where: { words.isTotal($0.text) && $0.column == range.first.column })
    else { return nil }
    return found.map(\.text)
  }

  /// The headings under a row that holds nothing but 附件2, with the title and the lines of the form between.
  private func headingsBelow(label row: Int) -> [String]? {
    let found = texts(row)
    guard found.count == 1, let label = found.first, !isDrawn(row),
      LearnText.label(label.text, words: words)?.rest.isEmpty == true
    else { return nil }
    var titles = 0
    for next in (row + 1)...(row + Self.mostBelowLabel) where next <= range.last.row {
      let below = texts(next)
      if below.isEmpty || below.allSatisfy({ isAround($0.text) }) { continue }
      if let headings = headingTexts(next) { return headings }
      titles += 1
      guard below.count == 1, titles <= 2 else { return nil }
    }
    return nil
  }

  /// The headings under a row that is the title of a further table; `nil` for any other row.
  private func headingsBelow(title row: Int) -> [String]? {
    let found = texts(row)
    guard found.count == 1, let title = found.first, !isAround(title.text), !words.isTotal(title.text),
      // In the frame of the table above it heads a part of that one.
      !isDrawn(row),
      row == range.first.row || isBlank(row - 1) || isDrawn(row - 1) || isTitle(title.text, row),
      merges.contains(where: {
        $0.first == CellReference(row: row, column: title.column) && $0.columns.count > 1
      })
        || words[.lists].contains(where: title.text.hasSuffix) || title.text.hasSuffix("表")
    else { return nil }
    var next = row + 1
    while next <= range.last.row, next <= row + Self.mostBetween {
      let below = texts(next)
      if !below.isEmpty, !below.allSatisfy({ isAround($0.text) }) { break }
      next += 1
    }
    guard next <= range.last.row else { return nil }
    return headingTexts(next)
  }
}
