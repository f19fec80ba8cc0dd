/// One of the up to four sections of a format code, cut into tokens.
struct FormatSection: Sendable {
  enum Token: Hashable, Sendable {
    case literal(String)
    /// `0`, `#` or `?`: a place for a digit.
    case digit(Digit)
    /// A digit 1…9 (or a 0 after one) that stands for itself: the denominator of `# ?/16`.
    case fixedDigit(UInt8)
    case point
    case comma
    case percent
    /// `E+` (always with a sign) or `E-`, in the case it was written.
    case exponent(letter: String, alwaysSigned: Bool)
    case slash
    case general
    /// `@`.
    case text
    case date(DatePart)
  }

  enum Digit: Hashable, Sendable {
    /// `0`: a zero if there is no digit.
    case zero
    /// `#`: nothing if there is no digit.
    case optional
    /// `?`: a space if there is no digit.
    case space
  }

  enum DatePart: Hashable, Sendable {
    case year(Int)
    case month(Int)
    case day(Int)
    /// `aaa` (一) or `aaaa` (星期一).
    case weekday(Int)
    case hour(Int)
    case minute(Int)
    case second(Int)
    /// The zeros after `ss.`.
    case fraction(Int)
    case elapsedHours(Int)
    case elapsedMinutes(Int)
    case elapsedSeconds(Int)
    case buddhistYear(Int)
    /// `AM/PM`, `A/P` or `上午/下午`: the two texts.
    case halfDay(am: String, pm: String)
  }

  enum Kind: Hashable, Sendable {
    /// Only literals: `"-"`, or nothing.
    case literal
    case general
    case number
    case scientific
    case fraction
    case date
    case text
  }

  /// `[>=100]`.
  struct Condition: Hashable, Sendable {
    enum Comparison: Hashable, Sendable { case less, lessOrEqual, equal, notEqual, greaterOrEqual, greater }
    var comparison: Comparison
    var limit: Double

    func holds(for value: Double) -> Bool {
      switch comparison {
      case .less: value < limit
      case .lessOrEqual: value <= limit
      case .equal: value == limit
      case .notEqual: value != limit
      case .greaterOrEqual: value >= limit
      case .greater: value > limit
      }
    }

    /// Whether the condition is the one of a section for negative numbers, which shows them without a sign of its own.
    /// Other limits keep the sign: `[<=-25]General` shows -25.
    var isForNegatives: Bool { limit == 0 && (comparison == .less || comparison == .lessOrEqual) }

    /// Whether what is left after this condition is the negative numbers.
    var leavesNegatives: Bool { limit == 0 && (comparison == .greater || comparison == .greaterOrEqual) }
  }

  var tokens: [Token] = []
  var condition: Condition?
  var numerals = ChineseNumerals.none
  /// The language of names and half days, as `[$-804]` says; 0 if nothing says.
  var language: UInt32 = 0
  private(set) var kind = Kind.literal
  /// How many digits of a second the section shows; `nil` if it shows no time at all.
  private(set) var secondDigits: Int?

  /// Reads one section.
  init(_ code: some Sequence<Unicode.Scalar>) {
    var parser = FormatSectionParser(code)
    parser.parse(into: &self)
    classify()
  }

  private mutating func classify() {
    if tokens.contains(where: { if case .date = $0 { true } else { false } }) {
      resolveMinutes()
      resolveFractions()
    }
    var hasDigits = false
    for token in tokens {
      switch token {
      case .date(let part):
        kind = .date
        switch part {
        case .fraction(let count): secondDigits = max(secondDigits ?? 0, min(count, 3))
        case .hour, .minute, .second, .elapsedHours, .elapsedMinutes, .elapsedSeconds, .halfDay:
          secondDigits = secondDigits ?? 0
        default: break
        }
      case .digit: hasDigits = true
      default: break
      }
    }
    if kind == .date { return }
    if tokens.contains(.text) {
      kind = .text
    } else if tokens.contains(.general) {
      kind = .general
    } else if hasDigits {
      let isScientific = tokens.contains { if case .exponent = $0 { true } else { false } }
      kind = isScientific ? .scientific : FractionLayout(tokens) != nil ? .fraction : .number
    } else if tokens.contains(.percent) || tokens.contains(.point) {
      kind = .number
    }
  }

  /// `m` is minutes next to hours or seconds: after either, or before seconds; else months.
  private mutating func resolveMinutes() {
    var followsTime = false
    for index in tokens.indices {
      guard case .date(let part) = tokens[index] else { continue }
      if case .month(let count) = part, count <= 2, followsTime || nextIsSecond(after: index) {
        tokens[index] = .date(.minute(count))
      }
      switch part {
      case .hour, .elapsedHours, .second, .elapsedSeconds: followsTime = true
      case .fraction: break
      case .halfDay: break
      default: followsTime = false
      }
    }
  }

  /// In dates and times, a point with zeros is a fraction of a second.
  private mutating func resolveFractions() {
    var resolved: [Token] = []
    var index = 0
    while index < tokens.count {
      let zeros = tokens[index] == .point ? tokens[(index + 1)...].prefix { $0 == .digit(.zero) }.count : 0
      resolved.append(zeros > 0 ? .date(.fraction(zeros)) : tokens[index])
      index += 1 + zeros
    }
    tokens = resolved
  }

  private func nextIsSecond(after index: Int) -> Bool {
    for token in tokens[(index + 1)...] {
      guard case .date(let part) = token else { continue }
      switch part {
      case .second, .elapsedSeconds: return true
      default: return false
      }
    }
    return false
  }
}
