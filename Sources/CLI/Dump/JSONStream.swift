import XLSX

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes JSON to a file descriptor as it comes, through one buffer.
///
/// Only the tokens are written; that they make a valid document is the caller's concern.
struct JSONStream: ~Copyable {
  /// What is held back before the first byte goes out, so that an input that turns out to be damaged early leaves no half
  /// of a document behind.
  private static let bufferSize = 1 << 20

  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Appends a piece of JSON as it is.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { buffer.append(contentsOf: $0) }
  }

  mutating func raw(_ bytes: [UInt8]) { buffer.append(contentsOf: bytes) }

  mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { string($0) }
  }

  /// Appends a string of UTF-8 bytes in quotes.
  mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) {
    buffer.append(UInt8(ascii: "\""))
    var start = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F else {
        continue
      }
      buffer.append(contentsOf: bytes[start..<index])
      start = index + 1
      escape(byte)
    }
    buffer.append(contentsOf: bytes[start...])
    buffer.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    default:
      raw("\\u00")
      let digits: StaticString = "0123456789abcdef"
      buffer.append(digits.utf8Start[Int(byte >> 4)])
      buffer.append(digits.utf8Start[Int(byte & 15)])
    }
  }

  /// Appends a number in the shortest form that reads back the same; whole ones without a fraction.
  mutating func number(_ number: Double) {
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
      self.number(whole)
    } else if number.isFinite {
      buffer.append(contentsOf: number.description.utf8)
    } else {
      raw("null")
    }
  }

  mutating func number(_ number: Int) {
    var magnitude = number.magnitude
    if number < 0 { buffer.append(UInt8(ascii: "-")) }
    let start = buffer.count
    repeat {
      buffer.append(UInt8(ascii: "0") + UInt8(magnitude % 10))
      magnitude /= 10
    } while magnitude > 0
    buffer[start...].reverse()
  }

  /// What has gathered and not been written out.
  var bytes: [UInt8] { buffer }

  /// Writes out what has gathered, if it is much.
  mutating func flushIfFull() throws {
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes out what has gathered.
  mutating func flush() throws {
    var written = 0
    try buffer.withUnsafeBytes { bytes in
      while written < bytes.count {
        let count = write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          throw XLSXError(
            .fileAccess, "The output cannot be written.", cause: String(cString: strerror(errno)))
        }
        written += count
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
