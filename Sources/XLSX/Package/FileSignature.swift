#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a file is by its first bytes. Names and extensions say nothing: an `.xls` may be HTML, an `.xlsx` may be encrypted.
enum FileSignature {
  case empty
  case zip
  /// An OLE2 compound file that holds an encrypted package ([MS-OFFCRYPTO] 2.3.4.4).
  case encryptedPackage
  /// Excel 97–2003 or a WPS .et: an OLE2 compound file, or the bare BIFF stream of still older versions.
  case legacyWorkbook
  /// Anything else, with a word for the error message.
  case other(String)

  /// Looks at the bytes of a whole file, or at least at its beginning.
  init(_ bytes: UnsafeRawBufferPointer) {
    func begins(_ prefix: [UInt8]) -> Bool {
      bytes.starts(with: prefix)
    }
    if bytes.isEmpty {
      self = .empty
    } else if begins([0x50, 0x4B, 0x03, 0x04]) || begins([0x50, 0x4B, 0x05, 0x06])
      || begins([0x50, 0x4B, 0x30, 0x30, 0x50, 0x4B]) || begins([0x50, 0x4B, 0x07, 0x08])
    {
      self = .zip
    } else if begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      self = Self.holdsOLEEntry("EncryptedPackage", bytes) ? .encryptedPackage : .legacyWorkbook
    } else if begins([0x09, 0x08]) || begins([0x09, 0x04]) || begins([0x09, 0x02]) || begins([0x09, 0x00]) {
      self = .legacyWorkbook  // BIFF8, 5/4, 3 and 2 without a compound file around them
    } else if begins(Array("%PDF".utf8)) {
      self = .other("a PDF document")
    } else if begins([0x89, 0x50, 0x4E, 0x47]) || begins([0xFF, 0xD8, 0xFF]) || begins(Array("GIF8".utf8)) {
      self = .other("a picture")
    } else if begins(Array("Rar!".utf8)) || begins([0x37, 0x7A, 0xBC, 0xAF]) || begins([0x1F, 0x8B]) {
      self = .other("an archive of another kind")
    } else if Self.looksLikeMarkup(bytes) {
      self = .other("an HTML or XML text")
    } else {
      self = .other("no zip archive")
    }
  }

  /// Whether a compound file has a directory entry of that name.
  ///
  /// Directory entries are 128 bytes long and lie on 128-byte boundaries ([MS-CFB] 2.6): name in UTF-16, then its length
  /// with the terminator in bytes at offset 64. Looking at every boundary needs no sector chains, which damaged files break.
  private static func holdsOLEEntry(_ name: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var wanted: [UInt8] = []
    for byte in name.utf8 { wanted += [byte, 0] }
    wanted += [0, 0]
    var offset = 0
    while offset + 128 <= bytes.count {
      if Int(bytes[offset + 64]) == wanted.count, bytes[offset + 65] == 0,
        wanted.indices.allSatisfy({ bytes[offset + $0] == wanted[$0] })
      {
        return true
      }
      offset += 128
    }
    return false
  }

  private static func looksLikeMarkup(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = bytes.dropFirst(start).first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    return first == UInt8(ascii: "<")
  }
}

extension FileSignature {
  /// The error for a file that is not a zip archive; `nil` for one that is.
  var rejection: XLSXError? {
    switch self {
    case .zip: nil
    case .empty: XLSXError(.emptyFile, "The file is empty; ask for it to be sent again.")
    case .encryptedPackage:
      XLSXError(.encrypted, "The workbook is encrypted; remove its password in Excel and save it again.")
    case .legacyWorkbook:
      XLSXError(
        .legacyFormat, "The file is in the old binary format (.xls, .et); save it as .xlsx in Excel or WPS.")
    case .other(let what):
      XLSXError(.notASpreadsheet, "The file is \(what), not an .xlsx workbook.")
    }
  }
}

extension FileSignature {
  /// Looks at a file before libzip does, which would only say that it is no archive.
  ///
  /// - Returns: The size of the file.
  /// - Throws: ``XLSXError`` for anything but a zip archive of an accepted size.
  static func inspect(path: String, limits: Limits) throws -> Int {
    let (descriptor, size) = try opened(path: path, limits: limits)
    defer { close(descriptor) }
    // The directory of a compound file may stand anywhere; every other format shows itself in its first bytes.
    var bytes = try read(descriptor, min(size, 8))
    if bytes.starts(with: [0xD0, 0xCF]) { bytes = try read(descriptor, size) }
    if let rejection = bytes.withUnsafeBytes({ FileSignature($0).rejection }) { throw rejection }
    return size
  }

  /// The bytes of a whole file of an accepted size.
  static func bytes(path: String, limits: Limits) throws -> [UInt8] {
    let (descriptor, size) = try opened(path: path, limits: limits)
    defer { close(descriptor) }
    return try read(descriptor, size)
  }

  /// A regular file of an accepted size, open for reading; the caller closes it.
  private static func opened(path: String, limits: Limits) throws -> (descriptor: Int32, size: Int) {
    // A pipe without a writer must not keep the program waiting.
    let descriptor = DiskPath.with(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else {
      throw XLSXError(.fileAccess, "The file cannot be opened.", cause: String(cString: strerror(errno)))
    }
    var status = stat()
    do {
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw XLSXError(.fileAccess, "This is no file that can be read.")
      }
      let size = Int(status.st_size)
      guard size <= limits.fileSize else { throw tooLarge(size, limits) }
      return (descriptor, size)
    } catch {
      close(descriptor)
      throw error
    }
  }

  static func tooLarge(_ size: Int, _ limits: Limits) -> XLSXError {
    XLSXError(.limitExceeded, "The file has \(size) bytes; at most \(limits.fileSize) are accepted.")
  }

  private static func read(_ descriptor: Int32, _ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard pread(descriptor, &bytes, count, 0) == count else {
      throw XLSXError(.fileAccess, "The file cannot be read.", cause: String(cString: strerror(errno)))
    }
    return bytes
  }
}
