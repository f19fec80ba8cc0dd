extension WorkbookMemory {
  /// Learns the kind of a workbook that has been read in the usual way, and was sound, when it comes for the second time.
  ///
  /// - Parameters:
  ///   - bytes: The file that the workbook was opened from.
  ///   - note: Whatever the caller knows about workbooks with such parts.
  /// - Complexity: O(entries); as reading the workbook once more where something is learnt.
  package func learn(_ bytes: [UInt8], from workbook: Workbook, note: Int) {
    guard let source = workbook.source else { return }
    bytes.withUnsafeBytes { bytes in
      guard zip.read(bytes, entryLimit: limits.entryCount), let fixed = fixedParts(of: source),
        !isNew(fixed, in: bytes),
        let family = family(of: workbook, source, fixed: fixed, in: bytes, note: note),
        learnFrames(family, of: workbook, in: bytes)
      else { return }
      if families.contains(where: { $0.isSameKind(as: family) }) { return }
      if families.count >= Self.capacity { families.removeLast() }
      families.insert(family, at: 0)
    }
  }

  private func index(of part: String, in source: WorkbookSource) -> Int? {
    source.package.entry(of: part).flatMap { zip.entries.indices.contains($0.index) ? $0.index : nil }
  }

  private func index(ofKind kind: String, in source: WorkbookSource) -> Int? {
    (try? source.package.part(ofKind: kind, from: source.part)).flatMap { index(of: $0, in: source) }
  }

  /// The positions of the parts that are the same in all workbooks of a kind; `nil` if they are too large to keep.
  private func fixedParts(of source: WorkbookSource) -> [Int]? {
    let names = [
      "/[Content_Types].xml", "/_rels/.rels", source.part, PartName.relationships(of: source.part),
      "/mimetype",
    ]
    let fixed =
      names.compactMap { index(of: $0, in: source) }
      + (index(ofKind: "styles", in: source).map { [$0] } ?? [])
    let size = fixed.reduce(0) { $0 + zip.entries[$1].size + zip.entries[$1].compressedSize }
    return size <= Self.largestFixedParts ? fixed : nil
  }

  /// Whether a workbook is the first of its kind, as far as names and checksums tell.
  private func isNew(_ fixed: [Int], in bytes: UnsafeRawBufferPointer) -> Bool {
    var hasher = Hasher()
    for entry in zip.entries { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[entry.name])) }
    for index in fixed { hasher.combine(zip.entries[index].checksum) }
    if seen.count >= 4_096 { seen = [] }
    return seen.insert(hasher.finalize()).inserted
  }

  private func family(
    of workbook: Workbook, _ source: WorkbookSource, fixed: [Int], in bytes: UnsafeRawBufferPointer, note: Int
  ) -> Family? {
    let parts = fixed.compactMap { storedPart(at: $0, in: bytes) }
    var sheets: [(info: SheetInfo, entry: Int)] = []
    for (position, info) in workbook.sheets.enumerated() where info.kind == .worksheet {
      guard source.sheets.indices.contains(position),
        let entry = source.sheets[position].part.flatMap({ index(of: $0, in: source) })
      else { return nil }
      sheets.append((info, entry))
    }
    guard parts.count == fixed.count, (try? workbook.loadStyles()) != nil else { return nil }
    var names: [UInt8] = []
    for entry in zip.entries {
      withUnsafeBytes(of: UInt16(truncatingIfNeeded: entry.name.count)) { names.append(contentsOf: $0) }
      names.append(contentsOf: bytes[entry.name])
    }
    return Family(
      names: names, fixed: parts,
      properties: PropertiesReader.parts(of: source.package).compactMap { part in
        index(of: part, in: source).map { ($0, part) }
      },
      sheets: sheets, strings: index(ofKind: "sharedStrings", in: source), styles: workbook.styles,
      dateSystem: workbook.dateSystem, definedNames: workbook.definedNames, note: note,
      fixedSize: parts.reduce(0) { $0 + $1.size })
  }

  /// Learns what stands around the rows and the strings; `false` where the scanners cannot read them.
  private func learnFrames(
    _ family: Family, of workbook: Workbook, in bytes: UnsafeRawBufferPointer
  ) -> Bool {
    var isLearnt = true
    if let index = family.strings {
      guard zip.entries[index].size <= Self.largestPart, let content = content(at: index, in: bytes) else {
        return false
      }
      isLearnt = stringFrames.learn(
        content, value: { (try? workbook.source?.sharedStrings())?.isPlain == true ? true : nil },
        scan: { SharedStrings().scan($0, from: &$1) })
    }
    var sheets = family.sheets[...]
    for (position, info) in workbook.sheets.enumerated() where info.kind == .worksheet {
      guard let sheet = sheets.popFirst(), zip.entries[sheet.entry].size <= Self.largestPart,
        let content = content(at: sheet.entry, in: bytes)
      else { return false }
      let handler = SheetHandler(dateSystem: family.dateSystem, walker: nil)
      let isKnown = sheetFrames.learn(
        content, value: { try? workbook.rows(inSheetAt: position).surroundings() },
        scan: { handler.scan($0, from: &$1) })
      isLearnt = isLearnt && isKnown
    }
    return isLearnt
  }
}

extension WorkbookMemory.Family {
  fileprivate func isSameKind(as other: Self) -> Bool {
    names == other.names && fixed.count == other.fixed.count
      && zip(fixed, other.fixed).allSatisfy {
        $0.entry == $1.entry && $0.checksum == $1.checksum && $0.bytes == $1.bytes
      }
  }
}
