/// The part that makes array formulas spill ([MS-XLSX] 2.2.4.9, dynamicArrayProperties): cells refer to an entry of it by `cm`.
enum DynamicArrayMetadata {
  static let part = "/xl/metadata.xml"

  static let xml = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
    xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"><metadataTypes count="1">\
    <metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" pasteAll="1" pasteValues="1" merge="1" \
    splitFirst="1" rowColShift="1" clearFormats="1" clearComments="1" assign="1" coerce="1" cellMeta="1"/>\
    </metadataTypes><futureMetadata name="XLDAPR" count="1"><bk><extLst>\
    <ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}"><xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext>\
    </extLst></bk></futureMetadata><cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>
    """

  /// The number by which cells of an opened workbook refer to the entry; the part is added if there is none.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` if the part is there for something else only.
  static func index(in changes: inout PackageEdits, workbookPart: String, sheet: String) throws -> Int {
    if let known = try changes.links(of: workbookPart).first(where: { $0.kind == "sheetMetadata" }) {
      if let index = index(in: try changes.bytes(of: known.part)) { return index }
      throw XLSXError(
        .unsupportedChange,
        "A formula that spills cannot be added: the workbook describes its cells by metadata of another kind.",
        sheet: sheet)
    }
    let folder = workbookPart.lastIndex(of: "/").map { workbookPart[...$0] } ?? "/"
    var part = "\(folder)metadata.xml"
    if changes.contains(part) { part = changes.freeName("\(folder)metadata", ".xml") }
    changes.set(part, Array(xml.utf8))
    try changes.setContentType(.sheetMetadata, of: part)
    _ = try changes.relate(workbookPart, "sheetMetadata", to: part)
    return 1
  }

  /// The first entry of the cells' metadata that is of the kind of dynamic arrays.
  private static func index(in bytes: [UInt8]) -> Int? {
    var scanner = MarkupScanner(bytes)
    var types: [String] = []
    var entries = 0
    var isInCells = false
    while let token = scanner.next() {
      let name = scanner.localName(token)
      if name == "cellMetadata" { isInCells = token.kind == .start }
      guard token.isStart else { continue }
      switch name {
      case "metadataType": types.append(scanner.value("name", of: token) ?? "")
      case "bk" where isInCells: entries += 1
      case "rc" where isInCells:
        if let type = scanner.value("t", of: token).flatMap({ Int($0) }), types.indices.contains(type - 1),
          types[type - 1] == "XLDAPR"
        {
          return entries
        }
      default: break
      }
    }
    return nil
  }
}
