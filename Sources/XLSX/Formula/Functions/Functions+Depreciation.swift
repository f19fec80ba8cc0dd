/// Depreciation, interest in periods, and rates turned into each other.
extension FunctionTable {
  static let depreciation: [String: FormulaFunction] = [
    // Cost, salvage, life.
    "SLN": .numbers(3...3) {
      $0[2] == 0 ? .error(.divisionByZero) : Scalar(checking: ($0[0] - $0[1]) / $0[2])
    },
    "SYD": .numbers(4...4) { values in
      let (cost, salvage, life, period) = (values[0], values[1], values[2], values[3])
      guard life > 0, period >= 1, period <= life else { return .error(.number) }
      return Scalar(checking: (cost - salvage) * (life - period + 1) * 2 / (life * (life + 1)))
    },
    "DB": .numbers(4...5) { values in
      let (cost, salvage, life) = (values[0], values[1], values[2])
      let period = values[3].rounded(.down)
      let months = values.count > 4 ? values[4].rounded(.down) : 12
      guard cost >= 0, salvage >= 0, life > 0, period >= 1, 1...12 ~= months, period <= life + 1,
        life <= 10_000,
        months < 12 || period <= life
      else { return .error(.number) }
      if cost == 0 { return .number(0) }
      // The rate is rounded to three places.
      let rate = rounded(1 - FloatMath.power(salvage / cost, 1 / life), 3, .nearest)
      var value = cost * rate * months / 12
      if period == 1 { return Scalar(checking: value) }
      var total = value
      for _ in 2..<max(2, Int(period)) {
        value = (cost - total) * rate
        total += value
      }
      let last = (cost - total) * rate
      return Scalar(checking: period > life ? last * (12 - months) / 12 : last)
    },
    "DDB": .numbers(4...5) { values in
      let factor = values.count > 4 ? values[4] : 2
      guard values[0] >= 0, values[1] >= 0, values[2] > 0, values[3] > 0, values[3] <= values[2], factor > 0
      else {
        return .error(.number)
      }
      return Scalar(checking: declining(values[0], values[1], values[2], values[3], factor))
    },
    "VDB": .scalars(5...7) { values, call in
      let numbers = try values.prefix(5).map { try Coercion.number($0, call.dateSystem) }
      let factor =
        values.count > 5 && !values[5].isBlank ? try Coercion.number(values[5], call.dateSystem) : 2
      let neverSwitches = values.count > 6 ? try Coercion.bool(values[6]) : false
      let (cost, salvage, life, start, end) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
      guard cost >= 0, salvage >= 0, life > 0, start >= 0, end >= start, end <= life, factor >= 0,
        life <= 100_000
      else { return .error(.number) }
      try call.evaluator.charge(Int(end))
      return Scalar(
        checking: variableDeclining(cost, salvage, life, start, end, factor, neverSwitches: neverSwitches))
    },
    "EFFECT": .analysis(2...2) { values, _ in
      let periods = values[1].rounded(.towardZero)
      guard values[0] > 0, periods >= 1 else { return .error(.number) }
      return Scalar(checking: FloatMath.power(1 + values[0] / periods, periods) - 1)
    },
    "NOMINAL": .analysis(2...2) { values, _ in
      let periods = values[1].rounded(.towardZero)
      guard values[0] > 0, periods >= 1 else { return .error(.number) }
      return Scalar(checking: periods * (FloatMath.power(1 + values[0], 1 / periods) - 1))
    },
    "RRI": .numbers(3...3) { values in
      guard values[0] > 0, values[1] != 0 else { return .error(.number) }
      return Scalar(checking: FloatMath.power(values[2] / values[1], 1 / values[0]) - 1)
    },
    "PDURATION": .numbers(3...3) { values in
      guard values.allSatisfy({ $0 > 0 }) else { return .error(.number) }
      return Scalar(
        checking: (FloatMath.naturalLog(values[2]) - FloatMath.naturalLog(values[1]))
          / FloatMath.naturalLog(1 + values[0]))
    },
    "DOLLARDE": .analysis(2...2) { values, _ in
      let fraction = values[1].rounded(.towardZero)
      guard fraction >= 0 else { return .error(.number) }
      guard fraction >= 1 else { return .error(.divisionByZero) }
      let whole = values[0].rounded(.towardZero)
      return Scalar(checking: whole + (values[0] - whole) * power(ofTenFor: fraction) / fraction)
    },
    "DOLLARFR": .analysis(2...2) { values, _ in
      let fraction = values[1].rounded(.towardZero)
      guard fraction >= 0 else { return .error(.number) }
      guard fraction >= 1 else { return .error(.divisionByZero) }
      let whole = values[0].rounded(.towardZero)
      return Scalar(checking: whole + (values[0] - whole) * fraction / power(ofTenFor: fraction))
    },
    // Rate, period, periods, present and future value, due.
    "IPMT": .numbers(4...6) { values in
      guard let parts = payment(values) else { return .error(.number) }
      return Scalar(checking: parts.interest)
    },
    "PPMT": .numbers(4...6) { values in
      guard let parts = payment(values) else { return .error(.number) }
      return Scalar(checking: parts.whole - parts.interest)
    },
    "ISPMT": .numbers(4...4) { values in
      values[2] == 0
        ? .error(.divisionByZero) : Scalar(checking: values[3] * values[0] * (values[1] / values[2] - 1))
    },
    "CUMIPMT": cumulative { $0.interest }, "CUMPRINC": cumulative { $0.whole - $0.interest },
  ]

  /// 10 to as many places as the denominator has digits.
  private static func power(ofTenFor fraction: Double) -> Double {
    FloatMath.power(10, FloatMath.log10(fraction).rounded(.up))
  }

  private static func declining(
    _ cost: Double, _ salvage: Double, _ life: Double, _ period: Double, _ factor: Double
  ) -> Double {
    let rate = min(1, factor / life)
    let before = rate == 1 ? (period == 1 ? cost : 0) : cost * FloatMath.power(1 - rate, period - 1)
    let after = cost * FloatMath.power(1 - rate, period)
    return max(0, after < salvage ? before - salvage : before - after)
  }

  private static func variableDeclining(
    _ cost: Double, _ salvage: Double, _ life: Double, _ start: Double, _ end: Double, _ factor: Double,
    neverSwitches: Bool
  ) -> Double {
    var total = 0.0
    let (first, last) = (start.rounded(.down), end.rounded(.up))
    if neverSwitches {
      var period = first + 1
      while period <= last {
        var term = declining(cost, salvage, life, period, factor)
        if period == first + 1 {
          term *= min(end, first + 1) - start
        } else if period == last {
          term *= end + 1 - last
        }
        total += term
        period += 1
      }
      return total
    }
    // What earlier periods took counts from the start, part of a period as part of its amount.
    var remainder = cost
    if start > 0 {
      remainder -= straightened(cost, salvage, life, life, start.rounded(.down), factor)
      let part = start - start.rounded(.down)
      if part > 0 {
        remainder -=
          straightened(remainder, salvage, life, life - first, 1, factor) * part
      }
    }
    return straightened(remainder, salvage, life, life - start, end - start, factor)
  }

  /// Declining until a straight line to the end takes more.
  private static func straightened(
    _ cost: Double, _ salvage: Double, _ life: Double, _ left: Double, _ periods: Double, _ factor: Double
  ) -> Double {
    var total = 0.0
    var remaining = cost - salvage
    var line = 0.0
    var isStraight = false
    let count = periods.rounded(.up)
    var period = 1.0
    while period <= count {
      var term: Double
      if isStraight {
        term = line
      } else {
        let fall = declining(cost, salvage, life, period, factor)
        line = remaining / max(1e-300, left - (period - 1))
        if line > fall {
          term = line
          isStraight = true
        } else {
          term = fall
          remaining -= fall
        }
      }
      if period == count { term *= periods + 1 - count }
      total += term
      period += 1
    }
    return total
  }

  private struct PaymentParts {
    var whole: Double
    var interest: Double
  }

  /// The payment of one period, and the interest in it.
  private static func payment(_ values: [Double]) -> PaymentParts? {
    let (rate, period, periods, present) = (values[0], values[1], values[2], values[3])
    let future = values.count > 4 ? values[4] : 0
    let isDue = values.count > 5 && values[5] != 0
    guard periods > 0, period >= 1, period < periods + 1 else { return nil }
    if rate == 0 { return PaymentParts(whole: -(present + future) / periods, interest: 0) }
    let growth = FloatMath.power(1 + rate, periods)
    let whole = -(present * growth + future) * rate / ((isDue ? 1 + rate : 1) * (growth - 1))
    if isDue, period == 1 { return PaymentParts(whole: whole, interest: 0) }
    // What is owed before the period: the future value after those that came before.
    let passed = isDue ? period - 2 : period - 1
    let grown = FloatMath.power(1 + rate, passed)
    let owed = -(present * grown + whole * (isDue ? 1 + rate : 1) * (grown - 1) / rate)
    return PaymentParts(whole: whole, interest: (isDue ? owed - whole : owed) * rate)
  }

  private static func cumulative(_ part: @escaping @Sendable (PaymentParts) -> Double) -> FormulaFunction {
    .analysis(6...6) { values, call in
      let (rate, periods, present) = (values[0], values[1], values[2])
      let (start, end, due) = (values[3].rounded(.towardZero), values[4].rounded(.towardZero), values[5])
      guard rate > 0, periods > 0, present > 0, start >= 1, end >= start, end <= periods,
        due == 0 || due == 1,
        end <= 1e7
      else { return .error(.number) }
      try call.evaluator.charge(Int(end - start) * 4)
      var total = 0.0
      for period in Int(start)...Int(end) {
        if let parts = payment([rate, Double(period), periods, present, 0, due]) { total += part(parts) }
      }
      return Scalar(checking: total)
    }
  }
}
