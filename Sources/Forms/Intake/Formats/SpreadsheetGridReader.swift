import XLSX

/// Reads the spreadsheets that are no .xlsx: .xls, .et, .xlsb, .ods and XML Spreadsheet 2003.
struct SpreadsheetGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    var package = limits.package
    package.importedSize = GridBounds.importedSize
    let book: Workbook
    do {
      book = try FileDecryption.trying(limits.passwords) { password in
        try Workbook(
          importing: bytes, limits: package, sheetLimit: max(GridBounds.importedCells, limits.sheetCells),
          password: password)
      }
    } catch let error as XLSXError where format == .xlsb && error.code == .malformedPart {
      throw IntakeProblem(
        zh: "是Excel二进制工作簿（xlsb），内容已损坏，请用Excel另存为.xlsx后报送",
        en: "it is a binary workbook (xlsb) and damaged; save it as .xlsx in Excel")
    }
    return try GridBook(workbook: book, format: format, limits: limits)
  }
}
