import CLibCrypto
import Foundation
import NIOCore
import XLSX

#if canImport(Glibc)
  import Glibc
#endif

/// A file on its way in: written beside the folder as it comes, and put there when it is whole and on the disk.
///
/// One task at a time.
final class IncomingFile: @unchecked Sendable {
  /// Where files wait until they are whole; hidden, and on the same file system as what they go into.
  static let waitingFolder = ".huizong"

  let path: String
  private(set) var size = 0
  private var descriptor: Int32
  private let digest: OpaquePointer?

  /// - Throws: ``Problem``
  init() throws {
    mkdir(Self.waitingFolder, 0o700)
    path = "\(Self.waitingFolder)/\(Access.newToken()).part"
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    digest = EVP_MD_CTX_new()
    if descriptor < 0 { throw Disk.problem(errno, writing: Self.waitingFolder) }
    if let digest { EVP_DigestInit_ex(digest, EVP_sha256(), nil) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    unlink(path)
    EVP_MD_CTX_free(digest)
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    var start = 0
    while start < bytes.count {
      let count = write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Disk.problem(errno, writing: path) }
      start += count
    }
    if let digest { EVP_DigestUpdate(digest, bytes.baseAddress, bytes.count) }
    size += bytes.count
  }

  /// Makes sure that the file is on the disk.
  ///
  /// - Returns: The SHA-256 of its bytes.
  func finish() throws -> String {
    guard fsync(descriptor) == 0, close(descriptor) == 0 else {
      descriptor = -1
      throw Disk.problem(errno, writing: path)
    }
    descriptor = -1
    var hash = [UInt8](repeating: 0, count: 32)
    if let digest { EVP_DigestFinal_ex(digest, &hash, nil) }
    return hash.hexadecimal
  }

  /// What an earlier run was interrupted at, which nobody was told had arrived.
  static func removeLeftovers() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: waitingFolder)) ?? []
    where name.hasSuffix(".part") {
      unlink("\(waitingFolder)/\(name)")
    }
  }
}
