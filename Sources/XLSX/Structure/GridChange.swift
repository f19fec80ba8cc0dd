/// Rows or columns that are put into a sheet, or taken out of it.
struct GridChange: Sendable {
  enum Axis: Sendable { case rows, columns }

  var axis: Axis
  /// The first row or column that comes new, or goes.
  var start: Int
  /// How many come; below 0, how many go.
  var count: Int

  var maximum: Int { axis == .rows ? CellReference.maximumRow : CellReference.maximumColumn }

  /// Where a row or column is afterwards; `nil` if it goes, or is pushed off the grid.
  func place(_ place: Int) -> Int? {
    if place < start { return place }
    if count < 0, place < start - count { return nil }
    let (moved, overflow) = place.addingReportingOverflow(count)
    return overflow || moved > maximum ? nil : moved
  }

  /// Where rows or columns are afterwards: what is put in between them belongs to them. `nil` if all of them go.
  func span(_ span: ClosedRange<Int>) -> ClosedRange<Int>? {
    // Whole columns stay whole.
    if span.lowerBound <= 1, span.upperBound >= maximum { return span }
    let (low, high) = (span.lowerBound, span.upperBound)
    if count >= 0 {
      guard let first = place(low) else { return nil }
      return first...max(first, place(high) ?? maximum)
    }
    let end = start - count
    let first = low < start ? low : low < end ? start : low + count
    let last = high < start ? high : high < end ? start - 1 : high + count
    return first <= last ? first...last : nil
  }

  func cell(_ cell: CellReference) -> CellReference? {
    switch axis {
    case .rows: place(cell.row).map { CellReference(row: $0, column: cell.column) }
    case .columns: place(cell.column).map { CellReference(row: cell.row, column: $0) }
    }
  }

  func range(_ range: CellRange) -> CellRange? {
    switch axis {
    case .rows:
      span(range.rows).map {
        CellRange(
          CellReference(row: $0.lowerBound, column: range.first.column),
          CellReference(row: $0.upperBound, column: range.last.column))
      }
    case .columns:
      span(range.columns).map {
        CellRange(
          CellReference(row: range.first.row, column: $0.lowerBound),
          CellReference(row: range.last.row, column: $0.upperBound))
      }
    }
  }

  func ranges(_ ranges: [CellRange]) -> [CellRange] { ranges.compactMap { self.range($0) } }

  /// Where a range with formulas relative to its first cell is afterwards, and by how much those formulas move before they
  /// follow: the first cell may go, and the next one is then what they are written for.
  func anchored(_ ranges: [CellRange]) -> (ranges: [CellRange], rows: Int, columns: Int) {
    guard let first = ranges.first else { return (ranges, 0, 0) }
    let kept = ranges.filter { self.range($0) != nil }
    guard let next = kept.first else { return ([], 0, 0) }
    var base = next.first
    if count < 0 {
      switch axis {
      case .rows: if start..<(start - count) ~= base.row { base.row = start - count }
      case .columns: if start..<(start - count) ~= base.column { base.column = start - count }
      }
    }
    return (kept.compactMap { self.range($0) }, base.row - first.first.row, base.column - first.first.column)
  }

  /// A part of a reference along the axis.
  func parts(
    _ first: ReferencePart, _ second: ReferencePart?, absoluteOnly: Bool
  ) -> FormulaReferences.Replacement {
    func coordinate(_ part: ReferencePart) -> Int? {
      switch axis {
      case .rows: absoluteOnly && !part.rowIsAbsolute ? nil : part.row
      case .columns: absoluteOnly && !part.columnIsAbsolute ? nil : part.column
      }
    }
    func moved(_ part: ReferencePart, to place: Int) -> ReferencePart {
      var part = part
      switch axis {
      case .rows: part.row = place
      case .columns: part.column = place
      }
      return part
    }
    guard let low = coordinate(first) else { return .keep }
    guard let second else {
      guard let new = place(low) else { return .lost }
      return new == low ? .keep : .parts(moved(first, to: new), nil)
    }
    guard let high = coordinate(second) else { return .keep }
    guard let new = span(min(low, high)...max(low, high)) else { return .lost }
    let (a, b) = low <= high ? (new.lowerBound, new.upperBound) : (new.upperBound, new.lowerBound)
    return (a, b) == (low, high) ? .keep : .parts(moved(first, to: a), moved(second, to: b))
  }
}
