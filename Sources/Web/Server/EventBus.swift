import Foundation

/// Tells the open pages that something in the folder has changed.
actor EventBus {
  struct Event: Sendable {
    var name: String
    var data: String
  }

  private var listeners: [UUID: AsyncStream<Event>.Continuation] = [:]
  /// More open pages than that are not told; they ask by themselves.
  private static let most = 256

  func listen() -> (id: UUID, stream: AsyncStream<Event>)? {
    guard listeners.count < Self.most else { return nil }
    let id = UUID()
    let (stream, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(8))
    listeners[id] = continuation
    return (id, stream)
  }

  func leave(_ id: UUID) {
    listeners.removeValue(forKey: id)?.finish()
  }

  func tell(_ event: Event) {
    for listener in listeners.values { listener.yield(event) }
  }

  func close() {
    for listener in listeners.values { listener.finish() }
    listeners = [:]
  }

  var count: Int { listeners.count }
}
