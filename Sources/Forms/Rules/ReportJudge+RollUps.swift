import Foundation

/// R03: units that are counted twice.
extension ReportJudge {
  mutating func judgeRollUps() {
    judgeAncestors()
    judgeSameForms()
  }

  /// A unit above that counts its children, beside a child that reports by itself. Units outside the list report for
  /// themselves alone.
  private mutating func judgeAncestors() {
    guard tree.hasLevels else { return }
    var reporting: [Obligation: Int] = [:]
    for (index, submission) in report.submissions.enumerated() where submission.isUsable {
      if let unit = submission.unit { reporting[Obligation(form: submission.form, unit: unit.code)] = index }
    }
    var children: [Int: [ReportingUnit]] = [:]
    for (obligation, child) in reporting.sorted(by: { $0.value < $1.value }) {
      guard let unit = report.submissions[child].unit else { continue }
      for parent in tree.ancestors(of: unit) {
        guard let index = reporting[Obligation(form: obligation.form, unit: parent.code)] else { continue }
        children[index, default: []].append(unit)
      }
    }
    for (index, units) in children {
      let submission = report.submissions[index]
      guard let parent = submission.unit else { continue }
      report.submissions[index].findings.append(
        RuleCatalogue.finding(
          "R03", file: submission.file, form: submission.form, unit: parent.name,
          settings: campaign.form(submission.form)?.rules,
          ["unit": MessageValue(parent.name), "child": SubmissionJudge.list(units.map(\.name))]))
    }
  }

  /// What makes a form the same one, by whichever workbooks it comes.
  private struct Form: Hashable {
    var form: String
    var ownName: String
    var figures: [Decimal?]
    var filledOn: CalendarDate?
    var filledBy: String?
    var phone: String?
    var origins: [FigureOrigin?]
  }

  /// One form that came by the workbooks of two offices as if it were of two units.
  private mutating func judgeSameForms() {
    var seen: [Form: Int] = [:]
    for (index, submission) in report.submissions.enumerated()
    where submission.isUsable && submission.office != nil {
      guard let unit = submission.unit, submission.readings.contains(where: { ($0.figure ?? 0) != 0 }) else {
        continue
      }
      let form = Form(
        form: submission.form, ownName: unit.ownName, figures: submission.readings.map(\.figure),
        filledOn: submission.filledOn, filledBy: submission.filledBy, phone: submission.phone,
        origins: submission.readings.map { submission.origins[$0.field] })
      guard let first = seen[form] else {
        seen[form] = index
        continue
      }
      let other = report.submissions[first]
      guard let otherUnit = other.unit, otherUnit.code != unit.code else { continue }
      // Said once: that the figures are equal (D05) follows from it.
      report.submissions[index].findings.removeAll { $0.rule == "D05" }
      report.submissions[index].findings.append(
        RuleCatalogue.finding(
          "R03", "same", file: submission.file, form: submission.form, unit: unit.name,
          settings: campaign.form(submission.form)?.rules,
          [
            "unit": MessageValue(unit.name), "unit2": MessageValue(otherUnit.name),
            "file2": MessageValue(Self.name(of: other.file)),
          ]))
    }
  }

  /// A unit that two offices count: the version that is used gets told.
  mutating func judgeOffices(_ adopted: Int, _ others: [Int]) {
    let submission = report.submissions[adopted]
    guard let office = submission.office, let unit = submission.unit else { return }
    let rival = others.first { other in
      report.submissions[other].office.map { LabelText.key($0) != LabelText.key(office) } ?? false
    }
    guard let rival else { return }
    let other = report.submissions[rival]
    report.submissions[adopted].findings.append(
      RuleCatalogue.finding(
        "R03", "offices", file: submission.file, form: submission.form, unit: unit.name,
        settings: campaign.form(submission.form)?.rules,
        [
          "unit": MessageValue(unit.name), "office": MessageValue(office),
          "file": MessageValue(Self.name(of: submission.file)), "office2": MessageValue(other.office ?? ""),
          "file2": MessageValue(Self.name(of: other.file)),
        ]))
  }
}
