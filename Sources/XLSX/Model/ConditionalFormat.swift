/// A format that depends on what cells hold (ECMA-376 Part 1, 18.3.1.18).
public struct ConditionalFormat: Hashable, Sendable {
  /// The part of a style that a conditional format can set (a `dxf`); `nil` leaves the cell's own.
  public struct Appearance: Hashable, Sendable {
    public var fill: Color?
    public var fontColor: Color?
    public var isBold: Bool?
    public var isItalic: Bool?
    public var borders: Borders?

    public init(
      fill: Color? = nil, fontColor: Color? = nil, bold: Bool? = nil, italic: Bool? = nil,
      borders: Borders? = nil
    ) {
      self.fill = fill
      self.fontColor = fontColor
      isBold = bold
      isItalic = italic
      self.borders = borders
    }
  }

  /// Where a scale or bar begins or ends.
  public enum Threshold: Hashable, Sendable {
    /// What Excel finds fit; for data bars only.
    case automatic
    case minimum, maximum
    case number(Double)
    case percent(Double)
    case percentile(Double)
    case formula(String)
  }

  public enum Rule: Hashable, Sendable {
    /// The cell compared with one or two formulas.
    case cell(DataValidation.Operator, String, String?, Appearance)
    /// A formula, relative to the first cell of the first range, that is true.
    case expression(String, Appearance)
    /// Bars inside the cells; ``dataBar(_:from:to:)`` is the short way.
    case dataBar(DataBar)
    /// Two or three points.
    case colorScale([ScalePoint])
    /// An icon set by its name in the file: `3TrafficLights1`, `5Arrows` …, and those of Excel 2010: `3Stars`, `3Triangles`,
    /// `5Boxes`.
    case iconSet(String, thresholds: [Threshold], reversed: Bool = false, showsValue: Bool = true)
    /// A kind that this library keeps but does not model, by its name in the file.
    case other(String)
  }

  public struct ScalePoint: Hashable, Sendable {
    public var at: Threshold
    public var color: Color
    public init(at: Threshold, color: Color) {
      self.at = at
      self.color = color
    }
  }

  public var ranges: [CellRange]
  public var rule: Rule
  /// No rule of lower priority is looked at where this one holds.
  public var stopsIfTrue: Bool

  public init(_ ranges: [CellRange], _ rule: Rule, stopsIfTrue: Bool = false) {
    self.ranges = ranges
    self.rule = rule
    self.stopsIfTrue = stopsIfTrue
  }
}
