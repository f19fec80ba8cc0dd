/// Sums over the rows of a list that meet criteria which are a list themselves.
extension FunctionTable {
  static let databases: [String: FormulaFunction] = [
    "DSUM": numeric { Scalar(checking: $0.reduce(0, Arithmetic.sum)) },
    "DAVERAGE": numeric { try average($0) },
    "DMAX": numeric { .number($0.max() ?? 0) }, "DMIN": numeric { .number($0.min() ?? 0) },
    "DPRODUCT": numeric { $0.isEmpty ? .number(0) : Scalar(checking: $0.reduce(1, *)) },
    "DCOUNT": .operands(3...3) { call in
      let values = try matches(call, allowsNoField: true)
      let count = values.count { value in
        if case .number = value { true } else { false }
      }
      return .scalar(.number(Double(call.has(1) ? count : values.count)))
    },
    "DCOUNTA": .operands(3...3) { call in
      let values = try matches(call, allowsNoField: true)
      return .scalar(.number(Double(call.has(1) ? values.count { !$0.isBlank } : values.count)))
    },
    "DGET": .operands(3...3) { call in
      let values = try matches(call)
      guard let first = values.first else { throw Interruption.error(.value) }
      guard values.count == 1 else { throw Interruption.error(.number) }
      return .scalar(first)
    },
    "DSTDEV": numeric { try deviation($0, ofSample: true) },
    "DSTDEVP": numeric { try deviation($0, ofSample: false) },
    "DVAR": numeric { try variance($0, ofSample: true) },
    "DVARP": numeric { try variance($0, ofSample: false) },
  ]

  private static func numeric(_ body: @escaping @Sendable ([Double]) throws -> Scalar) -> FormulaFunction {
    .operands(3...3) { call in
      var numbers: [Double] = []
      for value in try matches(call) {
        if let error = value.error { throw Interruption.error(error) }
        if case .number(let number) = value { numbers.append(number) }
      }
      return .scalar(try body(numbers))
    }
  }

  /// The values of the field in the rows that meet the criteria.
  private static func matches(_ call: FunctionCall, allowsNoField: Bool = false) throws -> [Scalar] {
    let (list, criteria) = try (call.matrix(0), call.matrix(2))
    func column(_ name: Scalar) -> Int? {
      guard case .text(let text) = name else { return nil }
      return (0..<list.columns).first {
        if case .text(let heading) = list[0, $0] { heading.lowercased() == text.lowercased() } else { false }
      }
    }
    var field = 0
    if call.has(1) {
      let named = try call.scalar(1)
      if case .text = named {
        guard let found = column(named) else { throw Interruption.error(.value) }
        field = found
      } else {
        let position = try Coercion.integer(named, call.dateSystem)
        guard 1...list.columns ~= position else { throw Interruption.error(.value) }
        field = position - 1
      }
    } else if !allowsNoField {
      throw Interruption.error(.value)
    }
    // Conditions beside each other hold together, rows of them are alternatives.
    var rows: [[(column: Int, criterion: Criterion)]] = []
    for row in 1..<max(1, criteria.rows) {
      var conditions: [(column: Int, criterion: Criterion)] = []
      for place in 0..<criteria.columns where !criteria[row, place].isBlank {
        guard let column = column(criteria[0, place]) else { continue }
        conditions.append((column, Criterion(beginning: criteria[row, place], call.dateSystem)))
      }
      rows.append(conditions)
    }
    try call.evaluator.charge(list.values.count * max(1, rows.count))
    return (1..<max(1, list.rows)).filter { row in
      rows.isEmpty
        || rows.contains { $0.allSatisfy { $0.criterion.matches(list[row, $0.column], call.dateSystem) } }
    }.map { list[$0, field] }
  }
}

extension Criterion {
  /// A criterion of an advanced filter, in which text means what begins with it.
  init(beginning value: Scalar, _ system: DateSystem) {
    if case .text(let text) = value, !text.isEmpty, !text.hasPrefix("="), !text.hasPrefix("<"),
      !text.hasPrefix(">"),
      NumberText.parse(text, system) == nil
    {
      self.init(.text(text + "*"), system)
    } else {
      self.init(value, system)
    }
  }
}
