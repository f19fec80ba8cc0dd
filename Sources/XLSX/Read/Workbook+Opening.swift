#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Workbook {
  /// Opens a workbook file. Only the workbook part is parsed now; sheets, styles and shared strings when they are needed.
  ///
  /// - Parameter password: What an encrypted workbook is opened with, which is decrypted whole in memory. Without one, the
  ///   empty password and the one that Excel itself uses where only changes are to be prevented are tried.
  /// - Throws: ``XLSXError`` for a file that cannot be read, is no .xlsx workbook (its ``XLSXError/code`` says what it is
  ///   instead), needs another password (``XLSXError/Code/encrypted``, ``XLSXError/Code/wrongPassword``), is damaged,
  ///   or passes a limit.
  public convenience init(contentsOf url: URL, password: String? = nil, limits: Limits = .default) throws {
    try self.init(
      package: XLSXError.locating(file: url.relativePath) {
        try Package(path: LocalFile.path(of: url), password: password, limits: limits)
      }, file: url.relativePath, password: password)
  }

  /// Opens a workbook whose file lies in memory.
  ///
  /// - Throws: ``XLSXError``, as ``init(contentsOf:password:limits:)``.
  public convenience init(bytes: [UInt8], password: String? = nil, limits: Limits = .default) throws {
    try self.init(package: Package(bytes: bytes, password: password, limits: limits), password: password)
  }

  /// Opens a workbook whose file lies in memory: an upload, an attachment.
  ///
  /// - Throws: ``XLSXError``, as ``init(contentsOf:password:limits:)``.
  public convenience init(data: Data, password: String? = nil, limits: Limits = .default) throws {
    try self.init(bytes: Array(data), password: password, limits: limits)
  }

  convenience init(package: Package, file: String? = nil, password: String? = nil) throws {
    self.init()
    self.file = file
    if package.isDecrypted { self.password = password }
    try XLSXError.locating(file: file) {
      let source = try WorkbookSource(package: package)
      self.source = source
      try WorkbookReader.read(source, into: self)
      opened = Opened(
        definedNames: definedNames, dateSystem: dateSystem, protection: protection,
        visibilities: Dictionary(uniqueKeysWithValues: zip(keys, sheets.map(\.visibility))))
    }
  }

  /// The sheet of a name, parsed at the first call. Names are equal if they differ only in case, as in Excel.
  ///
  /// - Throws: ``XLSXError`` if there is no such sheet, it is no worksheet, or its part is damaged.
  public func sheet(named name: String) throws -> Worksheet {
    try sheet(at: position(ofSheet: name))
  }

  /// The sheet at a position of ``sheets``, parsed at the first call.
  ///
  /// - Throws: ``XLSXError`` if there is no such sheet, it is no worksheet, or its part is damaged.
  public func sheet(at position: Int) throws -> Worksheet {
    if let sheet = loadedSheet(at: position) ?? importedSheet(at: position) { return sheet }
    guard sheets.indices.contains(position), let source else {
      throw XLSXError(
        .noSuchSheet, "There is no sheet at position \(position); the workbook has \(sheets.count).")
    }
    try loadStyles()
    let sheet = Worksheet(info: sheets[position], workbook: self)
    let key = keys[position]
    var content = try located(position) {
      try SheetLoader.load(at: key, named: sheets[position].name, from: source, dateSystem: dateSystem)
    }
    for change in structure { content.follow(change, isOwn: change.sheet == key) }
    sheet.content = content
    sheet.opened = Worksheet.Opened(source: source, position: key, content: content)
    loadedSheets[key] = sheet
    for row in unloadedCells.removeValue(forKey: key)?.cells.rows ?? [] {
      for cell in row.cells { sheet[CellReference(row: row.index, column: cell.column)] = cell.value }
    }
    return sheet
  }

  /// The sheet of a name.
  ///
  ///     let total = try book["Sheet1"]["E6"].number
  ///
  /// - Throws: As ``sheet(named:)``.
  public subscript(name: String) -> Worksheet {
    get throws { try sheet(named: name) }
  }

  /// All worksheets, in order, parsed as far as they were not.
  ///
  /// - Throws: As ``sheet(at:)``.
  public var worksheets: [Worksheet] {
    get throws { try sheets.indices.filter { sheets[$0].kind == .worksheet }.map { try sheet(at: $0) } }
  }

  func position(ofSheet name: String) throws -> Int {
    if let position = sheets.firstIndex(where: { $0.name == name }) { return position }
    let folded = name.lowercased()
    if let position = sheets.firstIndex(where: { $0.name.lowercased() == folded }) { return position }
    throw XLSXError.noSheet(name, among: sheets.map(\.name))
  }

  /// Takes the styles of the file over before a cell of it is looked at.
  func loadStyles() throws {
    guard !areStylesLoaded, let source else { return }
    styles = StyleTable(try source.styleSheet().styles)
    areStylesLoaded = true
  }

  /// Adds the file and the sheet to an error from below that does not know it.
  func located<Result>(_ position: Int, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch var error as XLSXError {
      error.sheet = error.sheet ?? sheets[position].name
      error.file = error.file ?? file
      throw error
    }
  }
}

extension Worksheet {
  /// Whether the number format of a cell makes its number a date or a time of day.
  ///
  /// - Complexity: O(log n); the format itself was judged when the styles were read.
  public func isDate(at cell: CellReference) -> Bool {
    workbook.styles.isDate(styleIndex(at: cell))
  }
}
