extension FunctionTable {
  static let finance: [String: FormulaFunction] = [
    // Interest per period, number of periods, payment, present or future value, and whether payments are due at the start.
    "FV": .numbers(3...5) { values in
      let (rate, periods, payment) = (values[0], values[1], values[2])
      let present = values.count > 3 ? values[3] : 0
      if rate == 0 { return Scalar(checking: -(present + payment * periods)) }
      let growth = FloatMath.power(1 + rate, periods)
      return Scalar(checking: -(present * growth + payment * due(values, rate) * (growth - 1) / rate))
    },
    "PV": .numbers(3...5) { values in
      let (rate, periods, payment) = (values[0], values[1], values[2])
      let future = values.count > 3 ? values[3] : 0
      if rate == 0 { return Scalar(checking: -(future + payment * periods)) }
      let growth = FloatMath.power(1 + rate, periods)
      return Scalar(checking: -(future + payment * due(values, rate) * (growth - 1) / rate) / growth)
    },
    "PMT": .numbers(3...5) { values in
      let (rate, periods, present) = (values[0], values[1], values[2])
      let future = values.count > 3 ? values[3] : 0
      if periods == 0 { return .error(.number) }
      if rate == 0 { return Scalar(checking: -(present + future) / periods) }
      let growth = FloatMath.power(1 + rate, periods)
      return Scalar(checking: -(present * growth + future) * rate / (due(values, rate) * (growth - 1)))
    },
    "NPER": .numbers(3...5) { values in
      let (rate, payment, present) = (values[0], values[1], values[2])
      let future = values.count > 3 ? values[3] : 0
      if rate == 0 { return payment == 0 ? .error(.number) : Scalar(checking: -(present + future) / payment) }
      let level = payment * due(values, rate) / rate
      let ratio = (level - future) / (level + present)
      guard ratio > 0 else { return .error(.number) }
      return Scalar(checking: FloatMath.naturalLog(ratio) / FloatMath.naturalLog(1 + rate))
    },
    // Periods, payment, present value, future value, due, and a guess.
    "RATE": .numbers(3...6) { values in
      let (periods, payment, present) = (values[0], values[1], values[2])
      let future = values.count > 3 ? values[3] : 0
      let isDue = values.count > 4 && values[4] != 0
      return root(from: values.count > 5 ? values[5] : 0.1) { rate in
        if rate.magnitude < 1e-12 { return present + payment * periods + future }
        let growth = FloatMath.power(1 + rate, periods)
        return present * growth + payment * (isDue ? 1 + rate : 1) * (growth - 1) / rate + future
      }
    },
    "IRR": .operands(1...2) { call in
      let flows = try call.numbers(of: 0)
      let guess = try call.number(1, default: 0.1)
      guard flows.contains(where: { $0 > 0 }), flows.contains(where: { $0 < 0 }) else {
        throw Interruption.error(.number)
      }
      try call.evaluator.charge(flows.count * 40)
      return .scalar(
        root(from: guess) { rate in
          // Horner's scheme in 1 / (1 + rate).
          flows.reversed().reduce(0) { $0 / (1 + rate) + $1 }
        })
    },
    "NPV": .operands(2...255) { call in
      let rate = try call.number(0)
      if rate == -1 { throw Interruption.error(.divisionByZero) }
      var factor = 1.0
      var total = 0.0
      try call.forEachNumber(from: 1) {
        factor *= 1 + rate
        total += $0 / factor
      }
      return .scalar(Scalar(checking: total))
    },
  ]

  /// Where a function is 0, by the secant method from a guess; `#NUM!` if twenty steps do not find it, as in Excel.
  static func root(from guess: Double, _ function: (Double) -> Double) -> Scalar {
    guard guess > -1 else { return .error(.value) }
    var (a, b) = (guess, guess == 0 ? 0.01 : guess * 1.1)
    var (atA, atB) = (function(a), function(b))
    for _ in 0..<40 {
      if atB == 0 || (b - a).magnitude < 1e-13 * max(1, b.magnitude) { return Scalar(checking: b) }
      guard atA != atB, atA.isFinite, atB.isFinite else { return .error(.number) }
      var next = b - atB * (b - a) / (atB - atA)
      // No rate is −100 % or less.
      if next <= -1 { next = (b - 1) / 2 }
      (a, atA) = (b, atB)
      (b, atB) = (next, function(next))
    }
    return (b - a).magnitude < 1e-7 ? Scalar(checking: b) : .error(.number)
  }

  private static func due(_ values: [Double], _ rate: Double) -> Double {
    values.count > 4 && values[4] != 0 ? 1 + rate : 1
  }
}
