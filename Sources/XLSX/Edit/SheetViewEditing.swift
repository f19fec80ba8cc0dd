/// Changes how a sheet is shown, in the view that the model has read: the first one (ECMA-376 Part 1, 18.3.1.87).
struct SheetViewEditing {
  let old: SheetView
  let new: SheetView

  private static let order = ["pane", "selection", "pivotSelection", "extLst"]

  func apply(to sheet: inout SheetMarkup) throws {
    let refusal = sheet.refusal("a page layout view, where no panes are frozen; it")
    try sheet.change("sheetViews") { views in
      if !views.has("sheetView") {
        var view = MarkupElement("sheetView", prefix: views.prefix)
        view["workbookViewId"] = "0"
        views.insert(view, order: ["sheetView", "extLst"])
      }
      try views.change("sheetView", order: []) { view in
        if frozen(new) != nil, frozen(old) != frozen(new), view["view"] == "pageLayout" { throw refusal }
        setAttributes(of: &view)
        if frozen(old) != frozen(new) {
          setPanes(of: &view)
        } else if old.activeCell != new.activeCell {
          setActiveCell(of: &view)
        }
      }
    }
  }

  /// A pane at A1 freezes nothing.
  private func frozen(_ view: SheetView) -> CellReference? { view.frozenAt == "A1" ? nil : view.frozenAt }

  private func setAttributes(of view: inout MarkupElement) {
    if old.showsGridLines != new.showsGridLines { view["showGridLines"] = new.showsGridLines ? nil : "0" }
    if old.showsHeadings != new.showsHeadings { view["showRowColHeaders"] = new.showsHeadings ? nil : "0" }
    if old.isRightToLeft != new.isRightToLeft { view["rightToLeft"] = new.isRightToLeft ? "1" : nil }
    guard old.zoom != new.zoom else { return }
    view["zoomScale"] = String(new.zoom)
    // The zoom is kept once more for the kind of view that it belongs to.
    switch view["view"] {
    case "pageBreakPreview": view["zoomScaleSheetLayoutView"] = String(new.zoom)
    case "pageLayout": view["zoomScalePageLayoutView"] = String(new.zoom)
    default: view["zoomScaleNormal"] = String(new.zoom)
    }
  }

  /// The number of the selection that the model has read among all.
  private func activeSelection(of view: MarkupElement) -> Int? {
    let pane = view.child("pane")?["activePane"]
    let selections = view.children("selection")
    return selections.firstIndex { $0["pane"] == pane } ?? selections.indices.last
  }

  private func setActiveCell(of view: inout MarkupElement) {
    guard let active = activeSelection(of: view) else {
      var selection = MarkupElement("selection", prefix: view.prefix)
      selection["pane"] = view.child("pane")?["activePane"]
      select(&selection)
      view.insert(selection, order: Self.order)
      return
    }
    view.changeAll("selection") { number, selection in
      if number == active, var changed = selection {
        select(&changed)
        selection = changed
      }
    }
  }

  private func select(_ selection: inout MarkupElement) {
    guard old.activeCell != new.activeCell else { return }
    selection["activeCell"] = new.activeCell.map { "\($0)" }
    selection["activeCellId"] = nil
    selection["sqref"] = new.activeCell.map { "\($0)" }
  }

  /// Each of the two or four parts of the window has a selection, the active one last.
  private func setPanes(of view: inout MarkupElement) {
    let selections = view.children("selection")
    var active = activeSelection(of: view).map { selections[$0] }
    view.remove("selection")
    let activePane: String?
    if let frozen = frozen(new) {
      let (rows, columns) = (frozen.row - 1, frozen.column - 1)
      let pane = rows > 0 && columns > 0 ? "bottomRight" : rows > 0 ? "bottomLeft" : "topRight"
      activePane = pane
      // What is frozen counts from the first row and column that show.
      view["topLeftCell"] = nil
      view.change("pane", order: Self.order) { element in
        element["xSplit"] = columns > 0 ? String(columns) : nil
        element["ySplit"] = rows > 0 ? String(rows) : nil
        element["topLeftCell"] = "\(frozen)"
        element["activePane"] = pane
        element["state"] = "frozen"
      }
      if rows > 0 && columns > 0 {
        for (pane, cell) in [
          ("topRight", CellReference(row: 1, column: frozen.column)),
          ("bottomLeft", CellReference(row: frozen.row, column: 1)),
        ] {
          var selection = MarkupElement("selection", prefix: view.prefix)
          selection["pane"] = pane
          selection["activeCell"] = "\(cell)"
          selection["sqref"] = "\(cell)"
          view.insert(selection, order: Self.order)
        }
      }
      active = active ?? MarkupElement("selection", prefix: view.prefix)
    } else {
      activePane = nil
      view.remove("pane")
    }
    if active == nil, new.activeCell != nil { active = MarkupElement("selection", prefix: view.prefix) }
    if var active {
      active["pane"] = activePane
      select(&active)
      view.insert(active, order: Self.order)
    }
    view.changeAll("pivotSelection") { _, selection in
      if selection?["pane"] != nil { selection?["pane"] = activePane }
    }
  }
}
