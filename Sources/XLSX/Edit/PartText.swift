/// The encodings of parts that are to be changed: they are written back as UTF-8.
enum PartText {
  /// A part's bytes as UTF-8 without a byte order mark, the XML declaration changed to say so where it said otherwise.
  ///
  /// - Throws: ``XLSXError/Code/malformedPart`` for an encoding other than UTF-8 and UTF-16.
  static func utf8(_ bytes: [UInt8], part: String) throws -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0x3C, 0x00]) {
      return declaredAsUTF8(units(bytes, littleEndian: true))
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0x00, 0x3C]) {
      return declaredAsUTF8(units(bytes, littleEndian: false))
    }
    guard let name = declaredEncoding(bytes)?.lowercased(),
      !["utf-8", "utf8", "us-ascii", "ascii"].contains(name)
    else {
      return bytes
    }
    throw XLSXError(
      .malformedPart,
      "A part of the workbook is written in the encoding \(name), which cannot be edited; save it again in Excel or WPS.",
      part: part)
  }

  private static func units(_ bytes: [UInt8], littleEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(littleEndian ? second << 8 | first : first << 8 | second)
    }
    if units.first == 0xFEFF { units.removeFirst() }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static func declaration(_ bytes: [UInt8]) -> MarkupScanner.Token? {
    var scanner = MarkupScanner(Array(bytes.prefix(512)))
    guard let token = scanner.next(), token.kind == .other, bytes.starts(with: "<?xml".utf8) else {
      return nil
    }
    return token
  }

  /// Where the name of the encoding stands in the XML declaration.
  private static func encodingRange(_ bytes: [UInt8]) -> Range<Int>? {
    guard let token = declaration(bytes) else { return nil }
    let key = Array("encoding".utf8)
    var at = token.range.lowerBound
    while at + key.count < token.range.upperBound {
      if bytes[at..<(at + key.count)].elementsEqual(key),
        let open = bytes[at..<token.range.upperBound].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
        let close = bytes[(open + 1)..<token.range.upperBound].firstIndex(of: bytes[open])
      {
        return (open + 1)..<close
      }
      at += 1
    }
    return nil
  }

  private static func declaredEncoding(_ bytes: [UInt8]) -> String? {
    encodingRange(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  private static func declaredAsUTF8(_ bytes: [UInt8]) -> [UInt8] {
    guard let range = encodingRange(bytes) else { return bytes }
    return Array(bytes[..<range.lowerBound]) + Array("UTF-8".utf8) + Array(bytes[range.upperBound...])
  }
}
