/// The lines over the consolidated tables that say how complete they are.
extension FormConsolidation {
  /// A title; where units are missing, with how many of them are there: `…（已报15/16）`.
  ///
  /// - Parameter breaks: Whether that stands on a line of its own.
  func titleLine(_ title: String, breaks: Bool = false) -> String {
    isComplete ? title : title + (breaks ? "\n" : "") + "（已报\(reported)/\(expected)）"
  }

  /// `截至2024年12月1日，应报16个单位，已报15个；未报：温县总工会。`
  func standLine(asOf: CalendarDate) -> String {
    var line = "截至\(asOf.year)年\(asOf.month)月\(asOf.day)日，应报\(expected)个单位，已报\(reported)个"
    let errors = units.reduce(0) { sum, unit in sum + unit.doubtful.values.count { $0 == .error } }
    if errors > 0 { line += "，有\(errors)个数字待更正" }
    if !isComplete { line += "；未报：" + missing.map(\.name).joined(separator: "、") }
    if unattributed > 0 { line += "；另有\(unattributed)份表填报单位不明，未计入" }
    return line + "。"
  }
}
