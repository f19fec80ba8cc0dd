/// The records of a BIFF stream ([MS-XLS] 2.1.4): a number, a length, and that many bytes.
struct BIFFRecords {
  struct Record {
    var type: Int
    var data: ByteReader
    /// The CONTINUE records that follow, for what is longer than a record can be.
    var continuations: [ArraySlice<UInt8>] = []
  }

  private let stream: ByteReader
  private var position: Int

  init(_ stream: [UInt8], at position: Int = 0) {
    self.stream = ByteReader(stream)
    self.position = position
  }

  /// The next record; `nil` at the end, and where the stream is cut short.
  mutating func next() -> Record? {
    guard let (type, data) = read() else { return nil }
    var record = Record(type: type, data: ByteReader(data))
    while stream.uint16(at: position) == 0x003C, let (_, data) = read() { record.continuations.append(data) }
    return record
  }

  private mutating func read() -> (type: Int, data: ArraySlice<UInt8>)? {
    guard let type = stream.uint16(at: position), let length = stream.uint16(at: position + 2),
      let data = stream.slice(at: position + 4, count: length)
    else { return nil }
    position += 4 + length
    return (type, data)
  }
}
