extension FunctionTable {
  static let dateArithmetic: [String: FormulaFunction] = [
    "EDATE": .analysis(2...2) { values, call in
      let date = try movedMonth(values, call)
      let day = min(date.day, CalendarDateTime.days(inMonth: date.month, year: date.year))
      return try FunctionTable.date(date.year, date.month, day, call.dateSystem)
    },
    "EOMONTH": .analysis(2...2) { values, call in
      let date = try movedMonth(values, call)
      return try FunctionTable.date(
        date.year, date.month, CalendarDateTime.days(inMonth: date.month, year: date.year), call.dateSystem)
    },
    "DAYS": .scalars(2...2) { values, call in
      .number(Double(try daySerial(values[0], call) - daySerial(values[1], call)))
    },
    "DAYS360": .scalars(2...3) { values, call in
      let start = call.dateSystem.calendarDay(try daySerial(values[0], call))
      let end = call.dateSystem.calendarDay(try daySerial(values[1], call))
      let isEuropean = values.count > 2 ? try Coercion.bool(values[2]) : false
      return .number(Double(days360(start, end, isEuropean: isEuropean)))
    },
    "DATEDIF": .scalars(3...3) { values, call in
      let (start, end) = try (daySerial(values[0], call), daySerial(values[1], call))
      guard start <= end else { return .error(.number) }
      return try difference(start, end, Coercion.text(values[2]).uppercased(), call.dateSystem)
    },
    "WORKDAY": .operands(2...3) { call in
      let start = try analysisDay(call, 0)
      let count = try Coercion.integer(
        .number(Coercion.analysisNumber(call.scalar(1), call.dateSystem)), call.dateSystem)
      guard count.magnitude < 3_000_000 else { throw Interruption.error(.number) }
      let holidays = try holidays(call, 2)
      return try workday(start, count, call) { isWorkday($0, holidays, call.dateSystem) }
    },
    "NETWORKDAYS": .operands(2...3) { call in
      let (start, end) = try (analysisDay(call, 0), analysisDay(call, 1))
      let holidays = try holidays(call, 2)
      try call.evaluator.charge(abs(end - start))
      let count = (min(start, end)...max(start, end)).count { isWorkday($0, holidays, call.dateSystem) }
      return .scalar(.number(Double(start <= end ? count : -count)))
    },
  ]

  private static func analysisDay(_ call: FunctionCall, _ index: Int) throws -> Int {
    try daySerial(.number(Coercion.analysisNumber(call.scalar(index), call.dateSystem)), call)
  }

  private static func movedMonth(_ values: [Double], _ call: FunctionCall) throws -> CalendarDateTime {
    var date = call.dateSystem.calendarDay(try daySerial(.number(values[0]), call))
    let months = values[1].rounded(.towardZero)
    guard months.magnitude < 120_000 else { throw Interruption.error(.number) }
    let total = date.year * 12 + date.month - 1 + Int(months)
    guard 1900 * 12..<10_000 * 12 ~= total else { throw Interruption.error(.number) }
    (date.year, date.month) = (total / 12, total % 12 + 1)
    return date
  }

  /// Years of twelve months of thirty days, by the American method unless the European one is asked for.
  private static func days360(_ start: CalendarDateTime, _ end: CalendarDateTime, isEuropean: Bool) -> Int {
    var (first, last) = (start.day, end.day)
    var (lastMonth, lastYear) = (end.month, end.year)
    if isEuropean {
      (first, last) = (min(first, 30), min(last, 30))
    } else {
      if first == CalendarDateTime.days(inMonth: start.month, year: start.year) { first = 30 }
      if last == CalendarDateTime.days(inMonth: end.month, year: end.year), last == 31 {
        if first < 30 {
          last = 1
          lastMonth += 1
          if lastMonth == 13 { (lastMonth, lastYear) = (1, lastYear + 1) }
        } else {
          last = 30
        }
      }
    }
    return (lastYear - start.year) * 360 + (lastMonth - start.month) * 30 + last - first
  }

  private static func difference(_ start: Int, _ end: Int, _ unit: String, _ system: DateSystem) throws
    -> Scalar
  {
    let (a, b) = (system.calendarDay(start), system.calendarDay(end))
    let months = (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0)
    switch unit {
    case "D": return .number(Double(end - start))
    case "M": return .number(Double(months))
    case "Y": return .number(Double(months / 12))
    case "YM": return .number(Double(months % 12))
    case "MD":
      if b.day >= a.day { return .number(Double(b.day - a.day)) }
      let (year, month) = b.month == 1 ? (b.year - 1, 12) : (b.year, b.month - 1)
      return .number(Double(CalendarDateTime.days(inMonth: month, year: year) - a.day + b.day))
    case "YD":
      let passes = (b.month, b.day) >= (a.month, a.day)
      guard case .number(let anniversary) = try date(passes ? b.year : b.year - 1, a.month, a.day, system)
      else {
        return .error(.number)
      }
      return .number(Double(end) - anniversary)
    default: return .error(.number)
    }
  }

  static func holidays(_ call: FunctionCall, _ index: Int) throws -> Set<Int> {
    guard call.has(index) else { return [] }
    var days: Set<Int> = []
    for value in try call.matrix(index).values where !value.isBlank {
      days.insert(try daySerial(value, call))
    }
    return days
  }

  /// So many days that are worked on after or before a day.
  static func workday(_ start: Int, _ count: Int, _ call: FunctionCall, _ isWorkday: (Int) -> Bool) throws
    -> Operand
  {
    var day = start
    var left = count.magnitude
    while left > 0 {
      day += count > 0 ? 1 : -1
      try call.evaluator.charge(1)
      guard day >= 0, Double(day) < call.dateSystem.serialLimit else { throw Interruption.error(.number) }
      if isWorkday(day) { left -= 1 }
    }
    return .scalar(.number(Double(day)))
  }

  private static func isWorkday(_ day: Int, _ holidays: Set<Int>, _ system: DateSystem) -> Bool {
    1...5 ~= weekday(day, system) && !holidays.contains(day)
  }
}
