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
    if let known = try changes.linked(from: workbookPart, "sheetMetadata") {
      if let index = index(in: try changes.bytes(of: known)) { return index }
      throw XLSXError(
        .unsupportedChange,
        "A formula that spills cannot be added: the workbook describes its cells by metadata of another kind.",
        sheet: sheet)
    }
    let part = changes.freeName(plain: PartName.folder(of: workbookPart) + "metadata", ".xml")
    try changes.add(part, .sheetMetadata, Array(xml.utf8), to: workbookPart, "sheetMetadata")
    return 1
  }

  /// The first entry of the cells' metadata that is of the kind of dynamic arrays.
  private static func index(in bytes: [UInt8]) -> Int? {
    guard let root = MarkupElement(bytes) else { return nil }
    let types = root.child("metadataTypes")?.children("metadataType").map { $0["name"] } ?? []
    let place = root.child("cellMetadata")?.children("bk").firstIndex { entry in
      entry.children("rc").contains { record in
        record.integer("t").map { types.indices.contains($0 &- 1) && types[$0 &- 1] == "XLDAPR" } == true
      }
    }
    return place.map { $0 + 1 }
  }
}
