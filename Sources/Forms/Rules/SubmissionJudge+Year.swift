import Foundation
import XLSX

/// Y01–Y03: against last year's figures.
extension SubmissionJudge {
  mutating func judgeYear() {
    guard let previous, let unit = submission.unit,
      let figures = previous[form: submission.form, unit: unit.code]
    else { return }
    if submission.list != nil { return judgeYear(ofListBefore: figures) }
    let before = plan.fields.map { figures[$0.key] }
    if isSame(as: before) { return tell("Y02", "", [:]) }
    for sum in plan.yearSums {
      judgeChange(of: sum, before: before)
      judgeShares(of: sum, before: before)
    }
  }

  /// A list is held against last year's as a whole: its number of lines, and the sums of its columns.
  private mutating func judgeYear(ofListBefore before: [FieldKey: Decimal]) {
    guard let content = submission.list, let list = plan.form.list,
      let old = plan.form.listFigures(before)
    else { return }
    let sums = ListSums(content.lines, list: list, form: plan.form)
    var inputs = sums.inputs
    inputs[ListRules.countKey] = Decimal(sums.rows)
    guard let now = plan.form.listFigures(inputs) else { return }
    let unreadable = content.lines.unreadableFields.filter { plan.fields[$0].isAddable }
    if unreadable.isEmpty, now == old, now.count > 1, inputs == before { return tell("Y02", "", [:]) }
    for key in [ListRules.countKey] + list.totals {
      guard let now = now[key], let old = old[key] else { continue }
      // A sum without what could not be read says nothing about a change.
      let parts = plan.form.inputs(behind: key)
      if parts.contains(where: { part in unreadable.contains { plan.fields[$0].key == part } }) { continue }
      judgeChange(
        of: key == ListRules.countKey ? key.rawValue : key.path.joined(separator: " "), from: old, to: now,
        scale: plan.form.field(key)?.measure.scale ?? 1, at: submission.shape.table?.first)
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
      let old = self.sum(sum.fields, of: before)
    else { return }
    judgeChange(
      of: sum.name, from: old, to: now, scale: plan.fields[first].measure.scale, at: cell(first))
  }

  private mutating func judgeChange(
    of name: String, from old: Decimal, to now: Decimal, scale: Int, at cell: CellReference?
  ) {
    guard now >= 0, old >= 0 else { return }
    let settings = plan.settings.year
    let (small, large) = now < old ? (now, old) : (old, now)
    guard (large - small) * Decimal(max(1, scale)) > settings.ignoredDifference,
      large > small * (1 + settings.change)
    else { return }
    // What people call the change is relative to last year, with its sign.
    let rate = old > 0 ? ((now - old) * 100 / old).rounded(1, .plain) : nil
    tell(
      "Y01", rate == nil ? "zero" : "", cell: cell, found: .figure(now),
      [
        "name": MessageValue(name), "n": MessageValue(now), "before": MessageValue(old),
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
