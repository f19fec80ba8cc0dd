import Foundation
import XLSX

/// Reads whole files into memory, no larger than allowed.
enum FileLoader {
  /// - Throws: ``IntakeProblem`` for a file that cannot be read or is too large.
  static func bytes(at path: String, limit: Int) throws(IntakeProblem) -> [UInt8] {
    let file = try Stream(path)
    guard file.size <= limit else { throw .tooLarge(limit) }
    // The file may grow or shrink while it is read; what is there now counts.
    return try file.bytes(file.size)
  }

  /// The first bytes of a file.
  static func start(of path: String, count: Int) throws(IntakeProblem) -> [UInt8] {
    let file = try Stream(path)
    return try file.bytes(min(count, file.size))
  }

  /// An open file that is read from its start to its end.
  final class Stream {
    let size: Int
    private let file: Int32
    private static let step = 1 << 20

    init(_ path: String) throws(IntakeProblem) {
      // A pipe without a writer must not keep the program waiting.
      file = DiskPath.with(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
      guard file >= 0 else { throw unreadable }
      var status = stat()
      guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        close(file)
        throw unreadable
      }
      size = Int(status.st_size)
    }

    deinit { close(file) }

    /// The next bytes, fewer where the file ends.
    func bytes(_ wanted: Int) throws(IntakeProblem) -> [UInt8] {
      var isRead = true
      let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        while count < buffer.count {
          let read = Foundation.read(file, buffer.baseAddress.map { $0 + count }, buffer.count - count)
          if read < 0, errno == EINTR { continue }
          isRead = read >= 0
          if read <= 0 { break }
          count += read
        }
      }
      guard isRead else { throw unreadable }
      return bytes
    }

    /// Appends the next stretch.
    ///
    /// - Returns: `false` at the end of the file.
    func read(into buffer: inout [UInt8]) throws(IntakeProblem) -> Bool {
      let bytes = try bytes(Self.step)
      buffer += bytes
      return !bytes.isEmpty
    }
  }

  private static let unreadable = IntakeProblem(zh: "无法打开文件，请检查权限", en: "the file cannot be opened")
}
