import Foundation
import XLSX

/// A notice: its paragraphs, its tables, in their order.
struct Notice {
  struct Paragraph {
    var text: String
    var place: LearnPlace
  }

  var file: String
  var paragraphs: [Paragraph] = []
  /// Every table with the paragraphs above it back to the table before, and those below it up to the next heading.
  var tables: [LearnTable] = []
  /// The paragraphs that belong to no annex.
  var body: [Paragraph] = []

  /// - Parameter grid: A document laid out by ``FlowGridBuilder``.
  init(_ grid: Grid, file: String, words: LearnWords, heads: HeadLineVocabulary) {
    self.file = file
    let here = LearnPlace(file: file)
    var lines: [(row: Int, line: LearnTable.Line)] = []
    var rows: [Int: [String]] = [:]
    var order: [Int] = []
    for (cell, content) in grid.cells where !grid.tables.contains(where: { $0.rows.contains(cell.row) }) {
      let text = CellFigure.text(content.shown)
      guard !LearnText.plain(text).isEmpty else { continue }
      if rows[cell.row] == nil { order.append(cell.row) }
      rows[cell.row, default: []].append(text)
    }
    for (number, row) in order.sorted().enumerated() {
      let parts = rows[row] ?? []
      let line = LearnTable.Line(
        text: parts.joined(separator: "  "), parts: parts, place: here.paragraph(number + 1))
      lines.append((row, line))
      paragraphs.append(Paragraph(text: line.text, place: line.place))
    }
    var start = 0
    var isBody = [Bool](repeating: true, count: lines.count)
    for (index, range) in grid.tables.enumerated() {
      var table = LearnTable(
        place: here.at("第\(index + 1)个表", "table \(index + 1)"), sheet: nil, range: range)
      for row in range.rows {
        for column in range.columns {
          let cell = CellReference(row: row, column: column)
          guard let content = grid.cells[cell] else { continue }
          var isNumber = false
          if case .number = content.shown { isNumber = true }
          let text = CellFigure.text(content.shown)
          if !LearnText.plain(text).isEmpty { table.cells[cell] = .init(text: text, isNumber: isNumber) }
        }
      }
      table.merges = grid.merges.filter { range.contains($0.first) }
      let above = lines.indices.filter { $0 >= start && lines[$0].row < range.first.row }
      let first = Self.annexStart(above.map { lines[$0].line }, words: words, heads: heads)
      table.above = above.suffix(above.count - first).map { lines[$0].line }
      for line in above.suffix(above.count - first) { isBody[line] = false }
      // Below: the lines of the form, up to the next annex or table.
      let next = index + 1 < grid.tables.count ? grid.tables[index + 1].first.row : Int.max
      start = above.last.map { $0 + 1 } ?? start
      while start < lines.count, lines[start].row < range.first.row { start += 1 }
      while start < lines.count, lines[start].row < next {
        let line = lines[start].line
        let isHead = line.parts.contains { part in heads.matches(in: part).contains { $0.certainty >= .colon }
        }
        let isNote = words[.notes].contains { LearnText.plain(line.text).hasPrefix($0) }
        guard isHead || isNote else { break }
        table.below.append(line)
        isBody[start] = false
        start += 1
      }
      tables.append(table)
    }
    body = paragraphs.indices.filter { isBody[$0] }.map { paragraphs[$0] }
  }

  /// Where the annex begins whose table comes next: at its label, else at its title.
  private static func annexStart(
    _ lines: [LearnTable.Line], words: LearnWords, heads: HeadLineVocabulary
  ) -> Int {
    if let label = lines.lastIndex(where: { line in
      guard let found = LearnText.label(line.text, words: words) else { return false }
      // 附件：1. … is the list at the notice's end.
      return found.rest.count <= 60 && !line.text.contains("。") && !isListOfAnnexes(line.text)
    }) {
      return label
    }
    var start = lines.count
    while start > 0, lines.count - start < 5 {
      let line = lines[start - 1]
      let isHead = line.parts.contains { part in heads.matches(in: part).contains { $0.certainty == .colon } }
      let isShort =
        LearnText.plain(line.text).count <= 45 && !line.text.contains("。") && !line.text.contains("；")
      guard isHead || isShort else { break }
      start -= 1
    }
    return start
  }

  /// `附件：1. …`
  static func isListOfAnnexes(_ text: String) -> Bool {
    let plain = LearnText.plain(text)
    guard let colon = plain.firstIndex(of: ":") else { return false }
    let behind = plain[plain.index(after: colon)...]
    return plain[..<colon].count <= 2 && !behind.isEmpty
  }
}

extension LearnTable {
  /// The label, the title and the notes over the table, and which lines ask who fills it in.
  func caption(words: LearnWords, heads: HeadLineVocabulary) -> LearnCaption {
    var caption = LearnCaption()
    var titles: [String] = []
    var isTitleOver = false
    var openLabels: [String] = []
    for line in above {
      for part in line.parts {
        let plain = LearnText.plain(part)
        if words[.sheetMarks].contains(where: { plain.hasPrefix($0 + ":") }) { continue }
        if let note = LearnedUnitNote(part, words: words) {
          caption.measures += note.measures
          // 客流量统计表（单位：万人次） is a title too.
          let (title, inside) = LabelText.splitBracket(LearnText.printed(part))
          if !isTitleOver, inside.flatMap({ LearnedUnitNote($0, words: words) }) != nil, title.count >= 4,
            heads.matches(in: title).isEmpty, LearnText.label(title, words: words) == nil
          {
            titles.append(title)
          }
          if heads.matches(in: part).isEmpty { continue }
        } else if let label = Self.unitLabel(part, words: words, heads: heads),
          !caption.heads.contains(where: { $0.role == .unit })
        {
          caption.unitLabel = label
          caption.heads.append((.unit, label, true))
          isTitleOver = true
          if heads.matches(in: part).isEmpty { continue }
        }
        let matches = heads.matches(in: part).filter {
          $0.certainty >= .colon || ($0.certainty == .alone && !titles.isEmpty)
        }
        if !matches.isEmpty {
          caption.heads += matches.compactMap { match in match.roles[0].map { ($0, part, true) } }
          isTitleOver = true
          continue
        }
        if titles.isEmpty, caption.label == nil, let label = LearnText.label(part, words: words),
          !Notice.isListOfAnnexes(part)
        {
          caption.label = label.label
          if !label.rest.isEmpty { titles.append(Self.rest(of: part, behind: label)) }
          continue
        }
        // 林场： with nothing behind it is no part of a title, whatever it asks for.
        if !titles.isEmpty, let label = Self.openLabel(part) {
          openLabels.append(label)
          isTitleOver = true
        }
        if !isTitleOver { titles.append(part) }
      }
    }
    if openLabels.count == 1, !caption.heads.contains(where: { $0.role == .unit }) {
      caption.unitLabel = openLabels[0]
      caption.heads.append((.unit, openLabels[0], true))
    }
    for line in below {
      for part in line.parts {
        caption.heads += heads.matches(in: part).compactMap { match in
          match.roles[0].map { ($0, part, false) }
        }
      }
    }
    var title = LearnText.printed(titles.joined())
    let (rest, inside) = LabelText.splitBracket(title)
    if let inside, let note = LearnedUnitNote(inside, words: words) {
      title = rest
      caption.measures += note.measures
    }
    caption.title = title
    return caption
  }

  /// `科室：` at the start of a text: where the unit's name goes on a form that calls units by a word of its own.
  private static func unitLabel(_ part: String, words: LearnWords, heads: HeadLineVocabulary) -> String? {
    let printed = LearnText.printed(part)
    guard let colon = printed.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return nil }
    let label = String(printed[..<colon])
    let name = LabelText.splitBracket(label).name
    guard (2...10).contains(name.count), name.unicodeScalars.allSatisfy(\.properties.isIdeographic),
      words[.unitLabels].contains(where: { name.hasSuffix($0) }), heads.matches(in: label).isEmpty
    else { return nil }
    return label
  }

  /// `林场：`: a word that may ask for a unit, with a colon and nothing behind it.
  private static func openLabel(_ part: String) -> String? {
    let printed = LearnText.printed(part).trimmingCharacters(in: CharacterSet(charactersIn: " _＿　"))
    guard let last = printed.last, last == "：" || last == ":" else { return nil }
    let name = LabelText.splitBracket(String(printed.dropLast())).name
    guard (2...10).contains(name.count),
      name.unicodeScalars.allSatisfy({
        $0.properties.isIdeographic && !"年月日期号码人数电话".unicodeScalars.contains($0)
      })
    else { return nil }
    return String(printed.dropLast())
  }

  private static func rest(of part: String, behind label: (label: String, rest: String)) -> String {
    // The rest as it is printed, with its full-width quotes and brackets.
    let printed = LearnText.printed(part)
    let keep = LearnText.plain(label.rest).count
    return String(printed.suffix(keep))
  }
}

/// What stands over a table.
struct LearnCaption {
  var label: String?
  var title = ""
  var measures: [String] = []
  /// What the form calls its units, where it is none of the usual words: 科室.
  var unitLabel: String?
  var heads: [(role: FormDefinition.HeadLine.Role, text: String, isAbove: Bool)] = []
}
