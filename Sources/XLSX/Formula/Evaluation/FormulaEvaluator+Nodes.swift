extension FormulaEvaluator {
  /// Evaluates a part of a formula.
  func evaluate(_ node: FormulaNode, _ scope: FormulaScope) throws -> Operand {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw Interruption.failure(.tooComplex("the formula is nested too deep"))
    }
    try charge(1)
    switch node {
    case .number(let number): return .scalar(Scalar(checking: number))
    case .text(let text): return .scalar(.text(text))
    case .bool(let bool): return .scalar(.bool(bool))
    case .error(let error): return .scalar(.error(error))
    case .missing: return .scalar(.blank)
    case .reference(let reference): return .areas([try area(reference, scope)])
    case .sheets(let first, let last, let range): return try areas(from: first, to: last, range)
    case .name(let name, let sheet): return try named(name, qualifier: sheet, scope)
    case .array(let rows): return .array(Self.constant(rows))
    case .unary(let op, let operand): return try unary(op, operand, scope)
    case .binary(let op, _, _):
      switch op {
      case .range, .intersection, .union: return try referenceOperation(node, scope)
      default: return try operation(node, scope)
      }
    case .call(let name, let arguments): return try call(name, arguments, scope)
    case .apply(let node, let arguments):
      switch try evaluate(node, scope) {
      case .function(let function):
        return try apply(function, arguments.map { $0 == .missing ? nil : try evaluate($0, scope) }, scope)
      case .scalar(.error(let error)): throw Interruption.error(error)
      default: throw Interruption.error(.reference)
      }
    case .unsupported(.structuredReference, let text): return .areas([try tableArea(text, scope)])
    case .unsupported(let what, let text):
      throw Interruption.failure(.unsupported("\(what.rawValue) (\(text.prefix(80)))"))
    }
  }

  private static func constant(_ rows: [[FormulaNode]]) -> Matrix {
    let values = rows.joined().map { node -> Scalar in
      switch node {
      case .number(let number): Scalar(checking: number)
      case .text(let text): .text(text)
      case .bool(let bool): .bool(bool)
      case .error(let error): .error(error)
      default: .blank
      }
    }
    return Matrix(rows: rows.count, columns: rows.first?.count ?? 0, values: values)
  }

  // Operators.

  private func unary(_ op: FormulaNode.UnaryOperator, _ node: FormulaNode, _ scope: FormulaScope) throws
    -> Operand
  {
    let operand = try evaluate(node, scope)
    switch op {
    case .plus: return operand
    case .implicitIntersection:
      var single = scope
      single.isArray = false
      return .scalar(try scalar(operand, single))
    case .minus, .percent:
      let system = context.dateSystem
      return try mapped(operand, scope) { value in
        do {
          let number = try Coercion.number(value, system)
          return Scalar(checking: op == .minus ? -number : number / 100)
        } catch Interruption.error(let error) {
          return .error(error)
        }
      }
    }
  }

  /// A chain of left-associative operators, without recursion into its left side.
  private func operation(_ node: FormulaNode, _ scope: FormulaScope) throws -> Operand {
    var chain: [(FormulaNode.BinaryOperator, FormulaNode)] = []
    var first = node
    while case .binary(let op, let left, let right) = first, ![.range, .intersection, .union].contains(op) {
      chain.append((op, right))
      first = left
    }
    var result = try evaluate(first, scope)
    for (op, right) in chain.reversed() {
      result = try combined(op, result, evaluate(right, scope), scope)
    }
    return result
  }

  private func combined(
    _ op: FormulaNode.BinaryOperator, _ left: Operand, _ right: Operand, _ scope: FormulaScope
  ) throws -> Operand {
    let isArray = isArray(left, scope) || isArray(right, scope)
    guard isArray else {
      return .scalar(try combined(op, scalar(left, scope), scalar(right, scope)))
    }
    let a = try asMatrix(left, scope)
    let b = try asMatrix(right, scope)
    return .array(try broadcast([a, b]) { try combined(op, $0[0], $0[1]) })
  }

  private func asMatrix(_ operand: Operand, _ scope: FormulaScope) throws -> Matrix {
    isArray(operand, scope) ? try matrix(operand) : Matrix(try scalar(operand, scope))
  }

  /// Whether an operand counts as an array here: constants and results always, ranges only in array formulas.
  func isArray(_ operand: Operand, _ scope: FormulaScope) -> Bool {
    switch operand {
    case .scalar, .function: false
    case .array: true
    case .areas(let areas): scope.isArray && !(areas.count == 1 && areas[0].range.isSingleCell)
    }
  }

  private func combined(_ op: FormulaNode.BinaryOperator, _ a: Scalar, _ b: Scalar) throws -> Scalar {
    do {
      switch op {
      case .add, .subtract, .multiply, .divide, .power:
        let x = try Coercion.number(a, context.dateSystem)
        return Arithmetic.apply(op, x, try Coercion.number(b, context.dateSystem))
      case .concatenate: return FunctionTable.checked(try Coercion.text(a) + Coercion.text(b))
      default:
        let order = try Comparison.order(a, b)
        switch op {
        case .equal: return .bool(order == 0)
        case .notEqual: return .bool(order != 0)
        case .less: return .bool(order < 0)
        case .lessOrEqual: return .bool(order <= 0)
        case .greater: return .bool(order > 0)
        default: return .bool(order >= 0)
        }
      }
    } catch Interruption.error(let error) {
      return .error(error)
    }
  }

  /// Applies a function to every value of an operand, or to its one value.
  func mapped(_ operand: Operand, _ scope: FormulaScope, _ transform: (Scalar) throws -> Scalar) throws
    -> Operand
  {
    isArray(operand, scope)
      ? .array(try mapped(matrix(operand), transform)) : .scalar(try transform(scalar(operand, scope)))
  }

  private func mapped(_ matrix: Matrix, _ transform: (Scalar) throws -> Scalar) throws -> Matrix {
    try charge(matrix.values.count)
    return try matrix.map(transform)
  }

  /// Combines arrays value by value; single rows, columns and values are repeated as far as the others reach.
  func broadcast(_ matrices: [Matrix], _ combine: ([Scalar]) throws -> Scalar) throws -> Matrix {
    let rows = matrices.map(\.rows).max() ?? 0
    let columns = matrices.map(\.columns).max() ?? 0
    guard rows * columns <= Self.maximumArraySize else { throw Self.tooLarge(rows, columns) }
    try charge(rows * columns * matrices.count)
    var values: [Scalar] = []
    values.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        values.append(try combine(matrices.map { $0.broadcast(row, column) }))
      }
    }
    return Matrix(rows: rows, columns: columns, values: values)
  }

  private static func tooLarge(_ rows: Int, _ columns: Int) -> Interruption {
    .failure(.unsupported("an array of \(rows) × \(columns) values"))
  }

  // References.

  /// The area that a reference means from where the formula stands.
  func area(_ reference: FormulaReference, _ scope: FormulaScope) throws -> Area {
    guard let name = reference.sheet else { return Area(sheet: scope.sheet, range: reference.range) }
    guard let sheet = context.position(ofSheet: name) else { throw Interruption.error(.reference) }
    return Area(sheet: sheet, range: reference.range)
  }

  /// The cells of a table that a reference names.
  private func tableArea(_ text: String, _ scope: FormulaScope) throws -> Area {
    guard let reference = TableReference(text),
      let found = try context.table(reference.table, at: scope.cell, sheet: scope.sheet)
    else {
      throw Interruption.failure(.unsupported("reference to a table (\(text.prefix(80)))"))
    }
    guard let range = reference.range(in: found.table, row: scope.cell.row) else {
      throw Interruption.error(reference.parts == [.thisRow] ? .value : .reference)
    }
    return Area(sheet: found.sheet, range: range)
  }

  /// The cells of every sheet between two, in whichever order a formula names them. Functions that take one range only
  /// give `#VALUE!` for more, as in Excel.
  private func areas(from first: String, to last: String, _ range: CellRange) throws -> Operand {
    guard let first = context.position(ofSheet: first), let last = context.position(ofSheet: last) else {
      throw Interruption.error(.reference)
    }
    let sheets = context.worksheets(in: min(first, last)...max(first, last))
    guard sheets.count <= 1024 else {
      throw Interruption.failure(.unsupported("a reference across more than 1024 sheets"))
    }
    return .areas(sheets.map { Area(sheet: $0, range: range) })
  }

  private func referenceOperation(_ node: FormulaNode, _ scope: FormulaScope) throws -> Operand {
    guard case .binary(let op, let leftNode, let rightNode) = node else { return .scalar(.error(.value)) }
    let left = try areas(evaluate(leftNode, scope))
    let right = try areas(evaluate(rightNode, scope))
    switch op {
    case .union:
      guard left.count + right.count <= 1024 else {
        throw Interruption.failure(.unsupported("a union of more than 1024 ranges"))
      }
      return .areas(left + right)
    case .range:
      guard let a = left.first, let b = right.first, left.count == 1, right.count == 1, a.sheet == b.sheet
      else {
        throw Interruption.error(.value)
      }
      let low = CellRange(a.range.first, b.range.first)
      let high = CellRange(a.range.last, b.range.last)
      return .areas([Area(sheet: a.sheet, range: CellRange(low.first, high.last))])
    default:
      var common: [Area] = []
      for a in left {
        for b in right {
          if a.sheet == b.sheet, let range = Self.intersection(a.range, b.range) {
            common.append(Area(sheet: a.sheet, range: range))
          }
        }
      }
      if common.isEmpty { throw Interruption.error(.null) }
      return .areas(common)
    }
  }

  private func areas(_ operand: Operand) throws -> [Area] {
    switch operand {
    case .areas(let areas): return areas
    case .scalar(.error(let error)): throw Interruption.error(error)
    default: throw Interruption.error(.value)
    }
  }

  static func intersection(_ a: CellRange, _ b: CellRange) -> CellRange? {
    guard a.overlaps(b) else { return nil }
    return CellRange(
      CellReference(row: max(a.first.row, b.first.row), column: max(a.first.column, b.first.column)),
      CellReference(row: min(a.last.row, b.last.row), column: min(a.last.column, b.last.column)))
  }

  // From operands to values.

  /// The single value of an operand. Of a range it is the cell in the formula's own row or column (implicit
  /// intersection), in an array formula the first.
  func scalar(_ operand: Operand, _ scope: FormulaScope) throws -> Scalar {
    switch operand {
    case .scalar(let value): return value
    case .array(let matrix): return matrix.values.first ?? .blank
    case .function: throw Interruption.error(.calculation)
    case .areas(let areas):
      guard let area = areas.first, areas.count == 1 else { throw Interruption.error(.value) }
      let range = area.range
      if range.isSingleCell || scope.isArray {
        return try precedent(CellAddress(sheet: area.sheet, cell: range.first))
      }
      var cell = range.first
      if range.columns.count == 1, range.rows.contains(scope.cell.row) {
        cell.row = scope.cell.row
      } else if range.rows.count == 1, range.columns.contains(scope.cell.column) {
        cell.column = scope.cell.column
      } else {
        throw Interruption.error(.value)
      }
      return try precedent(CellAddress(sheet: area.sheet, cell: cell))
    }
  }

  /// All values of an operand. A range that goes beyond what its sheet uses is cut off there.
  func matrix(_ operand: Operand) throws -> Matrix {
    switch operand {
    case .scalar(let value): return Matrix(value)
    case .array(let matrix): return matrix
    case .function: throw Interruption.error(.calculation)
    case .areas(let areas):
      guard let area = areas.first, areas.count == 1 else { throw Interruption.error(.value) }
      if area.range.isSingleCell {
        return Matrix(try precedent(CellAddress(sheet: area.sheet, cell: area.range.first)))
      }
      // Of ranges that people write cell by cell the empty end belongs to the array: `UNIQUE(A2:A99)` has it.
      let range = area.range.count <= Self.wholeRangeSize ? area.range : try clipped(area)
      guard range.count <= Self.maximumArraySize else {
        throw Self.tooLarge(range.rows.count, range.columns.count)
      }
      try charge(range.count)
      var matrix = Matrix(rows: range.rows.count, columns: range.columns.count)
      matrix.continuesBlank = range != area.range
      try forEachCell(in: range, sheet: area.sheet) { cell, value in
        matrix[cell.row - range.first.row, cell.column - range.first.column] =
          try precedent(CellAddress(sheet: area.sheet, cell: cell), holding: value)
      }
      return matrix
    }
  }

  /// Every cell of a range that is not empty; the walk is charged for, ten rows as one value.
  func forEachCell(
    in range: CellRange, sheet: Int, _ body: (CellReference, CellValue) throws -> Void
  ) throws {
    let spilled = try spilledCells(in: range, sheet: sheet)
    if spilled.isEmpty { return try forStoredCells(in: range, sheet: sheet, body) }
    // In the order of rows, those spilled among those stored.
    var cells = spilled.map { ($0, CellValue.empty) }
    try forStoredCells(in: range, sheet: sheet) { cells.append(($0, $1)) }
    for (cell, value) in cells.sorted(by: { $0.0 < $1.0 }) { try body(cell, value) }
  }

  func forStoredCells(
    in range: CellRange, sheet: Int, _ body: (CellReference, CellValue) throws -> Void
  ) throws {
    try charge(context.forEachCell(in: range, sheet: sheet, body) / 10)
  }

  /// A range cut off below and to the right of the cells that its sheet has; never less than its first cell.
  func clipped(_ area: Area) throws -> CellRange {
    let range = area.range
    guard range.rows.count > 64 || range.columns.count > 64 else { return range }
    let used = try usedEnd(ofSheet: area.sheet, reading: range)
    return CellRange(
      range.first,
      CellReference(
        row: max(range.first.row, min(range.last.row, used.row)),
        column: max(range.first.column, min(range.last.column, used.column))))
  }
}
