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
      bytes = SheetChildren.appending(bytes, to: "mergeCells", elements)
    }
    if !sheet.validations.isEmpty {
      let elements = sheet.validations.map { validation in
        Self.text { ValidationXML.append(validation, to: &$0) }
      }
      bytes = SheetChildren.appending(bytes, to: "dataValidations", elements)
    }
    if !sheet.hyperlinks.isEmpty {
      bytes = try HyperlinkEditing(sheet: name, part: part, changes: sheet.hyperlinks)
        .applying(to: bytes, &changes)
    }
    changes.set(part, bytes)
  }

  private static func text(_ write: (inout ByteBuffer) -> Void) -> String {
    var xml = ByteBuffer()
    write(&xml)
    return String(decoding: xml.array(), as: UTF8.self)
  }
}

/// The children of a sheet part, which the schema wants in one order (ECMA-376 Part 1, 18.3.1.99).
enum SheetChildren {
  static let order = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "AlternateContent", "webPublishItems", "tableParts", "extLst",
  ]

  /// A sheet part with elements added to one of its lists, which is made in its place if the sheet has none.
  ///
  /// - Parameters:
  ///   - elements: Without the prefix that the sheet's own elements may have.
  ///   - isCounted: Whether the list has a `count`.
  static func appending(
    _ bytes: [UInt8], to list: String, _ elements: [String], isCounted: Bool = true
  ) -> [UInt8] {
    let following = Set(order.drop { $0 != list }.dropFirst())
    var scanner = MarkupScanner(bytes)
    var prefix: String?
    var place: Int?
    var patches = Patches()
    while let token = scanner.next() {
      if token.kind == .end, place == nil { place = token.range.lowerBound }
      guard token.isStart else { continue }
      guard let known = prefix else {
        prefix = scanner.prefix(token)
        continue
      }
      let name = scanner.localName(token)
      if name == list {
        let xml = elements.map { MarkupText.prefixed($0, known) }.joined()
        if isCounted, let count = scanner.attribute("count", of: token),
          let number = Int(scanner.string(count.value)), number >= 0, number < 1 << 31
        {
          patches.replace(count.value, with: String(number + elements.count))
        }
        if token.kind == .empty {
          let slash = token.range.upperBound - 2
          patches.replace(
            slash..<token.range.upperBound, with: ">\(xml)</\(scanner.string(token.name))>")
        } else {
          let end = scanner.skipElement(token)
          patches.insert(xml, at: bytes[..<end].lastIndex(of: UInt8(ascii: "<")) ?? end)
        }
        return patches.applied(to: bytes)
      }
      if following.contains(name) {
        place = token.range.lowerBound
        break
      }
      _ = scanner.skipElement(token)
    }
    guard let prefix, let place else { return bytes }
    let count = isCounted ? " count=\"\(elements.count)\"" : ""
    let xml = elements.map { MarkupText.prefixed($0, prefix) }.joined()
    patches.insert("<\(prefix)\(list)\(count)>\(xml)</\(prefix)\(list)>", at: place)
    return patches.applied(to: bytes)
  }
}
