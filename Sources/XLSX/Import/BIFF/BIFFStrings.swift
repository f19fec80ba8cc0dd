/// A text with the places where its font changes, in UTF-16 units.
struct BIFFText {
  var units: [UInt16]
  /// From which unit on which font of the workbook counts; before the first the cell's own does.
  var runs: [(start: Int, font: Int)] = []

  /// The text with the fonts of its runs, which a function finds by their index.
  func rich(font: (Int) -> Font?) -> RichText {
    guard !runs.isEmpty else { return RichText([.init(String(decoding: units, as: UTF16.self))]) }
    var result = RichText([])
    var start = 0
    var current: Font?
    func append(until end: Int) {
      guard end > start else { return }
      result.runs.append(.init(String(decoding: units[start..<end], as: UTF16.self), font: current))
      start = end
    }
    for run in runs {
      append(until: min(run.start, units.count))
      current = font(run.font)
    }
    append(until: units.count)
    return result
  }
}

/// Reads the strings of BIFF8 ([MS-XLS] 2.5.294), which go on from record to record.
struct BIFFStrings {
  private let parts: [ArraySlice<UInt8>]
  private var part = 0
  private var offset: Int

  init(_ record: BIFFRecords.Record, at offset: Int) {
    parts = [record.data.bytes] + record.continuations
    self.offset = offset
  }

  /// The text of a shape, which stands in the records behind its own ([MS-XLS] 2.5.296): characters as
  /// in other strings, then 8 bytes for every change of font.
  static func shape(_ record: BIFFRecords.Record, count: Int, fonts: Int) -> BIFFText? {
    guard let first = record.continuations.first, count > 0 else { return nil }
    var text = BIFFStrings([first] + record.continuations.dropFirst())
    guard let flags = text.byte(), let units = text.units(count, isWide: flags & 1 != 0) else { return nil }
    var result = BIFFText(units: units)
    // The changes of font begin a record of their own.
    guard text.part + 1 < text.parts.count else { return result }
    (text.part, text.offset) = (text.part + 1, 0)
    for _ in 0..<(fonts / 8) {
      guard let start = text.uint16(), let font = text.uint16() else { break }
      text.skip(4)
      result.runs.append((start, font))
    }
    return result
  }

  private init(_ parts: [ArraySlice<UInt8>]) {
    self.parts = parts
    offset = 0
  }

  /// The next string, whose length stands in one byte or two; `nil` where the bytes end.
  mutating func next(lengthSize: Int = 2) -> BIFFText? {
    guard let length = lengthSize == 2 ? uint16() : byte().map(Int.init), let flags = byte() else {
      return nil
    }
    var runs = 0
    var extra = 0
    if flags & 0x08 != 0 {
      guard let count = uint16() else { return nil }
      runs = count
    }
    if flags & 0x04 != 0 {
      for shift in stride(from: 0, to: 32, by: 8) {
        guard let next = byte() else { return nil }
        extra |= Int(next) << shift
      }
    }
    guard let units = units(length, isWide: flags & 1 != 0) else { return nil }
    var text = BIFFText(units: units)
    for _ in 0..<runs {
      guard let start = uint16(), let font = uint16() else { return text }
      text.runs.append((start, font))
    }
    skip(extra)
    return text
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

  private mutating func uint16() -> Int? {
    guard let low = byte(), let high = byte() else { return nil }
    return Int(low) | Int(high) << 8
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
