import CLibArchive
import Foundation

/// An archive in memory that libarchive reads: 7z, rar (4 and 5), tar with what it is packed by. Its files are read in their
/// order, for in most of them one can be unpacked only after those before it.
struct PackedContainer: FileContainer {
  private let bytes: [UInt8]
  private let inflater: ZipInflater
  /// Throws where no more files may be opened in this run.
  private let takeEntry: () throws -> Void
  private let marks: RARMarks

  init(_ bytes: [UInt8], inflater: ZipInflater, takeEntry: @escaping () throws -> Void = {}) {
    self.bytes = bytes
    self.inflater = inflater
    self.takeEntry = takeEntry
    marks = RARMarks(bytes)
  }

  /// The content of a file can be asked for only within the closure.
  func forEach(_ body: (ContainedFile) throws -> Void) throws {
    try bytes.withUnsafeBytes { memory in
      try withUTF8Names {
        guard let archive = archive_read_new() else { throw IntakeProblem.truncated }
        defer { archive_read_free(archive) }
        // Not all there are: some would start other programs.
        archive_read_support_filter_gzip(archive)
        archive_read_support_filter_bzip2(archive)
        archive_read_support_filter_xz(archive)
        archive_read_support_format_7zip(archive)
        archive_read_support_format_rar(archive)
        archive_read_support_format_rar5(archive)
        archive_read_support_format_tar(archive)
        guard archive_read_open_memory(archive, memory.baseAddress, memory.count) == ARCHIVE_OK else {
          throw IntakeProblem.truncated
        }
        try forEach(in: archive, body)
      }
    }
  }

  private func forEach(in archive: OpaquePointer, _ body: (ContainedFile) throws -> Void) throws {
    var names = UniqueNames()
    var total = 0
    var count = 0
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { break }
      guard status >= ARCHIVE_WARN, let entry else { throw problem(of: archive) }
      guard archive_entry_filetype(entry) == S_IFREG else { continue }
      count += 1
      guard count <= inflater.limits.entryCount else {
        throw IntakeProblem.tooManyEntries(inflater.limits.entryCount)
      }
      try takeEntry()
      let raw = archive_entry_pathname(entry).map {
        Array(UnsafeRawBufferPointer(start: $0, count: strlen($0)))
      }
      let name = ZipEntryName.text(of: (raw ?? [])[...])
      try body(
        ContainedFile(name: names.name(name), modified: Self.modified(entry)) {
          let content = try content(of: entry, in: archive, number: count, before: total)
          total += content.count
          return content
        })
    }
  }

  /// - Parameters:
  ///   - number: How many files of the archive were opened, this one too.
  ///   - before: How many bytes came out of the archive before.
  private func content(
    of entry: OpaquePointer, in archive: OpaquePointer, number: Int, before: Int
  ) throws(IntakeProblem) -> [UInt8] {
    let limits = inflater.limits
    if marks.isEncrypted || archive_entry_is_encrypted(entry) != 0 { throw .encrypted }
    if archive_entry_size_is_set(entry) != 0, archive_entry_size(entry) > Int64(limits.fileSize) {
      throw .tooLarge(limits.fileSize)
    }
    // Small files may be packed as tightly as they can be, as in a zip: a hundred forms are much the same.
    let allowed = limits.inflationRatio * bytes.count + number * limits.inflationRatioStart
    var content: [UInt8] = []
    while true {
      var block: UnsafeRawPointer?
      var size = 0
      var offset: Int64 = 0
      let status = archive_read_data_block(archive, &block, &size, &offset)
      if status == ARCHIVE_EOF { break }
      guard status >= ARCHIVE_WARN else { throw problem(of: archive) }
      // Holes of sparse files are zeros; no form has any.
      guard offset == content.count else { throw .truncated }
      guard content.count + size <= limits.fileSize else { throw .tooLarge(limits.fileSize) }
      guard before + content.count + size <= allowed, inflater.take(size) else { throw .inflatesTooFar }
      content += UnsafeRawBufferPointer(start: block, count: size)
    }
    if archive_entry_size_is_set(entry) != 0, archive_entry_size(entry) != Int64(content.count) {
      throw .truncated
    }
    return content
  }

  /// Why reading failed, in an archive that was recognized: before that, libarchive must not be asked.
  private func problem(of archive: OpaquePointer) -> IntakeProblem {
    if marks.isEncrypted || archive_read_has_encrypted_entries(archive) > 0 { return .encrypted }
    let words = archive_error_string(archive).map { String(cString: $0).lowercased() } ?? ""
    if words.contains("crypt") || words.contains("passphrase") { return .encrypted }
    return marks.isVolume ? .volume : .truncated
  }

  private static func modified(_ entry: OpaquePointer) -> String? {
    guard archive_entry_mtime_is_set(entry) != 0 else { return nil }
    let seconds = Int(archive_entry_mtime(entry))
    guard 0..<4_102_444_800 ~= seconds, let day = CalendarDate(dayNumber: seconds / 86_400) else {
      return nil
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
  }
}

/// libarchive gives names in the character set of the thread's locale; the program has none, which would make them question
/// marks.
private func withUTF8Names<Result>(_ body: () throws -> Result) rethrows -> Result {
  guard let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return try body() }
  let before = uselocale(locale)
  defer {
    uselocale(before)
    freelocale(locale)
  }
  return try body()
}
