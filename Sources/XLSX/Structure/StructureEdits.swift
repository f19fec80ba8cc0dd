/// Makes a change of structure in the parts of a package: in the sheet itself, in what its part leads to, and wherever a formula
/// or a reference mentions it.
///
/// Text inside formulas, as in `INDIRECT("Sheet1!A1")`, stays as it is, as in Excel.
struct StructureEdits {
  let change: StructureChange

  /// Elements whose text is a formula or a reference, in whichever part.
  static let formulas: Set<String> = [
    "f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula",
    "FmlaLink", "FmlaRange", "FmlaTxbx", "FmlaGroup", "FmlaPict",
  ]
  /// Attributes whose value is a formula or a reference, by element.
  static let references: [String: Set<String>] = [
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

  /// - Parameter sheets: Where the sheets are; a copy is added.
  func apply(to changes: inout PackageEdits, sheets: inout SheetTable, workbookPart: String) throws {
    if case .copied(let sheet, let name, let key, let copy, let tables) = change {
      guard let part = sheets.parts[sheet], let index = sheets.order.firstIndex(of: sheet) else { return }
      var copying = SheetCopying(old: name, new: copy, tables: tables)
      sheets.parts[key] = try copying.apply(
        to: &changes, part: part, position: index, workbookPart: workbookPart)
      sheets.order.append(key)
      return
    }
    let own = sheets.parts[change.sheet]
    if case .table(let table, _, _) = change, let own { try table.apply(to: &changes, sheet: own) }
    var done: Set<String> = []
    if case .grid(let grid, _, _, _) = change, let own, changes.contains(own) {
      changes.set(own, SheetGridEditing(grid: grid, change: change).applied(to: try changes.bytes(of: own)))
      done.insert(PartName.key(own))
      for (part, kind) in try changes.partsBelow(own) {
        guard done.insert(PartName.key(part)).inserted else { continue }
        try follow(grid, kind, part, of: own, &changes)
      }
    }
    let related = try own.map { own in
      changes.contains(own) ? Set(try changes.partsBelow(own).map { PartName.key($0.part) }) : []
    }
    for part in changes.parts where !done.contains(PartName.key(part)) {
      let name = part.lowercased()
      guard name.hasSuffix(".xml") || name.hasSuffix(".vml") || name.hasSuffix(".rels"),
        !Self.untouched.contains(where: name.contains)
      else { continue }
      let isBook = PartName.key(part) == PartName.key(workbookPart)
      let isOwn =
        own.map { PartName.key($0) == PartName.key(part) } == true
        || related?.contains(PartName.key(part)) == true
      // The stored bytes first: most parts do not mention the sheet, and stay as they are.
      let bytes = try changes.bytes(of: part)
      guard isBook || isOwn || mentions(bytes) else { continue }
      let result =
        name.hasSuffix(".rels")
        ? followedTargets(bytes)
        : name.contains("docprops/app")
          ? followedTitles(bytes)
          : followed(bytes, isOwn: isOwn, isBook: isBook, position: sheets.order.firstIndex(of: change.sheet))
      if result != bytes { changes.set(part, result) }
    }
  }

  /// Whether the bytes can hold the sheet's name, however it is escaped.
  private func mentions(_ bytes: [UInt8]) -> Bool {
    if case .table(let table, _, _) = change {
      if table.new == nil { return false }
      let text = String(decoding: bytes, as: UTF8.self)
      return text.contains("[") || text.contains("worksheetSource")
    }
    // The longest run of characters that no escape can change.
    let run = change.name.split(whereSeparator: { "'&<>\"".contains($0) }).max {
      $0.utf8.count < $1.utf8.count
    }
    guard let run else { return true }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.mentions(String(run)) { return true }
    if case .removed(_, _, let tables) = change, !tables.isEmpty, text.contains("[") { return true }
    // As character references, or in an address's percent signs.
    return text.contains("&#") || text.contains("%")
  }

  /// A part that the changed sheet leads to.
  private func follow(
    _ grid: GridChange, _ kind: String, _ part: String, of sheet: String, _ changes: inout PackageEdits
  ) throws {
    let bytes = try changes.bytes(of: part)
    let result: [UInt8]
    switch kind {
    case "drawing": result = followed(SheetAnchors(grid).applied(toDrawing: bytes), isOwn: true)
    case "vmlDrawing": result = followed(SheetAnchors(grid).applied(toVML: bytes), isOwn: true)
    case "comments": result = moved(bytes, "comment", by: grid)
    case "threadedComment": result = moved(bytes, "threadedComment", by: grid)
    case "table":
      guard let table = TableGridEditing(grid: grid, change: change).applied(to: bytes) else {
        return try changes.removeTable(part, from: sheet)
      }
      result = table
    case "pivotTable": result = try movedPivotTable(bytes, part, by: grid)
    case "image", "printerSettings", "oleObject", "package", "hyperlink": return
    default: result = followed(bytes, isOwn: true)
    }
    if result != bytes { changes.set(part, result) }
  }

  /// A list of things in cells, of which those go whose cell goes.
  private func moved(_ bytes: [UInt8], _ element: String, by grid: GridChange) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var splice = PartSplice(bytes)
    while let token = scanner.next() {
      guard token.isStart, scanner.localName(token) == element,
        let cell = scanner.value("ref", of: token).flatMap({ CellReference($0.trimmingXMLSpace) })
      else { continue }
      guard let new = grid.cell(cell) else {
        splice.replace(token.range.lowerBound..<scanner.skipElement(token), with: "")
        continue
      }
      if new != cell { splice.set(["ref": new.description], of: token, in: scanner) }
    }
    return splice.finished()
  }

  private func movedPivotTable(_ bytes: [UInt8], _ part: String, by grid: GridChange) throws -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    var isCut = false
    root.changeAll("location") { _, location in
      guard let old = location?["ref"].flatMap({ CellRange($0) }) else { return }
      let new = grid.range(old)
      isCut = new.map { $0.rows.count != old.rows.count || $0.columns.count != old.columns.count } ?? true
      if let new, new != old { location?["ref"] = new.description }
    }
    if isCut {
      throw XLSXError(
        .unsupportedChange,
        "Rows or columns cannot come or go inside a pivot table; move the table first.", part: part,
        sheet: change.name)
    }
    return root.bytes
  }

  func followed(_ bytes: [UInt8], isOwn: Bool, isBook: Bool = false, position: Int? = nil) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var splice = PartSplice(bytes)
    // Cells that share a formula may need their own now.
    let shared = isSheetWithShared(bytes) ? SharedFormulas(SheetLayout(bytes, rows: [])) : nil
    let isChanged =
      shared.map { $0.texts.values.contains { change.followed($0, isOwn: isOwn) != $0 } } ?? false
    var sheet = 0
    while let token = scanner.next() {
      guard token.isStart else { continue }
      let name = scanner.localName(token)
      var attributes: [String: String?] = [:]
      if isBook, name == "sheet" {
        if case .renamed(let rename) = change, sheet == position { attributes["name"] = rename.new }
        sheet += 1
      }
      for attribute in Self.references[name] ?? [] {
        guard let text = scanner.value(attribute, of: token) else { continue }
        let result = change.followed(text, isOwn: isOwn)
        if result != text { attributes[attribute] = result }
      }
      if case .table(let table, _, _) = change, name == "worksheetSource", let new = table.new,
        table.isNamed(scanner.value("name", of: token))
      {
        attributes["name"] = new
      }
      if let key = Self.names[name], scanner.value(key, of: token)?.lowercased() == change.name.lowercased() {
        switch change {
        case .renamed(let rename): attributes[key] = rename.new
        case .grid(let grid, _, _, _):
          if let text = scanner.value("ref", of: token), let old = CellRange(text), let new = grid.range(old),
            new != old
          {
            attributes["ref"] = new.description
          }
        default: break
        }
      }
      if !attributes.isEmpty { splice.set(attributes, of: token, in: scanner) }
      if isChanged, name == "f", let text = shared?.texts[token.range.lowerBound] {
        let prefix = scanner.prefix(token)
        splice.replace(
          token.range.lowerBound..<scanner.skipElement(token),
          with: Array("<\(prefix)f>".utf8) + Self.escaped(change.followed(text, isOwn: isOwn))
            + Array("</\(prefix)f>".utf8))
        continue
      }
      guard Self.formulas.contains(name), token.kind == .start, let text = scanner.text() else { continue }
      let result = change.followed(text.text, isOwn: isOwn, isName: name == "definedName")
      if result != text.text { splice.replace(text.range, with: Self.escaped(result)) }
    }
    return splice.finished()
  }

  /// Whether a name's new text leaves shared formulas shared: all of them change alike.
  private func isSheetWithShared(_ bytes: [UInt8]) -> Bool {
    switch change {
    case .renamed, .table: return false
    default: break
    }
    return MarkupElement(bytes)?.has("sheetData") == true
  }

  /// Links of drawings lead to `#Sheet1!A1` through a relationship.
  private func followedTargets(_ bytes: [UInt8]) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var splice = PartSplice(bytes)
    while let token = scanner.next() {
      guard token.isStart, let raw = scanner.value("Target", of: token), raw.hasPrefix("#") else { continue }
      let place = PartName.percentDecoded(String(raw.dropFirst())) ?? String(raw.dropFirst())
      let result = change.followed(place, isOwn: false)
      if result != place {
        splice.set(["Target": "#" + HyperlinkXML.escaped(result)], of: token, in: scanner)
      }
    }
    return splice.finished()
  }

  /// The list of sheets and names among the document's properties, which file managers show.
  private func followedTitles(_ bytes: [UInt8]) -> [UInt8] {
    guard case .renamed(let rename) = change else { return bytes }
    var scanner = MarkupScanner(bytes)
    var splice = PartSplice(bytes)
    while let token = scanner.next() {
      guard token.kind == .start, scanner.localName(token) == "TitlesOfParts" else { continue }
      var ahead = scanner
      let end = ahead.skipElement(token)
      while let item = scanner.next(), item.range.upperBound < end {
        guard item.kind == .start, scanner.localName(item) == "lpstr", let text = scanner.text() else {
          continue
        }
        let isSheet = text.text.lowercased() == rename.old.lowercased()
        let result = isSheet ? rename.new : change.followed(text.text, isOwn: false)
        if result != text.text { splice.replace(text.range, with: Self.escaped(result)) }
      }
    }
    return splice.finished()
  }

  static func escaped(_ text: String) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.append(plainText: text)
    return buffer.array()
  }
}

/// Where the sheets of a package are while it is changed.
struct SheetTable {
  /// The parts of the sheets, by key; a sheet that the workbook only lists has none.
  var parts: [Int: String] = [:]
  /// The keys in the order of the workbook part.
  var order: [Int] = []

  init(of source: WorkbookSource) {
    for (key, sheet) in source.sheets.enumerated() {
      parts[key] = sheet.part
      order.append(key)
    }
  }

  /// The part of a sheet.
  ///
  /// - Throws: ``XLSXError/Code/missingPart`` if the workbook does not say where it is.
  func part(of key: Int, name: String) throws -> String {
    guard let part = parts[key] else {
      throw XLSXError(
        .missingPart, "The workbook does not say where this sheet is stored; save it again in Excel or WPS.",
        sheet: name)
    }
    return part
  }
}

extension String {
  /// Whether the text contains another, letter case ignored.
  fileprivate func mentions(_ other: String) -> Bool {
    contains(other) || lowercased().contains(other.lowercased())
  }
}
