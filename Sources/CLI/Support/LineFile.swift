import Forms
import Foundation
import XLSX

/// A file of lines that is written piece by piece, so that what is done is there when the run is interrupted.
final class LineFile {
  private let path: String
  private var descriptor: Int32 = -1

  init(_ path: String) { self.path = path }

  deinit { if descriptor >= 0 { Foundation.close(descriptor) } }

  /// Adds lines; the first ones take the place of what the file held before, in one step.
  ///
  /// - Throws: ``FormsError`` (`output`).
  func append(_ lines: [UInt8]) throws {
    if descriptor < 0 {
      let batch = OutputBatch()
      try batch.write(lines, to: path)
      try batch.commit()
      descriptor = DiskPath.with(path) { open($0, O_WRONLY | O_APPEND | O_CLOEXEC) }
      if descriptor < 0 { throw failure }
      return
    }
    var start = 0
    while start < lines.count {
      let count = lines[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure }
      start += count
    }
  }

  func close() throws {
    guard descriptor >= 0 else { return }
    let isSafe = fsync(descriptor) == 0
    let isClosed = Foundation.close(descriptor) == 0
    descriptor = -1
    if !isSafe || !isClosed { throw failure }
  }

  private var failure: FormsError {
    FormsError(
      .output,
      LocalizedText(
        zh: "无法写入，请检查路径、权限和磁盘空间；已写入的部分下次续用",
        en:
          "cannot be written; check the path, the permissions and the disk's space; what is there is used next time"
      ),
      file: path)
  }
}
