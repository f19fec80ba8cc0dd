/// How much room text takes on paper, near enough to lay out a form.
enum TextWidth {
  /// Points that one character of a column's width takes: the digit of the default font, 宋体 11, is 8 pixels at 96 dpi
  /// wide (ECMA-376 Part 1, 18.3.1.13).
  static let pointsPerCharacter = 6.0

  /// In points. An ideograph is as wide as its size, anything else half of it.
  static func points(_ text: some StringProtocol, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2000 ? size / 2 : size) }
  }

  /// In characters of a column's width.
  static func characters(_ text: some StringProtocol, size: Double) -> Double {
    points(text, size: size) / pointsPerCharacter
  }
}

extension FormLayout {
  /// A4 in centimetres.
  private static let paper = (short: 21.0, long: 29.7)

  /// The width between the margins, in characters of a column's width.
  var textWidth: Double {
    let paper = landscape ? Self.paper.long : Self.paper.short
    return max(1, (paper - margins.left - margins.right) / 2.54 * 72 / TextWidth.pointsPerCharacter)
  }
}
