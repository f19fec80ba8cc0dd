import Foundation

/// X01–X06: figures that belong together.
extension SubmissionJudge {
  /// X01, X02, X04, before the totals: rows exchanged explain totals that do not add up.
  mutating func judgePairs() {
    for pair in plan.attendance {
      // Somebody was there, and no fewer than there were events.
      if let events = wholes[pair.events], let people = wholes[pair.people], 1...max(1, people) ~= events,
        people > 0
      {
        continue
      }
      judgeZeros(pair, rule: "X01", lacking: pair.mayLackPeople ? .warning : .error)
      if let events = usable(pair.events), let people = usable(pair.people), people > 0, events > people {
        judgeExchange(pair, events: events, people: people)
      }
    }
    for pair in plan.coverage { judgeZeros(pair, rule: "X04", lacking: .warning) }
  }

  /// X03, after the totals: a figure that a row's total says to be wrong explains an odd ratio.
  mutating func judgeRatios() {
    for pair in plan.attendance {
      if let events = wholes[pair.events], let people = wholes[pair.people], let band = pair.wholePerEvent,
        Self.isPlausible(events, people, band)
      {
        continue
      }
      guard let events = usable(pair.events), let people = usable(pair.people), events > 0, people > 0 else {
        continue
      }
      judgeRatio(pair, events: events, people: people)
    }
  }

  private static func isPlausible(_ events: Int, _ people: Int, _ perEvent: ClosedRange<Int>) -> Bool {
    let (least, underflow) = perEvent.lowerBound.multipliedReportingOverflow(by: events)
    let (most, overflow) = perEvent.upperBound.multipliedReportingOverflow(by: events)
    return !underflow && !overflow && events > 0 && people >= least && people <= most
  }

  /// A figure whose being there or not can be relied on, whatever its size.
  private func counted(_ field: Int) -> Decimal? {
    guard let figure = figures[field], figure >= 0, !isMerged(field) else { return nil }
    return figure
  }

  /// X01, X04
  private mutating func judgeZeros(_ pair: FormPlan.Pair, rule: String, lacking: Severity) {
    guard let events = counted(pair.events), let people = counted(pair.people),
      (events == 0) != (people == 0)
    else { return }
    let words: [String: MessageValue] = [
      "place": MessageValue(pair.place), "events": MessageValue(pair.eventsName),
      "people": MessageValue(pair.peopleName), "s": MessageValue(events), "p": MessageValue(people),
    ]
    if events == 0, people > 0 {
      tell(rule, "people", at: pair.events, found: .figure(events), words)
    } else if events > 0, people == 0 {
      tell(rule, "events", severity: lacking, at: pair.people, found: .figure(people), words)
    }
  }

  /// X02. Where the totals of both rows come right with the two cells exchanged, that is what happened, and the totals'
  /// own rules need not speak.
  private mutating func judgeExchange(_ pair: FormPlan.Pair, events: Decimal, people: Decimal) {
    var words: [String: MessageValue] = [
      "place": MessageValue(pair.place), "events": MessageValue(pair.eventsName),
      "people": MessageValue(pair.peopleName), "s": MessageValue(events), "p": MessageValue(people),
    ]
    // Until the rows are put right, no sum of them means anything.
    isDoubtful[pair.events] = true
    isDoubtful[pair.people] = true
    guard let first = plan.equationOf[pair.events], let second = plan.equationOf[pair.people],
      first != second,
      isRepaired(plan.equations[first], setting: pair.events, to: people),
      isRepaired(plan.equations[second], setting: pair.people, to: events)
    else { return tell("X02", at: pair.events, found: .figure(events), words) }
    let rows = [plan.equations[first], plan.equations[second]]
    for row in rows { isTold[row.total] = true }
    words["rows"] = Self.list(rows.map { "\($0.row)（\(place($0.total).text.chinese)）" })
    tell(
      "X02", "repairs", at: pair.events, found: .figure(events), expected: people,
      candidates: [candidate(pair.events, people, "swapped"), candidate(pair.people, events, "swapped")],
      words)
  }

  /// Whether an equation that does not hold would hold with another figure in one of its parts.
  private func isRepaired(_ equation: FormPlan.Equation, setting part: Int, to value: Decimal) -> Bool {
    guard let total = figures[equation.total] else { return false }
    var sum: Decimal = 0
    for field in equation.parts {
      guard let figure = figures[field] else { return false }
      sum += figure
    }
    guard sum != total, let old = figures[part] else { return false }
    return sum - old + value == total
  }

  /// X03. Bands are compared by multiplication, so that 5 people per event are 5 and not 4.999….
  private mutating func judgeRatio(_ pair: FormPlan.Pair, events: Decimal, people: Decimal) {
    func isPlausible(_ events: Decimal, _ people: Decimal) -> Bool {
      people >= pair.perEvent.lowerBound * events && people <= pair.perEvent.upperBound * events
    }
    guard !isPlausible(events, people),
      !(suggested[pair.people] ?? []).contains(where: { isPlausible(events, $0) }),
      !(suggested[pair.events] ?? []).contains(where: { isPlausible($0, people) })
    else { return }
    let isHigh = people > pair.perEvent.upperBound * events
    let rate = (people / events).rounded(1, .plain)
    tell(
      "X03", isHigh ? "high" : "low", at: pair.people, found: .figure(people),
      [
        "place": MessageValue(pair.place), "rate": MessageValue(rate),
        "low": MessageValue(pair.perEvent.lowerBound), "high": MessageValue(pair.perEvent.upperBound),
      ])
  }

  /// X05, which also speaks for a blank: it says more than C04 would.
  mutating func judgePublicity() {
    guard let (events, reports) = plan.publicity else { return }
    let held = events.compactMap { usable($0) }.reduce(0, +)
    guard held > 0 else { return }
    let words: [String: MessageValue] = [
      "s": MessageValue(held), "reports": MessageValue(name(reports)),
    ]
    if isBlank(reports) {
      if isTold[reports] { return }
      isTold[reports] = true
      tell("X05", "blank", at: reports, words)
    } else if usable(reports) == 0 {
      tell("X05", at: reports, found: .figure(0), words)
    }
  }

  /// X06: told once; a form of nothing but zeros in every channel has its own words.
  mutating func judgeChannels() {
    let unused = plan.channels.filter { channel in
      !channel.fields.isEmpty && channel.fields.allSatisfy { usable($0) == 0 }
    }
    guard let channel = unused.first else { return }
    let others = plan.channels.filter { $0.name != channel.name }
    if unused.count == plan.channels.count {
      tell("X06", "none", cell: channel.fields.first.flatMap { cell($0) }, [:])
    } else {
      tell(
        "X06", cell: channel.fields.first.flatMap { cell($0) },
        ["channel": MessageValue(channel.name), "others": Self.list(others.map(\.name))])
    }
  }
}
