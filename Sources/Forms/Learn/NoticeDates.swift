/// The days that a sentence names as the last ones: `于11月20日前`, `2024年12月10日前`, `6月底前`, `次年1月15日前`, `截至12月31日`.
struct NoticeDates {
  struct Deadline {
    var date: CalendarDate
    /// As written: `11月20日前`.
    var text: String
    /// Where it stands in the plain text of the sentence, in characters.
    var range: Range<Int>
  }

  /// A deadline that comes back: `每季度末次月5日前`.
  struct Recurring {
    var text: String
    var month: Int?
    var day: Int?
    var range: Range<Int>
  }

  let year: Int
  /// The day on the notice, if it has one: no deadline is before it.
  let issued: CalendarDate?
  let words: LearnWords

  /// - Parameter sentence: Plain text (``LearnText/plain(_:)``).
  func read(_ sentence: String) -> (deadlines: [Deadline], recurring: [Recurring]) {
    let text = Array(sentence)
    var deadlines: [Deadline] = []
    var recurring: [Recurring] = []
    var index = 0
    while index < text.count {
      guard let found = day(in: text, at: index) else {
        index += 1
        continue
      }
      defer { index = found.end }
      guard isLimit(text, found) else { continue }
      var lead = String(text[max(0, found.start - 8)..<found.start])
      // 每月自查，于2025年6月30日前报送: what comes back is another part of the sentence, or another day.
      if found.month != nil, let comma = lead.lastIndex(where: { ",，;；".contains($0) }) {
        lead = String(lead[lead.index(after: comma)...])
      }
      if found.year != nil { lead = String(lead.suffix(3)) }
      var end = found.end
      if let before = end..<min(end + 6, text.count) as Range<Int>?,
        let mark = before.first(where: { text[$0] == "前" })
      {
        end = mark + 1
      }
      let shown = String(text[found.start..<end])
      if words[.recurring].contains(where: { lead.contains($0) }) {
        let start =
          words[.recurring].compactMap { word -> Int? in
            lead.range(of: word).map { found.start - lead.distance(from: $0.lowerBound, to: lead.endIndex) }
          }.min() ?? found.start
        recurring.append(
          Recurring(text: String(text[start..<end]), month: found.month, day: found.day, range: start..<end))
        continue
      }
      guard let month = found.month, let date = resolve(found.year, month, found.day, lead: lead) else {
        continue
      }
      deadlines.append(Deadline(date: date, text: shown, range: found.start..<end))
    }
    return (deadlines, recurring)
  }

  private struct Found {
    var year: Int?
    var month: Int?
    /// `nil` for the month's end.
    var day: Int?
    var isEnd = false
    var start: Int
    var end: Int
  }

  private func number(_ text: [Character], _ index: inout Int, most: Int) -> Int? {
    var digits = ""
    var next = index
    while next < text.count, text[next].isASCIIDigit, digits.count < most {
      digits.append(text[next]); next += 1
    }
    if digits.isEmpty {
      // 十一月二十日
      let chinese = Array("〇一二三四五六七八九十")
      var run: [Int] = []
      while next < text.count, let value = chinese.firstIndex(of: text[next]), run.count < 4 {
        run.append(value); next += 1
      }
      guard !run.isEmpty else { return nil }
      index = next
      if run.count == 4, !run.contains(10) { return run.reduce(0) { $0 * 10 + $1 } }
      if let ten = run.firstIndex(of: 10) {
        return (ten == 0 ? 1 : run[0]) * 10 + (ten + 1 < run.count ? run[ten + 1] : 0)
      }
      return run.count == 1 ? run[0] : nil
    }
    index = next
    return Int(digits)
  }

  /// A day, a month's end, or a day without a month, that begins here.
  private func day(in text: [Character], at start: Int) -> Found? {
    // No number begins in the middle of another.
    if start > 0, text[start - 1].isASCIIDigit { return nil }
    if start > 0, "一二三四五六七八九十".contains(text[start - 1]), "一二三四五六七八九十".contains(text[start]) { return nil }
    var index = start
    guard var value = number(text, &index, most: 4) else { return nil }
    var found = Found(start: start, end: index)
    func take(_ words: String) -> Bool {
      guard index < text.count, words.contains(text[index]) else { return false }
      index += 1
      return true
    }
    if value >= 1949, take("年./-") {
      found.year = value
      if index < text.count, text[index] == "底" || text[index] == "末" {
        found.month = 12
        found.isEnd = true
        found.end = index + 1
        return found
      }
      guard let month = number(text, &index, most: 2) else { return nil }
      value = month
    }
    if take("月") || (found.year != nil && take("./-")) {
      guard (1...12).contains(value) else { return nil }
      found.month = value
      if take("份") {}
      if take("底末") {
        found.isEnd = true
        found.end = index
        return found
      }
      guard let day = number(text, &index, most: 2) else { return nil }
      value = day
    } else if found.year != nil {
      return nil
    }
    guard (1...31).contains(value), take("日号") || (found.month != nil && found.year != nil) else {
      return nil
    }
    found.day = value
    found.end = index
    return found
  }

  /// Whether a day is the last one for something, not the day of something.
  private func isLimit(_ text: [Character], _ found: Found) -> Bool {
    var index = found.end
    // (星期五), 17:00, 下班
    if index < text.count, LabelText.isOpeningBracket(text[index].unicodeScalars.first ?? " ") {
      while index < text.count, !LabelText.isClosingBracket(text[index].unicodeScalars.first ?? " ") {
        index += 1
      }
      index += 1
    }
    let behind = String(text[min(index, text.count)..<min(index + 9, text.count)])
    if behind.hasPrefix("前") || behind.hasPrefix("之前") || behind.hasPrefix("以前") { return true }
    for word in ["下班前", "17", "18", "12", "24", "上午", "下午", "中午", "晚", "24时", "下班"]
    where behind.hasPrefix(word) && behind.contains("前") {
      return true
    }
    let lead = String(text[max(0, found.start - 6)..<found.start])
    return [
      "截至", "截止", "截止到", "截止时间为", "截止日期为", "截止时间:", "截止日期:", "最迟", "不迟于", "不晚于", "时限为", "时限:", "期限为", "最晚",
    ].contains {
      lead.hasSuffix($0) || lead.hasSuffix($0 + "于")
    } || (lead.hasSuffix("至") && behind.hasPrefix("止"))
      || words[.deadlineLeads].contains { word in
        let lead = String(text[max(0, found.start - word.count - 2)..<found.start])
        return [":", "为", "是", "为:", "于"].contains { lead.hasSuffix(word + $0) }
      }
  }

  private func resolve(_ year: Int?, _ month: Int, _ day: Int?, lead: String) -> CalendarDate? {
    func date(_ year: Int) -> CalendarDate? {
      CalendarDate(year: year, month: month, day: day ?? CalendarDate.days(inMonth: month, of: year))
    }
    if let year { return date(year) }
    if words[.nextYear].contains(where: { lead.hasSuffix($0) }) {
      return date((issued?.year ?? self.year) + 1)
    }
    if let issued {
      guard let first = date(issued.year) else { return nil }
      return first < issued ? date(issued.year + 1) : first
    }
    return date(self.year)
  }
}
