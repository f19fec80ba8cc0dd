/// Reads files again by the names under which a report shows them, those inside archives too.
struct SourceFiles {
  let limits: IntakeLimits
  let allowsManyFiles: Bool

  /// Calls a closure with the bytes of each wanted file that can still be read, in the order of the run.
  ///
  /// - Throws: ``FormsError`` for a path that is not there, and whatever the closure throws.
  func forEach(
    _ wanted: Set<String>, in paths: [String],
    _ body: (_ file: String, _ bytes: [UInt8], _ format: FileFormat) throws -> Void
  ) throws {
    var walker = InboxWalker(limits: limits, allowsManyFiles: allowsManyFiles)
    let byArchive = Self.byArchive(wanted)
    for file in try walker.list(paths) {
      let isWanted = wanted.contains(file.shown)
      let inside = byArchive[file.shown] ?? []
      guard isWanted || !inside.isEmpty else { continue }
      guard let bytes = try? FileLoader.bytes(at: file.path, limit: limits.fileSize) else { continue }
      if isWanted { try body(file.shown, bytes, FileSniffer.format(of: bytes, limits: limits)) }
      var inflater = ZipInflater(limits: limits)
      try descend(bytes, shown: file.shown, wanted: inside, depth: 0, inflater: &inflater, body)
    }
  }

  /// The files inside each archive: `收件/全部.zip!/a.zip!/沁阳.xlsx` is in `收件/全部.zip` and in `收件/全部.zip!/a.zip`.
  private static func byArchive(_ wanted: Set<String>) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for file in wanted {
      for mark in file.ranges(of: "!/") { result[String(file[..<mark.lowerBound]), default: []].insert(file) }
    }
    return result
  }

  private func descend(
    _ archive: [UInt8], shown: String, wanted: Set<String>, depth: Int, inflater: inout ZipInflater,
    _ body: (String, [UInt8], FileFormat) throws -> Void
  ) throws {
    guard !wanted.isEmpty, depth < limits.archiveDepth,
      let directory = ZipDirectory(archive, limit: limits.entryCount)
    else { return }
    for (name, entry) in directory.namedFiles() {
      let path = "\(shown)!/\(name)"
      let inside = wanted.filter { $0.hasPrefix(path + "!/") }
      guard wanted.contains(path) || !inside.isEmpty,
        let content = try? inflater.content(of: entry, in: archive)
      else { continue }
      if wanted.contains(path) { try body(path, content, FileSniffer.format(of: content, limits: limits)) }
      try descend(content, shown: path, wanted: inside, depth: depth + 1, inflater: &inflater, body)
    }
  }
}
