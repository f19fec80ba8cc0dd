/// How Excel turns values of one type into another.
enum Coercion {
  /// As an operand of arithmetic: empty is 0, logical values 1 and 0, text what it reads as.
  static func number(_ value: Scalar, _ system: DateSystem) throws(Interruption) -> Double {
    switch value {
    case .number(let number): return number
    case .blank: return 0
    case .bool(let bool): return bool ? 1 : 0
    case .text(let text):
      guard let number = NumberText.parse(text, system) else { throw .error(.value) }
      return number
    case .error(let error): throw .error(error)
    }
  }

  /// As an argument of the functions that came with the Analysis ToolPak (`LCM`, `EDATE`, `ISEVEN` …): not from logical
  /// values, and from dates in text only without blanks around them.
  static func analysisNumber(_ value: Scalar, _ system: DateSystem) throws(Interruption) -> Double {
    switch value {
    case .bool: throw .error(.value)
    case .text(let text):
      if let number = NumberText.plain(text) { return number }
      guard text.trimmingXMLSpace == text else { throw .error(.value) }
      return try number(value, system)
    default: return try number(value, system)
    }
  }

  /// As text: numbers as General writes them with up to 15 digits.
  static func text(_ value: Scalar) throws(Interruption) -> String {
    switch value {
    case .number(let number): return GeneralFormat.formulaText(for: number)
    case .blank: return ""
    case .bool(let bool): return bool ? "TRUE" : "FALSE"
    case .text(let text): return text
    case .error(let error): throw .error(error)
    }
  }

  /// As a condition: numbers are true unless 0, of texts only TRUE and FALSE are logical values.
  static func bool(_ value: Scalar) throws(Interruption) -> Bool {
    switch value {
    case .number(let number): return number != 0
    case .blank: return false
    case .bool(let bool): return bool
    case .text(let text):
      switch text.uppercased() {
      case "TRUE": return true
      case "FALSE": return false
      default: throw .error(.value)
      }
    case .error(let error): throw .error(error)
    }
  }

  /// As a count or a position: truncated, and only as far as an `Int` that any function could mean.
  static func integer(_ value: Scalar, _ system: DateSystem) throws(Interruption) -> Int {
    let number = try number(value, system).rounded(.down)
    guard number.magnitude <= 1e15 else { throw .error(.number) }
    return Int(number)
  }
}

/// The order of values in comparisons: numbers before text before logical values; an empty cell is what it is compared
/// with (0, "" or FALSE). Text is compared without regard to case, in the order of ``TextOrder``.
enum Comparison {
  static func order(_ a: Scalar, _ b: Scalar) throws(Interruption) -> Int {
    switch (a, b) {
    case (.error(let error), _), (_, .error(let error)): throw .error(error)
    case (.blank, .blank): return 0
    case (.blank, .number(let y)): return order(0, y)
    case (.number(let x), .blank): return order(x, 0)
    case (.blank, .text(let y)): return y.isEmpty ? 0 : -1
    case (.text(let x), .blank): return x.isEmpty ? 0 : 1
    case (.blank, .bool(let y)): return y ? -1 : 0
    case (.bool(let x), .blank): return x ? 1 : 0
    case (.number(let x), .number(let y)): return order(x, y)
    case (.text(let x), .text(let y)): return order(x, y)
    case (.bool(let x), .bool(let y)): return x == y ? 0 : x ? 1 : -1
    case (.number, _): return -1
    case (_, .number): return 1
    case (.text, _): return -1
    case (_, .text): return 1
    }
  }

  /// Numbers that differ only behind the 15th digit are equal, as they look: 0.1+0.2=0.3.
  static func order(_ a: Double, _ b: Double) -> Int {
    Arithmetic.difference(a, b) == 0 ? 0 : a < b ? -1 : 1
  }

  static func order(_ a: String, _ b: String) -> Int { TextOrder.compare(a, b) }

  /// Equality as lookups see it: never between types.
  static func areEqual(_ a: Scalar, _ b: Scalar) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): order(x, y) == 0
    case (.text(let x), .text(let y)): x == y || x.lowercased() == y.lowercased()
    case (.bool(let x), .bool(let y)): x == y
    default: false
    }
  }
}

enum Arithmetic {
  /// Below this part of the operands a difference is what binary fractions left over, and Excel makes it 0:
  /// four units in the last of the 53 bits. (1-0.999999999999999, 15 digits, is still more.)
  private static let cancellation = 0x1p-50

  static func sum(_ a: Double, _ b: Double) -> Double {
    let result = a + b
    return result.magnitude < max(a.magnitude, b.magnitude) * cancellation ? 0 : result
  }

  static func difference(_ a: Double, _ b: Double) -> Double { sum(a, -b) }

  static func apply(_ op: FormulaNode.BinaryOperator, _ a: Double, _ b: Double) -> Scalar {
    switch op {
    case .add: Scalar(checking: sum(a, b))
    case .subtract: Scalar(checking: difference(a, b))
    case .multiply: Scalar(checking: a * b)
    case .divide: b == 0 ? .error(.divisionByZero) : Scalar(checking: a / b)
    case .power: power(a, b)
    default: .error(.value)
    }
  }

  static func power(_ a: Double, _ b: Double) -> Scalar {
    if a == 0, b == 0 { return .error(.number) }
    if a == 0, b < 0 { return .error(.divisionByZero) }
    return Scalar(checking: FloatMath.power(a, b))
  }
}
