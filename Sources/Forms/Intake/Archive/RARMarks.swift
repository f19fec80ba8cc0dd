import XLSX

/// What the blocks of a .rar say of the whole archive and libarchive does not: that its files are encrypted, and that it is one
/// part of several.
struct RARMarks {
  private(set) var isEncrypted = false
  private(set) var isVolume = false
  private let bytes: [UInt8]

  /// Blocks that are looked at: one for each file, and few others.
  private static let mostBlocks = 5_000

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: Array("Rar!\u{1A}\u{7}\u{1}\0".utf8)) {
      readVersion5()
    } else if bytes.starts(with: Array("Rar!\u{1A}\u{7}\0".utf8)) {
      readVersion4()
    }
  }

  /// The main block follows the signature: checksum, type, flags. Bit 0 means a volume, bit 7 encrypted headers.
  private mutating func readVersion4() {
    guard let flags = ByteReader(bytes).uint16(at: 10) else { return }
    isVolume = flags & 1 != 0
    isEncrypted = flags & 0x80 != 0
  }

  /// Blocks of a checksum, their size, a type, flags, and the sizes of what is beside them (rarlab.com, "RAR 5.0 archive format").
  private mutating func readVersion5() {
    var position = 8
    for _ in 0..<Self.mostBlocks {
      var next = position + 4
      guard let size = number(&next), size <= bytes.count else { return }
      let end = next + size
      guard end <= bytes.count, let type = number(&next), let flags = number(&next) else { return }
      let extraSize = flags & 1 != 0 ? number(&next) : 0
      let dataSize = flags & 2 != 0 ? number(&next) : 0
      guard let extraSize, let dataSize, extraSize <= size, dataSize <= bytes.count else { return }
      switch type {
      case 1: isVolume = isVolume || (number(&next) ?? 0) & 1 != 0
      // An encryption of everything that follows.
      case 4: isEncrypted = true
      case 2, 3: isEncrypted = isEncrypted || hasEncryption(from: end - extraSize, to: end)
      default: break
      }
      position = end + dataSize
    }
  }

  /// Whether one of a file's records is that of its encryption.
  private func hasEncryption(from start: Int, to end: Int) -> Bool {
    var next = start
    while next < end, let size = number(&next), size > 0, size <= end - next {
      var place = next
      if number(&place) == 1 { return true }
      next += size
    }
    return false
  }

  /// Seven bits a byte, the lowest first.
  private func number(_ position: inout Int) -> Int? {
    var result = 0
    for shift in stride(from: 0, to: 56, by: 7) {
      guard bytes.indices.contains(position) else { return nil }
      let byte = bytes[position]
      position += 1
      result |= Int(byte & 127) << shift
      if byte < 128 { return result }
    }
    return nil
  }
}
