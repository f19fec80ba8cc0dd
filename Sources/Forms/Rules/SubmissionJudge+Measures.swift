import Foundation

/// U01, U02, U04, U05: figures in another unit of measure than the form asks for. (U03 is told with the totals.)
extension SubmissionJudge {
  mutating func judgeMeasures() {
    judgeCoverage()
    for pair in plan.attendance { judgeSmallPeople(pair.people) }
    for other in submission.shape.otherMeasures ?? [] { judge(other) }
  }

  /// U05: the form as it came in prints another measure. Where figures themselves show it, another rule has told.
  private mutating func judge(_ other: FormShape.OtherMeasure) {
    let odd = plan.fields.indices.filter { field in
      other.fields.contains(plan.fields[field].key) && !isDoubtful[field] && !isTooMany.contains(field)
        && (figures[field] ?? 0) != 0
    }
    if odd.count > Self.figuresConverted {
      return tell("U05", "all", cell: other.cell, words(of: other, odd[0]))
    }
    for field in odd {
      guard let figure = figures[field] else { continue }
      let right = figure * Decimal(other.scale) / Decimal(max(1, plan.fields[field].measure.scale))
      tell(
        "U05", at: field, found: .figure(figure), expected: right,
        candidates: [candidate(field, right, CandidateSearch.Reason.powerOfTen.rawValue)],
        words(of: other, field).merging([
          "cell": place(field), "value": MessageValue(figure), "right": MessageValue(right),
        ]) { $1 })
    }
  }

  /// So many figures are told one by one, each with what it should be.
  private static let figuresConverted = 6

  /// U05 for the columns of a list.
  mutating func judgeColumnMeasures() {
    for other in submission.shape.otherMeasures ?? [] {
      for field in plan.fields.indices where other.fields.contains(plan.fields[field].key) {
        tell("U05", "column", key: plan.fields[field].key, cell: other.cell, words(of: other, field))
      }
    }
  }

  private func words(of other: FormShape.OtherMeasure, _ field: Int) -> [String: MessageValue] {
    [
      "place": MessageValue(other.cell), "written": MessageValue(other.written),
      "printed": MessageValue(other.unit), "unit": MessageValue(plan.fields[field].measure.unit),
      "field": MessageValue(name(field)),
    ]
  }

  /// U04: a fraction of a person was meant in 万.
  private mutating func judgeSmallPeople(_ field: Int) {
    guard wholes[field] == nil, let people = figures[field], people > 0, people < plan.settings.smallPeople,
      !people.isWhole,
      plan.fields[field].measure.decimals == 0
    else { return }
    isDoubtful[field] = true
    let right = people * 10_000
    tell(
      "U04", at: field, found: .figure(people), expected: right,
      candidates: [candidate(field, right, CandidateSearch.Reason.powerOfTen.rawValue)],
      [
        "cell": place(field), "field": MessageValue(name(field)), "value": MessageValue(people),
        "right": MessageValue(right),
      ])
  }

  private mutating func judgeCoverage() {
    guard let first = plan.coverage.first else { return }
    let measure = plan.fields[first.people].measure
    let scale = Decimal(max(1, measure.scale))
    let slip = plan.settings.unitSlip
    let target = unitTarget.map { Decimal($0) / scale }.flatMap { $0 > 0 ? $0 : nil } ?? slip.usualTarget
    var words: [String: MessageValue] = [
      "unit": MessageValue(measure.unit), "base": MessageValue(measure.baseUnit),
      "target": MessageValue(target), "factor": MessageValue(slip.factor),
    ]
    var isSlip = false
    var isHuge = false
    for pair in plan.coverage {
      guard let value = usable(pair.people) else { continue }
      words["cell"] = place(pair.people)
      words["value"] = MessageValue(value)
      if value >= slip.factor * target {
        if self.isSlip(value, scale: scale, target: target) { isSlip = true } else { isHuge = true }
        judgeSlip(value, of: pair.people, scale: scale, target: target, words)
      } else {
        judgeSmallCoverage(value, of: pair, scale: scale, words)
      }
    }
    if !isSlip { judgeCoverageSum(scale: scale, target: target, isToldHuge: isHuge, words) }
  }

  /// U01 for one cell.
  private mutating func judgeSlip(
    _ value: Decimal, of field: Int, scale: Decimal, target: Decimal, _ words: [String: MessageValue]
  ) {
    isTooMany.insert(field)
    let right = value / scale
    guard isSlip(value, scale: scale, target: target) else {
      return tell("U01", "huge", severity: .warning, at: field, found: .figure(value), words)
    }
    isDoubtful[field] = true
    tell(
      "U01", at: field, found: .figure(value), expected: right,
      candidates: [candidate(field, right, CandidateSearch.Reason.powerOfTen.rawValue)],
      words.merging(["right": MessageValue(right)]) { $1 })
  }

  /// U01 for all of them together, where none alone is plain 人次. That they are many needs no telling twice.
  private mutating func judgeCoverageSum(
    scale: Decimal, target: Decimal, isToldHuge: Bool, _ words: [String: MessageValue]
  ) {
    let fields = plan.coverage.map(\.people)
    guard fields.count > 1, let sum = usableSum(fields), sum >= plan.settings.unitSlip.factor * target else {
      return
    }
    let isSlip = isSlip(sum, scale: scale, target: target)
    isTooMany.formUnion(fields)
    if isToldHuge, !isSlip { return }
    let shared = Self.sharedPath(fields.map { plan.fields[$0].key.path })
    tell(
      "U01", isSlip ? "sumSlip" : "sum", severity: isSlip ? .error : .warning, key: FieldKey(shared),
      cell: cell(fields[0]), found: .figure(sum),
      words.merging([
        "place": MessageValue(shared.joined(separator: " ")), "value": MessageValue(sum),
        "right": MessageValue(sum / scale),
      ]) { $1 })
  }

  /// Whether a figure, divided by the scale, is what such a unit can have reached.
  private func isSlip(_ value: Decimal, scale: Decimal, target: Decimal) -> Bool {
    let band = plan.settings.unitSlip.band
    return value >= band.lowerBound * target * scale && value <= band.upperBound * target * scale
  }

  /// U02
  private mutating func judgeSmallCoverage(
    _ value: Decimal, of pair: FormPlan.Pair, scale: Decimal, _ words: [String: MessageValue]
  ) {
    guard value > 0 else { return }
    let people = value * scale
    var words = words
    words["people"] = MessageValue(people)
    let variant: String
    if people < plan.settings.leastCoverage {
      variant = "tiny"
    } else if !people.isWhole {
      variant = "fraction"
    } else if let events = usable(pair.events), events > 0,
      people < max(plan.settings.leastCoveragePerEvent, pair.perEvent.lowerBound) * events
    {
      variant = "perEvent"
      words["s"] = MessageValue(events)
      words["least"] = MessageValue(max(plan.settings.leastCoveragePerEvent, pair.perEvent.lowerBound))
    } else {
      return
    }
    tell("U02", variant, at: pair.people, found: .figure(value), words)
  }

  /// The leading headings that all paths have in common.
  static func sharedPath(_ paths: [[Substring]]) -> [String] {
    guard let first = paths.first else { return [] }
    return first.enumerated().prefix { level, name in
      paths.allSatisfy { $0.indices.contains(level) && $0[level] == name }
    }.map { String($0.element) }
  }
}
