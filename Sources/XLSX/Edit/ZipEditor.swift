import CLibZip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Changes entries of a zip archive. Every other entry is copied as it is stored: compressed bytes, order, dates and all.
struct ZipEditor {
  /// New contents by the index of the entry.
  var replacements: [Int: ZipEntry] = [:]
  /// New entries, added at the end.
  var additions: [(name: String, bytes: [UInt8])] = []
  /// Indices of the entries to leave out.
  var removals: Set<Int> = []

  /// libdeflate's level; libzip itself would take zlib's highest, twenty times slower for a few percent.
  private static let level: Int32 = 5

  /// New content for an entry.
  static func deflated(_ bytes: [UInt8]) -> ZipEntry {
    bytes.withUnsafeBytes { ZipEntry(name: "", deflating: $0, level: level) }
  }

  /// The archive with the changes made.
  ///
  /// - Parameter archive: Its bytes, which are not held longer than it takes to copy them.
  /// - Throws: ``XLSXError/Code/fileAccess`` with what libzip says.
  func applied(to archive: @autoclosure () throws -> [UInt8]) throws -> [UInt8] {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    let copy = try Self.copy(archive())
    guard let source = zip_source_buffer_create(copy.baseAddress, UInt64(copy.count), 1, &error) else {
      free(copy.baseAddress)
      throw ZipWriter.failure(&error)
    }
    zip_source_keep(source)
    defer { zip_source_free(source) }
    guard let handle = zip_open_from_source(source, 0, &error) else {
      zip_source_free(source)
      throw ZipWriter.failure(&error)
    }
    try apply(to: handle)
    return try ZipWriter.readAll(source)
  }

  /// A copy that libzip frees. Memory that it does not own it would free all the same when it shares the beginning of an
  /// archive with the changed one (1.7.3).
  private static func copy(_ archive: [UInt8]) throws(XLSXError) -> UnsafeMutableRawBufferPointer {
    guard let copy = malloc(max(archive.count, 1)) else {
      throw XLSXError(.fileAccess, "There is not enough memory to change the workbook.")
    }
    let buffer = UnsafeMutableRawBufferPointer(start: copy, count: archive.count)
    buffer.copyBytes(from: archive)
    return buffer
  }

  /// Makes the changes in an open archive and closes it.
  private func apply(to handle: OpaquePointer) throws(XLSXError) {
    do throws(XLSXError) {
      for (index, entry) in replacements.sorted(by: { $0.key < $1.key }) {
        // A changed entry keeps its date too: the same change gives the same bytes.
        var status = zip_stat_t()
        let hasDate =
          zip_stat_index(handle, UInt64(index), 0, &status) == 0 && status.valid & UInt64(ZIP_STAT_MTIME) != 0
        let (content, method) = try Self.source(entry, handle)
        guard zip_file_replace(handle, UInt64(index), content, 0) == 0 else {
          zip_source_free(content)
          throw ZipWriter.failure(zip_get_error(handle))
        }
        guard zip_set_file_compression(handle, UInt64(index), method, 0) == 0,
          !hasDate || zip_file_set_mtime(handle, UInt64(index), status.mtime, 0) == 0
        else { throw ZipWriter.failure(zip_get_error(handle)) }
      }
      for (name, bytes) in additions {
        let (content, method) = try Self.source(Self.deflated(bytes), handle)
        let index = zip_file_add(handle, name, content, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard let index = UInt64(exactly: index) else {
          zip_source_free(content)
          throw ZipWriter.failure(zip_get_error(handle))
        }
        // 1980-01-01, the first day that zip knows.
        guard zip_set_file_compression(handle, index, method, 0) == 0,
          zip_file_set_dostime(handle, index, 0, 1 << 5 | 1, 0) == 0
        else { throw ZipWriter.failure(zip_get_error(handle)) }
      }
      for index in removals.sorted() where zip_delete(handle, UInt64(index)) != 0 {
        throw ZipWriter.failure(zip_get_error(handle))
      }
      if zip_close(handle) != 0 { throw ZipWriter.failure(zip_get_error(handle)) }
    } catch {
      zip_discard(handle)
      throw error
    }
  }

  /// A source of bytes that are deflated already, and the method that says so.
  private static func source(
    _ entry: ZipEntry, _ archive: OpaquePointer
  ) throws(XLSXError) -> (source: OpaquePointer, method: Int32) {
    guard let source = ZipWriterSource.make(for: entry, in: archive) else {
      throw ZipWriter.failure(zip_get_error(archive))
    }
    return (source, Int32(entry.method == .stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE))
  }
}
