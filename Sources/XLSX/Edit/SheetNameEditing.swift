/// Changes the names by which Excel stores what belongs to a sheet: what is printed of it, and its filter (ECMA-376 Part
/// 1, 18.2.5).
struct SheetNameEditing {
  /// The position of the sheet.
  let position: Int
  /// The new names by their names in lower case; `nil` takes one away.
  let names: [String: DefinedName?]

  /// What differs between the names of two states of a sheet.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a name that says more than the model holds.
  static func changes(
    from old: SheetContent, to new: SheetContent, of sheet: Worksheet
  ) throws -> [String: DefinedName?] {
    let (before, after) = (
      DefinedNamesXML.builtIn(for: old, named: sheet.name),
      DefinedNamesXML.builtIn(for: new, named: sheet.name)
    )
    var changes: [String: DefinedName?] = [:]
    for name in before where !after.contains(where: { $0.name == name.name }) {
      changes[name.name.lowercased()] = .some(nil)
    }
    for name in after where !before.contains(name) { changes[name.name.lowercased()] = name }
    guard let opened = sheet.opened else { return changes }
    for name in opened.source.sheetNames[opened.position] ?? []
    where changes[name.name.lowercased()] != nil && name.name.lowercased() != "_xlnm._filterdatabase" {
      guard PageSetup.holdsAll(of: name) else {
        throw XLSXError(
          .unsupportedChange,
          "What is printed of the sheet is given by “\(name.formula)”, which cannot be changed without losing a part of it; change it in Excel or WPS.",
          sheet: sheet.name)
      }
    }
    return changes
  }

  func applied(to bytes: [UInt8]) -> [UInt8] {
    guard !names.isEmpty, var root = MarkupElement(bytes) else { return bytes }
    if !root.has("definedNames"), names.values.allSatisfy({ $0 == nil }) { return bytes }
    var missing = names.compactMapValues { $0 }
    root.change("definedNames", order: WorkbookChildren.order) { list in
      var done: Set<String> = []
      list.changeAll("definedName") { _, element in
        guard let key = element?["name"]?.lowercased(), let change = names[key],
          element?.integer("localSheetId") == position
        else { return }
        missing[key] = nil
        // Of two with one name the first takes the new text.
        guard let new = change, done.insert(key).inserted else {
          element = nil
          return
        }
        element?.setText(new.formula)
      }
      for (_, name) in missing.sorted(by: { $0.key < $1.key }) {
        var element = MarkupElement("definedName", prefix: list.prefix)
        element["name"] = name.name
        element["localSheetId"] = String(position)
        if name.isHidden { element["hidden"] = "1" }
        element.setText(name.formula)
        list.insert(element, order: ["definedName"])
      }
    }
    // An empty list is not allowed.
    if root.child("definedNames")?.has("definedName") == false { root.remove("definedNames") }
    return root.bytes
  }
}
