import Foundation

/// Y01–Y03: against last year's figures.
extension SubmissionJudge {
  mutating func judgeYear() {
    guard let previous, let unit = submission.unit,
      let figures = previous[form: submission.form, unit: unit.code]
    else { return }
    let before = plan.fields.map { figures[$0.key] }
    if isSame(as: before) { return tell("Y02", "", [:]) }
    for sum in plan.yearSums {
      judgeChange(of: sum, before: before)
      judgeShares(of: sum, before: before)
    }
  }

  /// Every input is last year's, and they are not all 0.
  private func isSame(as before: [Decimal?]) -> Bool {
    var hasFigures = false
    for input in plan.inputs {
      guard let now = figures[input], now == before[input] else { return false }
      if now != 0 { hasFigures = true }
    }
    return hasFigures
  }

  private func sum(_ fields: [Int], of before: [Decimal?]) -> Decimal? {
    var sum: Decimal = 0
    for field in fields {
      guard let figure = before[field] else { return nil }
      sum += figure
    }
    return sum
  }

  /// Y01
  private mutating func judgeChange(of sum: FormPlan.Sum, before: [Decimal?]) {
    guard let first = sum.fields.first, let now = usableSum(sum.fields),
      let old = self.sum(sum.fields, of: before),
      now >= 0, old >= 0
    else { return }
    let settings = plan.settings.year
    let scale = Decimal(max(1, plan.fields[first].measure.scale))
    let (small, large) = now < old ? (now, old) : (old, now)
    guard (large - small) * scale > settings.ignoredDifference, large > small * (1 + settings.change) else {
      return
    }
    // What people call the change is relative to last year, with its sign.
    let rate = old > 0 ? ((now - old) * 100 / old).rounded(1, .plain) : nil
    tell(
      "Y01", rate == nil ? "zero" : "", cell: cell(first), found: .figure(now),
      [
        "name": MessageValue(sum.name), "n": MessageValue(now), "before": MessageValue(old),
        "rate": MessageValue(rate.map { $0 > 0 ? "+\($0)" : "\($0)" } ?? ""),
      ])
  }

  /// Y03: the first channel has now the share that all the others had, and is on the other side of the half.
  private mutating func judgeShares(of sum: FormPlan.Sum, before: [Decimal?]) {
    guard let channel = plan.channels.first, plan.channels.count == 2 else { return }
    let within = sum.fields.filter(channel.fields.contains)
    guard let first = within.first, let now = usableSum(sum.fields),
      let old = self.sum(sum.fields, of: before),
      let part = usableSum(within), let oldPart = self.sum(within, of: before), now > 0, old > 0
    else { return }
    let share = part / now
    let oldShare = oldPart / old
    let tolerance = plan.settings.year.shareTolerance
    let half = Decimal(1) / 2
    guard (share > half) != (oldShare > half), abs(share - oldShare) > tolerance,
      abs(share - (1 - oldShare)) <= tolerance
    else { return }
    tell(
      "Y03", cell: cell(first),
      [
        "name": MessageValue(sum.name), "channel": MessageValue(channel.name),
        "channels": MessageValue(plan.channels.map(\.name).joined()),
        "share": MessageValue((share * 100).rounded(1, .plain)),
        "before": MessageValue((oldShare * 100).rounded(1, .plain)),
      ])
  }
}
