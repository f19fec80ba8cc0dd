/// Reads OpenDocument spreadsheets (OASIS OpenDocument 1.3 Part 3), in a package (.ods) or in one file (.fods).
enum OpenDocumentReader {
  /// Whether a package is a spreadsheet of this kind. Many writers leave the `mimetype` out, so that what the content holds
  /// decides.
  static func canRead(_ package: Package) -> Bool {
    guard package.contains(content) else { return false }
    if let type = try? package.head(of: "/mimetype", count: 128), !type.isEmpty {
      let text = String(decoding: type, as: UTF8.self).trimmingXMLSpace
      if text.hasPrefix("application/vnd.") {
        return text.hasPrefix("application/vnd.oasis.opendocument.spreadsheet")
      }
    }
    // Styles stand before the body, and may be long.
    let manifest = (try? package.head(of: "/META-INF/manifest.xml", count: 1 << 16)) ?? []
    if String(decoding: manifest, as: UTF8.self).contains("application/vnd.oasis.opendocument.spreadsheet") {
      return true
    }
    let head = (try? package.head(of: content, count: 4 << 20)) ?? []
    return String(decoding: head, as: UTF8.self).contains("office:spreadsheet")
  }

  static func read(_ package: Package, into book: ImportedBook) throws {
    let manifest = (try? package.head(of: "/META-INF/manifest.xml", count: 1 << 20)) ?? []
    if String(decoding: manifest, as: UTF8.self).contains("encryption-data") { throw BIFFReader.encrypted }
    let handler = OpenDocumentHandler(book)
    // Styles of a part of their own hold what cells' styles are based on; without them values are read all the same.
    if package.contains("/styles.xml") { try parse("/styles.xml", of: package, by: handler) }
    try parse(content, of: package, by: handler)
    guard handler.hasBody else { throw BIFFReader.truncated }
    if package.contains("/meta.xml") {
      try? package.walk("/meta.xml") { _, path in
        path.count < 2 ? .enter : .collect
      } collected: { element, _ in
        if element.name == "date" { book.modified = element.text.trimmingXMLSpace }
      }
    }
  }

  /// Reads a document in one file.
  static func read(flat bytes: [UInt8], limits: Limits, into book: ImportedBook) throws {
    let handler = OpenDocumentHandler(book)
    let parser = try XMLPushParser(part: "office:document", limits: limits, handler: handler)
    try bytes.withUnsafeBytes { try parser.feed($0) }
    try parser.finish()
    guard handler.hasBody else {
      throw XLSXError(.notASpreadsheet, "The file is a document of another kind, not a workbook.")
    }
  }

  private static let content = "/content.xml"

  private static func parse(_ part: String, of package: Package, by handler: OpenDocumentHandler) throws {
    let reader = try package.open(part)
    let parser = try XMLPushParser(part: part, limits: package.limits, handler: handler)
    try reader.forEachChunk { try parser.feed($0) }
    try parser.finish()
  }
}

extension Package {
  /// The first bytes of a part.
  func head(of part: String, count: Int) throws -> [UInt8] {
    let reader = try open(part)
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
