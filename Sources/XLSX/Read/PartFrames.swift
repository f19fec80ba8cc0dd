#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What stands before and after the many plain records of parts that have been read, and what libxml2 made of it.
///
/// The scanners' records say nothing about the bytes around them, and libxml2 does not see the records: so two parts with
/// the same frame have the same surroundings, whatever their rows are.
struct PartFrames<Value> {
  private struct Frame {
    var head: [UInt8]
    var tail: [UInt8]
    var value: Value
  }

  /// The start tag at which the head ends.
  let tag: StaticString
  /// Whether the tag itself belongs to the head.
  let endsAfterTag: Bool
  private var frames: [Int: [Frame]] = [:]
  private var count = 0
  private var seen: Set<Int> = []

  /// Frames that are kept, and their largest size.
  private static var capacity: Int { 256 }
  private static var largestFrame: Int { 32 << 10 }

  init(tag: StaticString, endsAfterTag: Bool) {
    self.tag = tag
    self.endsAfterTag = endsAfterTag
  }

  /// Reads the records of a part in a known frame.
  ///
  /// - Parameters:
  ///   - content: The part, zero bytes behind it (``ScanBuffer``).
  ///   - scan: Reads the records from a position on and moves it behind them; `false` if it cannot.
  /// - Returns: What is known of the frame; `nil` for an unknown frame or if the records cannot be read.
  func known(
    _ content: UnsafeRawBufferPointer, scan: (ScanBuffer, inout UnsafePointer<UInt8>) -> Bool
  ) -> Value? {
    guard let end = headEnd(content), let tailStart = Self.scanned(content, from: end, scan) else {
      return nil
    }
    let tail = content[tailStart...]
    return frames[Self.hash(end, tail.count)]?.first { frame in
      frame.head.withUnsafeBytes { $0[...].isSame(as: content[..<end]) }
        && frame.tail.withUnsafeBytes { $0[...].isSame(as: tail) }
    }?.value
  }

  /// Keeps the frame of a part that libxml2 has read and found sound, when it comes for the second time: most frames of
  /// strange files never do.
  ///
  /// - Parameter value: What libxml2 made of the frame; `nil` if it did not leave all records to the scanner.
  /// - Returns: `false` if the frame is not kept.
  mutating func learn(
    _ content: UnsafeRawBufferPointer, value: () -> Value?,
    scan: (ScanBuffer, inout UnsafePointer<UInt8>) -> Bool
  ) -> Bool {
    var prolog = PlainProlog(tag: tag)
    guard case .found(let start, let after) = prolog.look(at: content) else { return false }
    let end = endsAfterTag ? after : start
    guard headEnd(content) == end, let tailStart = Self.scanned(content, from: end, scan) else {
      return false
    }
    if known(content, scan: scan) != nil { return true }
    guard end + content.count - tailStart <= Self.largestFrame else { return false }
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: content[..<end]))
    hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: content[tailStart...]))
    if seen.count >= 4_096 { seen = [] }
    guard !seen.insert(hasher.finalize()).inserted, let value = value() else { return false }
    if count >= Self.capacity { (frames, count) = ([:], 0) }
    let frame = Frame(head: Array(content[..<end]), tail: Array(content[tailStart...]), value: value)
    frames[Self.hash(end, frame.tail.count), default: []].append(frame)
    count += 1
    return true
  }

  /// Where the first such tag begins or ends. Whether it really is one, the comparison with a known head tells.
  private func headEnd(_ content: UnsafeRawBufferPointer) -> Int? {
    guard let base = content.baseAddress else { return nil }
    var start = 0
    while let found = memchr(base + start, Int32(UInt8(ascii: "<")), content.count - start) {
      start = UnsafeRawPointer(found) - base
      // Zero bytes follow the content, so that the comparison ends inside what may be read.
      if memcmp(found, tag.utf8Start, tag.utf8CodeUnitCount) == 0 {
        guard endsAfterTag else { return start }
        return content[start...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
      }
      start += 1
    }
    return nil
  }

  /// Where the records from a position on end; `nil` if they cannot be read.
  private static func scanned(
    _ content: UnsafeRawBufferPointer, from start: Int,
    _ scan: (ScanBuffer, inout UnsafePointer<UInt8>) -> Bool
  ) -> Int? {
    guard let base = content.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    var position = base + start
    let buffer = ScanBuffer(start: position, end: base + content.count, isLast: true)
    guard scan(buffer, &position), position <= base + content.count else { return nil }
    return position - base
  }

  private static func hash(_ head: Int, _ tail: Int) -> Int { head &* 31 &+ tail }
}

extension Slice where Base == UnsafeRawBufferPointer {
  /// Whether two stretches hold the same bytes.
  func isSame(as other: Self) -> Bool {
    guard count == other.count else { return false }
    let own = UnsafeRawBufferPointer(rebasing: self)
    let others = UnsafeRawBufferPointer(rebasing: other)
    guard let a = own.baseAddress, let b = others.baseAddress else { return true }
    return memcmp(a, b, own.count) == 0
  }
}
