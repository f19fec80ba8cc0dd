/// Which characters stand in one place of a pattern.
///
/// PCRE2 takes `\d`, `\w` and `\s` for ASCII alone or for all of Unicode, as it is told, and Excel does not say how it tells it:
/// where a character outside of ASCII would make a difference the pattern is not computed.
struct PatternSet {
  enum Kind {
    case digit, word, space, alphabetic, alphanumeric, upper, lower, punctuation
  }

  var ranges: [ClosedRange<UInt32>] = []
  var kinds: [(kind: Kind, isNegated: Bool)] = []
  var isNegated = false
  var ignoresCase = false
  /// Characters of which it depends on PCRE2's settings whether they are in.
  var unclear: [UInt32] = []

  init() {}

  init(_ scalar: UInt32, _ ignoresCase: Bool) {
    ranges = [scalar...scalar]
    self.ignoresCase = ignoresCase
  }

  /// Every character but some.
  init(anyBut excluded: [UInt32], warnsOf unclear: [UInt32]) {
    ranges = excluded.map { $0...$0 }
    isNegated = true
    self.unclear = unclear
  }

  func contains(_ scalar: UInt32) throws -> Bool {
    if unclear.contains(scalar) { throw PatternError.unsupported("a line break of another kind") }
    var isIn = ranges.contains { $0.contains(scalar) }
    if !isIn, ignoresCase {
      isIn = Self.otherCases(of: scalar).contains { other in ranges.contains { $0.contains(other) } }
    }
    if !isIn {
      for (kind, isNegated) in kinds where try Self.holds(kind, scalar, ignoresCase: ignoresCase) != isNegated
      {
        isIn = true
        break
      }
    }
    return isIn != isNegated
  }

  /// The same letter, large or small.
  private static func otherCases(of scalar: UInt32) -> [UInt32] {
    if scalar < 0x80 {
      let letter = scalar | 0x20
      return 0x61...0x7A ~= letter ? [scalar ^ 0x20] : []
    }
    guard let properties = Unicode.Scalar(scalar)?.properties, properties.changesWhenCaseMapped else {
      return []
    }
    return [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { text in
      let scalars = text.unicodeScalars
      return scalars.count == 1 ? scalars.first?.value : nil
    }.filter { $0 != scalar }
  }

  static func areSame(_ first: UInt32, _ second: UInt32, ignoresCase: Bool) -> Bool {
    first == second || (ignoresCase && otherCases(of: first).contains(second))
  }

  static func isASCIIWord(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  static func holds(_ kind: Kind, _ scalar: UInt32, ignoresCase: Bool = false) throws -> Bool {
    if scalar >= 0x80 {
      if try isUnclear(kind, scalar) {
        throw PatternError.unsupported(
          "a class of characters for U+\(String(scalar, radix: 16, uppercase: true))")
      }
      return false
    }
    switch kind {
    case .digit: return 0x30...0x39 ~= scalar
    case .word: return isASCIIWord(scalar)
    case .space: return 0x09...0x0D ~= scalar || scalar == 0x20
    case .upper: return 0x41...0x5A ~= scalar || (ignoresCase && 0x61...0x7A ~= scalar)
    case .lower: return 0x61...0x7A ~= scalar || (ignoresCase && 0x41...0x5A ~= scalar)
    case .alphabetic: return 0x61...0x7A ~= scalar | 0x20
    case .alphanumeric: return isASCIIWord(scalar) && scalar != 0x5F
    case .punctuation: return 0x21...0x7E ~= scalar && (!isASCIIWord(scalar) || scalar == 0x5F)
    }
  }

  /// Whether a character outside of ASCII is in a class by Unicode.
  private static func isUnclear(_ kind: Kind, _ scalar: UInt32) throws -> Bool {
    guard let properties = Unicode.Scalar(scalar)?.properties else { return true }
    let category = properties.generalCategory
    switch kind {
    case .digit: return category == .decimalNumber
    case .space: return properties.isWhitespace
    case .punctuation:
      switch category {
      case .letterNumber, .otherLetter, .decimalNumber, .uppercaseLetter, .lowercaseLetter, .spaceSeparator:
        return false
      default: return true
      }
    case .word, .alphabetic, .alphanumeric, .upper, .lower:
      switch category {
      case .otherPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation,
        .mathSymbol, .currencySymbol, .spaceSeparator, .lineSeparator, .paragraphSeparator:
        return false
      default: return true
      }
    }
  }
}
