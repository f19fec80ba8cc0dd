import Foundation

/// D05: several versions of one form of a unit, and forms copied from another unit.
extension ReportJudge {
  mutating func judgeVersions() {
    var versions: [Obligation: [Int]] = [:]
    for (index, submission) in report.submissions.enumerated() {
      guard let unit = submission.unit else { continue }
      versions[Obligation(form: submission.form, unit: unit.code), default: []].append(index)
    }
    for indices in versions.values where indices.count > 1 {
      let hasReturned = indices.contains { report.submissions[$0].returned != nil }
      let keys = indices.map { index in
        VersionOrder.key(
          report.submissions[index], hasFigures: hasFigures(index), asOf: engine.asOf,
          hasReturned: hasReturned)
      }
      let ordered = zip(indices, keys).sorted { $0.1 > $1.1 }.map(\.0)
      adopt(ordered[0], over: Array(ordered.dropFirst()))
    }
  }

  private func hasFigures(_ index: Int) -> Bool {
    !report.submissions[index].findings.contains { $0.rule == "D04" }
  }

  private mutating func adopt(_ adopted: Int, over others: [Int]) {
    for other in others {
      report.submissions[other].isSuperseded = true
      report.submissions[other].findings = []
      replacedBy[other] = adopted
    }
    judgeOffices(adopted, others)
    let submission = report.submissions[adopted]
    guard let unit = submission.unit, let form = campaign.form(submission.form) else { return }
    // One line per figure, however many versions say otherwise.
    var differences: [String] = []
    for (position, reading) in submission.readings.enumerated() {
      let isInput = form.field(reading.field)?.isInput == true
      let values = others.compactMap { other -> Reading? in
        // A total in an office's workbook is that workbook's sum and was reported by nobody.
        let isWorkedOut = submission.office != nil || report.submissions[other].office != nil
        guard isInput || !isWorkedOut else { return nil }
        let readings = report.submissions[other].readings
        guard readings.indices.contains(position), readings[position].state != reading.state else {
          return nil
        }
        return readings[position]
      }
      guard !values.isEmpty else { continue }
      var texts: [String] = []
      for value in values.map(Self.text) where !texts.contains(value) { texts.append(value) }
      let name = reading.field.path.joined(separator: " ")
      differences.append("\(name) \(Self.text(reading))（\(texts.joined(separator: "、"))）")
    }
    if differences.isEmpty, others.allSatisfy({ hasSameLines($0, as: submission) }) { return }
    report.submissions[adopted].findings.append(
      RuleCatalogue.finding(
        "D05", differences.isEmpty ? "same" : "versions", file: submission.file, form: submission.form,
        unit: unit.name,
        settings: form.rules,
        [
          "unit": MessageValue(unit.name), "form": MessageValue(form.label),
          "n": MessageValue(others.count + 1),
          "file": MessageValue(Self.name(of: submission.file)), "m": MessageValue(differences.count),
          "list": SubmissionJudge.list(differences),
        ]))
  }

  /// Whether the lines around a table say the same, too: then it is one report sent twice.
  private func hasSameLines(_ index: Int, as submission: Submission) -> Bool {
    let other = report.submissions[index]
    return other.filledOn == submission.filledOn && other.filledBy == submission.filledBy
      && other.phone == submission.phone
  }

  /// What stands in a cell, for comparing versions; `—` for nothing.
  private static func text(_ reading: Reading) -> String {
    switch reading.state {
    case .figure(let figure): figure.plainText
    case .unreadable: "“\(reading.raw)”"
    case .blank, .missing: "—"
    }
  }

  /// A file's own name, without the folders.
  static func name(of file: String) -> String {
    file.split(separator: "/").last.map(String.init) ?? file
  }

  /// Whether a superseded version says something else than the one that counts.
  func isDifferent(_ index: Int) -> Bool {
    guard let newer = replacedBy[index] else { return true }
    return report.submissions[index].readings.map(\.state) != report.submissions[newer].readings.map(\.state)
  }

  /// Two units whose inputs are all the same, and not all 0.
  mutating func judgeCopies() {
    var seen: [Copy: [Int]] = [:]
    for (index, submission) in report.submissions.enumerated() where submission.isUsable {
      guard let plan = engine.plans[submission.form], submission.readings.count == plan.fields.count else {
        continue
      }
      let figures = plan.inputs.map { submission.readings[$0].figure }
      guard figures.count > 1, !figures.contains(nil), figures.contains(where: { $0 != 0 }) else { continue }
      seen[Copy(form: submission.form, figures: figures), default: []].append(index)
    }
    for indices in seen.values where indices.count > 1 {
      for index in indices {
        guard let other = indices.first(where: { $0 != index }) else { continue }
        tellCopy(index, of: other)
      }
    }
  }

  private struct Copy: Hashable {
    var form: String
    var figures: [Decimal?]
  }

  private mutating func tellCopy(_ index: Int, of other: Int) {
    let submission = report.submissions[index]
    let original = report.submissions[other]
    report.submissions[index].findings.append(
      RuleCatalogue.finding(
        "D05", "copy", file: submission.file, form: submission.form, unit: submission.unit?.name,
        settings: campaign.form(submission.form)?.rules,
        [
          "unit2": MessageValue(original.unit?.name ?? ""),
          "file2": MessageValue(Self.name(of: original.file)),
        ]))
  }
}
