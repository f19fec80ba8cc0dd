/// `AGGREGATE`: one of nineteen functions over what is not hidden, no error, or no other total.
extension FunctionTable {
  static let aggregates: [String: FormulaFunction] = [
    "AGGREGATE": .operands(3...254) { call in
      let (function, options) = try (call.integer(0), call.integer(1))
      guard 1...19 ~= function, 0...7 ~= options else { throw Interruption.error(.value) }
      let skips = Skips(options)
      guard function >= 14 else {
        var numbers: [Double] = []
        var count = 0
        for index in 2..<call.count {
          try collect(call, index, skips, countsErrors: function == 3) { value in
            if case .number(let number) = value { numbers.append(number) }
            if !value.isBlank { count += 1 }
          }
        }
        return .scalar(try aggregate(function, numbers, count))
      }
      var numbers: [Double] = []
      try collect(call, 2, skips, countsErrors: false) { value in
        if case .number(let number) = value { numbers.append(number) }
      }
      numbers.sort()
      guard call.count == 4 else { throw Interruption.error(.value) }
      let place = try call.number(3)
      return .scalar(try ranked(function, numbers, place))
    }
  ]

  private struct Skips {
    var totals: Bool
    var hidden: Bool
    var errors: Bool

    init(_ options: Int) {
      totals = options < 4
      hidden = options & 1 != 0
      errors = options & 2 != 0
    }
  }

  private static func collect(
    _ call: FunctionCall, _ index: Int, _ skips: Skips, countsErrors: Bool, _ body: (Scalar) -> Void
  ) throws {
    func take(_ value: Scalar) throws {
      if let error = value.error {
        if skips.errors { return }
        if !countsErrors { throw Interruption.error(error) }
      }
      body(value)
    }
    guard case .areas(let areas) = try call.arrayOperand(index) else {
      for value in try call.matrix(index).values { try take(value) }
      return
    }
    let context = call.evaluator.context
    for area in areas {
      try call.evaluator.forEachCell(in: call.evaluator.clipped(area), sheet: area.sheet) { cell, value in
        if skips.hidden, try context.isRowHidden(cell.row, sheet: area.sheet).hidden { return }
        if skips.totals, let formula = value.formula?.text.uppercased(),
          formula.contains("SUBTOTAL(") || formula.contains("AGGREGATE(")
        {
          return
        }
        try take(call.evaluator.precedent(CellAddress(sheet: area.sheet, cell: cell), holding: value))
      }
    }
  }

  /// - Parameter numbers: Sorted.
  private static func ranked(_ function: Int, _ numbers: [Double], _ place: Double) throws -> Scalar {
    guard !numbers.isEmpty else { return .error(.number) }
    switch function {
    case 14, 15:
      let place = place.rounded(.up)
      guard place >= 1, place <= Double(numbers.count) else { return .error(.number) }
      return .number(numbers[function == 15 ? Int(place) - 1 : numbers.count - Int(place)])
    case 16, 17:
      let share = function == 17 ? place.rounded(.towardZero) / 4 : place
      return 0...1 ~= share ? try percentile(numbers, share) : .error(.number)
    default:
      return try exclusivePercentile(numbers, function == 19 ? place.rounded(.towardZero) / 4 : place)
    }
  }
}
