extension FunctionTable {
  static let dates: [String: FormulaFunction] = [
    "DATE": .scalars(3...3) { values, call in
      let numbers = try values.map { try Coercion.integer($0, call.dateSystem) }
      return try date(numbers[0], numbers[1], numbers[2], call.dateSystem)
    },
    "YEAR": dayPart(\.year), "MONTH": dayPart(\.month), "DAY": dayPart(\.day),
    "HOUR": timePart(\.hour), "MINUTE": timePart(\.minute), "SECOND": timePart(\.second),
    "TIME": .scalars(3...3) { values, call in
      let numbers = try values.map { try Coercion.number($0, call.dateSystem).rounded(.towardZero) }
      guard numbers.allSatisfy({ $0 <= 32_767 }) else { return .error(.number) }
      let seconds = numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
      return seconds < 0 ? .error(.number) : .number(seconds.truncatingRemainder(dividingBy: 86_400) / 86_400)
    },
    "TODAY": .operands(0...0) { .scalar(.number(try now($0, "TODAY").rounded(.down))) },
    "NOW": .operands(0...0) { .scalar(.number(try now($0, "NOW"))) },
    "DATEVALUE": .scalars(1...1) { values, call in
      guard case .text(let text) = values[0], let serial = DateText.parse(text, call.dateSystem) else {
        return .error(.value)
      }
      return .number(serial.rounded(.down))
    },
    "TIMEVALUE": .scalars(1...1) { values, call in
      guard case .text(let text) = values[0], let serial = DateText.parse(text, call.dateSystem) else {
        return .error(.value)
      }
      return .number(serial - serial.rounded(.down))
    },
    "WEEKDAY": .scalars(1...2) { values, call in
      let day = try daySerial(values[0], call)
      let type = values.count > 1 ? try Coercion.integer(values[1], call.dateSystem) : 1
      let sunday = weekday(day, call.dateSystem)
      switch type {
      case 1: return .number(Double(sunday + 1))
      case 2: return .number(Double((sunday + 6) % 7 + 1))
      case 3: return .number(Double((sunday + 6) % 7))
      case 11...17: return .number(Double((sunday + 17 - type) % 7 + 1))
      default: return .error(.number)
      }
    },
    "WEEKNUM": .analysis(1...2) { values, call in
      let day = try daySerial(.number(values[0]), call)
      let type = values.count > 1 ? try Coercion.integer(.number(values[1]), call.dateSystem) : 1
      if type == 21 { return isoWeek(day, call.dateSystem) }
      guard [1, 2].contains(type) || 11...17 ~= type else { return .error(.number) }
      let firstWeekday = type == 1 || type == 17 ? 0 : type == 2 ? 1 : type - 10
      let date = call.dateSystem.calendarDay(day)
      guard let newYear = call.dateSystem.daySerial(year: date.year, month: 1, day: 1) else {
        return .number(1)
      }
      let lead = (weekday(newYear, call.dateSystem) - firstWeekday + 7) % 7
      return .number(Double((day - newYear + lead) / 7 + 1))
    },
    "ISOWEEKNUM": .scalars(1...1) { values, call in isoWeek(try daySerial(values[0], call), call.dateSystem)
    },
  ]

  /// A whole day from a value that is or reads as a date.
  static func daySerial(_ value: Scalar, _ call: FunctionCall) throws -> Int {
    let number = try Coercion.number(value, call.dateSystem).rounded(.down)
    guard number >= 0, number < call.dateSystem.serialLimit else { throw Interruption.error(.number) }
    return Int(number)
  }

  /// 0 is Sunday. In the 1900 system Excel counts through the false leap day.
  static func weekday(_ day: Int, _ system: DateSystem) -> Int { (day + (system == .excel1900 ? 6 : 5)) % 7 }

  /// The day that a year, a month and a day give, months and days beyond their ends counted on: month 14 is February of
  /// the next year, day 0 the last of the month before. Years below 1900 count from 1900.
  static func date(_ year: Int, _ month: Int, _ day: Int, _ system: DateSystem) throws -> Scalar {
    guard (0...9999).contains(year), month.magnitude <= 120_000, day.magnitude <= 4_000_000 else {
      return .error(.number)
    }
    let first = system == .excel1900 ? 1900 : 1904
    let months = (year < first ? year + 1900 : year) * 12 + month - 1
    guard months >= 0,
      let start = system.daySerial(year: months / 12, month: months % 12 + 1, day: 1)
    else { return .error(.number) }
    let serial = start + day - 1
    return serial >= 0 && Double(serial) < system.serialLimit ? .number(Double(serial)) : .error(.number)
  }

  private static func dayPart(_ part: KeyPath<CalendarDateTime, Int> & Sendable) -> FormulaFunction {
    .scalars(1...1) { values, call in
      .number(Double(call.dateSystem.calendarDay(try daySerial(values[0], call))[keyPath: part]))
    }
  }

  private static func timePart(_ part: KeyPath<CalendarDateTime, Int> & Sendable) -> FormulaFunction {
    .scalars(1...1) { values, call in
      let number = try Coercion.number(values[0], call.dateSystem)
      // To the nearest second, so that 18:30:00 written as a fraction is not 18:29:59.
      guard number >= 0, number < call.dateSystem.serialLimit,
        let date = call.dateSystem.date(fromSerial: (number * 86_400).rounded() / 86_400)
      else { return .error(.number) }
      return .number(Double(date[keyPath: part]))
    }
  }

  private static func now(_ call: FunctionCall, _ function: String) throws -> Double {
    guard let now = call.evaluator.context.now else {
      throw Interruption.failure(.unsupported("\(function) without a date given"))
    }
    return now
  }

  private static func isoWeek(_ day: Int, _ system: DateSystem) -> Scalar {
    // The week belongs to the year of its Thursday.
    let thursday = day - (weekday(day, system) + 6) % 7 + 3
    guard thursday >= 0, Double(thursday) < system.serialLimit else { return .number(1) }
    let year = system.calendarDay(thursday).year
    guard let newYear = system.daySerial(year: year, month: 1, day: 1) else { return .number(1) }
    return .number(Double((thursday - newYear) / 7 + 1))
  }
}
