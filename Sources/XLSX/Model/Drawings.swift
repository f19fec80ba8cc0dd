/// A table with a header row (ECMA-376 Part 1, 18.5.1.2).
public struct Table: Hashable, Sendable {
  /// What formulas call it; unique in the workbook.
  public var name: String
  /// Its cells, headers and totals among them.
  public var range: CellRange
  /// The header texts, equal to the cells of the first row.
  public var columns: [String]
  /// One of Excel's looks, `TableStyleMedium2`; `nil` for none.
  public var styleName: String?
  /// Whether the last row holds totals.
  public var showsTotals = false
  /// Whether the first row holds the headers. A table of a file may have none; one that is made here has them.
  public internal(set) var hasHeaders = true
  /// Whether the headers have buttons to filter by.
  public var showsFilter = true
  /// The object of the file that it was read from.
  var origin = Origin()

  /// A table with headers in its first row.
  public init(_ name: String, range: CellRange, columns: [String], styleName: String? = "TableStyleMedium2") {
    self.name = name
    self.range = range
    self.columns = columns
    self.styleName = styleName
  }
}

extension Table {
  /// Whether the table lies on other cells than another, or names them otherwise.
  func isLaidOut(unlike other: Table) -> Bool {
    range != other.range || columns != other.columns || showsTotals != other.showsTotals
  }
}

/// A picture on a sheet.
public struct Picture: Hashable, Sendable {
  /// How a picture's bytes are to be read.
  public enum Format: String, Hashable, Sendable {
    case png, jpeg
  }

  /// The bytes of the picture's file.
  public var data: [UInt8]
  /// How they are to be read.
  public var format: Format
  /// The upper left cell.
  public var anchor: CellReference
  /// In points.
  public var width: Double
  /// In points.
  public var height: Double
  /// For people who cannot see the picture.
  public var description: String
  /// The object of the file that it was read from.
  var origin = Origin()

  /// A picture whose upper left corner lies in a cell.
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
