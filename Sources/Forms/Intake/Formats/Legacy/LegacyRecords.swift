import XLSX

/// The records of a BIFF stream ([MS-XLS] 2.1.4): a number, a length, and that many bytes.
struct LegacyRecords {
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

/// Reads the strings of BIFF8 ([MS-XLS] 2.5.294), which go on from record to record.
struct LegacyStrings {
  private let parts: [ArraySlice<UInt8>]
  private var part = 0
  private var offset: Int

  init(_ record: LegacyRecords.Record, at offset: Int) {
    parts = [record.data.bytes] + record.continuations
    self.offset = offset
  }

  /// The next string, whose length stands in one byte or two; `nil` where the bytes end.
  mutating func next(lengthSize: Int = 2) -> String? {
    guard let low = byte(), let high = lengthSize == 2 ? byte() : 0, let flags = byte() else { return nil }
    let length = Int(low) | Int(high) << 8
    var runs = 0
    var extra = 0
    if flags & 0x08 != 0 {
      guard let low = byte(), let high = byte() else { return nil }
      runs = Int(low) | Int(high) << 8
    }
    if flags & 0x04 != 0 {
      for shift in stride(from: 0, to: 32, by: 8) {
        guard let next = byte() else { return nil }
        extra |= Int(next) << shift
      }
    }
    guard let units = units(length, isWide: flags & 1 != 0) else { return nil }
    skip(4 * runs + extra)
    return String(decoding: units, as: UTF16.self)
  }

  /// Characters; at the start of every further record a byte says anew whether they are one byte wide or two.
  private mutating func units(_ count: Int, isWide: Bool) -> [UInt16]? {
    var units: [UInt16] = []
    var isWide = isWide
    while units.count < count {
      if offset >= parts[part].count {
        guard part + 1 < parts.count else { return nil }
        part += 1
        offset = 0
        guard let flags = byte() else { return nil }
        isWide = flags & 1 != 0
        continue
      }
      guard let low = byte() else { return nil }
      var unit = UInt16(low)
      if isWide {
        guard let high = byte() else { return nil }
        unit |= UInt16(high) << 8
      }
      units.append(unit)
    }
    return units
  }

  private mutating func skip(_ count: Int) {
    var left = count
    while left > 0, part < parts.count {
      let step = min(left, parts[part].count - offset)
      offset += step
      left -= step
      if left > 0 {
        guard part + 1 < parts.count else { return }
        part += 1
        offset = 0
      }
    }
  }

  private mutating func byte() -> UInt8? {
    while offset >= parts[part].count {
      guard part + 1 < parts.count else { return nil }
      part += 1
      offset = 0
    }
    defer { offset += 1 }
    return parts[part][parts[part].startIndex + offset]
  }
}
