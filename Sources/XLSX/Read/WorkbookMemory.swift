/// What the workbooks that were read before have in common with the next one.
///
/// An office hands out one blank workbook and gets it back a thousand times: every part the same, byte for byte, but the
/// cells, the texts and who saved it when. A memory holds what those parts say. A workbook of the kind is then told by
/// comparing bytes, and only its rows and its shared strings are read, with the byte scanners, by which it reads exactly
/// as libzip and libxml2 would read it:
///
///     let memory = WorkbookMemory(limits: limits)
///     let known = memory.read(bytes)        // nil: open it in the usual way, and then
///     memory.learn(bytes, from: workbook)
///
/// It gives up, and leaves the file to the usual way, wherever a byte is not as expected. What it holds is bounded. Not
/// thread-safe: every worker has its own.
package final class WorkbookMemory {
  /// A part's bytes as they are stored, compressed, and what the directory says about them.
  struct StoredPart {
    /// The entry's position in the archive.
    var entry: Int
    var size: Int
    var checksum: UInt32
    var isDeflated: Bool
    var bytes: [UInt8]
  }

  /// A kind of workbook: its parts' names, and those parts that are the same in all of the kind.
  struct Family {
    /// The lengths and the bytes of all names in the directory.
    var names: [UInt8]
    var fixed: [StoredPart]
    /// Positions of the properties parts in the archive, with their names.
    var properties: [(entry: Int, part: String)]
    /// The sheets that are worksheets, with their positions in the archive.
    var sheets: [(info: SheetInfo, entry: Int)]
    var strings: Int?
    var styles: StyleTable
    var dateSystem: DateSystem
    var definedNames: [DefinedName]
    /// What the caller knows about workbooks of this kind.
    var note: Int
    /// The bytes of the fixed parts, for the limits.
    var fixedSize: Int
  }

  /// Parts larger than this are left to the streaming readers.
  static let largestPart = 1 << 20
  /// Kinds of workbooks that are kept, the latest, and how large their fixed parts may be together.
  static let capacity = 32
  static let largestFixedParts = 256 << 10

  let limits: Limits
  var families: [Family] = []
  /// Kinds that came at least once, by a hash.
  var seen: Set<Int> = []
  /// When properties parts say that a workbook was saved.
  var modified: [(part: StoredPart, time: String?)] = []
  var sheetFrames = PartFrames<SheetParts>(tag: "<sheetData", endsAfterTag: true)
  var stringFrames = PartFrames<Bool>(tag: "<si", endsAfterTag: false)
  var zip = PlainZip()
  var inflater = PlainInflater()

  /// A memory that holds nothing yet.
  package init(limits: Limits = .default) { self.limits = limits }

  /// A workbook of a known kind, read.
  package struct Known {
    /// The worksheets in order; sheets of other kinds have no cells and are left out.
    package var sheets: [(info: SheetInfo, rows: RowCursor)]
    /// How the workbook counts days.
    package var dateSystem: DateSystem
    /// The names that the workbook defines.
    package var definedNames: [DefinedName]
    /// When the package says it was last saved, ISO 8601.
    package var modified: String?
    /// What was noted when the kind was learnt.
    package var note: Int
  }

  /// Reads a workbook of a known kind; `nil` for any other, and for one that is not sound.
  ///
  /// - Complexity: O(size of the sheets and shared strings)
  package func read(_ bytes: [UInt8]) -> Known? {
    guard !families.isEmpty, bytes.count <= limits.fileSize else { return nil }
    return bytes.withUnsafeBytes { bytes in
      guard zip.read(bytes, entryLimit: limits.entryCount), let index = family(of: bytes) else { return nil }
      return read(families[index], in: bytes)
    }
  }

  /// The kind of the archive whose directory has been read.
  private func family(of bytes: UnsafeRawBufferPointer) -> Int? {
    guard let index = families.firstIndex(where: { matches($0, bytes) }) else { return nil }
    // The next one is probably of the same kind.
    if index > 0 { families.insert(families.remove(at: index), at: 0) }
    return 0
  }

  private func matches(_ family: Family, _ bytes: UnsafeRawBufferPointer) -> Bool {
    family.names.withUnsafeBytes { names in
      var position = 0
      for entry in zip.entries {
        let length = entry.name.count
        guard position + 2 + length <= names.count,
          names.loadUnaligned(fromByteOffset: position, as: UInt16.self) == UInt16(length),
          names[(position + 2)..<(position + 2 + length)].isSame(as: bytes[entry.name])
        else { return false }
        position += 2 + length
      }
      return position == names.count && family.fixed.allSatisfy { isSame($0, at: $0.entry, bytes) }
    }
  }

  /// Whether an entry of the archive at hand is, byte for byte, a part that is known.
  private func isSame(_ part: StoredPart, at index: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let entry = zip.entries[index]
    guard entry.checksum == part.checksum, entry.size == part.size, entry.isDeflated == part.isDeflated,
      entry.compressedSize == part.bytes.count, let stored = zip.stored(entry, in: bytes)
    else { return false }
    return part.bytes.withUnsafeBytes { $0[...].isSame(as: stored[...]) }
  }

  private func read(_ family: Family, in bytes: UnsafeRawBufferPointer) -> Known? {
    guard isWithinLimits(family, fileSize: bytes.count) else { return nil }
    var strings = SharedStrings()
    if let index = family.strings {
      guard let content = content(at: index, in: bytes), let read = self.strings(in: content) else {
        return nil
      }
      strings = read
    }
    var known = Known(
      sheets: [], dateSystem: family.dateSystem, definedNames: family.definedNames, note: family.note)
    for sheet in family.sheets {
      guard let content = content(at: sheet.entry, in: bytes),
        let rows = rows(in: content, strings: strings, family)
      else { return nil }
      known.sheets.append((sheet.info, rows))
    }
    for part in family.properties {
      guard let time = modified(part.part, at: part.entry, in: bytes) else { return nil }
      known.modified = time ?? known.modified
    }
    return known
  }

  /// The limits of a package, for the parts that are read here.
  private func isWithinLimits(_ family: Family, fileSize: Int) -> Bool {
    var total = family.fixedSize
    for entry in family.sheets.map(\.entry) + (family.strings.map { [$0] } ?? [])
      + family.properties.map(\.entry)
    {
      guard zip.entries[entry].size <= Self.largestPart else { return false }
      total += zip.entries[entry].size
    }
    return total <= limits.inflatedSize
      && (total <= limits.inflationRatioStart || total / max(1, limits.inflationRatio) <= fileSize)
  }

  func content(at index: Int, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard let stored = zip.stored(zip.entries[index], in: bytes) else { return nil }
    return inflater.content(of: zip.entries[index], stored: stored)
  }

  private func strings(in content: UnsafeRawBufferPointer) -> SharedStrings? {
    let strings = SharedStrings()
    let isKnown = stringFrames.known(content) { buffer, position in
      strings.scan(buffer, from: &position)
    }
    return isKnown == true ? strings : nil
  }

  private func rows(
    in content: UnsafeRawBufferPointer, strings: SharedStrings, _ family: Family
  ) -> RowCursor? {
    let handler = SheetHandler(dateSystem: family.dateSystem, walker: nil)
    let parts = sheetFrames.known(content) { buffer, position in handler.scan(buffer, from: &position) }
    guard let parts, (try? handler.builder.check(strings)) != nil else { return nil }
    return RowCursor(handler, parts: parts, strings: strings, styles: family.styles)
  }

  /// What a properties part says; `nil` if it is damaged in a way that libzip should judge.
  private func modified(_ part: String, at index: Int, in bytes: UnsafeRawBufferPointer) -> String?? {
    if let known = modified.last(where: { isSame($0.part, at: index, bytes) }) { return .some(known.time) }
    guard let content = content(at: index, in: bytes), let stored = storedPart(at: index, in: bytes) else {
      return nil
    }
    let time = PropertiesReader.modified(in: content, part: part, limits: limits)
    if modified.count >= 8 { modified.removeFirst() }
    if stored.bytes.count <= 16 << 10 { modified.append((stored, time)) }
    return .some(time)
  }

  /// A copy of an entry as it is stored.
  func storedPart(at index: Int, in bytes: UnsafeRawBufferPointer) -> StoredPart? {
    let entry = zip.entries[index]
    guard entry.size <= Self.largestPart, let stored = zip.stored(entry, in: bytes) else { return nil }
    return StoredPart(
      entry: index, size: entry.size, checksum: entry.checksum, isDeflated: entry.isDeflated,
      bytes: Array(stored))
  }
}

extension SharedStrings {
  /// Reads plain items up to the end of the table; `false` if there is anything else.
  func scan(_ buffer: ScanBuffer, from position: inout UnsafePointer<UInt8>) -> Bool {
    withStorage {
      if case .ended = SharedStringScanner.scan(buffer, from: &position, into: &$0, ends: &$1) {
        true
      } else {
        false
      }
    }
  }
}

extension SheetHandler {
  /// Reads plain rows up to the end of `sheetData`; `false` if there is anything else.
  func scan(_ buffer: ScanBuffer, from position: inout UnsafePointer<UInt8>) -> Bool {
    var scanner = SheetScanner()
    if case .ended? = try? scanner.scan(buffer, from: &position, into: &builder) { return true }
    return false
  }
}
