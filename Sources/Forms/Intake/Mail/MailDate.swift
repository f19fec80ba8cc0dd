/// When a message was sent or received (RFC 5322, 3.3).
struct MailDate: Hashable, Comparable, Sendable, Codable {
  /// Seconds since 1970-01-01 UTC.
  let seconds: Int

  /// Reads `Wed, 20 Nov 2024 16:03:11 +0800 (CST)`, also behind the last semicolon of a `Received` field.
  init?(_ text: String) {
    let last = text.split(separator: ";").last ?? text[...]
    var words = last.split { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" }.map(String.init)
    words = Self.rearranged(words)
    if let first = words.first, Int(first) == nil { words.removeFirst() }
    guard words.count >= 4, let day = Int(words[0]),
      let month = Self.months.firstIndex(of: words[1].lowercased().prefix(3).description),
      var year = Int(words[2])
    else { return nil }
    if 0..<50 ~= year { year += 2000 } else if 50..<100 ~= year { year += 1900 }
    let clock = words[3].split(separator: ":").map { Int($0) ?? -1 }
    guard let date = CalendarDate(year: year, month: month + 1, day: day), clock.count >= 2,
      0..<24 ~= clock[0], 0..<60 ~= clock[1], clock.count == 2 || 0...60 ~= clock[2]
    else { return nil }
    let time = clock[0] * 3600 + clock[1] * 60 + (clock.count > 2 ? min(clock[2], 59) : 0)
    seconds = date.dayNumber * 86_400 + time - Self.offset(words.count > 4 ? words[4] : "")
  }

  /// What scripts and old programs write in place of it, put in its order: `2024-11-18 09:00:00`, `2024年11月18日 09:00`,
  /// `18-Nov-2024 09:00:00`, `Mon Nov 18 09:00:00 2024`.
  private static func rearranged(_ words: [String]) -> [String] {
    guard let first = words.first else { return words }
    let parts = first.split { "-/年月日T".contains($0) }.map(String.init)
    if parts.count >= 3, let year = Int(parts[0]), year > 1900, let month = Int(parts[1]), 1...12 ~= month {
      return [parts[2], months[month - 1], parts[0]] + parts.dropFirst(3) + words.dropFirst()
    }
    if parts.count == 3, Int(parts[0]) != nil, Int(parts[1]) == nil { return parts + words.dropFirst() }
    if words.count >= 5, Int(first) == nil, months.contains(words[1].lowercased()), Int(words[2]) != nil,
      let year = words.last,
      words[3].contains(":")
    {
      // A zone may stand before the year.
      let zone = words.count > 5 ? [words[4]] : []
      return [words[2], words[1], year, words[3]] + zone
    }
    return words
  }

  /// From a number of 100-nanosecond intervals since 1601-01-01 UTC, as Outlook stores times.
  init?(fileTime: UInt64) {
    let seconds = fileTime / 10_000_000
    guard seconds > 11_644_473_600, seconds < 300_000_000_000 else { return nil }
    self.seconds = Int(seconds) - 11_644_473_600
  }

  /// The day in China, where there is one time zone, eight hours before UTC all the year.
  var day: CalendarDate? { CalendarDate(dayNumber: (seconds + 8 * 3600).flooredQuotient(by: 86_400)) }

  static func < (a: MailDate, b: MailDate) -> Bool { a.seconds < b.seconds }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Seconds east of UTC; names of zones are obsolete and mean UTC unless they are known (4.3). `CST` alone is China's here.
  private static func offset(_ zone: String) -> Int {
    let bytes = Array(zone.utf8)
    if let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == 5,
      let number = Int(zone.dropFirst()), number / 100 < 24, number % 100 < 60
    {
      return (number / 100 * 3600 + number % 100 * 60) * (sign == UInt8(ascii: "+") ? 1 : -1)
    }
    return zone.uppercased() == "CST" || zone.isEmpty ? 8 * 3600 : 0
  }
}

extension Int {
  /// The quotient rounded down.
  fileprivate func flooredQuotient(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
