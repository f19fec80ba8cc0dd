#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Workbook {
  /// Opens a spreadsheet of whatever format: .xlsx and its kin as ``init(contentsOf:password:limits:)`` does, and .xls, .et, .xlsb,
  /// .ods, .fods and XML Spreadsheet 2003. What the file is, its bytes say, never its name.
  ///
  /// Of the other formats all values come with their number formats and struck or raised text, dates in the workbook's
  /// own date system, with merged ranges and with what is hidden; charts and macros do not. Formulas come from .ods
  /// alone, of the others what they gave when they were last calculated. They are read whole, and the workbook is
  /// like a new one: what ``save(to:)`` writes is an .xlsx.
  ///
  ///     let book = try Workbook(importing: URL(fileURLWithPath: "台账.xls"))
  ///     try book.save(to: URL(fileURLWithPath: "台账.xlsx"))
  ///
  /// - Throws: ``XLSXError``, as ``init(contentsOf:password:limits:)``.
  /// - Complexity: O(size of the file) in time and memory.
  public convenience init(importing url: URL, limits: Limits = .default) throws {
    let path = try LocalFile.path(of: url)
    let file = url.relativePath
    let content = try XLSXError.locating(file: file) { try FileContent(path: path, limits: limits) }
    switch content {
    case .imported(let book): self.init(book, file: file)
    case .package(let package): try self.init(package: package, file: file)
    }
  }

  /// Opens a spreadsheet of whatever format whose file lies in memory.
  ///
  /// - Throws: ``XLSXError``, as ``init(importing:limits:)-(URL,_)``.
  public convenience init(importing bytes: [UInt8], limits: Limits = .default) throws {
    try self.init(importing: bytes, limits: limits, sheetLimit: nil)
  }

  /// - Parameter sheetLimit: How many cells of a sheet are wanted; what is beyond is left out. It holds for other formats
  ///   than .xlsx, whose rows can be streamed.
  /// - Parameter password: Of an .xls; of an encrypted package what is inside is given.
  package convenience init(
    importing bytes: [UInt8], limits: Limits, sheetLimit: Int?, password: String? = nil
  ) throws {
    if let imported = try ImportedBook.read(
      bytes, limits: limits, sheetLimit: sheetLimit, password: password)
    {
      self.init(imported)
    } else {
      try self.init(bytes: bytes, limits: limits)
    }
  }

  /// Takes over what a reader has filled.
  package convenience init(_ imported: ImportedBook, file: String? = nil) {
    self.init()
    self.file = file
    // Not here: observers do not hear of what an initialiser sets, and the sheets would have no keys.
    setSheets(imported.sheets.map(\.info))
    styles = StyleTable(imported.styles)
    dateSystem = imported.dateSystem
    if let modified = imported.modified { properties.modified = modified }
    self.imported = imported
  }

  private func setSheets(_ infos: [SheetInfo]) { sheets = infos }

  /// The sheet at a position, parsed of an imported workbook at the first call.
  func importedSheet(at position: Int) -> Worksheet? {
    guard sheets.indices.contains(position), let imported, imported.sheets.indices.contains(keys[position])
    else {
      return nil
    }
    let key = keys[position]
    let sheet = Worksheet(info: sheets[position], workbook: self)
    let source = imported.sheets[key].content
    var stored = StoredRows(strings: imported.strings)
    stored.append(source.handler.builder)
    sheet.content = source.parts.content
    sheet.content.cells = stored.cells
    for change in structure { sheet.content.follow(change, isOwn: change.sheet == key) }
    loadedSheets[key] = sheet
    return sheet
  }

  /// Takes all sheets of an imported workbook into memory, where a workbook that is written whole has them.
  func loadImportedSheets() throws {
    guard imported != nil else { return }
    for position in sheets.indices where loadedSheet(at: position) == nil { _ = importedSheet(at: position) }
  }
}

/// A file, opened once: what is encrypted is decrypted once.
private enum FileContent {
  /// An .xlsx workbook, or what is no spreadsheet: opening it says which.
  case package(Package)
  case imported(ImportedBook)

  init(path: String, limits: Limits) throws {
    do {
      let package = try Package(path: path, limits: limits)
      _ = try WorkbookSource(package: package)
      self = .package(package)
    } catch let error as XLSXError where [.notASpreadsheet, .legacyFormat, .missingPart].contains(error.code)
    {
      let bytes = try FileSignature.bytes(path: path, limits: limits)
      guard let book = try ImportedBook.read(bytes, limits: limits) else { throw error }
      self = .imported(book)
    }
  }
}

extension ImportedBook {
  /// Reads a file of any format but .xlsx.
  ///
  /// - Returns: `nil` for an .xlsx workbook, and for what is no spreadsheet at all: opening it as one says what it is.
  static func read(
    _ bytes: [UInt8], limits: Limits, sheetLimit: Int? = nil, password: String? = nil
  ) throws -> ImportedBook? {
    guard bytes.count <= limits.fileSize else { throw FileSignature.tooLarge(bytes.count, limits) }
    let book = ImportedBook(limits: limits, sheetLimit: sheetLimit)
    switch bytes.withUnsafeBytes({ FileSignature($0) }) {
    case .legacyWorkbook: try BIFFReader.read(bytes, password: password, into: book)
    case .zip:
      let package = try Package(bytes: bytes, limits: limits)
      if try BinaryWorkbookReader.canRead(package) {
        var reader = try BinaryWorkbookReader(package, book)
        try reader.read()
      } else if OpenDocumentReader.canRead(package) {
        try OpenDocumentReader.read(package, into: book)
      } else {
        return nil
      }
    case .other:
      switch MarkupSignature(bytes) {
      case .spreadsheetML: try SpreadsheetMLReader.read(bytes, limits: limits, into: book)
      case .openDocument: try OpenDocumentReader.read(flat: bytes, limits: limits, into: book)
      case nil: return nil
      }
    case .encryptedPackage:
      let content = try EncryptedPackage(bytes, limits: limits).decrypted()
      // What was inside is any format again, but never another encrypted file.
      if case .encryptedPackage = content.withUnsafeBytes({ FileSignature($0) }) { return nil }
      return try read(content, limits: limits, sheetLimit: sheetLimit)
    case .empty: return nil
    }
    for sheet in book.sheets { sheet.content.finish() }
    return book
  }
}

/// Which spreadsheet an XML text is, by its beginning.
package enum MarkupSignature {
  /// XML Spreadsheet 2003.
  case spreadsheetML
  /// OpenDocument in one file, .fods.
  case openDocument

  /// `nil` for every other text.
  package init?(_ bytes: [UInt8]) {
    // UTF-16 shows ASCII with zeros between; the names that are looked for are ASCII.
    let start = bytes.prefix(8_192).filter { $0 != 0 && $0 < 0x80 }.drop { $0 == 0x20 || 0x09...0x0D ~= $0 }
    guard start.first == UInt8(ascii: "<") else { return nil }
    let text = String(decoding: start, as: UTF8.self)
    if text.contains("urn:schemas-microsoft-com:office:spreadsheet"), Self.root(of: text) == "Workbook" {
      self = .spreadsheetML
    } else if text.contains("urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
      Self.root(of: text) == "document"
    {
      self = .openDocument
    } else {
      return nil
    }
  }

  /// The local name of the first element.
  private static func root(of text: String) -> Substring? {
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      if rest.hasPrefix("!--") {
        guard let end = rest.firstRange(of: "-->") else { return nil }
        rest = rest[end.upperBound...]
      } else if !rest.hasPrefix("?"), !rest.hasPrefix("!") {
        let name = rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
        return name.split(separator: ":").last
      }
    }
    return nil
  }
}
