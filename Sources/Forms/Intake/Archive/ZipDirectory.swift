import XLSX

/// The directory of a zip archive that lies in memory (APPNOTE.TXT 6.3.10).
///
/// Written out here, and not left to libzip, because units' archives need what it hides: the raw bytes of names and the
/// flag that says whether they are UTF-8. It also tells a workbook from any other zip without opening it.
struct ZipDirectory {
  struct Entry {
    var rawName: ArraySlice<UInt8>
    /// Bit 11: the name is said to be UTF-8.
    var isNameUTF8: Bool
    /// The name of an Info-ZIP Unicode path field (0x7075), if there is one and it belongs to this raw name.
    var unicodeName: String?
    var isEncrypted: Bool
    /// 0 stored, 8 deflated.
    var method: Int
    var checksum: UInt32
    var compressedSize: Int
    /// What the directory claims; checked when the entry is inflated.
    var size: Int
    /// Where the entry's local header starts.
    var offset: Int
    /// When it was last saved, in local time, ISO 8601; `nil` without one.
    var modified: String?

    /// Folders have entries of their own in some archives; their names end with a stroke.
    var isFolder: Bool { rawName.last == UInt8(ascii: "/") || (rawName.last == 0x5C && size == 0) }
  }

  let entries: [Entry]
  /// What the directory says; more than ``entries`` if reading stopped at the limit.
  let entryCount: Int

  /// Reads the directory.
  ///
  /// - Parameter limit: How many entries are read at most.
  /// - Returns: `nil` if the bytes have no complete directory: cut short, or no zip archive.
  init?(_ bytes: [UInt8], limit: Int = .max) {
    let reader = ByteReader(bytes)
    guard let end = Self.endRecord(bytes), var count = reader.uint16(at: end + 10),
      var size = reader.uint32(at: end + 12), var start = reader.uint32(at: end + 16)
    else { return nil }
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF,
      let wide = Self.wideEndRecord(reader, before: end)
    {
      (count, size, start) = wide
    }
    guard start <= end, size <= end - start else { return nil }
    var entries: [Entry] = []
    entries.reserveCapacity(min(count, limit, 1_024))
    var position = start
    while entries.count < min(count, limit) {
      guard let (entry, next) = Self.entry(reader, at: position) else { return nil }
      entries.append(entry)
      position = next
    }
    self.entries = entries
    entryCount = count
  }

  /// The entry of a name, as raw bytes.
  func entry(named name: String) -> Entry? {
    let wanted = name.utf8
    return entries.first { $0.rawName.elementsEqual(wanted) }
  }

  /// Whether two entries share bytes, as no archiver writes them: a few bytes would inflate a thousand times.
  var hasOverlaps: Bool {
    let places = entries.map { ($0.offset, 30 + min($0.compressedSize, 1 << 48)) }.sorted { $0.0 < $1.0 }
    for (place, next) in zip(places, places.dropFirst()) where next.0 - place.0 < place.1 { return true }
    return false
  }

  func contains(prefix: String) -> Bool {
    let wanted = prefix.utf8
    return entries.contains { $0.rawName.starts(with: wanted) }
  }

  /// The end of central directory record is the last thing but for a comment of at most 65,535 bytes.
  private static func endRecord(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    let lowest = max(0, bytes.count - 22 - 65_535)
    var position = bytes.count - 22
    while position >= lowest {
      if bytes[position] == 0x50, bytes[position + 1] == 0x4B, bytes[position + 2] == 5,
        bytes[position + 3] == 6
      {
        return position
      }
      position -= 1
    }
    return nil
  }

  /// Zip64 (4.3.14, 4.3.15), which some programs write for the smallest archive.
  private static func wideEndRecord(_ reader: ByteReader, before end: Int) -> (Int, Int, Int)? {
    guard reader.uint32(at: end - 20) == 0x0706_4B50, let record = reader.uint64(at: end - 12),
      reader.uint32(at: record) == 0x0606_4B50, let count = reader.uint64(at: record &+ 32),
      let size = reader.uint64(at: record &+ 40), let start = reader.uint64(at: record &+ 48)
    else { return nil }
    return (count, size, start)
  }

  private static func entry(_ reader: ByteReader, at position: Int) -> (Entry, next: Int)? {
    guard reader.uint32(at: position) == 0x0201_4B50, let flags = reader.uint16(at: position + 8),
      let method = reader.uint16(at: position + 10), let time = reader.uint16(at: position + 12),
      let date = reader.uint16(at: position + 14), let checksum = reader.uint32(at: position + 16),
      var compressedSize = reader.uint32(at: position + 20), var size = reader.uint32(at: position + 24),
      let nameLength = reader.uint16(at: position + 28), let extraLength = reader.uint16(at: position + 30),
      let commentLength = reader.uint16(at: position + 32), var offset = reader.uint32(at: position + 42),
      let name = reader.slice(at: position + 46, count: nameLength),
      let extra = reader.slice(at: position + 46 + nameLength, count: extraLength)
    else { return nil }
    var unicodeName: String?
    for (id, field) in extraFields(extra) {
      let field = ByteReader(field)
      if id == 1 {
        // Zip64: only what did not fit into its 32 bits, in this order.
        var next = 0
        guard widen(&size, field, &next), widen(&compressedSize, field, &next), widen(&offset, field, &next)
        else {
          return nil
        }
      } else if id == 0x7075, field.bytes.first == 1, let nameChecksum = field.uint32(at: 1),
        nameChecksum == Int(ZipInflater.checksum(of: name))
      {
        unicodeName = String(validating: field.bytes.dropFirst(5), as: UTF8.self)
      }
    }
    let entry = Entry(
      rawName: name, isNameUTF8: flags & 0x800 != 0, unicodeName: unicodeName, isEncrypted: flags & 1 != 0,
      method: method, checksum: UInt32(truncatingIfNeeded: checksum), compressedSize: compressedSize,
      size: size,
      offset: offset, modified: dosDate(date, time))
    return (entry, position + 46 + nameLength + extraLength + commentLength)
  }

  /// Replaces a number that is marked as too large for its place; `false` if the field ends before.
  private static func widen(_ value: inout Int, _ field: ByteReader, _ next: inout Int) -> Bool {
    guard value == 0xFFFF_FFFF else { return true }
    guard let wide = field.uint64(at: next) else { return false }
    value = wide
    next += 8
    return true
  }

  private static func extraFields(_ extra: ArraySlice<UInt8>) -> [(id: Int, field: ArraySlice<UInt8>)] {
    let reader = ByteReader(extra)
    var fields: [(Int, ArraySlice<UInt8>)] = []
    var position = 0
    while let id = reader.uint16(at: position), let length = reader.uint16(at: position + 2),
      let field = reader.slice(at: position + 4, count: length)
    {
      fields.append((id, field))
      position += 4 + length
    }
    return fields
  }

  /// MS-DOS date and time, two seconds fine.
  private static func dosDate(_ date: Int, _ time: Int) -> String? {
    guard let day = CalendarDate(year: 1980 + date >> 9, month: date >> 5 & 15, day: date & 31) else {
      return nil
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(time >> 11)):\(two(time >> 5 & 63)):\(two((time & 31) * 2))"
  }
}
