import CLibZip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that libzip writes an archive into, and nothing else: its own way of writing makes a temporary file beside the
/// file, which stays behind when the program is ended, and ours is one already.
final class ZipFileTarget {
  private let descriptor: Int32
  private var position: Int64 = 0
  private var failure: Int32 = 0

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// A libzip source for a file that is there and may be written over; it goes with the archive that is opened from it.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess``.
  static func make(path: String) throws(XLSXError) -> OpaquePointer {
    let descriptor = open(path, O_RDWR | O_TRUNC | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw XLSXError(
        .fileAccess, "The zip archive cannot be written", cause: String(cString: strerror(errno)))
    }
    let context = Unmanaged.passRetained(ZipFileTarget(descriptor))
    let callback: zip_source_callback = { context, data, length, command in
      guard let context else { return -1 }
      let target = Unmanaged<ZipFileTarget>.fromOpaque(context)
      if command == ZIP_SOURCE_FREE {
        target.release()
        return 0
      }
      return target.takeUnretainedValue().handle(command, data, Int(clamping: length))
    }
    var error = zip_error_t()
    guard let source = zip_source_function_create(callback, context.toOpaque(), &error) else {
      context.release()
      throw XLSXError(.fileAccess, "The zip archive cannot be written")
    }
    return source
  }

  private func handle(
    _ command: zip_source_cmd_t, _ data: UnsafeMutableRawPointer?, _ length: Int
  ) -> zip_int64_t {
    switch command {
    case ZIP_SOURCE_OPEN, ZIP_SOURCE_BEGIN_WRITE:
      position = 0
      return 0
    case ZIP_SOURCE_READ: return transferred(pread(descriptor, data, length, off_t(position)))
    case ZIP_SOURCE_WRITE: return transferred(pwrite(descriptor, data, length, off_t(position)))
    case ZIP_SOURCE_CLOSE, ZIP_SOURCE_COMMIT_WRITE: return 0
    case ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_REMOVE: return zip_int64_t(ftruncate(descriptor, 0))
    case ZIP_SOURCE_SEEK, ZIP_SOURCE_SEEK_WRITE: return seek(data, length)
    case ZIP_SOURCE_TELL, ZIP_SOURCE_TELL_WRITE: return zip_int64_t(position)
    case ZIP_SOURCE_STAT: return describe(into: data, length)
    case ZIP_SOURCE_ERROR:
      guard let data, length >= 2 * MemoryLayout<Int32>.size else { return -1 }
      data.storeBytes(of: ZIP_ER_WRITE, as: Int32.self)
      data.storeBytes(of: failure, toByteOffset: MemoryLayout<Int32>.size, as: Int32.self)
      return zip_int64_t(2 * MemoryLayout<Int32>.size)
    case ZIP_SOURCE_SUPPORTS:
      return Self.supported.reduce(0) { $0 | zip_int64_t(1) << zip_int64_t($1.rawValue) }
    default: return -1
    }
  }

  private static let supported = [
    ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
    ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_COMMIT_WRITE,
    ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE,
    ZIP_SOURCE_REMOVE,
  ]

  private func transferred(_ count: Int) -> zip_int64_t {
    if count < 0 { failure = errno } else { position += Int64(count) }
    return zip_int64_t(count)
  }

  private func size() -> Int64 {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
  }

  private func seek(_ data: UnsafeMutableRawPointer?, _ length: Int) -> zip_int64_t {
    guard let data, length >= MemoryLayout<zip_source_args_seek_t>.size else { return -1 }
    let arguments = data.load(as: zip_source_args_seek_t.self)
    let start: Int64 =
      switch arguments.whence {
      case SEEK_CUR: position
      case SEEK_END: size()
      default: 0
      }
    let (sum, overflow) = start.addingReportingOverflow(arguments.offset)
    guard !overflow, sum >= 0 else {
      failure = EINVAL
      return -1
    }
    position = sum
    return 0
  }

  private func describe(into data: UnsafeMutableRawPointer?, _ length: Int) -> zip_int64_t {
    guard let data, length >= MemoryLayout<zip_stat_t>.size else { return -1 }
    let status = data.assumingMemoryBound(to: zip_stat_t.self)
    zip_stat_init(status)
    status.pointee.size = UInt64(clamping: size())
    status.pointee.valid = UInt64(ZIP_STAT_SIZE)
    return zip_int64_t(MemoryLayout<zip_stat_t>.size)
  }
}
