/// The children of the workbook part in the schema's order (ECMA-376 Part 1, 18.2.27).
enum WorkbookChildren {
  static let order = [
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
    "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
  ]
}

extension MarkupElement {
  /// Changes the windows of a workbook part; one is made if there is none: Excel opens no file with a view and no window.
  mutating func changeWindows(_ body: (inout MarkupElement?) -> Void = { _ in }) {
    change("bookViews", order: WorkbookChildren.order) { views in
      if !views.has("workbookView") {
        views.insert(MarkupElement("workbookView", prefix: views.prefix), order: ["workbookView", "extLst"])
      }
      views.changeAll("workbookView") { body(&$1) }
    }
  }
}
