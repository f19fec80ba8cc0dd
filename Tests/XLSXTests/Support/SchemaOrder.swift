/// The order of children that the schema lays down (ECMA-376 Part 1, Annex A), for the elements where files go wrong.
enum SchemaOrder {
  static let children: [String: [String]] = [
    "worksheet": [
      "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
      "sheetProtection",
      "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews",
      "mergeCells",
      "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
      "pageSetup",
      "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
      "smartTags",
      "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
      "webPublishItems", "tableParts", "extLst",
    ],
    "sheetPr": ["tabColor", "outlinePr", "pageSetUpPr"],
    "sheetView": ["pane", "selection", "pivotSelection", "extLst"],
    "c": ["f", "v", "is", "extLst"],
    "cfRule": ["formula", "colorScale", "dataBar", "iconSet", "extLst"],
    "dataBar": ["cfvo", "color"],
    "colorScale": ["cfvo", "color"],
    "dataValidation": ["formula1", "formula2"],
    "workbook": [
      "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
      "functionGroups",
      "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
      "smartTagPr",
      "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
    ],
    "styleSheet": [
      "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
      "colors",
      "extLst",
    ],
    "font": [
      "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
      "family",
      "charset", "scheme",
    ],
    "rPr": [
      "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "rFont",
      "family",
      "charset", "scheme",
    ],
    "border": ["start", "end", "left", "right", "top", "bottom", "diagonal", "vertical", "horizontal"],
    "xf": ["alignment", "protection", "extLst"],
    "dxf": ["font", "numFmt", "fill", "alignment", "border", "protection", "extLst"],
    "table": ["autoFilter", "sortState", "tableColumns", "tableStyleInfo", "extLst"],
    "tableColumn": ["calculatedColumnFormula", "totalsRowFormula", "xmlColumnPr", "extLst"],
    "comments": ["authors", "commentList", "extLst"],
    "headerFooter": ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"],
    "c:chartSpace": [
      "c:date1904", "c:lang", "c:roundedCorners", "c:style", "c:clrMapOvr", "c:pivotSource", "c:protection",
      "c:chart",
      "c:spPr", "c:txPr", "c:externalData", "c:printSettings", "c:userShapes", "c:extLst",
    ],
    // Charts of any kinds, then axes of any kinds.
    "c:plotArea": ["c:layout", "chart", "axis", "c:dTable", "c:spPr"],
    "c:ser": [
      "c:idx", "c:order", "c:tx", "c:spPr", "c:invertIfNegative", "c:explosion", "c:marker", "c:dPt",
      "c:dLbls",
      "c:trendline", "c:errBars", "c:cat", "c:val", "c:xVal", "c:yVal", "c:smooth", "c:shape", "c:extLst",
    ],
    "c:catAx": axis + ["c:auto", "c:lblAlgn", "c:lblOffset", "c:noMultiLvlLbl"],
    "c:valAx": axis + ["c:crossBetween", "c:majorUnit", "c:minorUnit", "c:dispUnits"],
  ]

  private static let axis = [
    "c:axId", "c:scaling", "c:delete", "c:axPos", "c:majorGridlines", "c:minorGridlines", "c:title",
    "c:numFmt",
    "c:majorTickMark", "c:minorTickMark", "c:tickLblPos", "c:spPr", "c:txPr", "c:crossAx", "c:crosses",
    "c:crossesAt",
  ]

  /// Children that may stand more than once in a row.
  static let repeated: Set<String> = [
    "conditionalFormatting", "selection", "formula", "cfvo", "color", "c:dPt", "chart", "axis",
  ]

  /// What a child counts as in its parent's order.
  static func name(of child: String, in parent: String) -> String {
    guard parent == "c:plotArea" else { return child }
    return child.hasSuffix("Chart") ? "chart" : child.hasSuffix("Ax") ? "axis" : child
  }

  /// Containers that Excel does not take empty.
  static let neverEmpty: Set<String> = [
    "cols", "mergeCells", "hyperlinks", "dataValidations", "tableParts", "definedNames", "rowBreaks",
    "colBreaks",
    "sheets", "fonts", "fills", "borders", "cellXfs", "dxfs", "numFmts", "authors", "commentList",
    "tableColumns", "r",
    "si", "conditionalFormatting",
  ]

  /// Containers whose `count` is the number of their children.
  static let counted: Set<String> = [
    "mergeCells", "dataValidations", "tableParts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs",
    "cellStyles", "dxfs", "numFmts", "tableColumns", "rowBreaks", "colBreaks",
  ]
}
