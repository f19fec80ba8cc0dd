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
      let (mode, search) = try (call.integer(2), call.integer(3, default: 1))
      return try call.evaluator.mapped(call.operand(0), call.scope) { key in
        if let error = key.error { return .error(error) }
        guard let position = try vector.position(of: key, matchMode: mode, searchMode: search) else {
          return .error(.notAvailable)
        }
        return .number(Double(position + 1))
      }
    },
    "XLOOKUP": .operands(3...6) { call in
      let vector = try LookupVector(call.grid(1))
      let results = try call.grid(2)
      let key = try call.scalar(0)
      if let error = key.error { throw Interruption.error(error) }
      // As many results as there are places to look in.
      guard
        vector.fullCount == (vector.isVertical ? results.fullRows : results.fullColumns)
      else { throw Interruption.error(.value) }
      let position = try vector.position(
        of: key, matchMode: call.integer(4), searchMode: call.integer(5, default: 1))
      guard let position else {
        if call.has(3) { return try call.operand(3) }
        throw Interruption.error(.notAvailable)
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
  /// With the empty cells behind those that the sheet has.
  var fullCount: Int { isVertical ? grid.fullRows : grid.fullColumns }

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
      return try binarySearch { Self.order($0, key) }
    case .sortedDescending:
      var last: Int?
      for index in 0..<count {
        guard let order = Self.order(try value(index), key) else { continue }
        if order < 0 { break }
        last = index
        if order == 0 { break }
      }
      return last
    }
  }

  /// Looks up as `XLOOKUP` and `XMATCH` do: numbers come before texts, texts before logical values, and an empty key is
  /// found in an empty cell.
  ///
  /// - Parameters:
  ///   - matchMode: 0 exact, −1 or the next smaller, 1 or the next greater, 2 with wildcards.
  ///   - searchMode: 1 from the first, −1 from the last, 2 by halves in ascending order, −2 in descending order.
  func position(of key: Scalar, matchMode: Int, searchMode: Int) throws -> Int? {
    guard -1...2 ~= matchMode, [1, -1, 2, -2].contains(searchMode) else { throw Interruption.error(.value) }
    if searchMode.magnitude == 2 {
      guard matchMode != 2 else { throw Interruption.error(.value) }
      return try halved(key, matchMode, isDescending: searchMode < 0)
    }
    // Behind the cells that the sheet has, all are empty.
    if key.isBlank, searchMode < 0, count < fullCount { return fullCount - 1 }
    let indices = stride(
      from: searchMode < 0 ? count - 1 : 0, to: searchMode < 0 ? -1 : count, by: searchMode)
    if matchMode == 2, case .text(let text) = key {
      let pattern = WildcardPattern(text)
      return try indices.first { try matches(value($0), pattern) }
    }
    var best: (index: Int, value: Scalar)?
    for index in indices {
      let candidate = try value(index)
      if Comparison.areEqual(candidate, key) || (key.isBlank && candidate.isBlank) { return index }
      guard matchMode.magnitude == 1, !candidate.isBlank, candidate.error == nil,
        Self.rankedOrder(candidate, key) == matchMode
      else { continue }
      if let known = best, Self.rankedOrder(candidate, known.value) * matchMode >= 0 { continue }
      best = (index, candidate)
    }
    if key.isBlank, count < fullCount { return count }
    return best?.index
  }

  /// By halves: the first of those that are equal, else the neighbour below or above.
  private func halved(_ key: Scalar, _ matchMode: Int, isDescending: Bool) throws -> Int? {
    func index(_ place: Int) -> Int { isDescending ? count - 1 - place : place }
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if Self.rankedOrder(try value(index(middle)), key) < 0 { low = middle + 1 } else { high = middle }
    }
    if low < count, Self.rankedOrder(try value(index(low)), key) == 0 { return index(low) }
    if key.isBlank, count < fullCount { return count }
    let place = matchMode < 0 ? low - 1 : low
    guard matchMode != 0, 0..<count ~= place else { return nil }
    let found = try value(index(place))
    return found.isBlank || found.error != nil ? nil : index(place)
  }

  /// The order over all types; empty cells come last.
  private static func rankedOrder(_ a: Scalar, _ b: Scalar) -> Int {
    let (x, y) = (SortOrder.rank(a), SortOrder.rank(b))
    return x != y ? (x < y ? -1 : 1) : order(a, b) ?? 0
  }

  /// The last value that is not greater than the key, found by halves exactly as Excel does it, so that unsorted values
  /// give the same. Values of other types are passed over.
  private func binarySearch(_ order: (Scalar) throws -> Int?) throws -> Int? {
    var (low, high) = (-1, count)
    while high - low > 1 {
      let start = low + (high - low) / 2
      var middle = start
      var result = try order(value(middle))
      // A value of another type says nothing: take the next one that does, or else search before it.
      while result == nil, middle + 1 < high {
        middle += 1
        result = try order(value(middle))
      }
      guard let result else {
        high = start
        continue
      }
      if result == 0 {
        // The last of those that are equal and stand together.
        while middle + 1 < count, try order(value(middle + 1)) == 0 { middle += 1 }
        return middle
      }
      if result < 0 { low = middle } else { high = start }
    }
    return low >= 0 ? low : nil
  }

  /// The order of two values of one type; `nil` for different types, empty cells and errors.
  private static func order(_ a: Scalar, _ b: Scalar) -> Int? {
    switch (a, b) {
    case (.number(let x), .number(let y)): Comparison.order(x, y)
    case (.text(let x), .text(let y)): Comparison.order(x, y)
    case (.bool(let x), .bool(let y)): x == y ? 0 : x ? 1 : -1
    default: nil
    }
  }
}
