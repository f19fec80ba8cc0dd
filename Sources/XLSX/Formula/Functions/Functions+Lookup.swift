extension FunctionTable {
  static let lookup: [String: FormulaFunction] = [
    "VLOOKUP": .operands(3...4) { try tableLookup($0, isVertical: true) },
    "HLOOKUP": .operands(3...4) { try tableLookup($0, isVertical: false) },
    "MATCH": .operands(2...3) { call in
      let vector = try LookupVector(call.grid(1))
      let type = try call.number(2, default: 1)
      return try eachKey(call) { key in
        let mode: LookupVector.Mode =
          type == 0 ? .exact(wildcards: true) : type > 0 ? .sorted : .sortedDescending
        guard let position = try vector.position(of: key, mode) else { return .error(.notAvailable) }
        return .number(Double(position + 1))
      }
    },
    "LOOKUP": .operands(2...3) { call in
      let grid = try call.grid(1)
      // The array form searches along the longer side, and answers from the last row or column.
      let vector = LookupVector(grid, isVertical: grid.fullRows >= grid.fullColumns)
      guard let position = try vector.position(of: key(call), .sorted) else {
        throw Interruption.error(.notAvailable)
      }
      guard call.has(2) else {
        return vector.isVertical
          ? try grid.operand(position, grid.columns - 1) : try grid.operand(grid.rows - 1, position)
      }
      let results = try LookupVector(call.grid(2))
      return results.isVertical
        ? try results.grid.operand(position, 0) : try results.grid.operand(0, position)
    },
    "XMATCH": .operands(2...4) { call in
      let vector = try LookupVector(call.grid(1))
      let mode = try call.integer(2)
      let fromEnd = try call.integer(3, default: 1) < 0
      return try eachKey(call) { key in
        guard let position = try vector.position(of: key, matchMode: mode, fromEnd: fromEnd) else {
          return .error(.notAvailable)
        }
        return .number(Double(position + 1))
      }
    },
    "XLOOKUP": .operands(3...6) { call in
      let vector = try LookupVector(call.grid(1))
      let results = try call.grid(2)
      let position = try vector.position(
        of: key(call), matchMode: call.integer(4), fromEnd: call.integer(5, default: 1) < 0)
      guard let position else {
        if call.has(3) { return try call.operand(3) }
        throw Interruption.error(.notAvailable)
      }
      guard position < (vector.isVertical ? results.fullRows : results.fullColumns) else {
        throw Interruption.error(.value)
      }
      return vector.isVertical
        ? try results.part(rows: position..<(position + 1), columns: 0..<results.columns)
        : try results.part(rows: 0..<results.rows, columns: position..<(position + 1))
    },
    "INDEX": .operands(2...4, index),
  ]

  private static func key(_ call: FunctionCall) throws -> Scalar {
    let key = try call.scalar(0)
    if let error = key.error { throw Interruption.error(error) }
    return key.isBlank ? .number(0) : key
  }

  /// Looks up one key, or in an array formula each of them.
  private static func eachKey(_ call: FunctionCall, _ find: (Scalar) throws -> Scalar) throws -> Operand {
    try call.evaluator.mapped(call.operand(0), call.scope) { key in
      if let error = key.error { return .error(error) }
      return try find(key.isBlank ? .number(0) : key)
    }
  }

  private static func tableLookup(_ call: FunctionCall, isVertical: Bool) throws -> Operand {
    let grid = try call.grid(1)
    let column = try call.integer(2)
    guard column <= (isVertical ? grid.fullColumns : grid.fullRows) else {
      throw Interruption.error(.reference)
    }
    let approximately = call.count > 3 ? try Coercion.bool(call.scalar(3)) : true
    let vector = LookupVector(grid, isVertical: isVertical)
    return try eachKey(call) { key in
      guard let position = try vector.position(of: key, approximately ? .sorted : .exact(wildcards: true))
      else {
        return .error(.notAvailable)
      }
      // Only now, as in Excel: what is not found is `#N/A` whatever the column.
      guard column >= 1 else { return .error(.value) }
      let value = try isVertical ? grid.value(position, column - 1) : grid.value(column - 1, position)
      return value.isBlank ? .number(0) : value
    }
  }

  @Sendable private static func index(_ call: FunctionCall) throws -> Operand {
    var operand = try call.arrayOperand(0)
    if case .areas(let areas) = operand, areas.count > 1 || call.has(3) {
      let number = try call.integer(3, default: 1)
      guard 1...areas.count ~= number else { throw Interruption.error(.reference) }
      operand = .areas([areas[number - 1]])
    }
    let grid = try ValueGrid(operand, call.evaluator)
    var row = try call.integer(1)
    var column = try call.integer(2)
    // A single row takes its one number as the column.
    if !call.has(2), call.count < 3, grid.fullRows == 1 { (row, column) = (1, row) }
    guard row >= 0, column >= 0 else { throw Interruption.error(.value) }
    guard row <= grid.fullRows, column <= grid.fullColumns else { throw Interruption.error(.reference) }
    if column == 0, grid.fullColumns == 1 { column = 1 }
    if row == 0, grid.fullRows == 1 { row = 1 }
    if row > 0, column > 0 { return try grid.operand(row - 1, column - 1) }
    return try grid.part(
      rows: row == 0 ? 0..<grid.rows : (row - 1)..<row,
      columns: column == 0 ? 0..<grid.columns : (column - 1)..<column)
  }
}

/// A row or column of values to find something in.
struct LookupVector {
  enum Mode {
    /// The first that is equal; in text keys `*` and `?` stand for other characters.
    case exact(wildcards: Bool)
    /// The last that is not greater, by binary search as Excel does it: the values must be sorted.
    case sorted
    /// The last that is not smaller, among values sorted downwards.
    case sortedDescending
  }

  let grid: ValueGrid
  let isVertical: Bool
  var count: Int { isVertical ? grid.rows : grid.columns }

  init(_ grid: ValueGrid, isVertical: Bool) {
    self.grid = grid
    self.isVertical = isVertical
  }

  /// - Throws: `#N/A` for a range that is neither one row nor one column.
  init(_ grid: ValueGrid) throws {
    guard grid.fullRows == 1 || grid.fullColumns == 1 else { throw Interruption.error(.notAvailable) }
    self.init(grid, isVertical: grid.fullColumns == 1)
  }

  func value(_ index: Int) throws -> Scalar { try isVertical ? grid.value(index, 0) : grid.value(0, index) }

  private func matches(_ value: Scalar, _ pattern: WildcardPattern) throws -> Bool {
    guard case .text(let text) = value else { return false }
    try grid.evaluator.chargeSearch(pattern.length + 4, text.utf8.count)
    return pattern.matches(text)
  }

  func position(of key: Scalar, _ mode: Mode) throws -> Int? {
    switch mode {
    case .exact(let wildcards):
      if wildcards, case .text(let text) = key, WildcardPattern.isNeeded(text) {
        let pattern = WildcardPattern(text)
        return try (0..<count).first { try matches(value($0), pattern) }
      }
      return try (0..<count).first { Comparison.areEqual(try value($0), key) }
    case .sorted:
      return try binarySearch { try Self.order($0, key) }
    case .sortedDescending:
      var last: Int?
      for index in 0..<count {
        guard let order = try Self.order(value(index), key) else { continue }
        if order < 0 { break }
        last = index
        if order == 0 { break }
      }
      return last
    }
  }

  /// The match modes of `XLOOKUP`: 0 exact, −1 or the next smaller, 1 or the next greater, 2 with wildcards.
  func position(of key: Scalar, matchMode: Int, fromEnd: Bool) throws -> Int? {
    let indices = fromEnd ? Array((0..<count).reversed()) : Array(0..<count)
    switch matchMode {
    case 0: return try indices.first { Comparison.areEqual(try value($0), key) }
    case 2:
      guard case .text(let text) = key else { return try position(of: key, matchMode: 0, fromEnd: fromEnd) }
      let pattern = WildcardPattern(text)
      return try indices.first { try matches(value($0), pattern) }
    case 1, -1:
      var best: (index: Int, value: Scalar)?
      for index in indices {
        let candidate = try value(index)
        guard let order = try Self.order(candidate, key) else { continue }
        if order == 0 { return index }
        guard order == matchMode else { continue }
        if let known = best, try Self.order(candidate, known.value).map({ $0 * matchMode >= 0 }) ?? true {
          continue
        }
        best = (index, candidate)
      }
      return best?.index
    default: throw Interruption.error(.value)
    }
  }

  /// The last value that is not greater than the key. Values of other types are passed over.
  private func binarySearch(_ order: (Scalar) throws -> Int?) throws -> Int? {
    var (low, high) = (0, count)
    while low < high {
      var middle = low + (high - low) / 2
      var result = try order(value(middle))
      // A value of another type says nothing: take the next one that does, or else search before it.
      let start = middle
      while result == nil, middle + 1 < high {
        middle += 1
        result = try order(value(middle))
      }
      guard let result else {
        high = start
        continue
      }
      if result <= 0 { low = middle + 1 } else { high = start }
    }
    var index = low - 1
    while index >= 0, try order(value(index)) == nil { index -= 1 }
    return index >= 0 ? index : nil
  }

  /// The order of two values of one type; `nil` for different types, empty cells and errors.
  private static func order(_ a: Scalar, _ b: Scalar) throws -> Int? {
    switch (a, b) {
    case (.number(let x), .number(let y)): Comparison.order(x, y)
    case (.text(let x), .text(let y)): Comparison.order(x, y)
    case (.bool(let x), .bool(let y)): x == y ? 0 : x ? 1 : -1
    default: nil
    }
  }
}
