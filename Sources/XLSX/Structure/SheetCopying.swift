/// Copies a sheet inside its package, with everything that its part leads to and only it has.
struct SheetCopying {
  let old: String
  let new: String
  /// The names that the copies of its tables get.
  let tables: [String: String]
  /// The highest number that a table has so far.
  private var highestTable = 0

  init(old: String, new: String, tables: [String: String]) {
    self.old = old
    self.new = new
    self.tables = tables
  }

  /// What a copy can share with the sheet it was made from.
  private static let shared: Set<String> = [
    "image", "printerSettings", "oleObject", "package", "pivotCacheDefinition", "chartStyle",
    "chartColorStyle",
    "themeOverride",
  ]
  /// What a copy needs of its own, and the name that its parts have.
  private static let own: [String: String] = [
    "comments": "comments", "threadedComment": "threadedComments/threadedComment",
    "vmlDrawing": "drawings/vmlDrawing",
    "drawing": "drawings/drawing", "table": "tables/table", "chart": "charts/chart",
    "chartEx": "charts/chartEx",
    "ctrlProp": "ctrlProps/ctrlProp", "pivotTable": "pivotTables/pivotTable",
    "chartUserShapes": "drawings/drawing",
  ]

  /// - Parameter position: Of the sheet that is copied, in the workbook part.
  /// - Returns: The part of the copy.
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for what cannot be there twice.
  mutating func apply(
    to changes: inout PackageEdits, part: String, position: Int, workbookPart: String
  ) throws -> String {
    let folder = PartName.folder(of: workbookPart)
    let copy = changes.freeName("\(folder)worksheets/sheet", ".xml")
    highestTable = try changes.tables().map(\.id).max() ?? 0
    try self.copy(part, to: copy, kind: "worksheet", folder: folder, &changes)
    let sheets = MarkupElement(try changes.bytes(of: workbookPart))?.child("sheets")?.children("sheet") ?? []
    try changes.list(
      copy, named: new, state: sheets.dropFirst(position).first?["state"], in: workbookPart)
    let renamer = FormulaSheetRenamer(from: old, to: new)
    try changes.change(workbookPart) { book in
      book.changeAll("definedNames") { _, list in
        let local = list?.children("definedName").filter { $0.integer("localSheetId") == position } ?? []
        list?.append(
          local.map { name in
            var name = name
            name["localSheetId"] = String(sheets.count)
            name.setText(renamer.renamed(name.text))
            return name
          })
      }
    }
    return copy
  }

  private mutating func copy(
    _ part: String, to copy: String, kind: String, folder: String, _ changes: inout PackageEdits
  ) throws {
    changes.set(copy, changed(try changes.bytes(of: part), kind))
    try changes.copyContentType(of: part, to: copy)
    let links = try changes.relationships(of: part)
    guard let list = links.first?.scanner.bytes else { return }
    var patches = Patches()
    for tag in links {
      guard tag["TargetMode"]?.lowercased() != "external", let type = tag["Type"], let target = tag["Target"],
        let resolved = changes.resolved(target, from: part)
      else { continue }
      let kind = PackageEdits.kind(ofType: type)
      if Self.shared.contains(kind) {
        patches.set(
          "Target", PackageWriter.relativePath(from: copy, to: resolved), of: tag.token, in: tag.scanner)
        continue
      }
      guard let name = Self.own[kind] else {
        throw XLSXError(
          .unsupportedChange,
          "The sheet has a part of the kind “\(kind)”, of which there cannot be two; copy the sheet in Excel.",
          part: resolved, sheet: old)
      }
      let suffix = resolved.lastIndex(of: ".").map { String(resolved[$0...]) } ?? ".xml"
      let own = changes.freeName(folder + name, suffix)
      patches.set("Target", PackageWriter.relativePath(from: copy, to: own), of: tag.token, in: tag.scanner)
      try self.copy(resolved, to: own, kind: kind, folder: folder, &changes)
    }
    changes.set(PartName.relationships(of: copy), patches.applied(to: list))
  }

  /// A part as its copy reads: what refers to the sheet refers to the copy, and what must be there once has another name.
  private mutating func changed(_ bytes: [UInt8], _ kind: String) -> [UInt8] {
    let rename = StructureChange.renamed(SheetRename(position: 0, old: old, new: new))
    var bytes = StructureEdits(change: rename).followed(bytes, isOwn: false)
    guard var root = MarkupElement(bytes) else { return bytes }
    switch kind {
    case "worksheet":
      root.changeAll("sheetPr") { $1?["codeName"] = nil }
      root.changeAll("sheetViews") { _, views in views?.changeAll("sheetView") { $1?["tabSelected"] = nil } }
      bytes = TableNames.renamed(root.bytes, tables)
    case "table":
      let known = root["displayName"] ?? root["name"] ?? ""
      let name = tables[known.lowercased()] ?? known + "_copy"
      root["name"] = name
      root["displayName"] = name
      highestTable += 1
      root["id"] = String(highestTable)
      bytes = TableNames.renamed(root.bytes, tables)
    default: break
    }
    return bytes
  }
}
