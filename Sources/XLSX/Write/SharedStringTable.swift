/// The shared strings of a workbook being written: every text once (ECMA-376 Part 1, 18.4.9).
///
/// Texts are the same when their bytes are. Swift's `==` calls a letter with a combining accent equal to the composed
/// letter, and would put one in place of the other.
struct SharedStringTable: ~Copyable {
  /// Cells that refer to the table.
  private(set) var references = 0
  private var texts = ByteInterner()
  /// Rich texts, by the XML they are written as, with their index.
  private var rich: [[UInt8]: Int] = [:]
  private var count = 0
  private var items = ByteBuffer(capacity: 1 << 12)
  /// Index in the table for each text of ``texts``.
  private var indices: [Int] = []

  init() {}

  var isEmpty: Bool { count == 0 }

  /// The index of a text, which is added if it is new.
  mutating func index(of text: String) -> Int {
    var copy = text
    return copy.withUTF8 { index(ofUTF8: $0) }
  }

  mutating func index(ofUTF8 bytes: UnsafeBufferPointer<UInt8>) -> Int {
    references &+= 1
    let (place, isNew) = texts.intern(UnsafeRawBufferPointer(bytes))
    if !isNew { return indices[place] }
    items.append("<si><t")
    if let first = bytes.first, let last = bytes.last, first <= 0x20 || last <= 0x20 {
      items.append(" xml:space=\"preserve\"")
    }
    items.append(UInt8(ascii: ">"))
    items.append(text: bytes)
    items.append("</t></si>")
    indices.append(count)
    count += 1
    return count - 1
  }

  mutating func index(of text: RichText) -> Int {
    references &+= 1
    var item = ByteBuffer(capacity: 256)
    item.append("<si>")
    RichTextXML.append(text, to: &item)
    item.append("</si>")
    let key = item.array()
    if let known = rich[key] { return known }
    rich[key] = count
    items.append(key)
    count += 1
    return count - 1
  }

  /// The shared strings part.
  consuming func part() -> ByteBuffer {
    var xml = ByteBuffer(capacity: items.count + 256)
    xml.declaration()
    xml.begin("sst")
    xml.attribute("xmlns", Namespace.main)
    xml.attribute("count", references)
    xml.attribute("uniqueCount", count)
    xml.endTag()
    items.withBytes { xml.append($0) }
    xml.end("sst")
    return xml
  }
}

/// Numbers byte strings in the order in which they first come: one arena for all bytes, one open-addressed table.
struct ByteInterner: ~Copyable {
  private var arena = ByteBuffer(capacity: 1 << 14)
  private var entries: [(start: Int, count: Int, hash: UInt64)] = []
  /// Indices into ``entries``, −1 for a free slot; a power of two, at most half full.
  private var slots: [Int32] = Array(repeating: -1, count: 256)

  init() {}

  var count: Int { entries.count }
  var storedBytes: Int { arena.count }

  mutating func intern(_ bytes: UnsafeRawBufferPointer) -> (index: Int, isNew: Bool) {
    let hash = Self.hash(bytes)
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.count == bytes.count, equals(entry.start, bytes) {
        return (Int(slots[slot]), false)
      }
      slot = (slot &+ 1) & mask
    }
    let index = entries.count
    slots[slot] = Int32(truncatingIfNeeded: index)
    entries.append((arena.count, bytes.count, hash))
    arena.append(bytes)
    if entries.count &* 2 > slots.count { grow() }
    return (index, true)
  }

  private func equals(_ start: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    arena.withBytes { all in
      UnsafeRawBufferPointer(rebasing: all[start..<start &+ bytes.count]).elementsEqual(bytes)
    }
  }

  private mutating func grow() {
    let mask = slots.count * 4 - 1
    slots = Array(repeating: -1, count: mask + 1)
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  /// Eight bytes at a step, multiplied and folded; the length goes in, so that zero padding does not count.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: bytes.count) ^ 0x9E37_79B9_7F4A_7C15
    var place = 0
    while place &+ 8 <= bytes.count {
      state = mix(state ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place &+= 8
    }
    var tail: UInt64 = 0
    while place < bytes.count {
      tail = tail << 8 | UInt64(bytes[place])
      place &+= 1
    }
    return mix(state ^ tail)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
