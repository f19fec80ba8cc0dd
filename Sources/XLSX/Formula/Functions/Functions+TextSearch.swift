extension FormulaEvaluator {
  /// Counts what a search costs at worst, when a long pattern nearly fits everywhere; short ones cost nothing.
  func chargeSearch(_ pattern: Int, _ text: Int) throws { try charge(pattern * text >> 6) }
}

extension FunctionTable {
  static let textSearch: [String: FormulaFunction] = [
    "FIND": .scalars(2...3) { values, call in
      let (wanted, text, start) = try searchArguments(values, call)
      try call.evaluator.chargeSearch(wanted.count, text.count)
      guard let position = firstIndex(of: wanted, in: text, from: start) else { return .error(.value) }
      return .number(Double(position + 1))
    },
    "SEARCH": .scalars(2...3) { values, call in
      let text = Array(try Coercion.text(values[1]).lowercased().utf16)
      let start = values.count > 2 ? try Coercion.integer(values[2], call.dateSystem) - 1 : 0
      let pattern = WildcardPattern(try Coercion.text(values[0]))
      try call.evaluator.chargeSearch(pattern.length, text.count)
      guard start >= 0, let found = pattern.firstIndex(in: text, from: start) else {
        return .error(.value)
      }
      return .number(Double(found + 1))
    },
    "SUBSTITUTE": .scalars(3...4) { values, call in
      let text = Array(try Coercion.text(values[0]).utf16)
      let old = Array(try Coercion.text(values[1]).utf16)
      let new = Array(try Coercion.text(values[2]).utf16)
      let instance = values.count > 3 ? try Coercion.integer(values[3], call.dateSystem) : nil
      if let instance, instance < 1 { return .error(.value) }
      if old.isEmpty { return string(text) }
      try call.evaluator.chargeSearch(old.count, text.count)
      var result: [UInt16] = []
      var start = 0
      var seen = 0
      while let found = firstIndex(of: old, in: text, from: start) {
        seen += 1
        result += text[start..<found]
        result += instance == nil || instance == seen ? new : old
        start = found + old.count
        guard result.count <= 4 * maximumText else { return .error(.value) }
      }
      return string(result + text[start...])
    },
  ]

  private static func searchArguments(_ values: [Scalar], _ call: FunctionCall) throws -> (
    [UInt16], [UInt16], Int
  ) {
    let start = values.count > 2 ? try Coercion.integer(values[2], call.dateSystem) : 1
    guard start >= 1 else { throw Interruption.error(.value) }
    return (Array(try Coercion.text(values[0]).utf16), Array(try Coercion.text(values[1]).utf16), start - 1)
  }

  private static func firstIndex(of wanted: [UInt16], in text: [UInt16], from start: Int) -> Int? {
    guard start <= text.count, wanted.count <= text.count - start else { return nil }
    return (start...(text.count - wanted.count)).first { text[$0...].starts(with: wanted) }
  }
}
