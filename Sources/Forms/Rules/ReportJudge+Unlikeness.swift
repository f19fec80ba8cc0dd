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
    var rates: [Rate] = []
    for (index, figures) in zip(submissions, settled) {
      guard let held = figures.figure(events), let came = figures.figure(people), held > 0, came > 0 else {
        continue
      }
      rates.append(Rate(came * pair.scale, of: held, submission: index))
    }
    let settings = plan.settings.unlikeness
    guard rates.count > settings.leastOthers else { return }
    rates.sort()
    for (position, rate) in rates.enumerated() {
      let others = OtherRates(sorted: rates, leavingOut: position)
      guard others.mayBeFar(rate, factor: settings.factor.cellNumber) else { continue }
      let index = rate.submission
      let median = others.median
      let rate = rate.exact
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

/// How many came to each event. Nearly all rates are so far apart that their doubles tell the order; a decimal is worked out
/// only where they do not.
private struct Rate: Comparable {
  let submission: Int
  let near: Double
  private let came: Decimal
  private let held: Decimal

  init(_ came: Decimal, of held: Decimal, submission: Int) {
    self.submission = submission
    self.came = came
    self.held = held
    near = came.cellNumber / held.cellNumber
  }

  var exact: Decimal { came / held }

  /// Far more than a double and a division can be off.
  static let margin = 1e-9

  static func < (a: Rate, b: Rate) -> Bool {
    if abs(a.near - b.near) > margin * max(a.near, b.near) { return a.near < b.near }
    // Many are alike: 300 people to 3 events, 100 to 1.
    if let sides = sides(a, b) { return sides.0 < sides.1 }
    return a.exact < b.exact
  }

  static func == (a: Rate, b: Rate) -> Bool { !(a < b) && !(b < a) }

  /// The numbers that compare as two rates do, without a division; `nil` where they have no room.
  private static func sides(_ a: Rate, _ b: Rate) -> (Int, Int)? {
    guard let aCame = a.came.whole, let bCame = b.came.whole, let aHeld = a.held.whole,
      let bHeld = b.held.whole
    else { return nil }
    let (left, isLeftOver) = aCame.multipliedReportingOverflow(by: bHeld)
    let (right, isRightOver) = bCame.multipliedReportingOverflow(by: aHeld)
    return isLeftOver || isRightOver ? nil : (left, right)
  }
}

/// All rates in order but one.
private struct OtherRates {
  let sorted: [Rate]
  let leavingOut: Int

  private var count: Int { sorted.count - 1 }
  private func rate(_ position: Int) -> Rate { sorted[position < leavingOut ? position : position + 1] }
  private func at(_ position: Int) -> Decimal { rate(position).exact }

  var median: Decimal { (at((count - 1) / 2) + at(count / 2)) / 2 }

  /// Whether a rate may be more than so many times above or below the median.
  func mayBeFar(_ rate: Rate, factor: Double) -> Bool {
    let median = (self.rate((count - 1) / 2).near + self.rate(count / 2).near) / 2
    let far = factor * (1 - Rate.margin)
    return rate.near >= far * median || rate.near * far <= median
  }

  /// The first or third quarter's end, by nearest rank.
  func quantile(_ quarter: Int) -> Decimal { at((count - 1) * quarter / 4) }
}
