/// A format that depends on what cells hold (ECMA-376 Part 1, 18.3.1.18).
public struct ConditionalFormat: Hashable, Sendable {
  /// The part of a style that a conditional format can set (a `dxf`); `nil` leaves the cell's own.
  public struct Appearance: Hashable, Sendable {
    /// The colour behind the cell; `nil` leaves it.
    public var fill: Color?
    /// The colour of its text; `nil` leaves it.
    public var fontColor: Color?
    /// Whether its text is bold; `nil` leaves it.
    public var isBold: Bool?
    /// Whether its text is italic; `nil` leaves it.
    public var isItalic: Bool?
    /// The lines around it; `nil` leaves them.
    public var borders: Borders?

    /// What a format changes of a cell's look.
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

  /// When cells look otherwise, and how.
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

  /// A value and the colour that cells with it have.
  public struct ScalePoint: Hashable, Sendable {
    /// The value.
    public var at: Threshold
    /// The colour at that value.
    public var color: Color
    /// A colour at a value.
    public init(at: Threshold, color: Color) {
      self.at = at
      self.color = color
    }
  }

  /// The cells that it is for.
  public var ranges: [CellRange]
  /// When, and how.
  public var rule: Rule
  /// No rule of lower priority is looked at where this one holds.
  public var stopsIfTrue: Bool
  /// The object of the file that it was read from.
  var origin = Origin()

  /// A rule for some ranges.
  public init(_ ranges: [CellRange], _ rule: Rule, stopsIfTrue: Bool = false) {
    self.ranges = ranges
    self.rule = rule
    self.stopsIfTrue = stopsIfTrue
  }
}
