import Foundation

/// The form in which labels are compared: `送 文 艺`, `“送文艺”：` and `送文艺` are one, so are `附件 2` and `附件２`.
public enum LabelText {
  /// The letters, digits and ideographs of a text, half-width and in lower case; spaces, line breaks, punctuation,
  /// brackets, quotes and symbols are left out, what stands inside brackets stays.
  ///
  /// - Complexity: O(length); without allocation for results of up to five ideographs.
  public static func key(_ text: some StringProtocol) -> String {
    fold(text, droppingBrackets: false)
  }

  /// ``key(_:)`` without what stands in brackets: `活动场次（场）` gives `活动场次`. A text that stands in brackets as a
  /// whole keeps it.
  public static func baseKey(_ text: some StringProtocol) -> String {
    let base = fold(text, droppingBrackets: true)
    return base.isEmpty ? fold(text, droppingBrackets: false) : base
  }

  /// Gives what ``key(_:)`` makes of one character: nothing, one, or several.
  static func fold(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x61...0x7A, 0x30...0x39: body(scalar)
    default: for mapped in key(String(scalar)).unicodeScalars { body(mapped) }
    }
  }

  /// Whether ``key(_:)`` keeps anything of a character.
  static func isWordLike(_ scalar: Unicode.Scalar) -> Bool {
    var isKept = false
    fold(scalar) { _ in isKept = true }
    return isKept
  }

  private static func fold(_ text: some StringProtocol, droppingBrackets: Bool) -> String {
    var result = ""
    var depth = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x4E00...0x9FFF, 0x61...0x7A, 0x30...0x39:
        if depth == 0 { result.unicodeScalars.append(scalar) }
      case 0x41...0x5A:
        if depth == 0 { appendLowercase(scalar.value, to: &result) }
      case 0...0x20:
        continue
      default:
        if droppingBrackets {
          if isOpeningBracket(scalar) {
            depth += 1
            continue
          }
          if isClosingBracket(scalar) {
            depth = max(0, depth - 1)
            continue
          }
        }
        if depth == 0 { appendFolded(scalar, to: &result) }
      }
    }
    return result
  }

  private static func appendLowercase(_ value: UInt32, to result: inout String) {
    if let lower = Unicode.Scalar(value | 0x20) { result.unicodeScalars.append(lower) }
  }

  /// Appends what a scalar outside the plain ranges stands for.
  private static func appendFolded(_ scalar: Unicode.Scalar, to result: inout String) {
    if TextFolding.isInvisible(scalar) { return }
    if TextFolding.needsCompatibilityMapping(scalar) {
      for mapped in String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars
      where mapped.properties.generalCategory.isWordLike {
        result.unicodeScalars.append(mapped)
      }
      return
    }
    let half = TextFolding.halfWidth(scalar)
    switch half.value {
    case 0x30...0x39, 0x61...0x7A: result.unicodeScalars.append(half)
    case 0x41...0x5A: appendLowercase(half.value, to: &result)
    case 0x21...0x7E: return
    // 〇 is a letter-like number (Nl), as in 二〇二四.
    default: if half.properties.generalCategory.isWordLike { result.unicodeScalars.append(half) }
    }
  }

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
