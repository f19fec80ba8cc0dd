/// Rows or columns given by number: one (`3`) or several (`4...14`).
public protocol GridSpan {
  var indices: ClosedRange<Int> { get }
}

extension Int: GridSpan {
  public var indices: ClosedRange<Int> { self...self }
}

extension ClosedRange: GridSpan where Bound == Int {
  public var indices: ClosedRange<Int> { self }
}

/// Columns by their letters: `"B"`, `"A:E"`.
public struct ColumnRange: GridSpan, Hashable, Sendable, ExpressibleByStringLiteral {
  public var indices: ClosedRange<Int>

  public init(_ indices: ClosedRange<Int>) { self.indices = indices }

  /// Reads `B`, `A:E`, `$A:$E`. `nil` if the text names no columns of the grid.
  public init?(_ text: String) {
    let ends = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      .map { CellReference("\($0)1")?.column }
    guard let first = ends.first, let first, let last = ends.last, let last else { return nil }
    indices = min(first, last)...max(first, last)
  }

  /// - Precondition: The literal names columns.
  public init(stringLiteral value: StaticString) {
    guard let range = ColumnRange(value.description) else {
      preconditionFailure("\"\(value)\" names no columns; write \"B\" or \"A:E\"")
    }
    self = range
  }
}

extension Worksheet {
  /// Sets the height of rows in points, 0…409.5; `nil` lets the program choose.
  public func setRowHeight(_ height: Double?, for rows: some GridSpan) {
    updateRows(rows) { $0.height = height }
  }

  /// Sets the width of columns, 0…255, as the file stores it: in digits of the default font, with the 5 pixels of
  /// padding (0.71) that Excel's own dialog leaves out. `nil` is the sheet's default width.
  public func setColumnWidth(_ width: Double?, for columns: some GridSpan) {
    updateColumns(columns.indices) { $0.width = width }
  }

  public func setColumnWidth(_ width: Double?, for columns: ColumnRange) {
    setColumnWidth(width, for: columns.indices)
  }

  public func hideRows(_ rows: some GridSpan, _ isHidden: Bool = true) {
    updateRows(rows) { $0.isHidden = isHidden }
  }

  public func hideColumns(_ columns: some GridSpan, _ isHidden: Bool = true) {
    updateColumns(columns.indices) { $0.isHidden = isHidden }
  }

  public func hideColumns(_ columns: ColumnRange, _ isHidden: Bool = true) {
    hideColumns(columns.indices, isHidden)
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
      updateRows(rows.upperBound + 1) { $0.isCollapsed = true }
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

  private func updateRows(_ rows: some GridSpan, _ change: (inout RowSettings) -> Void) {
    for row in rows.indices { content.cells.updateRow(row) { change(&$0.settings) } }
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
