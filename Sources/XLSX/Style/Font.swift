/// A font (ECMA-376 Part 1, 18.8.22).
public struct Font: Hashable, Sendable {
  public enum Underline: String, Hashable, Sendable {
    case none, single, double, singleAccounting, doubleAccounting
  }
  public enum VerticalPosition: String, Hashable, Sendable {
    case baseline, superscript, `subscript`
  }

  public var name: String
  /// In points.
  public var size: Double
  public var isBold: Bool
  public var isItalic: Bool
  public var isStruckThrough: Bool
  public var underline: Underline
  public var verticalPosition: VerticalPosition
  public var color: Color?

  public init(
    name: String = "宋体", size: Double = 11, bold: Bool = false, italic: Bool = false,
    strikethrough: Bool = false,
    underline: Underline = .none, verticalPosition: VerticalPosition = .baseline, color: Color? = nil
  ) {
    self.name = name
    self.size = size
    isBold = bold
    isItalic = italic
    isStruckThrough = strikethrough
    self.underline = underline
    self.verticalPosition = verticalPosition
    self.color = color
  }
}
