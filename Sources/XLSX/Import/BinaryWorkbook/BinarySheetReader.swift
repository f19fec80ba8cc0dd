/// Reads the records of one sheet of a binary workbook ([MS-XLSB] 2.1.7.62).
struct BinarySheetReader {
  private let sheet: ImportedSheet
  private let fonts: [Font]
  private let stringCount: Int
  private var row = 1
  private var column = 0

  init(into sheet: ImportedSheet, fonts: [Font], stringCount: Int) {
    self.sheet = sheet
    self.fonts = fonts
    self.stringCount = stringCount
  }

  /// Takes a record.
  ///
  /// - Returns: Whether more are wanted.
  mutating func take(_ type: Int, _ data: ByteReader) throws -> Bool {
    switch type {
    case 0: takeRow(data)
    // Blank, RK, error, bool, real, text, shared text; then formulas by what they gave.
    case 1...11:
      guard let column = data.uint32(at: 0), let style = data.uint32(at: 4) else { return true }
      self.column = column
      try put(type, data, at: 8, style: style & 0xFF_FFFF)
    // The same without a column: they follow the cell before.
    case 12...18:
      guard let style = data.uint32(at: 0) else { return true }
      column += 1
      try put(type - 11, data, at: 4, style: style & 0xFF_FFFF)
    // BrtCellRString
    case 62:
      guard let column = data.uint32(at: 0), let style = data.uint32(at: 4) else { return true }
      self.column = column
      if let text = data.richText(at: 8, fonts: fonts) {
        try sheet.put(text.value, at: place, style: style & 0xFF_FFFF)
      }
    // BrtColInfo
    case 60:
      guard let first = data.uint32(at: 0), let last = data.uint32(at: 4), let width = data.uint32(at: 8),
        let flags = data.uint16(at: 16), flags & 1 != 0 || width == 0, first <= last,
        first < CellReference.maximumColumn
      else { return true }
      try sheet.hide(columns: first + 1...min(last + 1, CellReference.maximumColumn))
    // BrtMergeCell
    case 176:
      guard let top = data.uint32(at: 0), let bottom = data.uint32(at: 4), let left = data.uint32(at: 8),
        let right = data.uint32(at: 12)
      else { return true }
      try sheet.merge(
        CellRange(
          CellReference(row: top + 1, column: left + 1), CellReference(row: bottom + 1, column: right + 1)))
    default: break
    }
    return !sheet.isFull
  }

  private var place: CellReference { CellReference(row: row, column: column + 1) }

  private mutating func takeRow(_ data: ByteReader) {
    guard let index = data.uint32(at: 0) else { return }
    row = index + 1
    column = -1
    // A row of height 0 is as hidden as one that says so.
    if let flags = data.byte(at: 11), flags & 0x10 != 0 { sheet.hide(row: row) }
  }

  private func put(_ type: Int, _ data: ByteReader, at offset: Int, style: Int) throws {
    var value: CellValue?
    switch type {
    case 2: value = data.uint32(at: offset).map { .number(CompressedNumber.value(of: $0)) }
    case 3, 11: value = data.byte(at: offset).map { .error(CellError(binary: $0)) }
    case 4, 10: value = data.byte(at: offset).map { .bool($0 != 0) }
    case 5, 9: value = data.double(at: offset).map { .number($0) }
    case 6, 8: value = data.wideText(at: offset).map { .text($0.text) }
    case 7:
      if let index = data.uint32(at: offset), index < stringCount {
        try sheet.put(sharedText: index, at: place, style: style)
      }
    default: return
    }
    if let value { try sheet.put(value, at: place, style: style) }
  }
}
