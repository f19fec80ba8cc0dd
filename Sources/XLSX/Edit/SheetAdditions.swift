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
    var bytes = try ColumnEditing.applying(
      sheet.columns, to: try changes.bytes(of: part), sheet: name, part: part,
      defaultWidth: format.columnWidth.new)
    bytes = format.applying(to: bytes)
    if !sheet.merges.isEmpty {
      let elements = sheet.merges.map { "<mergeCell ref=\"\($0)\"/>" }
      bytes = SheetChild.appending(bytes, to: "mergeCells", elements)
    }
    if !sheet.validations.isEmpty {
      let elements = sheet.validations.map { validation in
        ByteBuffer.text { ValidationXML.append(validation, to: &$0) }
      }
      bytes = SheetChild.appending(bytes, to: "dataValidations", elements)
    }
    if !sheet.hyperlinks.isEmpty {
      bytes = try HyperlinkEditing(sheet: name, part: part, changes: sheet.hyperlinks)
        .applying(to: bytes, &changes)
    }
    changes.set(part, bytes)
  }
}

extension SheetChild {
  /// A sheet part with elements added to one of its lists, which is made in its place if the sheet has none.
  ///
  /// - Parameters:
  ///   - elements: Without the prefix that the sheet's own elements may have.
  ///   - isCounted: Whether the list has a `count`.
  static func appending(
    _ bytes: [UInt8], to list: String, _ elements: [String], isCounted: Bool = true
  ) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    let isNew = !root.has(list)
    root.change(list, order: order) { children in
      children.append(elements.compactMap { MarkupElement($0, prefixed: children.prefix) })
      guard isCounted else { return }
      if isNew {
        children["count"] = String(elements.count)
      } else if let number = children.integer("count"), number >= 0, number < 1 << 31 {
        children["count"] = String(number + elements.count)
      }
    }
    return root.bytes
  }
}
