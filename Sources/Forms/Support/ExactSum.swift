import Foundation

/// An exact sum of decimals. Nearly all figures have a few digits behind the point at most, and are added as whole numbers of
/// millionths: adding two decimals takes Foundation a hundred times as long.
struct ExactSum {
  private var millionths = 0
  private var rest: Decimal = 0

  var value: Decimal {
    if millionths == 0 { return rest }
    var significand = millionths
    var exponent = -6
    while exponent < 0, significand % 10 == 0 {
      significand /= 10
      exponent += 1
    }
    let sum = Decimal(sign: .plus, exponent: exponent, significand: Decimal(significand))
    return rest == 0 ? sum : sum + rest
  }

  static func += (sum: inout ExactSum, figure: Decimal) {
    // 300 may be 3 and two zeros.
    guard let (significand, exponent) = figure.parts, (-6...6).contains(exponent) else {
      sum.rest += figure
      return
    }
    let (scaled, isOver) = significand.multipliedReportingOverflow(by: powers[exponent + 6])
    let (added, isBeyond) = sum.millionths.addingReportingOverflow(scaled)
    if isOver || isBeyond { sum.rest += figure } else { sum.millionths = added }
  }

  private static let powers = (0...12).reduce(into: [1]) { powers, _ in powers.append((powers.last ?? 1) * 10)
  }
}

extension Array where Element == ExactSum? {
  /// The sum at a position, begun where there is none yet.
  subscript(position: Int, default start: ExactSum) -> ExactSum {
    get { self[position] ?? start }
    set { self[position] = newValue }
  }
}
