/// What a formula is computed over: cells, names, and the things that Excel takes from its surroundings.
///
/// Sheets are known by their position. ``WorkbookFormulaContext`` is the one for a workbook; another can stand in for
/// cells that come from somewhere else.
package protocol FormulaContext: AnyObject {
  var dateSystem: DateSystem { get }
  /// The serial number of now, for `TODAY` and `NOW`; `nil` makes them unsupported. The clock is never read.
  var now: Double? { get }

  /// The position of a sheet by its name, which is compared without regard to case.
  func position(ofSheet name: String) -> Int?
  /// The sheets of cells among some neighbouring ones, in order.
  func worksheets(in positions: ClosedRange<Int>) -> [Int]
  /// What a cell holds: a formula with its cached value, or a value.
  func cell(_ reference: CellReference, sheet: Int) throws -> CellValue
  /// The smallest range that holds every cell of a sheet.
  func usedRange(ofSheet sheet: Int) throws -> CellRange?
  /// Every cell of a range that is not empty with what it holds, row by row.
  ///
  /// - Returns: How many places were looked at for that, rows without such a cell among them: what the walk costs.
  func forEachCell(
    in range: CellRange, sheet: Int, _ body: (CellReference, CellValue) throws -> Void
  ) throws -> Int
  /// What a name stands for, looked up on the sheet first and then in the workbook.
  func definedName(_ name: String, sheet: Int) -> String?
  /// The master cell of the array formula that fills a cell, if one does, and the range it fills.
  func arrayFormula(covering reference: CellReference, sheet: Int) throws -> (
    master: CellReference, range: CellRange
  )?
  /// The formulas of a sheet whose results spill, each with the range that it filled when it was saved.
  func dynamicFormulas(ofSheet sheet: Int) throws -> [(master: CellReference, range: CellRange)]
  /// How many sheets there are, for `SHEETS`; `nil` makes it unsupported.
  var sheetCount: Int? { get }
  /// A number from 0 to below 1, for `RAND` and its kin; `nil` makes them unsupported.
  func random() -> Double?
  /// A table by its name, or with `nil` the one that a cell stands in, and the sheet it lies on; `nil` if there is none.
  func table(_ name: String?, at cell: CellReference, sheet: Int) throws -> (table: Table, sheet: Int)?
  /// Whether a row is hidden, and whether by a filter.
  func isRowHidden(_ row: Int, sheet: Int) throws -> (hidden: Bool, isFiltered: Bool)
}

extension FormulaContext {
  /// None: nothing spills.
  package func dynamicFormulas(ofSheet sheet: Int) throws -> [(master: CellReference, range: CellRange)] {
    []
  }

  /// Not known.
  package var sheetCount: Int? { nil }

  /// None: what cannot be repeated is not computed.
  package func random() -> Double? { nil }

  /// None: cells that come from elsewhere than a workbook have no tables.
  package func table(_ name: String?, at cell: CellReference, sheet: Int) throws -> (
    table: Table, sheet: Int
  )? {
    nil
  }
}
