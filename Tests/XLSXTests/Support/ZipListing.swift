import CLibZip

/// The entries of a zip archive, read with libzip alone.
enum ZipListing {
  /// Name and bytes of every entry, in the archive's order; `nil` if libzip finds the archive inconsistent.
  static func entries(of archive: [UInt8]) -> [(name: String, bytes: [UInt8])]? {
    archive.withUnsafeBytes { raw in
      guard let source = zip_source_buffer_create(raw.baseAddress, UInt64(raw.count), 0, nil) else {
        return nil
      }
      guard let zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, nil) else {
        zip_source_free(source)
        return nil
      }
      defer { zip_discard(zip) }
      var entries: [(String, [UInt8])] = []
      for index in 0..<UInt64(max(0, zip_get_num_entries(zip, 0))) {
        var status = zip_stat_t()
        guard zip_stat_index(zip, index, 0, &status) == 0, let file = zip_fopen_index(zip, index, 0) else {
          return nil
        }
        defer { zip_fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Int(status.size))
        guard zip_fread(file, &bytes, status.size) == Int64(status.size) else { return nil }
        // Reading on to the end makes libzip check the checksum.
        var beyond: UInt8 = 0
        guard zip_fread(file, &beyond, 1) == 0 else { return nil }
        entries.append((String(cString: status.name), bytes))
      }
      return entries
    }
  }
}
