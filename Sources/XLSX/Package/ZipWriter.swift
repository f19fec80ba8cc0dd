import CLibZip

/// Writes a zip archive through libzip.
///
/// Entries come in already deflated (``ZipEntry``), because libzip would deflate them one after the other with zlib when
/// the archive is closed; here they are deflated by libdeflate, on all cores, and libzip copies them as they are. It
/// stays the one that knows the container: headers, central directory, Zip64 where an archive needs it and only there
/// (Excel refuses Zip64 fields in small files).
///
/// The same entries give the same bytes: every entry is dated 1980-01-01, the first day that zip knows.
struct ZipWriter {
  private var entries: [ZipEntry] = []

  init() {}

  /// Adds an entry. The order of adding is the order in the archive.
  mutating func add(_ entry: ZipEntry) { entries.append(entry) }

  /// The archive as bytes.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess`` if libzip fails, which without a file means: out of memory.
  func bytes() throws(XLSXError) -> [UInt8] {
    var error = zip_error_t()
    guard let target = zip_source_buffer_create(nil, 0, 0, &error) else { throw Self.failure(&error) }
    // The archive takes over one reference; ours keeps the source readable after closing.
    zip_source_keep(target)
    defer { zip_source_free(target) }
    guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error) else {
      zip_source_free(target)
      throw Self.failure(&error)
    }
    try fill(archive)
    return try Self.readAll(target)
  }

  /// Writes the archive into a file, which is replaced.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess`` with what libzip and the system say.
  func write(toPath path: String) throws(XLSXError) {
    var error = zip_error_t()
    let target = try ZipFileTarget.make(path: path)
    guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error) else {
      zip_source_free(target)
      throw Self.failure(&error)
    }
    try fill(archive)
  }

  /// Adds all entries and closes the archive, or discards it.
  private func fill(_ archive: OpaquePointer) throws(XLSXError) {
    do throws(XLSXError) {
      for entry in entries { try Self.add(entry, to: archive) }
      if zip_close(archive) != 0 { throw Self.failure(zip_get_error(archive)) }
    } catch {
      zip_discard(archive)
      throw error
    }
  }

  private static func add(_ entry: ZipEntry, to archive: OpaquePointer) throws(XLSXError) {
    guard let source = ZipWriterSource.make(for: entry, in: archive) else {
      throw failure(zip_get_error(archive))
    }
    let index = zip_file_add(archive, entry.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard let index = UInt64(exactly: index) else {
      zip_source_free(source)
      throw failure(zip_get_error(archive))
    }
    let method = entry.method == .stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE
    guard zip_set_file_compression(archive, index, Int32(method), 0) == 0,
      zip_file_set_dostime(archive, index, 0, firstDosDate, 0) == 0
    else { throw failure(zip_get_error(archive)) }
  }

  /// 1980-01-01 as zip encodes it: year 0, month 1, day 1.
  private static let firstDosDate: UInt16 = 0 << 9 | 1 << 5 | 1

  /// The bytes that a source holds.
  static func readAll(_ source: OpaquePointer) throws(XLSXError) -> [UInt8] {
    var status = zip_stat_t()
    guard zip_source_stat(source, &status) == 0, let size = Int(exactly: status.size),
      zip_source_open(source) == 0
    else { throw failure(zip_source_error(source)) }
    defer { zip_source_close(source) }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in
      count = max(0, Int(zip_source_read(source, target.baseAddress, UInt64(size))))
    }
    guard bytes.count == size else { throw failure(zip_source_error(source)) }
    return bytes
  }

  static func failure(_ error: UnsafeMutablePointer<zip_error_t>?) -> XLSXError {
    let text = error.flatMap { zip_error_strerror($0) }.map { String(cString: $0) }
    return XLSXError(.fileAccess, "The zip archive cannot be written", cause: text)
  }
}

/// One entry of an archive to be written.
struct ZipEntry: Sendable {
  enum Method: Sendable {
    case stored, deflated
  }
  enum Content: Sendable {
    case bytes([UInt8])
    case file(SpillFile)
  }

  var name: String
  var method: Method
  /// As stored in the archive: deflated, if ``method`` says so.
  var content: Content
  /// Of the uncompressed bytes.
  var crc32: UInt32
  /// Of the uncompressed bytes.
  var size: Int

  var storedSize: Int {
    switch content {
    case .bytes(let bytes): bytes.count
    case .file(let file): file.count
    }
  }
}
