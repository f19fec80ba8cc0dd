import Foundation

/// The lines over the consolidated tables that say how complete they are.
extension FormConsolidation {
  /// A title; where units are missing, with how many of them are there: `…（已报15/16）`.
  ///
  /// - Parameter breaks: Whether that stands on a line of its own.
  func titleLine(_ title: String, breaks: Bool = false) -> String {
    isComplete ? title : title + (breaks ? "\n" : "") + "（已报\(reported)/\(expected)\(levelText)）"
  }

  /// `，下级280/288`, for each level below.
  private var levelText: String {
    levels.dropFirst().map { "，下级\($0.reported)/\($0.expected)" }.joined()
  }

  /// The names of who is missing; of very many the first.
  func missingText(in language: Language) -> String {
    let missing = missing
    let names = missing.prefix(Self.namesShown).map(\.name)
    let rest = missing.count - names.count
    if language == .chinese {
      return names.joined(separator: "、") + (rest > 0 ? "等\(missing.count)个" : "")
    }
    return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private static let namesShown = 40

  /// A headline figure: as reported, and beside it what it is without the figures that stand on an open error:
  /// `含待更正 40123；不含 571`.
  ///
  /// - Parameter show: How a figure is written.
  static func headline(
    _ reported: Decimal?, settled: Decimal?, isDisputed: Bool, in language: Language,
    show: (Decimal) -> String
  ) -> String {
    let (all, rest) = (reported.map(show) ?? "—", settled.map(show) ?? "—")
    guard isDisputed else { return all }
    // What is in doubt has given no figure yet: a blank, or something that is no number.
    if reported == settled {
      return language == .chinese ? "\(all)（另有待更正数未计）" : "\(all) (figures to be corrected not counted)"
    }
    return language == .chinese
      ? "含待更正 \(all)；不含 \(rest)" : "\(all) with figures to be corrected; \(rest) without"
  }

  /// ``completed`` as a headline.
  func completedText(in language: Language, show: (Decimal) -> String) -> String {
    Self.headline(completed, settled: settled, isDisputed: isDisputed, in: language, show: show)
  }

  /// The rate as a headline. What is left out counts as not reported: the target stays whole.
  func rateText(in language: Language) -> String {
    Self.headline(
      Consolidation.rate(completed, of: target), settled: Consolidation.rate(settled, of: target),
      isDisputed: isDisputed, in: language, show: Consolidation.percent)
  }

  /// The names of the units whose figures stand on an open error; of very many the first.
  func disputedText(in language: Language) -> String {
    let units = disputedUnits
    let names = units.prefix(Self.namesShown).map(\.name)
    let rest = units.count - names.count
    if language == .chinese {
      return names.joined(separator: "、") + (rest > 0 ? "等\(units.count)个" : "")
    }
    return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// `截至2024年12月1日，应报16个单位，已报15个；未报：温县总工会。`
  func standLine(asOf: CalendarDate) -> String {
    var line = "截至\(asOf.year)年\(asOf.month)月\(asOf.day)日，应报\(expected)个单位，已报\(reported)个"
    for level in levels.dropFirst() { line += "，下级应报\(level.expected)个，已报\(level.reported)个" }
    let errors = units.reduce(0) { sum, unit in sum + unit.doubtful.values.count { $0 == .error } }
    if errors > 0 { line += "，有\(errors)个数字待更正" }
    if !isComplete { line += "；未报：" + missingText(in: .chinese) }
    if unattributed > 0 { line += "；另有\(unattributed)份表填报单位不明，未计入" }
    return line + "。"
  }
}
