/// Writes one serial number by one section of a format that shows dates or times.
struct DateRenderer {
  let section: FormatSection
  let dateSystem: DateSystem

  func text(for serial: Double, hidesSign: Bool) -> String {
    // Only the 1904 system has negative dates and times; the 1900 system shows them as ####.
    if serial < 0, dateSystem == .excel1900 { return CompiledNumberFormat.overflow }
    guard let moment = Moment(serial.magnitude, secondDigits: section.secondDigits, dateSystem: dateSystem)
    else {
      return CompiledNumberFormat.overflow
    }
    let twelveHours = section.tokens.contains { if case .date(.halfDay) = $0 { true } else { false } }
    var text = serial < 0 && !hidesSign ? "-" : ""
    for token in section.tokens {
      switch token {
      case .literal(let literal): text += literal
      case .date(let part): text += self.text(of: part, moment, twelveHours: twelveHours)
      case .digit: text += "0"
      case .fixedDigit(let digit): text += String(digit)
      case .slash: text += "/"
      case .comma: text += ","
      case .point: text += "."
      case .percent: text += "%"
      case .general, .text: text += GeneralFormat.cellText(for: serial)
      case .exponent(let letter, _): text += letter
      }
    }
    return text
  }

  /// A serial taken apart, rounded to what the section shows.
  private struct Moment {
    var date: CalendarDateTime
    /// Seconds since day 0.
    var elapsedSeconds: Int
    var dayNumber: Int

    /// A section that shows times rounds to its last digit, so that 23:59:59.9 becomes midnight of the next day; one
    /// that shows only a date does not.
    init?(_ serial: Double, secondDigits: Int?, dateSystem: DateSystem) {
      guard serial < dateSystem.serialLimit else { return nil }
      var unit = 1.0
      for _ in 0..<(secondDigits ?? 3) { unit *= 10 }
      var day = serial.rounded(.down)
      var ticks = ((serial - day) * 86_400 * unit).rounded()
      if ticks >= 86_400 * unit {
        day += 1
        ticks = 0
        if day >= dateSystem.serialLimit { return nil }
      }
      let milliseconds = Int(ticks * (1000 / unit))
      dayNumber = Int(day)
      date = dateSystem.calendarDay(dayNumber)
      date.hour = milliseconds / 3_600_000
      date.minute = milliseconds / 60_000 % 60
      date.second = milliseconds / 1000 % 60
      date.millisecond = milliseconds % 1000
      elapsedSeconds = dayNumber * 86_400 + milliseconds / 1000
    }
  }

  private func text(of part: FormatSection.DatePart, _ moment: Moment, twelveHours: Bool) -> String {
    let date = moment.date
    switch part {
    case .year(let width):
      return section.numerals.digitByDigit(
        CalendarDateTime.padded(width == 2 ? date.year % 100 : date.year, width))
    case .buddhistYear(let width):
      if width == 0 { return "" }
      let year = date.year + 543
      return section.numerals.digitByDigit(CalendarDateTime.padded(width == 2 ? year % 100 : year, width))
    case .month(let width) where width >= 3:
      return names.month(date.month, width: width)
    case .month(let width): return number(date.month, width)
    case .day(let width) where width >= 3:
      return names.weekday(weekday(moment), isShort: width == 3)
    case .day(let width): return number(date.day, width)
    case .weekday(let width):
      let name = DateNames.chineseDays[weekday(moment)]
      return width >= 4 ? "星期" + name : name
    case .hour(let width):
      let hour = twelveHours ? (date.hour + 11) % 12 + 1 : date.hour
      // In a span of time, hours beside [h] are all the hours.
      return number(hasElapsed(\.isElapsedHours) ? moment.elapsedSeconds / 3600 : hour, width)
    case .minute(let width):
      return number(hasElapsed(\.isElapsedMinutes) ? moment.elapsedSeconds / 60 : date.minute, width)
    case .second(let width):
      return number(hasElapsed(\.isElapsedSeconds) ? moment.elapsedSeconds : date.second, width)
    case .fraction(let width):
      let digits = CalendarDateTime.padded(date.millisecond, 3)
      let shown =
        width <= 3 ? String(digits.prefix(width)) : digits + String(repeating: "0", count: width - 3)
      return "." + section.numerals.digitByDigit(shown)
    case .elapsedHours(let width): return number(moment.elapsedSeconds / 3600, width)
    case .elapsedMinutes(let width): return number(moment.elapsedSeconds / 60, width)
    case .elapsedSeconds(let width): return number(moment.elapsedSeconds, width)
    case .halfDay(let am, let pm):
      if am == "AM", names == .chinese { return date.hour < 12 ? "上午" : "下午" }
      return date.hour < 12 ? am : pm
    }
  }

  private func number(_ value: Int, _ width: Int) -> String {
    let text = CalendarDateTime.padded(value, width)
    switch section.numerals {
    case .none: return text
    case .fullWidth: return section.numerals.digitByDigit(text)
    case .lower, .upper:
      let words = section.numerals.positional(String(value), shortTen: true)
      // `mm` keeps its leading zero: 〇四.
      return width > 1 && value > 0 && value < 10 ? String(section.numerals.digits[0]) + words : words
    }
  }

  private func hasElapsed(_ test: KeyPath<FormatSection.DatePart, Bool>) -> Bool {
    section.tokens.contains { if case .date(let part) = $0 { part[keyPath: test] } else { false } }
  }

  /// 0 is Sunday. Excel counts weekdays through its false leap day: 1900-01-01 is a Sunday to it.
  private func weekday(_ moment: Moment) -> Int {
    dateSystem == .excel1900 ? (moment.dayNumber + 6) % 7 : (moment.dayNumber + 5) % 7
  }

  private var names: DateNames {
    // Primary language 4 is Chinese: 0804, 0404, 0C04, 1004 and 7804.
    section.language & 0x3FF == 0x04 ? .chinese : .english
  }
}

extension FormatSection.DatePart {
  fileprivate var isElapsedHours: Bool { if case .elapsedHours = self { true } else { false } }
  fileprivate var isElapsedMinutes: Bool { if case .elapsedMinutes = self { true } else { false } }
  fileprivate var isElapsedSeconds: Bool { if case .elapsedSeconds = self { true } else { false } }
}

/// The names of months and days in the languages that are built in.
enum DateNames: Sendable {
  case english, chinese

  static let chineseDays = ["日", "一", "二", "三", "四", "五", "六"]
  private static let englishDays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]
  private static let chineseMonths = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]

  /// - Parameter width: 3 is short, 4 is long, 5 the first letter.
  func month(_ month: Int, width: Int) -> String {
    guard 1...12 ~= month else { return "" }
    switch self {
    case .english:
      let name = Self.englishMonths[month - 1]
      return width == 3 ? String(name.prefix(3)) : width == 4 ? name : String(name.prefix(1))
    case .chinese:
      let name = Self.chineseMonths[month - 1]
      return width == 3 ? "\(month)月" : width == 4 ? name + "月" : String(name.prefix(1))
    }
  }

  /// - Parameter weekday: 0 is Sunday.
  func weekday(_ weekday: Int, isShort: Bool) -> String {
    guard 0...6 ~= weekday else { return "" }
    switch self {
    case .english: return isShort ? String(Self.englishDays[weekday].prefix(3)) : Self.englishDays[weekday]
    case .chinese: return (isShort ? "周" : "星期") + Self.chineseDays[weekday]
    }
  }
}
