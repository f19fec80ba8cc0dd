import Foundation
import XLSX

/// A table of units and figures in a notice: 任务分解表, 指标; or of units alone: 报送单位名单.
struct LearnedTargets {
  /// One column of figures.
  struct Column {
    var heading: String
    var measure: String?
    /// In the column's unit, in the table's order.
    var figures: [(unit: String, figure: Decimal)] = []
    var printedTotal: String?
    /// The printed total in the column's unit.
    var total: Decimal?
  }

  var label: String
  var title: String
  var units: [String] = []
  var columns: [Column] = []
  /// All columns that were printed, also where one was chosen.
  var allColumns: [Column] = []
  var unitHeading = "单位"
  var totalLabel = "总计"
  var place: LearnPlace
  // What it is held against, once the forms are known.
  var form: String?
  var fields: [String] = []
}

/// Reads a table of units.
struct TargetLearner {
  let table: LearnTable
  let words: LearnWords
  private(set) var result: LearnedTargets
  private(set) var questions: [LearnQuestion] = []

  /// `nil` for a table that is no list of units with or without figures.
  init?(_ table: LearnTable, caption: LearnCaption, words: LearnWords) {
    self.table = table
    self.words = words
    result = LearnedTargets(label: caption.label ?? "", title: caption.title, place: table.place)
    let range = table.range
    func at(_ row: Int, _ column: Int) -> CellReference { CellReference(row: row, column: column) }
    func text(_ row: Int, _ column: Int) -> String { LearnText.printed(table.text(at(row, column))) }
    let headings = words[.unitHeadings].map(LabelText.key)
    func isUnitHeading(_ text: String) -> Bool { headings.contains(LabelText.key(text)) }
    guard
      let head = range.rows.prefix(3).first(where: { row in
        range.columns.contains { isUnitHeading(text(row, $0)) }
      })
    else { return nil }
    // Groups of columns, each beginning with the units: 单位 | 活动场次 | 单位 | 活动场次.
    var groups: [(unit: Int, figures: [Int])] = []
    for column in range.columns {
      let heading = text(head, column)
      if table.origin(at(head, column)) != at(head, column) { continue }
      if isUnitHeading(heading) {
        groups.append((column, []))
      } else if !groups.isEmpty {
        groups[groups.count - 1].figures.append(column)
      }
    }
    let rows = range.rows.filter { $0 > head }
    guard rows.count >= 2 else { return nil }
    /// A figure as a person reads it there, with the unit behind it.
    func figure(_ row: Int, _ column: Int) -> (value: Decimal, unit: String?)? {
      Self.figure(text(row, column), words)
    }
    // The columns with figures; those without are 备注 and the like.
    let isTotalRow: (Int) -> Bool = { row in
      range.columns.contains { words.isTotal(LearnText.plain(text(row, $0))) }
    }
    let data = rows.filter { row in !isTotalRow(row) && groups.contains { !text(row, $0.unit).isEmpty } }
    guard data.count >= 2 else { return nil }
    for index in groups.indices {
      groups[index].figures = groups[index].figures.filter { column in
        let filled = data.filter { !text($0, groups[index].unit).isEmpty }
        return filled.count(where: { figure($0, column) != nil }) * 2 > filled.count
      }
    }
    let width = groups.map(\.figures.count).max() ?? 0
    let names = data.map { row in groups.map { text(row, $0.unit) } }.flatMap(\.self).filter { !$0.isEmpty }
    // Blank cells to fill in beside the names make it a form.
    guard Set(names).count == names.count, !names.isEmpty else { return nil }
    if width == 0 {
      let isRoster = words[.rosters].contains { caption.title.contains($0) }
      let isFull = data.allSatisfy { row in range.columns.allSatisfy { !text(row, $0).isEmpty } }
      guard names.count >= (isRoster ? 2 : 3), isRoster || isFull || range.columns.count <= 2 else {
        return nil
      }
      result.units = names
      return
    }
    result.unitHeading = text(head, groups[0].unit)
    result.columns = groups[0].figures.map { column in
      let heading = HeadingWords(text(head, column), words: words)
      return LearnedTargets.Column(
        heading: text(head, column),
        measure: heading.measure ?? words.measure(of: heading.name, noted: caption.measures))
    }
    for row in data {
      for group in groups where !text(row, group.unit).isEmpty {
        let unit = text(row, group.unit)
        result.units.append(unit)
        for (position, column) in group.figures.enumerated() where result.columns.indices.contains(position) {
          guard let figure = figure(row, column) else {
            if !text(row, column).isEmpty {
              questions.append(
                LearnQuestion(
                  table.place, zh: "\(result.label)中\(unit)的指标“\(text(row, column))”读不出数字，未设指标",
                  en:
                    "\(result.label): the target \"\(text(row, column))\" of \(unit) is no number; it has none"
                ))
            }
            continue
          }
          let heading = result.columns[position].measure
          let scaled = scaled(figure, to: heading)
          let printed = text(row, column)
          guard let scaled, Self.whole(scaled.value, in: heading, words, atMost: Self.greatest) != nil else {
            questions.append(
              LearnQuestion(
                table.place,
                zh:
                  "\(result.label)中\(unit)的指标“\(printed)”不是\(Self.greatest)以内的整数，或与本栏单位“\(heading ?? "个")”不同，未设指标，请在 targets 中写明",
                en:
                  "\(result.label): the target \"\(printed)\" of \(unit) is no whole number up to \(Self.greatest), or in another unit than its column (\(heading ?? "个")); it has none, say it in targets"
              ))
            continue
          }
          result.columns[position].figures.append((unit, scaled.value))
        }
      }
    }
    if let row = rows.last(where: isTotalRow) { readTotal(row, groups: groups, text: text) }
  }

  /// `620`, `10,000`, `11万人次`, `不少于60场`.
  static func figure(_ text: String, _ words: LearnWords) -> (value: Decimal, unit: String?)? {
    var plain = LearnText.plain(text).replacingOccurrences(of: ",", with: "")
    for lead in ["不少于", "不低于", "≥", ">=", "至少"] where plain.hasPrefix(lead) { plain.removeFirst(lead.count) }
    let digits = plain.prefix { $0.isASCIIDigit || $0 == "." }
    guard !digits.isEmpty, digits.count <= 15,
      let value = Decimal(string: String(digits), locale: Locale(identifier: "en_US_POSIX"))
    else { return nil }
    let unit = String(plain.dropFirst(digits.count))
    if unit.isEmpty { return (value, nil) }
    guard words.measure(named: unit) != nil || unit == "万" || unit == "亿" else { return nil }
    return (value, unit)
  }

  /// The greatest target that a campaign may set.
  static let greatest = 1_000_000_000

  /// A figure in its column's measure, and whether it was printed in that; `nil` where its own unit measures something else.
  private func scaled(_ figure: (value: Decimal, unit: String?), to measure: String?) -> (
    value: Decimal, isPlain: Bool
  )? {
    guard let unit = figure.unit else { return (figure.value, true) }
    let own = words.scale(of: measure ?? "")
    let scale =
      switch unit {
      case "万": (scale: 10_000, base: own.base)
      case "亿": (scale: 100_000_000, base: own.base)
      default: words.scale(of: unit)
      }
    guard measure == nil || scale.base == own.base else { return nil }
    return (figure.value * Decimal(scale.scale) / Decimal(own.scale), scale.scale == own.scale)
  }

  /// A figure of a column in the measure's base unit, as campaigns hold their targets; `nil` where it is no whole number or
  /// greater than they may be.
  static func whole(_ figure: Decimal, in measure: String?, _ words: LearnWords, atMost greatest: Int) -> Int?
  {
    let value = figure * Decimal(words.scale(of: measure ?? "").scale)
    guard value >= 0, value <= Decimal(greatest), value == value.rounded(0, .plain) else { return nil }
    return NSDecimalNumber(decimal: value).intValue
  }

  private mutating func readTotal(
    _ row: Int, groups: [(unit: Int, figures: [Int])], text: (Int, Int) -> String
  ) {
    let columns = Array(table.range.columns)
    guard let mark = columns.first(where: { words.isTotal(LearnText.plain(text(row, $0))) }) else { return }
    result.totalLabel = text(row, mark)
    // One total for all groups stands anywhere behind the word; several columns have one each.
    var seen: Set<CellReference> = []
    var totals: [String] = []
    for column in columns where column > mark {
      let origin = table.origin(CellReference(row: row, column: column))
      guard origin.column > mark, seen.insert(origin).inserted else { continue }
      let content = text(row, column)
      if !content.isEmpty, Self.figure(content, words) != nil { totals.append(content) }
    }
    for (position, total) in totals.enumerated() where result.columns.indices.contains(position) {
      guard let read = Self.figure(total, words) else { continue }
      let own = result.columns[position].measure
      let scaled = scaled(read, to: own)
      let value = scaled?.value ?? read.value
      if scaled?.isPlain != true {
        let heading = own ?? "个"
        questions.append(
          LearnQuestion(
            table.place,
            zh:
              "\(result.label)的\(result.totalLabel)“\(total)”与本栏单位“\(heading)”不同，已按\(value.plainText)\(heading)读取，请确认",
            en:
              "\(result.label): the total \"\(total)\" is in another unit than its column (\(heading)); taken as \(value.plainText), please confirm"
          ))
      }
      result.columns[position].printedTotal = total
      result.columns[position].total = value
      let sum = result.columns[position].figures.reduce(Decimal(0)) { $0 + $1.figure }
      if sum != value {
        questions.append(
          LearnQuestion(
            table.place,
            zh: "\(result.label)各单位之和为\(sum.plainText)，与\(result.totalLabel)“\(total)”不符，活动中的总计按各单位之和写，请核对",
            en:
              "\(result.label): the units add up to \(sum.plainText), not to the printed total \"\(total)\"; the campaign has the sum, please check"
          ))
      }
    }
  }
}
