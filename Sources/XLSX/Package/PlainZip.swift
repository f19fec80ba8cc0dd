import CLibDeflate

/// The directory of a zip archive in memory, of the plain kind that office programs write: one disk, no Zip64, no comment,
/// no password, its directory right before its end (APPNOTE.TXT 6.3.10). Anything else is for libzip (``ZipArchive``).
struct PlainZip {
  struct Entry {
    /// Where the name lies in the archive.
    var name: Range<Int>
    /// Where the local header starts.
    var offset: Int
    var compressedSize: Int
    /// What the directory claims; an entry that comes to anything else is refused.
    var size: Int
    var checksum: UInt32
    var isDeflated: Bool
  }

  private(set) var entries: [Entry] = []
  private var directoryStart = 0

  init() {}

  /// Reads the directory, into the memory of the one read before.
  ///
  /// - Returns: `false` for an archive that is not plain.
  mutating func read(_ bytes: UnsafeRawBufferPointer, entryLimit: Int) -> Bool {
    entries.removeAll(keepingCapacity: true)
    let end = bytes.count - 22
    guard end >= 0, bytes.number32(at: 0) == 0x0403_4B50, bytes.number32(at: end) == 0x0605_4B50,
      bytes.number32(at: end + 4) == 0, bytes.number16(at: end + 20) == 0
    else { return false }
    let count = bytes.number16(at: end + 8)
    let size = bytes.number32(at: end + 12)
    directoryStart = bytes.number32(at: end + 16)
    guard count == bytes.number16(at: end + 10), count > 0, count <= min(entryLimit, 0xFFFE),
      directoryStart + size == end
    else { return false }
    var position = directoryStart
    for _ in 0..<count {
      guard position + 46 <= end, bytes.number32(at: position) == 0x0201_4B50 else { return false }
      let flags = bytes.number16(at: position + 8)
      let method = bytes.number16(at: position + 10)
      let name = position + 46
      let nameLength = bytes.number16(at: position + 28)
      let next =
        name + nameLength + bytes.number16(at: position + 30) + bytes.number16(at: position + 32)
      let entry = Entry(
        name: name..<(name + nameLength), offset: bytes.number32(at: position + 42),
        compressedSize: bytes.number32(at: position + 20), size: bytes.number32(at: position + 24),
        checksum: UInt32(truncatingIfNeeded: bytes.number32(at: position + 16)), isDeflated: method == 8)
      // Sizes behind the data (bit 3), the kind of compression (1, 2) and UTF-8 names (11) change nothing here.
      guard next <= end, nameLength > 0, flags & ~0x080E == 0, method == 0 || method == 8,
        bytes.number16(at: position + 34) == 0, entry.compressedSize < 0xFFFF_FFFF, entry.size < 0xFFFF_FFFF
      else { return false }
      entries.append(entry)
      position = next
    }
    return position == end
  }

  /// An entry's bytes as they are stored; `nil` where they do not lie before the directory.
  func stored(_ entry: Entry, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard entry.offset + 30 <= directoryStart, bytes.number32(at: entry.offset) == 0x0403_4B50 else {
      return nil
    }
    let start =
      entry.offset + 30 + bytes.number16(at: entry.offset + 26) + bytes.number16(at: entry.offset + 28)
    guard start <= directoryStart, entry.compressedSize <= directoryStart - start else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<(start + entry.compressedSize)])
  }
}

extension UnsafeRawBufferPointer {
  // Little-endian numbers; the caller has looked at the bounds, and a debug build does so again.
  fileprivate func number16(at position: Int) -> Int {
    Int(UInt16(littleEndian: loadUnaligned(fromByteOffset: position, as: UInt16.self)))
  }

  fileprivate func number32(at position: Int) -> Int {
    Int(UInt32(littleEndian: loadUnaligned(fromByteOffset: position, as: UInt32.self)))
  }
}

/// Inflates entries of plain archives, each into the memory of the one before.
struct PlainInflater: ~Copyable {
  private let decompressor = libdeflate_alloc_decompressor()
  private var storage: UnsafeMutableRawBufferPointer

  init() { storage = .allocate(byteCount: 1 << 16, alignment: 16) }

  deinit {
    libdeflate_free_decompressor(decompressor)
    storage.deallocate()
  }

  /// An entry's content, followed by ``ScanBuffer/padding`` zero bytes, good until the next call.
  ///
  /// - Parameter stored: The entry's bytes as they are stored.
  /// - Returns: `nil` if they are damaged, or not exactly what the directory claims.
  mutating func content(
    of entry: PlainZip.Entry, stored: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer? {
    if entry.size + ScanBuffer.padding > storage.count {
      storage.deallocate()
      storage = .allocate(byteCount: 2 * entry.size + ScanBuffer.padding, alignment: 16)
    }
    if entry.isDeflated {
      guard
        libdeflate_deflate_decompress(
          decompressor, stored.baseAddress, stored.count, storage.baseAddress, entry.size, nil)
          == LIBDEFLATE_SUCCESS
      else { return nil }
    } else {
      guard stored.count == entry.size else { return nil }
      storage.copyMemory(from: stored)
    }
    UnsafeMutableRawBufferPointer(rebasing: storage[entry.size..<(entry.size + ScanBuffer.padding)])
      .initializeMemory(as: UInt8.self, repeating: 0)
    guard libdeflate_crc32(0, storage.baseAddress, entry.size) == entry.checksum else { return nil }
    return UnsafeRawBufferPointer(rebasing: storage[..<entry.size])
  }
}
