/// Number systems, bits, steps, and the functions of Bessel.
extension FunctionTable {
  static let engineering: [String: FormulaFunction] = {
    var table: [String: FormulaFunction] = [
      "BITAND": bits { .number(Double($0 & $1)) }, "BITOR": bits { .number(Double($0 | $1)) },
      "BITXOR": bits { .number(Double($0 ^ $1)) },
      "BITLSHIFT": .numbers(2...2) { shifted($0[0], by: $0[1]) },
      "BITRSHIFT": .numbers(2...2) { shifted($0[0], by: -$0[1]) },
      "DELTA": .analysis(1...2) { values, _ in
        .number(values[0] == (values.count > 1 ? values[1] : 0) ? 1 : 0)
      },
      "GESTEP": .analysis(1...2) { values, _ in
        .number(values[0] >= (values.count > 1 ? values[1] : 0) ? 1 : 0)
      },
      "ERF": .analysis(1...2) { values, _ in
        values.count > 1
          ? .number(SpecialFunctions.errorFunction(values[1]) - SpecialFunctions.errorFunction(values[0]))
          : .number(SpecialFunctions.errorFunction(values[0]))
      },
      "ERF.PRECISE": .numbers(1...1) { .number(SpecialFunctions.errorFunction($0[0])) },
      "ERFC": .analysis(1...1) { values, _ in .number(SpecialFunctions.complementaryErrorFunction(values[0]))
      },
      "ERFC.PRECISE": .numbers(1...1) { .number(SpecialFunctions.complementaryErrorFunction($0[0])) },
      "BESSELJ": bessel { SpecialFunctions.besselJ($0, $1) },
      "BESSELY": bessel(isPositive: true) { SpecialFunctions.besselY($0, $1) },
      "BESSELI": bessel { modifiedBessel($0, $1) },
      "BESSELK": bessel(isPositive: true) { secondModifiedBessel($0, $1) },
      "CONVERT": .scalars(3...3) { values, call in
        let number = try Coercion.analysisNumber(values[0], call.dateSystem)
        let (from, to) = try (Coercion.text(values[1]), Coercion.text(values[2]))
        return MeasurementUnits.convert(number, from: from, to: to).map { Scalar(checking: $0) }
          ?? .error(.notAvailable)
      },
    ]
    for (letter, radix, bits) in [("BIN", 2, 10), ("OCT", 8, 30), ("HEX", 16, 40)] {
      table["\(letter)2DEC"] = .scalars(1...1) { values, call in
        try digits(values[0], radix, bits, call).map { .number(Double($0)) } ?? .error(.number)
      }
      table["DEC2\(letter)"] = .scalars(1...2) { values, call in
        let number = try Coercion.analysisNumber(values[0], call.dateSystem).rounded(.towardZero)
        guard number.magnitude < 1e15 else { return .error(.number) }
        return try written(Int(number), radix, bits, values, call)
      }
      for (other, otherRadix, otherBits) in [("BIN", 2, 10), ("OCT", 8, 30), ("HEX", 16, 40)]
      where other != letter {
        table["\(letter)2\(other)"] = .scalars(1...2) { values, call in
          guard let number = try digits(values[0], radix, bits, call) else { return .error(.number) }
          return try written(number, otherRadix, otherBits, values, call)
        }
      }
    }
    return table
  }()

  private static func bits(_ body: @escaping @Sendable (UInt64, UInt64) -> Scalar) -> FormulaFunction {
    .numbers(2...2) { values in
      guard let a = bitNumber(values[0]), let b = bitNumber(values[1]) else { return .error(.number) }
      return body(a, b)
    }
  }

  /// A whole number of at most 48 bits.
  private static func bitNumber(_ value: Double) -> UInt64? {
    guard value >= 0, value < 0x1p48, value == value.rounded() else { return nil }
    return UInt64(value)
  }

  private static func shifted(_ value: Double, by places: Double) -> Scalar {
    let places = places.rounded(.towardZero)
    guard let bits = bitNumber(value), places.magnitude <= 53 else { return .error(.number) }
    let result = (Double(bits) * FloatMath.power(2, places)).rounded(.down)
    return result < 0x1p48 ? .number(result) : .error(.number)
  }

  /// What the digits of text mean, negative numbers as two's complement; `nil` if they are none.
  private static func digits(_ value: Scalar, _ radix: Int, _ bits: Int, _ call: FunctionCall) throws -> Int?
  {
    if case .bool = value { throw Interruption.error(.value) }
    let text = try Coercion.text(value)
    if text.isEmpty { return 0 }
    guard text.utf8.count <= 10, text.allSatisfy({ $0.isASCII && $0.isHexDigit }),
      let number = Int(text, radix: radix)
    else { return nil }
    return number >= 1 << (bits - 1) ? number - (1 << bits) : number
  }

  private static func written(
    _ number: Int, _ radix: Int, _ bits: Int, _ values: [Scalar], _ call: FunctionCall
  ) throws -> Scalar {
    guard number >= -(1 << (bits - 1)), number < 1 << (bits - 1) else { return .error(.number) }
    // A negative number fills all ten places.
    if number < 0 { return .text(String(number + (1 << bits), radix: radix, uppercase: true)) }
    var text = String(number, radix: radix, uppercase: true)
    if values.count > 1, !values[1].isBlank {
      let places = try Coercion.integer(values[1], call.dateSystem)
      guard places >= text.count, places <= 10, places >= 1 else { return .error(.number) }
      text = String(repeating: "0", count: places - text.count) + text
    }
    return .text(text)
  }

  private static func bessel(
    isPositive: Bool = false, _ body: @escaping @Sendable (Int32, Double) -> Double
  ) -> FormulaFunction {
    .analysis(2...2) { values, call in
      let order = values[1].rounded(.towardZero)
      guard order >= 0, order <= 10_000, !isPositive || values[0] > 0 else { return .error(.number) }
      try call.evaluator.charge(1_000 + Int(order))
      return Scalar(checking: body(Int32(order), values[0]))
    }
  }

  /// Iₙ(x) by its series, all of whose terms have one sign.
  private static func modifiedBessel(_ order: Int32, _ x: Double) -> Double {
    let half = x.magnitude / 2
    if half == 0 { return order == 0 ? 1 : 0 }
    let n = Double(order)
    var term = FloatMath.exponential(n * FloatMath.naturalLog(half) - SpecialFunctions.logGamma(n + 1))
    var sum = term
    for k in 1..<2_000 {
      term *= half * half / (Double(k) * (Double(k) + n))
      sum += term
      if term < sum * 1e-17 { break }
    }
    return x < 0 && !order.isMultiple(of: 2) ? -sum : sum
  }

  /// Kₙ(x) = ∫ exp(−x cosh t) cosh nt dt by the trapezoidal rule, which converges at once for such functions.
  private static func secondModifiedBessel(_ order: Int32, _ x: Double) -> Double {
    let n = Double(order)
    let step = 1.0 / 64
    var sum = FloatMath.exponential(-x) / 2
    for index in 1..<2_000 {
      let t = Double(index) * step
      let growth = FloatMath.exponential(t)
      let exponent = -x * (growth + 1 / growth) / 2
      // cosh nt · exp(−x cosh t), each as one exponential, so that neither leaves the range of numbers alone.
      let term = (FloatMath.exponential(exponent + n * t) + FloatMath.exponential(exponent - n * t)) / 2
      sum += term
      if term < sum * 1e-18, growth > n { break }
    }
    return sum * step
  }
}
