import Foundation

/// The corpus of real workbooks beside the package, if it is there.
enum SharedCorpus {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/corpus/files")

  static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path()) }

  /// Every file of the corpus, in order.
  static var files: [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }
      .sorted { $0.path() < $1.path() }
  }
}
