/// Distributions of counts, and what counts arrangements.
extension FunctionTable {
  static let counting: [String: FormulaFunction] = {
    let binomial = distribution(
      3, { isBinomial($0[0], $0[1], $0[2]) },
      density: { binomialTerm($0[0].rounded(.down), $0[1].rounded(.down), $0[2]) },
      below: { binomialBelow($0[0].rounded(.down), $0[1].rounded(.down), $0[2]) })
    let binomialInverse = FormulaFunction.numbers(3...3) { values in
      let (trials, chance, share) = (values[0].rounded(.down), values[1], values[2])
      guard trials >= 0, trials <= 1e9, 0...1 ~= chance, 0 < share, share < 1 else { return .error(.number) }
      var (low, high) = (-1.0, trials)
      while high - low > 1 {
        let middle = ((low + high) / 2).rounded(.down)
        if binomialBelow(middle, trials, chance) >= share * (1 - 1e-15) {
          high = middle
        } else {
          low = middle
        }
      }
      return .number(high)
    }
    let negative: @Sendable ([Double]) -> Double = { values in
      let (failures, successes, chance) = (values[0].rounded(.down), values[1].rounded(.down), values[2])
      return FloatMath.exponential(
        SpecialFunctions.logChoose(failures + successes - 1, failures)
          + successes * FloatMath.naturalLog(chance) + failures * FloatMath.naturalLog(1 - chance))
    }
    let isNegative: @Sendable ([Double]) -> Bool = {
      $0[0].rounded(.down) >= 0 && $0[1].rounded(.down) >= 1 && 0 < $0[2] && $0[2] < 1
    }
    return [
      "BINOM.DIST": binomial, "BINOMDIST": binomial, "BINOM.INV": binomialInverse,
      "CRITBINOM": binomialInverse,
      "BINOM.DIST.RANGE": .numbers(3...4) { values in
        let (trials, chance, low) = (values[0].rounded(.down), values[1], values[2].rounded(.down))
        let high = values.count > 3 ? values[3].rounded(.down) : low
        guard trials >= 0, trials <= 1e9, 0...1 ~= chance, low >= 0, low <= high, high <= trials else {
          return .error(.number)
        }
        if low == high { return Scalar(checking: binomialTerm(low, trials, chance)) }
        let below = low == 0 ? 0 : binomialBelow(low - 1, trials, chance)
        return Scalar(checking: binomialBelow(high, trials, chance) - below)
      },
      "NEGBINOM.DIST": distribution(
        3, isNegative, density: negative,
        below: {
          SpecialFunctions.incompleteBeta($0[1].rounded(.down), $0[0].rounded(.down) + 1, $0[2]).lower
        }),
      "NEGBINOMDIST": bounded(3, isNegative, negative),
      "HYPGEOM.DIST": .scalars(5...5) { values, call in
        let numbers = try values.dropLast().map { try Coercion.number($0, call.dateSystem).rounded(.down) }
        let isCumulative = try Coercion.bool(values[4])
        guard isHypergeometric(numbers) else { return .error(.number) }
        if !isCumulative { return Scalar(checking: hypergeometric(numbers, numbers[0])) }
        let least = max(0, numbers[1] + numbers[2] - numbers[3])
        try call.evaluator.charge(Int(min(1e9, numbers[0] - least)))
        var sum = 0.0
        var count = least
        while count <= numbers[0] {
          sum += hypergeometric(numbers, count)
          count += 1
        }
        return Scalar(checking: sum)
      },
      "HYPGEOMDIST": .numbers(4...4) { values in
        let numbers = values.map { $0.rounded(.down) }
        return isHypergeometric(numbers)
          ? Scalar(checking: hypergeometric(numbers, numbers[0])) : .error(.number)
      },
      "PERMUT": .numbers(2...2) { values in
        let (n, k) = (values[0].rounded(.towardZero), values[1].rounded(.towardZero))
        guard n > 0, k >= 0, n >= k, k <= 1_000 else { return .error(.number) }
        return Scalar(checking: (0..<Int(k)).reduce(1.0) { $0 * (n - Double($1)) })
      },
      "PERMUTATIONA": .numbers(2...2) { values in
        let (n, k) = (values[0].rounded(.towardZero), values[1].rounded(.towardZero))
        guard n >= 0, k >= 0 else { return .error(.number) }
        return n == 0 && k == 0 ? .number(1) : Scalar(checking: FloatMath.power(n, k))
      },
      "COMBINA": .numbers(2...2) { values in
        let (n, k) = (values[0].rounded(.towardZero), values[1].rounded(.towardZero))
        guard n >= 0, k >= 0, n > 0 || k == 0, min(k, max(n - 1, 0)) <= 10_000 else { return .error(.number) }
        if k == 0 { return .number(1) }
        let (total, part) = (n + k - 1, min(k, n - 1))
        var result = 1.0
        for step in 0..<Int(part) {
          result = (result * (total - Double(step)) / Double(step + 1)).rounded()
        }
        return Scalar(checking: result)
      },
      "FACTDOUBLE": .numbers(1...1) { values in
        let number = values[0].rounded(.towardZero)
        guard number >= -1, number <= 300 else { return .error(.number) }
        return Scalar(checking: stride(from: number, to: 1, by: -2).reduce(1.0, *))
      },
      "MULTINOMIAL": .aggregate { call in
        var sum = 0.0
        var result = 1.0
        for number in try call.numbers().map({ $0.rounded(.towardZero) }) {
          guard number >= 0, number <= 10_000 else { return .error(.number) }
          try call.evaluator.charge(Int(number))
          for step in 0..<Int(number) {
            sum += 1
            result = result * sum / Double(step + 1)
          }
        }
        return Scalar(checking: result.rounded())
      },
    ]
  }()

  private static func isBinomial(_ count: Double, _ trials: Double, _ chance: Double) -> Bool {
    count.rounded(.down) >= 0 && count.rounded(.down) <= trials.rounded(.down) && 0...1 ~= chance
  }

  private static func binomialTerm(_ count: Double, _ trials: Double, _ chance: Double) -> Double {
    if chance == 0 { return count == 0 ? 1 : 0 }
    if chance == 1 { return count == trials ? 1 : 0 }
    if trials <= 60 {
      // Exact factors give exact values for the small numbers of textbooks.
      var term = 1.0
      for step in 0..<Int(count) { term = (term * (trials - Double(step)) / Double(step + 1)).rounded() }
      return term * FloatMath.power(chance, count) * FloatMath.power(1 - chance, trials - count)
    }
    return FloatMath.exponential(
      SpecialFunctions.logChoose(trials, count) + count * FloatMath.naturalLog(chance)
        + (trials - count) * FloatMath.naturalLog(1 - chance))
  }

  private static func binomialBelow(_ count: Double, _ trials: Double, _ chance: Double) -> Double {
    if count >= trials { return 1 }
    return SpecialFunctions.incompleteBeta(count + 1, trials - count, chance).upper
  }

  /// Successes in the sample, its size, successes in the population, its size.
  private static func isHypergeometric(_ values: [Double]) -> Bool {
    values[0] >= max(0, values[1] + values[2] - values[3]) && values[0] <= min(values[1], values[2])
      && values[1] > 0 && values[1] <= values[3] && values[2] > 0 && values[2] <= values[3]
  }

  private static func hypergeometric(_ values: [Double], _ count: Double) -> Double {
    FloatMath.exponential(
      SpecialFunctions.logChoose(values[2], count)
        + SpecialFunctions.logChoose(values[3] - values[2], values[1] - count)
        - SpecialFunctions.logChoose(values[3], values[1]))
  }
}
