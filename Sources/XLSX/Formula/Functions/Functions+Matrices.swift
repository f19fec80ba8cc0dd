/// Products, inverses and determinants of matrices.
extension FunctionTable {
  static let matrices: [String: FormulaFunction] = [
    "MMULT": .operands(2...2) { call in
      let (a, b) = try (numbers(call, 0), numbers(call, 1))
      guard a.columns == b.rows else { throw Interruption.error(.value) }
      try call.checkSize(a.rows, b.columns)
      try call.evaluator.charge(a.rows * b.columns * a.columns)
      var values: [Scalar] = []
      for row in 0..<a.rows {
        for column in 0..<b.columns {
          let sum = (0..<a.columns).reduce(0.0) { $0 + a[row, $1] * b[$1, column] }
          values.append(Scalar(checking: sum))
        }
      }
      return .array(Matrix(rows: a.rows, columns: b.columns, values: values))
    },
    "MDETERM": .operands(1...1) { call in
      let square = try numbers(call, 0)
      guard square.rows == square.columns else { throw Interruption.error(.value) }
      return .scalar(Scalar(checking: try eliminated(square, call).determinant))
    },
    "MINVERSE": .operands(1...1) { call in
      let square = try numbers(call, 0)
      guard square.rows == square.columns else { throw Interruption.error(.value) }
      let result = try eliminated(square, call)
      guard result.determinant != 0 else { throw Interruption.error(.number) }
      return .array(
        Matrix(rows: square.rows, columns: square.rows, values: result.inverse.map { Scalar(checking: $0) }))
    },
    "MUNIT": .operands(1...1) { call in
      let size = try call.integer(0)
      try call.checkSize(size, size)
      var matrix = Matrix(rows: size, columns: size, repeating: .number(0))
      for index in 0..<size { matrix[index, index] = .number(1) }
      return .array(matrix)
    },
  ]

  private struct Numbers {
    var rows: Int
    var columns: Int
    var values: [Double]

    subscript(row: Int, column: Int) -> Double {
      get { values[row * columns + column] }
      set { values[row * columns + column] = newValue }
    }
  }

  /// Every value must be a number.
  private static func numbers(_ call: FunctionCall, _ index: Int) throws -> Numbers {
    let matrix = try call.matrix(index)
    let values = try matrix.values.map { value -> Double in
      if let error = value.error { throw Interruption.error(error) }
      guard case .number(let number) = value else { throw Interruption.error(.value) }
      return number
    }
    return Numbers(rows: matrix.rows, columns: matrix.columns, values: values)
  }

  /// Gauss and Jordan, the largest of a column first.
  private static func eliminated(_ matrix: Numbers, _ call: FunctionCall) throws -> (
    determinant: Double, inverse: [Double]
  ) {
    let size = matrix.rows
    try call.evaluator.charge(2 * size * size * size)
    var a = matrix
    var inverse = Numbers(rows: size, columns: size, values: Array(repeating: 0, count: size * size))
    for index in 0..<size { inverse[index, index] = 1 }
    var determinant = 1.0
    for column in 0..<size {
      let pivot = (column..<size).max { a[$0, column].magnitude < a[$1, column].magnitude } ?? column
      let value = a[pivot, column]
      if value == 0 { return (0, []) }
      if pivot != column {
        determinant = -determinant
        for place in 0..<size {
          (a[pivot, place], a[column, place]) = (a[column, place], a[pivot, place])
          (inverse[pivot, place], inverse[column, place]) = (inverse[column, place], inverse[pivot, place])
        }
      }
      determinant *= value
      for place in 0..<size {
        a[column, place] /= value
        inverse[column, place] /= value
      }
      for row in 0..<size where row != column {
        let factor = a[row, column]
        if factor == 0 { continue }
        for place in 0..<size {
          a[row, place] -= factor * a[column, place]
          inverse[row, place] -= factor * inverse[column, place]
        }
      }
    }
    return (determinant, inverse.values)
  }
}
