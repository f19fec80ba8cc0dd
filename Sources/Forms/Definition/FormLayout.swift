/// How the blank form looks on paper. Widths in characters, heights and sizes in points, margins in centimetres.
public struct FormLayout: Hashable, Sendable {
  public var landscape = false
  public var labelFont = "黑体"
  public var labelSize = 16.0
  public var titleFont = "方正小标宋简体"
  public var titleSize = 22.0
  public var textFont = "仿宋_GB2312"
  public var textSize = 14.0
  /// The width of each column from the first, row headings included; empty spreads them evenly.
  public var columnWidths: [Double] = []
  public var rowHeight = 36.0
  /// The title as printed, in lines; empty prints the title on one line.
  public var titleLines: [String] = []

  public init() {}
}
