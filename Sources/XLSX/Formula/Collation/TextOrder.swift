/// The order of texts in Excel: without regard to case; punctuation before digits, digits before letters, letters before
/// Chinese characters, and these by their readings.
///
/// What Excel does is Windows' collation for its language; this follows the Chinese one, where approximate look-ups in lists of
/// Chinese names succeed only if 博爱 comes before 沁阳. Accents are told apart, not put beside their letters.
enum TextOrder {
  /// Negative, zero or positive.
  ///
  /// - Complexity: O(length)
  static func compare(_ a: String, _ b: String) -> Int {
    if a == b { return 0 }
    let (x, y) = (a.lowercased(), b.lowercased())
    if x == y { return 0 }
    var (left, right) = (x.unicodeScalars.makeIterator(), y.unicodeScalars.makeIterator())
    while let first = left.next() {
      guard let second = right.next() else { return 1 }
      if first == second { continue }
      let (own, other) = (weight(first), weight(second))
      if own != other { return own < other ? -1 : 1 }
    }
    return right.next() == nil ? 0 : -1
  }

  /// A character's place: its kind above, its place among those of its kind below.
  private static func weight(_ scalar: Unicode.Scalar) -> UInt64 {
    let value = scalar.value
    func place(_ kind: UInt64, _ rank: UInt32) -> UInt64 { kind << 32 | UInt64(rank) }
    switch value {
    case 0x30...0x39: return place(2, value)
    case 0x61...0x7A: return place(3, value)
    case 0..<0x80: return place(value == 0x20 ? 0 : 1, value)
    case 0x4E00...0x9FFF:
      return PinyinOrder.rank(of: scalar).map { place(5, $0) } ?? place(6, value)
    default:
      return place(scalar.properties.isAlphabetic ? (value < 0x2E80 ? 4 : 6) : 1, value)
    }
  }
}
