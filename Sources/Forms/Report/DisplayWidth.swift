extension StringProtocol {
  /// How many columns of a terminal the text takes: Chinese characters and full-width forms two, combining marks none
  /// (Unicode Standard Annex 11, classes W and F).
  public var displayWidth: Int {
    var width = 0
    for scalar in unicodeScalars { width += scalar.displayWidth }
    return width
  }

  /// The text filled up with spaces on the right to a width in columns.
  func padded(to width: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, width - displayWidth))
  }

  /// The longest beginning that fits a width, an ellipsis instead of what is left out.
  func shortened(to width: Int) -> String {
    guard displayWidth > width, width > 1 else { return String(self) }
    var kept = ""
    var used = 0
    for character in self {
      let needed = String(character).displayWidth
      if used + needed > width - 1 { break }
      kept.append(character)
      used += needed
    }
    return kept + "…"
  }

  /// The longest end that fits a width, an ellipsis instead of what is left out: of a path, the file's name.
  func ending(in width: Int) -> String {
    guard displayWidth > width, width > 1 else { return String(self) }
    var kept: [Character] = []
    var used = 0
    for character in reversed() {
      let needed = String(character).displayWidth
      if used + needed > width - "…".displayWidth { break }
      kept.append(character)
      used += needed
    }
    return "…" + String(kept.reversed())
  }
}

extension Unicode.Scalar {
  var displayWidth: Int {
    switch value {
    case 0x20..<0x7F: 1
    case 0..<0x20, 0x7F..<0xA0, 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F, 0xFEFF: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    // Quotation marks, dashes and the ellipsis are ambiguous in the standard; in Chinese text terminals show them wide.
    case 0x2014, 0x2018...0x2019, 0x201C...0x201D, 0x2026: 2
    default: 1
    }
  }
}
