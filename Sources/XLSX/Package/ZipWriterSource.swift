import CLibZip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Hands an entry's stored bytes to libzip.
///
/// A source that says in its `ZIP_SOURCE_STAT` which method its bytes are compressed with, and how large they and the
/// original are, is copied by libzip without compressing again: the path by which libzip itself copies entries from
/// one archive to another.
final class ZipWriterSource {
  private let entry: ZipEntry
  private var position = 0

  private init(_ entry: ZipEntry) { self.entry = entry }

  /// A libzip source for the entry, which keeps what it needs alive; `nil` if libzip is out of memory.
  static func make(for entry: ZipEntry, in archive: OpaquePointer) -> OpaquePointer? {
    let context = Unmanaged.passRetained(ZipWriterSource(entry))
    let callback: zip_source_callback = { context, data, length, command in
      guard let context else { return -1 }
      let source = Unmanaged<ZipWriterSource>.fromOpaque(context)
      if command == ZIP_SOURCE_FREE {
        source.release()
        return 0
      }
      return source.takeUnretainedValue().handle(command, data, Int(clamping: length))
    }
    guard let source = zip_source_function(archive, callback, context.toOpaque()) else {
      context.release()
      return nil
    }
    return source
  }

  private func handle(_ command: zip_source_cmd_t, _ data: UnsafeMutableRawPointer?, _ length: Int)
    -> zip_int64_t
  {
    switch command {
    case ZIP_SOURCE_OPEN:
      position = 0
      return 0
    case ZIP_SOURCE_READ: return zip_int64_t(read(into: data, length))
    case ZIP_SOURCE_CLOSE: return 0
    case ZIP_SOURCE_STAT: return describe(into: data, length)
    case ZIP_SOURCE_ERROR:
      // The only thing that can fail is reading back a spilled file.
      guard let data, length >= 2 * MemoryLayout<Int32>.size else { return -1 }
      data.storeBytes(of: ZIP_ER_READ, as: Int32.self)
      data.storeBytes(of: EIO, toByteOffset: MemoryLayout<Int32>.size, as: Int32.self)
      return zip_int64_t(2 * MemoryLayout<Int32>.size)
    case ZIP_SOURCE_SUPPORTS:
      let supported = [
        ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
        ZIP_SOURCE_FREE,
        ZIP_SOURCE_SUPPORTS,
      ]
      return supported.reduce(0) { $0 | zip_int64_t(1) << zip_int64_t($1.rawValue) }
    default: return -1
    }
  }

  private func read(into data: UnsafeMutableRawPointer?, _ length: Int) -> Int {
    guard let data else { return -1 }
    let wanted = min(length, entry.storedSize - position)
    guard wanted > 0 else { return 0 }
    switch entry.content {
    case .bytes(let bytes):
      bytes.withUnsafeBytes { all in
        let target = UnsafeMutableRawBufferPointer(start: data, count: wanted)
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[position..<position + wanted]))
      }
      position += wanted
      return wanted
    case .file(let file):
      let got = file.read(into: UnsafeMutableRawBufferPointer(start: data, count: wanted), at: position)
      if got > 0 { position += got }
      return got > 0 ? got : -1
    }
  }

  private func describe(into data: UnsafeMutableRawPointer?, _ length: Int) -> zip_int64_t {
    guard let data, length >= MemoryLayout<zip_stat_t>.size else { return -1 }
    let status = data.assumingMemoryBound(to: zip_stat_t.self)
    zip_stat_init(status)
    status.pointee.size = UInt64(entry.size)
    status.pointee.comp_size = UInt64(entry.storedSize)
    status.pointee.crc = entry.crc32
    status.pointee.comp_method = UInt16(entry.method == .stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE)
    status.pointee.valid = UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD)
    return zip_int64_t(MemoryLayout<zip_stat_t>.size)
  }
}
