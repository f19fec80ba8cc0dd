import Foundation

@testable import XLSX

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

  /// Every workbook that opens and is not larger than so many bytes, with its first sheet of cells.
  static func workbooks(
    upTo size: Int = 2 << 20
  ) -> some Sequence<(name: String, bytes: [UInt8], book: Workbook, position: Int, sheet: Worksheet)> {
    files.lazy.filter { $0.pathExtension.lowercased().hasPrefix("xls") }.compactMap { file in
      guard let bytes = try? [UInt8](Data(contentsOf: file)), bytes.count < size,
        let book = try? Workbook(bytes: bytes),
        let position = book.sheets.firstIndex(where: { $0.kind == .worksheet }),
        let sheet = try? book.sheet(at: position)
      else { return nil }
      return (file.lastPathComponent, bytes, book, position, sheet)
    }
  }

  /// Keeps what a test wrote, for a look with other programs, in the folder that `CHANGED_FOLDER` names.
  static func keep(_ output: [UInt8], as name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["CHANGED_FOLDER"] else { return }
    try Data(output).write(to: URL(filePath: folder).appending(path: name))
  }
}
