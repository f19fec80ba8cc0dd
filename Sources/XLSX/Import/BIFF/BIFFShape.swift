/// The shape whose records are being read: where it stands and what it is come before its text ([MS-XLS] 2.4.181, 2.4.329).
struct BIFFShape {
  private var cells: CellRange?
  private var kind = 0

  /// The object type of a note: comments on cells are no text boxes.
  private static let note = 0x19

  /// Takes a drawing (MsoDrawing) or the description of an object (Obj).
  mutating func take(_ record: BIFFRecords.Record) {
    let data = record.data
    if record.type == 0x005D {
      // The first part of the description is the common one: its number, its length, the type.
      if data.uint16(at: 0) == 0x15, let type = data.uint16(at: 4) { kind = type }
      return
    }
    // OfficeArtClientAnchorSheet: a header of 8 bytes, then flags, and column, offset, row, offset of two corners.
    let header: [UInt8] = [0x10, 0xF0, 0x12, 0, 0, 0]
    var start = 2
    while let slice = data.slice(at: start, count: header.count) {
      if slice.elementsEqual(header), let first = corner(data, at: start + 8),
        let last = corner(data, at: start + 16)
      {
        cells = CellRange(first, last)
      }
      start += 1
    }
  }

  private func corner(_ data: ByteReader, at offset: Int) -> CellReference? {
    guard let column = data.uint16(at: offset), let row = data.uint16(at: offset + 4),
      column < CellReference.maximumColumn
    else { return nil }
    return CellReference(row: row + 1, column: column + 1)
  }

  /// The text of the shape (TxO); `nil` for comments on cells, and for shapes without text.
  func textBox(_ record: BIFFRecords.Record, font: (Int) -> Font?) -> TextBox? {
    guard kind != Self.note, let cells, let count = record.data.uint16(at: 10),
      let fonts = record.data.uint16(at: 12),
      let text = BIFFStrings.shape(record, count: count, fonts: fonts)
    else { return nil }
    return TextBox(text.rich(font: font), over: cells)
  }
}
