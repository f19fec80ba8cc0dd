/// Reads .xls of Excel 5 to 2003 and .et of WPS, which has the same streams ([MS-XLS], BIFF5 and BIFF8).
enum BIFFReader {
  static func read(_ bytes: [UInt8], password: String? = nil, into book: ImportedBook) throws {
    var stream = bytes
    if bytes.first == 0xD0 {
      // A file for both Excel 95 and 97 has both.
      guard let file = CompoundFile(bytes),
        let found = file.stream(named: "Workbook") ?? file.stream(named: "Book")
      else { throw truncated }
      stream = found
    }
    stream = try BIFFDecryption.decrypted(stream, password: password)
    let globals = try BIFFGlobals(stream, strings: book)
    book.styles = globals.styles
    book.dateSystem = globals.dateSystem
    for sheet in globals.sheets where sheet.isWorksheet {
      let content = try book.addSheet(named: sheet.name, visibility: sheet.visibility)
      var reader = BIFFSheetReader(into: content, globals: globals)
      try XLSXError.locating(sheet: sheet.name) { try reader.read(stream, from: sheet.offset) }
    }
  }

  static let truncated = XLSXError(
    .damagedArchive, "The workbook is cut short or damaged; ask for it to be sent again.")
  static let encrypted = XLSXError(
    .encrypted, "The workbook is encrypted; remove its password in Excel and save it again.")
}

extension XLSXError {
  /// Runs a step and adds the sheet to an error from below that does not know it.
  static func locating<Result>(sheet: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch var error as XLSXError {
      error.sheet = error.sheet ?? sheet
      throw error
    }
  }
}
