import Foundation

/// Whether a run is to stop: once it is, it stays so for that run, whatever is said later.
///
/// What was left out must not pass for what was not there, so that all who work on a run hear the same.
final class StopLatch: @unchecked Sendable {
  private let ask: (@Sendable () -> Bool)?
  private let lock = NSLock()
  private var hasFallen = false

  init(_ ask: (@Sendable () -> Bool)?) { self.ask = ask }

  var isDown: Bool {
    guard let ask else { return false }
    return lock.withLock {
      hasFallen = hasFallen || ask()
      return hasFallen
    }
  }
}
