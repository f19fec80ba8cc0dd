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

  public var rows: ClosedRange<Int> { first.row...last.row }
  public var columns: ClosedRange<Int> { first.column...last.column }
  public var isSingleCell: Bool { first == last }
  /// The number of cells; at most 17,179,869,184.
  public var count: Int { rows.count * columns.count }

  public func contains(_ cell: CellReference) -> Bool {
    rows.contains(cell.row) && columns.contains(cell.column)
  }
  public func contains(_ other: CellRange) -> Bool { contains(other.first) && contains(other.last) }
  public func overlaps(_ other: CellRange) -> Bool {
    rows.overlaps(other.rows) && columns.overlaps(other.columns)
  }
}

extension CellRange: LosslessStringConvertible, ExpressibleByStringLiteral {
  /// Reads `A1:E12`, `$A$1:$E$12` or `A1`. `nil` if the text is no range inside the grid.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first.flatMap({ CellReference($0) }),
      let last = parts.last.flatMap({ CellReference($0) })
    else { return nil }
    self.init(first, last)
  }

  public init?(_ description: String) { self.init(description[...]) }

  /// A range written in source code, `"A1:E12"`.
  ///
  /// - Precondition: The literal is a range. Ranges that come from outside the program go through
  ///   ``init(_:)-(String)``.
  public init(stringLiteral value: StaticString) {
    guard let range = CellRange(value.description) else {
      preconditionFailure("\"\(value)\" is not a range such as \"A1:E12\"")
    }
    self = range
  }

  /// The range as Excel writes it: `A1:E12`, a single cell as `A1`.
  public var description: String { isSingleCell ? first.description : "\(first):\(last)" }
}
