/// Text that reads as a date or a time: `2024-11-18`, `2024/11/18 9:30`, `2024年11月18日`, `18-Nov-2024`, `11/18/2024`,
/// `9:30 PM`. Three numbers with the year last are month, day, year, as in an English Excel.
enum DateText {
  /// The serial number; `nil` for text that is no date.
  static func parse(_ text: String, _ system: DateSystem) -> Double? {
    var words = pieces(text)
    guard !words.isEmpty, words.count <= 16 else { return nil }
    let time = takeTime(&words)
    if words.isEmpty { return time }
    guard let day = day(words, system) else { return nil }
    return Double(day) + (time ?? 0)
  }

  private enum Piece: Equatable {
    case number(Int, digits: Int, text: String)
    case word(String)
    case mark(Character)
  }

  private static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var characters = Array(text)[...]
    while let character = characters.first {
      if character == " " || character == "\u{3000}" {
        characters.removeFirst()
      } else if character.isASCII, character.isNumber {
        let digits = characters.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 9, let value = Int(String(digits)) else { return [] }
        pieces.append(.number(value, digits: digits.count, text: String(digits)))
        characters = characters.dropFirst(digits.count)
      } else if character.isASCII, character.isLetter {
        let letters = characters.prefix { $0.isASCII && $0.isLetter }
        pieces.append(.word(String(letters).lowercased()))
        characters = characters.dropFirst(letters.count)
      } else {
        pieces.append(.mark(character))
        characters.removeFirst()
      }
      if pieces.count > 16 { return [] }
    }
    return pieces
  }

  /// Takes `9:30`, `9:30:15.5 PM` or `9时30分` off the end.
  private static func takeTime(_ pieces: inout [Piece]) -> Double? {
    var words = pieces
    var isAfternoon: Bool?
    if case .word(let word) = words.last, ["am", "pm", "a", "p"].contains(word) {
      isAfternoon = word.hasPrefix("p")
      words.removeLast()
    }
    guard let start = words.firstIndex(where: { $0 == .mark(":") || $0 == .mark("时") }), start > 0 else {
      guard isAfternoon != nil, case .number(let hour, let digits, _) = words.last, digits <= 2,
        1...12 ~= hour
      else {
        return nil
      }
      pieces = Array(words.dropLast())
      return Double(hour % 12 + (isAfternoon == true ? 12 : 0)) / 24
    }
    var numbers: [Double] = []
    var index = start - 1
    var expectsNumber = true
    while index < words.count {
      switch words[index] {
      case .number(let value, _, let text) where expectsNumber:
        if numbers.count == 3 {
          guard let fraction = Double("0." + text) else { return nil }
          numbers[2] += fraction
        } else {
          numbers.append(Double(value))
        }
      case .mark(let mark) where !expectsNumber && numbers.count < 4 && ":时分秒.".contains(mark): break
      default: return nil
      }
      expectsNumber.toggle()
      index += 1
    }
    guard numbers.count <= 3, let hours = numbers.first else { return nil }
    let minutes = numbers.count > 1 ? numbers[1] : 0
    let seconds = numbers.count > 2 ? numbers[2] : 0
    guard minutes < 60 || numbers.count == 2, seconds < 60 else { return nil }
    var hour = hours
    if let isAfternoon {
      guard 1...12 ~= hours else { return nil }
      hour = (hours == 12 ? 0 : hours) + (isAfternoon ? 12 : 0)
    }
    pieces = Array(words[..<(start - 1)])
    return (hour * 3600 + minutes * 60 + seconds) / 86_400
  }

  private static func day(_ pieces: [Piece], _ system: DateSystem) -> Int? {
    var shape = ""
    var values: [(value: Int, digits: Int)] = []
    for piece in pieces {
      switch piece {
      case .number(let value, let digits, _):
        values.append((value, digits))
        shape += "0"
      case .mark(let mark): shape.append(mark)
      case .word: shape += "a"
      }
    }
    switch shape {
    case "0-0-0" where values[0].digits == 4, "0/0/0" where values[0].digits == 4,
      "0.0.0" where values[0].digits == 4,
      "0年0月0日":
      return system.daySerial(year: full(values[0].value), month: values[1].value, day: values[2].value)
    case "0-0" where values[0].digits == 4, "0/0" where values[0].digits == 4, "0年0月":
      return system.daySerial(year: full(values[0].value), month: values[1].value, day: 1)
    case "0-0-0", "0/0/0":
      return system.daySerial(year: full(values[2].value), month: values[0].value, day: values[1].value)
    default: break
    }
    // A month in letters, in any place: 18-Nov-2024, Nov 18, 2024, 18 November 2024.
    var month: Int?
    for piece in pieces {
      switch piece {
      case .number: break
      case .word(let word):
        guard month == nil, let found = Self.month(word) else { return nil }
        month = found
      case .mark(let mark): if !"-/,.".contains(mark) { return nil }
      }
    }
    guard let month, values.count == 2 else { return nil }
    let yearIsFirst = values[0].digits == 4
    let (year, day) = yearIsFirst ? (values[0].value, values[1].value) : (values[1].value, values[0].value)
    return system.daySerial(year: full(year), month: month, day: day)
  }

  private static func month(_ word: String) -> Int? {
    guard word.count >= 3 else { return nil }
    return (1...12).first { DateNames.english.month($0, width: 4).lowercased().hasPrefix(word) }
  }

  /// Two-digit years are 1930 to 2029.
  private static func full(_ year: Int) -> Int { year < 30 ? 2000 + year : year < 100 ? 1900 + year : year }
}
