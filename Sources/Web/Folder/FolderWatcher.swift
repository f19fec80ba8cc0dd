import Forms
import Foundation
import XLSX

#if canImport(Glibc)
  import Glibc
#endif

/// Notices when files of the folder change, whoever changes them (inotify). Where the system cannot tell, nothing is lost:
/// whoever asks looks at the disk anyway.
final class FolderWatcher: @unchecked Sendable {
  private let descriptor: Int32
  private let thread: Thread

  /// - Parameter notice: Called after a burst of changes, on a thread of its own.
  init?(folders: [String], notice: @escaping @Sendable () -> Void) {
    let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    let mask = UInt32(IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_ATTRIB)
    @Sendable func watch(_ folder: String, depth: Int) {
      _ = DiskPath.with(folder) { inotify_add_watch(descriptor, $0, mask) }
      guard depth < 8 else { return }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names where !name.hasPrefix(".") {
        let path = folder + "/" + name
        var status = stat()
        if DiskPath.with(path, { lstat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR {
          watch(path, depth: depth + 1)
        }
      }
    }
    for folder in folders { watch(folder, depth: folder == "." ? 8 : 0) }
    thread = Thread {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while true {
        guard poll(&poller, 1, -1) >= 0 || errno == EINTR else { return }
        if Thread.current.isCancelled { return }
        // A burst of changes is one change.
        usleep(120_000)
        var count = 0
        var isOwn = true
        repeat {
          count = read(descriptor, &buffer, buffer.count)
          if count > 0, Self.tells(buffer[..<count]) { isOwn = false }
        } while count > 0
        if count < 0, errno != EAGAIN, errno != EINTR { return }
        guard !isOwn else { continue }
        for folder in folders where folder != "." { watch(folder, depth: 0) }
        notice()
      }
    }
    thread.name = "huizong.watch"
    thread.start()
  }

  deinit {
    thread.cancel()
    close(descriptor)
  }

  /// Whether any of the events is about more than the program's own records.
  private static func tells(_ events: ArraySlice<UInt8>) -> Bool {
    var rest = events
    let head = MemoryLayout<inotify_event>.size
    while rest.count >= head {
      let length = rest.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: 12, as: UInt32.self)) }
      guard length <= rest.count - head else { return true }
      let name = String(decoding: rest.dropFirst(head).prefix(length).prefix { $0 != 0 }, as: UTF8.self)
      if !name.hasPrefix(Ledger.fileName), !name.hasPrefix(".") { return true }
      rest = rest.dropFirst(head + length)
    }
    return false
  }
}
