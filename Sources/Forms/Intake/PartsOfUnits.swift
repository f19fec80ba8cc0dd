/// D10: forms of parts of a unit, which do not count beside the unit's own.
enum PartsOfUnits {
  /// Takes a file's forms of parts out of its submissions, where it can be told of which unit they are parts: from the name,
  /// the file's name, or the only unit whose form stands in the same file.
  ///
  /// - Returns: A finding for each.
  static func take(from submissions: inout [Submission]) -> [Finding] {
    let units = Set(submissions.compactMap(\.unit?.name))
    let only = units.count == 1 ? units.first : nil
    var findings: [Finding] = []
    let isAlone = Set(submissions.map(\.sheet)).count < 2
    submissions.removeAll { submission in
      guard case .part(let named) = submission.unitSource, let whole = named ?? only else { return false }
      findings.append(finding(submission, of: whole, isAlone: isAlone))
      return true
    }
    return findings
  }

  private static func finding(_ submission: Submission, of whole: String, isAlone: Bool) -> Finding {
    let text = submission.unitAsWritten ?? ""
    var finding = RuleCatalogue.finding(
      "D10", isAlone ? "" : "sheet", file: submission.file, form: submission.form, unit: whole,
      [
        "file": MessageValue(submission.file.split(separator: "/").last.map(String.init) ?? submission.file),
        "sheet": MessageValue(submission.sheet), "text": MessageValue(text), "unit": MessageValue(whole),
      ])
    finding.sheet = submission.sheet
    finding.cell = submission.head[.unit]?.cell
    finding.found = .text(text)
    return finding
  }
}

extension Finding.Value {
  /// The text that was found; `nil` for a figure.
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}
