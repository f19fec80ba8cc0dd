extension FunctionTable {
  static let sums: [String: FormulaFunction] = [
    "SUM": .aggregate { Scalar(checking: try sum($0)) },
    "PRODUCT": .aggregate { call in
      let numbers = try call.numbers()
      return numbers.isEmpty ? .number(0) : Scalar(checking: numbers.reduce(1, *))
    },
    "SUMSQ": .aggregate { Scalar(checking: try $0.numbers().reduce(0) { $0 + $1 * $1 }) },
    "SUMPRODUCT": .operands(1...255) { call in
      let matrices = try call.arguments.indices.map { try call.matrix($0) }
      guard let first = matrices.first else { return .scalar(.number(0)) }
      // Ranges that were cut off at the end of their sheets may differ; what is missing is empty.
      let rows = matrices.map(\.rows).max() ?? 0
      let columns = matrices.map(\.columns).max() ?? 0
      let fits = matrices.allSatisfy {
        ($0.rows == first.rows && $0.columns == first.columns) || $0.continuesBlank || first.continuesBlank
      }
      guard fits else { return .scalar(.error(.value)) }
      var total = 0.0
      for row in 0..<rows {
        for column in 0..<columns {
          var product = 1.0
          for matrix in matrices {
            let value = row < matrix.rows && column < matrix.columns ? matrix[row, column] : .blank
            switch value {
            case .number(let number): product *= number
            case .error(let error): return .scalar(.error(error))
            // Only numbers count, in arrays as in ranges; a single value must be one.
            case .text where rows == 1 && columns == 1: return .scalar(.error(.value))
            default: product = 0
            }
          }
          total += product
        }
      }
      return .scalar(Scalar(checking: total))
    },
    "SUMX2MY2": pairs { $0 * $0 - $1 * $1 },
    "SUMX2PY2": pairs { $0 * $0 + $1 * $1 },
    "SUMXMY2": pairs { ($0 - $1) * ($0 - $1) },
    "SUBTOTAL": .operands(2...255) { call in
      let code = try call.integer(0)
      let aggregate = code > 100 ? code - 100 : code
      guard 1...11 ~= aggregate else { throw Interruption.error(.value) }
      return .scalar(try subtotal(call, aggregate, skipsHiddenRows: code > 100))
    },
  ]

  /// The sum of all numbers. What the last bits of the parts leave over is 0, as for `+`.
  static func sum(_ call: FunctionCall) throws -> Double {
    var total = 0.0
    try call.forEachNumber { total = Arithmetic.sum(total, $0) }
    return total
  }

  private static func pairs(_ term: @escaping @Sendable (Double, Double) -> Double) -> FormulaFunction {
    .operands(2...2) { call in
      let (x, y) = try (call.matrix(0), call.matrix(1))
      // Only the number of values has to agree, and some pair has to be numbers.
      guard x.values.count == y.values.count else { return .scalar(.error(.notAvailable)) }
      var total = 0.0
      var count = 0
      for (a, b) in zip(x.values, y.values) {
        if let error = a.error ?? b.error { return .scalar(.error(error)) }
        if case .number(let a) = a, case .number(let b) = b {
          total += term(a, b)
          count += 1
        }
      }
      return .scalar(count == 0 ? .error(.divisionByZero) : Scalar(checking: total))
    }
  }

  /// An aggregate that leaves out other subtotals, rows that a filter hides and, if asked, rows hidden by hand.
  private static func subtotal(_ call: FunctionCall, _ aggregate: Int, skipsHiddenRows: Bool) throws -> Scalar
  {
    var numbers: [Double] = []
    var count = 0
    let context = call.evaluator.context
    for index in 1..<call.count {
      let operand = try call.operand(index)
      if case .scalar(.error(let error)) = operand { throw Interruption.error(error) }
      guard case .areas(let areas) = operand else { throw Interruption.error(.value) }
      for area in areas {
        try call.evaluator.forEachCell(in: call.evaluator.clipped(area), sheet: area.sheet) { cell, value in
          let row = try context.isRowHidden(cell.row, sheet: area.sheet)
          if row.hidden, skipsHiddenRows || row.isFiltered { return }
          if let formula = value.formula?.text.uppercased(),
            formula.contains("SUBTOTAL(") || formula.contains("AGGREGATE(")
          {
            return
          }
          switch try call.evaluator.precedent(CellAddress(sheet: area.sheet, cell: cell), holding: value) {
          case .number(let number):
            numbers.append(number)
            count += 1
          case .error(let error) where aggregate != 2 && aggregate != 3: throw Interruption.error(error)
          case .blank: break
          default: count += 1
          }
        }
      }
    }
    return try FunctionTable.aggregate(aggregate, numbers, count)
  }

  /// One of the functions that `SUBTOTAL` and `AGGREGATE` number.
  ///
  /// - Parameter count: Of all values.
  static func aggregate(_ function: Int, _ numbers: [Double], _ count: Int) throws -> Scalar {
    switch function {
    case 1: return try average(numbers)
    case 2: return .number(Double(numbers.count))
    case 3: return .number(Double(count))
    case 4: return .number(numbers.max() ?? 0)
    case 5: return .number(numbers.min() ?? 0)
    case 6: return numbers.isEmpty ? .number(0) : Scalar(checking: numbers.reduce(1, *))
    case 7: return try deviation(numbers, ofSample: true)
    case 8: return try deviation(numbers, ofSample: false)
    case 9: return Scalar(checking: numbers.reduce(0, Arithmetic.sum))
    case 10: return try variance(numbers, ofSample: true)
    case 11: return try variance(numbers, ofSample: false)
    case 12: return numbers.isEmpty ? .error(.number) : try percentile(numbers.sorted(), 0.5)
    default: return mode(of: numbers)
    }
  }
}
