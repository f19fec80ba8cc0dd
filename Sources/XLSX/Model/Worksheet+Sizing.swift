/// Columns by their letters: `"B"`, `"A:E"`.
public struct ColumnRange: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// The columns by number, from 1.
  public var indices: ClosedRange<Int>

  /// Columns by their numbers, from 1.
  public init(_ indices: ClosedRange<Int>) { self.indices = indices }

  /// Reads `B`, `A:E`, `$A:$E`. `nil` if the text names no columns of the grid.
  public init?(_ text: String) {
    let ends = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      .map { CellReference(String($0) + "1")?.column }
    guard let first = ends.first, let first, let last = ends.last, let last else { return nil }
    indices = min(first, last)...max(first, last)
  }

  /// Columns written in source code. A text that names no columns gives column 0, which no file can have.
  public init(stringLiteral value: String) {
    let range: ColumnRange? = ColumnRange(value)
    self = range ?? ColumnRange(0...0)
  }
}

extension Worksheet {
  /// Sets the height of rows in points, 0…409.5; `nil` lets the program choose.
  public func setRowHeight(_ height: Double?, for rows: ClosedRange<Int>) {
    updateRows(rows) { $0.height = height }
  }

  /// Sets the height of one row.
  public func setRowHeight(_ height: Double?, for row: Int) { setRowHeight(height, for: row...row) }

  /// Sets the width of columns, 0…255, as the file stores it: in digits of the default font, with the 5 pixels of
  /// padding (0.71) that Excel's own dialog leaves out. `nil` is the sheet's default width.
  public func setColumnWidth(_ width: Double?, for columns: ColumnRange) {
    updateColumns(columns.indices) { $0.width = width }
  }

  /// Sets the width of columns given by number.
  public func setColumnWidth(_ width: Double?, for columns: ClosedRange<Int>) {
    setColumnWidth(width, for: ColumnRange(columns))
  }

  /// Sets the width of one column.
  public func setColumnWidth(_ width: Double?, for column: Int) {
    setColumnWidth(width, for: ColumnRange(column...column))
  }

  /// Hides rows, or shows them.
  public func hideRows(_ rows: ClosedRange<Int>, _ isHidden: Bool = true) {
    updateRows(rows) { $0.isHidden = isHidden }
  }

  /// Hides one row, or shows it.
  public func hideRows(_ row: Int, _ isHidden: Bool = true) { hideRows(row...row, isHidden) }

  /// Hides columns, or shows them.
  public func hideColumns(_ columns: ColumnRange, _ isHidden: Bool = true) {
    updateColumns(columns.indices) { $0.isHidden = isHidden }
  }

  /// Hides columns given by number, or shows them.
  public func hideColumns(_ columns: ClosedRange<Int>, _ isHidden: Bool = true) {
    hideColumns(ColumnRange(columns), isHidden)
  }

  /// Hides one column, or shows it.
  public func hideColumns(_ column: Int, _ isHidden: Bool = true) {
    hideColumns(ColumnRange(column...column), isHidden)
  }

  /// Puts rows into an outline group, one level deeper than they are (at most 7), folded if asked.
  ///
  /// The row below a folded group shows the button that opens it.
  public func groupRows(_ rows: ClosedRange<Int>, collapsed: Bool = false) {
    updateRows(rows) {
      $0.outlineLevel = min($0.outlineLevel + 1, 7)
      if collapsed { $0.isHidden = true }
    }
    if collapsed, rows.upperBound < CellReference.maximumRow {
      updateRows(rows.upperBound + 1...rows.upperBound + 1) { $0.isCollapsed = true }
    }
  }

  /// Puts columns into an outline group, one level deeper than they are (at most 7), folded if asked.
  public func groupColumns(_ columns: ClosedRange<Int>, collapsed: Bool = false) {
    updateColumns(columns) {
      $0.outlineLevel = min($0.outlineLevel + 1, 7)
      if collapsed { $0.isHidden = true }
    }
    let next = columns.upperBound + 1
    if collapsed, next <= CellReference.maximumColumn { updateColumns(next...next) { $0.isCollapsed = true } }
  }

  /// Puts columns given by letters into an outline group.
  public func groupColumns(_ columns: ColumnRange, collapsed: Bool = false) {
    groupColumns(columns.indices, collapsed: collapsed)
  }

  /// What a row has of its own; the defaults if nothing.
  public func rowSettings(_ row: Int) -> RowSettings { content.cells.settings(ofRow: row) ?? RowSettings() }

  /// What a column has of its own; the defaults if nothing.
  public func columnSettings(_ column: Int) -> ColumnSettings {
    content.columns.first { $0.range.contains(column) }?.settings ?? ColumnSettings()
  }

  /// The height in points of rows that have none of their own.
  public var defaultRowHeight: Double? {
    get { content.defaultRowHeight }
    set { content.defaultRowHeight = newValue }
  }

  /// The width of columns that have none of their own, in the units of
  /// ``setColumnWidth(_:for:)-(_,ColumnRange)``.
  public var defaultColumnWidth: Double? {
    get { content.defaultColumnWidth }
    set { content.defaultColumnWidth = newValue }
  }

  func updateRows(_ rows: ClosedRange<Int>, _ change: (inout RowSettings) -> Void) {
    for row in rows { content.cells.updateRow(row) { change(&$0.settings) } }
  }

  /// Changes the settings of columns. Runs of columns that the change cuts through are divided; equal neighbours are
  /// left as separate runs.
  func updateColumns(_ columns: ClosedRange<Int>, _ change: (inout ColumnSettings) -> Void) {
    var result: [(range: ClosedRange<Int>, settings: ColumnSettings)] = []
    var next = columns.lowerBound
    func fill(upTo end: Int) {
      guard next <= end else { return }
      var settings = ColumnSettings()
      change(&settings)
      result.append((next...end, settings))
      next = end + 1
    }
    for run in content.columns {
      guard run.range.overlaps(columns) else {
        if run.range.lowerBound > columns.upperBound { fill(upTo: columns.upperBound) }
        result.append(run)
        continue
      }
      if run.range.lowerBound < columns.lowerBound {
        result.append((run.range.lowerBound...columns.lowerBound - 1, run.settings))
      }
      fill(upTo: run.range.lowerBound - 1)
      let shared = run.range.clamped(to: columns)
      var settings = run.settings
      change(&settings)
      result.append((shared, settings))
      next = shared.upperBound + 1
      if run.range.upperBound > columns.upperBound {
        result.append((columns.upperBound + 1...run.range.upperBound, run.settings))
      }
    }
    fill(upTo: columns.upperBound)
    content.columns = result
  }
}
