import Foundation

/// O01: a unit whose events drew far more or far fewer people than everybody else's.
///
/// A band of what is plausible has to hold for a county and a ministry alike and says nothing between 5 and 5,000; the
/// others who fill in the same form in the same year say more.
extension ReportJudge {
  mutating func judgeUnlikeness() {
    var byForm: [String: [Int]] = [:]
    for (index, submission) in report.submissions.enumerated() where submission.isUsable {
      byForm[submission.form, default: []].append(index)
    }
    for form in campaign.forms {
      guard let plan = engine.plans[form.id], let submissions = byForm[form.id],
        submissions.count > plan.settings.unlikeness.leastOthers
      else { continue }
      let pairs = plan.attendance + plan.coverage
      let wanted = Set(pairs.flatMap { [plan.fields[$0.events].key, plan.fields[$0.people].key] })
      let fields = Dictionary(uniqueKeysWithValues: wanted.enumerated().map { ($1, $0) })
      let settled = submissions.map { SettledFigures(report.submissions[$0], fields: fields) }
      for pair in pairs { judge(pair, of: plan, submissions: submissions, settled: settled) }
    }
  }

  /// One pair of figures over all units.
  private mutating func judge(
    _ pair: FormPlan.Pair, of plan: FormPlan, submissions: [Int], settled: [SettledFigures]
  ) {
    let events = plan.fields[pair.events].key
    let people = plan.fields[pair.people].key
    var rates: [(submission: Int, rate: Decimal)] = []
    for (index, figures) in zip(submissions, settled) {
      guard let held = figures.figure(events), let came = figures.figure(people), held > 0, came > 0 else {
        continue
      }
      rates.append((index, came * pair.scale / held))
    }
    let settings = plan.settings.unlikeness
    guard rates.count > settings.leastOthers else { return }
    rates.sort { $0.rate < $1.rate }
    let sorted = rates.map(\.rate)
    for (position, (index, rate)) in rates.enumerated() {
      let others = OtherRates(sorted: sorted, leavingOut: position)
      let median = others.median
      guard rate > settings.factor * median || rate * settings.factor < median else {
        continue
      }
      var finding = RuleCatalogue.finding(
        "O01", file: report.submissions[index].file, form: plan.form.id,
        unit: report.submissions[index].unit?.name, settings: plan.settings,
        [
          "place": MessageValue(pair.place), "rate": MessageValue(rate.rounded(1, .plain)),
          "low": MessageValue(others.quantile(1).rounded(0, .plain)),
          "high": MessageValue(others.quantile(3).rounded(0, .plain)),
        ])
      finding.sheet = report.submissions[index].sheet
      finding.field = people
      finding.cell = report.submissions[index].reading(people)?.cell
      finding.found = report.submissions[index].reading(people)?.figure.map { .figure($0) }
      report.submissions[index].findings.append(finding)
    }
  }
}

/// The figures of a submission that no rule has found fault with: others are held against them, and they against others.
private struct SettledFigures {
  /// Where each field that is asked for stands in ``figures``.
  private let fields: [FieldKey: Int]
  private let figures: [Decimal?]

  init(_ submission: Submission, fields: [FieldKey: Int]) {
    var disputed: Set<FieldKey> = []
    for finding in submission.findings where finding.severity == .error || Self.saysSo.contains(finding.rule)
    {
      if let field = finding.field { disputed.insert(field) }
      disputed.formUnion(finding.candidates.map(\.field))
    }
    var figures: [Decimal?] = Array(repeating: nil, count: fields.count)
    submission.forEachFigure { field, figure in
      if let position = fields[field], !disputed.contains(field) { figures[position] = figure }
    }
    self.fields = fields
    self.figures = figures
  }

  /// Warnings that say already that there are too many or too few.
  private static let saysSo: Set<String> = ["X03", "U01", "U02", "U04"]

  func figure(_ field: FieldKey) -> Decimal? { fields[field].flatMap { figures[$0] } }
}

/// All rates in order but one.
private struct OtherRates {
  let sorted: [Decimal]
  let leavingOut: Int

  private var count: Int { sorted.count - 1 }
  private func at(_ position: Int) -> Decimal { sorted[position < leavingOut ? position : position + 1] }

  var median: Decimal { (at((count - 1) / 2) + at(count / 2)) / 2 }

  /// The first or third quarter's end, by nearest rank.
  func quantile(_ quarter: Int) -> Decimal { at((count - 1) * quarter / 4) }
}
