/// Makes a deflate stream (RFC 1951) out of pieces that were deflated each by itself.
///
/// libdeflate deflates whole buffers only: every result is a stream of its own that ends in a final block and is padded
/// to a byte. When a result is one block, its very first bit says "final": cleared, it does not. Where the block ends
/// inside its last byte follows from the code of its end-of-block symbol, which the block's header tells. An empty
/// stored block brings the stream back to a byte boundary, and the next piece can follow.
enum DeflateBlock {
  /// A final, empty, stored block: what closes a stream of pieces.
  static let end: [UInt8] = [0x01, 0x00, 0x00, 0xFF, 0xFF]

  /// Turns a complete one-block stream into a piece after which another can follow.
  ///
  /// - Parameter bytes: The stream, with at least five bytes of room behind it.
  /// - Returns: The length of the piece; `nil` if the stream cannot be continued because it has several blocks, or
  ///   because its end cannot be told. The bytes are unchanged then.
  static func makeContinuable(_ bytes: UnsafeMutableRawBufferPointer, count: Int) -> Int? {
    guard count > 0, count + 5 <= bytes.count, bytes[0] & 1 == 1 else { return nil }
    let stream = UnsafeRawBufferPointer(rebasing: bytes[..<count])
    switch bytes[0] >> 1 & 3 {
    case 0:
      // A stored block ends at a byte boundary.
      bytes[0] &= 0xFE
      return count
    case 2:
      guard let padding = endPadding(of: stream) else { return nil }
      bytes[0] &= 0xFE
      var length = count
      // The three bits of the empty block's header are zero, as the padding is.
      if padding < 3 {
        bytes[length] = 0
        length += 1
      }
      for byte in [0x00, 0x00, 0xFF, 0xFF] as [UInt8] {
        bytes[length] = byte
        length += 1
      }
      return length
    default:
      // The fixed code's end-of-block symbol is all zeros and cannot be told from padding.
      return nil
    }
  }

  /// How many bits of padding follow the end-of-block symbol of a single block with dynamic codes.
  ///
  /// A code that is not all zeros can stand at one place only: two places would make it periodic with zeros at its end.
  private static func endPadding(of stream: UnsafeRawBufferPointer) -> Int? {
    guard let (code, length) = endOfBlockCode(of: stream), code != 0 else { return nil }
    let total = stream.count * 8
    for padding in 0...7 where total - padding - length > 0 {
      let start = total - padding - length
      let fits = (0..<length).allSatisfy { place in
        bit(start + place, of: stream) == Int(code >> UInt32(length - 1 - place) & 1)
      }
      if fits && (total - padding..<total).allSatisfy({ bit($0, of: stream) == 0 }) { return padding }
    }
    return nil
  }

  private static func bit(_ place: Int, of stream: UnsafeRawBufferPointer) -> Int {
    Int(stream[place >> 3] >> UInt8(place & 7)) & 1
  }

  /// The code of symbol 256 from the block's header (RFC 1951, 3.2.7).
  private static func endOfBlockCode(of stream: UnsafeRawBufferPointer) -> (code: UInt32, length: Int)? {
    var bits = BitReader(stream)
    bits.skip(3)
    guard let literals = bits.read(5), bits.read(5) != nil, let lengths = bits.read(4) else { return nil }
    var lengthLengths = [Int](repeating: 0, count: 19)
    for place in 0..<lengths + 4 {
      guard let length = bits.read(3) else { return nil }
      lengthLengths[lengthOrder[place]] = length
    }
    guard let codes = CanonicalCode(lengthLengths) else { return nil }
    var symbols: [Int] = []
    symbols.reserveCapacity(literals + 257)
    while symbols.count < literals + 257 {
      guard let symbol = codes.read(from: &bits) else { return nil }
      switch symbol {
      case 0...15: symbols.append(symbol)
      case 16:
        guard let previous = symbols.last, let more = bits.read(2) else { return nil }
        symbols.append(contentsOf: repeatElement(previous, count: more + 3))
      case 17:
        guard let more = bits.read(3) else { return nil }
        symbols.append(contentsOf: repeatElement(0, count: more + 3))
      default:
        guard let more = bits.read(7) else { return nil }
        symbols.append(contentsOf: repeatElement(0, count: more + 11))
      }
    }
    // Lengths of distance codes may have been read along with the last run.
    return CanonicalCode(Array(symbols.prefix(literals + 257)))?.code(of: 256)
  }

  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
}

/// Reads bits from the least significant on; `nil` behind the end.
private struct BitReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func skip(_ count: Int) { place += count }

  mutating func read(_ count: Int) -> Int? {
    var value = 0
    for offset in 0..<count {
      guard place >> 3 < bytes.count else { return nil }
      value |= (Int(bytes[place >> 3] >> UInt8(place & 7)) & 1) << offset
      place += 1
    }
    return value
  }
}

/// A Huffman code given by the lengths of its words (RFC 1951, 3.2.2).
private struct CanonicalCode {
  private let lengths: [Int]
  /// The first code word of each length, and how many there are.
  private var first = [UInt32](repeating: 0, count: 17)
  private var counts = [Int](repeating: 0, count: 17)

  init?(_ lengths: [Int]) {
    self.lengths = lengths
    for length in lengths {
      guard 0...15 ~= length else { return nil }
      counts[length] += 1
    }
    counts[0] = 0
    var code: UInt32 = 0
    for length in 1...15 {
      code = (code &+ UInt32(truncatingIfNeeded: counts[length - 1])) << 1
      first[length] = code
    }
  }

  func code(of symbol: Int) -> (code: UInt32, length: Int)? {
    guard lengths.indices.contains(symbol), lengths[symbol] > 0 else { return nil }
    let length = lengths[symbol]
    let before = lengths[..<symbol].count { $0 == length }
    return (first[length] &+ UInt32(truncatingIfNeeded: before), length)
  }

  /// The next symbol. The codes read with this are few and short.
  func read(from bits: inout BitReader) -> Int? {
    var code: UInt32 = 0
    for length in 1...15 {
      guard let bit = bits.read(1) else { return nil }
      code = code << 1 | UInt32(truncatingIfNeeded: bit)
      let offset = Int(code) - Int(first[length])
      if offset >= 0 && offset < counts[length] {
        var remaining = offset
        for (symbol, other) in lengths.enumerated() where other == length {
          if remaining == 0 { return symbol }
          remaining -= 1
        }
      }
    }
    return nil
  }
}
