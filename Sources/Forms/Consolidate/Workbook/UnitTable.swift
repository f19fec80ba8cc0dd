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
  let offices: [OfficeFigures]
  let headingDepth: Int
  private let positions: [String: Int]
  private let columns: [FieldKey: Int]
  private let officePositions: [String: Int]
  /// Of each total, the runs of columns side by side that it adds up, from the first figure's on; empty for an input.
  private let summed: [[ClosedRange<Int>]]

  static let numberColumn = 1
  static let unitColumn = 2
  static let stateColumn = 3
  static let firstFigureColumn = 4
  /// Over the offices between this one and the unit, `河南省总工会/焦作市总工会`: a column behind the figures, where there
  /// are any.
  static let pathHeading = "隶属"
  /// In place of the number of a unit that does not owe the form.
  static let outsideMark = "另"
  /// The title, the line below it, then the headings.
  static let firstHeadingRow = 3

  /// - Parameter sheet: The sheet's name.
  init(_ consolidation: FormConsolidation, sheet: String) {
    form = consolidation.form
    self.sheet = sheet
    units = consolidation.units
    offices = consolidation.offices
    officePositions = Dictionary(
      offices.enumerated().map { ($1.figures.unit.code, $0) }, uniquingKeysWith: { first, _ in first })
    headings = Self.headings(of: form)
    positions = Dictionary(
      units.enumerated().map { ($1.unit.code, $0) }, uniquingKeysWith: { first, _ in first })
    let columns = Dictionary(
      form.fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    self.columns = columns
    headingDepth = max(1, headings.map(\.count).max() ?? 1)
    summed = form.fields.map { field in
      guard case .total(let parts) = field.role else { return [] }
      let cells = parts.compactMap { columns[$0].map { CellReference(row: 1, column: $0 + 1) } }
      return CellRange.joining(cells).map(\.columns)
    }
  }

  /// The formula of a total, by its position among the fields, in the row of the unit at a position in ``units``.
  func sum(of field: Int, unit position: Int) -> String {
    let row = firstUnitRow + position
    return LiveFormula.sum(
      summed[field].map { columns in
        CellRange(
          row: row,
          columns: (Self.firstFigureColumn + columns.lowerBound - 1)...(Self.firstFigureColumn
            + columns.upperBound - 1)
        ).description
      })
  }

  static func headings(of form: FormDefinition) -> [[Heading]] {
    form.fields.map { form.rowLeaves[$0.row] + form.columnLeaves[$0.column] }
  }

  var lastHeadingRow: Int { Self.firstHeadingRow + headingDepth - 1 }
  var firstUnitRow: Int { lastHeadingRow + 1 }
  var lastUnitRow: Int { firstUnitRow + max(units.count, 1) - 1 }
  var totalRow: Int { lastUnitRow + 1 }
  /// 隶属: where units stand below other units.
  var pathColumn: Int? { offices.isEmpty ? nil : Self.firstFigureColumn + form.fields.count }
  var lastColumn: Int { Self.firstFigureColumn + form.fields.count - (offices.isEmpty ? 1 : 0) }
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

  /// The cells of a figure of all units of an office, side by side.
  func cells(_ key: FieldKey, of office: OfficeFigures) -> CellRange? {
    guard !office.lines.isEmpty else { return nil }
    return column(of: key).map {
      CellRange(
        rows: (firstUnitRow + office.lines.lowerBound)...(firstUnitRow + office.lines.upperBound - 1),
        column: $0)
    }
  }

  /// The cells of figures of a unit, or of an office's units, as references from another sheet.
  func references(_ keys: [FieldKey], of unit: ReportingUnit) -> [String] {
    ranges(keys, of: unit).map { LiveFormula.quoted(sheet) + "!" + $0.description }
  }

  private func ranges(_ keys: [FieldKey], of unit: ReportingUnit) -> [CellRange] {
    if let office = officePositions[unit.code] { return keys.compactMap { cells($0, of: offices[office]) } }
    guard let position = position(of: unit) else { return [] }
    return CellRange.joining(keys.compactMap { cell($0, unit: position) })
  }

  func position(of unit: ReportingUnit) -> Int? { positions[unit.code] }
}
