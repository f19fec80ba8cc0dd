#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Replaces files in one step.
enum AtomicFile {
  /// Lets a closure write a temporary file beside the target, brings it to the disk and renames it over the target.
  ///
  /// Whoever opens the target sees the old file or the new one, whole. When something fails, the old file is as it was
  /// and nothing is left. A file that existed keeps its permissions, and a symbolic link stays a link.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess``, or what the closure throws.
  static func replace(path: String, _ write: (_ temporaryPath: String) throws -> Void) throws {
    let target = resolved(path)
    let (folder, name) = split(target)
    let temporary = try create(in: folder, like: name)
    let watched = UnfinishedFiles.watch(temporary)
    defer { UnfinishedFiles.forget(watched) }
    do {
      try write(temporary)
      var existing = stat()
      if stat(target, &existing) == 0 { chmod(temporary, existing.st_mode & 0o7777) }
      try synchronise(temporary)
      if rename(temporary, target) != 0 { throw failure("\(path) cannot be replaced") }
    } catch {
      unlink(temporary)
      throw error
    }
    // The rename is in the folder; a folder that cannot be opened for this is no reason to call the save failed.
    try? synchronise(folder)
  }

  /// Puts bytes in the place of a file's content.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess``.
  static func replace(path: String, with bytes: [UInt8]) throws {
    try replace(path: path) { temporary in
      let descriptor = open(temporary, O_WRONLY | O_TRUNC | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure("\(path) cannot be written") }
      defer { close(descriptor) }
      try bytes.withUnsafeBytes { buffer in
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
          let step = write(descriptor, base + done, buffer.count - done)
          if step < 0 && errno == EINTR { continue }
          guard step > 0 else { throw failure("\(path) cannot be written") }
          done += step
        }
      }
    }
  }

  /// Lets a closure work with a temporary file, which is gone afterwards.
  static func withTemporary(in folder: String, _ work: (_ path: String) throws -> Void) throws {
    let temporary = try create(in: folder, like: "xlsx")
    defer { unlink(temporary) }
    try work(temporary)
  }

  /// Reads a file from front to back, in pieces.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess``, or what the closure throws.
  static func read(_ path: String, _ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("\(path) cannot be opened") }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { piece.deallocate() }
    while true {
      // Qualified: this function has the same name.
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
      #else
        let count = Darwin.read(descriptor, piece.baseAddress, piece.count)
      #endif
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw failure("\(path) cannot be read") }
      if count == 0 { return }
      try take(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  /// The folder that a file lies in, once symbolic links are followed.
  static func folder(ofPath path: String) -> String { split(resolved(path)).folder }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  /// An empty file of a name that nothing had, with the permissions that new files get.
  private static func create(in folder: String, like name: String) throws -> String {
    for _ in 0..<100 {
      let random = String(UInt64.random(in: 0...UInt64.max), radix: 36)
      // Long names of the file itself would pass the 255 bytes a name may have.
      let path = "\(folder)/.\(name.prefix(40)).\(random).tmp"
      let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        close(descriptor)
        return path
      }
      if errno != EEXIST { break }
    }
    throw failure("No file can be written in \(folder)")
  }

  private static func synchronise(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("\(path) cannot be opened") }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw failure("\(path) cannot be brought to the disk") }
  }

  private static func failure(_ message: String) -> XLSXError {
    XLSXError(.fileAccess, message, cause: String(cString: strerror(errno)))
  }
}
