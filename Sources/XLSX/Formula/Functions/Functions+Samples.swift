/// What samples say about themselves.
extension FunctionTable {
  static let samples: [String: FormulaFunction] = [
    "GEOMEAN": .aggregate { call in
      let numbers = try call.numbers()
      guard !numbers.isEmpty, numbers.allSatisfy({ $0 > 0 }) else { return .error(.number) }
      let product = numbers.reduce(1, *)
      // Logarithms only where the product itself is no number.
      if product.isNormal { return Scalar(checking: FloatMath.power(product, 1 / Double(numbers.count))) }
      let logs = numbers.reduce(0) { $0 + FloatMath.naturalLog($1) }
      return Scalar(checking: FloatMath.exponential(logs / Double(numbers.count)))
    },
    "HARMEAN": .aggregate { call in
      let numbers = try call.numbers()
      guard !numbers.isEmpty, numbers.allSatisfy({ $0 > 0 }) else { return .error(.number) }
      return Scalar(checking: Double(numbers.count) / numbers.reduce(0) { $0 + 1 / $1 })
    },
    "SKEW": .aggregate { call in
      let numbers = try call.numbers()
      let n = Double(numbers.count)
      guard n >= 3, let moments = standardized(numbers, ofSample: true) else {
        return .error(.divisionByZero)
      }
      return Scalar(checking: moments.reduce(0) { $0 + $1 * $1 * $1 } * n / ((n - 1) * (n - 2)))
    },
    "SKEW.P": .aggregate { call in
      let numbers = try call.numbers()
      guard numbers.count >= 3, let moments = standardized(numbers, ofSample: false) else {
        return .error(.divisionByZero)
      }
      return Scalar(checking: moments.reduce(0) { $0 + $1 * $1 * $1 } / Double(numbers.count))
    },
    "KURT": .aggregate { call in
      let numbers = try call.numbers()
      let n = Double(numbers.count)
      guard n >= 4, let moments = standardized(numbers, ofSample: true) else {
        return .error(.divisionByZero)
      }
      let sum = moments.reduce(0) { $0 + $1 * $1 * $1 * $1 }
      let factor = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3))
      return Scalar(checking: sum * factor - 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)))
    },
    "STDEVA": .aggregate { try deviation(allNumbers($0), ofSample: true) },
    "STDEVPA": .aggregate { try deviation(allNumbers($0), ofSample: false) },
    "VARA": .aggregate { try variance(allNumbers($0), ofSample: true) },
    "VARPA": .aggregate { try variance(allNumbers($0), ofSample: false) },
    "TRIMMEAN": .operands(2...2) { call in
      let (numbers, share) = try (call.numbers(of: 0).sorted(), call.number(1))
      guard !numbers.isEmpty, 0 <= share, share < 1 else { throw Interruption.error(.number) }
      let cut = Int(Double(numbers.count) * share / 2)
      return .scalar(try average(Array(numbers.dropFirst(cut).dropLast(cut))))
    },
    "PERCENTILE.EXC": .operands(2...2) { call in
      .scalar(try exclusivePercentile(call.numbers(of: 0).sorted(), call.number(1)))
    },
    "QUARTILE.EXC": .operands(2...2) { call in
      .scalar(try exclusivePercentile(call.numbers(of: 0).sorted(), Double(call.integer(1)) / 4))
    },
    "PERCENTRANK": .operands(2...3) { try percentRank($0, isExclusive: false) },
    "PERCENTRANK.INC": .operands(2...3) { try percentRank($0, isExclusive: false) },
    "PERCENTRANK.EXC": .operands(2...3) { try percentRank($0, isExclusive: true) },
    "MODE.MULT": .operands(1...254) { call in
      let numbers = try call.numbers()
      var counts: [Double: Int] = [:]
      for number in numbers { counts[number, default: 0] += 1 }
      guard let most = counts.values.max(), most > 1 else { throw Interruption.error(.notAvailable) }
      var seen: Set<Double> = []
      let modes = numbers.filter { counts[$0] == most && seen.insert($0).inserted }
      return .array(Matrix(rows: modes.count, columns: 1, values: modes.map { .number($0) }))
    },
    "FREQUENCY": .operands(2...2) { call in
      let (data, bins) = try (numbersOnly(call, 0), numbersOnly(call, 1))
      let limits = bins.sorted()
      var counts = [Int](repeating: 0, count: limits.count + 1)
      try call.evaluator.charge(data.count * 8)
      for number in data {
        // The first limit that is not less.
        var (low, high) = (0, limits.count)
        while low < high {
          let middle = (low + high) / 2
          if limits[middle] < number { low = middle + 1 } else { high = middle }
        }
        counts[low] += 1
      }
      // In the order in which the limits were given; of equal ones only the first counts.
      let order = bins.indices.sorted { (bins[$0], $0) < (bins[$1], $1) }
      var result = [Double](repeating: 0, count: bins.count + 1)
      for (place, index) in order.enumerated() { result[index] = Double(counts[place]) }
      result[bins.count] = Double(counts[limits.count])
      return .array(Matrix(rows: result.count, columns: 1, values: result.map { .number($0) }))
    },
    "PROB": .operands(3...4) { call in
      let (values, chances) = try pairedNumbers(call, 0, 1)
      let low = try call.number(2)
      let high = try call.number(3, default: low)
      let total = chances.reduce(0, +)
      guard chances.allSatisfy({ 0 <= $0 && $0 <= 1 }), (total - 1).magnitude < 1e-9 else {
        throw Interruption.error(.number)
      }
      return .scalar(
        Scalar(checking: zip(values, chances).reduce(0) { low <= $1.0 && $1.0 <= high ? $0 + $1.1 : $0 }))
    },
    "CONFIDENCE": .numbers(3...3, confidence), "CONFIDENCE.NORM": .numbers(3...3, confidence),
    "CONFIDENCE.T": .numbers(3...3) { values in
      let size = values[2].rounded(.down)
      guard 0 < values[0], values[0] < 1, values[1] > 0, size >= 1 else { return .error(.number) }
      if size == 1 { return .error(.divisionByZero) }
      return Scalar(checking: tInverse(bothTails: values[0], size - 1) * values[1] / size.squareRoot())
    },
  ]

  @Sendable private static func confidence(_ values: [Double]) -> Scalar {
    let size = values[2].rounded(.down)
    guard 0 < values[0], values[0] < 1, values[1] > 0, size >= 1 else { return .error(.number) }
    return Scalar(
      checking: -SpecialFunctions.normalInverse(values[0] / 2) * values[1] / size.squareRoot())
  }

  /// Distances from the mean in standard deviations; `nil` if all are equal.
  private static func standardized(_ numbers: [Double], ofSample: Bool) -> [Double]? {
    let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(max(1, numbers.count - (ofSample ? 1 : 0)))).squareRoot()
    return deviation > 0 ? numbers.map { ($0 - mean) / deviation } : nil
  }

  static func exclusivePercentile(_ numbers: [Double], _ share: Double) throws -> Scalar {
    let position = share * Double(numbers.count + 1)
    guard !numbers.isEmpty, share > 0, share < 1, position >= 1, position <= Double(numbers.count) else {
      return .error(.number)
    }
    let lower = Int(position)
    let next = min(lower, numbers.count - 1)
    return Scalar(
      checking: numbers[lower - 1] + (numbers[next] - numbers[lower - 1]) * (position - Double(lower)))
  }

  private static func percentRank(_ call: FunctionCall, isExclusive: Bool) throws -> Operand {
    let numbers = try call.numbers(of: 0).sorted()
    let value = try call.number(1)
    let digits = try call.integer(2, default: 3)
    guard !numbers.isEmpty, digits >= 1 else { throw Interruption.error(.number) }
    guard let first = numbers.first, let last = numbers.last, first <= value, value <= last else {
      throw Interruption.error(.notAvailable)
    }
    let below = numbers.count { $0 < value }
    var position = Double(below)
    if numbers[below] != value {
      let (a, b) = (numbers[below - 1], numbers[below])
      position = Double(below - 1) + (value - a) / (b - a)
    }
    let share =
      isExclusive
      ? (position + 1) / Double(numbers.count + 1)
      : numbers.count == 1 ? 1 : position / Double(numbers.count - 1)
    return .scalar(.number(rounded(share, Double(digits), .towardZero)))
  }

  /// The numbers of an argument, whatever else it holds.
  static func numbersOnly(_ call: FunctionCall, _ index: Int) throws -> [Double] {
    var numbers: [Double] = []
    try call.forEachValue(of: call.arrayOperand(index)) { value, _ in
      if let error = value.error { throw Interruption.error(error) }
      if case .number(let number) = value { numbers.append(number) }
    }
    return numbers
  }

  /// The places where two arguments both hold numbers. They must have as many values as each other.
  static func pairedNumbers(_ call: FunctionCall, _ first: Int, _ second: Int) throws -> ([Double], [Double])
  {
    let (a, b) = try (call.matrix(first), call.matrix(second))
    guard a.values.count == b.values.count || a.continuesBlank || b.continuesBlank else {
      throw Interruption.error(.notAvailable)
    }
    var (x, y): ([Double], [Double]) = ([], [])
    for (left, right) in zip(a.values, b.values) {
      if let error = left.error ?? right.error { throw Interruption.error(error) }
      if case .number(let left) = left, case .number(let right) = right {
        x.append(left)
        y.append(right)
      }
    }
    return (x, y)
  }
}
