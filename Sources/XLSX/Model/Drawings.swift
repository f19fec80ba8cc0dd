/// A table with a header row (ECMA-376 Part 1, 18.5.1.2).
public struct Table: Hashable, Sendable {
  public var name: String
  public var range: CellRange
  /// The header texts, equal to the cells of the first row.
  public var columns: [String]
  public var styleName: String?
  public var showsTotals = false
  /// Whether the first row holds the headers. A table of a file may have none; one that is made here has them.
  public internal(set) var hasHeaders = true
  public var showsFilter = true

  public init(_ name: String, range: CellRange, columns: [String], styleName: String? = "TableStyleMedium2") {
    self.name = name
    self.range = range
    self.columns = columns
    self.styleName = styleName
  }
}

/// A picture on a sheet.
public struct Picture: Hashable, Sendable {
  public enum Format: String, Hashable, Sendable {
    case png, jpeg
  }

  public var data: [UInt8]
  public var format: Format
  /// The upper left cell.
  public var anchor: CellReference
  /// In points.
  public var width: Double
  public var height: Double
  /// For people who cannot see the picture.
  public var description: String

  public init(
    _ data: [UInt8], format: Format, at anchor: CellReference, width: Double, height: Double,
    description: String = ""
  ) {
    self.data = data
    self.format = format
    self.anchor = anchor
    self.width = width
    self.height = height
    self.description = description
  }
}

/// A chart on a sheet.
public struct Chart: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case column, bar, line, pie
  }

  public enum Stacking: String, Hashable, Sendable {
    case clustered, stacked, percentStacked
  }

  public struct Series: Hashable, Sendable {
    public var name: String
    /// `'任务完成情况'!$A$4:$A$19`
    public var categories: String
    public var values: String
    /// What the ranges hold, so that previewers can draw without calculating.
    public var cachedCategories: [String]
    public var cachedValues: [Double?]
    /// `nil` takes the theme's colours in turn, as the slices of a pie always do.
    public var color: Color?

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

  public var kind: Kind
  public var title: String?
  public var series: [Series]
  /// The cells the chart covers.
  public var area: CellRange
  public var categoryAxisTitle: String?
  public var valueAxisTitle: String?
  public var showsDataLabels = false
  public var showsLegend = true
  /// How several series of columns or bars stand: beside each other, or on each other.
  public var stacking: Stacking = .clustered
  /// The number format of the value axis and the data labels.
  public var numberFormat: NumberFormat = .general
  /// Where the value axis ends; `nil` leaves it to the program. Longer bars are cut there.
  public var valueAxisMaximum: Double?

  public init(_ kind: Kind, title: String? = nil, series: [Series], area: CellRange) {
    self.kind = kind
    self.title = title
    self.series = series
    self.area = area
  }
}
