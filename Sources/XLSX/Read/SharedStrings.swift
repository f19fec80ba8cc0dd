/// The texts that cells share (ECMA-376 Part 1, 18.4): one run of bytes and where each text begins, so that a million
/// texts are two blocks of memory. A `String` is made when one is asked for.
final class SharedStrings {
  /// All texts one after the other, UTF-8.
  private var text = ByteArena()
  /// Where each text ends, as `UInt32`.
  private var ends: [UInt32] = []
  /// The items that have fonts of their own, by index.
  private var richTexts: [Int: RichText] = [:]

  /// Whether the scanner has read every item.
  var isPlain = false

  init() {}

  var count: Int { ends.count }

  /// The bytes of a text, valid while this object lives; empty for an index without one.
  @inline(__always)
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    guard ends.indices.contains(index) else { return UnsafeBufferPointer(start: nil, count: 0) }
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return text.bytes(at: start, count: Int(ends[index]) - start)
  }

  func string(_ index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }

  /// The item as a cell's value: plain text, or rich text if its runs have fonts.
  func value(_ index: Int) -> CellValue {
    if !richTexts.isEmpty, let rich = richTexts[index] { return .richText(rich) }
    return .text(string(index))
  }

  /// The item's runs, if they have fonts.
  func richText(_ index: Int) -> RichText? { richTexts.isEmpty ? nil : richTexts[index] }

  /// Adds an item.
  func append(_ item: RichText) {
    if item.hasFonts { richTexts[ends.count] = item }
    for run in item.runs {
      var run = run.text
      run.withUTF8 { text.append($0) }
    }
    ends.append(UInt32(truncatingIfNeeded: text.count))
  }

  /// Lets a scanner append texts, and for each item where all texts end.
  func withStorage<Result>(_ body: (inout ByteArena, inout [UInt32]) throws -> Result) rethrows -> Result {
    try body(&text, &ends)
  }
}
