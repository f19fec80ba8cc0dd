import Foundation

/// The form in which labels are compared: `送 文 艺`, `“送文艺”：` and `送文艺` are one, so are `附件 2` and `附件２`.
public enum LabelText {
  /// The letters, digits and ideographs of a text, half-width and in lower case; spaces, line breaks, punctuation,
  /// brackets, quotes and symbols are left out, what stands inside brackets stays.
  ///
  /// - Complexity: O(length)
  public static func key(_ text: some StringProtocol) -> String { String(scalars(text)) }

  /// The characters of ``key(_:)``.
  static func scalars(_ text: some StringProtocol) -> [Unicode.Scalar] {
    fold(text, droppingBrackets: false)
  }

  /// ``key(_:)`` without what stands in brackets: `活动场次（场）` gives `活动场次`. A text that stands in brackets as a
  /// whole keeps it.
  public static func baseKey(_ text: some StringProtocol) -> String {
    let base = fold(text, droppingBrackets: true)
    return String(base.isEmpty ? fold(text, droppingBrackets: false) : base)
  }

  /// The parts of a heading: what it is called, and what stands in the brackets at its end.
  static func splitBracket(_ text: String) -> (name: String, bracket: String?) {
    let scalars = Array(text.unicodeScalars)
    guard let last = scalars.last, isClosingBracket(last),
      let open = scalars.lastIndex(where: isOpeningBracket), open > 0
    else { return (text, nil) }
    return (String(scalars[..<open]), String(scalars[(open + 1)..<(scalars.count - 1)]))
  }

  /// Gives what ``key(_:)`` makes of one character: nothing, one, or several.
  static func fold(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x61...0x7A, 0x30...0x39: body(scalar)
    case 0x41...0x5A: Unicode.Scalar(scalar.value | 0x20).map(body)
    case 0...0x7F: return
    default: foldUnusual(scalar, body)
    }
  }

  /// Whether ``key(_:)`` keeps anything of a character.
  static func isWordLike(_ scalar: Unicode.Scalar) -> Bool {
    var isKept = false
    fold(scalar) { _ in isKept = true }
    return isKept
  }

  private static func fold(_ text: some StringProtocol, droppingBrackets: Bool) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.utf8.count / 2)
    var depth = 0
    for scalar in text.unicodeScalars {
      if droppingBrackets, isBracket(scalar) {
        depth = isOpeningBracket(scalar) ? depth + 1 : max(0, depth - 1)
      } else if depth == 0 {
        fold(scalar) { result.append($0) }
      }
    }
    return result
  }

  /// What a scalar outside ASCII and the common ideographs stands for.
  private static func foldUnusual(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
    if TextFolding.isInvisible(scalar) { return }
    if TextFolding.needsCompatibilityMapping(scalar) {
      for mapped in String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars
      where mapped.properties.generalCategory.isWordLike {
        body(mapped)
      }
      return
    }
    let half = TextFolding.halfWidth(scalar)
    if half.isASCII { return fold(half, body) }
    // 〇 is a letter-like number (Nl), as in 二〇二四.
    if half.properties.generalCategory.isWordLike { body(half) }
  }

  static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
    !isIdeograph(scalar) && (isOpeningBracket(scalar) || isClosingBracket(scalar))
  }

  /// What most characters are, told before anything else is asked.
  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool { 0x4E00...0x9FFF ~= scalar.value }

  static func isOpeningBracket(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", "[", "{", "（", "［", "｛", "【", "〔", "〖", "﹙", "⟨": true
    default: false
    }
  }

  static func isClosingBracket(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ")", "]", "}", "）", "］", "｝", "】", "〕", "〗", "﹚", "⟩": true
    default: false
    }
  }
}

extension Unicode.GeneralCategory {
  /// Letters, ideographs and numbers, and the marks that belong to them.
  fileprivate var isWordLike: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
