/// A function that formulas can call.
struct FormulaFunction: Sendable {
  enum Body: Sendable {
    /// Takes single values. In array formulas it is applied value by value; an error among the arguments is its result.
    case scalars(@Sendable ([Scalar], FunctionCall) throws -> Scalar)
    /// The same, but sees errors itself: `ISERROR`, `IFERROR` ….
    case scalarsWithErrors(@Sendable ([Scalar], FunctionCall) throws -> Scalar)
    /// Takes its arguments as they are.
    case operands(@Sendable (FunctionCall) throws -> Operand)
  }

  /// How many arguments it takes.
  var arguments: ClosedRange<Int>
  var body: Body

  static func scalars(
    _ arguments: ClosedRange<Int>, _ body: @escaping @Sendable ([Scalar], FunctionCall) throws -> Scalar
  ) -> FormulaFunction {
    FormulaFunction(arguments: arguments, body: .scalars(body))
  }

  static func operands(
    _ arguments: ClosedRange<Int>, _ body: @escaping @Sendable (FunctionCall) throws -> Operand
  ) -> FormulaFunction {
    FormulaFunction(arguments: arguments, body: .operands(body))
  }

  /// A function of all its numbers: `SUM`, `MAX` ….
  static func aggregate(_ body: @escaping @Sendable (FunctionCall) throws -> Scalar) -> FormulaFunction {
    FormulaFunction(arguments: 1...255, body: .operands { .scalar(try body($0)) })
  }

  /// A function of numbers only, missing ones being 0.
  static func numbers(
    _ arguments: ClosedRange<Int>, _ body: @escaping @Sendable ([Double]) throws -> Scalar
  ) -> FormulaFunction {
    .scalars(arguments) { values, call in
      try body(values.map { try Coercion.number($0, call.dateSystem) })
    }
  }

  /// A function that came with the Analysis ToolPak: it takes no logical values, and an argument that is left out is `#N/A`.
  static func analysis(
    _ arguments: ClosedRange<Int>, _ body: @escaping @Sendable ([Double], FunctionCall) throws -> Scalar
  ) -> FormulaFunction {
    .scalars(arguments) { values, call in
      if call.arguments.contains(.missing) { return .error(.notAvailable) }
      return try body(values.map { try Coercion.analysisNumber($0, call.dateSystem) }, call)
    }
  }
}

/// Every function by its name, a family in each file.
enum FunctionTable {
  static let functions: [String: FormulaFunction] = {
    var functions: [String: FormulaFunction] = [:]
    for family in [
      logical, information, arithmetic, rounding, trigonometry, sums, statistics, conditionalSums, lookup,
      references, text,
      textSearch, conversion, dates, dateArithmetic, finance,
    ] {
      functions.merge(family) { first, _ in first }
    }
    return functions
  }()
}

extension FormulaEvaluator {
  func call(_ name: String, _ arguments: [FormulaNode], _ scope: FormulaScope) throws -> Operand {
    guard let function = FunctionTable.functions[name] else {
      throw Interruption.failure(.unsupported("function \(name)"))
    }
    guard function.arguments.contains(arguments.count) else {
      throw Interruption.failure(.unsupported("\(name) with \(arguments.count) arguments"))
    }
    let call = FunctionCall(evaluator: self, scope: scope, arguments: arguments)
    switch function.body {
    case .operands(let body): return try body(call)
    case .scalars(let body): return try scalars(call, takesErrors: false, body)
    case .scalarsWithErrors(let body): return try scalars(call, takesErrors: true, body)
    }
  }

  private func scalars(
    _ call: FunctionCall, takesErrors: Bool, _ body: ([Scalar], FunctionCall) throws -> Scalar
  ) throws -> Operand {
    func result(_ values: [Scalar]) throws -> Scalar {
      if !takesErrors, let error = values.lazy.compactMap(\.error).first { return .error(error) }
      do {
        return try body(values, call)
      } catch Interruption.error(let error) {
        return .error(error)
      }
    }
    var operands: [Operand] = []
    for index in call.arguments.indices {
      do {
        operands.append(try call.operand(index))
      } catch Interruption.error(let error) {
        operands.append(.scalar(.error(error)))
      }
    }
    if operands.contains(where: { isArray($0, call.scope) }) {
      let matrices = try operands.map { operand in
        isArray(operand, call.scope) ? try matrix(operand) : Matrix(try scalarOrError(operand, call.scope))
      }
      return .array(try broadcast(matrices, result))
    }
    return .scalar(try result(operands.map { try scalarOrError($0, call.scope) }))
  }

  private func scalarOrError(_ operand: Operand, _ scope: FormulaScope) throws -> Scalar {
    do {
      return try scalar(operand, scope)
    } catch Interruption.error(let error) {
      return .error(error)
    }
  }
}
