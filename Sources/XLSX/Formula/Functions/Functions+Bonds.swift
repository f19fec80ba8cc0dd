/// Securities: prices, yields, coupons, discounts.
extension FunctionTable {
  static let bonds: [String: FormulaFunction] = [
    "YEARFRAC": .analysis(2...3) { values, call in
      let (a, b) = try (day(values, 0, call), day(values, 1, call))
      return .number(try counting(values, 2, call).years(a, b))
    },
    // Settlement, maturity, frequency, basis.
    "COUPNUM": coupon { dates, _ in Double(dates.count) },
    "COUPPCD": coupon { dates, _ in Double(dates.previous) },
    "COUPNCD": coupon { dates, _ in Double(dates.next) },
    "COUPDAYS": coupon { dates, _ in dates.length },
    "COUPDAYBS": coupon { dates, settlement in dates.daysBefore(settlement) },
    "COUPDAYSNC": coupon { dates, settlement in dates.daysAfter(settlement) },
    // Settlement, maturity, rate, yield, redemption, frequency, basis.
    "PRICE": .analysis(6...7) { values, call in
      let bond = try Bond(values, call, rate: 2, redemption: 4, frequency: 5, basis: 6)
      guard values[3] >= 0 else { return .error(.number) }
      return Scalar(checking: bond.price(values[3]))
    },
    "YIELD": .analysis(6...7) { values, call in
      let bond = try Bond(values, call, rate: 2, redemption: 4, frequency: 5, basis: 6)
      guard values[3] > 0 else { return .error(.number) }
      try call.evaluator.charge(bond.dates.count * 100)
      let price = values[3]
      // A higher yield is a lower price.
      return Scalar(checking: -SpecialFunctions.inverse(price, from: -1e3, to: 0.99) { bond.price(-$0) })
    },
    // Settlement, maturity, coupon, yield, frequency, basis.
    "DURATION": .analysis(5...6) { values, call in
      let bond = try Bond(values, call, rate: 2, redemption: nil, frequency: 4, basis: 5)
      guard values[3] >= 0 else { return .error(.number) }
      return Scalar(checking: bond.duration(values[3]))
    },
    "MDURATION": .analysis(5...6) { values, call in
      let bond = try Bond(values, call, rate: 2, redemption: nil, frequency: 4, basis: 5)
      guard values[3] >= 0 else { return .error(.number) }
      return Scalar(checking: bond.duration(values[3]) / (1 + values[3] / Double(bond.dates.frequency)))
    },
    // Issue, first interest, settlement, rate, par, frequency, basis, from issue.
    "ACCRINT": .scalars(6...8) { scalars, call in
      let values = try scalars.prefix(7).map { try Coercion.analysisNumber($0, call.dateSystem) }
      let (issue, settlement) = try (day(values, 0, call), day(values, 2, call))
      let frequency = values[5].rounded(.towardZero)
      guard [1, 2, 4].contains(frequency), values[3] > 0, values[4] > 0, issue < settlement else {
        return .error(.number)
      }
      let part = try counting(values, 6, call).years(issue, settlement)
      return Scalar(checking: values[4] * values[3] * part)
    },
    "ACCRINTM": .analysis(4...5) { values, call in
      let (issue, settlement) = try (day(values, 0, call), day(values, 1, call))
      guard values[2] > 0, values[3] > 0, issue < settlement else { return .error(.number) }
      return Scalar(
        checking: values[3] * values[2] * (try counting(values, 4, call).years(issue, settlement)))
    },
    // Settlement, maturity, and what differs.
    "DISC": discounted { price, redemption, years in (redemption - price) / redemption / years },
    "INTRATE": discounted { investment, redemption, years in (redemption - investment) / investment / years },
    "RECEIVED": discounted(allowsAnyRate: false) { investment, discount, years in
      investment / (1 - discount * years)
    },
    "PRICEDISC": discounted { discount, redemption, years in redemption * (1 - discount * years) },
    "YIELDDISC": discounted { price, redemption, years in (redemption / price - 1) / years },
    // Settlement, maturity, issue, rate, yield or price, basis.
    "PRICEMAT": atMaturity { whole, held, left, rate, yield in
      100 * ((1 + whole * rate) / (1 + left * yield) - held * rate)
    },
    "YIELDMAT": atMaturity { whole, held, left, rate, price in
      ((1 + whole * rate) / (price / 100 + held * rate) - 1) / left
    },
    "TBILLPRICE": bill { days, discount in 100 * (1 - discount * days / 360) },
    "TBILLYIELD": bill { days, price in (100 - price) / price * 360 / days },
    "TBILLEQ": bill { days, discount in
      if days <= 182 { return 365 * discount / (360 - discount * days) }
      // Half-yearly interest: the square that both halves give.
      let price = 1 - discount * days / 360
      let part = days / (days > 365 ? 366 : 365)
      return (-2 * part + 2 * (part * part - (2 * part - 1) * (1 - 1 / price)).squareRoot()) / (2 * part - 1)
    },
  ]

  private static func day(_ values: [Double], _ index: Int, _ call: FunctionCall) throws -> Int {
    try daySerial(.number(values[index]), call)
  }

  private static func counting(_ values: [Double], _ index: Int, _ call: FunctionCall) throws -> DayCount {
    let basis = index < values.count ? values[index].rounded(.towardZero) : 0
    guard 0...4 ~= basis else { throw Interruption.error(.number) }
    return try DayCount(Int(basis), call.dateSystem)
  }

  private static func coupon(_ body: @escaping @Sendable (CouponDates, Int) -> Double) -> FormulaFunction {
    .analysis(3...4) { values, call in
      let (settlement, maturity) = try (day(values, 0, call), day(values, 1, call))
      let frequency = values[2].rounded(.towardZero)
      guard frequency.magnitude <= 12 else { return .error(.number) }
      let dates = try CouponDates(
        settlement: settlement, maturity: maturity, frequency: Int(frequency), counting(values, 3, call))
      return .number(body(dates, settlement))
    }
  }

  private struct Bond {
    let dates: CouponDates
    let rate: Double
    let redemption: Double
    /// The part of a period from settlement to the next coupon, and the one before it.
    let after: Double
    let before: Double

    init(
      _ values: [Double], _ call: FunctionCall, rate: Int, redemption: Int?, frequency: Int, basis: Int
    ) throws {
      let settlement = try day(values, 0, call)
      let often = values[frequency].rounded(.towardZero)
      let redemption = redemption.map { values[$0] } ?? 100
      guard values[rate] >= 0, redemption > 0, often.magnitude <= 12 else {
        throw Interruption.error(.number)
      }
      dates = try CouponDates(
        settlement: settlement, maturity: day(values, 1, call), frequency: Int(often),
        counting(values, basis, call))
      try call.evaluator.charge(dates.count * 4)
      self.rate = values[rate]
      self.redemption = redemption
      after = dates.daysAfter(settlement) / dates.length
      before = dates.daysBefore(settlement) / dates.length
    }

    func price(_ yield: Double) -> Double {
      let frequency = Double(dates.frequency)
      let coupon = 100 * rate / frequency
      let growth = 1 + yield / frequency
      if dates.count == 1 {
        return (redemption + coupon) / (1 + after * yield / frequency) - coupon * before
      }
      var total = redemption / FloatMath.power(growth, Double(dates.count - 1) + after)
      for index in 0..<dates.count { total += coupon / FloatMath.power(growth, Double(index) + after) }
      return total - coupon * before
    }

    /// Macaulay's, in years.
    func duration(_ yield: Double) -> Double {
      let frequency = Double(dates.frequency)
      let growth = 1 + yield / frequency
      var (weighted, total) = (0.0, 0.0)
      for index in 0..<dates.count {
        let time = Double(index) + after
        let flow = 100 * rate / frequency + (index == dates.count - 1 ? 100 : 0)
        let worth = flow / FloatMath.power(growth, time)
        weighted += worth * time
        total += worth
      }
      return weighted / total / frequency
    }
  }

  private static func discounted(
    allowsAnyRate: Bool = true, _ body: @escaping @Sendable (Double, Double, Double) -> Double
  ) -> FormulaFunction {
    .analysis(4...5) { values, call in
      let (settlement, maturity) = try (day(values, 0, call), day(values, 1, call))
      guard settlement < maturity, values[2] > 0, values[3] > 0 else { return .error(.number) }
      let result = body(values[2], values[3], try counting(values, 4, call).years(settlement, maturity))
      return allowsAnyRate || result > 0 ? Scalar(checking: result) : .error(.number)
    }
  }

  private static func atMaturity(
    _ body: @escaping @Sendable (Double, Double, Double, Double, Double) -> Double
  ) -> FormulaFunction {
    .analysis(5...6) { values, call in
      let (settlement, maturity, issue) = try (
        day(values, 0, call), day(values, 1, call), day(values, 2, call)
      )
      guard settlement < maturity, issue <= settlement, values[3] >= 0, values[4] >= 0 else {
        return .error(.number)
      }
      let counting = try counting(values, 5, call)
      return Scalar(
        checking: body(
          counting.years(issue, maturity), counting.years(issue, settlement),
          counting.years(settlement, maturity), values[3], values[4]))
    }
  }

  /// Treasury bills: settlement, maturity within a year, and a discount or price.
  private static func bill(_ body: @escaping @Sendable (Double, Double) -> Double) -> FormulaFunction {
    .analysis(3...3) { values, call in
      let (settlement, maturity) = try (day(values, 0, call), day(values, 1, call))
      guard settlement < maturity, maturity - settlement <= 366, values[2] > 0 else { return .error(.number) }
      let result = body(Double(maturity - settlement), values[2])
      return result < 0 ? .error(.number) : Scalar(checking: result)
    }
  }
}
