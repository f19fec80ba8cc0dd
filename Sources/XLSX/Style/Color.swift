/// A colour as a workbook names it (ECMA-376 Part 1, 18.8.19).
public enum Color: Hashable, Sendable {
  /// Alpha, red, green and blue, `0xFFRRGGBB`.
  case argb(UInt32)
  /// A colour of the workbook's theme, made lighter (tint > 0) or darker (tint < 0).
  case theme(Int, tint: Double)
  /// A colour of the old 56-colour palette.
  case indexed(Int)
  /// The window's own colour.
  case automatic

  /// An opaque colour, `0xRRGGBB`.
  public static func rgb(_ value: UInt32) -> Color { .argb(0xFF00_0000 | (value & 0xFF_FFFF)) }

  /// Black.
  public static let black = Color.rgb(0)
  /// White.
  public static let white = Color.rgb(0xFF_FFFF)
}
