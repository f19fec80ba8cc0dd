import Foundation
import XLSX

/// Reads whole files into memory, no larger than allowed.
enum FileLoader {
  /// - Throws: ``IntakeProblem`` for a file that cannot be read or is too large.
  static func bytes(at path: String, limit: Int) throws(IntakeProblem) -> [UInt8] {
    // A pipe without a writer must not keep the program waiting.
    let file = DiskPath.with(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { throw unreadable }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw unreadable }
    guard Int(status.st_size) <= limit else { throw .tooLarge(limit) }
    // The file may grow or shrink while it is read; what is there now counts.
    var isRead = true
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while count < buffer.count {
        let read = read(file, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        if read < 0, errno == EINTR { continue }
        isRead = read >= 0
        if read <= 0 { break }
        count += read
      }
    }
    guard isRead else { throw unreadable }
    return bytes
  }

  private static let unreadable = IntakeProblem(zh: "无法打开文件，请检查权限", en: "the file cannot be opened")
}
