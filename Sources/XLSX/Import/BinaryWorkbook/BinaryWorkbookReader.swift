/// Reads binary workbooks, .xlsb ([MS-XLSB]): values with their number formats, merged ranges, what is hidden.
struct BinaryWorkbookReader {
  private let package: Package
  private let book: ImportedBook
  private let part: String
  private var fonts: [Font] = []
  private var stringCount = 0

  private struct Sheet {
    var name: String
    var visibility: SheetInfo.Visibility
    var relationship: String
  }

  /// Whether a package's main part is a binary workbook.
  static func canRead(_ package: Package) throws -> Bool {
    guard let part = try package.part(ofKind: "officeDocument", from: "/"), package.contains(part) else {
      return false
    }
    return try package.contentTypes()[part]?.contains("sheet.binary") == true
      || part.lowercased().hasSuffix(".bin")
  }

  init(_ package: Package, _ book: ImportedBook) throws {
    guard let part = try package.part(ofKind: "officeDocument", from: "/") else {
      throw BinaryRecords.damaged(nil)
    }
    self.package = package
    self.book = book
    self.part = part
  }

  mutating func read() throws {
    let sheets = try readWorkbook()
    guard !sheets.isEmpty else { throw BinaryRecords.damaged(part) }
    if let styles = try package.part(ofKind: "styles", from: part), package.contains(styles) {
      try readStyles(styles)
    }
    if let strings = try package.part(ofKind: "sharedStrings", from: part), package.contains(strings) {
      try readStrings(strings)
    }
    let relationships = try package.relationships(of: part)
    for sheet in sheets {
      guard let relationship = relationships[sheet.relationship],
        relationship.kind.lowercased() == "worksheet",
        let target = package.target(of: relationship, from: part)
      else { continue }
      let content = try book.addSheet(named: sheet.name, visibility: sheet.visibility)
      try XLSXError.locating(sheet: sheet.name) {
        var reader = BinarySheetReader(into: content, fonts: fonts, stringCount: stringCount)
        try BinaryRecords.forEach(in: target, of: package) { try reader.take($0, $1) }
      }
    }
  }

  private func readWorkbook() throws -> [Sheet] {
    var sheets: [Sheet] = []
    try BinaryRecords.forEach(in: part, of: package) { type, data in
      switch type {
      // BrtWbProp
      case 153: if let flags = data.uint32(at: 0), flags & 1 != 0 { book.dateSystem = .excel1904 }
      // BrtBundleSh; a sheet of Visual Basic has no part.
      case 156:
        if let state = data.uint32(at: 0), let id = data.wideText(at: 8), let name = data.wideText(at: id.end)
        {
          sheets.append(Sheet(name: name.text, visibility: .init(binary: state & 3), relationship: id.text))
        }
      default: break
      }
      return true
    }
    return sheets
  }

  private mutating func readStyles(_ part: String) throws {
    var formats: [Int: NumberFormat] = [:]
    var fonts: [Font] = []
    var styles: [Style] = []
    var isInCellFormats = false
    try BinaryRecords.forEach(in: part, of: package) { type, data in
      switch type {
      // BrtFont
      case 43:
        let flags = data.uint16(at: 2) ?? 0
        let position = data.uint16(at: 6) ?? 0
        fonts.append(
          Font(
            name: data.wideText(at: 21)?.text ?? "", size: Double(data.uint16(at: 0) ?? 220) / 20,
            bold: (data.uint16(at: 4) ?? 400) >= 600, italic: flags & 2 != 0, strikethrough: flags & 8 != 0,
            verticalPosition: position == 1 ? .superscript : position == 2 ? .subscript : .baseline))
      // BrtFmt
      case 44:
        if let index = data.uint16(at: 0), let code = data.wideText(at: 2) {
          formats[index] = NumberFormat(code.text)
        }
      // BrtBeginCellXFs, BrtEndCellXFs
      case 617: isInCellFormats = true
      case 618: isInCellFormats = false
      // BrtXF
      case 47:
        guard isInCellFormats, let format = data.uint16(at: 2), let font = data.uint16(at: 4) else { break }
        styles.append(
          Style(
            font: fonts.indices.contains(font) ? fonts[font] : Font(),
            numberFormat: formats[format] ?? NumberFormat.builtIn(format) ?? .general))
      default: break
      }
      return true
    }
    self.fonts = fonts
    book.styles = styles
  }

  private mutating func readStrings(_ part: String) throws {
    var count = 0
    try BinaryRecords.forEach(in: part, of: package) { type, data in
      // BrtSSTItem
      if type == 19 { count = try book.addText(data.richText(at: 0, fonts: fonts) ?? RichText([])) + 1 }
      return true
    }
    stringCount = count
  }
}

extension ByteReader {
  /// A text with fonts ([MS-XLSB] 2.5.121).
  func richText(at position: Int, fonts: [Font]) -> RichText? {
    guard let flags = byte(at: position), let text = wideText(at: position + 1) else { return nil }
    var result = BIFFText(units: text.units)
    if flags & 1 != 0, let count = uint32(at: text.end) {
      for index in 0..<min(count, bytes.count / 4) {
        guard let start = uint16(at: text.end + 4 + 4 * index),
          let font = uint16(at: text.end + 6 + 4 * index)
        else {
          break
        }
        result.runs.append((start, font))
      }
    }
    return result.rich { fonts.indices.contains($0) ? fonts[$0] : nil }
  }
}
