/// How a sheet is printed (ECMA-376 Part 1, 18.3.1.63 and its neighbours).
public struct PageSetup: Hashable, Sendable {
  /// How the paper lies.
  public enum Orientation: String, Hashable, Sendable {
    case portrait, landscape
  }

  /// In inches, as the file format has them; ``centimetres(left:right:top:bottom:header:footer:)`` converts.
  public struct Margins: Hashable, Sendable {
    /// The margins, and how far headers and footers are from the edge, in inches.
    public var left, right, top, bottom, header, footer: Double

    /// Margins in inches.
    public init(
      left: Double = 0.7, right: Double = 0.7, top: Double = 0.75, bottom: Double = 0.75,
      header: Double = 0.3,
      footer: Double = 0.3
    ) {
      self.left = left
      self.right = right
      self.top = top
      self.bottom = bottom
      self.header = header
      self.footer = footer
    }

    /// Margins given in centimetres.
    public static func centimetres(
      left: Double, right: Double, top: Double, bottom: Double, header: Double = 0.8, footer: Double = 0.8
    ) -> Margins {
      Margins(
        left: left / 2.54, right: right / 2.54, top: top / 2.54, bottom: bottom / 2.54, header: header / 2.54,
        footer: footer / 2.54)
    }
  }

  /// How large the sheet is printed.
  public enum Scaling: Hashable, Sendable {
    /// Percent, 10…400.
    case percent(Int)
    /// At most so many pages across and down; `nil` as many as it takes.
    case fit(width: Int?, height: Int?)
  }

  /// How the paper lies.
  public var orientation: Orientation = .portrait
  /// The number of a paper size; 9 is A4, 8 is A3.
  public var paperSize: Int = 9
  /// The margins.
  public var margins = Margins()
  /// How large the sheet is printed.
  public var scaling: Scaling = .percent(100)
  /// Whether it stands in the middle between left and right.
  public var centersHorizontally = false
  /// Whether it stands in the middle between top and bottom.
  public var centersVertically = false
  /// Whether the lines between cells are printed.
  public var printsGridLines = false
  /// Whether row numbers and column letters are printed.
  public var printsHeadings = false
  /// What of the sheet is printed; empty prints all.
  public var printArea: [CellRange] = []
  /// Rows printed on every page.
  public var repeatedRows: ClosedRange<Int>?
  /// The columns that stand on the left of every page.
  public var repeatedColumns: ClosedRange<Int>?
  /// In Excel's notation with `&L`, `&C`, `&R`, `&P`, `&N` …; at most 255 UTF-16 units.
  public var header: String?
  /// What stands at the foot of pages.
  public var footer: String?
  /// Of the first page, where it differs; an empty text leaves it blank.
  public var firstHeader: String?
  /// What stands at the foot of the first page.
  public var firstFooter: String?
  /// Of pages 2, 4, 6 …, where they differ.
  public var evenHeader: String?
  /// What stands at the foot of even pages.
  public var evenFooter: String?
  /// Rows after which, and columns after which, a new page begins.
  public var rowBreaks: [Int] = []
  /// The columns after which a page ends.
  public var columnBreaks: [Int] = []
  /// The number of the first page; `nil` counts from 1.
  public var firstPageNumber: Int?

  /// As Excel prints a new sheet.
  public init() {}
}
