import XLSX

/// Where everything stands on a sheet `…分单位`: one row per unit, one column per figure.
///
/// The other sheets' formulas point here, and the reader of an older workbook expects it here.
struct UnitTable {
  let form: FormDefinition
  let sheet: String
  let units: [UnitFigures]
  /// The headings over each figure, from the top: `送文艺`, `场次`, `线上`.
  let headings: [[Heading]]
  private let positions: [String: Int]
  private let columns: [FieldKey: Int]

  static let numberColumn = 1
  static let unitColumn = 2
  static let stateColumn = 3
  static let firstFigureColumn = 4
  /// The title, the line below it, then the headings.
  static let firstHeadingRow = 3

  /// - Parameter sheet: The sheet's name.
  init(_ consolidation: FormConsolidation, sheet: String) {
    form = consolidation.form
    self.sheet = sheet
    units = consolidation.units
    headings = Self.headings(of: form)
    positions = Dictionary(
      units.enumerated().map { ($1.unit.code, $0) }, uniquingKeysWith: { first, _ in first })
    columns = Dictionary(
      form.fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  static func headings(of form: FormDefinition) -> [[Heading]] {
    form.fields.map { form.rowLeaves[$0.row] + form.columnLeaves[$0.column] }
  }

  var headingDepth: Int { max(1, headings.map(\.count).max() ?? 1) }
  var lastHeadingRow: Int { Self.firstHeadingRow + headingDepth - 1 }
  var firstUnitRow: Int { lastHeadingRow + 1 }
  var lastUnitRow: Int { firstUnitRow + max(units.count, 1) - 1 }
  var totalRow: Int { lastUnitRow + 1 }
  var lastColumn: Int { Self.firstFigureColumn + form.fields.count - 1 }
  /// Headings, units and total.
  var range: CellRange {
    CellRange(
      CellReference(row: Self.firstHeadingRow, column: 1), CellReference(row: totalRow, column: lastColumn))
  }

  func column(of key: FieldKey) -> Int? {
    columns[key].map { Self.firstFigureColumn + $0 }
  }

  /// The cell of a figure of the unit at a position in ``units``.
  func cell(_ key: FieldKey, unit position: Int) -> CellReference? {
    column(of: key).map { CellReference(row: firstUnitRow + position, column: $0) }
  }

  /// The cell of a figure of the unit with a code.
  func cell(_ key: FieldKey, code: String) -> CellReference? {
    positions[code].flatMap { cell(key, unit: $0) }
  }

  /// All units' cells of a figure, as a reference from another sheet.
  func unitsReference(_ key: FieldKey) -> String? {
    column(of: key).map {
      LiveFormula.quoted(sheet) + "!" + CellRange(rows: firstUnitRow...lastUnitRow, column: $0).description
    }
  }

  func position(of unit: ReportingUnit) -> Int? { positions[unit.code] }
}
