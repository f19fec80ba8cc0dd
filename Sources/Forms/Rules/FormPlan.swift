import Foundation

/// A form's rules made ready: every field a position in the readings, so that judging looks up nothing by name.
final class FormPlan: Sendable {
  final class Equation: Sendable {
    let total: Int
    let parts: [Int]
    /// `送文艺 场次`, and the name of the total among its siblings, `合计`.
    let row: String
    let totalName: String
    let partNames: [String]

    init(total: Int, parts: [Int], row: String, totalName: String, partNames: [String]) {
      self.total = total
      self.parts = parts
      self.row = row
      self.totalName = totalName
      self.partNames = partNames
    }
  }

  /// The figures under one heading of the first level, reported once where all are blank (C04).
  struct Group: Sendable {
    var name: String
    var inputs: [Int]
    var totals: [Int]
  }

  /// Two figures that belong together, and what distinguishes them.
  final class Pair: Sendable {
    let events: Int
    let people: Int
    /// What both keys share, `送讲座 线上`, and what each has for itself, `场次` and `参加人数`.
    let place: String
    let eventsName: String
    let peopleName: String
    let perEvent: ClosedRange<Decimal>
    /// The same, where its bounds are whole.
    let wholePerEvent: ClosedRange<Int>?
    let mayLackPeople: Bool
    /// How many people one unit of the figure is: 10,000 of 万人次.
    let scale: Decimal

    init(
      events: (index: Int, field: Field), people: (index: Int, field: Field), perEvent: ClosedRange<Decimal>,
      mayLackPeople: Bool
    ) {
      let (eventsPath, peoplePath) = (events.field.key.path, people.field.key.path)
      let shared = Set(eventsPath).intersection(peoplePath)
      self.events = events.index
      self.people = people.index
      place = eventsPath.filter(shared.contains).joined(separator: " ")
      eventsName = eventsPath.filter { !shared.contains($0) }.joined(separator: " ")
      peopleName = peoplePath.filter { !shared.contains($0) }.joined(separator: " ")
      self.perEvent = perEvent
      wholePerEvent = perEvent.lowerBound.whole.flatMap { least in
        perEvent.upperBound.whole.flatMap { least <= $0 ? least...$0 : nil }
      }
      self.mayLackPeople = mayLackPeople
      scale = Decimal(max(1, people.field.measure.scale))
    }
  }

  struct Sum: Sendable {
    var name: String
    var fields: [Int]
  }

  struct Minimum: Sendable {
    var rule: RuleSettings.Minimum
    var sum: Sum
  }

  /// What the fields held against a target have for each unit.
  struct Target: Sendable {
    var table: TargetTable
    var rule: RuleSettings.TargetRule?
    var fields: [Int]
    /// How many base units one unit of the form is.
    var scale: Decimal
    var baseUnit: String
  }

  let form: FormDefinition
  let settings: RuleSettings
  let fields: [Field]
  let keys: [FieldKey]
  let inputs: [Int]
  /// Numbers that have bounds of their own.
  let limited: [Int]
  /// Columns of a list with the name of one person on each line.
  let persons: [Int]
  let personNames: PersonNames
  let equations: [Equation]
  /// The first equation in which a field is the total, else in which it is a part, by field.
  let equationOf: [Int?]
  let groups: [Group]
  let attendance: [Pair]
  let coverage: [Pair]
  let channels: [Sum]
  let publicity: (events: [Int], reports: Int)?
  let target: Target?
  let minimums: [Minimum]
  let kinds: [Sum]
  let yearSums: [Sum]
  /// Figures that are part of another one: 其中：一线职工 of 参加人数.
  let shares: [(part: Int, whole: Int)]

  init(form: FormDefinition, campaign: Campaign) {
    let settings = form.rules
    let index = Dictionary(
      form.fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    /// The inputs behind keys: a typed total is never trusted where its parts are there. A field counts once.
    func inputs(_ keys: [FieldKey]) -> [Int] {
      var seen: Set<FieldKey> = []
      return keys.flatMap { form.inputs(behind: $0) }.filter { seen.insert($0).inserted }.compactMap {
        index[$0]
      }
    }
    func pair(
      _ events: FieldKey, _ people: FieldKey, perEvent: ClosedRange<Decimal>,
      mayLackPeople: Bool = false
    ) -> Pair? {
      guard let e = index[events], let p = index[people] else { return nil }
      return Pair(
        events: (e, form.fields[e]), people: (p, form.fields[p]), perEvent: perEvent,
        mayLackPeople: mayLackPeople)
    }

    self.form = form
    self.settings = settings
    fields = form.fields
    keys = form.fields.map(\.key)
    self.inputs = form.fields.indices.filter { form.fields[$0].isInput && form.fields[$0].type != .index }
    limited = form.fields.indices.filter {
      let limits = form.fields[$0].limits
      return form.fields[$0].type == .number && (limits.least != nil || limits.most != nil)
    }
    let personWords = Set(campaign.words[.persons].map { LabelText.key($0) })
    persons = form.fields.indices.filter { index in
      form.kind == .list && form.fields[index].type == .text
        && form.fields[index].key.path.last.map { personWords.contains(LabelText.key($0)) } == true
    }
    personNames = PersonNames(
      surnames: campaign.words[.surnames], familyNames: campaign.words[.familyNames])
    let equations = form.equations.compactMap { equation in
      index[equation.total].map {
        Self.equation(total: $0, parts: equation.parts.compactMap { index[$0] }, of: form)
      }
    }
    self.equations = equations
    var equationOf = [Int?](repeating: nil, count: form.fields.count)
    for (number, equation) in equations.enumerated() {
      for field in equation.parts where equationOf[field] == nil { equationOf[field] = number }
    }
    for (number, equation) in equations.enumerated().reversed() { equationOf[equation.total] = number }
    self.equationOf = equationOf
    groups = Self.groups(of: form)
    attendance = settings.attendance.compactMap {
      pair($0.events, $0.people, perEvent: $0.perEvent, mayLackPeople: $0.mayLackPeople)
    }
    coverage = settings.coverage.compactMap { pair($0.events, $0.people, perEvent: $0.perEvent) }
    channels = settings.channels.map { Sum(name: $0.name, fields: inputs($0.fields)) }
    publicity = settings.publicity.flatMap { rule in
      index[rule.reports].map { (inputs(rule.events), $0) }
    }
    minimums = settings.minimums.map { rule in
      let sum = Sum(
        name: rule.fields.map { $0.path.joined(separator: " ") }.joined(separator: "、"),
        fields: inputs(rule.fields))
      return Minimum(rule: rule, sum: sum)
    }
    kinds = settings.kinds.map { Sum(name: $0.name, fields: inputs($0.fields)) }
    // Ratios are never added up.
    yearSums = settings.year.sums.map { sum in
      Sum(name: sum.name, fields: inputs(sum.fields).filter { form.fields[$0].ratio == nil })
    }
    shares = PartHeadings(words: campaign.words[.parts], checks: campaign.checks).shares(of: form)
    target = campaign.targets(for: form).flatMap { table in
      let fields = inputs(table.fields)
      guard let measure = fields.first.map({ form.fields[$0].measure }) ?? form.list?.countMeasure else {
        return nil
      }
      return Target(
        table: table, rule: settings.target, fields: fields, scale: Decimal(max(1, measure.scale)),
        baseUnit: measure.baseUnit)
    }
  }

  private static func equation(total: Int, parts: [Int], of form: FormDefinition) -> Equation {
    let path = form.fields[total].key.path
    let partPaths = parts.map { form.fields[$0].key.path }
    // The total's own name is where it differs from its parts.
    let own = path.indices.first { level in
      partPaths.contains { !$0.indices.contains(level) || $0[level] != path[level] }
    }
    let level = own ?? path.count - 1
    func name(_ path: [Substring]) -> String { path.indices.contains(level) ? String(path[level]) : "" }
    return Equation(
      total: total, parts: parts,
      row: path.enumerated().filter { $0.offset != level }.map(\.element).joined(separator: " "),
      totalName: name(path), partNames: partPaths.map(name))
  }

  private static func groups(of form: FormDefinition) -> [Group] {
    var groups: [Group] = []
    for (position, field) in form.fields.enumerated() {
      guard form.rowLeaves.indices.contains(field.row), let heading = form.rowLeaves[field.row].first else {
        return []
      }
      if groups.last?.name != heading.name {
        groups.append(Group(name: heading.name, inputs: [], totals: []))
      }
      if field.isInput {
        groups[groups.count - 1].inputs.append(position)
      } else {
        groups[groups.count - 1].totals.append(position)
      }
    }
    return groups.filter { $0.inputs.count > 1 }
  }
}
