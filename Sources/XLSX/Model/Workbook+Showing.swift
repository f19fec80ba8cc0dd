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
    if visibility != .visible, activeKey == keys[position] { activeKey = nil }
  }

  /// Lets the workbook open on a sheet; no other stays selected. Without it a workbook opens on the sheet that was last in
  /// front, a new one on its first that shows.
  ///
  /// - Throws: ``XLSXError/Code/noSuchSheet``, ``XLSXError/Code/invalidContent`` for a sheet that is hidden.
  public func activateSheet(named name: String) throws {
    let position = try position(ofSheet: name)
    guard sheets[position].visibility == .visible else {
      throw ContentRules.invalid("A workbook cannot open on a hidden sheet", sheet: name)
    }
    activeKey = keys[position]
  }

  /// The position of the sheet on which a workbook that is written whole opens.
  var activePosition: Int? {
    activeKey.flatMap(keys.firstIndex) ?? sheets.firstIndex { $0.visibility == .visible }
  }
}
