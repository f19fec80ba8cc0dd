#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes put aside in a temporary file that has no name any more: it vanishes with the last reference, also when the
/// program dies.
///
/// Written from one task, front to back; read, when it is complete, from one task.
final class SpillFile: @unchecked Sendable {
  private let descriptor: Int32
  private(set) var count = 0

  /// - Parameter folder: Where the file lives while it does. The folder of the file that is being written is known to
  ///   have room for it; a small memory file system at `/tmp` is not.
  init(inFolder folder: String) throws(XLSXError) {
    var template = Array((folder + "/.xlsx-XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    if descriptor < 0 {
      throw XLSXError(
        .fileAccess, "No temporary file can be made in \(folder)", cause: String(cString: strerror(errno)))
    }
    unlink(template)
  }

  deinit { close(descriptor) }

  func append(_ bytes: [UInt8]) throws(XLSXError) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { raw in
        write(descriptor, raw.baseAddress.map { $0 + done }, raw.count - done)
      }
      if written < 0 && errno == EINTR { continue }
      if written <= 0 {
        throw XLSXError(
          .fileAccess, "The disk took no more data; make room and save again",
          cause: String(cString: strerror(errno)))
      }
      done += written
      count += written
    }
  }

  /// The number of bytes read, 0 at the end, negative on failure.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    pread(descriptor, target.baseAddress, target.count, off_t(offset))
  }
}
