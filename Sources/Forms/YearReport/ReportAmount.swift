import Foundation

/// A figure of the report: what was reported together, and what of it stands on no open error.
struct ReportAmount {
  var all: Decimal
  /// `nil` where nothing is left.
  var settled: Decimal?
  /// Whether anything that it is made of stands on an open error.
  var isDisputed: Bool
  /// `场`, `人次`; `%` for a rate.
  var unit: String
  /// Whether it counts the lines of a list, which the sentences have a word for where the list has none.
  var isLines = false
}

/// What a form's sentences say of it: sums, their parts, how they stand to targets and to last year.
struct ReportFigures {
  let form: FormConsolidation

  /// A sum with the parts of the channels in it.
  struct Sum {
    var name: String
    var total: ReportAmount
    var parts: [Part]
  }

  struct Part {
    var name: String
    var amount: ReportAmount
    /// Of the sum, to a tenth of a percent; `nil` where either is in doubt or the parts do not make up the whole.
    var share: Decimal?
  }

  var definition: FormDefinition { form.form }

  // Names.

  /// The blanks that a campaign's own overview of a form may have beside those of every form: its named sums and kinds,
  /// each by itself and by channel, and every figure by its key.
  static func names(of form: FormDefinition) -> Set<String> {
    var names = Set(form.fields.map(\.key.rawValue))
    for sum in form.rules.year.sums + form.rules.kinds {
      names.insert(sum.name)
      for channel in form.rules.channels { names.insert("\(sum.name)/\(channel.name)") }
    }
    if form.list != nil { names.insert(ListRules.countKey.rawValue) }
    return names
  }

  /// The amount that a name of ``names(of:)`` stands for; `nil` where nobody reported it.
  func amount(named name: String) -> ReportAmount? {
    if name == ListRules.countKey.rawValue, let lines { return lines }
    if definition.field(FieldKey(rawValue: name)) != nil {
      return amount(of: definition.inputs(behind: FieldKey(rawValue: name)))
    }
    for sum in definition.rules.year.sums + definition.rules.kinds {
      let inputs = self.inputs(sum.fields)
      if name == sum.name { return amount(of: inputs) }
      guard name.hasPrefix(sum.name + "/"),
        let channel = definition.rules.channels.first(where: { name == "\(sum.name)/\($0.name)" })
      else { continue }
      let ways = Set(self.inputs(channel.fields))
      return amount(of: inputs.filter(ways.contains))
    }
    return nil
  }

  /// The inputs behind fields, each once.
  private func inputs(_ fields: [FieldKey]) -> [FieldKey] {
    var seen: Set<FieldKey> = []
    return fields.flatMap { definition.inputs(behind: $0) }.filter { seen.insert($0).inserted }
  }

  /// What some inputs come to over all units; `nil` without any, or where they are of several measures or a ratio.
  func amount(of inputs: [FieldKey]) -> ReportAmount? {
    let fields = inputs.compactMap { definition.field($0) }
    guard let first = fields.first,
      fields.allSatisfy({ $0.measure.unit == first.measure.unit && $0.ratio == nil })
    else { return nil }
    let reported = inputs.compactMap { form.totals[$0] }
    guard !reported.isEmpty else { return nil }
    var settled: Decimal?
    var isDisputed = false
    for unit in form.units {
      // A figure that could not be read is in no sum, and leaves it in doubt all the same.
      if inputs.contains(where: unit.isDisputed) { isDisputed = true }
      for key in inputs where !unit.isDisputed(key) {
        if let figure = unit.inputs[key] { settled = (settled ?? 0) + figure }
      }
    }
    return ReportAmount(
      all: reported.reduce(0, +), settled: settled, isDisputed: isDisputed, unit: first.measure.unit)
  }

  // Sums, kinds.

  /// What the form counts, by the names that the campaign compares with last year's; of another form its grand totals.
  var sums: [Sum] {
    let named = definition.rules.year.sums.map { (name: $0.name, inputs: inputs($0.fields)) }
    return (named.isEmpty ? grandTotals : named).compactMap { name, inputs in
      amount(of: inputs).map { Sum(name: name, total: $0, parts: channels(of: inputs, total: $0)) }
    }
  }

  private static let mostTotals = 8

  private var grandTotals: [(name: String, inputs: [FieldKey])] {
    var parts: Set<FieldKey> = []
    for equation in definition.equations { parts.formUnion(equation.parts) }
    let totals = definition.fields.filter { !$0.isInput && !parts.contains($0.key) }
    let shown = totals.isEmpty ? definition.fields.filter(\.isInput) : totals
    guard shown.count <= Self.mostTotals else { return [] }
    return shown.map { ($0.key.path.joined(separator: " "), definition.inputs(behind: $0.key)) }
  }

  private func channels(of inputs: [FieldKey], total: ReportAmount) -> [Part] {
    let ways = definition.rules.channels.map { channel in
      let fields = Set(self.inputs(channel.fields))
      return (name: channel.name, inputs: inputs.filter(fields.contains))
    }
    guard ways.count > 1, ways.allSatisfy({ !$0.inputs.isEmpty }) else { return [] }
    return parts(ways, of: inputs, total: total)
  }

  /// The kinds of activity, in what events are counted in.
  var kinds: [Part] {
    let kinds = definition.rules.kinds.map { (name: $0.name, inputs: inputs($0.fields)) }
    let all = kinds.flatMap(\.inputs)
    guard kinds.count > 1, let total = amount(of: all) else { return [] }
    return parts(kinds, of: all, total: total)
  }

  private func parts(
    _ parts: [(name: String, inputs: [FieldKey])], of whole: [FieldKey], total: ReportAmount
  ) -> [Part] {
    let amounts = parts.map { amount(of: $0.inputs) }
    let makeWhole = parts.flatMap(\.inputs).count == whole.count
    let canShare = makeWhole && total.all > 0 && !total.isDisputed && !amounts.contains { $0 == nil }
    var rest = Decimal(1)
    var result: [Part] = []
    for (position, amount) in amounts.enumerated() {
      guard let amount else { continue }
      var share: Decimal?
      if canShare {
        // As in the workbook, the last is what the others leave, so that the shares add up to 100 %.
        let isLast = position == amounts.count - 1
        let own = isLast ? rest : (amount.all / total.all).rounded(3, .plain)
        rest -= own
        share = own
      }
      result.append(Part(name: parts[position].name, amount: amount, share: share))
    }
    return result
  }

  // Targets.

  /// What the units with a target completed; `nil` without targets, or before anything came.
  var completed: ReportAmount? {
    guard form.targetTable != nil, form.target > 0, let all = form.completed else { return nil }
    return ReportAmount(all: all, settled: form.settled, isDisputed: form.isDisputed, unit: baseUnit)
  }

  /// ``completed`` where others than the units with a target reported too, so that it is less than the form's sums.
  var completedApart: ReportAmount? {
    form.top.contains { $0.target == nil && ($0.completed ?? 0) != 0 } ? completed : nil
  }

  var rate: ReportAmount? {
    guard let completed, let rate = Consolidation.rate(completed.all, of: form.target) else { return nil }
    return ReportAmount(
      all: rate, settled: Consolidation.rate(completed.settled, of: form.target),
      isDisputed: completed.isDisputed, unit: "%")
  }

  var baseUnit: String { form.targetUnit }

  /// The units that are compared with their targets, best first; equal ones in the campaign's order.
  private var ranked: [UnitFigures] {
    form.top.enumerated().filter {
      $0.element.standing == .owing && $0.element.rate != nil && !$0.element.isDisputed
    }.sorted { a, b in
      let (x, y) = (a.element.rate ?? 0, b.element.rate ?? 0)
      return x != y ? x > y : a.offset < b.offset
    }.map(\.element)
  }

  var exceeded: [UnitFigures] { ranked.filter { ($0.rate ?? 0) > 1 } }
  var met: [UnitFigures] { ranked.filter { $0.rate == 1 } }
  var lacking: [UnitFigures] { ranked.filter { ($0.rate ?? 0) < 1 } }
  /// Those whose figures are in doubt.
  var notCompared: [UnitFigures] { form.top.filter { $0.target != nil && $0.isDisputed } }
  /// Those who owe the form and have reported it, without a target to be held against.
  var withoutTarget: [UnitFigures] {
    form.targetTable == nil
      ? [] : form.top.filter { $0.standing == .owing && $0.target == nil && $0.isReported }
  }

  // Last year.

  var yearComparison: YearComparison? { form.yearComparison }
}

/// What counts towards the targets this year and last year, over the units that have a figure in both and none in doubt.
struct YearComparison {
  var units: Int
  var previous: Decimal
  var current: Decimal
  /// How many units are left out since their figures are in doubt.
  var left: Int

  var change: Decimal { current - previous }
  /// Six decimals; `nil` where last year's figure is zero.
  var growth: Decimal? { previous == 0 ? nil : (change / previous).rounded(6, .plain) }
}

extension FormConsolidation {
  /// `nil` without last year's figures.
  var yearComparison: YearComparison? {
    let both = top.filter { $0.target != nil && $0.completed != nil && $0.previous != nil }
    let settled = both.filter { !$0.isDisputed }
    guard !settled.isEmpty else { return nil }
    return YearComparison(
      units: settled.count, previous: settled.compactMap(\.previous).reduce(0, +),
      current: settled.compactMap(\.completed).reduce(0, +), left: both.count - settled.count)
  }
}

extension UnitFigures {
  /// Whether a figure stands on an open error, of its own or of the form as a whole.
  func isDisputed(_ key: FieldKey) -> Bool { isWhollyDisputed || disputed.contains(key) }
}
