import XLSX

/// Reads one format into what the forms see.
protocol GridReader: Sendable {
  /// - Throws: ``IntakeProblem`` or `XLSXError` for a file that cannot be read.
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook
}

extension FileFormat {
  /// An Excel workbook of 2007 or later, which is streamed and kept whole where it must be.
  var isWorkbook: Bool { self == .xlsx || self == .xlsm || self == .xltx }

  /// The reader of the format; `nil` for what holds no table.
  var reader: (any GridReader)? {
    switch self {
    case .xlsx, .xlsm, .xltx: WorkbookGridReader()
    case .csv: CSVGridReader()
    case .docx: WordGridReader()
    case .odt: OpenDocumentTextReader()
    case .html: HTMLGridReader()
    case .xls, .xlsb, .ods, .xml2003: SpreadsheetGridReader()
    default: nil
    }
  }
}

extension Grid {
  /// F09, where not all of a sheet was read.
  func cutFinding(file: String) -> Finding? {
    guard let row = cutBelow else { return nil }
    var finding = RuleCatalogue.finding(
      "F09", file: file, ["sheet": MessageValue(name), "row": MessageValue(row)])
    finding.sheet = name
    finding.cell = CellReference(row: row, column: 1)
    return finding
  }
}

/// How much of a sheet is kept. A form has some hundred cells; a sheet beyond this is data of another kind, and a form at
/// its top is still found; that the rest was not looked at is told (F09).
enum GridBounds {
  static let cells = 100_000
  /// Cells and merged ranges that a sheet of another format than .xlsx is read to, which is read whole; far above
  /// ``cells``, so that no merged blanks come before them.
  static let importedCells = 1_000_000
  /// Bytes that such a workbook may take in memory.
  static let importedSize = 128 << 20
  /// Characters of one cell, as in Excel; four bytes each at most.
  static let cellCharacters = 32_767
  /// Merged ranges of one sheet.
  static let merges = 50_000
  /// Bytes of text of one file, each cell's counted, also where cells share one text: a few bytes may stand for gigabytes.
  static let textBytes = 32 << 20
  /// Formulas of one sheet that are computed.
  static let formulas = 5_000
  /// Text boxes of one sheet that are looked at.
  static let textBoxes = 200
  /// What a sheet with a list may have: more is refused.
  static let listCells = 8_000_000
  static let listTextBytes = 512 << 20
  /// What a consolidated workbook may have: its rows are units, and none of them may be left out in silence.
  static let consolidatedCells = 4_000_000
  static let consolidatedTextBytes = 256 << 20
  static let consolidatedFormulas = 100_000
}
