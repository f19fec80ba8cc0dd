/// The records of a part of a binary workbook ([MS-XLSB] 2.1.4), streamed: a number and a length, both of a varying number of
/// bytes, and that many bytes.
enum BinaryRecords {
  /// No record is longer than a cell's text with its formula.
  private static let largest = 4 << 20

  /// Calls a closure with each record, until it gives `false`.
  ///
  /// - Throws: ``XLSXError`` for a part that ends within a record.
  static func forEach(
    in part: String, of package: Package, _ body: (_ type: Int, _ data: ByteReader) throws -> Bool
  )
    throws
  {
    let reader = try package.open(part)
    var pending: [UInt8] = []
    var isDone = false
    try reader.forEachChunk { chunk in
      if isDone { return }
      pending.append(contentsOf: chunk)
      var position = 0
      while !isDone, let record = try header(pending, at: position) {
        guard record.end <= pending.count else { break }
        isDone = try !body(record.type, ByteReader(pending[record.start..<record.end]))
        position = record.end
      }
      pending.removeFirst(position)
    }
    guard isDone || pending.isEmpty else { throw damaged(part) }
  }

  private static func header(_ bytes: [UInt8], at position: Int) throws -> (type: Int, start: Int, end: Int)?
  {
    var position = position
    var type = 0
    for index in 0..<2 {
      guard position < bytes.count else { return nil }
      type |= Int(bytes[position]) << (8 * index)
      position += 1
      if bytes[position - 1] & 0x80 == 0 { break }
    }
    // Two bytes carry seven bits each.
    let number = type & 0x7F | (type >> 8 & 0x7F) << 7
    var length = 0
    for index in 0..<4 {
      guard position < bytes.count else { return nil }
      length |= Int(bytes[position] & 0x7F) << (7 * index)
      position += 1
      if bytes[position - 1] & 0x80 == 0 { break }
    }
    guard length <= largest else { throw damaged(nil) }
    return (number, position, position + length)
  }

  static func damaged(_ part: String?) -> XLSXError {
    XLSXError(
      .malformedPart, "A part of the binary workbook (.xlsb) is damaged; save it again in Excel.", part: part)
  }
}

extension ByteReader {
  /// A text ([MS-XLSB] 2.5.169): its length in UTF-16 units, then the units.
  func wideText(at position: Int) -> (text: String, units: [UInt16], end: Int)? {
    guard let count = uint32(at: position), count <= bytes.count,
      let slice = slice(at: position + 4, count: 2 * count)
    else { return nil }
    var units: [UInt16] = []
    units.reserveCapacity(count)
    var index = slice.startIndex
    while index + 1 < slice.endIndex {
      units.append(UInt16(slice[index]) | UInt16(slice[index + 1]) << 8)
      index += 2
    }
    return (String(decoding: units, as: UTF16.self), units, position + 4 + 2 * count)
  }

  func byte(at position: Int) -> UInt8? { slice(at: position, count: 1)?.first }

  func double(at position: Int) -> Double? {
    guard let low = uint32(at: position), let high = uint32(at: position + 4) else { return nil }
    return Double(bitPattern: UInt64(high) << 32 | UInt64(low))
  }
}
