#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numbers byte strings in the order in which they first come: one arena for all bytes, one open-addressed table.
struct ByteInterner: ~Copyable {
  private struct Entry {
    var start: Int
    var count: UInt32
    /// The upper half of the hash; the lower half found the slot.
    var hash: UInt32
  }

  private var arena = ByteBuffer(capacity: 1 << 14)
  private var entries: [Entry] = []
  /// Indices into ``entries``, −1 for a free slot; a power of two, at most half full.
  private var slots: [Int32] = Array(repeating: -1, count: 256)

  init() {}

  var count: Int { entries.count }
  var storedBytes: Int { arena.count }

  /// The number of a string that has come before.
  func find(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64) -> Int? {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == UInt32(truncatingIfNeeded: hash >> 32), Int(entry.count) == bytes.count,
        equals(entry.start, bytes)
      {
        return Int(slots[slot])
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Numbers a string that has not come before.
  @discardableResult
  mutating func insert(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
    if (entries.count &+ 1) &* 2 > slots.count { grow() }
    let index = entries.count
    entries.append(
      Entry(
        start: arena.count, count: UInt32(truncatingIfNeeded: bytes.count),
        hash: UInt32(truncatingIfNeeded: hash >> 32)))
    arena.append(bytes)
    place(index, hash)
    return index
  }

  private mutating func place(_ index: Int, _ hash: UInt64) {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: index)
  }

  private func equals(_ start: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let other = bytes.baseAddress else { return true }
    return arena.withBytes { all in
      all.baseAddress.map { memcmp($0 + start, other, bytes.count) == 0 } ?? false
    }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 4)
    for (index, entry) in entries.enumerated() {
      let hash = arena.withBytes {
        Self.hash(UnsafeRawBufferPointer(rebasing: $0[entry.start..<entry.start + Int(entry.count)]))
      }
      place(index, hash)
    }
  }

  /// A secret of this process: without it a file could be made whose strings all fall into one place of the table.
  private static let secret: (seed: UInt64, factor: UInt64) = (
    .random(in: .min ... .max), .random(in: .min ... .max) | 0x8000_0000_0000_0001
  )

  /// Eight bytes at a step, multiplied and folded; the length goes in, so that zero padding does not count.
  @inline(__always)
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let (seed, factor) = secret
    var state = UInt64(truncatingIfNeeded: bytes.count) ^ seed
    var place = 0
    while place &+ 8 <= bytes.count {
      state = mix(state ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self), factor)
      place &+= 8
    }
    var tail: UInt64 = 0
    while place < bytes.count {
      tail = tail << 8 | UInt64(bytes[place])
      place &+= 1
    }
    return mix(state ^ tail, factor)
  }

  @inline(__always)
  private static func mix(_ value: UInt64, _ factor: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }
}
