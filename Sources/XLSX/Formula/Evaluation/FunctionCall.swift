/// One call of a function while it is computed: its arguments, evaluated when they are asked for.
struct FunctionCall {
  let evaluator: FormulaEvaluator
  let scope: FormulaScope
  let arguments: [FormulaNode]
  /// Values that arguments have already, in place of what `arguments` says: of a function that is called as a value, or for
  /// each of several values. `nil` leaves one out.
  var values: [Int: Operand?]?

  var count: Int { arguments.count }
  var dateSystem: DateSystem { evaluator.context.dateSystem }

  /// Whether an argument is given; `IF(A1,,2)` has no second one.
  func has(_ index: Int) -> Bool {
    if let value = values?[index] { return value != nil }
    return index < arguments.count && arguments[index] != .missing
  }

  func operand(_ index: Int) throws -> Operand {
    if let value = values?[index] { return value ?? .scalar(.blank) }
    return index < arguments.count ? try evaluator.evaluate(arguments[index], scope) : .scalar(.blank)
  }

  /// An argument that stands for all its values even in an ordinary formula.
  func arrayOperand(_ index: Int) throws -> Operand {
    if let value = values?[index] { return value ?? .scalar(.blank) }
    return index < arguments.count ? try evaluator.evaluate(arguments[index], scope.asArray) : .scalar(.blank)
  }

  /// An argument that is a single value. Where it is several, in an array formula or as a constant, the function is called
  /// for each of them.
  func scalar(_ index: Int) throws -> Scalar {
    let operand = try operand(index)
    if operand.hasSeveralValues, evaluator.isArray(operand, scope) {
      throw Interruption.several(argument: index, try evaluator.matrix(operand))
    }
    return try evaluator.scalar(operand, scope)
  }

  /// An argument that is a function: a `LAMBDA`, a name that stands for one, or the name of a built-in function.
  func function(_ index: Int) throws -> FormulaLambda {
    if values?[index] == nil, index < arguments.count, case .name(let name, nil) = arguments[index],
      let known = FormulaLambda(builtIn: name), scope.bindings.value(of: name) == nil
    {
      return known
    }
    switch try operand(index) {
    case .function(let function): return function
    case .scalar(.error(let error)): throw Interruption.error(error)
    default: throw Interruption.error(.value)
    }
  }

  func number(_ index: Int, default value: Double = 0) throws -> Double {
    has(index) ? try Coercion.number(scalar(index), dateSystem) : value
  }

  func integer(_ index: Int, default value: Int = 0) throws -> Int {
    has(index) ? try Coercion.integer(scalar(index), dateSystem) : value
  }

  func text(_ index: Int) throws -> String { try Coercion.text(scalar(index)) }

  func bool(_ index: Int, default value: Bool = false) throws -> Bool {
    has(index) ? try Coercion.bool(scalar(index)) : value
  }

  func matrix(_ index: Int) throws -> Matrix { try evaluator.matrix(arrayOperand(index)) }

  /// The one range that an argument refers to.
  func area(_ index: Int) throws -> Area {
    switch try operand(index) {
    case .areas(let areas):
      guard let area = areas.first, areas.count == 1 else { throw Interruption.error(.value) }
      return area
    case .scalar(.error(let error)): throw Interruption.error(error)
    default: throw Interruption.error(.value)
    }
  }

  /// What an argument holds, as a table to look things up in.
  func grid(_ index: Int) throws -> ValueGrid { try ValueGrid(arrayOperand(index), evaluator) }

  /// Where a value of an argument comes from; numbers in text count only when they are written in the formula itself.
  enum Source { case direct, cell }

  /// Every value of the arguments from one on; of ranges only cells that are not empty.
  func forEachValue(from start: Int = 0, _ body: (Scalar, Source) throws -> Void) throws {
    for index in start..<max(start, arguments.count) {
      try forEachValue(of: operand(index), body)
    }
  }

  func forEachValue(of operand: Operand, _ body: (Scalar, Source) throws -> Void) throws {
    switch operand {
    case .scalar(let value): try body(value, .direct)
    case .function: throw Interruption.error(.calculation)
    case .array(let matrix): for value in matrix.values { try body(value, .cell) }
    case .areas(let areas):
      for area in areas {
        try evaluator.forEachCell(in: evaluator.clipped(area), sheet: area.sheet) { cell, value in
          try body(evaluator.precedent(CellAddress(sheet: area.sheet, cell: cell), holding: value), .cell)
        }
      }
    }
  }

  /// Every number of the arguments, as SUM sees them: in ranges numbers only, elsewhere what reads as a number. An
  /// error ends it.
  func forEachNumber(from start: Int = 0, _ body: (Double) throws -> Void) throws {
    try forEachValue(from: start) { value, source in
      switch (value, source) {
      case (.number(let number), _): try body(number)
      case (.error(let error), _): throw Interruption.error(error)
      case (_, .direct): try body(Coercion.number(value, dateSystem))
      default: break
      }
    }
  }

  func numbers(from start: Int = 0) throws -> [Double] {
    var numbers: [Double] = []
    try forEachNumber(from: start) { numbers.append($0) }
    return numbers
  }

  /// The numbers of one argument.
  func numbers(of index: Int) throws -> [Double] {
    var numbers: [Double] = []
    try forEachValue(of: operand(index)) { value, source in
      switch (value, source) {
      case (.number(let number), _): numbers.append(number)
      case (.error(let error), _): throw Interruption.error(error)
      case (_, .direct): numbers.append(try Coercion.number(value, dateSystem))
      default: break
      }
    }
    return numbers
  }
}

/// A rectangle of values that is read cell by cell as it is searched.
struct ValueGrid {
  let rows: Int
  let columns: Int
  private let matrix: Matrix?
  private let area: Area?
  let evaluator: FormulaEvaluator

  init(_ operand: Operand, _ evaluator: FormulaEvaluator) throws {
    self.evaluator = evaluator
    switch operand {
    case .areas(let areas):
      guard let first = areas.first, areas.count == 1 else { throw Interruption.error(.value) }
      let range = try evaluator.clipped(first)
      area = first
      matrix = nil
      (rows, columns) = (range.rows.count, range.columns.count)
    case .scalar(.error(let error)): throw Interruption.error(error)
    default:
      let values = try evaluator.matrix(operand)
      matrix = values
      area = nil
      (rows, columns) = (values.rows, values.columns)
    }
  }

  /// The size before cells that the sheet does not have were cut off.
  var fullRows: Int { area?.range.rows.count ?? rows }
  var fullColumns: Int { area?.range.columns.count ?? columns }

  /// - Parameters: row and column from 0, within the full size.
  func value(_ row: Int, _ column: Int) throws -> Scalar {
    guard let area else {
      guard let matrix, row < matrix.rows, column < matrix.columns else { return .blank }
      return matrix[row, column]
    }
    return try evaluator.precedent(CellAddress(sheet: area.sheet, cell: cell(in: area, row, column)))
  }

  /// A value as a reference if it stands in a cell, so that `INDEX(…):INDEX(…)` and `SUM(INDEX(…))` work.
  func operand(_ row: Int, _ column: Int) throws -> Operand {
    guard let area else { return .scalar(try value(row, column)) }
    return .areas([Area(sheet: area.sheet, range: CellRange(cell(in: area, row, column)))])
  }

  /// A whole row or column, or everything, by the ranges of rows and columns.
  func part(rows: Range<Int>, columns: Range<Int>) throws -> Operand {
    guard let area, let lastRow = rows.last, let lastColumn = columns.last else {
      var values: [Scalar] = []
      for row in rows { for column in columns { values.append(try value(row, column)) } }
      return .array(Matrix(rows: rows.count, columns: columns.count, values: values))
    }
    let range = CellRange(
      cell(in: area, rows.lowerBound, columns.lowerBound), cell(in: area, lastRow, lastColumn))
    return .areas([Area(sheet: area.sheet, range: range)])
  }

  private func cell(in area: Area, _ row: Int, _ column: Int) -> CellReference {
    CellReference(row: area.range.first.row + row, column: area.range.first.column + column)
  }
}
