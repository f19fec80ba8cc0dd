import Foundation

// The `rules:` section, read with the form at hand: a rule that names a field, a unit group or a blank of a message that
// does not exist is refused where it stands.
extension RuleSettings {
  /// What a `rules:` section may name.
  public struct Context: Sendable {
    /// The form, complete but for its rules.
    public var form: FormDefinition
    public var units: [ReportingUnit]
    /// The groups that the campaign declares.
    public var groups: [String]

    public init(form: FormDefinition, units: [ReportingUnit], groups: [String]) {
      self.form = form
      self.units = units
      self.groups = groups
    }
  }

  private static let keys = [
    "attendance", "coverage", "unlikeOthers", "unitSlip", "leastCoverage", "leastCoveragePerEvent",
    "slippedPowers",
    "smallPeople",
    "channels", "publicity", "target", "minimums", "kinds", "year", "messages",
  ]

  /// Reads a `rules:` section.
  ///
  /// Fields are named by their keys; `*` stands for any one heading of a key (`*/场次/线上`).
  ///
  /// - Throws: ``FormsError`` of code `campaign`, with file and line.
  public init(yaml: YAMLNode, context: Context) throws {
    self.init()
    if yaml.isNull { return }
    let map = try yaml.mapping(keys: Self.keys)
    let fields = FieldPatterns(form: context.form)
    for node in try map["attendance"]?.list() ?? [] {
      attendance += try Self.attendance(node, fields)
    }
    for node in try map["coverage"]?.list() ?? [] {
      let pair = try node.mapping(keys: ["events", "people", "perEvent"])
      let band = try pair["perEvent"].map(Self.band) ?? 5...200_000
      coverage += try fields.pairs(pair.required("events"), pair.required("people")).map {
        Coverage(events: $0.0, people: $0.1, perEvent: band)
      }
    }
    if let node = map["unlikeOthers"] { unlikeness = try Self.unlikeness(node) }
    if let node = map["unitSlip"] { unitSlip = try Self.unitSlip(node) }
    if let node = map["leastCoverage"] { leastCoverage = try Self.positive(node) }
    if let node = map["leastCoveragePerEvent"] { leastCoveragePerEvent = try Self.positive(node) }
    if let node = map["slippedPowers"] { slippedPowers = try node.list { try $0.int(in: 1...9) } }
    if let node = map["smallPeople"] { smallPeople = try Self.positive(node) }
    channels =
      try map["channels"].map { try Self.sums($0, fields) }?.map { Channel(name: $0.name, fields: $0.fields) }
      ?? []
    if let node = map["publicity"] {
      let map = try node.mapping(keys: ["events", "reports"])
      publicity = Publicity(
        events: try fields.keys(map.required("events")), reports: try fields.input(map.required("reports")))
    }
    target = try map["target"].map(Self.target)
    minimums = try map["minimums"]?.list().map { try Self.minimum($0, fields, context) } ?? []
    kinds = try map["kinds"].map { try Self.sums($0, fields) } ?? []
    if let node = map["year"] { year = try Self.year(node, fields) }
    if let node = map["messages"] { messages = try Self.messages(node) }
    try checkContradictions(map, context)
  }

  private static func attendance(_ node: YAMLNode, _ fields: FieldPatterns) throws -> [Attendance] {
    let map = try node.mapping(keys: ["events", "people", "perEvent", "mayLackPeople"])
    let band = try map["perEvent"].map(band) ?? 5...5000
    let lacking = try map["mayLackPeople"]?.list(of: { ($0, try $0.string()) }) ?? []
    let pairs = try fields.pairs(map.required("events"), map.required("people"))
    for (node, name) in lacking where !pairs.contains(where: { $0.0.path.contains(Substring(name)) }) {
      throw node.error(
        zh: "“\(name)”不在 events 所指的各项之中", en: "\"\(name)\" is no heading of the fields that events names")
    }
    return pairs.map { events, people in
      Attendance(
        events: events, people: people, perEvent: band,
        mayLackPeople: lacking.contains { events.path.contains(Substring($0.1)) })
    }
  }

  private static func unitSlip(_ node: YAMLNode) throws -> UnitSlip {
    let map = try node.mapping(keys: ["factor", "band", "usualTarget"])
    var slip = UnitSlip()
    if let node = map["factor"] { slip.factor = try positive(node) }
    if let node = map["band"] { slip.band = try band(node) }
    if let node = map["usualTarget"] { slip.usualTarget = try positive(node) }
    return slip
  }

  private static func unlikeness(_ node: YAMLNode) throws -> Unlikeness {
    let map = try node.mapping(keys: ["factor", "leastOthers"])
    var unlikeness = Unlikeness()
    if let node = map["factor"] { unlikeness.factor = try aboveOne(node) }
    if let node = map["leastOthers"] { unlikeness.leastOthers = try node.int(in: 2...100_000) }
    return unlikeness
  }

  private static func aboveOne(_ node: YAMLNode) throws -> Decimal {
    let number = try positive(node)
    guard number > 1 else { throw node.error(zh: "应大于1", en: "must be above 1") }
    return number
  }

  private static func target(_ node: YAMLNode) throws -> TargetRule {
    let map = try node.mapping(keys: ["shortfall", "excess"])
    let shortfall = try map.required("shortfall")
    let rule = try shortfall.string()
    guard rule == "G01" || rule == "G05" else {
      throw shortfall.error(zh: "shortfall 只能是 G01 或 G05", en: "shortfall is either G01 or G05")
    }
    let excess = try map["excess"].map { node in
      let excess = try positive(node)
      guard excess > 1 else {
        throw node.error(
          zh: "excess 应大于1，否则刚完成目标就会报异常偏高", en: "excess must be above 1, or every target reached is too much")
      }
      return excess
    }
    return TargetRule(shortfall: rule, excess: excess ?? TargetRule.usualExcess)
  }

  private static func minimum(_ node: YAMLNode, _ fields: FieldPatterns, _ context: Context) throws -> Minimum
  {
    let map = try node.mapping(keys: ["fields", "groups", "outside", "least", "most", "asksForDetail"])
    let audience: Minimum.Audience
    switch (map["groups"], map["outside"]) {
    case (let groups?, nil):
      audience = .groups(
        try (groups.isScalar ? [groups] : groups.list()).map { node in
          let name = try node.string()
          guard context.groups.contains(name) || context.units.contains(where: { $0.groups.contains(name) })
          else {
            throw node.error(
              zh: "活动中没有“\(name)”组，已有：\(context.groups.joined(separator: "、"))",
              en: "the campaign has no group \"\(name)\": \(context.groups.joined(separator: ", "))")
          }
          return name
        })
    case (nil, let outside?):
      guard try outside.bool() else { fallthrough }
      audience = .outside
    default:
      throw node.error(
        zh: "请写明对哪些单位：groups: […]，或 outside: true", en: "say which units: groups: […], or outside: true")
    }
    let least = try positive(map.required("least"))
    let most = try map["most"].map { node in
      let most = try node.decimal()
      guard most >= least else { throw node.error(zh: "most 小于 least", en: "most is below least") }
      return most
    }
    return Minimum(
      fields: try fields.keys(map.required("fields")), audience: audience, least: least, most: most,
      asksForDetail: try map["asksForDetail"]?.bool() ?? false)
  }

  private static func year(_ node: YAMLNode, _ fields: FieldPatterns) throws -> YearComparison {
    let map = try node.mapping(keys: ["sums", "change", "ignoredDifference", "shareTolerance"])
    var year = YearComparison(sums: try map["sums"].map { try sums($0, fields) } ?? [])
    if let node = map["change"] { year.change = try positive(node) }
    if let node = map["ignoredDifference"] { year.ignoredDifference = try node.decimal() }
    if let node = map["shareTolerance"] { year.shareTolerance = try positive(node) }
    return year
  }

  /// `[{name: 线上, fields: ["*/*/线上"]}, …]`
  private static func sums(_ node: YAMLNode, _ fields: FieldPatterns) throws -> [NamedSum] {
    var names: Set<String> = []
    return try node.list().map { node in
      let map = try node.mapping(keys: ["name", "fields"])
      let name = try map.required("name").string()
      guard names.insert(name).inserted else {
        throw node.error(zh: "“\(name)”重复", en: "\"\(name)\" is there twice")
      }
      return NamedSum(name: name, fields: try fields.keys(map.required("fields")))
    }
  }

  private static func messages(_ node: YAMLNode) throws -> [String: LocalizedText] {
    let map = try node.mapping()
    var messages: [String: LocalizedText] = [:]
    for (name, value) in map.pairs {
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard let rule = parts.first.flatMap({ RuleCatalogue[$0] }),
        rule.messages[parts.count > 1 ? parts[1] : ""] != nil
      else {
        throw map.error(at: name, zh: "没有规则信息“\(name)”", en: "there is no rule message \"\(name)\"")
      }
      let texts = try value.mapping(keys: ["zh", "en"])
      for key in ["zh", "en"] {
        let text = try texts.required(key)
        for blank in MessageTemplate.placeholders(in: try text.string())
        where !rule.placeholders.contains(blank) {
          throw text.error(
            zh:
              "规则\(rule.id)没有“{\(blank)}”，可用：\(rule.placeholders.sorted().map { "{\($0)}" }.joined(separator: " "))",
            en:
              "rule \(rule.id) has no {\(blank)}: \(rule.placeholders.sorted().map { "{\($0)}" }.joined(separator: " "))"
          )
        }
      }
      messages[name] = LocalizedText(
        zh: try texts.required("zh").string(), en: try texts.required("en").string())
    }
    return messages
  }

  private static func positive(_ node: YAMLNode) throws -> Decimal {
    let number = try node.decimal()
    guard number > 0 else { throw node.error(zh: "应大于0", en: "must be above 0") }
    return number
  }

  /// `[5, 5000]`
  private static func band(_ node: YAMLNode) throws -> ClosedRange<Decimal> {
    let ends = try node.list { try $0.decimal() }
    guard ends.count == 2, ends[0] >= 0, ends[0] <= ends[1] else {
      throw node.error(zh: "应为[下限, 上限]", en: "expected [lower, upper]")
    }
    return ends[0]...ends[1]
  }

  /// Rules that no form could satisfy together.
  private func checkContradictions(_ map: YAMLMapping, _ context: Context) throws {
    for channel in channels {
      for other in channels where other.name != channel.name {
        guard let field = channel.fields.first(where: other.fields.contains) else { continue }
        throw map.error(
          at: "channels", zh: "“\(field)”同时属于\(channel.name)和\(other.name)",
          en: "\"\(field)\" belongs to both \(channel.name) and \(other.name)")
      }
    }
    for pair in coverage {
      guard let measure = context.form.field(pair.people)?.measure, measure.scale > 1 else {
        throw map.error(
          at: "coverage", zh: "“\(pair.people)”的计量单位不是“万”一类的大单位，请改用 attendance",
          en: "\"\(pair.people)\" is not in a larger unit of measure; use attendance")
      }
      guard !attendance.contains(where: { $0.people == pair.people }) else {
        throw map.error(
          at: "coverage", zh: "“\(pair.people)”同时在 attendance 和 coverage 中",
          en: "\"\(pair.people)\" is in both attendance and coverage")
      }
    }
  }
}

/// Finds the fields that a campaign names.
private struct FieldPatterns {
  let form: FormDefinition

  /// The keys that a pattern or a list of patterns names, without repetition.
  func keys(_ node: YAMLNode) throws -> [FieldKey] {
    var keys: [FieldKey] = []
    for item in node.isScalar ? [node] : try node.list() {
      for (key, _) in try matches(item) where !keys.contains(key) { keys.append(key) }
    }
    guard !keys.isEmpty else { throw node.error(zh: "没有字段", en: "no fields") }
    return keys
  }

  /// One input.
  func input(_ node: YAMLNode) throws -> FieldKey {
    let keys = try keys(node)
    guard keys.count == 1, form.field(keys[0])?.isInput == true else {
      throw node.error(zh: "应为一个填报项", en: "expected one input")
    }
    return keys[0]
  }

  /// Two patterns matched side by side: each `*` stands for the same heading in both.
  func pairs(_ first: YAMLNode, _ second: YAMLNode) throws -> [(FieldKey, FieldKey)] {
    let left = try matches(first)
    let right = try matches(second)
    return try left.map { key, stars in
      guard let other = right.first(where: { $0.stars == stars }) else {
        throw second.error(
          zh: "没有与“\(key)”成对的字段", en: "there is no field that goes with \"\(key)\"")
      }
      for (field, node) in [(key, first), (other.key, second)] where form.field(field)?.isInput != true {
        throw node.error(
          zh: "“\(field)”是合计项，请写填报项", en: "\"\(field)\" is a total; name inputs")
      }
      return (key, other.key)
    }
  }

  private func matches(_ node: YAMLNode) throws -> [(key: FieldKey, stars: [Substring])] {
    let text = try node.string()
    let pattern = text.split(separator: "/", omittingEmptySubsequences: false)
    let found = form.fields.compactMap { field -> (key: FieldKey, stars: [Substring])? in
      let path = field.key.path
      guard path.count == pattern.count, zip(pattern, path).allSatisfy({ $0 == "*" || $0 == $1 }) else {
        return nil
      }
      return (field.key, zip(pattern, path).filter { $0.0 == "*" }.map(\.1))
    }
    guard !found.isEmpty else {
      throw node.error(
        zh: "\(form.label)没有字段“\(text)”（字段如“\(form.fields.first?.key.rawValue ?? "")”）",
        en:
          "\(form.label) has no field \"\(text)\" (a field is called like \"\(form.fields.first?.key.rawValue ?? "")\")"
      )
    }
    return found
  }
}
