@testable import XLSX

/// A workbook file made of parts given as text, for what no writer of ours would write.
struct PartsPackage {
  /// Entries in order: names as they stand in the archive, and contents.
  var entries: [(name: String, bytes: [UInt8])] = []

  static let relationshipTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  /// A content types part that says of every part no more than that it is XML.
  static let contentTypes =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  /// A workbook with one sheet.
  ///
  /// - Parameters:
  ///   - rows: What stands inside `<sheetData>`.
  ///   - tail: What stands behind it.
  ///   - strings: The `<si>` elements of the shared strings; no such part if `nil`.
  ///   - styles: What stands inside `<styleSheet>`; no such part if `nil`.
  init(
    rows: String = "", head: String = "", tail: String = "", strings: String? = nil, styles: String? = nil,
    workbook: String = ""
  ) {
    self.init()
    add(
      "_rels/.rels",
      Self.relationships([("rId1", "\(Self.relationshipTypes)/officeDocument", "xl/workbook.xml")]))
    add(
      "xl/workbook.xml",
      """
      <workbook xmlns="\(Self.main)" xmlns:r="\(Self.relationshipTypes)">\(workbook)\
      <sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>
      """)
    var links = [("rId1", "\(Self.relationshipTypes)/worksheet", "worksheets/sheet1.xml")]
    if strings != nil {
      links.append(("rId2", "\(Self.relationshipTypes)/sharedStrings", "sharedStrings.xml"))
    }
    if styles != nil { links.append(("rId3", "\(Self.relationshipTypes)/styles", "styles.xml")) }
    add("xl/_rels/workbook.xml.rels", Self.relationships(links))
    add(
      "xl/worksheets/sheet1.xml",
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <worksheet xmlns="\(Self.main)" xmlns:r="\(Self.relationshipTypes)">\(head)<sheetData>\(rows)</sheetData>\(tail)</worksheet>
      """)
    if let strings { add("xl/sharedStrings.xml", "<sst xmlns=\"\(Self.main)\">\(strings)</sst>") }
    if let styles { add("xl/styles.xml", "<styleSheet xmlns=\"\(Self.main)\">\(styles)</styleSheet>") }
  }

  init() {}

  mutating func add(_ name: String, _ text: String) { entries.append((name, Array(text.utf8))) }

  /// Puts other content into an entry.
  mutating func replace(_ name: String, _ text: String) { replace(name, bytes: Array(text.utf8)) }

  mutating func replace(_ name: String, bytes: [UInt8]) {
    entries.removeAll { $0.name == name }
    entries.append((name, bytes))
  }

  static func relationships(_ links: [(id: String, type: String, target: String)]) -> String {
    let elements = links.map { "<Relationship Id=\"\($0.id)\" Type=\"\($0.type)\" Target=\"\($0.target)\"/>" }
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return "<Relationships xmlns=\"\(namespace)\">\(elements.joined())</Relationships>"
  }

  /// The file.
  func bytes() throws -> [UInt8] {
    var zip = ZipWriter()
    for entry in entries {
      zip.add(entry.bytes.withUnsafeBytes { ZipEntry(name: entry.name, deflating: $0, level: 6) })
    }
    return try zip.bytes()
  }

  func open(limits: Limits = .default) throws -> Workbook { try Workbook(bytes: bytes(), limits: limits) }

  /// The only sheet.
  func sheet() throws -> Worksheet { try open().sheet(at: 0) }
}

/// The error that a closure throws; `nil` if it throws none.
func failure(_ body: () throws -> Void) -> XLSXError? {
  do {
    try body()
    return nil
  } catch {
    return error as? XLSXError
  }
}
