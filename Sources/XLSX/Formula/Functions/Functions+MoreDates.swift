/// Working days of weeks whose days off are told.
extension FunctionTable {
  static let moreDates: [String: FormulaFunction] = [
    "NETWORKDAYS.INTL": .operands(2...4) { call in
      let (start, end) = try (daySerial(call.scalar(0), call), daySerial(call.scalar(1), call))
      let week = try WorkWeek(call, 2)
      let holidays = try holidays(call, 3)
      try call.evaluator.charge(abs(end - start))
      let count = (min(start, end)...max(start, end)).count { week.isWorkday($0) && !holidays.contains($0) }
      return .scalar(.number(Double(start <= end ? count : -count)))
    },
    "WORKDAY.INTL": .operands(2...4) { call in
      let start = try daySerial(call.scalar(0), call)
      let count = try Int(call.number(1).rounded(.towardZero).clamped(to: -4e6...4e6))
      let week = try WorkWeek(call, 2)
      let holidays = try holidays(call, 3)
      guard week.hasWorkdays else { throw Interruption.error(.value) }
      return try workday(start, count, call) { week.isWorkday($0) && !holidays.contains($0) }
    },
  ]

  /// Which days of a week are worked on: a number of Excel's, or seven digits from Monday on, 1 for a day off.
  private struct WorkWeek {
    /// From Sunday on.
    private var isOff = [Bool](repeating: false, count: 7)
    private let system: DateSystem

    init(_ call: FunctionCall, _ index: Int) throws {
      system = call.dateSystem
      guard call.has(index) else {
        isOff[0] = true
        isOff[6] = true
        return
      }
      let value = try call.scalar(index)
      if case .text(let text) = value {
        guard text.utf8.count == 7,
          text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") })
        else { throw Interruption.error(.value) }
        for (day, digit) in text.utf8.enumerated() { isOff[(day + 1) % 7] = digit == UInt8(ascii: "1") }
        return
      }
      switch try Coercion.integer(value, call.dateSystem) {
      case let number where 1...7 ~= number:
        isOff[(number + 5) % 7] = true
        isOff[(number + 6) % 7] = true
      case let number where 11...17 ~= number: isOff[number - 11] = true
      default: throw Interruption.error(.number)
      }
    }

    var hasWorkdays: Bool { isOff.contains(false) }

    func isWorkday(_ day: Int) -> Bool { !isOff[weekday(day, system)] }
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
