import Foundation
import XLSX

/// Any file with a table in it as a workbook: what `dump` and `convert --raw` take. What it is, its bytes say.
public enum TableFile {
  /// Opens a file. An .xlsx is streamed from there; all others are read whole.
  ///
  /// - Throws: ``FormsError`` (`input`) if it holds no table or cannot be read, `XLSXError` if it is damaged.
  public static func open(_ path: String, limits: IntakeLimits = .default) throws -> Workbook {
    do {
      return try Workbook(contentsOf: URL(fileURLWithPath: path), limits: limits.package)
    } catch let error as XLSXError where error.code == .notASpreadsheet || error.code == .legacyFormat {
      do {
        let bytes = try FileLoader.bytes(at: path, limit: limits.fileSize)
        return try workbook(bytes, format: FileSniffer.format(of: bytes, limits: limits), limits: limits)
      } catch let problem as IntakeProblem {
        throw FormsError(.input, problem.why, file: path)
      } catch var error as XLSXError {
        error.file = error.file ?? path
        throw error
      }
    }
  }

  private static func workbook(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> Workbook
  {
    if let problem = IntakeProblem(unreadable: format, bytes: bytes) { throw problem }
    switch format {
    case .xlsx, .xlsm, .xltx, .xls, .xlsb, .ods, .xml2003:
      return try Workbook(importing: bytes, limits: limits.package)
    case .csv:
      return try Workbook(csv: bytes, limits: limits)
    default:
      guard let reader = format.reader else { throw IntakeProblem.unsupported(format) }
      return try Workbook(reader.read(bytes, format: format, limits: limits))
    }
  }
}

extension Workbook {
  /// The tables of a document as sheets.
  fileprivate convenience init(_ book: GridBook) throws {
    let imported = ImportedBook()
    for grid in book.grids {
      let sheet = try imported.addSheet(named: grid.name, visibility: grid.isHidden ? .hidden : .visible)
      for (place, cell) in grid.cells { try sheet.put(cell.value.stored, at: place) }
      for range in grid.merges { try sheet.merge(range) }
      sheet.finish()
    }
    self.init(imported)
  }

  /// The records of CSV text as the rows of one sheet.
  fileprivate convenience init(csv bytes: [UInt8], limits: IntakeLimits) throws {
    let imported = ImportedBook(limits: limits.package)
    var rows = ImportedRows(sheet: try imported.addSheet(named: "Sheet1"))
    try CSVText(bytes).scan(into: &rows)
    rows.sheet.finish()
    self.init(imported)
  }
}

/// Puts the fields of CSV text into a sheet.
private struct ImportedRows: CSVConsumer {
  let sheet: ImportedSheet
  private var place = CellReference(row: 1, column: 1)

  init(sheet: ImportedSheet) { self.sheet = sheet }

  mutating func field(_ bytes: UnsafeRawBufferPointer) throws {
    if let value = CellValue(csvField: bytes) { try sheet.put(value, at: place) }
    place.column += 1
  }

  mutating func endRecord() throws {
    guard place.row < CellReference.maximumRow else { throw IntakeProblem.tooManyRows }
    place = CellReference(row: place.row + 1, column: 1)
  }
}

extension GridValue {
  /// The value as a workbook stores it.
  var stored: CellValue {
    switch self {
    case .blank: .empty
    case .number(let number): Double(number.description).map { .number($0) } ?? .text(number.description)
    case .text(let text): .text(text)
    case .bool(let bool): .bool(bool)
    case .error(let text): .error(CellError(text))
    }
  }
}
