import Dispatch

/// The bytes of a part, inflated ahead on a second thread once the part turns out to be long.
///
/// A short part is inflated where it is read: a thread would cost more than it saves.
final class ChunkPipeline {
  /// Chunks read before a second thread is worth its start.
  private static let chunksBeforeThread = 4
  private static let depth = 4

  private let reader: PartReader
  private var chunks = 0
  private var ahead: Ahead?
  /// Sees each chunk as it is handed out.
  var tap: ((UnsafeRawBufferPointer) -> Void)?

  init(reader: PartReader) { self.reader = reader }

  deinit { ahead?.cancel() }

  /// Reads at most ``PartReader/chunkSize`` bytes into the buffer, which must have room for as many. 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try next(into: buffer)
    tap?(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return count
  }

  private func next(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if let ahead { return try ahead.next(into: buffer) }
    chunks += 1
    if chunks > Self.chunksBeforeThread {
      let ahead = Ahead(reader: reader, depth: Self.depth)
      self.ahead = ahead
      ahead.start()
      return try ahead.next(into: buffer)
    }
    return try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<PartReader.chunkSize]))
  }

  /// A ring of chunks between the thread that inflates and the one that parses.
  private final class Ahead: @unchecked Sendable {
    private struct Slot {
      let buffer: UnsafeMutableRawBufferPointer
      var result: Result<Int, any Error> = .success(0)
    }

    private let reader: PartReader
    // Each slot is touched by one side only, between a wait on one semaphore and the signal of the other.
    private let slots: UnsafeMutablePointer<Slot>
    private let depth: Int
    private let empty = DispatchSemaphore(value: 0)
    private let full = DispatchSemaphore(value: 0)
    private let lock = Lock()
    private var isCancelled = false
    private var position = 0
    private var isFinished = false

    init(reader: PartReader, depth: Int) {
      self.reader = reader
      self.depth = depth
      slots = .allocate(capacity: depth)
      for index in 0..<depth {
        (slots + index).initialize(
          to: Slot(buffer: .allocate(byteCount: PartReader.chunkSize, alignment: 16)))
      }
    }

    deinit {
      for index in 0..<depth { slots[index].buffer.deallocate() }
      slots.deinitialize(count: depth)
      slots.deallocate()
    }

    func start() {
      for _ in 0..<depth { empty.signal() }
      DispatchQueue(label: "XLSX.inflate", qos: .userInitiated).async { self.produce() }
    }

    func cancel() {
      lock.withLock { isCancelled = true }
      empty.signal()
    }

    private func produce() {
      var position = 0
      while true {
        empty.wait()
        if lock.withLock({ isCancelled }) { return }
        let slot = slots + position % depth
        let result = Result { try reader.read(into: slot.pointee.buffer) }
        slot.pointee.result = result
        full.signal()
        guard case .success(let count) = result, count > 0 else { return }
        position += 1
      }
    }

    func next(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      if isFinished { return 0 }
      full.wait()
      let slot = slots[position % depth]
      position += 1
      do {
        let count = try slot.result.get()
        if count == 0 { isFinished = true }
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: slot.buffer[..<count]))
        empty.signal()
        return count
      } catch {
        isFinished = true
        throw error
      }
    }
  }
}
