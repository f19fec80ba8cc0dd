/// Little-endian numbers out of bytes that may be cut short anywhere.
package struct ByteReader {
  package let bytes: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }
  package init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  /// A number at an offset from the start; `nil` beyond the end.
  package func uint16(at position: Int) -> Int? { number(at: position, count: 2) }
  package func uint32(at position: Int) -> Int? { number(at: position, count: 4) }
  /// `nil` too for a number above `Int.max`.
  package func uint64(at position: Int) -> Int? {
    guard let low = number(at: position, count: 4), let high = number(at: position &+ 4, count: 4),
      high < 1 << 31
    else {
      return nil
    }
    return high << 32 | low
  }

  /// A stretch of bytes; `nil` beyond the end.
  package func slice(at position: Int, count: Int) -> ArraySlice<UInt8>? {
    guard position >= 0, count >= 0, position <= bytes.count, count <= bytes.count - position else {
      return nil
    }
    let start = bytes.startIndex + position
    return bytes[start..<(start + count)]
  }

  private func number(at position: Int, count: Int) -> Int? {
    guard position >= 0, position <= bytes.count, count <= bytes.count - position else { return nil }
    var result = 0
    for index in stride(from: count - 1, through: 0, by: -1) {
      result = result << 8 | Int(bytes[bytes.startIndex + position + index])
    }
    return result
  }
}
