/// Adds sparklines to a sheet, behind those that it has.
struct SparklineEditing {
  let groups: [SparklineGroup]

  func apply(to sheet: inout SheetMarkup) throws {
    if groups.isEmpty { return }
    for group in groups { try SparklineXML.check(group, sheet: sheet.sheet) }
    try sheet.change("extLst") { list in
      var isDone = false
      list.changeAll("ext") { _, known in
        guard !isDone, var ext = known, ext.has("sparklineGroups") else { return }
        ext.change("sparklineGroups", order: []) { insert(into: &$0) }
        known = ext
        isDone = true
      }
      if isDone { return }
      var ext = MarkupElement("ext", prefix: list.prefix)
      ext["uri"] = SparklineXML.uri
      ext["xmlns:x14"] = Namespace.x14
      ext.change("sparklineGroups", prefix: "x14:") { insert(into: &$0) }
      list.insert(ext, order: ["ext"])
    }
  }

  private func insert(into list: inout MarkupElement) {
    for group in groups {
      guard var made = MarkupElement(prefix: "", { SparklineXML.append(group, to: &$0) }) else { continue }
      made["xmlns:x14"] = Namespace.x14
      made["xmlns:xm"] = Namespace.excelMain
      list.insert(made, order: [])
    }
  }
}
