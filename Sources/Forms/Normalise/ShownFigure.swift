import Foundation

/// Numbers that their format shows as something else: `3-5` that a program made a day of, 0.12 that stands there as 12 %.
enum ShownFigure {
  /// How far from the year of the task a day may lie that somebody meant as one.
  private static let years = 5

  /// Reads a number by what is seen of it; `nil` where it is seen as a number.
  ///
  /// - Parameter year: The year of the task; `nil` where no reader is told.
  static func read(_ number: Decimal, shownAs: ShownAs, measure: Measure, year: Int?) -> FigureReading? {
    let text = shownAs.text(of: number).trimmedOfInvisible
    // Too narrow a column, or a day before the first: that is no matter of what was meant.
    if text.isEmpty || text.allSatisfy({ $0 == "#" }) { return nil }
    switch shownAs.kind {
    case .date:
      guard let year, let date = date(number), abs(date.year - year) <= years else {
        return FigureReading(.figure(number), notes: [.shownAs(text)])
      }
      return FigureReading(
        .unreadable, notes: [.notAFigure(shown: text, candidates: candidates(of: date))])
    case .percent:
      if number == 0 || measure.isShare { return nil }
      let candidates = [number * 100, number].filter {
        measure.decimals > 0 || ($0.isWhole && abs($0) >= 1)
      }
      return FigureReading(.unreadable, notes: [.notAFigure(shown: text, candidates: candidates)])
    }
  }

  /// The day of a serial number of the 1900 date system.
  private static func date(_ serial: Decimal) -> CalendarDate? {
    guard serial >= 0, serial < 2_958_466, let day = Int(exactly: serial.rounded(0, .down).whole ?? -1) else {
      return nil
    }
    return CalendarDate(dayNumber: day - 25_569)
  }

  /// What was typed: 3-5 is 3, 5 or 35.
  static func candidates(of date: CalendarDate) -> [Decimal] {
    var result: [Decimal] = []
    for value in [date.month, date.day, date.month * (date.day < 10 ? 10 : 100) + date.day]
    where !result.contains(Decimal(value)) {
      result.append(Decimal(value))
    }
    return result
  }
}

extension Measure {
  /// Whether figures are shares of something, which are rightly written with a percent sign.
  var isShare: Bool {
    ([unit] + unitAliases).contains {
      $0.contains("%") || $0.contains("％") || $0.contains("百分") || $0.contains("‰")
    }
  }
}
