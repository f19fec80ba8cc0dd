import Foundation
import XLSX

/// The looks of a sheet's cells as rules of a style sheet, each look once.
struct SheetStyles {
  private var names: [String: String] = [:]
  private var order: [String] = []

  /// The class of a look; empty for one without anything of its own.
  mutating func name(of style: Style, isNumber: Bool) -> String {
    let rule = Self.rule(style, isNumber: isNumber)
    guard !rule.isEmpty else { return "" }
    if let known = names[rule] { return known }
    let name = "s\(names.count)"
    names[rule] = name
    order.append(rule)
    return name
  }

  /// The rules, below an element of a class.
  func css(below parent: String) -> String {
    order.enumerated().map { ".\(parent) .s\($0){\($1)}" }.joined(separator: "\n")
  }

  private static func rule(_ style: Style, isNumber: Bool) -> String {
    var parts: [String] = []
    let font = style.font
    parts.append("font:\(font.isItalic ? "italic " : "")\(font.isBold ? "700 " : "")")
    parts[0] += "\(PageText.number(min(max(font.size, 4), 96)))pt/1.25 \(family(font.name))"
    if let color = font.color.flatMap(text), color != "#000000" { parts.append("color:\(color)") }
    var lines: [String] = []
    if font.isStruckThrough { lines.append("line-through") }
    if font.underline != .none { lines.append("underline") }
    if !lines.isEmpty { parts.append("text-decoration:\(lines.joined(separator: " "))") }
    switch style.fill {
    case .solid(let color): text(color).map { parts.append("background-color:\($0)") }
    case .pattern(_, let foreground, let background):
      (background ?? foreground).flatMap(text).map { parts.append("background-color:\($0)") }
    case .none: break
    }
    for (side, line) in [
      ("top", style.borders.top), ("right", style.borders.right), ("bottom", style.borders.bottom),
      ("left", style.borders.left),
    ] {
      if let line { parts.append("border-\(side):\(border(line))") }
    }
    switch style.alignment.horizontal {
    case .general: if isNumber { parts.append("text-align:right") }
    case .left, .fill: parts.append("text-align:left")
    case .right: parts.append("text-align:right")
    case .center, .centerContinuous: parts.append("text-align:center")
    case .justify, .distributed: parts.append("text-align:justify")
    }
    switch style.alignment.vertical {
    case .top, .justify: parts.append("vertical-align:top")
    case .center, .distributed: parts.append("vertical-align:middle")
    case .bottom: parts.append("vertical-align:bottom")
    }
    if style.alignment.rotation == 255 { parts.append("writing-mode:vertical-rl;text-orientation:upright") }
    if style.alignment.wrapsText { parts.append("white-space:pre-wrap;overflow-wrap:anywhere") }
    return parts.joined(separator: ";")
  }

  /// The fonts of official papers, then what the machine has. A name is a stranger's: only letters, digits and spaces of it
  /// are written.
  private static func family(_ name: String) -> String {
    let plain = String(
      name.unicodeScalars.filter {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == " " || $0 == "_"
      }
      .prefix(60).map(Character.init))
    let isSans = ["黑", "雅", "Arial", "Calibri", "Sans", "等线", "DengXian", "Tahoma"].contains {
      name.contains($0)
    }
    let usual =
      isSans ? "\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif" : "\"Noto Serif CJK SC\",SimSun,serif"
    return plain.isEmpty ? usual : "\"\(plain)\",\(usual)"
  }

  private static func border(_ line: Borders.Line) -> String {
    let color = line.color.flatMap(text) ?? "#000"
    switch line.style {
    case .thin: return "1px solid \(color)"
    case .hair: return "1px dotted \(color)"
    case .dotted: return "1px dotted \(color)"
    case .dashed, .dashDot, .dashDotDot: return "1px dashed \(color)"
    case .medium: return "2px solid \(color)"
    case .mediumDashed, .mediumDashDot, .mediumDashDotDot, .slantDashDot: return "2px dashed \(color)"
    case .thick: return "3px solid \(color)"
    case .double: return "3px double \(color)"
    }
  }

  /// `#RRGGBB`; `nil` for the window's own colour.
  static func text(_ color: Color) -> String? {
    switch color {
    case .argb(let value): return hex(value & 0xFF_FFFF)
    case .indexed(let index): return palette[index].map(hex)
    case .automatic: return nil
    case .theme(let index, let tint):
      guard theme.indices.contains(index) else { return nil }
      return hex(tinted(theme[index], tint))
    }
  }

  private static func hex(_ value: UInt32) -> String {
    let text = String(value, radix: 16)
    return "#" + String(repeating: "0", count: max(0, 6 - text.count)) + text
  }

  /// Towards white or black by a share (18.8.3, `tint`), channel by channel: near enough to Excel's lightness on a screen.
  private static func tinted(_ color: UInt32, _ tint: Double) -> UInt32 {
    guard tint.isFinite else { return color }
    let tint = min(max(tint, -1), 1)
    func channel(_ shift: UInt32) -> UInt32 {
      let value = Double((color >> shift) & 0xFF)
      let moved = tint < 0 ? value * (1 + tint) : value + (255 - value) * tint
      return UInt32(min(max(moved.rounded(), 0), 255)) << shift
    }
    return channel(16) | channel(8) | channel(0)
  }

  /// The colours of Office's theme, in the order in which cells name them.
  private static let theme: [UInt32] = [
    0xFFFFFF, 0x000000, 0xE7E6E6, 0x44546A, 0x4472C4, 0xED7D31, 0xA5A5A5, 0xFFC000, 0x5B9BD5, 0x70AD47,
    0x0563C1, 0x954F72,
  ]

  /// The old palette (18.8.27), as far as files still use it.
  private static let palette: [Int: UInt32] = {
    let first: [UInt32] = [
      0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF,
    ]
    let rest: [UInt32] = [
      0x800000, 0x008000, 0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366,
      0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF,
      0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC,
      0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696,
      0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
    ]
    let all = first + first + rest
    return Dictionary(all.enumerated().map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }()
}
