import XLSX

/// Tells what a file is by its bytes, never by its name.
enum FileSniffer {
  /// What the bytes of a whole file are. A file that is cut short is what it would have been, as far as that shows.
  static func format(of bytes: [UInt8], limits: IntakeLimits = .default) -> FileFormat {
    if bytes.isEmpty { return .empty }
    if starts(bytes, with: [0x50, 0x4B, 3, 4]) || starts(bytes, with: [0x50, 0x4B, 5, 6]) {
      return zipFormat(bytes, limits: limits)
    }
    if starts(bytes, with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return compoundFormat(bytes) }
    if isBareWorkbook(bytes) { return .xls }
    if starts(bytes, with: Array("Rar!".utf8)) { return .rar }
    if starts(bytes, with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .sevenZip }
    if isTar(bytes) { return .tar }
    if isImage(bytes) { return .image }
    if isPDF(bytes) { return .pdf }
    if let format = ForeignFormat.media(bytes) { return format }
    return textFormat(bytes)
  }

  private static func zipFormat(_ bytes: [UInt8], limits: IntakeLimits) -> FileFormat {
    guard let directory = ZipDirectory(bytes, limit: 10_000) else { return cutShortFormat(bytes) }
    if let types = content("[Content_Types].xml", directory, bytes, limits) {
      // Word and the spreadsheet programs name their main part's type; parts inside a document have other ones.
      let types = types[...]
      for (type, format) in mainTypes where types.firstRange(of: type) != nil { return format }
    }
    if let type = content("mimetype", directory, bytes, limits) {
      let text = String(decoding: type, as: UTF8.self)
      if text.contains("application/vnd.oasis.opendocument.spreadsheet") { return .ods }
      if let format = ForeignFormat.package(mimetype: text) { return format }
    }
    if isOpenDocumentSpreadsheet(directory, bytes, limits) { return .ods }
    if directory.contains(prefix: "xl/workbook.bin") { return .xlsb }
    if directory.contains(prefix: "xl/workbook") { return .xlsx }
    if directory.contains(prefix: "word/document") { return .docx }
    return ForeignFormat.package(directory) ?? .zip
  }

  /// A spreadsheet whose packer left the `mimetype` out: its manifest tells, or else what its content holds.
  private static func isOpenDocumentSpreadsheet(
    _ directory: ZipDirectory, _ bytes: [UInt8], _ limits: IntakeLimits
  ) -> Bool {
    guard directory.entries.contains(where: { isNamed($0, "content.xml") }) else { return false }
    for entry in directory.entries {
      let mark: String
      if isNamed(entry, "meta-inf/manifest.xml") {
        mark = "application/vnd.oasis.opendocument.spreadsheet"
      } else if isNamed(entry, "content.xml") {
        mark = "office:spreadsheet"
      } else {
        continue
      }
      let inflater = ZipInflater(limits: limits)
      if let content = try? inflater.content(of: entry, in: bytes),
        content[...].firstRange(of: Array(mark.utf8)) != nil
      {
        return true
      }
    }
    return false
  }

  /// Whether an entry has a name, in whatever case and with whatever before it that means the root.
  private static func isNamed(_ entry: ZipDirectory.Entry, _ name: String) -> Bool {
    var raw = entry.rawName.map { $0 == 0x5C ? UInt8(ascii: "/") : 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }[...]
    while raw.starts(with: "./".utf8) { raw.removeFirst(2) }
    while raw.first == UInt8(ascii: "/") { raw.removeFirst() }
    return raw.elementsEqual(name.utf8)
  }

  /// Content types of main parts, transitional and Strict alike (ECMA-376 Part 1, 12.3.23; [MS-XLSX] 2.1).
  private static let mainTypes: [(type: [UInt8], format: FileFormat)] = mainTypeNames.map {
    (Array($0.utf8), $1)
  }
  private static let mainTypeNames: KeyValuePairs<String, FileFormat> = [
    "spreadsheetml.sheet.main+xml": .xlsx, "ms-excel.sheet.macroEnabled.main+xml": .xlsm,
    "spreadsheetml.template.main+xml": .xltx, "ms-excel.template.macroEnabled.main+xml": .xlsm,
    "ms-excel.sheet.binary.macroEnabled.main": .xlsb,
    "wordprocessingml.document.main+xml": .docx, "ms-word.document.macroEnabled.main+xml": .docx,
    "wordprocessingml.template.main+xml": .docx, "ms-word.template.macroEnabledTemplate.main+xml": .docx,
  ]

  private static func content(
    _ name: String, _ directory: ZipDirectory, _ bytes: [UInt8], _ limits: IntakeLimits
  ) -> [UInt8]? {
    guard let entry = directory.entry(named: name), entry.size <= 1 << 20 else { return nil }
    let inflater = ZipInflater(limits: limits)
    return try? inflater.content(of: entry, in: bytes)
  }

  /// A zip archive without its end: the names of its first entries still tell what it was.
  private static func cutShortFormat(_ bytes: [UInt8]) -> FileFormat {
    let start = bytes.prefix(4_096)
    if start.firstRange(of: Array("mimetypeapplication/vnd.oasis".utf8)) != nil { return .ods }
    if start.firstRange(of: Array("word/".utf8)) != nil { return .docx }
    for name in ["[Content_Types].xml", "xl/", "docProps/"]
    where start.firstRange(of: Array(name.utf8)) != nil {
      return .xlsx
    }
    return .zip
  }

  /// An OLE2 compound file by the streams it has ([MS-CFB] 2.6: directory entries of 128 bytes on 128-byte boundaries).
  private static func compoundFormat(_ bytes: [UInt8]) -> FileFormat {
    var found: Set<String> = []
    var offset = 512
    while offset + 128 <= bytes.count {
      let length = Int(bytes[offset + 64]) | Int(bytes[offset + 65]) << 8
      // The name's length counts its terminator; what is longer than the longest name here is of no interest.
      if 4...40 ~= length, length % 2 == 0, bytes[offset + length - 2] == 0, bytes[offset + length - 1] == 0,
        let name = asciiName(bytes[offset..<(offset + length - 2)])
      {
        found.insert(name)
      }
      offset += 128
    }
    // A Word document may hold a workbook as an object, and the other way round: what the root has comes first. A file
    // cut short may have lost its root's tree.
    let root = CompoundFile(bytes)?.streamNames ?? []
    return kind(root) ?? ForeignFormat.compound(root) ?? kind(found) ?? ForeignFormat.compound(found)
      ?? .unknown
  }

  /// Names of streams differ in case between programs.
  private static func kind(_ streams: Set<String>) -> FileFormat? {
    let names = Set(streams.map { $0.lowercased() })
    if names.contains("encryptedpackage") { return .encrypted }
    if names.contains("workbook") || names.contains("book") { return .xls }
    return names.contains("worddocument") ? .doc : nil
  }

  private static func asciiName(_ bytes: ArraySlice<UInt8>) -> String? {
    var name = ""
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      guard bytes[index + 1] == 0, 0x20...0x7E ~= bytes[index] else { return nil }
      name.unicodeScalars.append(Unicode.Scalar(bytes[index]))
      index += 2
    }
    return name
  }

  /// Excel 2 to 5 wrote their records without a compound file around them.
  private static func isBareWorkbook(_ bytes: [UInt8]) -> Bool {
    bytes.count > 8 && bytes[0] == 9 && [0, 2, 4, 8].contains(bytes[1]) && [4, 6, 8, 16].contains(bytes[2])
      && bytes[3] == 0
  }

  /// A tar archive, as it is or packed by gzip, bzip2 or xz, as desktops on Linux write it.
  private static func isTar(_ bytes: [UInt8]) -> Bool {
    bytes.dropFirst(257).starts(with: "ustar".utf8) || starts(bytes, with: [0x1F, 0x8B, 8])
      || starts(bytes, with: Array("BZh".utf8)) || starts(bytes, with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])
  }

  static func isImage(_ bytes: [UInt8]) -> Bool {
    for magic: [UInt8] in [
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF], Array("GIF87a".utf8),
      Array("GIF89a".utf8),
      [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A], [0, 0, 1, 0, 1, 0],
    ] where starts(bytes, with: magic) {
      return true
    }
    if starts(bytes, with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
      return true
    }
    // A bitmap's header repeats no magic, but its reserved bytes are 0 and its header size is small.
    if starts(bytes, with: Array("BM".utf8)), bytes.count > 30, bytes[6..<10].allSatisfy({ $0 == 0 }) {
      return true
    }
    guard bytes.count > 12, bytes[4..<8].elementsEqual("ftyp".utf8) else { return false }
    return ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif"].contains(
      String(decoding: bytes[8..<12], as: UTF8.self))
  }

  /// Readers accept a PDF whose header is not quite at the start.
  private static func isPDF(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(1_024).firstRange(of: Array("%PDF-".utf8)) != nil
  }

  private static func textFormat(_ bytes: [UInt8]) -> FileFormat {
    switch MarkupSignature(bytes) {
    case .spreadsheetML: return .xml2003
    case .openDocument: return .ods
    case nil: break
    }
    guard let (charset, markLength) = TextDecoding.charset(of: bytes[...]) else { return .unknown }
    var start = Array(bytes.dropFirst(markLength).prefix(4_096))
    if charset == .utf16LittleEndian || charset == .utf16BigEndian { start.removeAll { $0 == 0 } }
    guard start.first(where: { !(0x09...0x0D ~= $0 || $0 == 0x20) }) == UInt8(ascii: "<") else { return .csv }
    let text = start.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    for word in ["<html", "<table", "<!doctype html", "<body", "<head"]
    where text.firstRange(of: Array(word.utf8)) != nil {
      return .html
    }
    return .unknown
  }

  private static func starts(_ bytes: [UInt8], with magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// Where a run of bytes first occurs.
  fileprivate func firstRange(of other: [UInt8]) -> Range<Int>? {
    guard let first = other.first, count >= other.count else { return nil }
    var index = startIndex
    while index <= endIndex - other.count {
      if self[index] == first, self[index..<(index + other.count)].elementsEqual(other) {
        return index..<(index + other.count)
      }
      index += 1
    }
    return nil
  }
}
