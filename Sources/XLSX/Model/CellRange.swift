/// A rectangle of cells, `A1:E12`; a single cell is a range of one.
public struct CellRange: Hashable, Sendable {
  /// The upper left cell.
  public var first: CellReference
  /// The lower right cell.
  public var last: CellReference

  /// The smallest range that holds both cells, whichever corners they are.
  public init(_ a: CellReference, _ b: CellReference) {
    first = CellReference(row: min(a.row, b.row), column: min(a.column, b.column))
    last = CellReference(row: max(a.row, b.row), column: max(a.column, b.column))
  }

  /// The range of one cell.
  public init(_ cell: CellReference) { self.init(cell, cell) }

  /// The numbers of its rows, from 1.
  public var rows: ClosedRange<Int> { first.row...last.row }
  /// The numbers of its columns, from 1.
  public var columns: ClosedRange<Int> { first.column...last.column }
  /// Whether it is one cell.
  public var isSingleCell: Bool { first == last }
  /// The number of cells; at most 17,179,869,184.
  public var count: Int { rows.count * columns.count }

  /// Whether a cell lies in it.
  public func contains(_ cell: CellReference) -> Bool {
    rows.contains(cell.row) && columns.contains(cell.column)
  }
  /// Whether another range lies wholly in it.
  public func contains(_ other: CellRange) -> Bool { contains(other.first) && contains(other.last) }
  /// Whether it has a cell in common with another range.
  public func overlaps(_ other: CellRange) -> Bool {
    rows.overlaps(other.rows) && columns.overlaps(other.columns)
  }
}

extension CellRange: LosslessStringConvertible, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// Reads `A1:E12`, `$A$1:$E$12`, `A1`, whole columns (`A:C`) and whole rows (`3:5`). `nil` if the text is no range inside
  /// the grid.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if let first = parts.first.flatMap({ CellReference($0) }),
      let last = parts.last.flatMap({ CellReference($0) })
    {
      self.init(first, last)
      return
    }
    guard parts.count == 2, let a = ReferencePart(parts[0].utf8), let b = ReferencePart(parts[1].utf8) else {
      return nil
    }
    if let first = a.column, let last = b.column, a.isColumn, b.isColumn {
      self.init(
        CellReference(row: 1, column: first), CellReference(row: CellReference.maximumRow, column: last))
    } else if let first = a.row, let last = b.row, a.isRow, b.isRow {
      self.init(
        CellReference(row: first, column: 1), CellReference(row: last, column: CellReference.maximumColumn))
    } else {
      return nil
    }
  }

  /// A range of its A1 text, `B2:C9` or `B2`; `nil` for a text that is none, or one outside the grid.
  public init?(_ description: String) { self.init(description[...]) }

  /// A range written in source code, `"A1:E12"`, `"A:C"` or `"A1:E\(last)"`.
  ///
  /// A text that is no range inside the grid gives the range of ``CellReference/nowhere``, which no file can have.
  public init(stringLiteral value: String) {
    let range: CellRange? = CellRange(value[...])
    self = range ?? CellRange(.nowhere)
  }

  /// The range as Excel writes it: `A1:E12`, a single cell as `A1`.
  public var description: String { isSingleCell ? first.description : "\(first):\(last)" }
}
