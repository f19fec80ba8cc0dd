import Foundation

/// The parameters of the rules for one form: the `rules:` section of its definition.
///
/// The rules themselves know equations, pairs, bands, units of measure, targets and groups of units; which fields they
/// speak of, and how much is too much, stands here. Everything has a default, so that a form without the section is still
/// checked for all that needs no parameter.
public struct RuleSettings: Hashable, Sendable {
  /// Events and the people at them, in one column (X01, X02, X03).
  public struct Attendance: Hashable, Sendable {
    public var events: FieldKey
    public var people: FieldKey
    /// How many people an event can plausibly have; both ends belong to it.
    public var perEvent: ClosedRange<Decimal>
    /// Whether events without people are to be confirmed (核实) rather than an error.
    public var mayLackPeople: Bool

    public init(
      events: FieldKey, people: FieldKey, perEvent: ClosedRange<Decimal> = 5...5000,
      mayLackPeople: Bool = false
    ) {
      self.events = events
      self.people = people
      self.perEvent = perEvent
      self.mayLackPeople = mayLackPeople
    }
  }

  /// Events and their audience in a larger unit of measure, 万人次 (X03, X04, U01, U02).
  public struct Coverage: Hashable, Sendable {
    public var events: FieldKey
    public var people: FieldKey
    /// How many people, in the base unit, an event can plausibly have; both ends belong to it. More is X03's, fewer U02's.
    public var perEvent: ClosedRange<Decimal>

    public init(events: FieldKey, people: FieldKey, perEvent: ClosedRange<Decimal> = 5...200_000) {
      self.events = events
      self.people = people
      self.perEvent = perEvent
    }
  }

  /// When a unit's people per event are too unlike those of the others to be believed unseen (O01).
  public struct Unlikeness: Hashable, Sendable {
    /// Told beyond this multiple of the others' median, up or down alike.
    public var factor: Decimal = 10
    /// How many others there must be.
    public var leastOthers = 8

    public init() {}
  }

  /// When a figure in 万人次 was in truth written in 人次 (U01). Multiples of the unit's target in the form's measure.
  public struct UnitSlip: Hashable, Sendable {
    /// From this multiple of the target on, a figure is too large.
    public var factor: Decimal = 20
    /// Divided by the scale, a slip falls within these multiples of the target; outside they may be real.
    public var band: ClosedRange<Decimal> = Decimal(sign: .plus, exponent: -2, significand: 2)...20
    /// Stands for the target of a unit that has none, in the form's measure.
    public var usualTarget: Decimal = 1

    public init() {}
  }

  /// Fields that share a way of doing things, 线上 or 线下 (X06, Y03).
  public struct Channel: Hashable, Sendable {
    public var name: String
    public var fields: [FieldKey]

    public init(name: String, fields: [FieldKey]) {
      self.name = name
      self.fields = fields
    }
  }

  /// Who holds events should be reported about (X05).
  public struct Publicity: Hashable, Sendable {
    public var events: [FieldKey]
    public var reports: FieldKey

    public init(events: [FieldKey], reports: FieldKey) {
      self.events = events
      self.reports = reports
    }
  }

  /// How the form's figures are held against the campaign's targets (G01 and G02, or G05).
  public struct TargetRule: Hashable, Sendable {
    /// `G01` (before the close only progress) or `G05` (at any time).
    public var shortfall: String
    /// Above this multiple of the target the figures are doubtful (G02).
    public var excess: Decimal

    public static let usualExcess: Decimal = 3

    public init(shortfall: String, excess: Decimal = usualExcess) {
      self.shortfall = shortfall
      self.excess = excess
    }
  }

  /// Figures that certain units should reach together.
  public struct Minimum: Hashable, Sendable {
    public enum Audience: Hashable, Sendable {
      /// Units in one of these groups (G03, and G04 where it is reached).
      case groups([String])
      /// The units outside the list (G06).
      case outside
    }

    public var fields: [FieldKey]
    public var audience: Audience
    public var least: Decimal
    /// The upper end of what is asked for; only told, never checked.
    public var most: Decimal?
    /// Whether reaching it still needs a word from the unit (G04).
    public var asksForDetail: Bool

    public init(
      fields: [FieldKey], audience: Audience, least: Decimal, most: Decimal? = nil,
      asksForDetail: Bool = false
    ) {
      self.fields = fields
      self.audience = audience
      self.least = least
      self.most = most
      self.asksForDetail = asksForDetail
    }
  }

  /// Fields known under one name: a kind of activity (G07), a measure compared with last year's (Y01).
  public struct NamedSum: Hashable, Sendable {
    public var name: String
    public var fields: [FieldKey]

    public init(name: String, fields: [FieldKey]) {
      self.name = name
      self.fields = fields
    }
  }

  /// The comparison with last year (Y01–Y03).
  public struct YearComparison: Hashable, Sendable {
    public var sums: [NamedSum]
    /// Told above this relative change, up or down alike: 1.5 is two and a half times as much, or less.
    public var change: Decimal = Decimal(sign: .plus, exponent: -1, significand: 15)
    /// Differences up to this many base units are never told.
    public var ignoredDifference: Decimal = 10
    /// How far a share may lie from last year's opposite share to count as reversed.
    public var shareTolerance: Decimal = Decimal(sign: .plus, exponent: -1, significand: 1)

    public init(sums: [NamedSum] = []) { self.sums = sums }
  }

  public var attendance: [Attendance] = []
  public var coverage: [Coverage] = []
  public var unitSlip = UnitSlip()
  public var unlikeness = Unlikeness()
  /// The fewest people, in the base unit, that a figure in a larger unit stands for (U02).
  public var leastCoverage: Decimal = 10
  /// The fewest people per event, in the base unit (U02).
  public var leastCoveragePerEvent: Decimal = 5
  /// The powers of ten by which a figure can be off through a slip of the unit or of the zeros (U03).
  public var slippedPowers: [Int] = [1, 2, 3, 4]
  /// A fraction of people below this was meant in 万 (U04).
  public var smallPeople: Decimal = 10
  public var channels: [Channel] = []
  public var publicity: Publicity?
  public var target: TargetRule?
  public var minimums: [Minimum] = []
  /// G07
  public var kinds: [NamedSum] = []
  public var year = YearComparison()
  /// Wording of this notice in place of the catalogue's, by `RULE` or `RULE.variant`.
  public var messages: [String: LocalizedText] = [:]

  public init() {}
}
