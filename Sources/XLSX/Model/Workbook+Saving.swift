#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Workbook {
  /// Writes the workbook to a file, in one step: whoever opens the file sees the old content or the new, and when
  /// something fails, the old is as it was and nothing is left behind. The file can be the one that was opened.
  ///
  /// A **new** workbook is written whole. The same content gives the same bytes.
  ///
  /// An **opened** workbook is the file that was opened with the changes made in it; everything else stays byte for byte,
  /// also what this library does not model. Without a change the file is copied. What can change:
  ///
  /// - cells: value, formula, style, comment, link; merged ranges
  /// - rows and columns: size (the sheet's default too), visibility, outline, the style of whole ones
  /// - sheets: how they are shown, printed and protected; tab colours; filter; validations; conditional formats; another
  ///   name (``renameSheet(named:to:)``), another place, copies, none at all; which are hidden
  ///   (``setVisibility(_:ofSheetNamed:)``)
  /// - rows and columns that are put in or taken out, cells that move, with everything that refers to them
  /// - pictures, charts, tables, pivot tables, sparklines and conversations that come, change or go, as far as
  ///   ``Worksheet/pictures``, ``Worksheet/charts``, ``Worksheet/changeTable(named:_:)``,
  ///   ``Worksheet/removePivotTable(named:)`` and ``Worksheet/sparklines`` say
  /// - sheets that are added, with everything that a sheet can hold; names
  /// - the document's ``properties`` and ``protection``
  ///
  /// A change of anything else is not lost in silence: it is refused with ``XLSXError/Code/unsupportedChange``.
  ///
  /// With a ``password`` the file is encrypted (AES-256 and SHA-512, as Excel does it); its bytes differ each time.
  ///
  /// Text that is put into a cell of an opened workbook goes into the cell itself, so that shared strings keep their numbers.
  /// When a formula comes or goes, the calculation chain is left out (Excel makes a new one) and formulas that shared the
  /// cell's text get their own; cached results of formulas elsewhere stay as they are, and the workbook asks to be calculated
  /// when it is opened. Of two programs that change the same file at the same time, the second one to save is refused.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for what Excel would refuse or repair, naming the rule, the sheet and
  ///   the cell; ``XLSXError/Code/unsupportedChange``; ``XLSXError/Code/fileAccess`` if the file cannot be written, or
  ///   was written over by another program after it was opened.
  public func save(to url: URL) throws {
    let path = try LocalFile.path(of: url)
    try XLSXError.locating(file: url.relativePath) {
      if let source {
        let bytes = try encrypted(changedFile(named: url.pathExtension))
        try source.package.archive.whileUnchanged(at: path) {
          try AtomicFile.replace(path: path, with: bytes)
        }
        return
      }
      if password != nil { return try AtomicFile.replace(path: path, with: serialized()) }
      try loadImportedSheets()
      let archive = try WorkbookWriter.archive(
        of: self, spillFolder: AtomicFile.folder(ofPath: path))
      try AtomicFile.replace(path: path) { try archive.write(toPath: $0) }
    }
  }

  /// The workbook as the content of an .xlsx file.
  ///
  /// - Throws: As ``save(to:)``.
  public func data() throws -> Data { Data(try serialized()) }

  /// The workbook as the bytes of an .xlsx file.
  ///
  /// - Throws: As ``save(to:)``.
  public func serialized() throws -> [UInt8] {
    if source != nil { return try encrypted(changedFile()) }
    try loadImportedSheets()
    return try encrypted(WorkbookWriter.archive(of: self, spillFolder: nil).bytes())
  }

  /// Writes the workbook to a file that opens with this password only, whatever its own ``password`` is.
  ///
  /// - Throws: As ``save(to:)``.
  public func save(to url: URL, password: String) throws {
    let own = self.password
    self.password = password
    defer { self.password = own }
    try save(to: url)
  }

  /// The bytes of a file as they go to the disk.
  func encrypted(_ bytes: [UInt8]) throws -> [UInt8] {
    guard let password else { return bytes }
    return try AgileEncryption.encrypted(bytes, password: password)
  }

  /// The file that was opened, with the changes made in it.
  ///
  /// - Parameter suffix: Of the name that the file gets; `nil` if that is not known.
  private func changedFile(named suffix: String? = nil) throws -> [UInt8] {
    guard let source else { return [] }
    var plan = try ModelChanges(of: self).plan()
    plan.mainType = try suffix.flatMap { try WorkbookKind.change(of: source, from: file, toSuffix: $0) }
    let names = Dictionary(uniqueKeysWithValues: zip(keys, sheets.map(\.name)))
    let result = try XLSXError.locating(file: file) {
      try plan.applied(to: source, titles: names) { key in
        if let content = loadedSheets[key]?.content { return content }
        return try SheetLoader.load(
          at: key, named: names[key] ?? "", from: source, dateSystem: dateSystem)
      }
    }
    tableHeaderMismatches = result.mismatches
    return result.bytes
  }
}

/// What a workbook part's content type says of the file, which Excel holds against the file's name.
enum WorkbookKind {
  private static let types = [
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "xltm": "application/vnd.ms-excel.template.macroEnabled.main+xml",
  ]

  /// The content type that the workbook part needs where the file gets a name of another kind; `nil` if it stays.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a workbook with macros under a name that takes none.
  static func change(of source: WorkbookSource, from file: String?, toSuffix suffix: String) throws -> String?
  {
    let suffix = suffix.lowercased()
    guard let wanted = types[suffix], file?.lowercased().hasSuffix("." + suffix) != true,
      let type = try source.package.contentTypes()[source.part], type != wanted, types.values.contains(type)
    else { return nil }
    if type.contains("macroEnabled"), !wanted.contains("macroEnabled") {
      throw XLSXError(
        .unsupportedChange,
        "The workbook has macros, which Excel takes in a file named .xlsm or .xltm only; save it under such a name."
      )
    }
    return wanted
  }
}
