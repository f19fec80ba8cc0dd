/// One value during calculation.
enum Scalar: Hashable, Sendable {
  /// An empty cell: 0, "" or FALSE, as it is needed.
  case blank
  case number(Double)
  case text(String)
  case bool(Bool)
  case error(CellError)

  init(_ value: CellValue) {
    switch value {
    case .empty: self = .blank
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .richText(let rich): self = .text(rich.plainText)
    case .bool(let bool): self = .bool(bool)
    case .error(let error): self = .error(error)
    case .formula(_, let cached): self = Scalar(cached.result)
    }
  }

  /// A number, or `#NUM!` for what Excel has no number for.
  init(checking number: Double) {
    // Excel has neither infinities nor negative zero.
    self = number.isFinite ? .number(number == 0 ? 0 : number) : .error(.number)
  }

  /// As a cell shows it: a formula whose result is an empty cell shows 0.
  var cellValue: CellValue {
    switch self {
    case .blank: .number(0)
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .bool(let bool): .bool(bool)
    case .error(let error): .error(error)
    }
  }

  var isBlank: Bool { self == .blank }

  var error: CellError? { if case .error(let error) = self { error } else { nil } }
}

/// Why an evaluation stops before it has a value.
enum Interruption: Error {
  /// An Excel error that becomes the formula's value unless a function such as `IFERROR` takes it.
  case error(CellError)
  /// What cannot be computed at all.
  case failure(FormulaError)
  /// Another cell has to be computed first, from the top of the stack.
  case pending(CellAddress)
  /// An argument that is to be one value is several: the function is called for each of them.
  case several(argument: Int, Matrix)
}

/// A cell of the workbook.
struct CellAddress: Hashable, Sendable {
  var sheet: Int
  var cell: CellReference
}

/// Cells of one sheet.
struct Area: Hashable, Sendable {
  var sheet: Int
  var range: CellRange
}

/// A rectangle of values.
struct Matrix: Hashable, Sendable {
  private(set) var rows: Int
  private(set) var columns: Int
  private(set) var values: [Scalar]
  /// Whether the range it came from goes on with empty cells below or to the right, as `A:A` does.
  var continuesBlank = false

  init(rows: Int, columns: Int, values: [Scalar]) {
    self.rows = rows
    self.columns = columns
    self.values = values
    assert(values.count == rows * columns)
  }

  init(rows: Int, columns: Int, repeating value: Scalar = .blank) {
    self.init(rows: rows, columns: columns, values: Array(repeating: value, count: rows * columns))
  }

  init(_ scalar: Scalar) { self.init(rows: 1, columns: 1, values: [scalar]) }

  /// A value; outside the matrix a single row or column repeats, everything else is `#N/A`, as Excel extends arrays.
  func broadcast(_ row: Int, _ column: Int) -> Scalar {
    let row = rows == 1 ? 0 : row
    let column = columns == 1 ? 0 : column
    guard row < rows, column < columns else { return continuesBlank ? .blank : .error(.notAvailable) }
    return values[row * columns + column]
  }

  /// - Precondition: 0 ≤ row < rows and 0 ≤ column < columns.
  subscript(row: Int, column: Int) -> Scalar {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
    return result
  }

  func map(_ transform: (Scalar) throws -> Scalar) rethrows -> Matrix {
    var result = Matrix(rows: rows, columns: columns, values: try values.map(transform))
    result.continuesBlank = continuesBlank
    return result
  }
}

/// What a part of a formula evaluates to.
enum Operand: Hashable, Sendable {
  case scalar(Scalar)
  case array(Matrix)
  /// Cells that have not been read yet: one range, or several joined by the union operator.
  case areas([Area])
  /// A function that is a value. No cell can hold it.
  case function(FormulaLambda)

  var hasSeveralValues: Bool {
    switch self {
    case .scalar, .function: false
    case .array(let matrix): matrix.values.count > 1
    case .areas(let areas): areas.count > 1 || areas.first?.range.isSingleCell == false
    }
  }
}
