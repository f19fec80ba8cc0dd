/// Reads the records of one sheet ([MS-XLS] 2.1.7.20.5).
struct BIFFSheetReader {
  private let sheet: ImportedSheet
  private let globals: BIFFGlobals
  /// A formula whose text result comes in a record of its own.
  private var pendingText: (place: CellReference, style: Int)?
  private var shape = BIFFShape()

  init(into sheet: ImportedSheet, globals: BIFFGlobals) {
    self.sheet = sheet
    self.globals = globals
  }

  /// - Throws: ``XLSXError`` if the sheet is not there or has no end.
  mutating func read(_ stream: [UInt8], from offset: Int) throws {
    var records = BIFFRecords(stream, at: offset)
    guard var record = records.next() else { throw BIFFReader.truncated }
    // Some writers leave the BOF of a sheet out; Excel and WPS do not mind.
    if record.type == 0x0809 {
      guard let next = records.next() else { throw BIFFReader.truncated }
      record = next
    }
    // Charts inside the sheet are substreams of their own.
    var depth = 1
    while true {
      switch record.type {
      case 0x0809: depth += 1
      case 0x000A:
        depth -= 1
        if depth == 0 { return }
      default: if depth == 1 { try take(record) }
      }
      if sheet.isFull { return }
      guard let next = records.next() else { throw BIFFReader.truncated }
      record = next
    }
  }

  private mutating func take(_ record: BIFFRecords.Record) throws {
    let data = record.data
    switch record.type {
    case 0x0208: takeRow(data)
    case 0x007D: try takeColumns(data)
    case 0x00E5: try takeMerges(data)
    case 0x0203:
      guard let bits = bits(data, at: 6) else { return }
      try put(.number(Double(bitPattern: bits)), data)
    case 0x027E:
      guard let value = data.uint32(at: 6) else { return }
      try put(.number(CompressedNumber.value(of: value)), data)
    case 0x00BD: try takeNumbers(data)
    case 0x00FD:
      guard let index = data.uint32(at: 6), index < globals.stringCount, let place = place(data) else {
        return
      }
      try sheet.put(sharedText: index, at: place, style: style(data))
    case 0x0204, 0x00D6:
      if let text = globals.text(record, at: 6) { try put(text.value, data) }
    case 0x0205: try takeBoolOrError(data)
    case 0x0006, 0x0206, 0x0406: try takeFormula(data)
    case 0x0207:
      guard let cell = pendingText else { return }
      pendingText = nil
      if let text = globals.text(record, at: 0) {
        try sheet.put(text.value, at: cell.place, style: cell.style)
      }
    case 0x00EC, 0x005D: shape.take(record)
    case 0x01B6: if let box = shape.textBox(record, font: globals.font) { try sheet.add(box) }
    default: return
    }
  }

  private func takeRow(_ data: ByteReader) {
    guard let row = data.uint16(at: 0), let options = data.uint16(at: 12), options & 0x20 != 0 else { return }
    sheet.hide(row: row + 1)
  }

  private func takeColumns(_ data: ByteReader) throws {
    guard let first = data.uint16(at: 0), let last = data.uint16(at: 2), let width = data.uint16(at: 4),
      let options = data.uint16(at: 8), options & 1 != 0 || width == 0, first <= last
    else { return }
    try sheet.hide(columns: first + 1...last + 1)
  }

  private func takeMerges(_ data: ByteReader) throws {
    guard let count = data.uint16(at: 0) else { return }
    for index in 0..<count {
      let start = 2 + 8 * index
      guard let top = data.uint16(at: start), let bottom = data.uint16(at: start + 2),
        let left = data.uint16(at: start + 4), let right = data.uint16(at: start + 6)
      else { return }
      try sheet.merge(
        CellRange(
          CellReference(row: top + 1, column: left + 1), CellReference(row: bottom + 1, column: right + 1)))
    }
  }

  /// MULRK: one row's numbers, each with a format of its own.
  private func takeNumbers(_ data: ByteReader) throws {
    guard let row = data.uint16(at: 0), let first = data.uint16(at: 2) else { return }
    for index in 0..<max(0, (data.bytes.count - 6) / 6) {
      guard let format = data.uint16(at: 4 + 6 * index), let value = data.uint32(at: 6 + 6 * index) else {
        return
      }
      try sheet.put(
        .number(CompressedNumber.value(of: value)),
        at: CellReference(row: row + 1, column: first + index + 1), style: format)
    }
  }

  private func takeBoolOrError(_ data: ByteReader) throws {
    guard let bytes = data.slice(at: 6, count: 2), let value = bytes.first, let kind = bytes.last else {
      return
    }
    try put(kind == 0 ? .bool(value != 0) : .error(CellError(binary: value)), data)
  }

  /// The stored result of a formula ([MS-XLS] 2.5.133): a number, or a mark and what it marks.
  private mutating func takeFormula(_ data: ByteReader) throws {
    guard let place = place(data), let bits = bits(data, at: 6) else { return }
    pendingText = nil
    guard bits >> 48 == 0xFFFF else { return try put(.number(Double(bitPattern: bits)), data) }
    let value = UInt8(truncatingIfNeeded: bits >> 16)
    switch bits & 0xFF {
    case 0: pendingText = (place, style(data))
    case 1: try put(.bool(value != 0), data)
    case 2: try put(.error(CellError(binary: value)), data)
    default: return
    }
  }

  // Every cell record begins with its row, its column and its format.

  private func place(_ data: ByteReader) -> CellReference? {
    guard let row = data.uint16(at: 0), let column = data.uint16(at: 2) else { return nil }
    return CellReference(row: row + 1, column: column + 1)
  }

  private func style(_ data: ByteReader) -> Int { data.uint16(at: 4) ?? 0 }

  private func put(_ value: CellValue, _ data: ByteReader) throws {
    if let place = place(data) { try sheet.put(value, at: place, style: style(data)) }
  }

  private func bits(_ data: ByteReader, at offset: Int) -> UInt64? {
    guard let low = data.uint32(at: offset), let high = data.uint32(at: offset + 4) else { return nil }
    return UInt64(high) << 32 | UInt64(low)
  }
}

/// What binary workbooks of both kinds share.
enum CompressedNumber {
  /// An RK number ([MS-XLS] 2.5.217): 30 bits of an integer or of a double, perhaps a hundredfold.
  static func value(of bits: Int) -> Double {
    let number =
      bits & 2 != 0
      ? Double(Int32(truncatingIfNeeded: bits) >> 2)
      : Double(bitPattern: UInt64(UInt32(truncatingIfNeeded: bits) & 0xFFFF_FFFC) << 32)
    return bits & 1 != 0 ? number / 100 : number
  }
}

extension CellError {
  /// An error by its code ([MS-XLS] 2.5.10, BErr).
  init(binary code: UInt8) {
    self =
      switch code {
      case 0x00: .null
      case 0x07: .divisionByZero
      case 0x0F: .value
      case 0x17: .reference
      case 0x1D: .name
      case 0x24: .number
      case 0x2B: CellError("#GETTING_DATA")
      default: .notAvailable
      }
  }
}

extension RichText {
  /// The text as a cell's value: rich if a run has a font of its own.
  var value: CellValue { hasFonts ? .richText(self) : .text(plainText) }
}
