import Foundation

/// How far the look at the folder is, and whether somebody has stopped it.
final class FolderLook: @unchecked Sendable {
  struct Progress: Equatable, Sendable {
    var done: Int
    var total: Int
    /// Files inside archives and mailboxes that are done: of one large mailbox nothing else tells.
    var inside = 0
  }

  private let lock = NSLock()
  private var current: Progress?
  private var stopped = false

  /// `nil` where nothing is being read and nothing was left halfway.
  var progress: Progress? { lock.withLock { current } }
  var isStopped: Bool { lock.withLock { stopped } }

  func note(_ done: Int, _ total: Int) {
    lock.withLock { current = Progress(done: done, total: total, inside: current?.inside ?? 0) }
  }

  func noteInside() { lock.withLock { current?.inside += 1 } }

  func begin() { lock.withLock { current = Progress(done: 0, total: 0) } }

  func end() {
    lock.withLock {
      current = nil
      stopped = false
    }
  }

  func stop() { lock.withLock { stopped = true } }
  func goOn() { lock.withLock { stopped = false } }
}
