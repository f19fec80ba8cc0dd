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

extension MarkupElement {
  /// Gives a workbook another protection, or none (ECMA-376 Part 1, 18.2.29).
  mutating func protect(with protection: WorkbookProtection?) {
    guard let protection else { return remove("workbookProtection") }
    change("workbookProtection", order: WorkbookChildren.order) { element in
      element["lockStructure"] = protection.locksStructure ? "1" : nil
      element["lockWindows"] = protection.locksWindows ? "1" : nil
      for name in PasswordAttributesXML.known.sorted()
      where element[name] != protection.passwordAttributes[name] {
        element[name] = protection.passwordAttributes[name]
      }
    }
  }
}
