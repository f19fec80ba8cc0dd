/// A number as people write it, at the start of a text: `1,200`, `1.2万`, `3千5`, `三百二十`, `一千零五`, `壹拾贰`, `1.2E3`.
///
/// Signs, units and words such as 约 belong to the caller.
struct Numeral: Hashable {
  var value: ExactNumber
  /// The index behind the last character.
  var end: Int
  /// The power of ten of the largest multiplier word: 4 for `1.2万`, 0 for `12`.
  var magnitude = 0

  enum Result: Hashable {
    /// No number starts here.
    case none
    case numeral(Numeral)
    /// Digits that do not make one number (`1,2`, `1.2.3`, `三四十`), and what they might mean.
    case malformed(end: Int, candidates: [ExactNumber])
  }

  /// Reads the longest number that starts at an index of half-width scalars.
  static func read(_ text: [Unicode.Scalar], at start: Int) -> Result {
    var scanner = NumeralScanner(text: text, index: start)
    return scanner.read()
  }

  /// 0 to 9 for `〇` to `九` and `零`, `壹` … `玖`, `两`; `nil` for anything else.
  static func chineseDigit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "零", "〇", "○", "◯": 0
    case "一", "壹", "弌", "壱": 1
    case "二", "贰", "貳", "两", "兩", "弐": 2
    case "三", "叁", "參", "叄", "仨": 3
    case "四", "肆": 4
    case "五", "伍": 5
    case "六", "陆", "陸": 6
    case "七", "柒": 7
    case "八", "捌": 8
    case "九", "玖": 9
    default: nil
    }
  }

  /// The power of ten of `十` (1) to `亿` (8); `nil` for anything else.
  static func multiplier(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "十", "拾": 1
    case "百", "佰": 2
    case "千", "仟": 3
    case "万", "萬": 4
    case "亿", "億": 8
    default: nil
    }
  }

  /// `廿`, `卅`, `卌`
  static func tens(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "廿", "廾": 2
    case "卅": 3
    case "卌": 4
    default: nil
    }
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { 0x30...0x39 ~= scalar.value }
}

/// Reads one ``Numeral``.
private struct NumeralScanner {
  let text: [Unicode.Scalar]
  var index: Int

  /// A number or digit that waits for its multiplier.
  private struct Coefficient {
    var value: ExactNumber
    /// Digits as typed; 1 for a Chinese digit.
    var digitCount: Int
  }

  init(text: [Unicode.Scalar], index: Int) {
    self.text = text
    self.index = index
  }

  private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
    let position = index + offset
    return text.indices.contains(position) ? text[position] : nil
  }

  mutating func read() -> Numeral.Result {
    if let run = positionalRun() { return run }
    let start = index
    // Whole number = (coefficient × power)…: `total` holds 亿 and 万, `section` what lies below the next of them.
    var total = ExactNumber(0)
    var section = ExactNumber(0)
    var sectionPower = 4
    var bigPower = 16
    var pending: Coefficient?
    var lastPower: Int?
    var magnitude = 0
    var sawZero = false
    var isDecimal = false
    var isClosed = false

    func malformed(_ end: Int) -> Numeral.Result { .malformed(end: end, candidates: []) }

    reading: while let next = scalar(), !isClosed {
      if Numeral.isDigit(next) || (next == "." && scalar(1).map(Numeral.isDigit) == true) {
        if pending != nil || isDecimal { return malformed(index) }
        switch arabic() {
        case .numeral(let number):
          if !number.value.isWhole {
            if lastPower != nil { return malformed(number.end) }
            isDecimal = true
          }
          let digitCount = number.end - index
          index = number.end
          // 1.2E3 is finished.
          if number.magnitude < 0 { isClosed = true }
          pending = Coefficient(value: number.value, digitCount: digitCount)
          if let multiplier = latinMultiplier() {
            if lastPower != nil { return malformed(index) }
            total = number.value.timesPowerOfTen(multiplier)
            pending = nil
            magnitude = multiplier
            index += 1
            isClosed = true
          }
        case let failure: return failure
        }
      } else if let digit = Numeral.chineseDigit(next) {
        if digit == 0 {
          if pending != nil { return malformed(index) }
          sawZero = true
          index += 1
          if lastPower == nil, point() {
            guard let fraction = chineseFraction(whole: ExactNumber(0)) else { return malformed(index) }
            pending = Coefficient(value: fraction, digitCount: 1)
            isDecimal = true
          }
          continue
        }
        if pending != nil || isDecimal { return malformed(index) }
        pending = Coefficient(value: ExactNumber(digit), digitCount: 1)
        index += 1
      } else if let tens = Numeral.tens(next) {
        guard pending == nil, !isDecimal, sectionPower > 1, let sum = section + ExactNumber(tens * 10) else {
          return malformed(index)
        }
        section = sum
        sectionPower = 1
        lastPower = 1
        magnitude = max(magnitude, 1)
        index += 1
      } else if point() {
        // 十二点五, 一点二万: what was read so far is the whole part.
        guard !isDecimal, let sum = section + (pending?.value ?? ExactNumber(0)), total == ExactNumber(0),
          let number = chineseFraction(whole: sum)
        else { return malformed(index) }
        section = ExactNumber(0)
        pending = Coefficient(value: number, digitCount: 1)
        isDecimal = true
      } else if let power = Numeral.multiplier(next) {
        if power < 4 {
          guard power < sectionPower, !(isDecimal && lastPower != nil) else { return malformed(index) }
          // A bare 百 is one hundred, as in 百余人; 十 may always stand alone.
          let coefficient = pending?.value ?? ExactNumber(1)
          guard let sum = section + coefficient.timesPowerOfTen(power) else { return malformed(index) }
          section = sum
          sectionPower = power
          if isDecimal { isClosed = true }
        } else {
          guard power < bigPower, let sum = section + (pending?.value ?? ExactNumber(0)) else {
            return malformed(index)
          }
          let isBare = pending == nil && lastPower == nil && !sawZero
          let whole = isBare ? ExactNumber(1) : sum
          if power == 8, total != ExactNumber(0) { return malformed(index) }
          guard let grown = total + whole.timesPowerOfTen(power) else { return malformed(index) }
          total = grown
          section = ExactNumber(0)
          sectionPower = 4
          bigPower = power
          if isDecimal { isClosed = true }
        }
        pending = nil
        sawZero = false
        lastPower = power
        magnitude = max(magnitude, power)
        index += 1
      } else if next == " ", scalar(1).flatMap(Numeral.multiplier) != nil, index > start {
        index += 1
      } else {
        break reading
      }
    }

    guard index > start else { return .none }
    guard let value = finish(total, section, pending, lastPower: lastPower, sawZero: sawZero) else {
      return malformed(index)
    }
    return .numeral(Numeral(value: value, end: index, magnitude: magnitude))
  }

  /// Adds the last digit: 三百二 is 320, 三百零二 is 302, 1万2000 is 12,000; 1万200 could be either and is nothing.
  private func finish(
    _ total: ExactNumber, _ section: ExactNumber, _ pending: Coefficient?, lastPower: Int?, sawZero: Bool
  ) -> ExactNumber? {
    guard let sum = total + section else { return nil }
    guard let pending else { return sum }
    guard let lastPower, !sawZero else { return sum + pending.value }
    if pending.digitCount == 1 { return sum + pending.value.timesPowerOfTen(lastPower - 1) }
    return pending.digitCount == lastPower ? sum + pending.value : nil
  }

  /// 二〇二四: digit by digit. Two digits without a zero are left alone: 三五人 is three to five.
  private mutating func positionalRun() -> Numeral.Result? {
    var end = index
    var digits: [Unicode.Scalar] = []
    var hasZero = false
    while text.indices.contains(end), let digit = Numeral.chineseDigit(text[end]) {
      guard let scalar = Unicode.Scalar(UInt32(0x30 + digit)) else { break }
      digits.append(scalar)
      hasZero = hasZero || digit == 0
      end += 1
    }
    guard digits.count > 1, let first = digits.first else { return nil }
    let isFollowedByMultiplier =
      text.indices.contains(end) && (Numeral.multiplier(text[end]) != nil || text[end] == "点")
    if isFollowedByMultiplier { return first == "0" ? nil : .malformed(end: end, candidates: []) }
    guard digits.count > 2 || hasZero, let value = ExactNumber(digits: digits) else {
      return .malformed(end: end, candidates: ExactNumber(digits: digits).map { [$0] } ?? [])
    }
    return .numeral(Numeral(value: value, end: end))
  }

  private mutating func point() -> Bool {
    guard scalar() == "点", scalar(1).flatMap(Numeral.chineseDigit) != nil else { return false }
    index += 1
    return true
  }

  private mutating func chineseFraction(whole: ExactNumber) -> ExactNumber? {
    var digits: [Unicode.Scalar] = Array(String(whole.significand).unicodeScalars)
    guard whole.exponent == 0 || whole.significand == 0 else {
      return wholeFraction(whole)
    }
    digits.append(".")
    appendFraction(to: &digits)
    return ExactNumber(digits: digits)
  }

  /// 一百点五: the whole part carries a power of ten.
  private mutating func wholeFraction(_ whole: ExactNumber) -> ExactNumber? {
    var digits: [Unicode.Scalar] = ["0", "."]
    appendFraction(to: &digits)
    return ExactNumber(digits: digits).flatMap { whole + $0 }
  }

  private mutating func appendFraction(to digits: inout [Unicode.Scalar]) {
    while let next = scalar(), let digit = Numeral.chineseDigit(next),
      let ascii = Unicode.Scalar(UInt32(0x30 + digit))
    {
      digits.append(ascii)
      index += 1
    }
  }

  /// `w` and `k` behind a number, not as the start of a word.
  private func latinMultiplier() -> Int? {
    if let behind = scalar(1), behind.properties.isAlphabetic, behind.isASCII { return nil }
    switch scalar() {
    case "w", "W": return 4
    case "k", "K": return 3
    default: return nil
    }
  }

  /// Arabic digits with thousands separators, a decimal point and an exponent. `magnitude` is -1 with an exponent.
  private func arabic() -> Numeral.Result {
    var runs: [ArraySlice<Unicode.Scalar>] = []
    var separator: Unicode.Scalar?
    var position = index
    while true {
      let start = position
      while position < text.count, Numeral.isDigit(text[position]) { position += 1 }
      runs.append(text[start..<position])
      guard position + 1 < text.count, text[position] == "," || text[position] == " ",
        Numeral.isDigit(text[position + 1]), position > start, separator == nil || separator == text[position]
      else { break }
      // Spaces part numbers unless every group has three digits.
      if text[position] == " ", digitRun(from: position + 1) != 3 { break }
      separator = text[position]
      position += 1
    }
    var digits = Array(runs.joined())
    let isGrouped = runs.count > 1
    if isGrouped,
      runs[0].count > 3 || runs[0].first == "0" || runs.dropFirst().contains(where: { $0.count != 3 })
    {
      var candidates = [ExactNumber(digits: digits)]
      if runs.count == 2 { candidates.append(ExactNumber(digits: Array(runs[0]) + ["."] + Array(runs[1]))) }
      return .malformed(end: position, candidates: candidates.compactMap(\.self))
    }
    if position + 1 < text.count, isDecimalPoint(text[position]), Numeral.isDigit(text[position + 1]) {
      digits.append(".")
      position += 1
      let start = position
      while position < text.count, Numeral.isDigit(text[position]) { position += 1 }
      digits += text[start..<position]
      if position + 1 < text.count, isDecimalPoint(text[position]) || text[position] == ",",
        Numeral.isDigit(text[position + 1])
      {
        while position < text.count,
          Numeral.isDigit(text[position]) || isDecimalPoint(text[position]) || text[position] == ","
        {
          position += 1
        }
        return .malformed(end: position, candidates: [])
      }
    }
    guard let value = ExactNumber(digits: digits) else { return .malformed(end: position, candidates: []) }
    if let power = exponent(at: &position) {
      return .numeral(Numeral(value: value.timesPowerOfTen(power), end: position, magnitude: -1))
    }
    return .numeral(Numeral(value: value, end: position))
  }

  private func isDecimalPoint(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "。" || scalar == "·"
  }

  private func digitRun(from start: Int) -> Int {
    text[start...].prefix(while: Numeral.isDigit).count
  }

  private func exponent(at position: inout Int) -> Int? {
    guard position < text.count, text[position] == "E" || text[position] == "e" else { return nil }
    var next = position + 1
    var isNegative = false
    if next < text.count, text[next] == "+" || text[next] == "-" {
      isNegative = text[next] == "-"
      next += 1
    }
    let digits = text[min(next, text.count)...].prefix(while: Numeral.isDigit)
    guard !digits.isEmpty, digits.count <= 2, let power = Int(String(digits)), power <= 15 else { return nil }
    position = next + digits.count
    return isNegative ? -power : power
  }
}
