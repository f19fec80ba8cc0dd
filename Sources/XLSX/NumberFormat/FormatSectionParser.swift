/// Cuts one section of a format code into tokens. Accepts everything: what has no meaning is literal text.
struct FormatSectionParser {
  private var scalars: ArraySlice<Unicode.Scalar>

  init(_ code: some Sequence<Unicode.Scalar>) { scalars = Array(code)[...] }

  mutating func parse(into section: inout FormatSection) {
    var sawDigit = false
    while let scalar = scalars.first {
      if takeWord("General") || takeWord("G/通用格式") {
        section.tokens.append(.general)
        continue
      }
      if let part = takeHalfDay() {
        section.tokens.append(.date(part))
        continue
      }
      scalars.removeFirst()
      switch scalar {
      case "\"":
        let quoted = scalars.prefix { $0 != "\"" }
        scalars = scalars.dropFirst(quoted.count + 1)
        append(text: quoted, to: &section)
      case "\\", "!":
        append(text: scalars.prefix(1), to: &section)
        scalars = scalars.dropFirst()
      case "_":
        // Room as wide as the next character.
        scalars = scalars.dropFirst()
        append(text: [" "], to: &section)
      case "*":
        // Filled up to the width of the cell, which text has none of.
        scalars = scalars.dropFirst()
      case "[":
        let inside = scalars.prefix { $0 != "]" }
        scalars = scalars.dropFirst(inside.count + 1)
        parseBracket(inside, into: &section)
      case "0" where followsFixedDigit(section):
        section.tokens.append(.fixedDigit(0))
      case "0":
        sawDigit = true
        section.tokens.append(.digit(.zero))
      case "#":
        sawDigit = true
        section.tokens.append(.digit(.optional))
      case "?":
        sawDigit = true
        section.tokens.append(.digit(.space))
      case "1"..."9": section.tokens.append(.fixedDigit(UInt8(scalar.value - 48)))
      case ".": section.tokens.append(.point)
      case ",": section.tokens.append(.comma)
      case "%": section.tokens.append(.percent)
      case "/": section.tokens.append(.slash)
      case "@": section.tokens.append(.text)
      case "E" where sawDigit && isSign, "e" where sawDigit && isSign:
        section.tokens.append(.exponent(letter: String(scalar), alwaysSigned: scalars.first == "+"))
        scalars.removeFirst()
      default:
        if let part = takeDatePart(scalar) {
          section.tokens.append(.date(part))
        } else {
          append(text: [scalar], to: &section)
        }
      }
    }
  }

  private var isSign: Bool { scalars.first == "+" || scalars.first == "-" }

  private func followsFixedDigit(_ section: FormatSection) -> Bool {
    if case .fixedDigit = section.tokens.last { true } else { false }
  }

  private func append(text: some Sequence<Unicode.Scalar>, to section: inout FormatSection) {
    var string = ""
    string.unicodeScalars.append(contentsOf: text)
    if case .literal(let before) = section.tokens.last {
      section.tokens[section.tokens.count - 1] = .literal(before + string)
    } else if !string.isEmpty {
      section.tokens.append(.literal(string))
    }
  }

  /// Whether the code goes on with a word, in any case; takes it if so.
  private mutating func takeWord(_ word: String) -> Bool {
    let word = word.unicodeScalars
    guard scalars.count >= word.count,
      zip(scalars, word).allSatisfy({ Self.lowercased($0) == Self.lowercased($1) })
    else { return false }
    scalars = scalars.dropFirst(word.count)
    return true
  }

  private mutating func takeHalfDay() -> FormatSection.DatePart? {
    switch scalars.first {
    case "a", "A":
      if takeWord("AM/PM") { return .halfDay(am: "AM", pm: "PM") }
      guard scalars.count >= 3 else { return nil }
      // `a/p` is written in the case it has in the code.
      let letters = Array(scalars.prefix(3))
      guard takeWord("A/P") else { return nil }
      return .halfDay(am: String(letters[0]), pm: String(letters[2]))
    case "上":
      return takeWord("上午/下午") ? .halfDay(am: "上午", pm: "下午") : nil
    default: return nil
    }
  }

  private mutating func takeDatePart(_ scalar: Unicode.Scalar) -> FormatSection.DatePart? {
    let letter = Self.lowercased(scalar)
    guard "ymdhsaeb".unicodeScalars.contains(letter) else { return nil }
    let more = scalars.prefix { Self.lowercased($0) == letter }.count
    if letter == "a", more < 2 { return nil }
    if letter == "b", more == 0, scalars.first == "1" || scalars.first == "2" {
      // `B1` and `B2` choose a calendar, of which there is only one here.
      scalars.removeFirst()
      return .buddhistYear(0)
    }
    scalars = scalars.dropFirst(more)
    let count = more + 1
    switch letter {
    case "y": return .year(count <= 2 ? 2 : 4)
    case "e": return .year(4)
    case "b": return .buddhistYear(count <= 2 ? 2 : 4)
    case "m": return .month(min(count, 5))
    case "d": return .day(min(count, 4))
    case "a": return .weekday(min(count, 4))
    case "h": return .hour(min(count, 2))
    default: return .second(min(count, 2))
    }
  }

  private func parseBracket(_ inside: ArraySlice<Unicode.Scalar>, into section: inout FormatSection) {
    guard let first = inside.first else { return }
    var text = ""
    text.unicodeScalars.append(contentsOf: inside)
    switch first {
    case "$":
      let symbol = inside.dropFirst().prefix { $0 != "-" }
      append(text: symbol, to: &section)
      let code = text.split(separator: "-", maxSplits: 1).dropFirst().first ?? ""
      section.language = UInt32(code.prefix(8), radix: 16) ?? 0
    case "<", ">", "=":
      section.condition = Self.condition(text)
    default:
      let lower = text.lowercased()
      if let numerals = ChineseNumerals(lower) {
        section.numerals = numerals
      } else if inside.allSatisfy({ Self.lowercased($0) == Self.lowercased(first) }) {
        let count = min(inside.count, 9)
        switch Self.lowercased(first) {
        case "h": section.tokens.append(.date(.elapsedHours(count)))
        case "m": section.tokens.append(.date(.elapsedMinutes(count)))
        case "s": section.tokens.append(.date(.elapsedSeconds(count)))
        default: break
        }
      }
    // Anything else is a colour.
    }
  }

  private static func condition(_ text: String) -> FormatSection.Condition? {
    let comparisons: [(String, FormatSection.Condition.Comparison)] = [
      ("<=", .lessOrEqual), ("<>", .notEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater),
      ("=", .equal),
    ]
    for (sign, comparison) in comparisons where text.hasPrefix(sign) {
      let number = text.dropFirst(sign.count).filter { $0 != " " }
      return Double(number).map { FormatSection.Condition(comparison: comparison, limit: $0) }
    }
    return nil
  }

  private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if 65...90 ~= scalar.value { Unicode.Scalar(UInt8(scalar.value + 32)) } else { scalar }
  }
}
