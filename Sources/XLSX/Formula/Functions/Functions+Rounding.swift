extension FunctionTable {
  static let rounding: [String: FormulaFunction] = [
    "ROUND": .numbers(2...2) { .number(rounded($0[0], $0[1], .nearest)) },
    "ROUNDUP": .numbers(2...2) { .number(rounded($0[0], $0[1], .awayFromZero)) },
    "ROUNDDOWN": .numbers(2...2) { .number(rounded($0[0], $0[1], .towardZero)) },
    "TRUNC": .scalars(1...2) { values, call in
      let numbers = try values.map { try Coercion.number($0, call.dateSystem) }
      return .number(rounded(numbers[0], numbers.count > 1 ? numbers[1] : 0, .towardZero))
    },
    "INT": .numbers(1...1) { .number($0[0].rounded(.down)) },
    "CEILING": .numbers(2...2) { values in
      values[0] > 0 && values[1] < 0 ? .error(.number) : multiple(values[0], values[1], .up)
    },
    "FLOOR": .numbers(2...2) { values in
      if values[0] > 0, values[1] < 0 { return .error(.number) }
      if values[1] == 0 { return values[0] == 0 ? .number(0) : .error(.divisionByZero) }
      return multiple(values[0], values[1], .down)
    },
    "CEILING.MATH": .numbers(1...3) { mathMultiple($0, .up, .down) },
    "CEILING.PRECISE": .numbers(1...2) { mathMultiple($0, .up, .up) },
    "ISO.CEILING": .numbers(1...2) { mathMultiple($0, .up, .up) },
    "FLOOR.MATH": .numbers(1...3) { mathMultiple($0, .down, .up) },
    "FLOOR.PRECISE": .numbers(1...2) { mathMultiple($0, .down, .down) },
    "MROUND": .numbers(2...2) { values in
      if values[0] * values[1] < 0 { return .error(.number) }
      return values[1] == 0 ? .number(0) : multiple(values[0], values[1], .toNearestOrAwayFromZero)
    },
    "EVEN": .numbers(1...1) { multiple($0[0], $0[0] < 0 ? -2 : 2, .up) },
    "ODD": .numbers(1...1) { values in
      let magnitude = values[0].magnitude.rounded(.up)
      let odd = magnitude.truncatingRemainder(dividingBy: 2) == 1 ? magnitude : magnitude + 1
      return .number(values[0] < 0 ? -odd : odd)
    },
  ]

  enum Direction { case nearest, awayFromZero, towardZero }

  /// Rounds to a number of decimal places, which can be negative. Like Excel, on the 15 digits that a number shows:
  /// 1.005 to two places is 1.01.
  static func rounded(_ value: Double, _ places: Double, _ direction: Direction) -> Double {
    let places = Int(max(-400, min(400, places.rounded(.towardZero))))
    let digits = DecimalDigits(value)
    // All 15 digits are kept: so are the bits behind them.
    guard !digits.isZero, digits.point + places < DecimalDigits.significantDigits else { return value }
    let result: DecimalDigits
    switch direction {
    case .nearest: result = digits.rounded(toFractionDigits: places)
    case .towardZero: result = digits.truncated(toFractionDigits: places)
    case .awayFromZero:
      let truncated = digits.truncated(toFractionDigits: places)
      result = truncated == digits ? digits : truncated.steppedAwayFromZero(atFractionDigit: places)
    }
    return result.value
  }

  private enum MultipleDirection { case up, down, toNearestOrAwayFromZero }

  /// The multiple of a step next to a number. With a negative step both are negative, and up is away from zero.
  private static func multiple(_ value: Double, _ step: Double, _ direction: MultipleDirection) -> Scalar {
    if step == 0 || value == 0 { return .number(0) }
    // 0.3/0.1 is a hair more than 3: the quotient counts as it shows.
    let quotient = DecimalDigits(value / step).value
    let count =
      switch direction {
      case .up: quotient.rounded(.up)
      case .down: quotient.rounded(.down)
      case .toNearestOrAwayFromZero: quotient.rounded(.toNearestOrAwayFromZero)
      }
    return Scalar(checking: DecimalDigits(count * step).value)
  }

  /// `CEILING.MATH` and its kin: the sign of the step does not matter; a third argument turns the direction round for
  /// negative numbers.
  private static func mathMultiple(
    _ values: [Double], _ direction: MultipleDirection, _ negativeDirection: MultipleDirection
  ) -> Scalar {
    let step = values.count > 1 ? values[1].magnitude : 1
    let turns = values[0] < 0 && values.count > 2 && values[2] != 0
    return multiple(values[0], step, turns ? negativeDirection : direction)
  }
}
