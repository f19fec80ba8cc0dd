import Foundation
import XLSX

/// The charts of one form: completion against the target, the shares of the channels, the kinds of activity.
struct ConsolidationCharts {
  let form: FormConsolidation
  let words: PageWords

  private static let mostRows = 200
  /// Bars past three times the target are cut: one figure of a wrong unit would hide all others.
  static let longestRate = 3.0

  var all: [BarChart] { [completion, channels, kinds].compactMap(\.self) }

  /// The units at the top that owe the form or have reported it, but for those whose figures stand on an open error.
  private var units: [UnitFigures] {
    Array(
      form.top.filter { ($0.standing == .owing || $0.isReported) && !$0.isDisputed }.prefix(Self.mostRows))
  }

  /// The sums over all units of the figures that stand on no open error.
  private var settledTotals: [FieldKey: Decimal] {
    var sums: [FieldKey: Decimal] = [:]
    for unit in form.units {
      for (key, figure) in unit.inputs where !unit.isDisputed(key) { sums[key, default: 0] += figure }
    }
    return sums
  }

  /// Which units a chart leaves out, behind its title.
  private var leftOut: String {
    let names = form.top.filter(\.isDisputed).map { words.name($0.unit.ownName) }
    return names.isEmpty ? "" : words.leftOut(names)
  }

  // Completion.

  private var completion: BarChart? {
    guard let table = form.targetTable else { return nil }
    let units = units.filter { $0.target != nil }
    guard !units.isEmpty else { return nil }
    let measure = form.targetUnit
    let rows = units.map { unit -> BarChart.Row in
      let target = PageWords.grouped(Decimal(unit.target ?? 0))
      guard let done = unit.completed, let rate = unit.rate else {
        return BarChart.Row(
          label: words.name(unit.unit.ownName), parts: [0],
          note: "\(unit.state.word.text(in: words.language)) —/\(target)")
      }
      return BarChart.Row(
        label: words.name(unit.unit.ownName), parts: [min(rate.cellNumber, Self.longestRate)],
        note: "\(Consolidation.percent(rate)) \(PageWords.grouped(done))/\(target)", figure: rate.cellNumber,
        color: rate < 1 ? BarChart.lacking : BarChart.reached, isCut: rate.cellNumber > Self.longestRate)
    }
    let reached = units.count { ($0.rate ?? 0) >= 1 }
    return BarChart(
      title: words.completionTitle(words.name(table.label), words.name(measure)) + leftOut,
      summary: words.completionSummary(units: units.count, reached: reached), series: [], rows: rows,
      mark: (1, words.target))
  }

  // Channels.

  /// The parts of 线上 and 线下 in each measure over all units, then unit by unit in the measure that events are counted in.
  private var channels: BarChart? {
    let channels = form.form.rules.channels
    guard channels.count > 1 else { return nil }
    var measures: [Measure] = []
    for field in form.form.fields where field.isInput && !measures.contains(field.measure) {
      measures.append(field.measure)
    }
    func inputs(_ channel: RuleSettings.Channel, _ measure: Measure) -> [FieldKey] {
      channel.fields.flatMap { form.form.inputs(behind: $0) }.filter {
        form.form.field($0)?.measure == measure
      }
    }
    let split = measures.filter { measure in channels.allSatisfy { !inputs($0, measure).isEmpty } }
    guard let first = split.first else { return nil }
    func row(_ label: String, _ figures: (FieldKey) -> Decimal?, _ measure: Measure) -> BarChart.Row? {
      let sums = channels.map { channel in
        inputs(channel, measure).reduce(Decimal(0)) { $0 + max(0, figures($1) ?? 0) }
      }
      let whole = sums.reduce(0, +)
      guard whole > 0 else { return nil }
      let shares = sums.map { ($0 / whole).cellNumber }
      let note = zip(channels, sums).map {
        "\(words.name($0.name))\(words.language == .chinese ? "" : " ")\(PageWords.grouped($1))"
      }.joined(separator: " ")
      return BarChart.Row(label: label, parts: shares, note: note)
    }
    let totals = settledTotals
    var rows = split.compactMap { measure in row(words.all(words.name(measure.unit)), { totals[$0] }, measure)
    }
    guard !rows.isEmpty else { return nil }
    rows += units.compactMap { line in row(words.name(line.unit.ownName), { line.figures[$0] }, first) }
    return BarChart(
      title: words.channelTitle(channels.map { words.name($0.name) }, words.name(first.unit)) + leftOut,
      summary: words.channelSummary(channels.map { words.name($0.name) }),
      series: zip(channels, BarChart.palette).map { .init(name: words.name($0.name), color: $1) }, rows: rows,
      whole: 1)
  }

  // Kinds.

  private var kinds: BarChart? {
    let kinds = form.form.rules.kinds
    guard kinds.count > 1, kinds.count <= BarChart.palette.count else { return nil }
    let inputs = kinds.map { kind in kind.fields.flatMap { form.form.inputs(behind: $0) } }
    let unit = inputs.first?.first.flatMap { form.form.field($0)?.measure.unit } ?? ""
    let rows = units.map { line in
      let sums = inputs.map { keys in keys.reduce(Decimal(0)) { $0 + max(0, line.figures[$1] ?? 0) } }
      let held = sums.count { $0 > 0 }
      let note =
        line.isReported
        ? words.kinds(held, of: kinds.count, PageWords.grouped(sums.reduce(0, +)), words.name(unit))
        : line.state.word.text(in: words.language)
      return BarChart.Row(label: words.name(line.unit.ownName), parts: sums.map(\.cellNumber), note: note)
    }
    guard rows.contains(where: { $0.parts.contains { $0 > 0 } }) else { return nil }
    return BarChart(
      title: words.kindTitle(words.name(unit)) + leftOut,
      summary: words.kindSummary(kinds.map { words.name($0.name) }),
      series: zip(kinds, BarChart.palette).map { .init(name: words.name($0.name), color: $1) }, rows: rows)
  }
}
