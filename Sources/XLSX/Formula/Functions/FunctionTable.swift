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
      references, text, textSearch, conversion, dates, dateArithmetic, finance, lambdas, arrays,
      distributions,
      counting, samples, regression, hypotheses, engineering, complexNumbers, depreciation, bonds, cashFlows,
      databases, matrices, moreArithmetic, textParts, moreDates, aggregates,
      patterns,
    ] {
      functions.merge(family) { first, _ in first }
    }
    return functions
  }()
}

extension FormulaEvaluator {
  /// - Parameter values: What stands for the arguments, if they are known already.
  func call(
    _ name: String, _ arguments: [FormulaNode], _ scope: FormulaScope, values: [Operand?]? = nil
  ) throws -> Operand {
    if case .function(let given)? = scope.bindings.value(of: name) {
      // A name that was given comes before a function of Excel's.
      return try apply(
        given, values ?? arguments.map { $0 == .missing ? nil : try evaluate($0, scope) }, scope)
    }
    guard let function = FunctionTable.functions[name] else {
      if let function = try self.function(named: name, scope) {
        let values =
          try values ?? arguments.map { $0 == .missing ? nil : try evaluate($0, scope) }
        return try apply(function, values, scope)
      }
      throw Interruption.failure(.unsupported("function \(name)"))
    }
    guard function.arguments.contains(arguments.count) else {
      throw Interruption.failure(.unsupported("\(name) with \(arguments.count) arguments"))
    }
    var call = FunctionCall(evaluator: self, scope: scope, arguments: arguments)
    if let values { call.values = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0, $1) }) }
    switch function.body {
    case .operands(let body):
      // Several of their references are no array of values: what is done with each of them cannot be done later.
      if name == "INDIRECT" || name == "OFFSET" { return try single(call, body) }
      return try operands(call, body)
    case .scalars(let body): return try scalars(call, takesErrors: false, body)
    case .scalarsWithErrors(let body): return try scalars(call, takesErrors: true, body)
    }
  }

  private func single(_ call: FunctionCall, _ body: (FunctionCall) throws -> Operand) throws -> Operand {
    do {
      return try body(call)
    } catch Interruption.several {
      throw Interruption.failure(.unsupported("an array in place of a single argument"))
    }
  }

  /// Calls a function, and for each value of those arguments that are several where it takes one.
  private func operands(_ call: FunctionCall, _ body: (FunctionCall) throws -> Operand) throws -> Operand {
    var several: [(argument: Int, values: Matrix)] = []
    while true {
      do {
        if several.isEmpty { return try body(call) }
        return .array(
          try broadcast(several.map(\.values)) { values in
            var single = call
            for (place, value) in zip(several, values) {
              single.values = single.values ?? [:]
              single.values?[place.argument] = .some(.scalar(value))
            }
            do {
              return try scalar(body(single), call.scope)
            } catch Interruption.error(let error) {
              return .error(error)
            }
          })
      } catch Interruption.several(let argument, let values) {
        guard !several.contains(where: { $0.argument == argument }) else { throw Interruption.error(.value) }
        several.append((argument, values))
      }
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
