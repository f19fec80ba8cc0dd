#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The temporary files of saves that are under way.
///
/// A save that fails takes its own file away. A program that is told to end in the middle of one has no time for that
/// but in the signal's handler:
///
///     UnfinishedFiles.removeOnInterrupt()   // once, when the program starts
package enum UnfinishedFiles {
  /// Makes SIGINT, SIGTERM and SIGHUP take the temporary files away before they end the program, as they would anyway.
  package static func removeOnInterrupt() {
    // Set up here and not in the handler, which may only do what is safe there.
    _ = slots
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number) { number in
        UnfinishedFiles.removeAll()
        signal(number, SIG_DFL)
        raise(number)
      }
      // What is told not to end by it (nohup) goes on.
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  /// Files that are watched at the same time, a whole run's; others are on their own.
  private static let count = 1 << 16
  private static let lock = Lock()
  /// Paths, or nothing. The handler reads them without the lock: a pointer is whole or not there.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = {
    // Fresh pages of the system are all nothing, and cost nothing until they are used.
    let memory = calloc(count, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride)
    guard let memory else { preconditionFailure("out of memory") }
    return memory.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: count)
  }()
  /// How many slots have ever been used, and which of them are free again.
  nonisolated(unsafe) private static var used = 0
  nonisolated(unsafe) private static var freed: [Int] = []

  /// Watches a file until ``forget(_:)``.
  static func watch(_ path: String) -> Int? {
    lock.withLock {
      let slot: Int
      if let last = freed.popLast() {
        slot = last
      } else if used < count {
        slot = used
        used += 1
      } else {
        return nil
      }
      slots[slot] = strdup(path)
      return slot
    }
  }

  static func forget(_ slot: Int?) {
    guard let slot else { return }
    lock.withLock {
      // The path stays in memory: the handler may be reading it, and one that is freed is no path any more.
      slots[slot] = nil
      freed.append(slot)
    }
  }

  /// Set by the handler; a thread that goes on while the program ends makes no file any more.
  nonisolated(unsafe) private static var isEnding = false

  /// Takes a new file away, and goes on no more, if the program is being ended.
  static func stopIfEnding(_ path: String) {
    guard isEnding else { return }
    unlink(path)
    pause()
  }

  /// Takes every watched file away.
  static func removeAll() {
    isEnding = true
    for slot in 0..<used {
      if let path = slots[slot] { unlink(path) }
    }
  }
}
