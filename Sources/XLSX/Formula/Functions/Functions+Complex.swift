/// Complex numbers, which Excel keeps as text.
extension FunctionTable {
  static let complexNumbers: [String: FormulaFunction] = [
    "COMPLEX": .scalars(2...3) { values, call in
      let numbers = try values.prefix(2).map { try Coercion.analysisNumber($0, call.dateSystem) }
      let unit = values.count > 2 ? try Coercion.text(values[2]) : "i"
      guard unit == "i" || unit == "j" else { return .error(.value) }
      return .text(ComplexNumber(numbers[0], numbers[1], unit: unit.first).text)
    },
    "IMREAL": measure { $0.real }, "IMAGINARY": measure { $0.imaginary }, "IMABS": measure { $0.magnitude },
    "IMARGUMENT": .scalars(1...1) { values, call in
      let number = try complex(values[0], call)
      return number.magnitude == 0 ? .error(.divisionByZero) : .number(number.argument)
    },
    "IMCONJUGATE": function { ComplexNumber($0.real, -$0.imaginary) },
    "IMSQRT": function { $0.magnitude == 0 ? $0 : $0.power(0.5) },
    "IMEXP": function { .polar(FloatMath.exponential($0.real), $0.imaginary) },
    "IMLN": function { $0.logarithm },
    "IMLOG10": function { $0.logarithm.times(ComplexNumber(1 / FloatMath.naturalLog(10), 0)) },
    "IMLOG2": function { $0.logarithm.times(ComplexNumber(1 / FloatMath.naturalLog(2), 0)) },
    "IMSIN": function { $0.sine }, "IMCOS": function { $0.cosine },
    "IMTAN": function { $0.sine.over($0.cosine) },
    "IMCOT": function { $0.cosine.over($0.sine) }, "IMSEC": function { one.over($0.cosine) },
    "IMCSC": function { one.over($0.sine) }, "IMSINH": function { $0.hyperbolicSine },
    "IMCOSH": function { $0.hyperbolicCosine }, "IMSECH": function { one.over($0.hyperbolicCosine) },
    "IMCSCH": function { one.over($0.hyperbolicSine) },
    "IMPOWER": .scalars(2...2) { values, call in
      let number = try complex(values[0], call)
      let exponent = try Coercion.analysisNumber(values[1], call.dateSystem)
      if number.magnitude == 0 { return exponent > 0 ? .text("0") : .error(.number) }
      return result(number.power(exponent), unit: number.unit)
    },
    "IMSUB": pair { $0.minus($1) }, "IMDIV": pair { $0.over($1) },
    "IMSUM": total(ComplexNumber(0, 0)) { $0.plus($1) }, "IMPRODUCT": total(one) { $0.times($1) },
  ]

  private static let one = ComplexNumber(1, 0)

  private static func complex(_ value: Scalar, _ call: FunctionCall) throws -> ComplexNumber {
    if case .bool = value { throw Interruption.error(.value) }
    if case .number(let number) = value { return ComplexNumber(number, 0) }
    if value.isBlank { return ComplexNumber(0, 0) }
    guard let number = ComplexNumber(try Coercion.text(value)) else { throw Interruption.error(.number) }
    return number
  }

  private static func result(_ number: ComplexNumber, unit: Character?) -> Scalar {
    guard number.real.isFinite, number.imaginary.isFinite else { return .error(.number) }
    var number = number
    number.unit = unit
    return .text(number.text)
  }

  private static func measure(_ body: @escaping @Sendable (ComplexNumber) -> Double) -> FormulaFunction {
    .scalars(1...1) { values, call in Scalar(checking: body(try complex(values[0], call))) }
  }

  private static func function(_ body: @escaping @Sendable (ComplexNumber) -> ComplexNumber)
    -> FormulaFunction
  {
    .scalars(1...1) { values, call in
      let number = try complex(values[0], call)
      return result(body(number), unit: number.unit)
    }
  }

  private static func pair(
    _ body: @escaping @Sendable (ComplexNumber, ComplexNumber) -> ComplexNumber
  ) -> FormulaFunction {
    .scalars(2...2) { values, call in
      let (a, b) = try (complex(values[0], call), complex(values[1], call))
      return result(body(a, b), unit: try common(a.unit, b.unit))
    }
  }

  private static func total(
    _ start: ComplexNumber, _ body: @escaping @Sendable (ComplexNumber, ComplexNumber) -> ComplexNumber
  ) -> FormulaFunction {
    .operands(1...255) { call in
      var sum = start
      var unit: Character?
      try call.forEachValue { value, _ in
        if value.isBlank { return }
        if let error = value.error { throw Interruption.error(error) }
        let number = try complex(value, call)
        unit = try common(unit, number.unit)
        sum = body(sum, number)
      }
      return .scalar(result(sum, unit: unit))
    }
  }

  /// `i` and `j` do not go together.
  private static func common(_ a: Character?, _ b: Character?) throws -> Character? {
    if let a, let b, a != b { throw Interruption.error(.value) }
    return a ?? b
  }
}
