#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Replaces files in one step.
package enum AtomicFile {
  /// Lets a closure write a temporary file beside the target, brings it to the disk and renames it over the target.
  ///
  /// Whoever opens the target sees the old file or the new one, whole. When something fails, the old file is as it was
  /// and nothing is left. A file that existed keeps its permissions, and a symbolic link stays a link.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess``, also for a target that is no regular file; or what the closure throws.
  package static func replace(path: String, _ write: (_ temporaryPath: String) throws -> Void) throws {
    let batch = FileBatch()
    try batch.stage(path: path, write)
    try batch.commit()
  }

  /// Puts bytes in the place of a file's content.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess``.
  package static func replace(path: String, with bytes: [UInt8]) throws {
    let batch = FileBatch()
    try batch.stage(path: path, bytes)
    try batch.commit()
  }

  /// Lets a closure work with a temporary file, which is gone afterwards.
  static func withTemporary(in folder: String, _ work: (_ path: String) throws -> Void) throws {
    let (temporary, watched) = try create(in: folder, like: "xlsx")
    defer {
      unlink(temporary)
      UnfinishedFiles.forget(watched)
    }
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
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, piece.baseAddress, piece.count)
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

  /// Where a path leads, links followed; a link that leads nowhere yet is followed to where it points.
  static func resolved(_ path: String) -> String {
    var path = path
    for _ in 0..<40 {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink(path, &buffer, buffer.count - 1)
      guard count > 0 else { return path }
      let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      path = target.hasPrefix("/") ? target : split(path).folder + "/" + target
    }
    return path
  }

  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  /// Long names of the file itself would pass the 255 bytes a name may have.
  private static func prefix(_ name: String) -> String {
    var kept = ""
    for character in name.prefix(40) {
      guard kept.utf8.count + character.utf8.count <= 160 else { break }
      kept.append(character)
    }
    return ".\(kept)."
  }

  /// An empty file of a name that nothing had, with the permissions that new files get.
  ///
  /// - Returns: Its path, and what ``UnfinishedFiles`` watches it by.
  static func create(in folder: String, like name: String) throws -> (path: String, watched: Int?) {
    for _ in 0..<100 {
      let random = String(UInt64.random(in: 0...UInt64.max), radix: 36)
      let path = "\(folder)/\(prefix(name))\(random).tmp"
      // Watched before it is there, or a signal could come in between.
      let watched = UnfinishedFiles.watch(path)
      let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        close(descriptor)
        UnfinishedFiles.stopIfEnding(path)
        return (path, watched)
      }
      let problem = errno
      UnfinishedFiles.forget(watched)
      errno = problem
      if problem != EEXIST { break }
    }
    throw failure("No file can be written in \(folder)")
  }

  static func synchronise(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("\(path) cannot be opened") }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw failure("\(path) cannot be brought to the disk") }
  }

  /// Takes away what saves of this very file left that were killed: files with a name of ``create(in:like:)`` that
  /// nobody has written to for an hour.
  static func sweep(in folder: String, like name: String) {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    let prefix = prefix(name)
    while let entry = readdir(directory) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard found.hasPrefix(prefix), found.hasSuffix(".tmp") else { continue }
      let random = found.dropFirst(prefix.count).dropLast(4)
      guard (8...13).contains(random.utf8.count),
        random.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
      else { continue }
      let path = "\(folder)/\(found)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      #if canImport(Darwin)
        let modified = status.st_mtimespec.tv_sec
      #else
        let modified = status.st_mtim.tv_sec
      #endif
      if time(nil) - modified > 3_600 { unlink(path) }
    }
  }

  static func failure(_ message: String) -> XLSXError {
    XLSXError(.fileAccess, message, cause: String(cString: strerror(errno)))
  }
}
