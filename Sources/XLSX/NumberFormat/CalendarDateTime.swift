/// A moment on the calendar as a cell shows it: no time zone, no era, proleptic Gregorian.
///
/// Two values exist that no calendar has, because Excel has them: 1900-02-29 (serial 60), and 1900-01-00 (serial 0), the
/// day of a cell that holds only a time.
public struct CalendarDateTime: Hashable, Sendable {
  /// The year of the Gregorian calendar.
  public var year: Int
  /// 1…12.
  public var month: Int
  /// 1…31; 0 only for serials below 1 of the 1900 system.
  public var day: Int
  /// 0 to 23.
  public var hour: Int
  /// 0 to 59.
  public var minute: Int
  /// 0 to 59.
  public var second: Int
  /// 0 to 999.
  public var millisecond: Int

  /// A day and a time, without a time zone.
  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
  }

  /// Whether the time is midnight.
  public var isMidnight: Bool { hour == 0 && minute == 0 && second == 0 && millisecond == 0 }

  /// ISO 8601, as short as the value allows: `2024-11-18`, `2024-11-18T09:30:00`, `2024-11-18T09:30:00.250`; a time
  /// without a day (serial below 1) is `09:30:00`.
  public var iso8601: String {
    let time =
      Self.padded(hour, 2) + ":" + Self.padded(minute, 2) + ":" + Self.padded(second, 2)
      + (millisecond == 0 ? "" : "." + Self.padded(millisecond, 3))
    if day == 0 { return time }
    let date = Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
    return isMidnight ? date : date + "T" + time
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return digits.count < width ? String(repeating: "0", count: width - digits.count) + digits : digits
  }
}

extension CalendarDateTime {
  /// Reads the ISO 8601 forms that a cell of type `d` can hold (ECMA-376 Part 1, 18.18.11): a date, a date with a time,
  /// or a time. A zone is accepted and ignored, since a cell has none. `nil` for anything else.
  public init?(iso8601 text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }

    func number(_ digits: Int) -> Int? {
      guard bytes.count >= digits else { return nil }
      var value = 0
      for byte in bytes.prefix(digits) {
        guard FormulaLexer.isDigit(byte) else { return nil }
        value = value * 10 + Int(byte &- UInt8(ascii: "0"))
      }
      bytes.removeFirst(digits)
      return value
    }
    func take(_ scalar: Unicode.Scalar) -> Bool {
      guard bytes.first == UInt8(ascii: scalar) else { return false }
      bytes.removeFirst()
      return true
    }

    self.init(year: 1900, month: 1, day: 0)
    let hasDate = bytes.count >= 8 && bytes.dropFirst(4).first == UInt8(ascii: "-")
    if hasDate {
      guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
        1...12 ~= month, day >= 1,
        day <= Self.days(inMonth: month, year: year) || (year, month, day) == (1900, 2, 29)
      else { return nil }
      (self.year, self.month, self.day) = (year, month, day)
      if bytes.isEmpty { return }
      guard take("T") || take("t") || take(" ") else { return nil }
    } else {
      _ = take("T")
    }
    guard let hour = number(2), take(":"), let minute = number(2), hour < 24, minute < 60 else { return nil }
    (self.hour, self.minute) = (hour, minute)
    if take(":") {
      guard let second = number(2), second < 60 else { return nil }
      self.second = second
      if take(".") || take(",") {
        var scale = 100
        guard bytes.first.map(FormulaLexer.isDigit) == true else { return nil }
        while let digit = bytes.first, FormulaLexer.isDigit(digit) {
          millisecond += Int(digit &- UInt8(ascii: "0")) * scale
          scale /= 10
          bytes.removeFirst()
        }
      }
    }
    if !take("Z"), !take("z"), take("+") || take("-") {
      guard number(2) != nil else { return nil }
      _ = take(":")
      if !bytes.isEmpty, number(2) == nil { return nil }
    }
    if !bytes.isEmpty { return nil }
  }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func days(inMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
