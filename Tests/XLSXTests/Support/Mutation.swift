@testable import XLSX

/// Reproducible damage to a part's bytes: what a fuzzer does, in numbers that a test can afford.
struct Mutation {
  private var generator: SeededGenerator
  /// Pieces that are put in: markup out of place, and what only libxml2 reads.
  static let pieces: [String] = [
    "<!-- x -->", "<![CDATA[1]]>", "<?p?>", "&amp;", "&#0;", "&#x4E2D;", "&nope;", "<c/>",
    "<c r=\"C3\"><v>7</v></c>", "<row>",
    "</row>", "</c>", "<v>1</v>", "<is><t>x</t></is>", "<f t=\"shared\" si=\"0\"/>", " ", "\r\n", "]]>",
    "\u{0}", "é", "<x:y/>",
    "<t>", "</t>", " r=\"B2\"", " t=\"s\"", " s=\"1\"", "'", "\"", ">", "<", "/",
  ]
  /// What numbers are replaced by.
  static let numbers: [String] = [
    "-1", "0", "1048577", "16385", "2147483648", "99999999999999999999", "1e308", "NaN", "", "0x1", " 3 ",
    "1.5",
  ]

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A text with one to three changes.
  mutating func apply(to text: [UInt8]) -> [UInt8] {
    var bytes = text
    for _ in 0...Int.random(in: 0...2, using: &generator) {
      guard !bytes.isEmpty else { return bytes }
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1:
        bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...30, using: &generator)))
      case 2: bytes.removeSubrange(place...)
      case 3...6:
        // Between two tags, where a piece has a chance to mean something.
        let gap = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? place
        bytes.insert(contentsOf: Array((Self.pieces.randomElement(using: &generator) ?? "").utf8), at: gap)
      default:
        guard let digit = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) else { continue }
        let end = bytes[digit...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.endIndex
        bytes.replaceSubrange(
          digit..<end, with: Array((Self.numbers.randomElement(using: &generator) ?? "").utf8))
      }
    }
    return bytes
  }
}
