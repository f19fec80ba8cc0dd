/// The lines around a cell (ECMA-376 Part 1, 18.8.4).
public struct Borders: Hashable, Sendable {
  public enum LineStyle: String, Hashable, Sendable, CaseIterable {
    case thin, medium, thick, hair, dotted, dashed, double, dashDot, dashDotDot, mediumDashed, mediumDashDot
    case mediumDashDotDot, slantDashDot
  }

  public struct Line: Hashable, Sendable {
    public var style: LineStyle
    /// `nil` is automatic: black on paper.
    public var color: Color?

    public init(_ style: LineStyle, color: Color? = nil) {
      self.style = style
      self.color = color
    }
  }

  public var left, right, top, bottom, diagonal: Line?
  public var diagonalUp = false
  public var diagonalDown = false

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

  public static let none = Borders()
  public static let thin = Borders.all(.thin)
}
