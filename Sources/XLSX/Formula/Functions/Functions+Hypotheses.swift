/// Tests of hypotheses: the chance of a difference that is at least as large.
extension FunctionTable {
  static let hypotheses: [String: FormulaFunction] = [
    "CHISQ.TEST": .operands(2...2, chiTest), "CHITEST": .operands(2...2, chiTest),
    "F.TEST": .operands(2...2, fTest), "FTEST": .operands(2...2, fTest),
    "T.TEST": .operands(4...4, tTest), "TTEST": .operands(4...4, tTest),
    "Z.TEST": .operands(2...3, zTest), "ZTEST": .operands(2...3, zTest),
  ]

  @Sendable private static func chiTest(_ call: FunctionCall) throws -> Operand {
    let (actual, expected) = try (call.matrix(0), call.matrix(1))
    guard actual.rows == expected.rows, actual.columns == expected.columns, actual.values.count > 1 else {
      throw Interruption.error(.notAvailable)
    }
    var sum = 0.0
    for (a, b) in zip(actual.values, expected.values) {
      if let error = a.error ?? b.error { throw Interruption.error(error) }
      guard case .number(let a) = a, case .number(let b) = b else { continue }
      guard b >= 0 else { throw Interruption.error(.number) }
      guard b > 0 else { throw Interruption.error(.divisionByZero) }
      sum += (a - b) * (a - b) / b
    }
    let freedom =
      actual.rows == 1 || actual.columns == 1
      ? actual.values.count - 1 : (actual.rows - 1) * (actual.columns - 1)
    return .scalar(
      Scalar(checking: SpecialFunctions.incompleteGamma(Double(freedom) / 2, sum / 2).upper))
  }

  @Sendable private static func fTest(_ call: FunctionCall) throws -> Operand {
    let (a, b) = try (numbersOnly(call, 0), numbersOnly(call, 1))
    guard case .number(let first) = try variance(a, ofSample: true),
      case .number(let second) = try variance(b, ofSample: true), first > 0, second > 0
    else { throw Interruption.error(.divisionByZero) }
    let shares = fShares(first / second, Double(a.count - 1), Double(b.count - 1))
    return .scalar(Scalar(checking: 2 * min(shares.lower, shares.upper)))
  }

  /// Two samples, one tail or two, and their kind: 1 paired, 2 of equal variance, 3 of different variances.
  @Sendable private static func tTest(_ call: FunctionCall) throws -> Operand {
    let (tails, kind) = try (call.integer(2), call.integer(3))
    guard 1...2 ~= tails, 1...3 ~= kind else { throw Interruption.error(.number) }
    var value: Double
    var freedom: Double
    if kind == 1 {
      let (x, y) = try pairedNumbers(call, 0, 1)
      let differences = zip(x, y).map { $0 - $1 }
      let n = Double(differences.count)
      guard case .number(let variance) = try variance(differences, ofSample: true), variance > 0 else {
        throw Interruption.error(.divisionByZero)
      }
      value = differences.reduce(0, +) / n / (variance / n).squareRoot()
      freedom = n - 1
    } else {
      let (x, y) = try (numbersOnly(call, 0), numbersOnly(call, 1))
      guard case .number(let first) = try variance(x, ofSample: true),
        case .number(let second) = try variance(y, ofSample: true)
      else { throw Interruption.error(.divisionByZero) }
      let (m, n) = (Double(x.count), Double(y.count))
      let difference = x.reduce(0, +) / m - y.reduce(0, +) / n
      if kind == 2 {
        freedom = m + n - 2
        let pooled = ((m - 1) * first + (n - 1) * second) / freedom
        value = difference / (pooled * (1 / m + 1 / n)).squareRoot()
      } else {
        let (a, b) = (first / m, second / n)
        value = difference / (a + b).squareRoot()
        freedom = (a + b) * (a + b) / (a * a / (m - 1) + b * b / (n - 1))
      }
    }
    guard value.isFinite, freedom.isFinite, freedom > 0 else { throw Interruption.error(.divisionByZero) }
    return .scalar(Scalar(checking: tTails(value, freedom) * Double(tails) / 2))
  }

  @Sendable private static func zTest(_ call: FunctionCall) throws -> Operand {
    let (numbers, mean) = try (numbersOnly(call, 0), call.number(1))
    guard !numbers.isEmpty else { throw Interruption.error(.notAvailable) }
    var sigma = try call.number(2)
    if !call.has(2) {
      guard case .number(let deviation) = try deviation(numbers, ofSample: true) else {
        throw Interruption.error(.divisionByZero)
      }
      sigma = deviation
    }
    guard sigma > 0 else { throw Interruption.error(call.has(2) ? .number : .divisionByZero) }
    let n = Double(numbers.count)
    let z = (numbers.reduce(0, +) / n - mean) / (sigma / n.squareRoot())
    return .scalar(Scalar(checking: SpecialFunctions.normal(-z)))
  }
}
