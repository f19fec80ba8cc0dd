import Foundation

/// How many entries of archives one run may still open, on all its threads.
final class EntryBudget: @unchecked Sendable {
  let limit: Int
  private let lock = NSLock()
  private var rest: Int

  init(_ limit: Int) {
    self.limit = limit
    rest = limit
  }

  /// Takes so many, or none if there are not that many left.
  func take(_ count: Int) -> Bool {
    lock.withLock {
      guard count <= rest else { return false }
      rest -= count
      return true
    }
  }
}
