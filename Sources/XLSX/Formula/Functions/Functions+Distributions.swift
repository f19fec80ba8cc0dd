/// Continuous distributions, each under the name of Excel 2010 and under the one before.
extension FunctionTable {
  static let distributions: [String: FormulaFunction] = {
    var table: [String: FormulaFunction] = [:]
    for family in [normals, gammas, betas, students] { table.merge(family) { first, _ in first } }
    return table
  }()

  /// A function of numbers whose last argument says whether to give the share below instead of the density.
  static func distribution(
    _ parameters: Int, _ isSound: @escaping @Sendable ([Double]) -> Bool,
    density: @escaping @Sendable ([Double]) -> Double, below: @escaping @Sendable ([Double]) -> Double
  ) -> FormulaFunction {
    .scalars((parameters + 1)...(parameters + 1)) { values, call in
      let numbers = try values.dropLast().map { try Coercion.number($0, call.dateSystem) }
      let isCumulative = try Coercion.bool(values[parameters])
      guard isSound(numbers) else { return .error(.number) }
      try chargeSeries(numbers, call)
      return Scalar(checking: isCumulative ? below(numbers) : density(numbers))
    }
  }

  /// A function of numbers within bounds.
  ///
  /// - Parameter times: How often it works out a series.
  static func bounded(
    _ count: Int, times: Int = 1, _ isSound: @escaping @Sendable ([Double]) -> Bool,
    _ body: @escaping @Sendable ([Double]) -> Double
  ) -> FormulaFunction {
    .scalars(count...count) { values, call in
      let numbers = try values.map { try Coercion.number($0, call.dateSystem) }
      guard isSound(numbers) else { return .error(.number) }
      try chargeSeries(numbers, call, times: times)
      return Scalar(checking: body(numbers))
    }
  }

  /// The same for an inverse, which works the function out some fifty times.
  private static func inverse(
    _ count: Int, _ isSound: @escaping @Sendable ([Double]) -> Bool,
    _ body: @escaping @Sendable ([Double]) -> Double
  ) -> FormulaFunction {
    bounded(count, times: 50, isSound, body)
  }

  /// The series of the distributions get longer with the root of their parameters.
  private static func chargeSeries(_ numbers: [Double], _ call: FunctionCall, times: Int = 1) throws {
    let largest = numbers.reduce(0) { max($0, $1.magnitude) }
    try call.evaluator.charge((32 + Int(min(20_000, largest.squareRoot()))) * times)
  }

  private static let normals: [String: FormulaFunction] = {
    let normal = distribution(
      3, { $0[2] > 0 },
      density: { SpecialFunctions.normalDensity(($0[0] - $0[1]) / $0[2]) / $0[2] },
      below: { SpecialFunctions.normal(($0[0] - $0[1]) / $0[2]) })
    let normalInverse = bounded(3, { 0 < $0[0] && $0[0] < 1 && $0[2] > 0 }) {
      $0[1] + $0[2] * SpecialFunctions.normalInverse($0[0])
    }
    let standardInverse = bounded(1, { 0 < $0[0] && $0[0] < 1 }) { SpecialFunctions.normalInverse($0[0]) }
    let logInverse = bounded(3, { 0 < $0[0] && $0[0] < 1 && $0[2] > 0 }) {
      FloatMath.exponential($0[1] + $0[2] * SpecialFunctions.normalInverse($0[0]))
    }
    let expon = distribution(
      2, { $0[0] >= 0 && $0[1] > 0 }, density: { $0[1] * FloatMath.exponential(-$0[1] * $0[0]) },
      below: { 1 - FloatMath.exponential(-$0[1] * $0[0]) })
    let weibull = distribution(
      3, { $0[0] >= 0 && $0[1] > 0 && $0[2] > 0 },
      density: {
        $0[1] / $0[2] * FloatMath.power($0[0] / $0[2], $0[1] - 1)
          * FloatMath.exponential(-FloatMath.power($0[0] / $0[2], $0[1]))
      }, below: { 1 - FloatMath.exponential(-FloatMath.power($0[0] / $0[2], $0[1])) })
    return [
      "NORM.DIST": normal, "NORMDIST": normal, "NORM.INV": normalInverse, "NORMINV": normalInverse,
      "NORM.S.INV": standardInverse, "NORMSINV": standardInverse,
      "NORM.S.DIST": distribution(
        1, { _ in true }, density: { SpecialFunctions.normalDensity($0[0]) },
        below: { SpecialFunctions.normal($0[0]) }),
      "NORMSDIST": .numbers(1...1) { .number(SpecialFunctions.normal($0[0])) },
      "PHI": .numbers(1...1) { .number(SpecialFunctions.normalDensity($0[0])) },
      "GAUSS": .numbers(1...1) { .number(SpecialFunctions.errorFunction($0[0] / 2.0.squareRoot()) / 2) },
      "STANDARDIZE": bounded(3, { $0[2] > 0 }) { ($0[0] - $0[1]) / $0[2] },
      "LOGNORM.DIST": distribution(
        3, { $0[0] > 0 && $0[2] > 0 },
        density: {
          SpecialFunctions.normalDensity((FloatMath.naturalLog($0[0]) - $0[1]) / $0[2]) / ($0[2] * $0[0])
        }, below: { SpecialFunctions.normal((FloatMath.naturalLog($0[0]) - $0[1]) / $0[2]) }),
      "LOGNORMDIST": bounded(3, { $0[0] > 0 && $0[2] > 0 }) {
        SpecialFunctions.normal((FloatMath.naturalLog($0[0]) - $0[1]) / $0[2])
      },
      "LOGNORM.INV": logInverse, "LOGINV": logInverse, "EXPON.DIST": expon, "EXPONDIST": expon,
      "WEIBULL.DIST": weibull, "WEIBULL": weibull,
      "FISHER": bounded(1, { $0[0].magnitude < 1 }) { FloatMath.naturalLog((1 + $0[0]) / (1 - $0[0])) / 2 },
      "FISHERINV": .numbers(1...1) {
        let growth = FloatMath.exponential(2 * $0[0])
        return growth.isFinite ? .number((growth - 1) / (growth + 1)) : .number(1)
      },
    ]
  }()

  private static let gammas: [String: FormulaFunction] = {
    let gamma = distribution(
      3, { $0[0] >= 0 && $0[1] > 0 && $0[2] > 0 },
      density: { gammaDensity($0[0], $0[1], $0[2]) },
      below: { SpecialFunctions.incompleteGamma($0[1], $0[0] / $0[2]).lower })
    let gammaInverse = inverse(3, { 0 <= $0[0] && $0[0] < 1 && $0[1] > 0 && $0[2] > 0 }) { values in
      values[2]
        * SpecialFunctions.inverse(values[0], from: 0, to: .infinity) {
          SpecialFunctions.incompleteGamma(values[1], $0).lower
        }
    }
    let above = bounded(2, { $0[0] >= 0 && isFreedom($0[1]) }) {
      SpecialFunctions.incompleteGamma($0[1].rounded(.down) / 2, $0[0] / 2).upper
    }
    let inverseAbove = inverse(2, { 0 < $0[0] && $0[0] <= 1 && isFreedom($0[1]) }) { values in
      -2
        * SpecialFunctions.inverse(values[0], from: -.infinity, to: 0) {
          SpecialFunctions.incompleteGamma(values[1].rounded(.down) / 2, -$0).upper
        }
    }
    return [
      "GAMMA": .numbers(1...1) { values in
        if values[0] <= 0, values[0] == values[0].rounded() { return .error(.number) }
        return Scalar(checking: SpecialFunctions.gamma(values[0]))
      },
      "GAMMALN": bounded(1, { $0[0] > 0 }) { SpecialFunctions.logGamma($0[0]) },
      "GAMMALN.PRECISE": bounded(1, { $0[0] > 0 }) { SpecialFunctions.logGamma($0[0]) },
      "GAMMA.DIST": gamma, "GAMMADIST": gamma, "GAMMA.INV": gammaInverse, "GAMMAINV": gammaInverse,
      "CHISQ.DIST": distribution(
        2, { $0[0] >= 0 && isFreedom($0[1]) },
        density: { gammaDensity($0[0], $0[1].rounded(.down) / 2, 2) },
        below: { SpecialFunctions.incompleteGamma($0[1].rounded(.down) / 2, $0[0] / 2).lower }),
      "CHISQ.DIST.RT": above, "CHIDIST": above,
      "CHISQ.INV": inverse(2, { 0 <= $0[0] && $0[0] < 1 && isFreedom($0[1]) }) { values in
        2
          * SpecialFunctions.inverse(values[0], from: 0, to: .infinity) {
            SpecialFunctions.incompleteGamma(values[1].rounded(.down) / 2, $0).lower
          }
      },
      "CHISQ.INV.RT": inverseAbove, "CHIINV": inverseAbove,
    ]
  }()

  static func isFreedom(_ degrees: Double) -> Bool { degrees >= 1 && degrees <= 1e10 }

  private static func gammaDensity(_ x: Double, _ shape: Double, _ scale: Double) -> Double {
    if x == 0 { return shape == 1 ? 1 / scale : shape < 1 ? .infinity : 0 }
    return FloatMath.exponential(
      (shape - 1) * FloatMath.naturalLog(x / scale) - x / scale - SpecialFunctions.logGamma(shape)) / scale
  }

  private static let betas: [String: FormulaFunction] = {
    /// Shape, shape, and the bounds between which the values lie.
    @Sendable func bounds(_ values: [Double], _ first: Int) -> (Double, Double) {
      (values.count > first ? values[first] : 0, values.count > first + 1 ? values[first + 1] : 1)
    }
    let legacy = FormulaFunction.numbers(3...5) { values in
      let (a, b) = bounds(values, 3)
      guard values[1] > 0, values[2] > 0, a != b, a <= values[0], values[0] <= b else {
        return .error(.number)
      }
      return Scalar(
        checking: SpecialFunctions.incompleteBeta(values[1], values[2], (values[0] - a) / (b - a)).lower)
    }
    let betaInverse = FormulaFunction.scalars(3...5) { scalars, call in
      let values = try scalars.map { try Coercion.number($0, call.dateSystem) }
      try chargeSeries(values, call, times: 50)
      let (a, b) = bounds(values, 3)
      guard values[1] > 0, values[2] > 0, a < b, 0 < values[0], values[0] <= 1 else { return .error(.number) }
      let share = SpecialFunctions.inverse(values[0], from: 0, to: 1) {
        SpecialFunctions.incompleteBeta(values[1], values[2], $0).lower
      }
      return Scalar(checking: a + (b - a) * share)
    }
    let fAbove = bounded(3, { $0[0] >= 0 && isFreedom($0[1]) && isFreedom($0[2]) }) {
      fShares($0[0], $0[1], $0[2]).upper
    }
    let fInverseAbove = inverse(3, { 0 < $0[0] && $0[0] <= 1 && isFreedom($0[1]) && isFreedom($0[2]) }) {
      values in
      -SpecialFunctions.inverse(values[0], from: -.infinity, to: 0) {
        fShares(-$0, values[1], values[2]).upper
      }
    }
    return [
      "BETA.DIST": .scalars(4...6) { values, call in
        let numbers = try values.map { try Coercion.number($0, call.dateSystem) }
        let isCumulative = try Coercion.bool(values[3])
        let (a, b) = bounds(numbers, 4)
        guard numbers[1] > 0, numbers[2] > 0, a < b, a <= numbers[0], numbers[0] <= b else {
          return .error(.number)
        }
        let x = (numbers[0] - a) / (b - a)
        if isCumulative {
          return Scalar(checking: SpecialFunctions.incompleteBeta(numbers[1], numbers[2], x).lower)
        }
        let density =
          FloatMath.power(x, numbers[1] - 1) * FloatMath.power(1 - x, numbers[2] - 1)
          / FloatMath.exponential(SpecialFunctions.logBeta(numbers[1], numbers[2])) / (b - a)
        return Scalar(checking: density)
      },
      "BETADIST": legacy, "BETA.INV": betaInverse, "BETAINV": betaInverse,
      "F.DIST": distribution(
        3, { $0[0] >= 0 && isFreedom($0[1]) && isFreedom($0[2]) },
        density: { fDensity($0[0], $0[1].rounded(.down), $0[2].rounded(.down)) },
        below: { fShares($0[0], $0[1], $0[2]).lower }),
      "F.DIST.RT": fAbove, "FDIST": fAbove,
      "F.INV": inverse(3, { 0 <= $0[0] && $0[0] < 1 && isFreedom($0[1]) && isFreedom($0[2]) }) { values in
        SpecialFunctions.inverse(values[0], from: 0, to: .infinity) {
          fShares($0, values[1], values[2]).lower
        }
      },
      "F.INV.RT": fInverseAbove, "FINV": fInverseAbove,
    ]
  }()

  static func fShares(_ x: Double, _ first: Double, _ second: Double) -> (lower: Double, upper: Double) {
    let (a, b) = (first.rounded(.down), second.rounded(.down))
    return SpecialFunctions.incompleteBeta(a / 2, b / 2, a * x / (a * x + b))
  }

  private static func fDensity(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x == 0 { return a > 2 ? 0 : a == 2 ? 1 : .infinity }
    return FloatMath.exponential(
      a / 2 * FloatMath.naturalLog(a * x) + b / 2 * FloatMath.naturalLog(b)
        - (a + b) / 2 * FloatMath.naturalLog(a * x + b) - SpecialFunctions.logBeta(a / 2, b / 2)) / x
  }

  private static let students: [String: FormulaFunction] = {
    let twoTailedInverse = inverse(2, { 0 < $0[0] && $0[0] <= 1 && isFreedom($0[1]) }) {
      tInverse(bothTails: $0[0], $0[1].rounded(.down))
    }
    return [
      "T.DIST": distribution(
        2, { isFreedom($0[1]) },
        density: { values in
          let degrees = values[1].rounded(.down)
          return FloatMath.exponential(
            -(degrees + 1) / 2 * FloatMath.naturalLog(1 + values[0] * values[0] / degrees)
              - SpecialFunctions.logBeta(degrees / 2, 0.5)) / degrees.squareRoot()
        },
        below: { values in
          let tail = tTails(values[0], values[1].rounded(.down)) / 2
          return values[0] > 0 ? 1 - tail : tail
        }),
      "T.DIST.RT": bounded(2, { isFreedom($0[1]) }) { values in
        let tail = tTails(values[0], values[1].rounded(.down)) / 2
        return values[0] > 0 ? tail : 1 - tail
      },
      "T.DIST.2T": bounded(2, { $0[0] >= 0 && isFreedom($0[1]) }) { tTails($0[0], $0[1].rounded(.down)) },
      "TDIST": bounded(3, { $0[0] >= 0 && isFreedom($0[1]) && 1...2 ~= $0[2].rounded(.down) }) {
        tTails($0[0], $0[1].rounded(.down)) * $0[2].rounded(.down) / 2
      },
      "T.INV": inverse(2, { 0 < $0[0] && $0[0] < 1 && isFreedom($0[1]) }) { values in
        let value = tInverse(bothTails: 2 * min(values[0], 1 - values[0]), values[1].rounded(.down))
        return values[0] < 0.5 ? -value : value
      },
      "T.INV.2T": twoTailedInverse, "TINV": twoTailedInverse,
    ]
  }()

  /// The share of Student's distribution that is further from 0 than a value, on both sides.
  static func tTails(_ t: Double, _ degrees: Double) -> Double {
    let square = t * t
    return SpecialFunctions.incompleteBeta(degrees / 2, 0.5, degrees / (degrees + square)).lower
  }

  static func tInverse(bothTails share: Double, _ degrees: Double) -> Double {
    share >= 1 ? 0 : -SpecialFunctions.inverse(share, from: -.infinity, to: 0) { tTails($0, degrees) }
  }
}
