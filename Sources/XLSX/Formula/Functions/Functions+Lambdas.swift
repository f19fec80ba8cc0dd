extension FormulaLambda {
  /// A built-in function by its name; `nil` if there is none.
  convenience init?(builtIn name: String) {
    let name = name.uppercased()
    guard FunctionTable.functions[name] != nil else { return nil }
    self.init(.builtIn(name))
  }
}

/// Names, functions as values, and what calls them for every value of an array.
extension FunctionTable {
  static let lambdas: [String: FormulaFunction] = [
    "LET": .operands(3...253) { call in
      guard !call.count.isMultiple(of: 2) else { throw Interruption.error(.value) }
      var scope = call.scope
      for index in stride(from: 0, to: call.count - 1, by: 2) {
        guard case .name(let name, nil) = call.arguments[index] else { throw Interruption.error(.name) }
        let value: Operand
        do {
          value = try call.evaluator.evaluate(call.arguments[index + 1], scope)
        } catch Interruption.error(let error) {
          value = .scalar(.error(error))
        }
        try scope.bindings.give(name, value)
      }
      return try call.evaluator.evaluate(call.arguments[call.count - 1], scope)
    },
    "LAMBDA": .operands(1...254) { call in
      var parameters: [FormulaLambda.Parameter] = []
      for node in call.arguments.dropLast() { parameters.append(try parameter(node)) }
      guard Set(parameters.map { $0.name.lowercased() }).count == parameters.count,
        let body = call.arguments.last
      else { throw Interruption.error(.value) }
      var scope = call.scope
      // A named function may call itself; how deep is limited elsewhere.
      scope.nameDepth = 0
      return .function(FormulaLambda(.formula(parameters: parameters, body, scope)))
    },
    "ISOMITTED": .operands(1...1) { call in
      guard case .name(let name, nil) = call.arguments[0], let given = call.scope.bindings.value(of: name)
      else { return .scalar(.bool(false)) }
      return .scalar(.bool(given == nil))
    },
    "MAP": .operands(2...254) { call in
      let function = try call.function(call.count - 1)
      let matrices = try (0..<(call.count - 1)).map { try call.matrix($0) }
      return .array(
        try call.evaluator.broadcast(matrices) { try single(call, function, $0.map { .scalar($0) }) })
    },
    "REDUCE": .operands(3...3) { call in
      let function = try call.function(2)
      var result: Operand = call.has(0) ? try call.arrayOperand(0) : .scalar(.blank)
      for value in try call.matrix(1).values {
        result = try call.evaluator.apply(function, [result, .scalar(value)], call.scope)
      }
      return result
    },
    "SCAN": .operands(3...3) { call in
      let function = try call.function(2)
      var matrix = try call.matrix(1)
      guard !matrix.values.isEmpty else { throw Interruption.error(.calculation) }
      var result: Scalar? = call.has(0) ? try call.scalar(0) : nil
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          // Without a start the first value is the start.
          let value = matrix[row, column]
          let next =
            try result.map { try single(call, function, [.scalar($0), .scalar(value)]) } ?? value
          matrix[row, column] = next
          result = next
        }
      }
      return .array(matrix)
    },
    "BYROW": .operands(2...2) { call in
      let (matrix, function) = try (call.matrix(0), call.function(1))
      let values = try (0..<matrix.rows).map { row in
        try single(call, function, [.array(matrix.part(rows: row..<(row + 1), columns: 0..<matrix.columns))])
      }
      return .array(Matrix(rows: values.count, columns: 1, values: values))
    },
    "BYCOL": .operands(2...2) { call in
      let (matrix, function) = try (call.matrix(0), call.function(1))
      let values = try (0..<matrix.columns).map { column in
        try single(
          call, function, [.array(matrix.part(rows: 0..<matrix.rows, columns: column..<(column + 1)))])
      }
      return .array(Matrix(rows: 1, columns: values.count, values: values))
    },
    "MAKEARRAY": .operands(3...3) { call in
      let (rows, columns, function) = try (call.integer(0), call.integer(1), call.function(2))
      try call.checkSize(rows, columns)
      var values: [Scalar] = []
      for row in 1...rows {
        for column in 1...columns {
          values.append(
            try single(
              call, function, [.scalar(.number(Double(row))), .scalar(.number(Double(column)))]))
        }
      }
      return .array(Matrix(rows: rows, columns: columns, values: values))
    },
  ]

  /// A parameter's name; in brackets, which the lexer takes for a column of a table, it is optional.
  private static func parameter(_ node: FormulaNode) throws -> FormulaLambda.Parameter {
    switch node {
    case .name(let name, nil): return FormulaLambda.Parameter(name: name, isOptional: false)
    case .unsupported(.structuredReference, let text) where text.hasPrefix("[") && text.hasSuffix("]"):
      let name = FormulaPrefixes.bare(String(text.dropFirst().dropLast()))
      return FormulaLambda.Parameter(name: name, isOptional: true)
    default: throw Interruption.error(.value)
    }
  }

  /// One call for one value of an array: an error is its result, and an array is none that a cell can hold.
  static func single(_ call: FunctionCall, _ function: FormulaLambda, _ arguments: [Operand?]) throws
    -> Scalar
  {
    do {
      let result = try call.evaluator.apply(function, arguments, call.scope)
      if result.hasSeveralValues { return .error(.calculation) }
      return try call.evaluator.scalar(result, call.scope)
    } catch Interruption.error(let error) {
      return .error(error)
    }
  }
}

extension FunctionCall {
  /// Holds a size that a function is told to make an array of against what is possible.
  func checkSize(_ rows: Int, _ columns: Int) throws {
    guard rows >= 1, columns >= 1 else { throw Interruption.error(.value) }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows <= CellReference.maximumRow, columns <= CellReference.maximumColumn, !overflow else {
      throw Interruption.error(.value)
    }
    guard count <= FormulaEvaluator.maximumArraySize else {
      throw Interruption.failure(.unsupported("an array of \(rows) × \(columns) values"))
    }
    try evaluator.charge(count)
  }
}

extension Matrix {
  /// Some rows and columns, by their positions from 0.
  func part(rows: Range<Int>, columns: Range<Int>) -> Matrix {
    var values: [Scalar] = []
    values.reserveCapacity(rows.count * columns.count)
    for row in rows { for column in columns { values.append(self[row, column]) } }
    return Matrix(rows: rows.count, columns: columns.count, values: values)
  }

  /// Whole rows, in any order.
  func picking(rows: [Int]) -> Matrix {
    Matrix(
      rows: rows.count, columns: columns,
      values: rows.flatMap { row in values[(row * columns)..<((row + 1) * columns)] })
  }
}
