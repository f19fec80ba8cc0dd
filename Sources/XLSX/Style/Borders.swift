/// The lines around a cell (ECMA-376 Part 1, 18.8.4).
public struct Borders: Hashable, Sendable {
  /// How a line is drawn.
  public enum LineStyle: String, Hashable, Sendable, CaseIterable {
    case thin, medium, thick, hair, dotted, dashed, double, dashDot, dashDotDot, mediumDashed, mediumDashDot
    case mediumDashDotDot, slantDashDot
  }

  /// A line beside a cell.
  public struct Line: Hashable, Sendable {
    /// How it is drawn.
    public var style: LineStyle
    /// `nil` is automatic: black on paper.
    public var color: Color?

    /// A line, in the colour of text unless another is given.
    public init(_ style: LineStyle, color: Color? = nil) {
      self.style = style
      self.color = color
    }
  }

  /// The lines; `nil` draws none.
  public var left, right, top, bottom, diagonal: Line?
  /// Whether the diagonal goes from the lower left to the upper right.
  public var diagonalUp = false
  /// Whether the diagonal goes from the upper left to the lower right.
  public var diagonalDown = false

  /// Lines on some sides.
  public init(left: Line? = nil, right: Line? = nil, top: Line? = nil, bottom: Line? = nil) {
    self.left = left
    self.right = right
    self.top = top
    self.bottom = bottom
  }

  /// The same line on all four sides.
  public static func all(_ style: LineStyle, color: Color? = nil) -> Borders {
    let line = Line(style, color: color)
    return Borders(left: line, right: line, top: line, bottom: line)
  }

  /// No lines.
  public static let none = Borders()
  /// Thin lines on all four sides.
  public static let thin = Borders.all(.thin)
}
