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
  private struct Form: Equatable {
    var form: String
    var ownName: String
    var filledOn: CalendarDate?
    var filledBy: String?
    var phone: String?
    var figures: [Decimal?] = []
    var origins: [FigureOrigin?] = []

    /// `nil` for a form of an unknown unit, or without a figure other than 0.
    init?(_ submission: Submission) {
      guard let unit = submission.unit else { return nil }
      form = submission.form
      ownName = unit.ownName
      filledOn = submission.filledOn
      filledBy = submission.filledBy
      phone = submission.phone
      submission.forEachReading { reading, origin in
        figures.append(reading.figure)
        origins.append(origin)
      }
      if let lines = submission.list?.lines, !lines.isEmpty {
        figures = [Decimal(lines.count), Decimal(ListKey.hash(lines.bytes))]
      }
      if !figures.contains(where: { ($0 ?? 0) != 0 }) { return nil }
    }

    /// Different for nearly all forms that are not the same; the origins would take longest and tell nothing more.
    var mark: Int {
      var hasher = Hasher()
      hasher.combine(form)
      hasher.combine(filledOn)
      hasher.combine(figures)
      return hasher.finalize()
    }
  }

  /// One form that came by the workbooks of two offices as if it were of two units.
  private mutating func judgeSameForms() {
    // Only what may be the same is held against each other: the forms of a country, all at once, have no room.
    var seen: [Int: [Int]] = [:]
    // By position: whoever walks through an array while it changes has a second one.
    for index in report.submissions.indices {
      let submission = report.submissions[index]
      guard submission.isUsable, submission.office != nil else { continue }
      guard let unit = submission.unit, let form = Form(submission) else { continue }
      let mark = form.mark
      guard let first = seen[mark]?.first(where: { Form(report.submissions[$0]) == form }) else {
        seen[mark, default: []].append(index)
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
