extension FunctionTable {
  static let statistics: [String: FormulaFunction] = [
    "COUNT": .operands(1...255) { call in
      var count = 0
      for index in 0..<call.count {
        do {
          try call.forEachValue(of: call.operand(index)) { value, source in
            switch (value, source) {
            case (.number, _), (.bool, .direct), (.blank, .direct): count += 1
            case (.text(let text), .direct): if NumberText.parse(text, call.dateSystem) != nil { count += 1 }
            default: break
            }
          }
        } catch Interruption.error {}
      }
      return .scalar(.number(Double(count)))
    },
    "COUNTA": .operands(1...255) { call in
      var count = 0
      for index in 0..<call.count {
        do {
          try call.forEachValue(of: call.operand(index)) { value, source in
            if !value.isBlank || source == .direct { count += 1 }
          }
        } catch Interruption.error { count += 1 }
      }
      return .scalar(.number(Double(count)))
    },
    "COUNTBLANK": .operands(1...1) { call in
      let area = try call.area(0)
      var filled = 0
      try call.forEachValue(of: .areas([area])) { value, _ in
        if !value.isBlank, value != .text("") { filled += 1 }
      }
      return .scalar(.number(Double(area.range.count - filled)))
    },
    "MIN": .aggregate { .number(try $0.numbers().min() ?? 0) },
    "MAX": .aggregate { .number(try $0.numbers().max() ?? 0) },
    "MINA": .aggregate { .number(try allNumbers($0).min() ?? 0) },
    "MAXA": .aggregate { .number(try allNumbers($0).max() ?? 0) },
    "AVERAGE": .aggregate { try average($0.numbers()) },
    "AVERAGEA": .aggregate { try average(allNumbers($0)) },
    "MEDIAN": .aggregate { call in
      let numbers = try call.numbers().sorted()
      return numbers.isEmpty ? .error(.number) : try percentile(numbers, 0.5)
    },
    "MODE": .aggregate(mode), "MODE.SNGL": .aggregate(mode),
    "LARGE": .operands(2...2) { call in try ranked(call) { $0 > $1 } },
    "SMALL": .operands(2...2) { call in try ranked(call) { $0 < $1 } },
    "RANK": .operands(2...3) { try rank($0, averagesTies: false) },
    "RANK.EQ": .operands(2...3) { try rank($0, averagesTies: false) },
    "RANK.AVG": .operands(2...3) { try rank($0, averagesTies: true) },
    "PERCENTILE": .operands(2...2) { try percentileFunction($0, $0.number(1)) },
    "PERCENTILE.INC": .operands(2...2) { try percentileFunction($0, $0.number(1)) },
    "QUARTILE": .operands(2...2) { try percentileFunction($0, Double($0.integer(1)) / 4) },
    "QUARTILE.INC": .operands(2...2) { try percentileFunction($0, Double($0.integer(1)) / 4) },
    "STDEV": .aggregate { try deviation($0.numbers(), ofSample: true) },
    "STDEV.S": .aggregate { try deviation($0.numbers(), ofSample: true) },
    "STDEVP": .aggregate { try deviation($0.numbers(), ofSample: false) },
    "STDEV.P": .aggregate { try deviation($0.numbers(), ofSample: false) },
    "VAR": .aggregate { try variance($0.numbers(), ofSample: true) },
    "VAR.S": .aggregate { try variance($0.numbers(), ofSample: true) },
    "VARP": .aggregate { try variance($0.numbers(), ofSample: false) },
    "VAR.P": .aggregate { try variance($0.numbers(), ofSample: false) },
    "DEVSQ": .aggregate { call in
      let numbers = try call.numbers()
      return numbers.isEmpty ? .error(.number) : Scalar(checking: squares(numbers))
    },
    "POISSON": .scalars(3...3, poisson), "POISSON.DIST": .scalars(3...3, poisson),
    "AVEDEV": .aggregate { call in
      let numbers = try call.numbers()
      if numbers.isEmpty { return .error(.number) }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      return Scalar(checking: numbers.reduce(0) { $0 + ($1 - mean).magnitude } / Double(numbers.count))
    },
  ]

  static func average(_ numbers: [Double]) throws -> Scalar {
    numbers.isEmpty
      ? .error(.divisionByZero) : Scalar(checking: numbers.reduce(0, Arithmetic.sum) / Double(numbers.count))
  }

  static func variance(_ numbers: [Double], ofSample: Bool) throws -> Scalar {
    let count = numbers.count - (ofSample ? 1 : 0)
    return count < 1 ? .error(.divisionByZero) : Scalar(checking: squares(numbers) / Double(count))
  }

  static func deviation(_ numbers: [Double], ofSample: Bool) throws -> Scalar {
    if case .number(let variance) = try variance(numbers, ofSample: ofSample) {
      return .number(variance.squareRoot())
    }
    return .error(.divisionByZero)
  }

  private static func squares(_ numbers: [Double]) -> Double {
    let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
    return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// Numbers as MAXA sees them: text in cells is 0, logical values are 1 and 0.
  static func allNumbers(_ call: FunctionCall) throws -> [Double] {
    var numbers: [Double] = []
    try call.forEachValue { value, source in
      switch (value, source) {
      case (.text, .cell): numbers.append(0)
      case (.blank, .cell): break
      default: numbers.append(try Coercion.number(value, call.dateSystem))
      }
    }
    return numbers
  }

  @Sendable private static func mode(_ call: FunctionCall) throws -> Scalar {
    var numbers: [Double] = []
    for index in 0..<call.count {
      let operand = try call.operand(index)
      // A single value that is no number is not passed over here, as it would be in a range.
      guard operand.hasSeveralValues else {
        guard case .number(let number) = try call.evaluator.scalar(operand, call.scope) else {
          throw Interruption.error(.value)
        }
        numbers.append(number)
        continue
      }
      try call.forEachValue(of: operand) { value, _ in
        if let error = value.error { throw Interruption.error(error) }
        if case .number(let number) = value { numbers.append(number) }
      }
    }
    return mode(of: numbers)
  }

  static func mode(of numbers: [Double]) -> Scalar {
    var counts: [Double: Int] = [:]
    for number in numbers { counts[number, default: 0] += 1 }
    // Of equally frequent numbers the one that comes first.
    guard let most = counts.values.max(), most > 1, let first = numbers.first(where: { counts[$0] == most })
    else {
      return .error(.notAvailable)
    }
    return .number(first)
  }

  @Sendable private static func poisson(_ values: [Scalar], _ call: FunctionCall) throws -> Scalar {
    let count = try Coercion.number(values[0], call.dateSystem).rounded(.towardZero)
    let mean = try Coercion.number(values[1], call.dateSystem)
    guard count >= 0, mean >= 0, count <= 1_000_000 else { return .error(.number) }
    let isCumulative = try Coercion.bool(values[2])
    // exp(-m) · mᵏ / k!, each term out of the one before, in logarithms: 171! is no number any more.
    var term = -mean
    var sum = FloatMath.exponential(term)
    for step in 1...max(1, Int(count)) where count >= 1 {
      term += FloatMath.naturalLog(mean) - FloatMath.naturalLog(Double(step))
      if isCumulative { sum += FloatMath.exponential(term) }
    }
    return Scalar(checking: isCumulative ? sum : FloatMath.exponential(term))
  }

  private static func ranked(_ call: FunctionCall, by order: (Double, Double) -> Bool) throws -> Operand {
    let numbers = try call.numbers(of: 0).sorted(by: order)
    return try call.evaluator.mapped(call.operand(1), call.scope) { value in
      let place = try Coercion.number(value, call.dateSystem).rounded(.up)
      guard place >= 1, place <= Double(numbers.count) else { return .error(.number) }
      return .number(numbers[Int(place) - 1])
    }
  }

  private static func rank(_ call: FunctionCall, averagesTies: Bool) throws -> Operand {
    let number = try call.number(0)
    let ascends = try call.number(2) != 0
    let numbers = try call.numbers(of: 1)
    guard numbers.contains(number) else { throw Interruption.error(.notAvailable) }
    let before = numbers.count { ascends ? $0 < number : $0 > number }
    let ties = numbers.count { $0 == number }
    return .scalar(.number(Double(before + 1) + (averagesTies ? Double(ties - 1) / 2 : 0)))
  }

  private static func percentileFunction(_ call: FunctionCall, _ share: Double) throws -> Operand {
    let numbers = try call.numbers(of: 0).sorted()
    guard !numbers.isEmpty, 0...1 ~= share else { throw Interruption.error(.number) }
    return .scalar(try percentile(numbers, share))
  }

  /// - Parameter numbers: Sorted, not empty.
  static func percentile(_ numbers: [Double], _ share: Double) throws -> Scalar {
    let position = share * Double(numbers.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, numbers.count - 1)
    return Scalar(checking: numbers[lower] + (numbers[upper] - numbers[lower]) * (position - Double(lower)))
  }
}
