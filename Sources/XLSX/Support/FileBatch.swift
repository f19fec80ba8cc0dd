#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that are written together: all of them, or none.
///
///     let batch = FileBatch()
///     for copy in copies { try batch.stage(path: copy.path, copy.bytes) }
///     try batch.commit()
///
/// Each is written beside its place and brought to the disk first; when the last one is there, all are renamed into
/// place, for which a full disk needs nothing more. A batch that is not committed leaves nothing behind.
package final class FileBatch {
  private struct Staged {
    let path: String
    let target: String
    let temporary: String
    let watched: Int?
    let isNew: Bool
  }

  private var staged: [Staged] = []

  package init() {}

  deinit { discard() }

  /// Lets a closure write a temporary file beside the target. A file that existed keeps its permissions, and a symbolic
  /// link stays a link.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess`` for a target that is there and no regular file, or cannot be written; or
  ///   what the closure throws.
  package func stage(path: String, _ write: (_ temporaryPath: String) throws -> Void) throws {
    let target = AtomicFile.resolved(path)
    var existing = stat()
    let isThere = stat(target, &existing) == 0
    if isThere || path.hasSuffix("/") { try Self.refuseSpecial(path, existing) }
    let (folder, name) = AtomicFile.split(target)
    AtomicFile.sweep(in: folder, like: name)
    let (temporary, watched) = try AtomicFile.create(in: folder, like: name)
    let file = Staged(
      path: path, target: target, temporary: temporary, watched: watched, isNew: !isThere)
    staged.append(file)
    try write(temporary)
    if isThere { chmod(temporary, existing.st_mode & 0o7777) }
    try AtomicFile.synchronise(temporary)
  }

  /// Writes bytes to a temporary file beside the target.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess``.
  package func stage(path: String, _ bytes: [UInt8]) throws {
    try stage(path: path) { temporary in
      let descriptor = open(temporary, O_WRONLY | O_TRUNC | O_CLOEXEC)
      guard descriptor >= 0 else { throw AtomicFile.failure("\(path) cannot be written") }
      defer { close(descriptor) }
      try bytes.withUnsafeBytes { buffer in
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
          let step = write(descriptor, base + done, buffer.count - done)
          if step < 0 && errno == EINTR { continue }
          guard step > 0 else { throw AtomicFile.failure("\(path) cannot be written") }
          done += step
        }
      }
    }
  }

  /// Puts every staged file in its place.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess``; files that were not there before are taken away again.
  package func commit() throws {
    defer { discard() }
    var folders: Set<String> = []
    for (position, file) in staged.enumerated() {
      var existing = stat()
      if stat(file.target, &existing) == 0 { try Self.refuseSpecial(file.path, existing) }
      if rename(file.temporary, file.target) != 0 {
        let error = AtomicFile.failure("\(file.path) cannot be replaced")
        for earlier in staged[..<position] where earlier.isNew { unlink(earlier.target) }
        throw error
      }
      folders.insert(AtomicFile.split(file.target).folder)
    }
    // The renames are in the folders; a folder that cannot be opened for this is no reason to call the save failed.
    for folder in folders { try? AtomicFile.synchronise(folder) }
  }

  /// Takes away what has not been put in place.
  package func discard() {
    for file in staged {
      unlink(file.temporary)
      UnfinishedFiles.forget(file.watched)
    }
    staged = []
  }

  /// A pipe, a device, a socket or a folder is never what a file is to take the place of.
  private static func refuseSpecial(_ path: String, _ status: stat) throws {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: errno = EISDIR
    default:
      throw XLSXError(
        .fileAccess, "\(path) is no ordinary file; choose another name", cause: "Not an ordinary file")
    }
    throw AtomicFile.failure("\(path) cannot be replaced")
  }
}
