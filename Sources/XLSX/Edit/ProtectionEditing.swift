/// Changes what a protected sheet allows (ECMA-376 Part 1, 18.3.1.85).
struct ProtectionEditing {
  let old: SheetProtection?
  let new: SheetProtection?

  func apply(to sheet: inout SheetMarkup) throws {
    guard let new else { return try sheet.remove("sheetProtection") }
    try sheet.change("sheetProtection") { element in
      for (name, value) in new.passwordAttributes.sorted(by: { $0.key < $1.key })
      where PasswordAttributesXML.isKnown(name) {
        element[name] = value
      }
      for name in SheetProtection.passwordNames.sorted() where new.passwordAttributes[name] == nil {
        element[name] = nil
      }
      if old == nil { element["sheet"] = "1" }
      for (action, name, isLockedByDefault) in SheetTailXML.actions
      where old == nil || old?.allowed.contains(action) != new.allowed.contains(action) {
        let isLocked = !new.allowed.contains(action)
        element["\(name)"] = isLocked == isLockedByDefault ? nil : isLocked ? "1" : "0"
      }
    }
  }
}

extension PartEditing {
  /// The workbook part with another protection, or without one (ECMA-376 Part 1, 18.2.29).
  static func protecting(_ bytes: [UInt8], with protection: WorkbookProtection?) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    guard let protection else {
      root.remove("workbookProtection")
      return root.bytes
    }
    root.change("workbookProtection", order: WorkbookChildren.order) { element in
      element["lockStructure"] = protection.locksStructure ? "1" : nil
      element["lockWindows"] = protection.locksWindows ? "1" : nil
      for name in PasswordAttributesXML.known.sorted()
      where element[name] != protection.passwordAttributes[name] {
        element[name] = protection.passwordAttributes[name]
      }
    }
    return root.bytes
  }
}
