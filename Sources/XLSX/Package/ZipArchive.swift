import CLibZip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A zip archive opened for reading: libzip with Swift's lifetimes and errors.
///
/// libzip itself is not thread-safe for one archive; every call into it runs under a lock, so that one thread can read
/// ahead while another reads a second entry.
final class ZipArchive: @unchecked Sendable {
  /// One entry as the archive's directory describes it. Sizes are claims, not facts.
  struct Entry: Sendable {
    var index: Int
    /// The name as it stands in the directory.
    var name: String
    var compressedSize: UInt64
    var size: UInt64
    /// The compression method: 0 stored, 8 deflated.
    var method: UInt16
    var isEncrypted: Bool
  }

  let entries: [Entry]
  /// Bytes of the archive itself.
  let fileSize: Int
  private let handle: OpaquePointer
  private let storage: Storage
  private let lock = Lock()
  /// Links followed; `nil` for an archive in memory.
  private let openedPath: String?
  /// The file that was put in the place of this one the last time.
  private var saved: stat?

  /// Where the archive's own bytes are, as long as the handle lives.
  private enum Storage {
    /// A file that libzip holds open, and what it was like then.
    case file(descriptor: Int32, size: Int, modified: timespec)
    case memory(UnsafeRawBufferPointer)
  }

  /// Opens a file.
  ///
  /// - Throws: ``XLSXError`` for a file that cannot be read, that is no zip archive, or that passes a limit.
  convenience init(path: String, limits: Limits) throws {
    let size = try FileSignature.inspect(path: path, limits: limits)
    guard let file = DiskPath.with(path, { fopen($0, "rbe") }) else {
      throw XLSXError(.fileAccess, "The file cannot be read.", cause: String(cString: strerror(errno)))
    }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    // From here on libzip closes the file, with the source or with the archive.
    guard let source = zip_source_filep_create(file, 0, -1, &error) else {
      fclose(file)
      throw Self.openingError(zip_error_code_zip(&error))
    }
    let descriptor = fileno(file)
    guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw Self.openingError(zip_error_code_zip(&error))
    }
    var status = stat()
    fstat(descriptor, &status)
    try self.init(
      handle: handle, fileSize: size,
      storage: .file(descriptor: descriptor, size: Int(status.st_size), modified: Self.modified(status)),
      path: AtomicFile.resolved(path), limits: limits)
  }

  private static func modified(_ status: stat) -> timespec {
    #if canImport(Darwin)
      status.st_mtimespec
    #else
      status.st_mtim
    #endif
  }

  /// The archive as it lies in its file or in memory. Another file that has taken its name since does no harm.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess`` if the file was written over while it was open.
  func bytes() throws -> [UInt8] {
    switch storage {
    case .memory(let bytes): return Array(bytes)
    case .file(let descriptor, let size, let modified):
      var status = stat()
      let known = fstat(descriptor, &status) == 0
      let now = Self.modified(status)
      guard known, Int(status.st_size) == size, now.tv_sec == modified.tv_sec,
        now.tv_nsec == modified.tv_nsec
      else { throw Self.overwritten() }
      var done = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in
        while done < size, let base = target.baseAddress {
          let step = pread(descriptor, base + done, size - done, off_t(done))
          if step <= 0 { break }
          done += step
        }
        count = done
      }
      guard done == size else { throw Self.overwritten() }
      return bytes
    }
  }

  /// Calls a closure that puts another file in the place of this one, unless somebody else has done so already. Whoever
  /// comes at the same time waits (`flock`) and is refused then.
  ///
  /// A path to any other file than the one that was opened is not looked at.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess`` if the file was replaced or written over since it was opened, or what the
  ///   closure throws.
  func whileUnchanged(at path: String, _ body: () throws -> Void) throws {
    guard case .file(let descriptor, let size, let modified) = storage, isOpened(from: path) else {
      return try body()
    }
    // Not all file systems have locks; then what is seen below is all that is known.
    let isLocked = flock(descriptor, LOCK_EX) == 0
    defer { if isLocked { _ = flock(descriptor, LOCK_UN) } }
    var (opened, now) = (stat(), stat())
    guard fstat(descriptor, &opened) == 0, DiskPath.with(path, { stat($0, &now) }) == 0,
      Self.isSame(now, saved ?? opened), saved != nil || Int(now.st_size) == size,
      saved != nil || Self.isSame(Self.modified(now), modified)
    else { throw Self.overwritten() }
    try body()
    // What was saved from here may be saved from here again.
    if DiskPath.with(path, { stat($0, &now) }) == 0 { saved = now }
  }

  private static func isSame(_ a: stat, _ b: stat) -> Bool {
    a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_size == b.st_size
      && isSame(modified(a), modified(b))
  }

  private static func isSame(_ a: timespec, _ b: timespec) -> Bool {
    a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec
  }

  private func isOpened(from path: String) -> Bool {
    guard let openedPath else { return false }
    return openedPath == AtomicFile.resolved(path)
  }

  private static func overwritten() -> XLSXError {
    XLSXError(
      .fileAccess,
      "The file was written over while it was open; open it again and make the changes once more.",
      cause: "The file was changed by another program")
  }

  /// Opens an archive that lies in memory. The bytes are copied.
  convenience init(bytes: [UInt8], limits: Limits) throws {
    guard bytes.count <= limits.fileSize else { throw FileSignature.tooLarge(bytes.count, limits) }
    if let rejection = bytes.withUnsafeBytes({ FileSignature($0).rejection }) { throw rejection }
    // libzip keeps the pointer and, told to, frees the memory with the archive.
    guard let copy = malloc(bytes.count) else {
      throw XLSXError(.fileAccess, "There is not enough memory for the workbook (\(bytes.count) bytes).")
    }
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { copy.copyMemory(from: base, byteCount: bytes.count) }
    }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(copy, zip_uint64_t(bytes.count), 1, &error) else {
      free(copy)
      throw Self.openingError(zip_error_code_zip(&error))
    }
    guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw Self.openingError(zip_error_code_zip(&error))
    }
    try self.init(
      handle: handle, fileSize: bytes.count,
      storage: .memory(UnsafeRawBufferPointer(start: copy, count: bytes.count)), limits: limits)
  }

  private init(
    handle: OpaquePointer, fileSize: Int, storage: Storage, path: String? = nil, limits: Limits
  ) throws {
    let count = zip_get_num_entries(handle, 0)
    guard count <= limits.entryCount else {
      zip_discard(handle)
      throw XLSXError(
        .limitExceeded, "The archive has \(count) entries; at most \(limits.entryCount) are accepted.")
    }
    var entries: [Entry] = []
    entries.reserveCapacity(Int(count))
    for index in 0..<zip_uint64_t(max(count, 0)) {
      var stat = zip_stat_t()
      zip_stat_init(&stat)
      guard zip_stat_index(handle, index, 0, &stat) == 0,
        let name = zip_get_name(handle, index, zip_flags_t(ZIP_FL_ENC_RAW))
      else { continue }
      entries.append(
        Entry(
          index: Int(index), name: String(cString: name), compressedSize: stat.comp_size, size: stat.size,
          method: stat.comp_method, isEncrypted: stat.encryption_method != ZIP_EM_NONE))
    }
    self.handle = handle
    openedPath = path
    self.fileSize = fileSize
    self.storage = storage
    self.entries = entries
  }

  deinit { zip_discard(handle) }

  /// An entry opened for reading.
  final class Stream: @unchecked Sendable {
    private let archive: ZipArchive
    private let file: OpaquePointer

    fileprivate init(archive: ZipArchive, file: OpaquePointer) {
      self.archive = archive
      self.file = file
    }

    deinit { archive.lock.withLock { _ = zip_fclose(file) } }

    /// Reads on. Gives 0 at the end, where the checksum has been found right.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      try archive.lock.withLock {
        let count = zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count))
        guard count >= 0 else {
          throw ZipArchive.damage(zip_error_strerror(zip_file_get_error(file)))
        }
        return Int(count)
      }
    }
  }

  /// Opens an entry.
  ///
  /// - Parameter compressed: Gives the bytes as they are stored, for copying them into another archive.
  func open(_ entry: Entry, compressed: Bool = false) throws -> Stream {
    guard !entry.isEncrypted else {
      throw XLSXError(.encrypted, "The archive is protected by a password; send the workbook without one.")
    }
    return try lock.withLock {
      let flags = zip_flags_t(compressed ? ZIP_FL_COMPRESSED : 0)
      guard let file = zip_fopen_index(handle, zip_uint64_t(entry.index), flags) else {
        throw Self.damage(zip_error_strerror(zip_get_error(handle)))
      }
      return Stream(archive: self, file: file)
    }
  }

  private static func openingError(_ code: Int32) -> XLSXError {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    return damage(zip_error_strerror(&error))
  }

  private static func damage(_ text: UnsafePointer<CChar>?) -> XLSXError {
    XLSXError(
      .damagedArchive, "The file is cut short or damaged; ask for it to be sent again.",
      cause: text.map { String(cString: $0) })
  }
}
