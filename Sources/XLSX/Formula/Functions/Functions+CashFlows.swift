/// Payments at any time.
extension FunctionTable {
  static let cashFlows: [String: FormulaFunction] = [
    "XNPV": .operands(3...3) { call in
      let rate = try call.number(0)
      let (flows, days) = try datedFlows(call, 1)
      guard rate > -1 else { throw Interruption.error(.number) }
      return .scalar(Scalar(checking: worth(flows, days, rate)))
    },
    "XIRR": .operands(2...3) { call in
      let (flows, days) = try datedFlows(call, 0)
      let guess = try call.number(2, default: 0.1)
      guard guess > -1, flows.contains(where: { $0 > 0 }), flows.contains(where: { $0 < 0 }) else {
        throw Interruption.error(.number)
      }
      try call.evaluator.charge(flows.count * 200)
      return .scalar(root(from: guess) { worth(flows, days, $0) })
    },
    "MIRR": .operands(3...3) { call in
      let flows = try call.numbers(of: 0)
      let (finance, reinvest) = try (call.number(1), call.number(2))
      guard flows.contains(where: { $0 > 0 }), flows.contains(where: { $0 < 0 }) else {
        throw Interruption.error(.divisionByZero)
      }
      var (gains, costs) = (0.0, 0.0)
      let periods = Double(flows.count - 1)
      for (index, flow) in flows.enumerated() {
        if flow > 0 { gains += flow * FloatMath.power(1 + reinvest, periods - Double(index)) }
        if flow < 0 { costs += flow / FloatMath.power(1 + finance, Double(index)) }
      }
      return .scalar(Scalar(checking: FloatMath.power(-gains / costs, 1 / periods) - 1))
    },
    "FVSCHEDULE": .operands(2...2) { call in
      var value = try call.number(0)
      for rate in try call.matrix(1).values {
        switch rate {
        case .number(let rate): value *= 1 + rate
        case .blank: break
        case .error(let error): throw Interruption.error(error)
        default: throw Interruption.error(.value)
        }
      }
      return .scalar(Scalar(checking: value))
    },
  ]

  private static func datedFlows(_ call: FunctionCall, _ index: Int) throws -> ([Double], [Double]) {
    let (flows, dates) = try (call.matrix(index), call.matrix(index + 1))
    guard flows.values.count == dates.values.count else { throw Interruption.error(.number) }
    let numbers = try flows.values.map { try Coercion.number($0, call.dateSystem) }
    let days = try dates.values.map { Double(try daySerial($0, call)) }
    guard let first = days.first, days.allSatisfy({ $0 >= first }) else { throw Interruption.error(.number) }
    return (numbers, days.map { $0 - first })
  }

  private static func worth(_ flows: [Double], _ days: [Double], _ rate: Double) -> Double {
    zip(flows, days).reduce(0) { $0 + $1.0 / FloatMath.power(1 + rate, $1.1 / 365) }
  }
}
