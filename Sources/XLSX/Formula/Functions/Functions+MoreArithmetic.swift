/// The rest of trigonometry, number systems as text, series, and chance.
extension FunctionTable {
  static let moreArithmetic: [String: FormulaFunction] = [
    "SEC": .numbers(1...1) { Scalar(checking: 1 / FloatMath.cosine($0[0])) },
    "SECH": .numbers(1...1) { .number(1 / FloatMath.hyperbolicCosine($0[0])) },
    "CSC": reciprocal { FloatMath.sine($0) }, "CSCH": reciprocal { FloatMath.hyperbolicSine($0) },
    "COT": reciprocal { FloatMath.tangent($0) }, "COTH": reciprocal { FloatMath.hyperbolicTangent($0) },
    "ACOT": .numbers(1...1) { .number(.pi / 2 - FloatMath.arcTangent($0[0])) },
    "ACOTH": .numbers(1...1) { values in
      values[0].magnitude > 1
        ? Scalar(checking: FloatMath.naturalLog((values[0] + 1) / (values[0] - 1)) / 2) : .error(.number)
    },
    "SQRTPI": .analysis(1...1) { values, _ in
      values[0] < 0 ? .error(.number) : Scalar(checking: (values[0] * .pi).squareRoot())
    },
    "ECMA.CEILING": .numbers(1...2) { values in
      let step = values.count > 1 ? values[1].magnitude : 1
      return step == 0
        ? .number(0) : Scalar(checking: DecimalDigits((values[0] / step).rounded(.up) * step).value)
    },
    "SERIESSUM": .operands(4...4) { call in
      let (x, n, m) = try (call.number(0), call.number(1), call.number(2))
      var total = 0.0
      for (index, value) in try call.matrix(3).values.enumerated() {
        if let error = value.error { throw Interruption.error(error) }
        guard case .number(let factor) = value else { throw Interruption.error(.value) }
        guard case .number(let power) = Arithmetic.power(x, n + Double(index) * m) else {
          throw Interruption.error(.number)
        }
        total += factor * power
      }
      return .scalar(Scalar(checking: total))
    },
    "BASE": .numbers(2...3) { values in
      let (number, radix) = (values[0].rounded(.towardZero), values[1].rounded(.towardZero))
      let length = values.count > 2 ? values[2].rounded(.towardZero) : 0
      guard number >= 0, number < 0x1p53, 2...36 ~= radix, 0...255 ~= length else { return .error(.number) }
      let text = String(Int(number), radix: Int(radix), uppercase: true)
      return .text(String(repeating: "0", count: max(0, Int(length) - text.count)) + text)
    },
    "DECIMAL": .scalars(2...2) { values, call in
      let radix = try Coercion.integer(values[1], call.dateSystem)
      var text = try Coercion.text(values[0]).trimmingXMLSpace.uppercased()
      guard 2...36 ~= radix, text.utf8.count <= 255 else { return .error(.number) }
      if radix == 16, text.hasPrefix("0X") { text.removeFirst(2) }
      var result = 0.0
      for character in text {
        guard character.isASCII, let digit = Int(String(character), radix: radix) else {
          return .error(.number)
        }
        result = result * Double(radix) + Double(digit)
      }
      return Scalar(checking: result)
    },
    "ARABIC": .scalars(1...1) { values, _ in
      var text = try Coercion.text(values[0]).trimmingXMLSpace.uppercased()
      let isNegative = text.hasPrefix("-")
      if isNegative { text.removeFirst() }
      let worth: [Character: Int] = ["I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000]
      let numbers = text.map { worth[$0] }
      guard text.utf8.count <= 255, !numbers.contains(nil) else { return .error(.value) }
      var total = 0
      for (index, number) in numbers.enumerated() {
        let number = number ?? 0
        let next = index + 1 < numbers.count ? numbers[index + 1] ?? 0 : 0
        total += number < next ? -number : number
      }
      return .number(Double(isNegative ? -total : total))
    },
    "ROMAN": .scalars(1...2) { values, call in
      let number = try Coercion.integer(values[0], call.dateSystem)
      var form = 0
      if values.count > 1 {
        if case .bool(let isClassic) = values[1] {
          form = isClassic ? 0 : 4
        } else {
          form = try Coercion.integer(values[1], call.dateSystem)
        }
      }
      guard 0...3999 ~= number, 0...4 ~= form else { return .error(.value) }
      return .text(roman(number, form))
    },
    "RAND": .operands(0...0) { .scalar(.number(try random($0))) },
    "RANDBETWEEN": .operands(2...2) { call in
      let low = try call.number(0).rounded(.up)
      let high = try call.number(1).rounded(.down)
      guard low <= high else { throw Interruption.error(.number) }
      return .scalar(Scalar(checking: low + (try random(call) * (high - low + 1)).rounded(.down)))
    },
    "RANDARRAY": .operands(0...5) { call in
      let (rows, columns) = try (call.integer(0, default: 1), call.integer(1, default: 1))
      try call.checkSize(rows, columns)
      let (low, high) = try (call.number(2), call.number(3, default: 1))
      let isWhole = try call.bool(4)
      guard low <= high, !isWhole || (low == low.rounded() && high == high.rounded()) else {
        throw Interruption.error(.value)
      }
      let values = try (0..<(rows * columns)).map { _ in
        let share = try random(call)
        return Scalar(
          checking: isWhole ? low + (share * (high - low + 1)).rounded(.down) : low + share * (high - low))
      }
      return .array(Matrix(rows: rows, columns: columns, values: values))
    },
  ]

  private static func random(_ call: FunctionCall) throws -> Double {
    guard let number = call.evaluator.context.random() else {
      throw Interruption.failure(.unsupported("random numbers without a seed given"))
    }
    return number
  }

  private static func reciprocal(_ body: @escaping @Sendable (Double) -> Double) -> FormulaFunction {
    .numbers(1...1) { values in
      let value = body(values[0])
      return value == 0 ? .error(.divisionByZero) : Scalar(checking: 1 / value)
    }
  }

  /// Roman numerals; a higher form lets letters stand before ones that are more than ten times as much.
  private static func roman(_ number: Int, _ form: Int) -> String {
    let letters = ["M", "D", "C", "L", "X", "V", "I"]
    let worth = [1000, 500, 100, 50, 10, 5, 1]
    var rest = number
    var text = ""
    for index in 0...3 {
      let place = index * 2
      let digit = rest / worth[place]
      if digit % 5 == 4 {
        let subtracted = digit == 4 ? place - 1 : place - 2
        var letter = place
        for _ in 0..<form where letter < worth.count - 1 && rest >= worth[subtracted] - worth[letter + 1] {
          letter += 1
        }
        text += letters[letter] + letters[max(0, subtracted)]
        rest -= worth[max(0, subtracted)] - worth[letter]
      } else {
        if digit > 4 { text += letters[place - 1] }
        text += String(repeating: letters[place], count: digit % 5)
        rest %= worth[place]
      }
    }
    return text
  }
}
