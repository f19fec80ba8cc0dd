import Dispatch

/// Work that reads and writes files and takes its time: done beside the threads that answer requests.
enum Blocking {
  /// So many pieces of long work at once; the others wait their turn.
  /// In a class of its own: each class has its own threads, as many as there are cores. Those of long work would otherwise
  /// keep timers and answers waiting until it is over.
  private static let heavy = DispatchQueue(label: "huizong.heavy", qos: .utility, attributes: .concurrent)
  private static let turns = DispatchSemaphore(value: 3)
  private static let light = DispatchQueue(label: "huizong.light", attributes: .concurrent)

  /// Reads submissions, draws workbooks.
  static func heavy<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      heavy.async {
        turns.wait()
        defer { turns.signal() }
        continuation.resume(with: Result { try body() })
      }
    }
  }

  /// Writes a piece of a file, looks something up.
  static func light<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      light.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
