extension FunctionTable {
  static let conversion: [String: FormulaFunction] = [
    "TEXT": .scalars(2...2) { values, call in
      let format = call.evaluator.format(try Coercion.text(values[1]))
      if format.format.refusal != nil { return .error(.value) }
      let number: Double
      switch values[0] {
      case .number(let value): number = value
      case .blank: number = 0
      case .text(let text):
        guard let value = NumberText.parse(text, call.dateSystem) else {
          return .text(format.text(forText: text))
        }
        number = value
      case .bool(let bool): return .text(format.text(for: .bool(bool)))
      case .error(let error): return .error(error)
      }
      let text = format.text(forNumber: number, dateSystem: call.dateSystem)
      return text == CompiledNumberFormat.overflow ? .error(.value) : checked(text)
    },
    "VALUE": .scalars(1...1) { values, call in
      if case .bool = values[0] { return .error(.value) }
      return .number(try Coercion.number(values[0], call.dateSystem))
    },
    "NUMBERVALUE": .scalars(1...3) { values, call in
      let point = values.count > 1 ? try Coercion.text(values[1]).first ?? "." : "."
      let group = values.count > 2 ? try Coercion.text(values[2]).first ?? "," : ","
      var text = try Coercion.text(values[0]).filter { $0 != " " }
      if text.isEmpty { return .number(0) }
      if let split = text.firstIndex(of: point) {
        if text[split...].contains(group) { return .error(.value) }
        let fraction = text[text.index(after: split)...]
        text = text[..<split].filter { $0 != group } + "." + fraction
      } else {
        text = text.filter { $0 != group }
      }
      guard let number = NumberText.plain(text) else { return .error(.value) }
      return .number(number)
    },
    "FIXED": .scalars(1...3) { values, call in
      let places = values.count > 1 ? try Coercion.integer(values[1], call.dateSystem) : 2
      let hasGroups = values.count > 2 ? try !Coercion.bool(values[2]) : true
      return try fixed(values[0], places, prefix: "", hasGroups: hasGroups, call)
    },
    "DOLLAR": .scalars(1...2) { values, call in
      let places = values.count > 1 ? try Coercion.integer(values[1], call.dateSystem) : 2
      return try fixed(values[0], places, prefix: "$", hasGroups: true, call)
    },
    "USDOLLAR": .scalars(1...2) { values, call in
      let places = values.count > 1 ? try Coercion.integer(values[1], call.dateSystem) : 2
      return try fixed(values[0], places, prefix: "$", hasGroups: true, call)
    },
    "RMB": .scalars(1...2) { values, call in
      let places = values.count > 1 ? try Coercion.integer(values[1], call.dateSystem) : 2
      return try fixed(values[0], places, prefix: "¥", hasGroups: true, call)
    },
  ]

  private static func fixed(
    _ value: Scalar, _ places: Int, prefix: String, hasGroups: Bool, _ call: FunctionCall
  ) throws -> Scalar {
    guard places <= 127 else { return .error(.value) }
    let number = rounded(try Coercion.number(value, call.dateSystem), Double(places), .nearest)
    let digits = (hasGroups ? "#,##0" : "0") + (places > 0 ? "." + String(repeating: "0", count: places) : "")
    let code = prefix.isEmpty ? digits : "\"\(prefix)\"\(digits);(\"\(prefix)\"\(digits))"
    return .text(call.evaluator.format(code).text(forNumber: number))
  }
}
