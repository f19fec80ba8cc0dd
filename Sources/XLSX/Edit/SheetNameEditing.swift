/// Changes the names by which Excel stores what belongs to a sheet: what is printed of it, and its filter (ECMA-376 Part
/// 1, 18.2.5).
enum SheetNameEditing {
  /// What differs between the names of two states of a sheet.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a name that says more than the model holds.
  static func changes(
    from old: SheetContent, to new: SheetContent, of sheet: Worksheet
  ) throws -> [DefinedNamesXML.Scoped: DefinedName?] {
    let (before, after) = (
      DefinedNamesXML.builtIn(for: old, named: sheet.name),
      DefinedNamesXML.builtIn(for: new, named: sheet.name)
    )
    var changes: [DefinedNamesXML.Scoped: DefinedName?] = [:]
    for name in before where !after.contains(where: { $0.name == name.name }) {
      changes[.init(name)] = .some(nil)
    }
    for name in after where !before.contains(name) { changes[.init(name)] = name }
    guard let opened = sheet.opened else { return changes }
    for name in opened.source.sheetNames[opened.position] ?? []
    where changes[.init(DefinedName(name.name, formula: "", sheet: sheet.name))] != nil
      && name.name.lowercased() != "_xlnm._filterdatabase"
    {
      guard PageSetup.holdsAll(of: name) else {
        throw XLSXError(
          .unsupportedChange,
          "What is printed of the sheet is given by “\(name.formula)”, which cannot be changed without losing a part of it; change it in Excel or WPS.",
          sheet: sheet.name)
      }
    }
    return changes
  }
}

extension MarkupElement {
  /// Changes the names of a workbook, found by name and sheet; one that it does not have is added, one that is `nil` goes.
  ///
  /// - Parameters:
  ///   - new: Names to be added behind those.
  ///   - sheets: The names of the sheets in the order of the part.
  mutating func changeNames(
    _ changes: [DefinedNamesXML.Scoped: DefinedName?], adding new: [DefinedName], sheets: [String]
  ) {
    var missing = changes.compactMapValues { $0 }
    var done: Set<DefinedNamesXML.Scoped> = []
    changeAll("definedNames") { _, list in
      list?.changeAll("definedName") { _, element in
        guard let name = element?["name"] else { return }
        let position = element?.integer("localSheetId")
        let sheet = position.flatMap { sheets.indices.contains($0) ? sheets[$0] : nil }
        let scope = DefinedNamesXML.Scoped(DefinedName(name, formula: "", sheet: sheet))
        guard let change = changes[scope] else { return }
        missing[scope] = nil
        // Of two with one name the first takes the new text.
        guard let new = change, done.insert(scope).inserted else { return element = nil }
        element?["name"] = new.name
        element?["hidden"] = new.isHidden ? "1" : nil
        element?.setText(FormulaPrefixes.stored(new.formula))
      }
      // An empty list is not allowed.
      if list?.has("definedName") == false { list = nil }
    }
    let places = Dictionary(firstOf: sheets.enumerated().map { ($1, $0) })
    func order(_ name: DefinedName) -> (Int, String) {
      (name.sheet.flatMap { places[$0] } ?? -1, name.name.lowercased())
    }
    let added = missing.values.sorted { order($0) < order($1) } + new
    if added.isEmpty { return }
    change("definedNames", order: WorkbookChildren.order) { list in
      list.append(
        added.compactMap { name in
          MarkupElement(prefix: list.prefix) { DefinedNamesXML.append(name, sheets: sheets, to: &$0) }
        })
    }
  }
}
