/// One heading of a form's rows or columns. Headings form a tree: 送文艺 over 场次 and 参加人数, 活动场次 over 线上 and 线下.
/// A leaf is one row or column of figures.
public struct Heading: Hashable, Sendable {
  /// The name in field keys, and the word printed on the form unless ``printed`` says otherwise: `活动场次`.
  public var name: String
  /// What stands on the form: `活动场次（场）`. Differs from ``name`` where a unit of measure is printed with it.
  public var printed: String
  /// Other words for it that count as this heading, at the price of a note (F04): `文艺演出`.
  public var aliases: [String]
  /// Words that count as this heading without a note: for totals `合计`, `总计`, `小计`.
  public var synonyms: [String]
  /// What the figures below are, if this heading says so; the nearest heading that says so counts.
  public var measure: Measure?
  /// For a total: what it adds up, each the name of a sibling heading, or a path that begins at one (`城区/小计`). A
  /// sibling with headings below it and no path stands for its figures that are no totals.
  public var totalOf: [String]?
  public var children: [Heading]
  /// What the fields below hold, if this heading says so; the nearest heading that says so, or gives a measure, counts.
  public var type: FieldType?
  /// The values of a choice.
  public var choices: [Choice]
  /// What values must fulfil besides; headings below take over what they do not say themselves.
  public var limits: ValueLimits
  /// For a ratio: the heading beside it, or a path that begins at one, of the figures that weight it in totals.
  public var weight: String?

  public init(
    name: String, printed: String? = nil, aliases: [String] = [], synonyms: [String] = [],
    measure: Measure? = nil,
    totalOf: [String]? = nil, children: [Heading] = [], type: FieldType? = nil, choices: [Choice] = [],
    limits: ValueLimits = .init()
  ) {
    self.name = name
    self.printed = printed ?? name
    self.aliases = aliases
    self.synonyms = synonyms
    self.measure = measure
    self.totalOf = totalOf
    self.children = children
    self.type = type
    self.choices = choices
    self.limits = limits
  }

  public var isTotal: Bool { totalOf != nil }
}

/// What a figure counts, and in which unit.
public struct Measure: Hashable, Sendable {
  /// The unit of measure as the form asks for it: 场, 人, 万人次, 篇次.
  public var unit: String
  /// How many of ``baseUnit`` one ``unit`` is: 10,000 for 万人次.
  public var scale: Int
  /// The unit in which targets are set and reports are made: 人次.
  public var baseUnit: String
  /// How many decimals a figure can have: 0 for whole numbers.
  public var decimals: Int
  /// Other spellings of the unit that may stand behind a figure: 人次 for 人.
  public var unitAliases: [String]

  public init(
    unit: String, scale: Int = 1, baseUnit: String? = nil, decimals: Int = 0, unitAliases: [String] = []
  ) {
    self.unit = unit
    self.scale = scale
    self.baseUnit = baseUnit ?? unit
    self.decimals = decimals
    self.unitAliases = unitAliases
  }
}
