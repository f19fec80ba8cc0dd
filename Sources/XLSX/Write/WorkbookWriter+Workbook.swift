/// The workbook part (ECMA-376 Part 1, 18.2.27), its children in the order of CT_Workbook.
extension WorkbookWriter {
  func workbookXML(sheetIDs: [String]) -> ByteBuffer {
    var xml = ByteBuffer()
    xml.begin(part: "workbook", ["xmlns": Namespace.main, "xmlns:r": Namespace.relationships])
    xml.endTag()
    xml.begin("workbookPr")
    if workbook.dateSystem == .excel1904 { xml.attribute("date1904", 1) }
    xml.endEmpty()
    if let protection = workbook.protection { Self.append(protection, to: &xml) }
    let active = workbook.activePosition ?? 0
    let first = workbook.sheets.firstIndex { $0.visibility == .visible } ?? 0
    xml.append("<bookViews><workbookView")
    if first > 0 { xml.attribute("firstSheet", first) }
    if active > 0 { xml.attribute("activeTab", active) }
    xml.append("/></bookViews><sheets>")
    for (place, info) in workbook.sheets.enumerated() {
      xml.begin("sheet")
      xml.attribute("name", info.name)
      xml.attribute("sheetId", place + 1)
      if info.visibility != .visible { xml.attribute("state", info.visibility.rawValue) }
      xml.attribute("r:id", sheetIDs[place])
      xml.endEmpty()
    }
    xml.append("</sheets>")
    DefinedNamesXML.append(DefinedNamesXML.names(of: workbook), sheets: workbook.sheets, to: &xml)
    // The cached values are what this program computed; Excel computes them itself when it opens the file.
    xml.append("<calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/>")
    if !pivotCaches.isEmpty {
      xml.append("<pivotCaches>")
      for cache in pivotCaches {
        xml.begin("pivotCache")
        xml.attribute("cacheId", cache.number)
        xml.attribute("r:id", cache.id)
        xml.endEmpty()
      }
      xml.append("</pivotCaches>")
    }
    xml.append("</workbook>")
    return xml
  }

  private static func append(_ protection: WorkbookProtection, to xml: inout ByteBuffer) {
    xml.begin("workbookProtection")
    for (name, value) in protection.passwordAttributes.sorted(by: { $0.key < $1.key }) {
      PasswordAttributesXML.append(name, value, to: &xml)
    }
    if protection.locksStructure { xml.attribute("lockStructure", 1) }
    if protection.locksWindows { xml.attribute("lockWindows", 1) }
    xml.endEmpty()
  }
}

/// The attributes of a password that an opened file had.
enum PasswordAttributesXML {
  /// Names come from the file; only those of the schema are written.
  static func append(_ name: String, _ value: String, to xml: inout ByteBuffer) {
    guard isKnown(name) else { return }
    xml.append(raw: " \(name)=\"")
    xml.append(attributeText: value)
    xml.append(UInt8(ascii: "\""))
  }

  static func isKnown(_ name: String) -> Bool { known.contains(name) }

  static let known: Set<String> = [
    "password", "algorithmName", "hashValue", "saltValue", "spinCount", "workbookPassword",
    "revisionsPassword",
    "workbookAlgorithmName", "workbookHashValue", "workbookSaltValue", "workbookSpinCount",
    "revisionsAlgorithmName",
    "revisionsHashValue", "revisionsSaltValue", "revisionsSpinCount",
  ]
}

/// Defined names (ECMA-376 Part 1, 18.2.5): the caller's, and those that print set-up and filters amount to.
enum DefinedNamesXML {
  /// All names of a workbook, in the order in which they are written.
  static func names(of workbook: Workbook) -> [DefinedName] {
    var names: [DefinedName] = []
    for place in workbook.sheets.indices {
      guard let sheet = workbook.loadedSheet(at: place) else { continue }
      names.append(contentsOf: builtIn(for: sheet))
    }
    // An opened workbook may have the built-in ones in both forms; two of one name and scope break the file.
    let taken = Set(names.map { Scoped($0) })
    return names + workbook.definedNames.filter { !taken.contains(Scoped($0)) }
  }

  static func append(_ names: [DefinedName], sheets: [SheetInfo], to xml: inout ByteBuffer) {
    if names.isEmpty { return }
    xml.append("<definedNames>")
    let titles = sheets.map(\.name)
    for name in names { append(name, sheets: titles, to: &xml) }
    xml.append("</definedNames>")
  }

  /// One `<definedName>`; the sheet that it belongs to is written as its position.
  static func append(_ name: DefinedName, sheets: [String], to xml: inout ByteBuffer) {
    xml.begin("definedName")
    xml.attribute("name", name.name)
    if let sheet = name.sheet, let place = sheets.firstIndex(of: sheet) {
      xml.attribute("localSheetId", place)
    }
    if name.isHidden { xml.attribute("hidden", 1) }
    xml.endTag()
    xml.append(plainText: FormulaPrefixes.stored(name.formula))
    xml.end("definedName")
  }

  struct Scoped: Hashable {
    var name: String
    var sheet: String?

    init(_ name: DefinedName) {
      self.name = name.name.lowercased()
      sheet = name.sheet
    }
  }

  private static func builtIn(for sheet: Worksheet) -> [DefinedName] {
    builtIn(for: sheet.content, named: sheet.name)
  }

  /// The names that a sheet's filter and print set-up amount to.
  static func builtIn(for content: SheetContent, named name: String) -> [DefinedName] {
    var names: [DefinedName] = []
    // LibreOffice shows an autofilter only where this hidden name stands; Excel writes it too.
    if let filter = content.autoFilter {
      let formula = SheetReference.absolute(filter, sheet: name, alwaysAsRange: true)
      names.append(DefinedName("_xlnm._FilterDatabase", formula: formula, sheet: name, hidden: true))
    }
    let setup = content.pageSetup
    if !setup.printArea.isEmpty {
      let areas = setup.printArea.map { SheetReference.absolute($0, sheet: name) }
      names.append(DefinedName("_xlnm.Print_Area", formula: areas.joined(separator: ","), sheet: name))
    }
    var titles: [String] = []
    let quoted = SheetReference.quoted(name)
    if let columns = setup.repeatedColumns {
      let first = CellReference.columnName(columns.lowerBound)
      titles.append("\(quoted)!$\(first):$\(CellReference.columnName(columns.upperBound))")
    }
    if let rows = setup.repeatedRows { titles.append("\(quoted)!$\(rows.lowerBound):$\(rows.upperBound)") }
    if !titles.isEmpty {
      names.append(
        DefinedName("_xlnm.Print_Titles", formula: titles.joined(separator: ","), sheet: name))
    }
    return names
  }
}
