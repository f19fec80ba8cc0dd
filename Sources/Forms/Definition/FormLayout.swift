/// How the blank form looks on paper. Widths in characters, heights and sizes in points, margins in centimetres.
public struct FormLayout: Hashable, Sendable {
  /// The empty border of the page.
  public struct Margins: Hashable, Sendable {
    public var top, bottom, left, right: Double

    public init(top: Double, bottom: Double, left: Double, right: Double) {
      self.top = top
      self.bottom = bottom
      self.left = left
      self.right = right
    }

    /// The text area of GB/T 9704-2012: 156 mm × 225 mm on A4.
    public static let official = Margins(top: 3.7, bottom: 3.5, left: 2.8, right: 2.6)
    /// The same page lying on its side, its binding edge at the top.
    public static let officialLandscape = Margins(top: 2.8, bottom: 2.6, left: 3.5, right: 3.7)
  }

  public var landscape = false
  public var margins = Margins.official
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
