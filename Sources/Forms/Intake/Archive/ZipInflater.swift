import CLibDeflate
import XLSX

/// Takes the content of one entry out of a zip archive in memory, never more of it than the limits allow. One for each file
/// that came in, with all that is inside it; not thread-safe.
final class ZipInflater {
  /// Made when the first entry is inflated: most files that come in are no archives.
  private var decompressor: OpaquePointer?
  let limits: IntakeLimits
  /// What may still come out.
  private var budget: Int

  init(limits: IntakeLimits) {
    self.limits = limits
    budget = limits.inflatedSize
  }

  deinit {
    if let decompressor { libdeflate_free_decompressor(decompressor) }
  }

  /// The content of an entry.
  ///
  /// The output never grows beyond the size that the directory claims, and the claim never beyond the limits, so a lie
  /// costs nothing.
  ///
  /// - Throws: ``IntakeProblem`` for an entry that is encrypted, packed in an unusual way, damaged or too large.
  func content(of entry: ZipDirectory.Entry, in archive: [UInt8]) throws(IntakeProblem) -> [UInt8] {
    if entry.isEncrypted { throw .encrypted }
    guard entry.method == 0 || entry.method == 8 else {
      throw IntakeProblem(
        zh: "压缩方式不受支持（\(entry.method)），请用普通zip格式重新压缩",
        en: "its compression method (\(entry.method)) is not supported; use plain zip")
    }
    guard entry.size <= limits.fileSize else { throw .tooLarge(limits.fileSize) }
    let ratio = entry.size / max(1, entry.compressedSize)
    guard entry.size <= limits.inflationRatioStart || ratio <= limits.inflationRatio, entry.size <= budget
    else { throw .inflatesTooFar }
    let packed = try Self.packed(entry, in: archive)
    let content = entry.method == 0 ? Array(packed) : try inflated(packed, size: entry.size)
    guard content.count == entry.size, Self.checksum(of: content[...]) == entry.checksum else {
      throw .truncated
    }
    budget -= content.count
    return content
  }

  /// Counts what another kind of archive has unpacked; `false` if that is more than may still come out.
  func take(_ count: Int) -> Bool {
    guard count <= budget else { return false }
    budget -= count
    return true
  }

  /// The bytes as they are stored. The local header repeats the name and has an extra field of its own.
  private static func packed(
    _ entry: ZipDirectory.Entry, in archive: [UInt8]
  ) throws(IntakeProblem) -> ArraySlice<UInt8> {
    let reader = ByteReader(archive)
    guard reader.uint32(at: entry.offset) == 0x0403_4B50,
      let nameLength = reader.uint16(at: entry.offset &+ 26),
      let extraLength = reader.uint16(at: entry.offset &+ 28),
      let packed = reader.slice(
        at: entry.offset &+ 30 &+ nameLength &+ extraLength, count: entry.compressedSize)
    else { throw .truncated }
    return packed
  }

  private func inflated(_ packed: ArraySlice<UInt8>, size: Int) throws(IntakeProblem) -> [UInt8] {
    decompressor = decompressor ?? libdeflate_alloc_decompressor()
    guard let decompressor else { throw .truncated }
    var isComplete = false
    let content = [UInt8](unsafeUninitializedCapacity: size) { output, count in
      isComplete = packed.withUnsafeBytes { input in
        // Without a place for the actual size, anything but exactly `size` bytes is an error.
        libdeflate_deflate_decompress(
          decompressor, input.baseAddress, input.count, output.baseAddress, size, nil)
          == LIBDEFLATE_SUCCESS
      }
      count = isComplete ? size : 0
    }
    guard isComplete else { throw .truncated }
    return content
  }

  /// CRC-32 as zip has it.
  static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
  }
}
