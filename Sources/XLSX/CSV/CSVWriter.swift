#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes records as CSV (RFC 4180, UTF-8, CR LF) to a file descriptor, through one buffer, or into memory.
struct CSVWriter: ~Copyable {
  private static let bufferSize = 1 << 18

  /// `nil` keeps everything in the buffer.
  private let descriptor: Int32?
  private let delimiter: UInt8
  private var buffer = ByteBuffer(capacity: CSVWriter.bufferSize + (1 << 16))
  /// Fields written in the record so far.
  private var fields = 0

  init(descriptor: Int32?, options: CSVOptions) {
    self.descriptor = descriptor
    delimiter = options.delimiter
    if options.hasByteOrderMark {
      for byte: UInt8 in [0xEF, 0xBB, 0xBF] { buffer.append(byte) }
    }
  }

  /// Leaves fields empty up to a field (from 0) that is then written.
  @inline(__always)
  private mutating func begin(field: Int) {
    // The field before this one has no delimiter behind it yet.
    while fields <= field {
      if fields > 0 { buffer.append(delimiter) }
      fields &+= 1
    }
  }

  @inline(__always)
  mutating func number(_ number: Double, field: Int) {
    begin(field: field)
    buffer.append(number: number)
  }

  @inline(__always)
  mutating func bool(_ bool: Bool, field: Int) {
    begin(field: field)
    if bool { buffer.append("TRUE") } else { buffer.append("FALSE") }
  }

  @inline(__always)
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, field: Int) {
    begin(field: field)
    var needsQuotes = false
    for byte in bytes where byte == UInt8(ascii: "\"") || byte == delimiter || byte == 0x0A || byte == 0x0D {
      needsQuotes = true
      break
    }
    if needsQuotes { quoted(bytes) } else { buffer.append(UnsafeRawBufferPointer(bytes)) }
  }

  private mutating func quoted(_ bytes: UnsafeBufferPointer<UInt8>) {
    buffer.append(UInt8(ascii: "\""))
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { buffer.append(byte) }
      buffer.append(byte)
    }
    buffer.append(UInt8(ascii: "\""))
  }

  /// Ends the record, filled up with empty fields to a width; a record of width 0 is an empty line.
  @inline(__always)
  mutating func endRecord(width: Int) throws {
    if width > 0 { begin(field: width &- 1) }
    buffer.append(0x0D)
    buffer.append(0x0A)
    fields = 0
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Hands everything over to the system.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess`` if the file cannot take it: the disk is full, the reader of a pipe has gone.
  mutating func flush() throws {
    guard let descriptor else { return }
    try buffer.withBytes { bytes throws(XLSXError) in
      var rest = bytes
      while let start = rest.baseAddress, !rest.isEmpty {
        let written = write(descriptor, start, rest.count)
        if written < 0 {
          if errno == EINTR { continue }
          throw XLSXError(.fileAccess, "The text cannot be written.", cause: String(cString: strerror(errno)))
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
    buffer.removeAll()
  }

  /// What was written into memory.
  borrowing func bytes() -> [UInt8] { buffer.array() }
}
