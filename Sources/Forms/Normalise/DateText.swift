import Foundation

/// What a cell says as a day.
public enum DateReading: Hashable, Sendable {
  case date(CalendarDate)
  /// Nothing, or the printed `2024年 月 日` left unfilled.
  case blank
  case unreadable
}

/// Reads days as units write them: date cells, bare serial numbers, `2024年11月18日`, `2024.11.18`, `11月18日`,
/// `二〇二四年十一月十八日`.
public enum DateText {
  /// Reads a cell as a day.
  ///
  /// - Parameter campaignYear: The year of a day that is written without one, and the measure of what a two-digit year
  ///   means.
  public static func read(_ cell: GridCell, campaignYear: Int) -> DateReading {
    read(cell.shown, campaignYear: campaignYear)
  }

  /// Reads a value as a day; a number is a serial number or, with eight digits, `20241118`.
  public static func read(_ value: GridValue, campaignYear: Int) -> DateReading {
    switch value {
    case .blank: .blank
    case .text(let text): read(text, campaignYear: campaignYear)
    case .number(let number): read(number, campaignYear: campaignYear)
    case .bool, .error: .unreadable
    }
  }

  /// Reads a text as a day.
  public static func read(_ text: String, campaignYear: Int) -> DateReading {
    let scalars = TextFolding.scalars(of: text).filter { $0 != "_" }
    guard scalars.contains(where: { $0 != " " }) else { return .blank }
    var scanner = DateScanner(scalars, campaignYear: campaignYear)
    return scanner.read()
  }

  /// Excel's serial numbers from 1954 to 2119 (1900 date system), eight-digit days, and 11.18 for 18 November.
  private static func read(_ number: Decimal, campaignYear: Int) -> DateReading {
    let text = number.description
    if let whole = Int(text.prefix { $0 != "." }), 20_000...80_000 ~= whole {
      // Day 25569 is 1970-01-01; a fraction is the time of the day.
      return CalendarDate(dayNumber: whole - 25_569).map { .date($0) } ?? .unreadable
    }
    // 11.2 may have been 11.20: the file does not say.
    if let point = text.firstIndex(of: "."), text[point...].count != 3 { return .unreadable }
    return read(text, campaignYear: campaignYear)
  }
}

/// Reads one day out of half-width text.
private struct DateScanner {
  private let text: [Unicode.Scalar]
  private let campaignYear: Int
  private var index = 0

  init(_ text: [Unicode.Scalar], campaignYear: Int) {
    self.text = text
    self.campaignYear = campaignYear
  }

  mutating func read() -> DateReading {
    text.contains(where: { $0 == "年" || $0 == "月" }) ? withWords() : withSigns()
  }

  /// `2024年11月18日`, `11月18号`, `二〇二四年十一月十八日`, `2024年11月18`.
  private mutating func withWords() -> DateReading {
    var year: Int?
    var month: Int?
    var day: Int?
    var pending = number()
    if take("年") {
      year = pending
      pending = number()
    }
    if take("月") {
      month = pending
      pending = number()
    }
    let hasDayWord = take("日") || take("号")
    day = pending
    if month == nil, day == nil, hasDayWord || index == text.count {
      // 2024年 月 日 and 20 年 月 日 are printed; what else follows is not.
      return onlyNoise() ? .blank : .unreadable
    }
    guard onlyNoise() else { return .unreadable }
    if year == nil, text.contains("年") { return .unreadable }
    return date(year, month, day)
  }

  /// `2024-11-18`, `2024.11.18`, `2024/11/8`, `24.11.18`, `20241118`, `11.18`, `11/18/2024`, with a time behind.
  private mutating func withSigns() -> DateReading {
    guard let first = digits() else {
      // 二〇二四 十一 十八 has no signs to go by.
      return .unreadable
    }
    guard let firstSign = separator() else {
      guard onlyNoise() else { return .unreadable }
      return compact(first)
    }
    guard let second = digits() else { return .unreadable }
    guard let secondSign = separator(), secondSign == firstSign else {
      guard onlyNoise() else { return .unreadable }
      // 2024.11 names no day; 11.18 names no year.
      return first.count <= 2 ? date(nil, Int(first), Int(second)) : .unreadable
    }
    guard let third = digits(), onlyNoise() else { return .unreadable }
    if first.count == 4 || third.count <= 2 {
      guard second.count <= 2 else { return .unreadable }
      return date(Int(first), Int(second), Int(third))
    }
    // 11/18/2024 and 18/11/2024; 11/8/2024 could be either.
    guard third.count == 4, let a = Int(first), let b = Int(second), (a > 12) != (b > 12) else {
      return .unreadable
    }
    return a > 12 ? date(Int(third), b, a) : date(Int(third), a, b)
  }

  /// `20241118`, `241118`.
  private func compact(_ digits: String) -> DateReading {
    guard digits.count == 8 || digits.count == 6 else { return .unreadable }
    let day = digits.suffix(2)
    let month = digits.dropLast(2).suffix(2)
    return date(Int(digits.dropLast(4)), Int(month), Int(day))
  }

  private func date(_ year: Int?, _ month: Int?, _ day: Int?) -> DateReading {
    guard let month, let day else { return .unreadable }
    var fullYear = year ?? campaignYear
    if fullYear < 100 {
      fullYear += 2000
      // 24.11.18 is a day of 2024; 8.11.18 is not one of 2008.
      guard abs(fullYear - campaignYear) <= 10 else { return .unreadable }
    }
    guard 1900...2999 ~= fullYear else { return .unreadable }
    return CalendarDate(year: fullYear, month: month, day: day).map { .date($0) } ?? .unreadable
  }

  private mutating func skipSpaces() {
    while index < text.count, text[index] == " " { index += 1 }
  }

  private mutating func take(_ word: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard index < text.count, text[index] == word else { return false }
    index += 1
    return true
  }

  private mutating func digits() -> String? {
    skipSpaces()
    let run = text[index...].prefix(while: Numeral.isDigit)
    guard !run.isEmpty, run.count <= 8 else { return nil }
    index += run.count
    return String(run)
  }

  /// A number in Arabic or Chinese digits: 2024, 二〇二四, 十一, 廿八, 二O二四 (with a letter O).
  private mutating func number() -> Int? {
    if let run = digits() { return Int(run) }
    let run = text[index...].prefix { scalar in
      Numeral.chineseDigit(scalar) != nil || Numeral.multiplier(scalar) == 1 || Numeral.tens(scalar) != nil
        || scalar == "O" || scalar == "o" || scalar == "0"
    }.map { $0 == "O" || $0 == "o" || $0 == "0" ? "〇" : $0 }
    guard !run.isEmpty, case .numeral(let numeral) = Numeral.read(run, at: 0), numeral.end == run.count,
      numeral.value.isWhole
    else { return nil }
    index += run.count
    return numeral.value.significand
  }

  /// One of `.`, `-`, `/`, `、`, `,` or a space between two numbers; dashes of every kind count as one.
  private mutating func separator() -> Unicode.Scalar? {
    let start = index
    skipSpaces()
    if index < text.count {
      let sign: Unicode.Scalar? =
        switch text[index] {
        case ".", "。", "·": "."
        case "/", "\\": "/"
        case "、", ",": ","
        case let scalar where FigureWords.isDash(scalar): "-"
        default: nil
        }
      if let sign {
        index += 1
        return sign
      }
    }
    // A space parts numbers, except before a time.
    if index > start, index < text.count, Numeral.isDigit(text[index]), !isTime(at: index) { return " " }
    index = start
    return nil
  }

  private func isTime(at position: Int) -> Bool {
    let run = text[position...].prefix(while: Numeral.isDigit)
    let behind = position + run.count
    return run.count <= 2 && behind < text.count
      && (text[behind] == ":" || text[behind] == "时" || text[behind] == "点")
  }

  /// Whether nothing but a time, a weekday, brackets or closing signs follow.
  private func onlyNoise() -> Bool {
    var rest = text[index...]
    var depth = 0
    while let scalar = rest.first {
      if LabelText.isOpeningBracket(scalar) { depth += 1 }
      if depth > 0 {
        if LabelText.isClosingBracket(scalar) { depth -= 1 }
        rest.removeFirst()
        continue
      }
      if scalar == " " || ".。,;、".unicodeScalars.contains(scalar) {
        rest.removeFirst()
      } else if let word = Self.noise.first(where: { rest.starts(with: $0) }) {
        rest.removeFirst(word.count)
      } else if let length = time(rest) {
        rest.removeFirst(length)
      } else {
        return false
      }
    }
    return true
  }

  /// The length of `10:30`, `T10:30:00Z`, `10时30分` at the start.
  private func time(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
    var length = rest.first == "T" || rest.first == "t" ? 1 : 0
    let digits = rest.dropFirst(length).prefix(while: Numeral.isDigit)
    guard 1...2 ~= digits.count else { return nil }
    length += digits.count
    guard let sign = rest.dropFirst(length).first, sign == ":" || sign == "时" || sign == "点" else {
      return nil
    }
    let tail = rest.dropFirst(length).prefix {
      Numeral.isDigit($0) || $0 == ":" || $0 == "." || $0 == "Z" || $0 == "时" || $0 == "点" || $0 == "分"
        || $0 == "秒"
    }
    return length + tail.count
  }

  private static let noise: [[Unicode.Scalar]] = {
    let weekdays = ["星期", "周", "礼拜"].flatMap { week in "一二三四五六日天".map { week + String($0) } }
    return (weekdays + ["上午", "下午", "晚上", "填报", "填"]).map { Array($0.unicodeScalars) }
  }()
}
