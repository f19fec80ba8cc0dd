/// What changes in a sheet part outside its rows: columns, merged ranges, validations, links.
struct SheetAdditions {
  let name: String
  let part: String
  let sheet: EditPlan.Sheet

  func apply(to changes: inout PackageEdits) throws {
    var format = sheet.format
    format.rowLevels = sheet.rows.values.lazy.map(\.new.outlineLevel).max() ?? 0
    format.columnLevels = sheet.columns.lazy.map(\.new.outlineLevel).max() ?? 0
    if sheet.columns.isEmpty, format.isEmpty, sheet.merges.isEmpty, sheet.validations.isEmpty,
      sheet.hyperlinks.isEmpty
    {
      return
    }
    guard var root = MarkupElement(try changes.bytes(of: part)) else { return }
    try ColumnEditing.apply(
      sheet.columns, to: &root, sheet: name, part: part, defaultWidth: format.columnWidth.new)
    format.apply(to: &root)
    root.append(sheet.merges.map { "<mergeCell ref=\"\($0)\"/>" }, to: "mergeCells")
    root.append(
      sheet.validations.map { validation in ByteBuffer.text { ValidationXML.append(validation, to: &$0) } },
      to: "dataValidations")
    try HyperlinkEditing(sheet: name, part: part, changes: sheet.hyperlinks).apply(to: &root, &changes)
    changes.set(part, root.bytes)
  }
}

extension MarkupElement {
  /// Adds elements to one of a sheet's lists, which is made in its place if the sheet has none.
  ///
  /// - Parameter elements: Without the prefix that the sheet's own elements may have.
  mutating func append(_ elements: [String], to list: String) {
    if elements.isEmpty { return }
    let isNew = !has(list)
    change(list, order: SheetChild.order) { children in
      children.append(elements.compactMap { MarkupElement($0, prefixed: children.prefix) })
      if isNew {
        children["count"] = String(elements.count)
      } else if let number = children.integer("count"), number >= 0, number < 1 << 31 {
        children["count"] = String(number + elements.count)
      }
    }
  }
}
