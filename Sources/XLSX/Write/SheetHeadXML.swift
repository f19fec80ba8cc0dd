/// What stands before the cells: sheetPr, dimension, sheetViews, sheetFormatPr, cols.
enum SheetHeadXML {
  static func append(_ content: SheetContent, usedRange: CellRange?, isActive: Bool, to xml: inout ByteBuffer)
  {
    for child in SheetChild.beforeCells {
      switch child {
      case .sheetPr: appendProperties(content, to: &xml)
      case .dimension:
        guard let usedRange else { continue }
        xml.begin("dimension")
        xml.attribute("ref", range: usedRange)
        xml.endEmpty()
      case .sheetViews: append(content.view, isActive: isActive, to: &xml)
      case .sheetFormatPr: appendDefaults(content, to: &xml)
      case .cols: append(content.columns, defaultWidth: content.defaultColumnWidth, to: &xml)
      default: continue
      }
    }
  }

  private static func appendProperties(_ content: SheetContent, to xml: inout ByteBuffer) {
    var fitsToPage = false
    if case .fit = content.pageSetup.scaling { fitsToPage = true }
    if content.tabColor == nil && !fitsToPage { return }
    xml.append("<sheetPr>")
    if let color = content.tabColor { ColorXML.append(color, "tabColor", to: &xml) }
    if fitsToPage { xml.append("<pageSetUpPr fitToPage=\"1\"/>") }
    xml.append("</sheetPr>")
  }

  static func append(_ view: SheetView, isActive: Bool, to xml: inout ByteBuffer) {
    xml.append("<sheetViews><sheetView")
    if !view.showsGridLines { xml.attribute("showGridLines", 0) }
    if !view.showsHeadings { xml.attribute("showRowColHeaders", 0) }
    if view.isRightToLeft { xml.attribute("rightToLeft", 1) }
    if isActive { xml.attribute("tabSelected", 1) }
    if view.zoom != 100 {
      xml.attribute("zoomScale", view.zoom)
      xml.attribute("zoomScaleNormal", view.zoom)
    }
    xml.attribute("workbookViewId", 0)
    let frozen = view.frozenAt.flatMap { $0 == "A1" ? nil : $0 }
    if frozen == nil && view.activeCell == nil {
      xml.append("/></sheetViews>")
      return
    }
    xml.endTag()
    if let frozen {
      appendPanes(frozenAt: frozen, active: view.activeCell, to: &xml)
    } else if let active = view.activeCell {
      appendSelection(pane: nil, active, to: &xml)
    }
    xml.append("</sheetView></sheetViews>")
  }

  /// The pane, and a selection for each of the two or four parts of the window, the active one last.
  private static func appendPanes(
    frozenAt frozen: CellReference, active: CellReference?, to xml: inout ByteBuffer
  ) {
    let rows = frozen.row - 1
    let columns = frozen.column - 1
    let activePane = rows > 0 && columns > 0 ? "bottomRight" : rows > 0 ? "bottomLeft" : "topRight"
    xml.begin("pane")
    if columns > 0 { xml.attribute("xSplit", columns) }
    if rows > 0 { xml.attribute("ySplit", rows) }
    xml.attribute("topLeftCell", reference: frozen)
    xml.attribute("activePane", activePane)
    xml.attribute("state", "frozen")
    xml.endEmpty()
    if rows > 0 && columns > 0 {
      appendSelection(pane: "topRight", CellReference(row: 1, column: frozen.column), to: &xml)
      appendSelection(pane: "bottomLeft", CellReference(row: frozen.row, column: 1), to: &xml)
    }
    appendSelection(pane: activePane, active ?? frozen, to: &xml)
  }

  private static func appendSelection(pane: String?, _ cell: CellReference, to xml: inout ByteBuffer) {
    xml.begin("selection")
    if let pane { xml.attribute("pane", pane) }
    xml.attribute("activeCell", reference: cell)
    xml.attribute("sqref", reference: cell)
    xml.endEmpty()
  }

  private static func appendDefaults(_ content: SheetContent, to xml: inout ByteBuffer) {
    xml.begin("sheetFormatPr")
    if let width = content.defaultColumnWidth { xml.attribute("defaultColWidth", width) }
    xml.attribute("defaultRowHeight", content.defaultRowHeight ?? SheetMetrics.defaultRowHeight)
    if content.defaultRowHeight != nil { xml.attribute("customHeight", 1) }
    let rowLevels = content.cells.rows.lazy.map(\.settings.outlineLevel).max() ?? 0
    let columnLevels = content.columns.lazy.map(\.settings.outlineLevel).max() ?? 0
    // Without these, Excel has no room for the outline's buttons.
    if rowLevels > 0 { xml.attribute("outlineLevelRow", min(rowLevels, 7)) }
    if columnLevels > 0 { xml.attribute("outlineLevelCol", min(columnLevels, 7)) }
    xml.endEmpty()
  }

  static func append(
    _ columns: [(range: ClosedRange<Int>, settings: ColumnSettings)], defaultWidth: Double?,
    to xml: inout ByteBuffer
  ) {
    let runs = columns.filter { $0.settings != ColumnSettings() }
    if runs.isEmpty { return }
    xml.append("<cols>")
    for run in runs {
      xml.begin("col")
      xml.attribute("min", run.range.lowerBound)
      xml.attribute("max", run.range.upperBound)
      // Excel takes a column without a width for one of width 0.
      xml.attribute("width", run.settings.width ?? defaultWidth ?? SheetMetrics.defaultColumnWidth)
      if let style = run.settings.style { xml.attribute("style", style) }
      if run.settings.isHidden { xml.attribute("hidden", 1) }
      if run.settings.width != nil { xml.attribute("customWidth", 1) }
      if run.settings.outlineLevel > 0 { xml.attribute("outlineLevel", run.settings.outlineLevel) }
      if run.settings.isCollapsed { xml.attribute("collapsed", 1) }
      xml.endEmpty()
    }
    xml.append("</cols>")
  }
}
