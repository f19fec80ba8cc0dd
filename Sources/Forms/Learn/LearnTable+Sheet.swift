import XLSX

extension LearnTable {
  /// Far more than any form has.
  private static let mostRows = 400
  private static let mostColumns = 80

  /// The table of a sheet and the lines around it; `nil` for a sheet without one.
  ///
  /// - Parameter rows: Where it stands, where others stand on the sheet too.
  init?(
    _ sheet: Worksheet, rows: ClosedRange<Int>? = nil, file: String, words: LearnWords,
    heads: HeadLineVocabulary
  ) {
    guard var used = sheet.usedRange, used.first.row <= Self.mostRows else { return nil }
    if let rows {
      used = CellRange(
        CellReference(row: rows.lowerBound, column: used.first.column),
        CellReference(row: rows.upperBound, column: used.last.column))
    }
    let filePlace = LearnPlace(file: file)
    let last = CellReference(
      row: min(used.last.row, Self.mostRows), column: min(used.last.column, Self.mostColumns))
    guard last.column >= used.first.column else { return nil }
    place = filePlace.cell(sheet.name, used.first)
    self.sheet = sheet.name
    range = CellRange(used.first, last)
    merges = sheet.mergedRanges.filter { range.contains($0.first) }
    for row in range.rows {
      for column in range.columns {
        let cell = CellReference(row: row, column: column)
        let value = sheet[cell]
        if case .formula(let formula, _) = value {
          cells[cell] = Cell(text: "", formula: formula.text)
        } else {
          let content = GridCell(GridValue(value))
          let text = CellFigure.text(content.shown)
          var isNumber = false
          if case .number = content.shown { isNumber = true }
          if !LearnText.plain(text).isEmpty { cells[cell] = Cell(text: text, isNumber: isNumber) }
        }
        let format = sheet.style(at: cell).numberFormat
        if format != .general { formats[cell] = format }
        if sheet.style(at: cell).borders != .none { drawn.insert(cell) }
      }
    }
    validations = sheet.validations
    highlights = sheet.conditionalFormats
    let widths = range.columns.map { sheet.columnSettings($0).width ?? sheet.defaultColumnWidth ?? 8.43 }
    page = LearnPage(isLandscape: sheet.pageSetup.orientation == .landscape, widths: widths)
    guard parted(words: words, heads: heads, sheet: sheet.name) else { return nil }
  }

  /// Takes the lines above and below off the table.
  private mutating func parted(words: LearnWords, heads: HeadLineVocabulary, sheet: String) -> Bool {
    let file = LearnPlace(file: place.file)
    func line(_ row: Int) -> Line {
      let parts = range.columns.compactMap { column -> String? in
        let cell = CellReference(row: row, column: column)
        return cells[cell].flatMap { $0.text.isEmpty ? nil : $0.text }
      }
      return Line(
        text: parts.joined(separator: " "), parts: parts,
        place: file.cell(sheet, CellReference(row: row, column: range.first.column)))
    }
    let lines = range.rows.map(line)
    /// 其中：集体访 is a row, whatever its colon looks like.
    func isRemark(_ text: String) -> Bool {
      let plain = LearnText.plain(text)
      return HeadLineVocabulary.isRemark(text) && !words[.parts].contains(where: plain.hasPrefix)
    }
    func isAround(_ line: Line) -> Bool {
      line.parts.contains { part in
        heads.matches(in: part).contains { $0.certainty == .colon }
          || LearnedUnitNote(part, words: words) != nil
      }
        || (line.parts.contains(where: isRemark)
          && line.parts.allSatisfy { isRemark($0) || HeadLineVocabulary.isPlaceholder($0) })
        || (!line.parts.isEmpty
          && line.parts.allSatisfy { heads.matches(in: $0).contains { $0.certainty >= .alone } })
    }
    /// 联系电话 alone in a box like the rows above it, without a colon, is a row of the table.
    func isBoxed(_ index: Int) -> Bool {
      let row = range.first.row + index
      guard lines[index].parts.count == 1, let part = lines[index].parts.first,
        !part.unicodeScalars.contains(where: HeadLineVocabulary.isColon)
      else { return false }
      return [row - 1, row].allSatisfy { row in
        range.columns.count { drawn.contains(CellReference(row: row, column: $0)) } >= 2
      }
    }
    // Above: everything before the first row of several texts that is no line around the form.
    guard
      let top = lines.firstIndex(where: { line in
        line.parts.count >= 2 && !isAround(line) && LearnText.label(line.parts[0], words: words)?.rest != ""
      })
    else { return false }
    var bottom = top + 1
    while bottom < lines.count {
      let line = lines[bottom]
      if isAround(line) && !isBoxed(bottom) || isNote(line, words) { break }
      bottom += 1
    }
    // Rows at the end that hold nothing, not even a merged or validated cell, are no part of it.
    func isUsed(_ row: Int) -> Bool {
      !lines[row - range.first.row].parts.isEmpty
        || range.columns.contains { column in
          let cell = CellReference(row: row, column: column)
          return cells[cell] != nil || validation(at: cell) != nil || formats[cell] != nil
        }
    }
    let first = range.first.row + top
    var lastRow = range.first.row + bottom - 1
    while lastRow > first, bottom == lines.count, !isUsed(lastRow) { lastRow -= 1 }
    // Words in the frame of the table below its end are somebody's rows.
    unread =
      lines[min(bottom, lines.count)...].enumerated().first { offset, line in
        let row = range.first.row + bottom + offset
        return !line.parts.isEmpty && !isAround(line) && !isNote(line, words)
          && range.columns.count { drawn.contains(CellReference(row: row, column: $0)) } >= 2
      }?.element.place
    above = lines[..<top].filter { !$0.parts.isEmpty }
    below = lines[min(bottom, lines.count)...].filter { !$0.parts.isEmpty }
    let columns = usedColumns(first...lastRow)
    // Nothing but headings, and lines drawn below them: a list whose lines say nothing yet.
    let isHeading = columns.allSatisfy { !isBlank(CellReference(row: lastRow, column: $0)) }
    if bottom == lines.count, isHeading, columns.count > 1 {
      while lastRow < range.last.row,
        columns.allSatisfy({ drawn.contains(CellReference(row: lastRow + 1, column: $0)) })
      { lastRow += 1 }
    }
    guard let left = columns.first, let right = columns.last else { return false }
    if let page, page.widths.count == range.columns.count {
      let offset = range.first.column
      self.page?.widths = Array(page.widths[(left - offset)...(right - offset)])
    }
    range = CellRange(CellReference(row: first, column: left), CellReference(row: lastRow, column: right))
    place = file.cell(sheet, range.first)
    return true
  }

  private func usedColumns(_ rows: ClosedRange<Int>) -> [Int] {
    range.columns.filter { column in
      rows.contains { row in
        let cell = CellReference(row: row, column: column)
        return cells[cell] != nil || cells[origin(cell)] != nil
      }
    }
  }

  private func isNote(_ line: Line, _ words: LearnWords) -> Bool {
    guard line.parts.count == 1 else { return false }
    let text = LearnText.plain(line.parts[0])
    return words[.notes].contains { note in
      guard text.hasPrefix(note) else { return false }
      return text.dropFirst(note.count).first.map { ":1;一(.".contains($0) } ?? false
    }
  }
}

/// `单位：万元`, `（计量单位：人、万元）` over a table: the measures of all that says none of its own.
struct LearnedUnitNote {
  var measures: [String]

  init?(_ text: String, words: LearnWords) {
    let plain = LearnText.plain(text)
    var found: [String] = []
    var from = plain.startIndex
    // 填报单位（章）：    单位：亿元: each 单位： with what follows it, as far as that is a measure.
    while let range = plain[from...].range(of: "单位:") {
      from = range.upperBound
      let rest = plain[from...].prefix { !")）]】;。 ".contains($0) }
      let parts = NameList.measures(in: String(rest))
      if let first = parts.first, words.measure(named: first) != nil {
        found += parts.compactMap { words.measure(named: $0) }
      } else if Self.isMeasure(String(rest), behind: plain[..<range.lowerBound], words: words) {
        found.append(String(rest))
      }
    }
    guard !found.isEmpty else { return nil }
    measures = found
  }

  /// 吨标准煤 of 计量单位：吨标准煤, which no list has; not the 张庄镇 of a unit that filled in the form.
  private static func isMeasure(_ word: String, behind lead: Substring, words: LearnWords) -> Bool {
    let isSaid = lead.hasSuffix("计量") || lead.hasSuffix("数量")
    guard isSaid || lead.last.map({ "(（[【 ".contains($0) }) ?? true, (1...6).contains(word.count),
      word.unicodeScalars.allSatisfy({ $0.properties.isIdeographic || $0.properties.isAlphabetic }),
      !words[.notMeasures].contains(word)
    else { return false }
    return isSaid || !(words[.unitEnds] + words[.offices]).contains { word.hasSuffix($0) }
  }
}

extension String {
  /// Without the brackets that enclose it.
  var trimmingBrackets: String {
    var text = self[...]
    while let first = text.unicodeScalars.first, LabelText.isOpeningBracket(first) { text.removeFirst() }
    while let last = text.unicodeScalars.last, LabelText.isClosingBracket(last) { text.removeLast() }
    return String(text)
  }
}
