#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes that only grow, outside Swift's arrays: large blocks are enlarged in place by the system, so that the memory in
/// use is what was written, and an append is one bounds check and one copy.
struct ByteArena: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>?
  private(set) var count = 0
  private var capacity = 0

  init() {}

  deinit { free(base) }

  /// Makes room for so many bytes more.
  @inline(__always)
  mutating func reserve(_ extra: Int) {
    if extra > capacity &- count { grow(extra) }
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    let wanted = max(count + extra, capacity * 2, 4096)
    guard let grown = realloc(base, wanted) else {
      // Swift's own arrays end the program here too; `Limits` keeps files from bringing it about.
      preconditionFailure("out of memory: \(wanted) bytes")
    }
    base = grown.assumingMemoryBound(to: UInt8.self)
    capacity = wanted
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    base.unsafelyUnwrapped[count] = byte
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    reserve(bytes.count)
    (base.unsafelyUnwrapped + count).update(from: source, count: bytes.count)
    count &+= bytes.count
  }

  /// Drops what was appended after a mark.
  mutating func truncate(to mark: Int) { count = min(count, max(0, mark)) }

  /// Drops the first bytes; the rest moves to the front.
  mutating func removeFirst(_ dropped: Int) {
    guard let base, dropped > 0, dropped <= count else { return }
    memmove(base, base + dropped, count - dropped)
    count -= dropped
  }

  /// Takes a range out; what follows moves up.
  mutating func remove(_ range: Range<Int>) {
    guard let base, range.lowerBound >= 0, range.upperBound <= count, !range.isEmpty else { return }
    memmove(base + range.lowerBound, base + range.upperBound, count - range.upperBound)
    count -= range.count
  }

  /// The bytes of a range, cut to what exists.
  @inline(__always)
  func bytes(at offset: Int, count length: Int) -> UnsafeBufferPointer<UInt8> {
    guard let base, offset >= 0, length > 0, offset <= count, length <= count &- offset else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: base + offset, count: length)
  }
}
