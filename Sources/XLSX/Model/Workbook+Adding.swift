extension Workbook {
  /// Adds an empty sheet.
  ///
  /// - Parameter position: Its place among ``sheets``, from 0; `nil` puts it after the others.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a name that Excel does not allow (1–31 UTF-16 units, none of
  ///   `[ ] : * ? / \`, no apostrophe at either end) or that a sheet has already, letter case ignored;
  ///   ``XLSXError/Code/noSuchSheet`` for a place that there is not.
  @discardableResult
  public func addSheet(
    named name: String, at position: Int? = nil, visibility: SheetInfo.Visibility = .visible
  ) throws -> Worksheet {
    try checkNewName(name)
    if let position { try checkPlace(position) }
    let info = SheetInfo(name: name, visibility: visibility, kind: .worksheet)
    let sheet = Worksheet(info: info, workbook: self)
    sheets.append(info)
    loadedSheets[keys[sheets.count - 1]] = sheet
    if let position { placeSheet(from: sheets.count - 1, to: position) }
    return sheet
  }

  /// Adds a name for a cell, a range or a formula.
  ///
  ///     try book.addName("单位数", formula: "COUNTA('附件2分单位'!$A$3:$A$18)")
  ///
  /// - Parameter sheet: The sheet in which the name holds; `nil` for the whole workbook.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a name that Excel does not allow or that is taken in this scope.
  public func addName(_ name: String, formula: String, sheet: String? = nil, hidden: Bool = false) throws {
    try ContentRules.checkDefinedName(name)
    let folded = name.lowercased()
    if definedNames.contains(where: { $0.name.lowercased() == folded && $0.sheet == sheet }) {
      throw ContentRules.invalid("The name \"\(name)\" is taken")
    }
    let text = formula.hasPrefix("=") ? String(formula.dropFirst()) : formula
    try ContentRules.checkFormula(text, "The formula of the name \"\(name)\"")
    definedNames.append(DefinedName(name, formula: text, sheet: sheet, hidden: hidden))
  }

  /// Adds a name for a range of cells.
  public func addName(_ name: String, for range: CellRange, in sheet: Worksheet, hidden: Bool = false) throws
  {
    try addName(name, formula: SheetReference.absolute(range, sheet: sheet.name), hidden: hidden)
  }
}
