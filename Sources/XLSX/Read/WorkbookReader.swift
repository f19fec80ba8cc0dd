/// Reads the workbook part: sheets, names, date system, protection (ECMA-376 Part 1, 18.2).
enum WorkbookReader {
  static func read(_ source: WorkbookSource, into workbook: Workbook) throws {
    var names: [XMLElement] = []
    try source.package.walk(source.part) { element, path in
      switch path.count {
      case 0:
        guard element.name == "workbook" else {
          throw XLSXError(
            .notASpreadsheet, "The file's main part is no workbook but “\(element.name)”.", part: source.part)
        }
        return .enter
      case 1: return element.name == "sheets" || element.name == "definedNames" ? .enter : .collect
      default: return .collect
      }
    } collected: { element, path in
      switch (path.last, element.name) {
      case ("sheets", "sheet"): try add(element, from: source, to: workbook)
      case ("definedNames", "definedName"): names.append(element)
      case (_, "workbookPr"):
        if element.flag("date1904") == true { workbook.dateSystem = .excel1904 }
      case (_, "workbookProtection"): workbook.protection = WorkbookProtection(element: element)
      default: break
      }
    }
    for element in names {
      guard let name = element["name"] else { continue }
      // `localSheetId` is the position of the sheet in the list, not its id.
      let position = element.integer("localSheetId")
      let sheet = position.flatMap { workbook.sheets.indices.contains($0) ? workbook.sheets[$0].name : nil }
      let defined = DefinedName(
        name, formula: FormulaPrefixes.shown(element.text), sheet: sheet,
        hidden: element.flag("hidden") ?? false)
      if sheet != nil, Self.sheetNames.contains(name.lowercased()) {
        source.sheetNames[position ?? 0, default: []].append(defined)
      } else {
        workbook.definedNames.append(defined)
      }
    }
  }

  /// Names by which Excel stores what belongs to a sheet: its print set-up and its filter. They are read with the sheet.
  static let sheetNames: Set<String> = ["_xlnm.print_area", "_xlnm.print_titles", "_xlnm._filterdatabase"]

  private static func add(_ element: XMLElement, from source: WorkbookSource, to workbook: Workbook) throws {
    let given = element["id", .officeRelationships] ?? element["id"]
    let id = given ?? ""
    let relationship = source.relationships[id]
    let part = relationship.flatMap { source.package.target(of: $0, from: source.part) }
    let kind: SheetInfo.Kind =
      switch relationship?.kind.lowercased() {
      case "chartsheet": .chartsheet
      case "dialogsheet": .dialogsheet
      case "xlmacrosheet", "xlintlmacrosheet": .macrosheet
      default: given?.isEmpty == true ? .module : .worksheet
      }
    workbook.sheets.append(
      SheetInfo(
        name: element["name"] ?? "", visibility: element["state"].flatMap { .init(rawValue: $0) } ?? .visible,
        kind: kind))
    source.sheets.append(.init(relationship: id, id: element.integer("sheetId"), part: part))
  }
}

extension WorkbookProtection {
  init(element: XMLElement) {
    self.init(
      locksStructure: element.flag("lockStructure") ?? false,
      locksWindows: element.flag("lockWindows") ?? false)
    for attribute in element.attributes where !["lockStructure", "lockWindows"].contains(attribute.name) {
      passwordAttributes[attribute.name] = attribute.value
    }
  }
}
