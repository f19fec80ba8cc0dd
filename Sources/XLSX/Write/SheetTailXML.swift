/// What stands behind the cells and needs no other part: protection, filters, merged cells, validations, print set-up.
enum SheetTailXML {
  /// Writes the child of that name, if the sheet has anything for it.
  static func append(_ child: SheetChild, of content: SheetContent, to xml: inout ByteBuffer) {
    switch child {
    case .sheetProtection: if let protection = content.protection { append(protection, to: &xml) }
    case .autoFilter: if let filter = content.autoFilter { append(filter: filter, to: &xml) }
    case .mergeCells: append(merges: content.merges, to: &xml)
    case .dataValidations: ValidationXML.append(content.validations, to: &xml)
    default: PrintXML.append(child, of: content.pageSetup, to: &xml)
    }
  }

  /// For most actions the attribute says "locked" and is on by default; for four it is off by default (ECMA-376
  /// Part 1, 18.3.1.85).
  static func append(_ protection: SheetProtection, to xml: inout ByteBuffer) {
    xml.begin("sheetProtection")
    for (name, value) in protection.passwordAttributes.sorted(by: { $0.key < $1.key }) {
      PasswordAttributesXML.append(name, value, to: &xml)
    }
    xml.attribute("sheet", 1)
    for (action, name, isLockedByDefault) in actions {
      let isLocked = !protection.allowed.contains(action)
      if isLocked != isLockedByDefault { xml.attribute(name, isLocked) }
    }
    xml.endEmpty()
  }

  static let actions: [(SheetProtection.Action, StaticString, Bool)] = [
    (.objects, "objects", false), (.scenarios, "scenarios", false), (.formatCells, "formatCells", true),
    (.formatColumns, "formatColumns", true), (.formatRows, "formatRows", true),
    (.insertColumns, "insertColumns", true), (.insertRows, "insertRows", true),
    (.insertHyperlinks, "insertHyperlinks", true), (.deleteColumns, "deleteColumns", true),
    (.deleteRows, "deleteRows", true), (.selectLockedCells, "selectLockedCells", false),
    (.sort, "sort", true),
    (.autoFilter, "autoFilter", true), (.pivotTables, "pivotTables", true),
    (.selectUnlockedCells, "selectUnlockedCells", false),
  ]

  static func append(filter range: CellRange, to xml: inout ByteBuffer) {
    xml.begin("autoFilter")
    xml.attribute("ref", range: range)
    xml.endEmpty()
  }

  static func append(merges: [CellRange], to xml: inout ByteBuffer) {
    if merges.isEmpty { return }
    xml.begin("mergeCells")
    xml.attribute("count", merges.count)
    xml.endTag()
    for merge in merges {
      xml.begin("mergeCell")
      xml.attribute("ref", range: merge)
      xml.endEmpty()
    }
    xml.end("mergeCells")
  }
}
