/// Bars inside cells, as long as their numbers are large: as Excel 2010 and later draw them, with what Excel 2007 can show
/// of it beside ([MS-XLSX] 2.6.30).
public struct DataBar: Hashable, Sendable {
  /// Where the line stands from which negative bars run the other way.
  public enum Axis: String, Hashable, Sendable {
    /// Where 0 is; none without negative numbers.
    case automatic
    case middle
    /// No line: negative bars run the same way.
    case none
  }

  /// The colour of the bars.
  public var color: Color
  /// The value that has no bar.
  public var from: ConditionalFormat.Threshold
  /// The value whose bar fills the cell.
  public var to: ConditionalFormat.Threshold
  /// One colour all along, instead of fading out.
  public var isSolid: Bool
  /// The colour of the line around a bar; `nil` draws none.
  public var borderColor: Color?
  /// Bars of negative numbers; `nil` takes ``color``.
  public var negativeColor: Color?
  /// Where bars of negative values begin.
  public var axis: Axis
  /// Whether the number shows on its bar.
  public var showsValue: Bool

  /// - Parameters:
  ///   - from: The number of the shortest bar; automatic is 0, or the smallest number if that is negative.
  ///   - to: The number of the longest bar; automatic is the largest number, or 0 if all are negative.
  public init(
    _ color: Color, from: ConditionalFormat.Threshold = .automatic,
    to: ConditionalFormat.Threshold = .automatic, solid: Bool = false, border: Color? = nil,
    negative: Color? = .rgb(0xFF0000), axis: Axis = .automatic, showsValue: Bool = true
  ) {
    self.color = color
    self.from = from
    self.to = to
    isSolid = solid
    borderColor = border
    negativeColor = negative
    self.axis = axis
    self.showsValue = showsValue
  }
}

extension ConditionalFormat.Rule {
  /// Bars that fade out, red for negative numbers.
  public static func dataBar(
    _ color: Color, from: ConditionalFormat.Threshold = .automatic,
    to: ConditionalFormat.Threshold = .automatic
  ) -> Self { .dataBar(DataBar(color, from: from, to: to)) }
}
