import XLSX

/// The colours of marked cells. Nobody else uses just these, so that marks of an earlier return are found again.
enum ReturnMark {
  private static let light: [Severity: Color] = [.error: .rgb(0xFFC8CD), .warning: .rgb(0xFFEFA3)]
  private static let dark: [Severity: Color] = [.error: .rgb(0xA61C1D), .warning: .rgb(0x8A5A03)]

  static let all = Set(light.values).union(dark.values)

  /// The colour for a cell: dark where the cell's text is light, so that it can be read.
  static func color(_ severity: Severity, on style: Style) -> Color {
    let colors = isLight(style.font.color) ? dark : light
    return colors[severity] ?? .rgb(0xFFEFA3)
  }

  /// The colour as other formats write it: `FFC8CD`.
  static func hex(_ severity: Severity) -> String { hex(light[severity] ?? .rgb(0xFFEFA3)) }

  /// ``all`` as other formats write it.
  static let hexColors = Set(all.map(hex))

  private static func hex(_ color: Color) -> String {
    guard case .argb(let value) = color else { return "" }
    let digits = String(value & 0xFF_FFFF, radix: 16, uppercase: true)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  static func fill(_ severity: Severity) -> Fill? { light[severity].map { .solid($0) } }

  private static func isLight(_ color: Color?) -> Bool {
    switch color {
    case .argb(let value):
      let (red, green, blue) = (value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF)
      return red * 3 + green * 6 + blue > 10 * 170
    // The first and third colours of a theme are the light ones: what paper is white with.
    case .theme(let number, _): return number == 0 || number == 2
    case .indexed(let number): return number == 1 || number == 9
    case .automatic, nil: return false
    }
  }
}
