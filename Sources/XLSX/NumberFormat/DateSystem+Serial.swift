extension DateSystem {
  /// The first serial that is no date any more: the day after 9999-12-31.
  public var serialLimit: Double { self == .excel1900 ? 2_958_466 : 2_957_004 }

  /// The date and time of a serial number, to the nearest millisecond.
  ///
  /// In the 1900 system serial 60 is the 29 February 1900 that never was, and serials below 1 are times on "1900-01-00".
  ///
  /// - Returns: `nil` for what Excel shows as `####`: negative serials and those after 9999-12-31.
  public func date(fromSerial serial: Double) -> CalendarDateTime? {
    guard serial >= 0, serial < serialLimit else { return nil }
    var day = Int(serial)
    var milliseconds = Int(((serial - Double(day)) * 86_400_000).rounded())
    if milliseconds >= 86_400_000 {
      day += 1
      milliseconds = 0
      if Double(day) >= serialLimit { return nil }
    }
    var date = calendarDay(day)
    date.hour = milliseconds / 3_600_000
    date.minute = milliseconds / 60_000 % 60
    date.second = milliseconds / 1000 % 60
    date.millisecond = milliseconds % 1000
    return date
  }

  /// The serial number of a date and time.
  ///
  /// - Returns: `nil` if there is no such day, or the system has no serial for it (before its first day).
  public func serial(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
  ) -> Double? {
    serial(
      of: CalendarDateTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second,
        millisecond: millisecond))
  }

  /// The serial number of a date and time; `nil` as for ``serial(year:month:day:hour:minute:second:millisecond:)``.
  public func serial(of date: CalendarDateTime) -> Double? {
    guard 0..<24 ~= date.hour, 0..<60 ~= date.minute, 0..<60 ~= date.second, 0..<1000 ~= date.millisecond,
      let day = daySerial(year: date.year, month: date.month, day: date.day)
    else { return nil }
    let seconds = date.hour * 3600 + date.minute * 60 + date.second
    // One division, so that times such as 18:00 are exact fractions where a Double has them.
    return Double(day) + (Double(seconds) * 1000 + Double(date.millisecond)) / 86_400_000
  }

  /// The serial number of an ISO 8601 date, date and time, or time: what a cell of type `d` holds.
  public func serial(fromISO8601 text: some StringProtocol) -> Double? {
    guard let date = CalendarDateTime(iso8601: text) else { return nil }
    if date.day == 0, self == .excel1904 {
      return (Double(date.hour * 3600 + date.minute * 60 + date.second) * 1000 + Double(date.millisecond))
        / 86_400_000
    }
    return serial(of: date)
  }

  /// The whole-day serial of a calendar day, `nil` if there is none.
  func daySerial(year: Int, month: Int, day: Int) -> Int? {
    guard 1...12 ~= month, 1900...9999 ~= year else { return nil }
    if self == .excel1900 {
      if (year, month, day) == (1900, 2, 29) { return 60 }
      if (year, month, day) == (1900, 1, 0) { return 0 }
    }
    guard day >= 1, day <= CalendarDateTime.days(inMonth: month, year: year) else { return nil }
    let days = Self.daysSince1970(year: year, month: month, day: day)
    switch self {
    case .excel1900:
      let serial = days - Self.origin1900
      return serial < 61 ? serial - 1 : serial
    case .excel1904:
      let serial = days - Self.origin1904
      return serial < 0 ? nil : serial
    }
  }

  /// The calendar day of a whole-day serial within ``serialLimit``.
  func calendarDay(_ serial: Int) -> CalendarDateTime {
    switch self {
    case .excel1904: return Self.civil(fromDaysSince1970: serial + Self.origin1904)
    case .excel1900 where serial == 0: return CalendarDateTime(year: 1900, month: 1, day: 0)
    case .excel1900 where serial == 60: return CalendarDateTime(year: 1900, month: 2, day: 29)
    case .excel1900: return Self.civil(fromDaysSince1970: serial + Self.origin1900 + (serial < 60 ? 1 : 0))
    }
  }

  /// 1899-12-30, which makes serials from 61 on right.
  private static let origin1900 = -25_569
  /// 1904-01-01.
  private static let origin1904 = -24_107

  /// Days from 1970-01-01, counted in eras of 400 years that start on 1 March (H. Hinnant, "chrono-compatible low-level
  /// date algorithms").
  static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func civil(fromDaysSince1970 days: Int) -> CalendarDateTime {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return CalendarDateTime(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }
}
