import Foundation

/// G01–G07 and D08: targets and minimums.
extension SubmissionJudge {
  /// The unit's target in the measure's base unit.
  var unitTarget: Int? {
    guard let target = plan.target, let unit = submission.unit else { return nil }
    return target.table.targets[unit.code]
  }

  /// Whether the unit stands outside the list (市总本级).
  var isOutside: Bool { submission.unit.map { campaign.outsideUnits.contains($0.code) } ?? false }

  /// Whether the day after the deadline has come.
  var isClosed: Bool { asOf > plan.form.deadline }

  mutating func judgeTargets() {
    guard let target = plan.target, let unit = submission.unit, !isOutside else { return }
    guard let required = unitTarget else {
      // The target of a unit below another is that one's.
      guard register.tree.isAtTop(unit.code) else { return }
      return tell(
        "D08", "", ["unit": MessageValue(unit.name), "table": MessageValue(target.table.label)])
    }
    guard required > 0, let sum = submission.list == nil ? usableSum(target.fields) : listSum
    else { return }
    let done = sum * target.scale
    let goal = Decimal(required)
    let rate = (done * 100 / goal).rounded(1, .plain)
    let words: [String: MessageValue] = [
      "n": MessageValue(done), "target": MessageValue(goal), "rate": MessageValue(rate.withOneDecimal),
      "gap": MessageValue(goal - done), "base": MessageValue(target.baseUnit),
      // 活动场次; of 覆盖人数(人次) the part before the unit of measure.
      "heading": MessageValue(
        target.table.heading.split(whereSeparator: { "(（".contains($0) }).first.map(String.init) ?? ""),
    ]
    let cell =
      submission.list == nil ? target.fields.first.flatMap { self.cell($0) } : submission.shape.table?.first
    if done < goal {
      guard let rule = target.rule else { return }
      let isProgress = rule.shortfall == "G01" && !isClosed
      tell(
        rule.shortfall, isProgress ? "progress" : "", severity: isProgress ? .info : nil, cell: cell,
        found: .figure(done), expected: goal, words)
    } else if done > (target.rule?.excess ?? RuleSettings.TargetRule.usualExcess) * goal,
      !target.fields.contains(where: isTooMany.contains)
    {
      tell("G02", cell: cell, found: .figure(done), words)
    }
  }

  /// What the lines of a list come to; `nil` where a value that counts cannot be read, or a column has none.
  private var listSum: Decimal? {
    guard let content = submission.list, let target = plan.target, let list = plan.form.list else {
      return nil
    }
    let lines = content.lines
    if target.table.fields.contains(ListRules.countKey) { return Decimal(lines.count) }
    if !lines.unreadableFields.isDisjoint(with: target.fields) { return nil }
    let sums = ListSums(lines, list: list, form: plan.form)
    var sum: Decimal = 0
    for field in target.fields {
      guard let part = sums.inputs[plan.fields[field].key] else { return nil }
      sum += part
    }
    return target.fields.isEmpty ? nil : sum
  }

  mutating func judgeMinimums() {
    guard let unit = submission.unit else { return }
    for minimum in plan.minimums {
      switch minimum.rule.audience {
      case .groups(let groups):
        guard !isOutside, unit.groups.contains(where: groups.contains) else { continue }
        judge(minimum, of: unit, below: "G03", reached: minimum.rule.asksForDetail ? "G04" : nil)
      case .outside:
        if isOutside { judge(minimum, of: unit, below: "G06", reached: nil) }
      }
    }
  }

  private mutating func judge(
    _ minimum: FormPlan.Minimum, of unit: ReportingUnit, below: String, reached: String?
  ) {
    guard let sum = usableSum(minimum.sum.fields) else { return }
    let field = minimum.sum.fields[0]
    let isBelow = sum < minimum.rule.least
    guard isBelow || reached != nil else { return }
    let key = minimum.rule.fields.count == 1 ? minimum.rule.fields[0] : nil
    tell(
      isBelow ? below : reached ?? below, key: key, cell: cell(field), found: .figure(sum),
      expected: isBelow ? minimum.rule.least : nil,
      [
        "unit": MessageValue(unit.name), "name": MessageValue(minimum.sum.name), "n": MessageValue(sum),
        "least": MessageValue(minimum.rule.least),
        "most": MessageValue(minimum.rule.most.map { "\($0)" } ?? ""),
      ])
  }

  /// G07
  mutating func judgeKinds() {
    var missing: [FormPlan.Sum] = []
    for kind in plan.kinds {
      if let sum = wholeSum(kind.fields), sum != 0 { continue }
      guard let sum = usableSum(kind.fields) else { continue }
      if sum == 0 { missing.append(kind) }
    }
    guard let first = missing.first?.fields.first else { return }
    tell("G07", cell: cell(first), ["kinds": Self.list(missing.map(\.name), limit: 12)])
  }
}

extension Decimal {
  /// With one decimal, also where it is 0: `99.0`.
  var withOneDecimal: String {
    let text = rounded(1, .plain).plainText
    return text.contains(".") || isNaN ? text : text + ".0"
  }
}
