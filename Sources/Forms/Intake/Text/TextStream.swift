import Foundation
import XLSX

/// A text file of any length, read from front to back as UTF-8 whatever its character set.
final class TextStream {
  private let descriptor: Int32
  private let charset: TextDecoding.Charset
  /// Bytes read that wait for the rest of a character.
  private var pending: [UInt8] = []
  private var ready: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// - Parameter skipped: How many bytes at the start are no part of the text.
  /// - Throws: ``IntakeProblem`` if the file cannot be opened.
  init(path: String, charset: TextDecoding.Charset, skipped: Int) throws(IntakeProblem) {
    self.charset = charset
    descriptor = DiskPath.with(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0, lseek(descriptor, off_t(skipped), SEEK_SET) >= 0 else {
      throw IntakeProblem(zh: "无法打开文件，请检查权限", en: "the file cannot be opened")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fills a buffer with the next bytes.
  ///
  /// - Returns: How many; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if charset == .utf8 { return try readBytes(into: buffer) }
    while position == ready.count {
      if isAtEnd { return 0 }
      try refill()
    }
    let count = min(buffer.count, ready.count - position)
    buffer.copyBytes(from: ready[position..<(position + count)])
    position += count
    return count
  }

  private func refill() throws {
    let chunk = try [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
      count = try readBytes(into: UnsafeMutableRawBufferPointer(buffer))
    }
    isAtEnd = chunk.isEmpty
    pending += chunk
    let whole = isAtEnd ? pending.count : wholeCharacters
    let bytes = pending[..<whole]
    position = 0
    ready =
      switch charset {
      case .utf8: Array(bytes)
      case .gb18030: Array(GB18030.decodeRepairing(bytes).utf8)
      case .utf16LittleEndian, .utf16BigEndian:
        TextDecoding.utf8(ofUTF16: bytes, isLittleEndian: charset == .utf16LittleEndian)
      }
    pending.removeFirst(whole)
  }

  /// How many of the pending bytes surely end with a whole character.
  private var wholeCharacters: Int {
    if charset == .gb18030 {
      // Below the digits no byte is part of a longer character. A megabyte without one is no table.
      return pending.lastIndex { $0 < 0x30 }.map { $0 + 1 } ?? pending.count
    }
    var count = pending.count & ~1
    if count >= 2 {
      // The first half of a character waits for the second.
      let high = charset == .utf16LittleEndian ? pending[count - 1] : pending[count - 2]
      if 0xD8...0xDB ~= high { count -= 2 }
    }
    return count
  }

  private func readBytes(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw IntakeProblem(zh: "无法读取", en: "it cannot be read") }
    }
  }
}
