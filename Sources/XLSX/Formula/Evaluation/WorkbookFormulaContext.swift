/// The cells, names and settings of a workbook, as formulas see them. Sheets are parsed when a formula first needs them.
package final class WorkbookFormulaContext: FormulaContext {
  private let workbook: Workbook
  package let now: Double?
  private var positions: [String: Int] = [:]
  private var names: [String: String] = [:]
  private var usedRanges: [Int: CellRange?] = [:]
  private var tables: [String: (table: Table, sheet: Int)]?
  private var arrays: [Int: ArrayFormulas] = [:]
  private var generator: SeededGenerator?

  /// The array formulas of a sheet: those of a fixed range, and those that spill.
  private struct ArrayFormulas {
    var fixed = RangeIndex()
    var dynamic: [(master: CellReference, range: CellRange)] = []
  }

  /// - Parameters:
  ///   - now: The serial number of the current date and time, in the workbook's date system.
  ///   - seed: What `RAND` and its kin begin with; the same seed gives the same numbers. Without one they are unsupported.
  package init(_ workbook: Workbook, now: Double? = nil, seed: UInt64? = nil) {
    self.workbook = workbook
    self.now = now
    generator = seed.map { SeededGenerator(seed: $0) }
    for (position, sheet) in workbook.sheets.enumerated() {
      positions[sheet.name.lowercased(), default: position] = position
    }
    for name in workbook.definedNames {
      names[Self.key(name.name, name.sheet.flatMap { positions[$0.lowercased()] })] = name.formula
    }
  }

  private static func key(_ name: String, _ sheet: Int?) -> String { "\(sheet ?? -1)!\(name.lowercased())" }

  package var dateSystem: DateSystem { workbook.dateSystem }

  package func position(ofSheet name: String) -> Int? { positions[name.lowercased()] }

  package func worksheets(in positions: ClosedRange<Int>) -> [Int] {
    positions.filter { workbook.sheets.indices.contains($0) && workbook.sheets[$0].kind == .worksheet }
  }

  package func definedName(_ name: String, sheet: Int) -> String? {
    names[Self.key(name, sheet)] ?? names[Self.key(name, nil)]
  }

  private func content(_ position: Int) throws -> SheetContent { try workbook.sheet(at: position).content }

  package func cell(_ reference: CellReference, sheet: Int) throws -> CellValue {
    try content(sheet).cells[reference]?.value ?? .empty
  }

  package func usedRange(ofSheet sheet: Int) throws -> CellRange? {
    if let known = usedRanges[sheet] { return known }
    let range = try content(sheet).cells.usedRange
    usedRanges[sheet] = .some(range)
    return range
  }

  package func forEachCell(
    in range: CellRange, sheet: Int, _ body: (CellReference, CellValue) throws -> Void
  ) throws -> Int {
    let rows = try content(sheet).cells.rows
    let first = rows.binarySearch(range.first.row, by: \.index).insertion
    var index = first
    var looked = 0
    // Nothing of a row is copied that has no cell in the range: B:B walks over every row that A fills.
    while index < rows.count, rows[index].index <= range.last.row {
      var place = rows[index].cells.binarySearch(range.first.column, by: \.column).insertion
      while place < rows[index].cells.count, rows[index].cells[place].column <= range.last.column {
        let value = rows[index].cells[place].value
        if value != .empty {
          try body(CellReference(row: rows[index].index, column: rows[index].cells[place].column), value)
        }
        place += 1
        looked += 1
      }
      index += 1
    }
    return looked + index - first
  }

  package func arrayFormula(
    covering reference: CellReference, sheet: Int
  ) throws -> (master: CellReference, range: CellRange)? {
    try arrays(ofSheet: sheet).fixed.first(containing: reference).map { ($0.first, $0) }
  }

  package func dynamicFormulas(ofSheet sheet: Int) throws -> [(master: CellReference, range: CellRange)] {
    try arrays(ofSheet: sheet).dynamic
  }

  private func arrays(ofSheet sheet: Int) throws -> ArrayFormulas {
    if let known = arrays[sheet] { return known }
    var found = ArrayFormulas()
    for row in try content(sheet).cells.rows {
      for cell in row.cells {
        guard case .formula(let formula, _) = cell.value, formula.isArray else { continue }
        let master = CellReference(row: row.index, column: cell.column)
        let range = formula.arrayRange ?? CellRange(master)
        if formula.isDynamic {
          found.dynamic.append((master, range))
        } else if !range.isSingleCell, range.first == master {
          found.fixed.append(range)
        }
      }
    }
    arrays[sheet] = found
    return found
  }

  package var sheetCount: Int? { workbook.sheets.count }

  package func random() -> Double? {
    guard var generator else { return nil }
    defer { self.generator = generator }
    return Double(generator.next() >> 11) * 0x1p-53
  }

  package func table(
    _ name: String?, at cell: CellReference, sheet: Int
  ) throws -> (table: Table, sheet: Int)? {
    guard let name else {
      return try content(sheet).tables.first { $0.range.contains(cell) }.map { ($0, sheet) }
    }
    if let own = try content(sheet).tables.first(where: { $0.name.lowercased() == name.lowercased() }) {
      return (own, sheet)
    }
    // Names of tables hold in the whole workbook, and only the sheets know theirs.
    if tables == nil {
      var found: [String: (table: Table, sheet: Int)] = [:]
      for position in workbook.sheets.indices where workbook.sheets[position].kind == .worksheet {
        for table in try content(position).tables { found[table.name.lowercased()] = (table, position) }
      }
      tables = found
    }
    return tables?[name.lowercased()]
  }

  package func isRowHidden(_ row: Int, sheet: Int) throws -> (hidden: Bool, isFiltered: Bool) {
    let content = try content(sheet)
    let hidden = content.cells.rows.binarySearch(row, by: \.index).found.map {
      content.cells.rows[$0].settings.isHidden
    }
    guard hidden == true else { return (false, false) }
    return (true, content.activeFilters.contains { $0.rows.dropFirst().contains(row) })
  }
}

extension Workbook {
  /// An evaluator over the workbook's present cells.
  ///
  /// - Parameters:
  ///   - now: The date that `TODAY` and `NOW` give; without it formulas that use them are unsupported.
  ///   - seed: What `RAND`, `RANDBETWEEN` and `RANDARRAY` begin with, the same numbers each time; without it they are
  ///     unsupported.
  public func calculator(now: CalendarDateTime? = nil, seed: UInt64? = nil) -> FormulaEvaluator {
    FormulaEvaluator(WorkbookFormulaContext(self, now: now.flatMap { dateSystem.serial(of: $0) }, seed: seed))
  }

  /// The value of a cell, its formula and those it depends on computed now; cached values are used only for precedents
  /// that cannot be computed. To compute many cells, keep one ``calculator(now:seed:)``.
  ///
  /// - Throws: ``FormulaError`` if the cell's own formula cannot be computed, ``XLSXError`` if there is no such sheet.
  public func computedValue(of cell: CellReference, inSheet name: String) throws -> CellValue {
    try calculator().value(of: cell, sheet: position(ofSheet: name))
  }
}
