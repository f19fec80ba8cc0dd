import Foundation
import XLSX

/// Reads the content of a cell as a value of a field that is no number.
struct ValueText {
  let field: Field
  let year: Int

  enum Result {
    case blank
    case value(FieldValue, isNormalised: Bool)
    /// A value that is there and wrong in itself.
    case suspicious(FieldValue, ValueProblem)
    case wrong(ValueProblem)
    case unreadable
  }

  /// - Parameter raw: The content as text, not empty.
  func read(_ content: GridCell, shown: GridValue, raw: String) -> Result {
    switch field.type {
    case .number, .index, .text: plainText(content, shown: shown, raw: raw)
    case .choice: choice(raw)
    case .yesNo: truth(shown, raw: raw)
    case .date: date(content, shown: shown, raw: raw)
    case .percent: percent(content, shown: shown, raw: raw)
    case .phone: phone(raw)
    case .citizenID: citizenID(shown, raw: raw)
    }
  }

  private func plainText(_ content: GridCell, shown: GridValue, raw: String) -> Result {
    // A number that its format shows as a day is the day that people see.
    if case .number(let number) = shown, let shownAs = content.appearance?.shownAs {
      return .value(.text(shownAs.text(of: number).trimmedOfInvisible), isNormalised: false)
    }
    return .value(.text(raw), isNormalised: false)
  }

  private func choice(_ raw: String) -> Result {
    switch ChoiceText.read(raw, of: field.choices) {
    case .choice(let name): .value(.text(name), isNormalised: false)
    case .blank: FigureText.isBlankMark(raw) ? .blank : .wrong(ValueProblem(.noChoice))
    case .none(let near): .wrong(ValueProblem(.noChoice, near: near))
    }
  }

  private func truth(_ shown: GridValue, raw: String) -> Result {
    if case .bool(let truth) = shown { return .value(.truth(truth), isNormalised: false) }
    guard let truth = TruthText.read(raw) else { return .unreadable }
    return .value(.truth(truth), isNormalised: false)
  }

  private func date(_ content: GridCell, shown: GridValue, raw: String) -> Result {
    // 9.1 as somebody typed it is the first of September; of a number in a cell nobody knows whether it was 9.10.
    if let written = content.written, case .date(let date) = DateText.read(written, campaignYear: year) {
      return .value(.date(date), isNormalised: false)
    }
    if case .number(let number) = shown {
      // Any day that the format shows; a bare number may be a day's number or its digits.
      if content.isDate, let whole = number.whole ?? number.rounded(0, .down).whole, whole > 0,
        let date = CalendarDate(dayNumber: whole - 25_569)
      {
        return .value(.date(date), isNormalised: false)
      }
      if let digits = number.whole, (190_001...299_912).contains(digits),
        (1...12).contains(digits % 100)
      {
        // 202406: a month.
        return .wrong(ValueProblem(.incompleteDate))
      }
    }
    switch DateText.read(shown, campaignYear: year) {
    case .date(let date): return .value(.date(date), isNormalised: false)
    case .blank: return .blank
    case .unreadable:
      return .wrong(ValueProblem(Self.isMonth(raw) ? .incompleteDate : .type))
    }
  }

  /// `2019年6月`, `2019.06`, `2019年`
  private static func isMonth(_ raw: String) -> Bool {
    let scalars = TextFolding.scalars(of: raw).filter { $0 != " " }
    let parts = scalars.split { !Numeral.isDigit($0) }
    guard (1...2).contains(parts.count), parts[0].count == 4,
      scalars.allSatisfy({ Numeral.isDigit($0) || "年月.-/".unicodeScalars.contains($0) })
    else { return false }
    return parts.count == 1 || (Int(String(String.UnicodeScalarView(parts[1]))).map { 1...12 ~= $0 } ?? false)
  }

  private func phone(_ raw: String) -> Result {
    switch PhoneText.read(raw) {
    case .blank: .blank
    case .valid: .value(.text(raw), isNormalised: false)
    case .invalid: .suspicious(.text(raw), ValueProblem(.type))
    }
  }

  private func citizenID(_ shown: GridValue, raw: String) -> Result {
    // Excel keeps 15 digits of a number; a text file has them all.
    if case .number = shown, raw.count == 18, raw.hasSuffix("000") {
      return .wrong(ValueProblem(.lostDigits))
    }
    switch CitizenID.read(raw) {
    case .blank: return .blank
    case .valid(let text): return .value(.text(text), isNormalised: false)
    case .wrongChecksum(let text): return .suspicious(.text(text), ValueProblem(.checksum))
    case .invalid(let text): return .suspicious(.text(text), ValueProblem(.type))
    }
  }

  private func percent(_ content: GridCell, shown: GridValue, raw: String) -> Result {
    let hundred: Decimal = 100
    if case .number(let number) = shown {
      if content.appearance?.shownAs?.kind == .percent { return .value(.figure(number), isNormalised: false) }
      if content.isDate || content.appearance?.shownAs?.kind == .date { return .unreadable }
      return number.magnitude > 1
        ? .value(.figure(number / hundred), isNormalised: true)
        : .value(.figure(number), isNormalised: false)
    }
    guard case .text = shown else { return .unreadable }
    var text = raw
    var hasSign = false
    for sign in ["%", "％", "﹪"] where text.hasSuffix(sign) {
      text.removeLast(sign.count)
      hasSign = true
    }
    if text.hasPrefix("百分之") {
      text.removeFirst(3)
      hasSign = true
    }
    let reading = FigureText.read(text, measure: Measure(unit: "", decimals: 10))
    guard case .figure(let figure) = reading.state else {
      return FigureText.isBlankMark(raw) ? .blank : .unreadable
    }
    // 无 is no share of nothing.
    if figure == 0, !text.unicodeScalars.contains(where: { Numeral.isDigit(TextFolding.halfWidth($0)) }) {
      return .blank
    }
    if hasSign { return .value(.figure(figure / hundred), isNormalised: false) }
    return figure.magnitude > 1
      ? .value(.figure(figure / hundred), isNormalised: true)
      : .value(.figure(figure), isNormalised: true)
  }
}

extension FigureText {
  /// Whether a text is a sign that people put where there is nothing: `/`, `—`.
  static func isBlankMark(_ text: String) -> Bool {
    let scalars = TextFolding.scalars(of: text).filter { $0 != " " }
    return !scalars.isEmpty && scalars.allSatisfy { $0 == "/" || $0 == "_" || FigureWords.isDash($0) }
  }
}

/// 是 and 否 as people write them.
enum TruthText {
  private static let yes: Set<String> = [
    "是", "有", "对", "1", "y", "yes", "true", "真", "√", "✓", "✔", "☑", "v",
  ]
  private static let no: Set<String> = [
    "否", "无", "0", "n", "no", "false", "假", "×", "✗", "✘", "x", "没有", "不是", "☒",
  ]

  static func read(_ text: String) -> Bool? {
    let scalars = TextFolding.scalars(of: text).filter { !TextFolding.isInvisible($0) }
    let key = String(String.UnicodeScalarView(scalars)).lowercased()
    if yes.contains(key) { return true }
    return no.contains(key) ? false : nil
  }
}

/// 公民身份号码 (GB 11643-1999): six digits of a region, eight of a birthday, three of an order, a check digit.
enum CitizenID {
  enum Reading {
    case blank
    case valid(String)
    case wrongChecksum(String)
    case invalid(String)
  }

  private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  private static let checkDigits = Array("10X98765432".utf8)

  /// With a capital X and without spaces.
  static func read(_ raw: String) -> Reading {
    if let isRight = plainIsRight(raw) { return isRight ? .valid(raw) : .wrongChecksum(raw) }
    let scalars = TextFolding.scalars(of: raw).filter {
      !TextFolding.isInvisible($0) && $0 != "-" && $0 != "'" && $0 != "‘" && $0 != "’" && $0 != "`"
    }
    if scalars.isEmpty { return .blank }
    let text = String(String.UnicodeScalarView(scalars)).uppercased()
    let digits = Array(text.utf8)
    guard digits.count == 18, digits.dropLast().allSatisfy({ 0x30...0x39 ~= $0 }),
      let last = digits.last, 0x30...0x39 ~= last || last == UInt8(ascii: "X")
    else { return .invalid(text) }
    return checkDigit(of: digits) == last ? .valid(text) : .wrongChecksum(text)
  }

  /// Whether the check digit of eighteen plain digits is right; `nil` for what is written in any other way.
  private static func plainIsRight(_ raw: String) -> Bool? {
    let digits = raw.utf8
    guard digits.count == 18, let last = digits.last, 0x30...0x39 ~= last || last == UInt8(ascii: "X"),
      digits.dropLast().allSatisfy({ 0x30...0x39 ~= $0 })
    else { return nil }
    return checkDigit(of: digits) == last
  }

  private static func checkDigit(of digits: some Sequence<UInt8>) -> UInt8 {
    var sum = 0
    for (digit, weight) in zip(digits, weights) { sum += Int(digit - 0x30) * weight }
    return checkDigits[sum % 11]
  }
}
