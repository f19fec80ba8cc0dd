/// Writes one number, without its sign, by one section of a format that is no date.
struct NumberRenderer {
  typealias Token = FormatSection.Token

  let section: FormatSection
  var text = ""
  /// Whether a number was rounded to 0, which gets no sign.
  private(set) var showsZero = false
  private let digitCharacters: [Character]

  init(section: FormatSection) {
    self.section = section
    digitCharacters = section.numerals.digits
  }

  /// - Parameter value: Not negative.
  mutating func render(_ value: Double) {
    let tokens = section.tokens[...]
    switch section.kind {
    case .literal, .general, .text, .date:
      var isWritten = false
      for token in tokens {
        if token == .general || token == .text {
          if isWritten { continue }
          isWritten = true
          text += section.numerals.positional(GeneralFormat.cellText(for: value), shortTen: false)
        } else {
          literal(token)
        }
      }
    case .number: renderNumber(DecimalDigits(value), tokens)
    case .scientific: renderScientific(DecimalDigits(value), tokens)
    case .fraction: renderFraction(value, section.tokens)
    }
  }

  // A number in digits.

  private mutating func renderNumber(_ number: DecimalDigits, _ tokens: ArraySlice<Token>) {
    let parts = MantissaLayout(tokens)
    let percents = tokens.reduce(0) { $0 + ($1 == .percent ? 2 : 0) }
    let rounded = number.scaled(by: percents - 3 * parts.thousands).rounded(
      toFractionDigits: parts.fractionPlaces)
    showsZero = rounded.isZero
    renderMantissa(rounded, parts, tokens, forcesZeros: false)
  }

  private mutating func renderMantissa(
    _ number: DecimalDigits, _ parts: MantissaLayout, _ tokens: ArraySlice<Token>, forcesZeros: Bool
  ) {
    if parts.integerPlaces == 0, let point = parts.point {
      // `.00`: the digits before the point have no place of their own.
      for token in tokens[tokens.startIndex..<point] { literal(token) }
      for digit in number.integerDigits { append(digit) }
    } else {
      integer(
        number.integerDigits, tokens[tokens.startIndex..<parts.integerEnd], parts, forcesZeros: forcesZeros)
    }
    guard let point = parts.point else { return }
    text += "."
    var digits = number.fractionDigits[...]
    for index in (point + 1)..<tokens.endIndex {
      switch tokens[index] {
      case .digit(let place):
        if let digit = digits.popFirst() {
          append(digit)
        } else if place == .zero {
          append(0)
        } else if place == .space {
          text += " "
        }
      case .comma: break
      default: literal(tokens[index])
      }
    }
  }

  /// The digits of a whole number in the places that tokens give them, literals between them.
  private mutating func integer(
    _ digits: [UInt8], _ tokens: ArraySlice<Token>, _ layout: MantissaLayout, forcesZeros: Bool = false
  ) {
    let places = layout.integerPlaces
    var place = places
    var started = false
    for index in tokens.indices {
      switch tokens[index] {
      case .digit(let kind):
        if place == places, digits.count > places {
          // More digits than places: the first place takes them all.
          for position in stride(from: digits.count - 1, through: places, by: -1) {
            append(digits[digits.count - 1 - position])
            if layout.isGrouped, position % 3 == 0 { text += "," }
          }
          started = true
        }
        place -= 1
        let isFilled = digits.count > place
        if isFilled || kind == .zero || forcesZeros || (started && kind == .space) {
          append(isFilled ? digits[digits.count - 1 - place] : 0)
          started = true
        } else if kind == .space {
          text += " "
        }
        if layout.isGrouped, place > 0, place % 3 == 0 {
          text += started ? "," : kind == .space ? " " : ""
        }
      case .comma where layout.isLiteralComma(index): text += ","
      case .comma: break
      default: literal(tokens[index])
      }
    }
  }

  // A number with an exponent.

  private mutating func renderScientific(_ number: DecimalDigits, _ tokens: ArraySlice<Token>) {
    guard let split = tokens.firstIndex(where: { if case .exponent = $0 { true } else { false } }),
      case .exponent(let letter, let alwaysSigned) = tokens[split]
    else { return }
    let mantissa = tokens[..<split]
    let parts = MantissaLayout(mantissa)
    // As many digits before the point as there are places: with three, exponents are multiples of three.
    let step = max(parts.integerPlaces, 1)
    var exponent = Int((Double(number.exponent) / Double(step)).rounded(.down)) * step
    var scaled = number.scaled(by: -exponent).rounded(toFractionDigits: parts.fractionPlaces)
    if scaled.exponent >= step {
      exponent += step
      scaled = number.scaled(by: -exponent).rounded(toFractionDigits: parts.fractionPlaces)
    }
    renderMantissa(scaled, parts, mantissa, forcesZeros: number.isZero)
    text += letter
    let tail = tokens[(split + 1)...]
    let sign = exponent < 0 ? "-" : alwaysSigned ? "+" : ""
    let firstPlace = tail.firstIndex { if case .digit = $0 { true } else { false } } ?? tail.endIndex
    for token in tail[..<firstPlace] where token != .comma { literal(token) }
    text += sign
    let digits = String(abs(exponent)).utf8.map { $0 - UInt8(ascii: "0") }
    var layout = MantissaLayout(tail[firstPlace...])
    layout.isGrouped = false
    integer(digits, tail[firstPlace..<layout.integerEnd], layout)
    for token in tail[layout.integerEnd...] where token != .comma { literal(token) }
  }

  // A fraction.

  private mutating func renderFraction(_ value: Double, _ tokens: [Token]) {
    guard let layout = FractionLayout(tokens), value < 9e15 else {
      text += GeneralFormat.cellText(for: value)
      return
    }
    func places(_ range: Range<Int>) -> [FormatSection.Digit] {
      tokens[range].compactMap { if case .digit(let place) = $0 { place } else { nil } }
    }
    let isMixed = !layout.whole.isEmpty
    var whole = isMixed ? Int(value) : 0
    var (numerator, denominator) = layout.approximate(value - Double(whole))
    if isMixed, numerator >= denominator {
      whole += 1
      numerator -= denominator
    }
    let wholePlaces = places(layout.whole)
    let numeratorPlaces = places(layout.numerator)
    let hasSpaces = (wholePlaces + numeratorPlaces + places(layout.denominator)).contains(.space)
    let hidesFraction = isMixed && numerator == 0 && !numeratorPlaces.contains(.zero)

    if isMixed {
      var digits = whole == 0 ? [] : String(whole).utf8.map { $0 - UInt8(ascii: "0") }
      let isBlank = whole == 0 && !wholePlaces.contains(.zero)
      if isBlank, hidesFraction || (numerator == 0 && wholePlaces.contains(.space)) { digits = [0] }
      integer(digits, tokens[layout.whole], MantissaLayout(tokens[layout.whole]))
      if hidesFraction {
        if hasSpaces {
          let hidden = layout.separator.lowerBound..<layout.denominator.upperBound
          text += String(repeating: " ", count: tokens[hidden].reduce(0) { $0 + Self.width(of: $1) })
        }
      } else if digits.isEmpty, isBlank {
        if wholePlaces.contains(.space) || numeratorPlaces.contains(.space) {
          text += String(
            repeating: " ", count: tokens[layout.separator].reduce(0) { $0 + Self.width(of: $1) })
        }
      } else {
        for token in tokens[layout.separator] { literal(token) }
      }
    } else {
      for token in tokens[layout.separator] { literal(token) }
    }

    if !hidesFraction {
      let digits = String(numerator).utf8.map { $0 - UInt8(ascii: "0") }
      integer(digits, tokens[layout.numerator], MantissaLayout(tokens[layout.numerator]))
      for token in tokens[layout.middle] { literal(token) }
      renderDenominator(denominator, places(layout.denominator))
    }
    for token in tokens[layout.denominator.upperBound...] { literal(token) }
  }

  /// A denominator starts right after the slash; spaces follow it, zeros go before it.
  private mutating func renderDenominator(_ denominator: Int, _ places: [FormatSection.Digit]) {
    let digits = String(denominator)
    let zeros = max(0, places.count { $0 == .zero } - digits.count)
    for _ in 0..<zeros { append(0) }
    for digit in digits.utf8 { append(digit - UInt8(ascii: "0")) }
    if places.contains(.space) {
      text += String(repeating: " ", count: max(0, places.count - digits.count - zeros))
    }
  }

  private static func width(of token: Token) -> Int {
    if case .literal(let literal) = token { literal.count } else { 1 }
  }

  // Pieces.

  private mutating func append(_ digit: UInt8) {
    if digit < 10 { text.append(digitCharacters[Int(digit)]) }
  }

  private mutating func literal(_ token: Token) {
    switch token {
    case .literal(let literal): text += literal
    case .fixedDigit(let digit): append(digit)
    case .percent: text += "%"
    case .slash: text += "/"
    case .comma: text += ","
    case .point: text += "."
    default: break
    }
  }
}

/// Where the digits of a number go among the tokens of a section, and what its commas mean.
struct MantissaLayout {
  /// The decimal point.
  var point: Int?
  /// The end of what stands before the point.
  var integerEnd: Int
  var integerPlaces = 0
  var fractionPlaces = 0
  /// A comma between digit places: groups of three.
  var isGrouped = false
  /// How many commas follow the last digit place: each divides by 1000.
  var thousands = 0
  private var firstPlace: Int

  init(_ tokens: ArraySlice<FormatSection.Token>) {
    point = tokens.firstIndex(of: .point)
    integerEnd = point ?? tokens.endIndex
    func isPlace(_ index: Int) -> Bool { if case .digit = tokens[index] { true } else { false } }
    let integerIndices = (tokens.startIndex..<integerEnd).filter(isPlace)
    integerPlaces = integerIndices.count
    firstPlace = integerIndices.first ?? integerEnd
    if let first = integerIndices.first, let last = integerIndices.last {
      isGrouped = tokens[first..<last].contains(.comma)
      thousands = tokens[(last + 1)..<integerEnd].prefix { $0 == .comma }.count
    }
    guard let point else { return }
    let fractionIndices = ((point + 1)..<tokens.endIndex).filter(isPlace)
    fractionPlaces = fractionIndices.count
    let end = fractionIndices.last ?? point
    thousands += tokens[(end + 1)..<tokens.endIndex].prefix { $0 == .comma }.count
  }

  /// A comma before every digit place stands for itself.
  func isLiteralComma(_ index: Int) -> Bool { index < firstPlace }
}
