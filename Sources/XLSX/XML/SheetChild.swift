/// The children of a sheet part, in the one order that the schema allows (ECMA-376 Part 1, 18.3.1.99): Excel repairs a file
/// that has them otherwise. Whatever writes or changes a sheet goes by it.
enum SheetChild: String, CaseIterable {
  case sheetPr, dimension, sheetViews, sheetFormatPr, cols, sheetData, sheetCalcPr, sheetProtection,
    protectedRanges, scenarios, autoFilter, sortState, dataConsolidate, customSheetViews, mergeCells,
    phoneticPr, conditionalFormatting, dataValidations, hyperlinks, printOptions, pageMargins, pageSetup,
    headerFooter, rowBreaks, colBreaks, customProperties, cellWatches, ignoredErrors, smartTags, drawing,
    legacyDrawing, legacyDrawingHF, drawingHF, picture, oleObjects, controls, alternateContent =
    "AlternateContent", webPublishItems, tableParts, extLst

  /// The names in order.
  static let order = allCases.map(\.rawValue)
  static let beforeCells = allCases.prefix { $0 != .sheetData }
  static let behindCells = allCases.drop { $0 != .sheetData }.dropFirst()
}
