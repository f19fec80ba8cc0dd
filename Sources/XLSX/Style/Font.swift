/// A font (ECMA-376 Part 1, 18.8.22).
public struct Font: Hashable, Sendable {
  /// How text is underlined.
  public enum Underline: String, Hashable, Sendable {
    case none, single, double, singleAccounting, doubleAccounting
  }
  /// Whether text is raised or lowered.
  public enum VerticalPosition: String, Hashable, Sendable {
    case baseline, superscript, `subscript`
  }

  /// The family: `仿宋_GB2312`, `Calibri`.
  public var name: String
  /// In points.
  public var size: Double
  /// Whether text is bold.
  public var isBold: Bool
  /// Whether text is italic.
  public var isItalic: Bool
  /// Whether a line goes through text.
  public var isStruckThrough: Bool
  /// How text is underlined.
  public var underline: Underline
  /// Whether text is raised or lowered.
  public var verticalPosition: VerticalPosition
  /// The colour of text; `nil` leaves it to the program.
  public var color: Color?

  /// Excel's own font, but for what is given.
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
