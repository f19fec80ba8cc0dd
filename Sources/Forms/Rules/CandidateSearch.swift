import Foundation

/// Which single cell of a broken equation, changed, would mend it, and what kind of slip that would have been.
///
/// An equation total = part + part + … stands alone: nothing else on the form says which of its cells is wrong, and any
/// one of them may be. So every minimal answer is listed, best explanation first, and none is ever applied (Scholtus
/// 2009; van der Loo, de Jonge and Scholtus 2011, with uniqueness tested before plausibility).
struct CandidateSearch {
  /// The kinds of explanation, best first. Raw values are words of the public contract.
  enum Reason: String, CaseIterable {
    case powerOfTen = "power-of-ten"
    case staleTotal = "stale-total"
    case copied
    case transposedDigits = "transposed-digits"
    case wrongDigit = "wrong-digit"
    case extraDigit = "extra-digit"
    case missingDigit = "missing-digit"
    case arithmetic

    var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
  }

  struct Answer {
    /// The position among the parts; `nil` is the total.
    var part: Int?
    var value: Decimal
    var reason: Reason
  }

  /// Best first.
  private(set) var answers: [Answer] = []
  /// Whether one answer alone is a single slip of the hand, on a figure long enough for that to mean something.
  private(set) var isFirstLikely = false
  /// Whether figures of one or two digits are among them, where nearly everything is one slip away.
  private(set) var hasSmallFigures = false
  /// The factor, if a power of ten explains the difference.
  private(set) var factor: Int?

  /// - Parameters:
  ///   - totalIsFormula: A formula that gives something else than the sum is what is wrong, whatever the parts are.
  ///   - isCount: What is counted comes in whole numbers, and so do answers, where there are such.
  ///   - powers: The powers of ten that count as a slip of the unit or of zeros.
  init(parts: [Decimal], total: Decimal, totalIsFormula: Bool, isCount: Bool = true, powers: [Int]) {
    let sum = parts.reduce(0, +)
    var possible: [(part: Int?, old: Decimal, new: Decimal)] = [(nil, total, sum)]
    for (index, part) in parts.enumerated() {
      let value = total - (sum - part)
      if value >= 0 { possible.append((index, part, value)) }
    }
    if sum < 0 { possible.removeFirst() }
    if isCount, possible.contains(where: { $0.new.isWhole }) { possible.removeAll { !$0.new.isWhole } }

    var slips = 0
    var isFactorTelling = false
    for answer in possible {
      var reason = Self.slip(from: answer.old, to: answer.new)
      // Every one-digit figure is one slip from every other: no explanation. Still it counts against uniqueness.
      if reason != .arithmetic {
        slips += 1
        if Self.digits(answer.old) < 2 || Self.digits(answer.new) < 2 { reason = .arithmetic }
      }
      if let found = Self.factor(between: answer.old, and: answer.new, powers: powers) {
        factor = max(factor ?? 0, found)
        if min(answer.old, answer.new) >= 10 { isFactorTelling = true }
        reason = .powerOfTen
      } else if answer.part == nil {
        if totalIsFormula {
          reason = .staleTotal
        } else if parts.contains(total) {
          reason = .copied
        }
      }
      answers.append(Answer(part: answer.part, value: answer.new, reason: reason))
    }
    // 1 for 10 is a zero lost no more likely than any other slip.
    let isContested = answers.contains { $0.reason != .powerOfTen && $0.reason != .arithmetic }
    if !isFactorTelling, isContested { factor = nil }
    answers = answers.enumerated().sorted {
      ($0.element.reason.rank, $0.offset) < ($1.element.reason.rank, $1.offset)
    }.map(\.element)

    hasSmallFigures = (parts + [total]).contains { Self.digits($0) < 3 }
    if let first = answers.first, first.reason != .arithmetic,
      slips <= 1 || first.reason.rank < Reason.transposedDigits.rank
    {
      let old = first.part.map { parts[$0] } ?? total
      isFirstLikely = Self.digits(old) >= 3 && Self.digits(first.value) >= 3
    }
  }

  /// What the other equations of the form say about an answer.
  enum Evidence {
    case none
    /// Another equation that fails now would hold too.
    case supports
    /// Another equation that holds now would fail.
    case contradicts
  }

  /// Holds the answers against the rest of the form: a cell that stands in an equation that holds is not what is wrong,
  /// and a change that mends two equations at once is.
  mutating func weigh(_ evidence: (Answer) -> Evidence) {
    let weighed = answers.map { ($0, evidence($0)) }
    let supported = weighed.filter { $0.1 == .supports }.map(\.0)
    let open = weighed.filter { $0.1 == .none }.map(\.0)
    guard !supported.isEmpty || (!open.isEmpty && open.count < answers.count) else { return }
    answers = supported + open
    isFirstLikely =
      supported.count == 1 || (supported.isEmpty && isFirstLikely && open.first?.reason != .arithmetic)
  }

  /// What one slip of the hand makes the new figure of the old one, told by their decimal renderings.
  private static func slip(from old: Decimal, to new: Decimal) -> Reason {
    let a = Array("\(old)".utf8)
    let b = Array("\(new)".utf8)
    guard abs(a.count - b.count) <= 1, EditDistance.between(a, b, limit: 1) == 1 else { return .arithmetic }
    if a.count != b.count { return a.count > b.count ? .extraDigit : .missingDigit }
    return zip(a, b).count { $0 != $1 } == 2 ? .transposedDigits : .wrongDigit
  }

  /// The same as a word of the contract; `nil` where no slip explains it, or both are so short that any would.
  static func handSlip(from old: Decimal, to new: Decimal) -> String? {
    guard digits(old) >= 3, digits(new) >= 3 else { return nil }
    let reason: Reason = slip(from: old, to: new)
    return reason == .arithmetic ? nil : reason.rawValue
  }

  private static func digits(_ figure: Decimal) -> Int {
    "\(figure)".utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// 10^k if one figure is exactly that many times the other.
  private static func factor(between a: Decimal, and b: Decimal, powers: [Int]) -> Int? {
    guard a > 0, b > 0 else { return nil }
    let (small, large) = a < b ? (a, b) : (b, a)
    for power in powers where 1...9 ~= power {
      let factor = (0..<power).reduce(1) { product, _ in product * 10 }
      if small * Decimal(factor) == large { return factor }
    }
    return nil
  }
}
