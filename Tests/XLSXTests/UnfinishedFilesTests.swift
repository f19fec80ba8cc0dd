import Foundation
import Testing

@testable import XLSX

@Suite("A program that ends in the middle of a save")
struct UnfinishedFilesTests {
  /// The same in this process and in the one that ends, and another one for every checkout.
  private static var folder: URL {
    let place = FileManager.default.currentDirectoryPath.replacingOccurrences(of: "/", with: "-")
    return FileManager.default.temporaryDirectory.appending(path: "unfinished\(place)")
  }

  fileprivate static var file: String { folder.appending(path: "汇总.xlsx").path(percentEncoded: false) }

  @Test("leaves the old file and nothing else")
  func interrupted() async throws {
    let folder = Self.folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("old".utf8).write(to: URL(filePath: Self.file))
    // What the signals' handler does, without a signal, which whoever runs the tests may have blocked.
    await #expect(processExitsWith: .exitCode(3)) {
      try AtomicFile.replace(path: UnfinishedFilesTests.file) { temporary in
        try Data("half of the n".utf8).write(to: URL(filePath: temporary))
        UnfinishedFiles.removeAll()
        exit(3)
      }
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)) == ["汇总.xlsx"])
    #expect(try Data(contentsOf: URL(filePath: Self.file)) == Data("old".utf8))
  }
}
