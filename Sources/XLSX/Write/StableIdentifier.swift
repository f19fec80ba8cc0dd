/// Identifiers (GUIDs) that files ask for, made from what they stand for: the same content gives the same bytes.
enum StableIdentifier {
  /// `{F5E2A3B0-…}` of a text: version 8 of RFC 9562, whose bits are the maker's own.
  static func guid(_ text: String) -> String {
    let high = hash(text, seed: 0xCBF2_9CE4_8422_2325)
    let low = hash(text, seed: high ^ 0x9E37_79B9_7F4A_7C15)
    let words: [(UInt64, Int)] = [
      (high >> 32, 8), (high >> 16 & 0xFFFF, 4), (high & 0x0FFF | 0x8000, 4),
      (low >> 48 & 0x3FFF | 0x8000, 4), (low & 0xFFFF_FFFF_FFFF, 12),
    ]
    return "{\(words.map { hex($0, digits: $1) }.joined(separator: "-"))}"
  }

  /// FNV-1a, stirred at the end so that texts that differ little differ in every digit.
  private static func hash(_ text: String, seed: UInt64) -> UInt64 {
    var value = text.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    value = (value ^ value >> 31) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 29
  }

  private static func hex(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
