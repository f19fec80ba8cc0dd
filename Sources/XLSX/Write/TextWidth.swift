/// How wide text is, in digits of its font.
enum TextWidth {
  /// East Asian wide and full-width characters count 2, combining marks 0, all others 1 (Unicode Standard Annex 11).
  static func of(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x0300: 1
    case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F, 0x20D0...0x20FF: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    // Chinese fonts draw these as wide as a character.
    case 0x2014, 0x2018...0x201D, 0x2026, 0x2103, 0x2160...0x217F, 0x2190...0x2199, 0x2460...0x24FF,
      0x25A0...0x25FF:
      2
    default: 1
    }
  }

  /// The width of the widest line.
  static func ofWidestLine(_ text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { of($0) }.max() ?? 0
  }
}
