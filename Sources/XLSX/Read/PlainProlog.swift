#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Watches the beginning of a part for whether a byte scanner may take over where the many records begin: UTF-8, and no
/// DOCTYPE, comment, CDATA or processing instruction, inside which the start tag that is looked for might not be one.
struct PlainProlog {
  enum Finding {
    /// The start tag begins at this offset of the bytes looked at, and ends (after its `>`) at that one.
    case found(start: Int, end: Int)
    /// Not yet; this many bytes are done with, the rest must be looked at again with what follows.
    case notYet(done: Int)
    case notPlain
  }

  /// The start tag to look for, `<sheetData`.
  let tag: StaticString
  private var isFirst = true

  init(tag: StaticString) { self.tag = tag }

  /// Looks at the next bytes.
  mutating func look(at bytes: UnsafeRawBufferPointer) -> Finding {
    guard let base = bytes.baseAddress else { return .notYet(done: 0) }
    var start = 0
    if isFirst {
      guard bytes.count >= 64 else { return .notPlain }
      guard let end = Self.declarationEnd(bytes) else { return .notPlain }
      start = end
      isFirst = false
    }
    while let found = memchr(base + start, Int32(UInt8(ascii: "<")), bytes.count - start) {
      let offset = UnsafeRawPointer(found) - base
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      guard rest.count > tag.utf8CodeUnitCount else { return .notYet(done: offset) }
      if rest[1] == UInt8(ascii: "!") || rest[1] == UInt8(ascii: "?") { return .notPlain }
      if memcmp(found, tag.utf8Start, tag.utf8CodeUnitCount) == 0 { return ended(rest, offset) }
      start = offset + 1
    }
    return .notYet(done: bytes.count)
  }

  /// Finds the end of the start tag that begins here.
  private func ended(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Finding {
    guard let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return .notYet(done: offset) }
    // An empty element, or one of a longer name, holds nothing for the scanner.
    let after = bytes[tag.utf8CodeUnitCount]
    guard bytes[end - 1] != UInt8(ascii: "/"), after == UInt8(ascii: ">") || after <= 0x20 else {
      return .notPlain
    }
    return .found(start: offset, end: offset + end + 1)
  }

  /// Where the XML declaration ends, 0 if there is none; `nil` if the part is not in UTF-8.
  private static func declarationEnd(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var start = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    guard bytes[start] == UInt8(ascii: "<") else { return nil }
    guard bytes[start + 1] == UInt8(ascii: "?") else { return bytes[start + 1] == 0 ? nil : start }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + 512)])
    guard rest.starts(with: "<?xml ".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">")) else {
      return nil
    }
    let declaration = String(decoding: rest[...end], as: UTF8.self).lowercased()
    if let range = declaration.firstRange(of: "encoding") {
      let value = declaration[range.upperBound...].split { $0 == "=" || $0 == "\"" || $0 == "'" || $0 == " " }
        .first
      guard value == "utf-8" || value == "utf8" || value == "us-ascii" else { return nil }
    }
    return start + end + 1
  }
}
