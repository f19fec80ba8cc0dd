#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A day and time on its way into a cell, or out of one.
///
///     sheet["A2"] = .date(Date(), in: .gmt)
///     let due = sheet["A2"].date(in: .gmt)
///
/// Workbooks know no time zones: a cell shows the same day to everybody. So a `Date` needs one, both ways; it is GMT unless
/// another is named, never the zone of the machine, which would make the same program write other days elsewhere.
public struct CellDate: Hashable, Sendable {
  /// What the cell shows; `nil` for a cell that holds no date.
  public var calendar: CalendarDateTime?

  init(_ calendar: CalendarDateTime?) { self.calendar = calendar }

  /// The moment that a calendar in a time zone shows, to the millisecond.
  public static func date(_ date: Date, in timeZone: TimeZone = .gmt) -> CellDate {
    CellDate(CalendarDateTime(date, in: timeZone))
  }

  /// A day, and a time if it has one.
  public static func date(_ calendar: CalendarDateTime) -> CellDate { CellDate(calendar) }

  /// A day.
  public static func date(year: Int, month: Int, day: Int) -> CellDate {
    CellDate(CalendarDateTime(year: year, month: month, day: day))
  }

  /// The moment at which a clock in a time zone shows what the cell does; `nil` for a cell that holds no date, or a day that
  /// no calendar has (1900-02-29).
  public func date(in timeZone: TimeZone = .gmt) -> Date? { calendar?.date(in: timeZone) }
}

extension CalendarDateTime {
  /// What a clock in a time zone shows at a moment, to the millisecond.
  public init(_ date: Date, in timeZone: TimeZone) {
    // In whole milliseconds, so that no fraction is lost between days.
    let local = date.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: date))
    let bounded = Swift.max(-1e11, Swift.min(1e11, local.isFinite ? local : 0))
    let milliseconds = Int((bounded * 1000).rounded())
    let day = Int((Double(milliseconds) / 86_400_000).rounded(.down))
    let time = milliseconds - day * 86_400_000
    self = DateSystem.civil(fromDaysSince1970: day)
    hour = time / 3_600_000
    minute = time / 60_000 % 60
    second = time / 1000 % 60
    millisecond = time % 1000
  }

  /// The moment at which a clock in a time zone shows this; the later one where clocks are set back. `nil` for a day that no
  /// calendar has.
  public func date(in timeZone: TimeZone) -> Date? {
    guard 1...12 ~= month, day >= 1, day <= Self.days(inMonth: month, year: year) else { return nil }
    let days = DateSystem.daysSince1970(year: year, month: month, day: day)
    let time = Double(hour * 3600 + minute * 60 + second) + Double(millisecond) / 1000
    let local = Double(days) * 86_400 + time
    // The offset before the change of clocks may be another than the one after it.
    let guess = Date(timeIntervalSince1970: local - Double(timeZone.secondsFromGMT()))
    let near = Date(timeIntervalSince1970: local - Double(timeZone.secondsFromGMT(for: guess)))
    return Date(timeIntervalSince1970: local - Double(timeZone.secondsFromGMT(for: near)))
  }
}

extension Worksheet {
  /// The day and time of a cell. What is set gets the number format of a date, unless the cell has one already:
  ///
  ///     sheet["A2"] = .date(Date())
  ///
  /// A day that the workbook's ``DateSystem`` does not have (before 1900, after 9999) leaves the cell empty.
  ///
  /// - Complexity: As ``subscript(_:)-(CellReference)``.
  @_disfavoredOverload
  public subscript(reference: CellReference) -> CellDate {
    get { CellDate(date(at: reference)) }
    set { setDate(newValue.calendar, at: reference) }
  }

  func setDate(_ calendar: CalendarDateTime?, at reference: CellReference) {
    guard let calendar, let serial = workbook.dateSystem.serial(of: calendar) else {
      self[reference] = CellValue.empty
      return
    }
    self[reference] = CellValue.number(serial)
    if isDate(at: reference) { return }
    let format: NumberFormat = calendar.isMidnight ? .isoDate : "yyyy-mm-dd hh:mm:ss"
    changeStyle(for: CellRange(reference)) { $0.numberFormat = format }
  }
}
