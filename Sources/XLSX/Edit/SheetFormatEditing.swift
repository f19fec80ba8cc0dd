/// Changes what a sheet part says about all rows and columns: the sizes of those that have none of their own, and how deep
/// the outline is, for which Excel leaves room beside the cells (ECMA-376 Part 1, 18.3.1.81).
struct SheetFormatEditing {
  /// A size before and after a change.
  struct Size: Equatable {
    var old: Double?
    var new: Double?

    var isChanged: Bool { old != new }
  }

  var rowHeight = Size()
  var columnWidth = Size()
  /// The deepest levels of what changed; there is never made room for fewer than before.
  var rowLevels = 0
  var columnLevels = 0

  var isEmpty: Bool {
    !rowHeight.isChanged && !columnWidth.isChanged && rowLevels <= 0 && columnLevels <= 0
  }

  func apply(to root: inout MarkupElement) {
    if isEmpty { return }
    let isNew = !root.has("sheetFormatPr")
    root.change("sheetFormatPr", order: SheetChild.order) { format in
      // The schema wants a height.
      if rowHeight.isChanged || isNew {
        format["defaultRowHeight"] = Self.text(rowHeight.new ?? SheetMetrics.defaultRowHeight)
      }
      if columnWidth.isChanged { format["defaultColWidth"] = columnWidth.new.map { Self.text($0) } }
      if rowHeight.isChanged { format["customHeight"] = rowHeight.new == nil ? nil : "1" }
      for (name, wanted) in [("outlineLevelRow", rowLevels), ("outlineLevelCol", columnLevels)]
      where wanted > 0 && (format.integer(name) ?? 0) < min(wanted, 7) {
        format[name] = String(min(wanted, 7))
      }
    }
  }

  private static func text(_ number: Double) -> String { ByteBuffer.text { $0.append(number: number) } }
}
