/// Functions that give arrays, and so spill over the cells below and to the right.
extension FunctionTable {
  static let arrays: [String: FormulaFunction] = [
    "SEQUENCE": .operands(1...4) { call in
      let (rows, columns) = try (call.integer(0, default: 1), call.integer(1, default: 1))
      try call.checkSize(rows, columns)
      let (start, step) = try (call.number(2, default: 1), call.number(3, default: 1))
      let values = (0..<(rows * columns)).map { Scalar(checking: start + Double($0) * step) }
      return .array(Matrix(rows: rows, columns: columns, values: values))
    },
    "FILTER": .operands(2...3) { call in
      let (matrix, keeps) = try (call.matrix(0), call.matrix(1))
      let byRows = keeps.columns == 1 && keeps.rows == matrix.rows
      guard byRows || (keeps.rows == 1 && keeps.columns == matrix.columns) else {
        throw Interruption.error(.value)
      }
      let kept = try keeps.values.indices.filter { try Coercion.bool(keeps.values[$0]) }
      guard !kept.isEmpty else {
        if call.has(2) { return try call.operand(2) }
        throw Interruption.error(.calculation)
      }
      return .array(byRows ? matrix.picking(rows: kept) : matrix.picking(columns: kept))
    },
    "SORT": .operands(1...4) { call in
      let matrix = try call.matrix(0)
      let byColumn = try call.bool(3)
      let lines = byColumn ? matrix.transposed : matrix
      let keys = call.has(1) ? try call.matrix(1).values : [.number(1)]
      let orders = call.has(2) ? try call.matrix(2).values : [.number(1)]
      var by: [SortKey] = []
      for (index, key) in keys.enumerated() {
        let column = try Coercion.integer(key, call.dateSystem)
        guard 1...max(1, lines.columns) ~= column else { throw Interruption.error(.value) }
        let order = orders.indices.contains(index) ? orders[index] : orders.last ?? .number(1)
        by.append(
          SortKey(
            values: (0..<lines.rows).map { lines[$0, column - 1] },
            descends: try descends(order, call)))
      }
      let sorted = lines.picking(rows: try order(of: lines.rows, by, call))
      return .array(byColumn ? sorted.transposed : sorted)
    },
    "SORTBY": .operands(2...254) { call in
      let matrix = try call.matrix(0)
      var by: [SortKey] = []
      var byColumn: Bool?
      var index = 1
      while index < call.count {
        let key = try call.matrix(index)
        let isColumn = key.columns == 1 && key.rows == matrix.rows
        let isRow = key.rows == 1 && key.columns == matrix.columns
        guard isColumn || isRow, byColumn == nil || byColumn == !isColumn else {
          throw Interruption.error(.value)
        }
        if byColumn == nil { byColumn = !isColumn }
        let order: Scalar = call.has(index + 1) ? try call.scalar(index + 1) : .number(1)
        by.append(SortKey(values: key.values, descends: try descends(order, call)))
        index += 2
      }
      let lines = byColumn == true ? matrix.transposed : matrix
      let sorted = lines.picking(rows: try FunctionTable.order(of: lines.rows, by, call))
      return .array(byColumn == true ? sorted.transposed : sorted)
    },
    "UNIQUE": .operands(1...3) { call in
      let matrix = try call.matrix(0)
      let byColumn = try call.bool(1)
      let onlyOnce = try call.bool(2)
      let lines = byColumn ? matrix.transposed : matrix
      var counts: [[Scalar]: Int] = [:]
      var keys: [[Scalar]] = []
      for row in 0..<lines.rows {
        let key = (0..<lines.columns).map { lines[row, $0].folded }
        counts[key, default: 0] += 1
        keys.append(key)
      }
      try call.evaluator.charge(lines.values.count)
      var seen: Set<[Scalar]> = []
      let kept = keys.indices.filter { row in
        onlyOnce ? counts[keys[row]] == 1 : seen.insert(keys[row]).inserted
      }
      if kept.isEmpty { throw Interruption.error(.calculation) }
      let result = lines.picking(rows: kept)
      return .array(byColumn ? result.transposed : result)
    },
    "TAKE": .operands(2...3) { call in
      let matrix = try call.matrix(0)
      let rows = call.has(1) ? try taken(call.integer(1), of: matrix.rows) : 0..<matrix.rows
      let columns = call.has(2) ? try taken(call.integer(2), of: matrix.columns) : 0..<matrix.columns
      return .array(try notEmpty(matrix, rows, columns))
    },
    "DROP": .operands(2...3) { call in
      let matrix = try call.matrix(0)
      let rows = call.has(1) ? try dropped(call.integer(1), of: matrix.rows) : 0..<matrix.rows
      let columns = call.has(2) ? try dropped(call.integer(2), of: matrix.columns) : 0..<matrix.columns
      return .array(try notEmpty(matrix, rows, columns))
    },
    "CHOOSEROWS": .operands(2...254) { call in
      let matrix = try call.matrix(0)
      return .array(matrix.picking(rows: try chosen(call, of: matrix.rows)))
    },
    "CHOOSECOLS": .operands(2...254) { call in
      let matrix = try call.matrix(0)
      return .array(matrix.picking(columns: try chosen(call, of: matrix.columns)))
    },
    "EXPAND": .operands(2...4) { call in
      let matrix = try call.matrix(0)
      let rows = try call.integer(1, default: matrix.rows)
      let columns = try call.integer(2, default: matrix.columns)
      guard rows >= matrix.rows, columns >= matrix.columns else { throw Interruption.error(.value) }
      try call.checkSize(rows, columns)
      let padding: Scalar = call.has(3) ? try call.scalar(3) : .error(.notAvailable)
      return .array(matrix.expanded(rows: rows, columns: columns, padding: padding))
    },
    "VSTACK": .operands(1...254) { call in
      let parts = try call.arguments.indices.map { try call.matrix($0) }
      let columns = parts.map(\.columns).max() ?? 0
      let rows = parts.reduce(0) { $0 + $1.rows }
      try call.checkSize(rows, columns)
      let values = parts.flatMap {
        $0.expanded(rows: $0.rows, columns: columns, padding: .error(.notAvailable)).values
      }
      return .array(Matrix(rows: rows, columns: columns, values: values))
    },
    "HSTACK": .operands(1...254) { call in
      let parts = try call.arguments.indices.map { try call.matrix($0) }
      let rows = parts.map(\.rows).max() ?? 0
      let columns = parts.reduce(0) { $0 + $1.columns }
      try call.checkSize(rows, columns)
      let values = parts.flatMap {
        $0.expanded(rows: rows, columns: $0.columns, padding: .error(.notAvailable)).transposed.values
      }
      return .array(Matrix(rows: columns, columns: rows, values: values).transposed)
    },
    "TOCOL": .operands(1...3) { call in
      let values = try flattened(call)
      return .array(Matrix(rows: values.count, columns: 1, values: values))
    },
    "TOROW": .operands(1...3) { call in
      let values = try flattened(call)
      return .array(Matrix(rows: 1, columns: values.count, values: values))
    },
    "WRAPROWS": .operands(2...3) { .array(try wrapped($0)) },
    "WRAPCOLS": .operands(2...3) { .array(try wrapped($0).transposed) },
    "TRIMRANGE": .operands(1...3) { call in
      let (rowMode, columnMode) = try (call.integer(1, default: 3), call.integer(2, default: 3))
      guard 0...3 ~= rowMode, 0...3 ~= columnMode else { throw Interruption.error(.value) }
      let matrix = try call.matrix(0)
      let filledRows = (0..<matrix.rows).filter { row in
        (0..<matrix.columns).contains { !matrix[row, $0].isBlank }
      }
      let filledColumns = (0..<matrix.columns).filter { column in
        (0..<matrix.rows).contains { !matrix[$0, column].isBlank }
      }
      guard let top = filledRows.first, let bottom = filledRows.last, let left = filledColumns.first,
        let right = filledColumns.last
      else { throw Interruption.error(.reference) }
      let rows = (rowMode & 1 != 0 ? top : 0)...(rowMode & 2 != 0 ? bottom : matrix.rows - 1)
      let columns = (columnMode & 1 != 0 ? left : 0)...(columnMode & 2 != 0 ? right : matrix.columns - 1)
      // A part of a range stays one.
      return try call.grid(0).part(rows: Range(rows), columns: Range(columns))
    },
    "ANCHORARRAY": .operands(1...1) { call in
      let area = try call.area(0)
      guard area.range.isSingleCell else { throw Interruption.error(.reference) }
      guard
        let range = try call.evaluator.spillRange(of: CellAddress(sheet: area.sheet, cell: area.range.first))
      else { throw Interruption.error(.reference) }
      return .areas([Area(sheet: area.sheet, range: range)])
    },
  ]

  private static func descends(_ order: Scalar, _ call: FunctionCall) throws -> Bool {
    switch try Coercion.integer(order, call.dateSystem) {
    case 1: return false
    case -1: return true
    default: throw Interruption.error(.value)
    }
  }

  struct SortKey {
    var values: [Scalar]
    var descends: Bool
  }

  /// The order of lines by keys, equal ones staying as they are.
  static func order(of count: Int, _ keys: [SortKey], _ call: FunctionCall) throws -> [Int] {
    try call.evaluator.charge(count * 16 * max(1, keys.count))
    return (0..<count).sorted { a, b in
      for key in keys {
        let order = SortOrder.compare(key.values[a], key.values[b], descends: key.descends)
        if order != 0 { return order < 0 }
      }
      return a < b
    }
  }

  private static func taken(_ count: Int, of total: Int) -> Range<Int> {
    count >= 0 ? 0..<min(count, total) : max(0, total - min(total, -count))..<total
  }

  private static func dropped(_ count: Int, of total: Int) -> Range<Int> {
    count >= 0 ? min(count, total)..<total : 0..<(total - min(total, -count))
  }

  private static func notEmpty(_ matrix: Matrix, _ rows: Range<Int>, _ columns: Range<Int>) throws -> Matrix {
    if rows.isEmpty || columns.isEmpty { throw Interruption.error(.calculation) }
    return matrix.part(rows: rows, columns: columns)
  }

  /// Positions that arguments name from 1, or from the end with a minus.
  private static func chosen(_ call: FunctionCall, of total: Int) throws -> [Int] {
    var positions: [Int] = []
    for index in 1..<call.count {
      for value in try call.matrix(index).values {
        let position = try Coercion.integer(value, call.dateSystem)
        guard position != 0, position.magnitude <= total else { throw Interruption.error(.value) }
        positions.append(position > 0 ? position - 1 : total + position)
      }
    }
    try call.evaluator.charge(positions.count)
    return positions
  }

  private static func flattened(_ call: FunctionCall) throws -> [Scalar] {
    let mode = try call.integer(1)
    guard 0...3 ~= mode else { throw Interruption.error(.value) }
    let matrix = try call.matrix(0)
    let values = (try call.bool(2) ? matrix.transposed : matrix).values.filter {
      !(mode & 1 != 0 && $0.isBlank) && !(mode & 2 != 0 && $0.error != nil)
    }
    if values.isEmpty { throw Interruption.error(.calculation) }
    return values
  }

  private static func wrapped(_ call: FunctionCall) throws -> Matrix {
    let (matrix, width) = try (call.matrix(0), call.integer(1))
    guard matrix.rows == 1 || matrix.columns == 1 else { throw Interruption.error(.value) }
    guard width >= 1 else { throw Interruption.error(.number) }
    let padding: Scalar = call.has(2) ? try call.scalar(2) : .error(.notAvailable)
    let count = matrix.values.count
    let columns = min(width, CellReference.maximumRow)
    let rows = (count + columns - 1) / columns
    try call.checkSize(max(rows, 1), columns)
    let values = matrix.values + Array(repeating: padding, count: rows * columns - count)
    return Matrix(rows: rows, columns: columns, values: values)
  }
}

/// The order in which Excel sorts: numbers, texts, logical values, errors, and empty cells at the end either way.
enum SortOrder {
  static func compare(_ a: Scalar, _ b: Scalar, descends: Bool) -> Int {
    switch (a.isBlank, b.isBlank) {
    case (true, true): return 0
    case (true, false): return 1
    case (false, true): return -1
    default: break
    }
    let (x, y) = (rank(a), rank(b))
    var order = x < y ? -1 : x > y ? 1 : 0
    if order == 0 {
      switch (a, b) {
      case (.number(let x), .number(let y)): order = x < y ? -1 : x > y ? 1 : 0
      case (.text(let x), .text(let y)): order = TextOrder.compare(x, y)
      case (.bool(let x), .bool(let y)): order = x == y ? 0 : x ? 1 : -1
      default: order = 0
      }
    }
    return descends ? -order : order
  }

  static func rank(_ value: Scalar) -> Int {
    switch value {
    case .number: 0
    case .text: 1
    case .bool: 2
    case .error: 3
    case .blank: 4
    }
  }
}

extension Scalar {
  /// Equal for what `UNIQUE` takes for the same: texts without regard to case, an empty cell and empty text.
  var folded: Scalar {
    switch self {
    case .text(let text): text.isEmpty ? .blank : .text(text.lowercased())
    default: self
    }
  }
}

extension Matrix {
  func picking(columns picked: [Int]) -> Matrix {
    var values: [Scalar] = []
    values.reserveCapacity(rows * picked.count)
    for row in 0..<rows { for column in picked { values.append(self[row, column]) } }
    return Matrix(rows: rows, columns: picked.count, values: values)
  }

  func expanded(rows newRows: Int, columns newColumns: Int, padding: Scalar) -> Matrix {
    if newRows == rows, newColumns == columns { return self }
    var result = Matrix(rows: newRows, columns: newColumns, repeating: padding)
    for row in 0..<rows { for column in 0..<columns { result[row, column] = self[row, column] } }
    return result
  }
}
