extension Workbook {
  /// Gives a cell a value; `.empty` clears it. Its format stays; a new cell takes that of its row or column.
  ///
  ///     try book.set(15, at: "E6", inSheet: "Sheet1")
  ///     try book.save(to: url)
  ///
  /// What `sheet["E6"] = 15` does, but a large sheet of an opened workbook is not parsed for it: the value is put in while the
  /// sheet streams from the old file into the new one. What is wrong with the cell (it is hidden in a merged range, or part
  /// of an array formula) is then said when the workbook is saved.
  ///
  /// - Throws: ``XLSXError/Code/noSuchSheet``, or ``XLSXError/Code/invalidContent`` for a cell outside the grid or hidden under
  ///   a merged one.
  public func set(_ value: CellValue, at cell: CellReference, inSheet name: String) throws {
    let position = try position(ofSheet: name)
    guard cell.isInGrid else {
      throw XLSXError(.invalidContent, "The cell is outside the grid of a sheet.", sheet: name, cell: cell)
    }
    if isStreamed(position) {
      unloadedCells[keys[position], default: SheetContent()].cells.update(cell) { $0.value = value }
      return
    }
    let sheet = try sheet(at: position)
    if !value.isEmpty { try ModelChanges.checkVisible(cell, merges: sheet.mergedByPlace(), sheet: name) }
    sheet[cell] = value
  }

  /// Whether a sheet is changed without being parsed.
  private func isStreamed(_ position: Int) -> Bool {
    let key = keys[position]
    guard sheets[position].kind == .worksheet, loadedSheets[key] == nil, let source,
      source.sheets.indices.contains(key), let part = source.sheets[key].part,
      let entry = source.package.entry(of: part)
    else { return false }
    return entry.size >= StreamedSplice.smallestPart
  }
}
