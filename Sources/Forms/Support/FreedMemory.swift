import CMalloc
import Synchronization

/// Memory that was freed and that the C library keeps.
enum FreedMemory {
  /// Files of this size and more take large buffers.
  private static let largeFile = 1 << 20
  /// So many files leave something behind too.
  private static let manyFiles = 10_000
  private static let keepsLittle = Mutex(false)

  /// Has the C library keep little of what is freed once a large file is read. By itself it comes to keep more and more of
  /// the large buffers that a workbook of ten thousand units takes: a country's merge holds 440 MB then, and 375 MB so, in
  /// the same time. Small files would pay for it with a call of the system every few of them.
  static func expect(fileOf bytes: Int) {
    guard bytes >= largeFile else { return }
    keepsLittle.withLock { isSet in
      guard !isSet else { return }
      isSet = true
      #if canImport(Glibc)
        _ = mallopt(M_TRIM_THRESHOLD, 128 << 10)
      #endif
    }
  }

  /// Gives it back to the system. Each thread that reads files has an arena of its own, and what it has freed there does
  /// not serve the thread that goes on alone. Where little was read, little is there to give.
  static func giveBack(after files: Int) {
    guard files >= manyFiles || keepsLittle.withLock({ $0 }) else { return }
    #if canImport(Glibc)
      malloc_trim(0)
    #endif
  }
}
