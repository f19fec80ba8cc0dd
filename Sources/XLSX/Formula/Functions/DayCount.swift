/// How the time between two days counts in finance: basis 0 is 30/360 as in America, 1 the real days, 2 real days over 360, 3
/// over 365, 4 is 30/360 as in Europe.
struct DayCount {
  let basis: Int
  let system: DateSystem

  init(_ basis: Int, _ system: DateSystem) throws {
    guard 0...4 ~= basis else { throw Interruption.error(.number) }
    self.basis = basis
    self.system = system
  }

  /// Days from one day to a later one.
  func days(_ start: Int, _ end: Int) -> Double {
    switch basis {
    case 0, 4: Double(thirties(start, end))
    default: Double(end - start)
    }
  }

  /// Months of thirty days.
  func thirties(_ start: Int, _ end: Int) -> Int {
    let (a, b) = (system.calendarDay(start), system.calendarDay(end))
    var (first, last) = (a.day, b.day)
    if basis == 4 {
      (first, last) = (min(first, 30), min(last, 30))
    } else {
      let startsAtEnd = isEndOfFebruary(a)
      if startsAtEnd, isEndOfFebruary(b) { last = 30 }
      if startsAtEnd || first == 31 { first = 30 }
      if last == 31, first >= 30 { last = 30 }
    }
    return (b.year - a.year) * 360 + (b.month - a.month) * 30 + last - first
  }

  private func isEndOfFebruary(_ date: CalendarDateTime) -> Bool {
    date.month == 2 && date.day == CalendarDateTime.days(inMonth: 2, year: date.year)
  }

  /// The part of years between two days.
  func years(_ first: Int, _ second: Int) -> Double {
    let (start, end) = (min(first, second), max(first, second))
    switch basis {
    case 0, 4: return Double(thirties(start, end)) / 360
    case 2: return Double(end - start) / 360
    case 3: return Double(end - start) / 365
    default: return Double(end - start) / averageYear(start, end)
    }
  }

  /// The length of the years that two days span, as Excel takes its mean.
  private func averageYear(_ start: Int, _ end: Int) -> Double {
    let (a, b) = (system.calendarDay(start), system.calendarDay(end))
    func isLeap(_ year: Int) -> Bool { CalendarDateTime.days(inMonth: 2, year: year) == 29 }
    let isWithinAYear =
      a.year == b.year || (a.year + 1 == b.year && (a.month, a.day) >= (b.month, b.day))
    if isWithinAYear {
      if a.year == b.year { return isLeap(a.year) ? 366 : 365 }
      // A leap day in between makes the year long.
      let hasLeapDay =
        (isLeap(a.year) && (a.month, a.day) <= (2, 29)) || (isLeap(b.year) && (b.month, b.day) >= (2, 29))
      return hasLeapDay ? 366 : 365
    }
    let years = a.year...b.year
    let days = years.reduce(0) { $0 + (isLeap($1) ? 366 : 365) }
    return Double(days) / Double(years.count)
  }
}

/// The days on which a bond pays.
struct CouponDates {
  let previous: Int
  let next: Int
  /// Coupons from settlement to maturity.
  let count: Int
  let frequency: Int
  let counting: DayCount

  init(settlement: Int, maturity: Int, frequency: Int, _ counting: DayCount) throws {
    guard [1, 2, 4].contains(frequency), settlement < maturity else { throw Interruption.error(.number) }
    self.frequency = frequency
    self.counting = counting
    let system = counting.system
    let step = 12 / frequency
    let end = system.calendarDay(maturity)
    let endsMonth = end.day == CalendarDateTime.days(inMonth: end.month, year: end.year)
    /// The day a number of coupons before maturity.
    func day(_ coupons: Int) -> Int {
      let months = end.year * 12 + end.month - 1 - coupons * step
      let (year, month) = (months / 12, months % 12 + 1)
      let length = CalendarDateTime.days(inMonth: month, year: year)
      return system.daySerial(year: year, month: month, day: endsMonth ? length : min(end.day, length)) ?? 0
    }
    // From an estimate that is never too far back.
    var coupons = max(0, (maturity - settlement) / (step * 31) - 1)
    while day(coupons) > settlement, coupons < 40_000 { coupons += 1 }
    previous = day(coupons)
    next = day(coupons - 1)
    count = coupons
  }

  /// Days of the period that settlement falls in.
  var length: Double {
    switch counting.basis {
    case 1: Double(next - previous)
    case 3: 365 / Double(frequency)
    default: 360 / Double(frequency)
    }
  }

  func daysBefore(_ settlement: Int) -> Double { counting.days(previous, settlement) }

  func daysAfter(_ settlement: Int) -> Double {
    switch counting.basis {
    case 0, 4: length - daysBefore(settlement)
    default: Double(next - settlement)
    }
  }
}
