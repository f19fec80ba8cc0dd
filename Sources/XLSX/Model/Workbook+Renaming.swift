extension Workbook {
  /// Gives a sheet another name. Formulas, defined names, links, validations, conditional formats and charts that
  /// mention the sheet follow, in an opened workbook also pivot tables, controls and whatever else the file holds; text
  /// inside formulas, as in `INDIRECT("Sheet1!A1")`, does not, as in Excel.
  ///
  /// - Throws: ``XLSXError/Code/noSuchSheet``, or ``XLSXError/Code/invalidContent`` for a name that Excel does not allow
  ///   or that another sheet has.
  /// - Complexity: O(stored cells)
  public func renameSheet(named name: String, to new: String) throws {
    let position = try position(ofSheet: name)
    try checkNewName(new, except: position)
    let old = sheets[position].name
    guard old != new else { return }
    sheets[position].name = new
    loadedSheet(at: position)?.info.name = new
    apply(.renamed(SheetRename(position: keys[position], old: old, new: new)))
  }
}

extension SheetContent {
  /// Makes everything that mentions a sheet follow its new name.
  mutating func rename(_ rename: SheetRename) {
    let renamer = FormulaSheetRenamer(from: rename.old, to: rename.new)
    followFormulas(renamer.renamed) { formula, _ in renamer.renamed(formula) }
  }
}
