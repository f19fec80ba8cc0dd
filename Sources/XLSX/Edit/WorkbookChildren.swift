/// The children of the workbook part in the schema's order (ECMA-376 Part 1, 18.2.27).
enum WorkbookChildren {
  static let order = [
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
    "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
  ]
}

extension MarkupElement {
  /// Changes the windows of a workbook part; one is made if there is none.
  mutating func changeWindows(_ body: (inout MarkupElement?) -> Void = { _ in }) {
    change("bookViews", order: WorkbookChildren.order) { views in
      if !views.has("workbookView") {
        views.insert(MarkupElement("workbookView", prefix: views.prefix), order: ["workbookView", "extLst"])
      }
      views.changeAll("workbookView") { body(&$1) }
    }
  }
}

extension PartEditing {
  /// The workbook part with a window, which the view of a sheet belongs to; Excel opens no file with a view and no window.
  static func addingWindow(_ bytes: [UInt8]) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    root.changeWindows()
    return root.bytes
  }
}
