/// A zip archive in memory as a container.
struct ZipContainer: FileContainer {
  private let bytes: [UInt8]
  private let directory: ZipDirectory
  private let inflater: ZipInflater

  /// - Throws: ``IntakeProblem`` for an archive that is damaged, forged or holds more than is read.
  init(_ bytes: [UInt8], inflater: ZipInflater) throws(IntakeProblem) {
    self.bytes = bytes
    self.inflater = inflater
    let limit = inflater.limits.entryCount
    guard let directory = ZipDirectory(bytes, limit: limit) else { throw .truncated }
    guard directory.entryCount <= limit else { throw .tooManyEntries(limit) }
    guard !directory.hasOverlaps else {
      throw IntakeProblem(
        zh: "压缩包已损坏或是伪造的（内含的文件互相重叠），请重新压缩后报送",
        en: "the archive is damaged or forged (its entries overlap); pack it again")
    }
    self.directory = directory
  }

  var entryCount: Int { directory.entryCount }

  func forEach(_ body: (ContainedFile) throws -> Void) throws {
    for (name, entry) in directory.namedFiles() {
      try body(
        ContainedFile(name: name, modified: entry.modified) { try inflater.content(of: entry, in: bytes) })
    }
  }
}

extension ZipDirectory {
  /// The files of the archive with the names under which they are shown.
  fileprivate func namedFiles() -> [(name: String, entry: Entry)] {
    var names = UniqueNames()
    return entries.filter { !$0.isFolder }.map { (names.name(ZipEntryName.text(of: $0)), $0) }
  }
}
