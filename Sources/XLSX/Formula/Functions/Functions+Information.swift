extension FunctionTable {
  static let information: [String: FormulaFunction] = [
    "ISNUMBER": test { if case .number = $0 { true } else { false } },
    "ISTEXT": test { if case .text = $0 { true } else { false } },
    "ISNONTEXT": test { if case .text = $0 { false } else { true } },
    "ISLOGICAL": test { if case .bool = $0 { true } else { false } },
    "ISBLANK": test { $0.isBlank },
    "ISERROR": test { $0.error != nil },
    "ISERR": test { $0.error.map { $0 != .notAvailable } ?? false },
    "ISNA": test { $0.error == .notAvailable },
    "ISEVEN": .analysis(1...1) { values, _ in
      .bool(Int(exactly: values[0].rounded(.towardZero)).map { $0.isMultiple(of: 2) } ?? true)
    },
    "ISODD": .analysis(1...1) { values, _ in
      .bool(Int(exactly: values[0].rounded(.towardZero)).map { !$0.isMultiple(of: 2) } ?? false)
    },
    "ISREF": .operands(1...1) { call in
      do {
        if case .areas = try call.operand(0) { return .scalar(.bool(true)) }
      } catch Interruption.error {}
      return .scalar(.bool(false))
    },
    "ISFORMULA": .operands(1...1) { call in
      let area = try call.area(0)
      let value = try call.evaluator.context.cell(area.range.first, sheet: area.sheet)
      return .scalar(.bool(value.formula != nil))
    },
    "NA": .scalars(0...0) { _, _ in .error(.notAvailable) },
    "N": .operands(1...1) { call in
      switch try first(of: call) {
      case .number(let number): .scalar(.number(number))
      case .bool(let bool): .scalar(.number(bool ? 1 : 0))
      case .error(let error): .scalar(.error(error))
      default: .scalar(.number(0))
      }
    },
    "T": .operands(1...1) { call in
      switch try first(of: call) {
      case .text(let text): .scalar(.text(text))
      case .error(let error): .scalar(.error(error))
      default: .scalar(.text(""))
      }
    },
    "TYPE": .operands(1...1) { call in
      let operand = try call.operand(0)
      if case .array = operand { return .scalar(.number(64)) }
      switch try call.evaluator.scalar(operand, call.scope) {
      case .number, .blank: return .scalar(.number(1))
      case .text: return .scalar(.number(2))
      case .bool: return .scalar(.number(4))
      case .error: return .scalar(.number(16))
      }
    },
    "ERROR.TYPE": FormulaFunction(
      arguments: 1...1,
      body: .scalarsWithErrors { values, _ in
        let order: [CellError] = [
          .null, .divisionByZero, .value, .reference, .name, .number, .notAvailable,
          CellError("#GETTING_DATA"),
        ]
        guard let error = values[0].error, let index = order.firstIndex(of: error) else {
          return .error(.notAvailable)
        }
        return .number(Double(index + 1))
      }),
  ]

  private static func test(_ body: @escaping @Sendable (Scalar) -> Bool) -> FormulaFunction {
    FormulaFunction(arguments: 1...1, body: .scalarsWithErrors { values, _ in .bool(body(values[0])) })
  }

  /// `N` and `T` look at the first cell of a range.
  private static func first(of call: FunctionCall) throws -> Scalar {
    let operand = try call.operand(0)
    if case .areas(let areas) = operand, let area = areas.first {
      return try call.evaluator.precedent(CellAddress(sheet: area.sheet, cell: area.range.first))
    }
    return try call.evaluator.scalar(operand, call.scope)
  }
}
