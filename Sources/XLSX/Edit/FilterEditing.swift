/// Sets the filter of a sheet, or takes it away (ECMA-376 Part 1, 18.3.1.2). Rows that its criteria hid stay hidden.
struct FilterEditing {
  let old: CellRange?
  let new: CellRange?

  func apply(to sheet: inout SheetMarkup) throws {
    guard let new else {
      try sheet.remove("autoFilter")
      // Nothing is filtered any more.
      if sheet.root.child("sheetPr")?["filterMode"] != nil {
        try sheet.change("sheetPr") { $0["filterMode"] = nil }
      }
      return
    }
    let refusal = sheet.refusal("a filter whose criteria do not fit \(new), which")
    try sheet.change("autoFilter") { filter in
      guard fits(filter, new) else { throw refusal }
      filter["ref"] = "\(new)"
    }
  }

  /// Whether the criteria and the order that a filter has mean the same in its new range: columns count from its first.
  private func fits(_ filter: MarkupElement, _ new: CellRange) -> Bool {
    for column in filter.children("filterColumn") {
      guard new.first == old?.first, let id = column.integer("colId"), id < new.columns.count else {
        return false
      }
    }
    for state in filter.children("sortState") {
      guard let range = state["ref"].flatMap({ CellRange($0.trimmingXMLSpace) }), new.contains(range.first),
        new.contains(range.last)
      else { return false }
    }
    return true
  }
}

/// Takes merged ranges apart (ECMA-376 Part 1, 18.3.1.55).
enum MergeEditing {
  static func remove(_ ranges: Set<CellRange>, from sheet: inout SheetMarkup) throws {
    if ranges.isEmpty { return }
    var remaining = 0
    try sheet.change("mergeCells") { list in
      list.changeAll("mergeCell") { _, merge in
        if let range = merge?["ref"].flatMap({ CellRange($0.trimmingXMLSpace) }), ranges.contains(range) {
          merge = nil
        }
      }
      remaining = list.children("mergeCell").count
      if list["count"] != nil { list["count"] = String(remaining) }
    }
    // An empty list is not allowed.
    if remaining == 0 { try sheet.remove("mergeCells") }
  }
}
