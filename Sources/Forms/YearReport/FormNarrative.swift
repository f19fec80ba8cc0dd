import Foundation

/// The paragraphs about one form, made of its figures and the campaign's sentences.
struct FormNarrative {
  /// A heading with what stands under it; what has no sentence is not there.
  struct Part {
    var heading: String
    var paragraphs: [String]
  }

  let figures: ReportFigures
  let wording: ReportWording
  let words: PageWords
  let asOf: CalendarDate

  var language: Language { words.language }

  private var form: FormConsolidation { figures.form }
  private static let namesShown = 40

  init(_ form: FormConsolidation, wording: ReportWording, words: PageWords, asOf: CalendarDate) {
    figures = ReportFigures(form: form)
    self.wording = wording
    self.words = words
    self.asOf = asOf
  }

  // What came in.

  var received: [String] {
    let missing = form.missing
    let rejected = form.owing.filter { $0.state == .rejected }.map(name)
    let outside = form.units.filter { $0.standing == .outside && $0.isReported }.map(name)
    var values = names
    values["asOf"] = day(asOf)
    values["deadline"] = day(form.form.deadline)
    values["expected"] = String(form.expected)
    values["reported"] = String(form.reported)
    values["late"] = count(form.owing.count { $0.state == .late })
    values["missingCount"] = count(missing.count)
    values["missing"] = list(missing.map { words.name($0.name) })
    values["rejectedCount"] = count(rejected.count)
    values["rejected"] = list(rejected)
    values["outsideCount"] = count(outside.count)
    values["outside"] = list(outside)
    if let below = form.levels.last, form.levels.count > 1 {
      values["belowExpected"] = String(below.expected)
      values["belowReported"] = String(below.reported)
    }
    var unattributed = names
    unattributed["count"] = count(form.unattributed)
    return [fill(.stand, values), fill(.unattributed, unattributed)].compactMap(\.self)
  }

  // What the figures say.

  var heading: String { fill(.formHeading, names) ?? words.name(form.form.label) }

  var parts: [Part] {
    if form.form.list != nil { return listParts }
    let parts = [
      Part(heading: wording[.overviewHeading, language], paragraphs: [overview].compactMap(\.self)),
      Part(heading: wording[.kindsHeading, language], paragraphs: [kinds].compactMap(\.self)),
      Part(heading: wording[.unitsHeading, language], paragraphs: units),
      Part(heading: wording[.yearHeading, language], paragraphs: [year].compactMap(\.self)),
    ]
    return Self.said(parts)
  }

  /// A list has no targets: how many lines there are, what they come to, by group and by unit.
  private var listParts: [Part] {
    let parts = [
      Part(heading: wording[.overviewHeading, language], paragraphs: [listOverview].compactMap(\.self)),
      Part(heading: wording[.kindsHeading, language], paragraphs: figures.groups.compactMap(grouping)),
      Part(heading: wording[.listUnitsHeading, language], paragraphs: [listUnits].compactMap(\.self)),
      Part(heading: wording[.yearHeading, language], paragraphs: [listYear].compactMap(\.self)),
    ]
    return Self.said(parts)
  }

  /// Without what has no sentence: one of whose parts none has a figure is empty.
  private static func said(_ parts: [Part]) -> [Part] {
    parts.compactMap { part in
      let paragraphs = part.paragraphs.filter { !$0.isEmpty }
      return paragraphs.isEmpty ? nil : Part(heading: part.heading, paragraphs: paragraphs)
    }
  }

  private var listOverview: String? {
    var values = names
    values["expected"] = String(form.expected)
    values["reported"] = String(form.reported)
    values["rows"] = figures.lines.map(text)
    values["sums"] = list(figures.listSums.compactMap(sum), isClauses: true)
    return wording.overview(of: form.form, as: .listOverview, in: language) { name in
      values[name] ?? figures.amount(named: name).map(text)
    }
  }

  private func grouping(_ group: ReportFigures.Group) -> String? {
    let clauses = group.values.compactMap { value -> String? in
      let name = value.name.isEmpty ? words.translate(FormConsolidation.noValue) : words.name(value.name)
      var values = ["name": name, "rows": text(value.lines)]
      values["share"] = value.share.map { Consolidation.percent($0) }
      values["sums"] = list(value.sums.compactMap(sum))
      return fill(.groupValue, values)
    }
    let shown = list(Array(clauses.prefix(Self.namesShown)), isClauses: true)
    return fill(
      .grouping, ["group": words.heading(group.name), "values": shown, "count": count(group.values.count)])
  }

  private var listUnits: String? {
    let lines = figures.linesOfUnits
    let shown = lines.compactMap { fill(.unitRows, ["unit": name($0.unit), "rows": text($0.lines)]) }
    return fill(.listUnits, ["units": list(shown), "count": count(lines.count)])
  }

  private var listYear: String? {
    guard let year = figures.listYear else { return nil }
    let changes = year.changes.compactMap { change -> String? in
      let unit = change.isLines && change.unit.isEmpty ? wording[.line, language] : change.unit
      let difference = change.current - change.previous
      var values = [
        "name": change.isLines ? wording[.listItself, language] : words.heading(change.name),
        "previous": amount(change.previous, unit), "current": amount(change.current, unit),
      ]
      values["change"] = amount(abs(difference), unit)
      values["growth"] =
        change.previous > 0
        ? Consolidation.percent((abs(difference) / change.previous).rounded(3, .plain)) : nil
      return fill(difference > 0 ? .listIncrease : difference < 0 ? .listDecrease : .listUnchanged, values)
    }
    return fill(
      .listYear,
      ["count": String(year.units), "changes": list(changes, isClauses: true), "left": count(year.left)])
  }

  private var overview: String? {
    var values = names
    values["expected"] = String(form.expected)
    values["reported"] = String(form.reported)
    values["completed"] = figures.completed.map(text)
    values["completedApart"] = figures.completedApart.map(text)
    values["target"] = form.target > 0 ? amount(Decimal(form.target), figures.baseUnit) : nil
    values["rate"] = figures.rate.map(text)
    values["sums"] = list(figures.sums.compactMap(sum), isClauses: true)
    return wording.overview(of: form.form, in: language) { name in
      values[name] ?? figures.amount(named: name).map(text)
    }
  }

  private func sum(_ sum: ReportFigures.Sum) -> String? {
    var values = ["name": words.heading(sum.name), "total": text(sum.total)]
    values["channels"] = list(sum.parts.compactMap { part(.channel, $0) })
    return fill(.sum, values)
  }

  private func part(_ wording: ReportWording.Text, _ part: ReportFigures.Part) -> String? {
    var values = ["name": words.name(part.name), "total": text(part.amount)]
    values["share"] = part.share.map { Consolidation.percent($0) }
    return fill(wording, values)
  }

  private var kinds: String? {
    let kinds = figures.kinds.filter { $0.amount.all != 0 || $0.amount.isDisputed }
    return fill(
      .kinds,
      ["kinds": list(kinds.compactMap { part(.kind, $0) }), "count": count(kinds.count)])
  }

  private var units: [String] {
    func units(_ wording: ReportWording.Text, _ lines: [UnitFigures], withRates: Bool = true) -> String? {
      let shown = lines.map { withRates ? rated($0) : name($0) }
      return fill(
        wording, ["units": list(shown), "count": count(lines.count), "form": words.name(form.form.label)])
    }
    guard form.targetTable != nil, form.target > 0 else { return [] }
    return [
      units(.exceeded, figures.exceeded), units(.met, figures.met, withRates: false),
      units(.lacking, figures.lacking), units(.notCompared, figures.notCompared, withRates: false),
      units(.withoutTarget, figures.withoutTarget, withRates: false),
    ].compactMap(\.self)
  }

  private func rated(_ line: UnitFigures) -> String {
    var values = ["unit": name(line)]
    values["rate"] = line.rate.map { Consolidation.percent($0) }
    values["completed"] = line.completed.map { amount($0, figures.baseUnit) }
    values["target"] = line.target.map { amount(Decimal($0), figures.baseUnit) }
    return fill(.unitRate, values) ?? name(line)
  }

  private var year: String? {
    guard let comparison = figures.yearComparison else { return nil }
    let unit = figures.baseUnit
    var values = [
      "count": String(comparison.units), "previous": amount(comparison.previous, unit),
      "current": amount(comparison.current, unit),
    ]
    // The words say whether it is more or less.
    values["change"] = comparison.change == 0 ? nil : amount(abs(comparison.change), unit)
    values["growth"] = comparison.growth.map { Consolidation.percent(abs($0)) }
    values["left"] = count(comparison.left)
    let wording: ReportWording.Text =
      comparison.change > 0 ? .increase : comparison.change < 0 ? .decrease : .unchanged
    return fill(wording, values)
  }

  /// What stands on open errors.
  var disputed: String? {
    let units = form.disputedUnits.map { words.name($0.name) }
    return fill(
      .disputed, ["form": words.name(form.form.label), "units": list(units), "count": count(units.count)])
  }

  // Words.

  private var names: [String: String] {
    // In a sentence a title is one line.
    ["form": words.name(form.form.label), "formTitle": words.name(form.form.title)]
  }

  private func name(_ line: UnitFigures) -> String { words.name(line.unit.name) }

  private func fill(_ text: ReportWording.Text, _ values: [String: String?]) -> String? {
    wording.fill(text, values.compactMapValues(\.self), in: language)
  }

  private func count(_ count: Int) -> String? { count == 0 ? nil : String(count) }

  private func day(_ day: CalendarDate) -> String { language == .chinese ? day.longText : day.description }

  /// A figure with its unit: `1234场`, `1,234 场`.
  private func amount(_ figure: Decimal, _ unit: String) -> String {
    if unit == "%" { return Consolidation.percent(figure) }
    if language == .chinese { return figure.plainText + unit }
    return PageWords.grouped(figure) + (unit.isEmpty ? "" : " " + words.name(unit))
  }

  /// A figure that says of itself what of it is in doubt.
  private func text(_ figure: ReportAmount) -> String {
    let unit = figure.isLines && figure.unit.isEmpty ? wording[.line, language] : figure.unit
    let all = amount(figure.all, unit)
    guard figure.isDisputed else { return all }
    // What is in doubt has given no figure yet: a blank, or something that is no number.
    if figure.all == figure.settled { return fill(.doubtfulUncounted, ["all": all]) ?? all }
    let settled = figure.settled.map { amount($0, unit) } ?? "—"
    return fill(.doubtful, ["all": all, "settled": settled]) ?? all
  }

  /// Names or clauses in a row; of very many names the first.
  private func list(_ items: [String], isClauses: Bool = false) -> String? {
    if items.isEmpty { return nil }
    if isClauses { return items.joined(separator: language == .chinese ? "；" : "; ") }
    let shown = items.prefix(Self.namesShown).joined(separator: wording[.separator, language].separator)
    guard items.count > Self.namesShown else { return shown }
    return fill(.more, ["names": shown, "count": String(items.count)]) ?? shown
  }
}

extension String {
  /// A separator as the file has it, where spaces at the ends are lost: a comma of English is followed by one.
  fileprivate var separator: String { self == "," || self == ";" ? self + " " : self }
}
