/// A chart on a sheet.
public struct Chart: Hashable, Sendable {
  /// How figures are drawn.
  public enum Kind: String, Hashable, Sendable {
    case column, bar, line, pie, area, doughnut
    /// Points at two numbers; a series' categories are its x.
    case scatter
    /// A web with a spoke for each category.
    case radar
  }

  /// A line through the points of a series that shows where they tend.
  public enum Trend: Hashable, Sendable {
    case linear, exponential, logarithmic, power
    /// Of order 2 to 6.
    case polynomial(order: Int)
    /// Over 2 to 255 points.
    case movingAverage(period: Int)
  }

  /// How series stand to each other.
  public enum Stacking: String, Hashable, Sendable {
    case clustered, stacked, percentStacked
  }

  /// Figures that are drawn alike, a value for each category.
  public struct Series: Hashable, Sendable {
    /// What the legend calls it, up to 255 characters.
    public var name: String
    /// `'任务完成情况'!$A$4:$A$19`
    public var categories: String
    /// The cells with the figures, absolute and with their sheet.
    public var values: String
    /// What the ranges hold, so that previewers can draw without calculating.
    public var cachedCategories: [String]
    /// The figures that the cells hold; `nil` for a gap. Left empty, they are taken from the cells when the
    /// workbook is written.
    public var cachedValues: [Double?]
    /// `nil` takes the theme's colours in turn, as the slices of a pie always do.
    public var color: Color?
    /// How the series is drawn in a chart of several kinds (columns, lines, areas); `nil` as the chart says.
    public var kind: Kind?
    /// Whether it is measured by a second axis on the right.
    public var usesSecondaryAxis = false
    /// Whether the points of a scatter chart are joined.
    public var showsLine = false
    /// A line through its points; `nil` draws none.
    public var trend: Trend?
    /// The series of the file that it was read from.
    var origin = Origin()

    /// A series by the cells that it shows.
    public init(
      name: String, categories: String, values: String, cachedCategories: [String] = [],
      cachedValues: [Double?] = [],
      color: Color? = nil
    ) {
      self.name = name
      self.categories = categories
      self.values = values
      self.cachedCategories = cachedCategories
      self.cachedValues = cachedValues
      self.color = color
    }
  }

  /// How it is drawn, but for series that say otherwise.
  public var kind: Kind
  /// What stands over it; lines are parted by `\n`.
  public var title: String?
  /// What it draws, 255 series at most.
  public var series: [Series]
  /// The cells the chart covers.
  public var area: CellRange
  /// What stands beside the axis of categories, or of x in a scatter chart.
  public var categoryAxisTitle: String?
  /// What stands beside the axis of values.
  public var valueAxisTitle: String?
  /// Whether every point shows its figure.
  public var showsDataLabels = false
  /// Whether a legend names the series.
  public var showsLegend = true
  /// What stands beside the second axis, on the right.
  public var secondaryAxisTitle: String?
  /// How several series of columns, bars, lines or areas stand: beside or before each other, or on each other.
  public var stacking: Stacking = .clustered
  /// The number format of the value axis and the data labels.
  public var numberFormat: NumberFormat = .general
  /// Where the value axis ends; `nil` leaves it to the program. Longer bars are cut there.
  public var valueAxisMaximum: Double?
  /// Where the value axis begins; `nil` leaves it to the program.
  public var valueAxisMinimum: Double?
  /// The object of the file that it was read from.
  var origin = Origin()

  /// A chart over cells of a sheet.
  public init(_ kind: Kind, title: String? = nil, series: [Series], area: CellRange) {
    self.kind = kind
    self.title = title
    self.series = series
    self.area = area
  }
}
