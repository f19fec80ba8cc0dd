#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Paths as texts, whatever bytes they are made of. On a disk a name is bytes; in China many are GBK, which no `String` holds.
///
/// A byte that is no part of UTF-8 stands as a private character of its own (U+10FF80 to U+10FFFF) and becomes that byte
/// again when the path goes to the system, so that a path can be passed on as a text, cut at its strokes and lengthened.
package enum DiskPath {
  private static let first: UInt32 = 0x10_FF00
  private static let escapes: ClosedRange<UInt32> = 0x10_FF80...0x10_FFFF

  /// The text for a path's or a name's bytes.
  package static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self), isPlain(text) { return text }
    var text = ""
    var position = 0
    while position < bytes.count {
      if let (scalar, count) = scalar(bytes, at: position) {
        text.unicodeScalars.append(scalar)
        position += count
      } else {
        Unicode.Scalar(first + UInt32(bytes[position])).map { text.unicodeScalars.append($0) }
        position += 1
      }
    }
    return text
  }

  package static func text(cString: UnsafePointer<CChar>) -> String {
    let count = strlen(cString)
    return cString.withMemoryRebound(to: UInt8.self, capacity: count) {
      text(UnsafeBufferPointer(start: $0, count: count))
    }
  }

  /// Whether a path is the text that its bytes are.
  package static func isPlain(_ path: String) -> Bool {
    !path.utf8.contains(0xF4) || !path.unicodeScalars.contains { escapes.contains($0.value) }
  }

  /// The bytes that a path stands for.
  package static func bytes(_ path: String) -> [UInt8] {
    if isPlain(path) { return Array(path.utf8) }
    var bytes: [UInt8] = []
    for scalar in path.unicodeScalars {
      if escapes.contains(scalar.value) {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes.append(contentsOf: String(scalar).utf8)
      }
    }
    return bytes
  }

  /// Calls a closure with the path as the system takes it.
  package static func with<Result>(_ path: String, _ body: (UnsafePointer<CChar>) throws -> Result) rethrows
    -> Result
  {
    if isPlain(path) { return try path.withCString(body) }
    return try (bytes(path).map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return try path.withCString(body) }
      return try body(base)
    }
  }

  /// One character of UTF-8; `nil` where there is none, or one that stands for a byte.
  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (Unicode.Scalar, Int)?
  {
    for count in 1...min(4, bytes.count - position) {
      let piece = UnsafeBufferPointer(rebasing: bytes[position..<(position + count)])
      guard let text = String(validating: piece, as: UTF8.self), let scalar = text.unicodeScalars.first else {
        continue
      }
      return escapes.contains(scalar.value) ? nil : (scalar, count)
    }
    return nil
  }
}
