extension FunctionTable {
  static let arithmetic: [String: FormulaFunction] = [
    "ABS": .numbers(1...1) { .number($0[0].magnitude) },
    "SIGN": .numbers(1...1) { .number($0[0] > 0 ? 1 : $0[0] < 0 ? -1 : 0) },
    "SQRT": .numbers(1...1) { $0[0] < 0 ? .error(.number) : .number($0[0].squareRoot()) },
    "POWER": .numbers(2...2) { Arithmetic.power($0[0], $0[1]) },
    "EXP": .numbers(1...1) { Scalar(checking: FloatMath.exponential($0[0])) },
    "LN": .numbers(1...1) { $0[0] > 0 ? Scalar(checking: FloatMath.naturalLog($0[0])) : .error(.number) },
    "LOG10": .numbers(1...1) { $0[0] > 0 ? Scalar(checking: FloatMath.log10($0[0])) : .error(.number) },
    "LOG": .scalars(1...2) { values, call in
      let number = try Coercion.number(values[0], call.dateSystem)
      let base = values.count > 1 ? try Coercion.number(values[1], call.dateSystem) : 10
      guard number > 0, base > 0 else { return .error(.number) }
      if base == 1 { return .error(.divisionByZero) }
      if base == 10 { return Scalar(checking: FloatMath.log10(number)) }
      return Scalar(checking: FloatMath.naturalLog(number) / FloatMath.naturalLog(base))
    },
    "PI": .numbers(0...0) { _ in .number(.pi) },
    "MOD": .numbers(2...2) { values in
      let (number, divisor) = (values[0], values[1])
      if divisor == 0 { return .error(.divisionByZero) }
      let rest = number.truncatingRemainder(dividingBy: divisor)
      // The result has the sign of the divisor.
      return Scalar(checking: rest != 0 && (rest < 0) != (divisor < 0) ? rest + divisor : rest)
    },
    "QUOTIENT": .analysis(2...2) { values, _ in
      values[1] == 0
        ? .error(.divisionByZero) : Scalar(checking: (values[0] / values[1]).rounded(.towardZero))
    },
    "FACT": .numbers(1...1) { values in
      guard values[0] >= 0, values[0] < 171 else { return .error(.number) }
      return .number((1...max(1, Int(values[0]))).reduce(1.0) { $0 * Double($1) })
    },
    "COMBIN": .numbers(2...2) { values in
      let (n, k) = (values[0].rounded(.towardZero), values[1].rounded(.towardZero))
      guard n >= 0, k >= 0, n >= k, min(k, n - k) <= 10_000 else { return .error(.number) }
      var result = 1.0
      for step in 0..<Int(min(k, n - k)) {
        result = (result * (n - Double(step)) / Double(step + 1)).rounded()
      }
      return Scalar(checking: result)
    },
    "GCD": .aggregate { .number(try wholeNumbers($0).reduce(0, greatestCommonDivisor)) },
    "LCM": .aggregate { call in
      let numbers = try wholeNumbers(call)
      if numbers.contains(0) { return .number(0) }
      return Scalar(checking: numbers.reduce(1) { $0 / greatestCommonDivisor($0, $1) * $1 })
    },
  ]

  private static func wholeNumbers(_ call: FunctionCall) throws -> [Double] {
    if call.arguments.contains(.missing) { throw Interruption.error(.notAvailable) }
    var numbers: [Double] = []
    try call.forEachValue { value, _ in
      if !value.isBlank { numbers.append(try Coercion.analysisNumber(value, call.dateSystem)) }
    }
    if numbers.isEmpty { throw Interruption.error(.value) }
    guard numbers.allSatisfy({ 0..<0x1p53 ~= $0 }) else { throw Interruption.error(.number) }
    return numbers.map { $0.rounded(.towardZero) }
  }

  private static func greatestCommonDivisor(_ a: Double, _ b: Double) -> Double {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a.truncatingRemainder(dividingBy: b)) }
    return a
  }

  static let trigonometry: [String: FormulaFunction] = {
    var functions = FloatMath.unary.mapValues { function in
      FormulaFunction.numbers(1...1) { Scalar(checking: function($0[0])) }
    }
    functions["ATAN2"] = .numbers(2...2) { values in
      values[0] == 0 && values[1] == 0
        ? .error(.divisionByZero) : Scalar(checking: FloatMath.arcTangent(y: values[1], x: values[0]))
    }
    functions["DEGREES"] = .numbers(1...1) { Scalar(checking: $0[0] / .pi * 180) }
    functions["RADIANS"] = .numbers(1...1) { Scalar(checking: $0[0] / 180 * .pi) }
    return functions
  }()
}
