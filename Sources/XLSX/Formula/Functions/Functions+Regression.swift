/// Two rows of numbers beside each other, and lines through them.
extension FunctionTable {
  static let regression: [String: FormulaFunction] = [
    "CORREL": line { $0.correlation }, "PEARSON": line { $0.correlation },
    "RSQ": line { $0.correlation * $0.correlation },
    "COVAR": line(least: 1) { $0.products / $0.count },
    "COVARIANCE.P": line(least: 1) { $0.products / $0.count },
    "COVARIANCE.S": line(least: 2) { $0.products / ($0.count - 1) },
    // Known values of y first, then those of x.
    "SLOPE": line { $0.products / $0.squaresOfSecond },
    "INTERCEPT": line { $0.meanOfFirst - $0.products / $0.squaresOfSecond * $0.meanOfSecond },
    "STEYX": line(least: 3) {
      let rest = $0.squaresOfFirst - $0.products * $0.products / $0.squaresOfSecond
      return (rest / ($0.count - 2)).squareRoot()
    },
    "FORECAST": .operands(3...3, forecast), "FORECAST.LINEAR": .operands(3...3, forecast),
    "LINEST": .operands(1...4) { try fit($0, isExponential: false) },
    "LOGEST": .operands(1...4) { try fit($0, isExponential: true) },
    "TREND": .operands(1...4) { try trend($0, isExponential: false) },
    "GROWTH": .operands(1...4) { try trend($0, isExponential: true) },
  ]

  private struct Pairs {
    var count: Double
    var meanOfFirst: Double
    var meanOfSecond: Double
    var squaresOfFirst = 0.0
    var squaresOfSecond = 0.0
    var products = 0.0

    init(_ first: [Double], _ second: [Double]) {
      count = Double(first.count)
      meanOfFirst = first.reduce(0, +) / max(1, count)
      meanOfSecond = second.reduce(0, +) / max(1, count)
      for (a, b) in zip(first, second) {
        squaresOfFirst += (a - meanOfFirst) * (a - meanOfFirst)
        squaresOfSecond += (b - meanOfSecond) * (b - meanOfSecond)
        products += (a - meanOfFirst) * (b - meanOfSecond)
      }
    }

    var correlation: Double { products / (squaresOfFirst * squaresOfSecond).squareRoot() }
  }

  private static func line(least: Int = 2, _ body: @escaping @Sendable (Pairs) -> Double) -> FormulaFunction {
    .operands(2...2) { call in
      let (first, second) = try pairedNumbers(call, 0, 1)
      guard first.count >= least else { return .scalar(.error(.divisionByZero)) }
      let result = body(Pairs(first, second))
      return .scalar(result.isFinite ? Scalar(checking: result) : .error(.divisionByZero))
    }
  }

  @Sendable private static func forecast(_ call: FunctionCall) throws -> Operand {
    let x = try call.number(0)
    let (first, second) = try pairedNumbers(call, 1, 2)
    let pairs = Pairs(first, second)
    guard first.count > 0, pairs.squaresOfSecond > 0 else { throw Interruption.error(.divisionByZero) }
    let slope = pairs.products / pairs.squaresOfSecond
    return .scalar(Scalar(checking: pairs.meanOfFirst + slope * (x - pairs.meanOfSecond)))
  }

  // Several variables.

  /// What a regression is fitted to: the values of y, and for each of them the values of the variables.
  private struct Observations {
    var y: [Double]
    var x: [[Double]]
    /// Whether variables stand in columns, an observation a row.
    var byRows: Bool
  }

  private static func numbers(_ matrix: Matrix) throws -> [Double] {
    try matrix.values.map {
      if let error = $0.error { throw Interruption.error(error) }
      guard case .number(let number) = $0 else { throw Interruption.error(.value) }
      return number
    }
  }

  private static func observations(_ call: FunctionCall, isExponential: Bool) throws -> Observations {
    let known = try call.matrix(0)
    var y = try numbers(known)
    if isExponential {
      guard y.allSatisfy({ $0 > 0 }) else { throw Interruption.error(.number) }
      y = y.map(FloatMath.naturalLog)
    }
    let byRows = known.columns == 1 || known.rows != 1
    guard call.has(1) else {
      return Observations(y: y, x: y.indices.map { [Double($0 + 1)] }, byRows: byRows)
    }
    let matrix = try call.matrix(1)
    let values = try numbers(matrix)
    if matrix.rows == known.rows, matrix.columns == known.columns {
      return Observations(y: y, x: values.map { [$0] }, byRows: byRows)
    }
    if known.columns == 1, matrix.rows == known.rows {
      return Observations(y: y, x: lines(values, matrix.rows, matrix.columns), byRows: true)
    }
    guard known.rows == 1, matrix.columns == known.columns else { throw Interruption.error(.reference) }
    let turned = try numbers(matrix.transposed)
    return Observations(y: y, x: lines(turned, matrix.columns, matrix.rows), byRows: false)
  }

  private static func lines(_ values: [Double], _ rows: Int, _ columns: Int) -> [[Double]] {
    (0..<rows).map { Array(values[($0 * columns)..<(($0 + 1) * columns)]) }
  }

  private struct Fit {
    /// One for each variable, then the constant.
    var coefficients: [Double]
    var errors: [Double]
    var residual: Double
    var explained: Double
    var freedom: Double
  }

  /// Least squares by Householder's transformations, which keep more digits than the normal equations.
  private static func solve(_ data: Observations, hasConstant: Bool, _ call: FunctionCall) throws -> Fit {
    let (rows, variables) = (data.y.count, data.x.first?.count ?? 0)
    let columns = variables + (hasConstant ? 1 : 0)
    guard rows >= 1, columns >= 1, rows >= columns else { throw Interruption.error(.number) }
    try call.evaluator.charge(rows * columns * columns)
    // Centred on their means, the variables are better told apart from the constant.
    let means = (0..<variables).map { column in
      hasConstant ? data.x.reduce(0) { $0 + $1[column] } / Double(rows) : 0
    }
    let mean = hasConstant ? data.y.reduce(0, +) / Double(rows) : 0
    var a = data.x.map { row in row.indices.map { row[$0] - means[$0] } }
    var b = data.y.map { $0 - mean }
    var r = [[Double]](repeating: [Double](repeating: 0, count: variables), count: variables)
    var isUsed = [Bool](repeating: true, count: variables)
    let scales = (0..<variables).map { column in a.reduce(0) { $0 + $1[column] * $1[column] }.squareRoot() }
    var pivots: [Int] = []
    for column in 0..<variables {
      let start = pivots.count
      let norm = a[start...].reduce(0) { $0 + $1[column] * $1[column] }.squareRoot()
      // A variable that the others make up counts for nothing, as in Excel.
      guard start < rows, norm > 1e-13 * scales[column], norm > 0 else {
        isUsed[column] = false
        continue
      }
      let alpha = a[start][column] > 0 ? -norm : norm
      var v = (start..<rows).map { a[$0][column] }
      v[0] -= alpha
      let square = v.reduce(0) { $0 + $1 * $1 }
      if square > 0 {
        for other in 0..<variables {
          let dot = v.indices.reduce(0) { $0 + v[$1] * a[start + $1][other] } * 2 / square
          for index in v.indices { a[start + index][other] -= dot * v[index] }
        }
        let dot = v.indices.reduce(0) { $0 + v[$1] * b[start + $1] } * 2 / square
        for index in v.indices { b[start + index] -= dot * v[index] }
      }
      pivots.append(column)
    }
    for (row, _) in pivots.enumerated() { r[row] = a[row] }
    var coefficients = [Double](repeating: 0, count: variables)
    for row in pivots.indices.reversed() {
      var value = b[row]
      for later in pivots[(row + 1)...] { value -= r[row][later] * coefficients[later] }
      coefficients[pivots[row]] = value / r[row][pivots[row]]
    }
    let residual = b[pivots.count...].reduce(0) { $0 + $1 * $1 }
    let total = data.y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let freedom = Double(rows - pivots.count - (hasConstant ? 1 : 0))
    // The inverse of R gives the errors.
    let variance = freedom > 0 ? residual / freedom : 0
    var inverse = [[Double]](repeating: [Double](repeating: 0, count: pivots.count), count: pivots.count)
    for column in pivots.indices {
      for row in (0...column).reversed() {
        var value = row == column ? 1.0 : 0
        for later in (row + 1)..<max(row + 1, column + 1) {
          value -= r[row][pivots[later]] * inverse[later][column]
        }
        inverse[row][column] = value / r[row][pivots[row]]
      }
    }
    var errors = [Double](repeating: 0, count: variables)
    for (row, variable) in pivots.enumerated() {
      errors[variable] = (variance * inverse[row].reduce(0) { $0 + $1 * $1 }).squareRoot()
    }
    var constant = 0.0
    var constantError = 0.0
    if hasConstant {
      constant = mean - zip(coefficients, means).reduce(0) { $0 + $1.0 * $1.1 }
      var spread = 1 / Double(rows)
      for column in pivots.indices {
        let dot = pivots.indices.reduce(0.0) { $0 + means[pivots[$1]] * inverse[$1][column] }
        spread += dot * dot
      }
      constantError = (variance * spread).squareRoot()
    }
    return Fit(
      coefficients: coefficients + [constant], errors: errors + [constantError], residual: residual,
      explained: max(0, total - residual), freedom: freedom)
  }

  private static func fit(_ call: FunctionCall, isExponential: Bool) throws -> Operand {
    let data = try observations(call, isExponential: isExponential)
    let hasConstant = try call.bool(2, default: true)
    let fit = try solve(data, hasConstant: hasConstant, call)
    let variables = fit.coefficients.count - 1
    // The last variable comes first, the constant last.
    func turned(_ values: [Double]) -> [Double] { Array(values.dropLast().reversed()) + values.suffix(1) }
    var coefficients = turned(fit.coefficients)
    if isExponential { coefficients = coefficients.map(FloatMath.exponential) }
    var rows = [coefficients.map { Scalar(checking: $0) }]
    if try call.bool(3) {
      var errors = turned(fit.errors).map { Scalar(checking: $0) }
      if !hasConstant { errors[variables] = .error(.notAvailable) }
      let total = fit.explained + fit.residual
      let padding = [Scalar](repeating: .error(.notAvailable), count: max(0, variables - 1))
      let ratio = (fit.explained / Double(max(1, variables))) / (fit.residual / fit.freedom)
      rows.append(errors)
      rows.append(
        [
          Scalar(checking: total == 0 ? 1 : fit.explained / total),
          Scalar(checking: fit.freedom > 0 ? (fit.residual / fit.freedom).squareRoot() : 0),
        ] + padding)
      rows.append([Scalar(checking: ratio), .number(fit.freedom)] + padding)
      rows.append([Scalar(checking: fit.explained), Scalar(checking: fit.residual)] + padding)
    }
    return .array(Matrix(rows: rows.count, columns: variables + 1, values: rows.flatMap(\.self)))
  }

  private static func trend(_ call: FunctionCall, isExponential: Bool) throws -> Operand {
    let data = try observations(call, isExponential: isExponential)
    let fit = try solve(data, hasConstant: call.bool(3, default: true), call)
    let variables = fit.coefficients.count - 1
    var points = data.x
    var shape = try call.matrix(0)
    if call.has(2) {
      let matrix = try call.matrix(2)
      shape = matrix
      if variables == 1 {
        points = try numbers(matrix).map { [$0] }
      } else if data.byRows {
        guard matrix.columns == variables else { throw Interruption.error(.reference) }
        points = lines(try numbers(matrix), matrix.rows, matrix.columns)
        shape = Matrix(rows: matrix.rows, columns: 1)
      } else {
        guard matrix.rows == variables else { throw Interruption.error(.reference) }
        points = lines(try numbers(matrix.transposed), matrix.columns, matrix.rows)
        shape = Matrix(rows: 1, columns: matrix.columns)
      }
    }
    let values = points.map { point -> Scalar in
      let value = zip(point, fit.coefficients).reduce(fit.coefficients[variables]) { $0 + $1.0 * $1.1 }
      return Scalar(checking: isExponential ? FloatMath.exponential(value) : value)
    }
    return .array(Matrix(rows: shape.rows, columns: shape.columns, values: values))
  }
}
