#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where a file is that a caller names by its URL.
enum LocalFile {
  /// - Throws: ``XLSXError/Code/fileAccess`` for a URL of another kind: `https://example.com/etc/passwd` has a path too, and it is
  ///   none of this machine's.
  static func path(of url: URL) throws -> String {
    guard url.isFileURL else {
      throw XLSXError(
        .fileAccess,
        "\(url.absoluteString) is no file of this machine; make the URL with URL(filePath:), or load its content first."
      )
    }
    return url.path(percentEncoded: false)
  }
}
