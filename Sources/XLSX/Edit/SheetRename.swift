/// Gives a sheet another name, and makes whatever mentions it follow: formulas of cells, names, validations, conditional
/// formats and charts; links; the sources of pivot tables; form controls and shapes that show a cell.
///
/// Text inside formulas, as in `INDIRECT("Sheet1!A1")`, stays as it is, as in Excel. The sheet's position, and with it
/// `localSheetId`, does not change.
struct SheetRename {
  let position: Int
  let old: String
  let new: String

  /// Elements whose text is a formula or a reference, in whichever part.
  private static let formulas: Set<String> = [
    "f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula",
    "FmlaLink", "FmlaRange", "FmlaTxbx", "FmlaGroup", "FmlaPict",
  ]
  /// Attributes whose value is a formula or a reference, by element.
  private static let references: [String: Set<String>] = [
    "hyperlink": ["location"], "sp": ["textlink"], "control": ["linkedCell", "listFillRange"],
    "controlPr": ["linkedCell", "listFillRange"],
    "formControlPr": ["fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup"],
  ]
  /// Attributes whose value is the name of a sheet, by element.
  private static let names: [String: String] = [
    "worksheetSource": "sheet", "rangeSet": "sheet", "dataRef": "sheet",
  ]
  /// Parts that hold no reference into the workbook's own sheets, or what looks like one and is not.
  private static let untouched = [
    "/sharedstrings", "/styles", "/theme/", "/externallinks/", "[content_types]", "/comments", "/persons/",
    "/calcchain", "/media/", "/pivotcacherecords", "docprops/core", "docprops/custom", "/customxml/",
  ]

  private var renamer: FormulaSheetRenamer { FormulaSheetRenamer(from: old, to: new) }

  func apply(to changes: inout PackageEdits, workbookPart: String) throws {
    for part in changes.parts {
      let name = part.lowercased()
      guard name.hasSuffix(".xml") || name.hasSuffix(".vml") || name.hasSuffix(".rels"),
        !Self.untouched.contains(where: name.contains)
      else { continue }
      let isBook = PartName.key(part) == PartName.key(workbookPart)
      // The stored bytes first: most parts do not mention the sheet, and stay as they are.
      let bytes = try changes.bytes(of: part)
      guard isBook || mentions(bytes) else { continue }
      let result =
        name.hasSuffix(".rels")
        ? renamedTargets(bytes)
        : name.contains("docprops/app") ? renamedTitles(bytes) : renamed(bytes, isBook: isBook)
      if result != bytes { changes.set(part, result) }
    }
  }

  /// Whether the bytes can hold the sheet's name, however it is escaped.
  private func mentions(_ bytes: [UInt8]) -> Bool {
    // The longest run of characters that no escape can change.
    let run = old.split(whereSeparator: { "'&<>\"".contains($0) }).max { $0.utf8.count < $1.utf8.count }
    guard let run else { return true }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.mentions(String(run)) { return true }
    // As character references, or in an address's percent signs.
    return text.contains("&#") || text.contains("%")
  }

  private func renamed(_ bytes: [UInt8], isBook: Bool) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    var sheet = 0
    while let token = scanner.next() {
      guard token.isStart else { continue }
      let name = scanner.localName(token)
      if isBook, name == "sheet" {
        if sheet == position, let attribute = scanner.attribute("name", of: token) {
          patches.replace(attribute.value, with: MarkupText.attribute(new))
        }
        sheet += 1
      }
      if let wanted = Self.references[name] {
        for attribute in scanner.attributes(token) where wanted.contains(scanner.string(attribute.name)) {
          let text = MarkupText.decoded(scanner.string(attribute.value))
          let result = renamer.renamed(text)
          if result != text { patches.replace(attribute.value, with: MarkupText.attribute(result)) }
        }
      }
      if let key = Self.names[name], let attribute = scanner.attribute(key, of: token),
        MarkupText.decoded(scanner.string(attribute.value)).lowercased() == old.lowercased()
      {
        patches.replace(attribute.value, with: MarkupText.attribute(new))
      }
      guard Self.formulas.contains(name), token.kind == .start else { continue }
      var inside = scanner
      guard let text = inside.next(), text.kind == .other, let end = inside.next(), end.kind == .end else {
        continue
      }
      let raw = scanner.string(text.range)
      let isData = raw.hasPrefix("<![CDATA[")
      if raw.hasPrefix("<") && !isData { continue }
      let formula = isData ? String(raw.dropFirst(9).dropLast(3)) : MarkupText.decoded(raw)
      let result = renamer.renamed(formula)
      if result != formula { patches.replace(text.range, with: Self.text(result)) }
    }
    return patches.applied(to: bytes)
  }

  /// Links of drawings lead to `#Sheet1!A1` through a relationship.
  private func renamedTargets(_ bytes: [UInt8]) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    while let token = scanner.next() {
      guard token.isStart, let attribute = scanner.attribute("Target", of: token) else { continue }
      let raw = MarkupText.decoded(scanner.string(attribute.value))
      guard raw.hasPrefix("#") else { continue }
      let place = PartName.percentDecoded(String(raw.dropFirst())) ?? String(raw.dropFirst())
      let result = renamer.renamed(place)
      if result != place {
        patches.replace(attribute.value, with: MarkupText.attribute("#" + HyperlinkXML.escaped(result)))
      }
    }
    return patches.applied(to: bytes)
  }

  /// The list of sheets and names among the document's properties, which file managers show.
  private func renamedTitles(_ bytes: [UInt8]) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    while let token = scanner.next() {
      guard token.kind == .start, scanner.localName(token) == "TitlesOfParts" else { continue }
      var ahead = scanner
      let end = ahead.skipElement(token)
      while let item = scanner.next(), item.range.upperBound < end {
        guard item.kind == .start, scanner.localName(item) == "lpstr", let text = scanner.next(),
          text.kind == .other
        else { continue }
        let title = MarkupText.decoded(scanner.string(text.range))
        let result = title.lowercased() == old.lowercased() ? new : renamer.renamed(title)
        if result != title { patches.replace(text.range, with: Self.text(result)) }
      }
    }
    return patches.applied(to: bytes)
  }

  private static func text(_ text: String) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.append(plainText: text)
    return buffer.array()
  }
}

extension String {
  /// Whether the text contains another, letter case ignored.
  fileprivate func mentions(_ other: String) -> Bool {
    contains(other) || lowercased().contains(other.lowercased())
  }
}
