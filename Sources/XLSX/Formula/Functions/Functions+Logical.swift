extension FunctionTable {
  static let logical: [String: FormulaFunction] = [
    "IF": .operands(1...3, ifFunction),
    "IFS": .operands(2...254) { call in
      for index in stride(from: 0, to: call.count - 1, by: 2) {
        if try call.bool(index) { return try call.operand(index + 1) }
      }
      throw Interruption.error(.notAvailable)
    },
    "IFERROR": .operands(2...2) { try alternative($0) { _ in true } },
    "IFNA": .operands(2...2) { try alternative($0) { $0 == .notAvailable } },
    "SWITCH": .operands(3...254) { call in
      let value = try call.scalar(0)
      if let error = value.error { throw Interruption.error(error) }
      var index = 1
      while index + 1 < call.count {
        if try Comparison.order(value, call.scalar(index)) == 0 { return try call.operand(index + 1) }
        index += 2
      }
      if index < call.count { return try call.operand(index) }
      throw Interruption.error(.notAvailable)
    },
    "CHOOSE": .operands(2...254) { call in
      let index = try call.integer(0)
      guard index >= 1, index < call.count else { throw Interruption.error(.value) }
      return try call.operand(index)
    },
    "AND": .aggregate { .bool(try truths($0).allSatisfy(\.self)) },
    "OR": .aggregate { .bool(try truths($0).contains(true)) },
    "XOR": .aggregate { .bool(try !truths($0).count { $0 }.isMultiple(of: 2)) },
    "NOT": .scalars(1...1) { values, _ in .bool(try !Coercion.bool(values[0])) },
    "TRUE": .scalars(0...0) { _, _ in .bool(true) },
    "FALSE": .scalars(0...0) { _, _ in .bool(false) },
  ]

  /// Evaluates only the branch that is taken; in an array formula both, value by value.
  @Sendable private static func ifFunction(_ call: FunctionCall) throws -> Operand {
    let condition = try call.operand(0)
    func branch(_ index: Int) throws -> Operand {
      if index < call.count { return try call.operand(index) }
      return .scalar(.bool(index == 1))
    }
    guard call.evaluator.isArray(condition, call.scope) else {
      return try branch(try Coercion.bool(call.evaluator.scalar(condition, call.scope)) ? 1 : 2)
    }
    func matrix(_ operand: Operand) throws -> Matrix {
      call.evaluator.isArray(operand, call.scope)
        ? try call.evaluator.matrix(operand) : Matrix(try call.evaluator.scalar(operand, call.scope))
    }
    let parts = try [call.evaluator.matrix(condition), matrix(branch(1)), matrix(branch(2))]
    return .array(
      try call.evaluator.broadcast(parts) { values in
        do {
          return try Coercion.bool(values[0]) ? values[1] : values[2]
        } catch Interruption.error(let error) {
          return .error(error)
        }
      })
  }

  /// The first argument, or the second where the first is an error of the kind.
  private static func alternative(_ call: FunctionCall, _ takes: (CellError) -> Bool) throws -> Operand {
    let first: Operand
    do {
      first = try call.operand(0)
      if call.evaluator.isArray(first, call.scope) {
        let other = try call.evaluator.matrix(call.arrayOperand(1))
        return .array(
          try call.evaluator.broadcast([call.evaluator.matrix(first), other]) { values in
            if let error = values[0].error, takes(error) { values[1] } else { values[0] }
          })
      }
      let value = try call.evaluator.scalar(first, call.scope)
      if let error = value.error, takes(error) { return try call.operand(1) }
      return .scalar(value.isBlank ? .number(0) : value)
    } catch Interruption.error(let error) {
      if takes(error) { return try call.operand(1) }
      throw Interruption.error(error)
    }
  }

  /// The logical values among the arguments: text in ranges and empty text do not count, and without any value there is no
  /// answer.
  private static func truths(_ call: FunctionCall) throws -> [Bool] {
    var truths: [Bool] = []
    try call.forEachValue { value, source in
      switch (value, source) {
      case (.error(let error), _): throw Interruption.error(error)
      case (.text, .cell), (.blank, .cell): break
      case (.text(""), .direct): break
      case (.blank, .direct): truths.append(false)
      default: truths.append(try Coercion.bool(value))
      }
    }
    if truths.isEmpty { throw Interruption.error(.value) }
    return truths
  }
}
