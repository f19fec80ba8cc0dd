/// What Excel refuses in how cells look.
enum StyleRules {
  static func check(_ style: Style) throws(XLSXError) {
    try check(style.font)
    try ContentRules.checkLength(
      style.numberFormat.code, atMost: 255, "The number format \(style.numberFormat.code)")
    if style.numberFormat.code.isEmpty {
      throw ContentRules.invalid("A number format is empty; write General")
    }
    if let refusal = style.numberFormat.refusal {
      throw ContentRules.invalid("Excel takes no number format \(style.numberFormat.code): \(refusal)")
    }
    let rotation = style.alignment.rotation
    if !(-90...90).contains(rotation) && rotation != 255 {
      throw ContentRules.invalid(
        "Text turned by \(rotation)°; Excel takes −90 to 90, and 255 for stacked letters")
    }
    if !(0...250).contains(style.alignment.indent) {
      throw ContentRules.invalid("An indent of \(style.alignment.indent); Excel takes 0 to 250")
    }
    try check(style.fill)
    try check(style.borders)
  }

  static func check(_ font: Font) throws(XLSXError) {
    if !(1...409).contains(font.size) {
      throw ContentRules.invalid("A font of \(font.size) points; Excel takes 1 to 409")
    }
    try ContentRules.checkLength(font.name, atMost: 31, "The font name \"\(font.name)\"")
    if font.name.isEmpty { throw ContentRules.invalid("A font without a name") }
    try check(font.color)
  }

  static func check(_ appearance: ConditionalFormat.Appearance) throws(XLSXError) {
    try check(appearance.fill)
    try check(appearance.fontColor)
    if let borders = appearance.borders { try check(borders) }
  }

  static func check(_ color: Color?) throws(XLSXError) {
    switch color {
    case nil, .automatic, .argb: return
    case .theme(let index, let tint):
      if !(0...11).contains(index) {
        throw ContentRules.invalid("Theme colour \(index); a theme has the colours 0 to 11")
      }
      if !(-1...1).contains(tint) { throw ContentRules.invalid("A tint of \(tint); Excel takes −1 to 1") }
    case .indexed(let index):
      if !(0...65).contains(index) {
        throw ContentRules.invalid("Colour \(index) of the palette; it has 0 to 65")
      }
    }
  }

  private static func check(_ fill: Fill) throws(XLSXError) {
    switch fill {
    case .none: return
    case .solid(let color): try check(color)
    case .pattern(let name, let foreground, let background):
      if !patterns.contains(name) {
        throw ContentRules.invalid(
          "\"\(name)\" is no fill pattern; there are \(patterns.sorted().joined(separator: ", "))")
      }
      try check(foreground)
      try check(background)
    }
  }

  private static func check(_ borders: Borders) throws(XLSXError) {
    for line in [borders.left, borders.right, borders.top, borders.bottom, borders.diagonal] {
      try check(line?.color)
    }
  }

  /// ST_PatternType (ECMA-376 Part 1, 18.18.55).
  private static let patterns: Set<String> = [
    "none", "solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical", "darkDown",
    "darkUp", "darkGrid", "darkTrellis", "lightHorizontal", "lightVertical", "lightDown", "lightUp",
    "lightGrid",
    "lightTrellis", "gray125", "gray0625",
  ]
}
