extension Workbook {
  /// Shows a sheet or hides it; of any kind, also one that is no worksheet. A very hidden sheet is not offered for
  /// showing in Excel.
  ///
  /// A workbook that would open on a sheet that is now hidden opens on the first that shows. Without one, saving throws.
  ///
  /// - Throws: ``XLSXError/Code/noSuchSheet``.
  public func setVisibility(_ visibility: SheetInfo.Visibility, ofSheetNamed name: String) throws {
    let position = try position(ofSheet: name)
    sheets[position].visibility = visibility
    loadedSheet(at: position)?.info.visibility = visibility
  }
}
