/// What a BIFF stream says about the workbook as a whole ([MS-XLS] 2.1.7.20.3).
struct BIFFGlobals {
  struct Sheet {
    var name: String
    var offset: Int
    var visibility: SheetInfo.Visibility
    var isWorksheet: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var dateSystem = DateSystem.excel1900
  /// The cell formats by their index.
  private(set) var styles: [Style] = []
  /// How many shared texts there are.
  private(set) var stringCount = 0
  /// BIFF8, of Excel 97 and later; BIFF5 otherwise.
  let isUnicode: Bool
  private var codePage = CodePage.unknown
  private var formats: [Int: NumberFormat] = [:]
  private var fonts: [Font] = []

  /// - Parameter book: Takes the shared texts.
  init(_ stream: [UInt8], strings book: ImportedBook) throws {
    var records = BIFFRecords(stream)
    guard let start = records.next(), start.type == 0x0809, let version = start.data.uint16(at: 0) else {
      // BIFF2 to BIFF4 begin otherwise.
      throw XLSXError(.legacyFormat, "The workbook is older than Excel 95; save it as .xlsx in Excel or WPS.")
    }
    isUnicode = version >= 0x0600
    var formatIndices: [(format: Int, font: Int)] = []
    var isComplete = false
    reading: while let record = records.next() {
      switch record.type {
      case 0x0042: codePage = record.data.uint16(at: 0).map { CodePage($0) } ?? codePage
      case 0x0022: if record.data.uint16(at: 0) == 1 { dateSystem = .excel1904 }
      case 0x0031: readFont(record)
      case 0x041E: readFormat(record)
      case 0x00E0: formatIndices.append((record.data.uint16(at: 2) ?? 0, record.data.uint16(at: 0) ?? 0))
      case 0x0085: readSheet(record)
      case 0x00FC: try readStrings(record, into: book)
      case 0x000A:
        isComplete = true
        break reading
      default: continue
      }
    }
    guard isComplete else { throw BIFFReader.truncated }
    styles = formatIndices.map { index in
      Style(
        font: font(index.font) ?? Font(),
        numberFormat: formats[index.format] ?? NumberFormat.builtIn(index.format) ?? .general)
    }
  }

  /// A font by its index, of which 4 is left out ([MS-XLS] 2.5.129).
  func font(_ index: Int) -> Font? {
    let position = index > 4 ? index - 1 : index
    return fonts.indices.contains(position) ? fonts[position] : nil
  }

  /// The text of a string that starts at an offset: one byte or two of length, then characters.
  func text(_ record: BIFFRecords.Record, at offset: Int, lengthSize: Int = 2) -> RichText? {
    if isUnicode {
      var strings = BIFFStrings(record, at: offset)
      return strings.next(lengthSize: lengthSize)?.rich(font: font)
    }
    let length =
      lengthSize == 2
      ? record.data.uint16(at: offset) : record.data.slice(at: offset, count: 1)?.first.map(Int.init)
    guard let length else { return nil }
    // A text longer than its record goes on in the next.
    let bytes = record.data.bytes.dropFirst(offset + lengthSize) + record.continuations.joined()
    guard bytes.count >= length else { return nil }
    return RichText([.init(codePage.decode(bytes.prefix(length)))])
  }

  private func plainText(_ record: BIFFRecords.Record, at offset: Int, lengthSize: Int) -> String? {
    text(record, at: offset, lengthSize: lengthSize)?.plainText
  }

  /// FONT: what of it decides how a figure is read, and its name.
  private mutating func readFont(_ record: BIFFRecords.Record) {
    let data = record.data
    guard let height = data.uint16(at: 0), let flags = data.uint16(at: 2), let weight = data.uint16(at: 6),
      let position = data.uint16(at: 8)
    else {
      // Kept, so that the fonts after it keep their index.
      fonts.append(Font())
      return
    }
    fonts.append(
      Font(
        name: plainText(record, at: 14, lengthSize: 1) ?? "", size: Double(height) / 20, bold: weight >= 600,
        italic: flags & 2 != 0, strikethrough: flags & 8 != 0,
        verticalPosition: position == 1 ? .superscript : position == 2 ? .subscript : .baseline))
  }

  private mutating func readFormat(_ record: BIFFRecords.Record) {
    guard let index = record.data.uint16(at: 0),
      let code = plainText(record, at: 2, lengthSize: isUnicode ? 2 : 1)
    else { return }
    formats[index] = NumberFormat(code)
  }

  private mutating func readSheet(_ record: BIFFRecords.Record) {
    guard let offset = record.data.uint32(at: 0), let state = record.data.uint16(at: 4),
      let name = plainText(record, at: 6, lengthSize: 1)
    else { return }
    sheets.append(
      Sheet(name: name, offset: offset, visibility: .init(binary: state & 3), isWorksheet: state >> 8 == 0))
  }

  private mutating func readStrings(_ record: BIFFRecords.Record, into book: ImportedBook) throws {
    guard let count = record.data.uint32(at: 4) else { return }
    var reader = BIFFStrings(record, at: 8)
    // The count may lie; what is there counts.
    while stringCount < count, let next = reader.next() {
      stringCount = try book.addText(next.rich(font: font)) + 1
    }
  }
}
