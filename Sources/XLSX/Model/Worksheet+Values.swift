/// Values of Swift's own types, and dates, straight in and out of cells. Where both fit, ``Worksheet/subscript(_:)-(CellReference)`` wins.
extension Worksheet {
  /// The value of a cell by its row and column, both from 1.
  public subscript(row: Int, column: Int) -> CellValue {
    get { self[CellReference(row: row, column: column)] }
    set { self[CellReference(row: row, column: column)] = newValue }
  }

  /// A number of a cell, in a variable or a calculation:
  ///
  ///     sheet["B2"] = count
  ///     let count: Double? = sheet["B2"]
  @_disfavoredOverload
  public subscript(reference: CellReference) -> Double? {
    get { self[reference].number }
    set { self[reference] = newValue.map { CellValue.number($0) } ?? .empty }
  }

  /// A whole number of a cell; `nil` for one with a fraction.
  @_disfavoredOverload
  public subscript(reference: CellReference) -> Int? {
    get { self[reference].number.flatMap { Int(exactly: $0) } }
    set { self[reference] = newValue.map { CellValue.number(Double($0)) } ?? .empty }
  }

  /// The text of a cell.
  @_disfavoredOverload
  public subscript(reference: CellReference) -> String? {
    get { self[reference].text }
    set { self[reference] = newValue.map { CellValue.text($0) } ?? .empty }
  }

  /// The truth value of a cell.
  @_disfavoredOverload
  public subscript(reference: CellReference) -> Bool? {
    get { self[reference].bool }
    set { self[reference] = newValue.map { CellValue.bool($0) } ?? .empty }
  }
}
