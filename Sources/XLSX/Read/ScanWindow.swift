/// A stretch of a part's bytes that slides over it: what is left of the last chunk, then the next one, then zero bytes (see
/// ``ScanBuffer``).
struct ScanWindow: ~Copyable {
  /// A token that is longer is left to libxml2, which needs no whole tokens.
  static let largestToken = 1 << 20

  private var storage = UnsafeMutableRawBufferPointer.allocate(
    byteCount: 2 * PartReader.chunkSize + ScanBuffer.padding, alignment: 16)
  private var start = 0
  private var end = 0
  /// Whether the part ends with the window.
  private(set) var isLast = false

  init() {}

  deinit { storage.deallocate() }

  /// The bytes that are not done with.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[start..<end]) }
  var count: Int { end - start }

  /// Marks the first bytes as done with.
  mutating func drop(_ count: Int) { start = min(end, start + max(0, count)) }

  /// Moves what is left to the front and reads one more chunk behind it.
  mutating func refill(from chunks: ChunkPipeline) throws {
    guard !isLast else { return }
    let left = count
    if left + PartReader.chunkSize + ScanBuffer.padding > storage.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 2 * left + PartReader.chunkSize + ScanBuffer.padding, alignment: 16)
      larger.copyMemory(from: bytes)
      storage.deallocate()
      storage = larger
    } else if left > 0, start > 0, let base = storage.baseAddress {
      base.copyMemory(from: base + start, byteCount: left)
    }
    start = 0
    let read = try chunks.read(
      into: UnsafeMutableRawBufferPointer(rebasing: storage[left..<(left + PartReader.chunkSize)]))
    isLast = read == 0
    end = left + read
    UnsafeMutableRawBufferPointer(rebasing: storage[end..<(end + ScanBuffer.padding)]).initializeMemory(
      as: UInt8.self, repeating: 0)
  }

  /// Lets a scanner read the window and drops what it is done with.
  mutating func scan<Outcome>(
    _ body: (ScanBuffer, inout UnsafePointer<UInt8>) throws -> Outcome
  ) rethrows -> Outcome {
    guard let base = storage.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      preconditionFailure("the window always has storage")
    }
    let first = UnsafePointer(base + start)
    var position = first
    let outcome = try body(
      ScanBuffer(start: first, end: UnsafePointer(base + end), isLast: isLast), &position)
    drop(position - first)
    return outcome
  }
}
