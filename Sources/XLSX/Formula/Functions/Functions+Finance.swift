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

  private static func due(_ values: [Double], _ rate: Double) -> Double {
    values.count > 4 && values[4] != 0 ? 1 + rate : 1
  }
}
