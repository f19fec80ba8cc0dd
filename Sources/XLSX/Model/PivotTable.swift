/// A table that sums up rows of a list by what stands in their columns (ECMA-376 Part 1, 18.10). Excel makes it anew when it
/// opens the file.
public struct PivotTable: Hashable, Sendable {
  /// How the figures of a group become one.
  public enum Function: String, Hashable, Sendable {
    case sum, count, average, max, min, product
    case countNumbers = "countNums"
    case sampleDeviation = "stdDev"
    case deviation = "stdDevp"
    case sampleVariance = "var"
    case variance = "varp"
  }

  /// A figure for each group of rows.
  public struct Value: Hashable, Sendable {
    /// The heading of the column of figures.
    public var field: String
    /// How they become one.
    public var function: Function
    /// What it is called in the table; it must differ from every heading of the list.
    public var caption: String

    /// - Parameter caption: `nil` makes one of function and field, as Excel does.
    public init(_ field: String, _ function: Function = .sum, caption: String? = nil) {
      self.field = field
      self.function = function
      self.caption = caption ?? "\(Self.names[function] ?? "") of \(field)"
    }

    private static let names: [Function: String] = [
      .sum: "Sum", .count: "Count", .average: "Average", .max: "Max", .min: "Min", .product: "Product",
      .countNumbers: "Count", .sampleDeviation: "StdDev", .deviation: "StdDevp", .sampleVariance: "Var",
      .variance: "Varp",
    ]
  }

  /// What it is called among the pivot tables of the workbook.
  public var name: String
  /// The list with its headings: `'明细'!A1:D99`.
  public var source: String
  /// The cells that it fills, filters left out. Of a table that is to be added only the first counts.
  public var area: CellRange
  /// The headings by whose values there are rows, columns, and choices above the table.
  public var rows: [String]
  /// The headings by whose values there are columns.
  public var columns: [String]
  /// The headings that can be chosen from above the table.
  public var filters: [String]
  /// The figures, one at least.
  public var values: [Value]
  /// One of Excel's looks, `PivotStyleLight16`; `nil` for none.
  public var styleName: String?
  /// The object of the file that it was read from.
  var origin = Origin()

  /// A pivot table over a list, its first cell where it is to stand, filters left out.
  public init(
    _ name: String, source: String, at cell: CellReference, rows: [String], columns: [String] = [],
    filters: [String] = [], values: [Value], styleName: String? = "PivotStyleLight16"
  ) {
    self.name = name
    self.source = source
    area = CellRange(cell)
    self.rows = rows
    self.columns = columns
    self.filters = filters
    self.values = values
    self.styleName = styleName
  }
}

extension Worksheet {
  /// The pivot tables that lie on the sheet.
  public var pivotTables: [PivotTable] { content.pivotTables }

  /// Lays a pivot table over cells, and writes into them what it shows now; Excel works it out anew when it opens the file.
  ///
  ///     try sheet.addPivotTable(PivotTable(
  ///       "按市", source: "明细!A1:D99", at: "A3", rows: ["市"], columns: ["季度"], values: [.init("场次")]))
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` if the list is not there, a heading is missing or stands twice, the cells are
  ///   not empty, or more than 100,000 different values would have a row or a column each.
  /// - Complexity: O(*n* log *n*) in the rows of the list.
  public func addPivotTable(_ pivot: PivotTable) throws {
    guard let book, book.sheets.indices.contains(where: { book.loadedSheet(at: $0) === self }) else {
      throw ContentRules.invalid("The sheet belongs to no workbook", sheet: name)
    }
    let taken = book.sheets.indices.compactMap { book.loadedSheet(at: $0) }.flatMap(\.content.pivotTables)
    guard !pivot.name.isEmpty, !taken.contains(where: { $0.name.lowercased() == pivot.name.lowercased() })
    else {
      throw ContentRules.invalid("There is a pivot table \(pivot.name) already", sheet: name)
    }
    let snapshot = try PivotSnapshot(of: pivot, in: book, sheet: name)
    var placed = pivot
    placed.area = snapshot.area
    placed.source = "\(SheetReference.quoted(snapshot.sheet))!\(snapshot.source)"
    for cell in snapshot.cells.keys.sorted() where !self[cell].isEmpty {
      throw ContentRules.invalid(
        "The pivot table would lie over a cell that is not empty", sheet: name, cell: cell)
    }
    if let other = content.pivotTables.first(where: { $0.area.overlaps(snapshot.area) }) {
      throw ContentRules.invalid(
        "The pivot table would lie over the pivot table \(other.name)", sheet: name, cell: snapshot.area.first
      )
    }
    for (cell, value) in snapshot.cells { self[cell] = value }
    content.pivotTables.append(placed)
    content.pivotSnapshots[pivot.name] = snapshot
  }

  /// Takes a pivot table away; what its cells show stays in them.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` if there is no such table; when an opened workbook is saved,
  ///   ``XLSXError/Code/unsupportedChange`` for one that slicers, a timeline or a chart belong to.
  /// - Complexity: O(pivot tables)
  public func removePivotTable(named name: String) throws {
    guard let place = content.pivotTables.firstIndex(where: { $0.name.lowercased() == name.lowercased() })
    else {
      throw ContentRules.invalid("There is no pivot table \(name) on the sheet", sheet: self.name)
    }
    let removed = content.pivotTables.remove(at: place)
    content.pivotSnapshots[removed.name] = nil
  }
}
