/// Small charts in cells, one a row of figures, all of one look ([MS-XLSX] 2.4.3, Excel 2010).
public struct SparklineGroup: Hashable, Sendable {
  /// How the small charts are drawn.
  public enum Kind: String, Hashable, Sendable {
    case line, column
    /// Gains above, losses below, all of one height.
    case winLoss = "stacked"
  }

  /// One small chart.
  public struct Sparkline: Hashable, Sendable {
    /// The cell that it is drawn in.
    public var cell: CellReference
    /// What it draws: `'月报'!B2:M2`.
    public var source: String

    /// A small chart in a cell.
    public init(in cell: CellReference, source: String) {
      self.cell = cell
      self.source = source
    }
  }

  /// How they are drawn.
  public var kind: Kind
  /// The small charts.
  public var sparklines: [Sparkline]
  /// The colour of lines and bars.
  public var color: Color
  /// The colour of negative points, where they are marked.
  public var negativeColor: Color
  /// The colour of points that are marked.
  public var markerColor: Color
  /// In points; of lines only.
  public var lineWidth: Double
  /// Every point of a line as a dot.
  public var showsMarkers = false
  /// Whether the highest point is marked.
  public var marksHigh = false
  /// Whether the lowest point is marked.
  public var marksLow = false
  /// Whether the first point is marked.
  public var marksFirst = false
  /// Whether the last point is marked.
  public var marksLast = false
  /// Whether negative points are marked.
  public var marksNegative = false
  /// A line at 0.
  public var showsAxis = false
  /// The ends of the value axis; `nil` leaves each small chart its own.
  public var minimum: Double?
  /// The upper end of the value axis, as ``minimum``.
  public var maximum: Double?
  /// The object of the file that it was read from.
  var origin = Origin()

  /// A group of one look.
  public init(
    _ kind: Kind, _ sparklines: [Sparkline], color: Color = .rgb(0x376092),
    negativeColor: Color = .rgb(0xD00000),
    markerColor: Color = .rgb(0xD00000), lineWidth: Double = 0.75
  ) {
    self.kind = kind
    self.sparklines = sparklines
    self.color = color
    self.negativeColor = negativeColor
    self.markerColor = markerColor
    self.lineWidth = lineWidth
  }

  /// A group with a small chart in each cell of a column, drawn from the cells of the same row beside it.
  ///
  /// - Parameters:
  ///   - cells: One column of cells, `N2:N9`.
  ///   - source: The figures, as many rows: `B2:M9`.
  ///   - sheet: The name of the sheet with the figures.
  public init(_ kind: Kind, in cells: CellRange, rowsOf source: CellRange, sheet: String) {
    let quoted = SheetReference.quoted(sheet)
    self.init(
      kind,
      zip(cells.rows, source.rows).map { row, from in
        let figures = CellRange(
          CellReference(row: from, column: source.first.column),
          CellReference(row: from, column: source.last.column))
        return Sparkline(
          in: CellReference(row: row, column: cells.first.column), source: "\(quoted)!\(figures)")
      })
  }
}

extension Worksheet {
  /// The small charts in cells. What is set here is checked when the workbook is saved; groups of an opened workbook can go or
  /// lose some of their small charts, their look stays.
  public var sparklines: [SparklineGroup] {
    get { content.sparklines }
    set { content.sparklines = newValue }
  }

  /// Adds small charts to cells.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for what Excel would not draw.
  public func addSparklines(_ group: SparklineGroup) throws {
    try SparklineXML.check(group, sheet: name)
    content.sparklines.append(group)
  }

  /// Takes the small charts out of cells.
  public func removeSparklines(in range: CellRange) {
    for place in content.sparklines.indices {
      content.sparklines[place].sparklines.removeAll { range.contains($0.cell) }
    }
    content.sparklines.removeAll { $0.sparklines.isEmpty }
  }
}
